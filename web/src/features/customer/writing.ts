import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Card } from '../../api/customers';
import { moveRecord, type RegisterRecord } from '../../api/registers';
import { useCaller } from '../../api/session';
import { useWords } from '../../frame/language';
import { tell } from '../../parts/notices';

/** The unit that I work for, where my role names one; else the one that owes her most. */
export function useUsualUnit(card: Card): string {
  const { caller } = useCaller();
  const own = caller?.roles.find((it) => it.unit !== '*')?.unit;
  return own ?? card.matters[0]?.contacts.at(-1)?.unit ?? card.promises[0]?.unit ?? '';
}

/** What all records about her say of where they arose. */
export function circumstances(card: Card, why: string): Record<string, string> {
  const matter = card.matters[0];
  const contact = why === 'customer page' ? matter?.contacts.at(-1) : undefined;
  const found = why === 'customer page' ? contact?.contact : why;
  return {
    ...(matter?.matter ? { matter: matter.matter } : {}),
    ...(found ? { contact: found } : {}),
    ...(contact?.channel ? { channel: contact.channel } : {}),
  };
}

/** Writes a record, tells so, and can take it back where the register has a state for that. */
export function useWriting(props: {
  write: () => Promise<RegisterRecord>;
  says: (record: RegisterRecord) => string;
  undoneIn?: string;
  close: () => void;
}) {
  const w = useWords();
  const client = useQueryClient();
  const readAnew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['card'] }),
      client.invalidateQueries({ queryKey: ['timeline'] }),
      client.invalidateQueries({ queryKey: ['promised'] }),
    ]);
  return useMutation({
    mutationFn: props.write,
    onSuccess: (record) => {
      const { undoneIn } = props;
      tell({
        text: props.says(record),
        ...(undoneIn ? { undo: () => moveRecord(record.id, undoneIn, w('act.undone')).then(readAnew) } : {}),
      });
      void readAnew();
      props.close();
    },
  });
}

/** "2026-11-23T17:00" as the field has it, of an instant. */
export function fieldTime(time: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** The next weekday, at the end of office hours. */
export function nextWorkday(now: Date): Date {
  const day = new Date(now);
  do day.setDate(day.getDate() + 1);
  while (day.getDay() === 0 || day.getDay() === 6);
  day.setHours(17, 0, 0, 0);
  return day;
}
