import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useDoor } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { Door } from './Door';
import { secretOfLink } from './secret';

// Whom ./run makes to look around in the demo.
const VISITOR = 'demo';

/** The door. `isOfStory`: the link may carry what lets a visitor in (run). */
export function SignIn({ isOfStory }: { isOfStory: boolean }) {
  const w = useWords();
  const door = useDoor();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const entering = useMutation({
    mutationFn: (who: { login: string; password: string }) => door.signIn(who.login, who.password),
  });
  // Why: once, by the link that led here
  useEffect(() => {
    const secret = isOfStory ? secretOfLink() : '';
    if (secret) entering.mutate({ login: VISITOR, password: secret });
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    entering.mutate({ login: login.trim(), password });
  };
  return (
    <Door title={w('account.sign-in')}>
      <form onSubmit={submit} className="stack">
        <TextInput
          label={w('account.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={w('account.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': w('account.show-password') }}
        />
        {entering.error && <ProblemPanel error={entering.error} />}
        <Button type="submit" loading={entering.isPending} fullWidth>
          {w('account.sign-in')}
        </Button>
      </form>
      <p className="faint">
        {w('account.first-start')} <Go to="/setup">{w('account.use-token')}</Go>
      </p>
    </Door>
  );
}
