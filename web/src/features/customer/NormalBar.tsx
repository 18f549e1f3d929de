import type { Normal } from '../../api/customers';
import { useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';

const WIDTH = 600;
const HEIGHT = 14;

/** How long she has waited, over how long it takes others: half of them, and nine of ten. From zero. */
export function NormalBar({ waited, normal }: { waited: number; normal: Normal }) {
  const w = useWords();
  const { lasting } = useTimes();
  const most = Math.max(waited, normal.ninetieth_s) * 1.04;
  const x = (seconds: number) => (Math.max(0, seconds) / most) * WIDTH;
  const label = w('customer.normal-chart', {
    waited: lasting(waited),
    median: lasting(normal.median_s),
    ninetieth: lasting(normal.ninetieth_s),
  });
  const isLong = waited > normal.ninetieth_s;
  return (
    <figure className="normal">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <rect className="normal-ninety" x="0" y="0" width={x(normal.ninetieth_s)} height={HEIGHT} />
        <rect className="normal-half" x="0" y="0" width={x(normal.median_s)} height={HEIGHT} />
        <rect
          className={isLong ? 'normal-waited long' : 'normal-waited'}
          x="0"
          y="5"
          width={x(waited)}
          height="4"
        />
      </svg>
      <figcaption>
        <span>{normal.sentence}</span>
        <b className={isLong ? 'past' : ''}>{w('customer.waited', { time: lasting(waited) })}</b>
      </figcaption>
    </figure>
  );
}
