import type { ReactNode } from 'react';
import { Brand } from '../../frame/Brand';
import { useWords } from '../../frame/language';
import { LanguageSwitch } from '../../frame/Tools';

/** What stands before the house: one question on a quiet sheet. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const w = useWords();
  return (
    <main className="door">
      <div className="door-sheet">
        <Brand />
        <p className="door-line">{w('account.line')}</p>
        <h1>{title}</h1>
        {children}
      </div>
      <LanguageSwitch />
    </main>
  );
}
