import { useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type Caller, useDoor } from '../api/session';
import { doWaiting } from '../parts/later';
import { useLanguage, useWords } from './language';
import { useShortcutsOn } from './shortcuts';
import { useWall } from './wall';

export function LanguageSwitch() {
  const w = useWords();
  const { language, choose } = useLanguage();
  return (
    <fieldset className="switch">
      <legend className="unseen">{w('frame.language')}</legend>
      {(['sv', 'en'] as const).map((it) => (
        <button key={it} type="button" lang={it} aria-pressed={language === it} onClick={() => choose(it)}>
          {it === 'sv' ? 'Svenska' : 'English'}
        </button>
      ))}
    </fieldset>
  );
}

export function LightSwitch() {
  const w = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const names = { light: w('frame.light'), dark: w('frame.dark'), auto: w('frame.as-system') } as const;
  return (
    <fieldset className="switch">
      <legend className="unseen">{w('frame.theme')}</legend>
      {(['light', 'dark', 'auto'] as const).map((it) => (
        <button key={it} type="button" aria-pressed={colorScheme === it} onClick={() => setColorScheme(it)}>
          {names[it]}
        </button>
      ))}
    </fieldset>
  );
}

/** Language, light, shortcuts, and the way out. */
export function Tools({ caller }: { caller: Caller }) {
  const w = useWords();
  const door = useDoor();
  const leaving = useMutation({ mutationFn: () => doWaiting().then(door.signOut) });
  const [isOn, setOn] = useShortcutsOn();
  const wall = useWall();
  return (
    <section className="tools" aria-label={w('frame.tools')}>
      <LanguageSwitch />
      <LightSwitch />
      <label className="check">
        <input type="checkbox" checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />
        {w('frame.shortcuts')}
      </label>
      <button type="button" className="quiet wall-enter" onClick={wall.toggle}>
        <span className="quiet-words">{w('frame.wall.enter')}</span>
        {isOn && (
          <span className="key" aria-hidden="true">
            W
          </span>
        )}
      </button>
      <div className="me">
        <span className="me-name">{caller.name}</span>
        <button type="button" className="quiet" onClick={() => leaving.mutate()} disabled={leaving.isPending}>
          {w('account.sign-out')}
        </button>
      </div>
      {leaving.error && (
        <p role="alert" className="small past">
          {w('account.sign-out.failed', { why: leaving.error.message })}
        </p>
      )}
    </section>
  );
}
