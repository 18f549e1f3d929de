import type { Quarter } from '../../api/quarters';
import { useWords } from '../../frame/language';
import { useFigures } from '../../parts/times';

const PARTS = ['unhappy', 'neither', 'happy'] as const;

/** What customers themselves answered: three counts side by side, never melted with what was delivered. */
export function Felt({ quarter }: { quarter: Quarter | undefined }) {
  const w = useWords();
  const { percent } = useFigures();
  const felt = quarter?.felt;
  const all = felt ? felt.unhappy + felt.neither + felt.happy : 0;
  return (
    <section className="sheet" aria-labelledby="felt">
      <div className="sheet-head">
        <h2 id="felt">{w('know.felt')}</h2>
      </div>
      {!felt || all === 0 ? (
        <p className="faint">{w('know.felt.none')}</p>
      ) : (
        <>
          <svg className="felt-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
            {PARTS.map((it, i) => {
              const before = PARTS.slice(0, i).reduce((sum, part) => sum + felt[part], 0);
              return (
                <rect
                  key={it}
                  className={`felt-${it}`}
                  x={(before / all) * 100}
                  y="0"
                  width={(felt[it] / all) * 100}
                  height="12"
                />
              );
            })}
          </svg>
          <ul className="felt-parts">
            {PARTS.map((it) => (
              <li key={it}>
                <span className={`felt-mark felt-${it}`} aria-hidden="true" />
                <span>{w(`know.felt.${it}`, { n: felt[it] })}</span>
                <span className="faint tabular">{percent(felt[it] / all)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small faint felt-note">{w('know.felt.text')}</p>
    </section>
  );
}
