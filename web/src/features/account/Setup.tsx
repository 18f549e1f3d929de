import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useDoor } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useGo } from '../../frame/routes';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { Door } from './Door';
import { secretOfLink } from './secret';

const EMPTY = { token: '', login: '', name: '', password: '' };

/** The first administrator, by the token that the first start prints. */
export default function Setup() {
  const w = useWords();
  const door = useDoor();
  const go = useGo();
  const [person, setPerson] = useState(() => ({ ...EMPTY, token: secretOfLink() }));
  const set = (part: Partial<typeof EMPTY>) => setPerson({ ...person, ...part });
  const claiming = useMutation({ mutationFn: () => door.claim(person), onSuccess: () => go('/begin') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    claiming.mutate();
  };
  return (
    <Door title={w('account.first-administrator')}>
      <p className="faint">{w('account.first-administrator.text')}</p>
      <form onSubmit={submit} className="stack">
        <TextInput
          label={w('account.token')}
          description={w('account.token.text')}
          value={person.token}
          onChange={(event) => set({ token: event.currentTarget.value.trim() })}
          autoComplete="one-time-code"
          autoFocus={person.token === ''}
          required
          withAsterisk={false}
        />
        <TextInput
          label={w('account.login')}
          value={person.login}
          onChange={(event) => set({ login: event.currentTarget.value })}
          autoComplete="username"
          autoCapitalize="none"
          required
          withAsterisk={false}
        />
        <TextInput
          label={w('account.name')}
          value={person.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          autoComplete="name"
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={w('account.password')}
          value={person.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
          autoComplete="new-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': w('account.show-password') }}
        />
        {claiming.error && <ProblemPanel error={claiming.error} />}
        <Button type="submit" loading={claiming.isPending} fullWidth>
          {w('account.claim')}
        </Button>
      </form>
      <p className="faint">
        <Go to="/">{w('account.have-login')}</Go>
      </p>
    </Door>
  );
}
