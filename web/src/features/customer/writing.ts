import type { Card } from '../../api/customers';
import { useCaller } from '../../api/session';
import { useKnownUnit } from '../../api/units';

/** The unit that I work for, where my role names one; else the one that owes her most. */
export function useUsualUnit(card: Card): string {
  const { caller } = useCaller();
  const own = caller?.roles.find((it) => it.unit !== '*')?.unit;
  return useKnownUnit()(own, card.matters[0]?.contacts.at(-1)?.unit, card.promises[0]?.unit);
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
