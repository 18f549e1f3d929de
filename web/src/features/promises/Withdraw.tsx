import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { withdraw } from '../../api/promises';
import { useWords } from '../../frame/language';
import { doLater } from '../../parts/later';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';

/** Why a promise is to judge nothing from now on. Until it has happened it can be undone. */
export function Withdraw(props: {
  id: string;
  title: string;
  etag: string | undefined;
  /** Withdrawn as far as one sees here, or not after all. */
  show: (isWithdrawn: boolean) => void;
  close: () => void;
}) {
  const { id, title, etag, show, close } = props;
  const w = useWords();
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const submit = () => {
    show(true);
    close();
    doLater(
      w('promise.withdrawing', { title }),
      async () => {
        await withdraw(id, why.trim(), etag);
        await Promise.all(
          ['promise', 'promises', 'gap'].map((it) => client.invalidateQueries({ queryKey: [it] })),
        );
        show(false); // the versions themselves say it from here on
      },
      () => show(false),
    );
  };
  return (
    <SheetForm
      title={w('promise.withdraw')}
      make={w('promise.withdraw')}
      isBusy={false}
      isLacking={!why.trim()}
      error={null}
      submit={submit}
      close={close}
    >
      <TextField
        label={w('promise.withdraw.why')}
        note={w('promise.withdraw.text')}
        value={why}
        set={setWhy}
        isWide
        maxLength={500}
        isRequired
      />
    </SheetForm>
  );
}
