/** The course of a share in a line of text, over the target. No scale: the figure stands beside it. */
export function Spark({ rates, target }: { rates: (number | null)[]; target: number | null }) {
  const known = rates.filter((it) => it !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known, target ?? 1) - 0.02;
  const high = Math.max(...known, target ?? 0) + 0.02;
  const x = (i: number) => 3 + (i / (rates.length - 1)) * 94;
  const y = (rate: number) => 25 - ((rate - low) / (high - low)) * 22;
  let pen = 'M';
  let path = '';
  rates.forEach((rate, i) => {
    if (rate === null) pen = 'M';
    else {
      path += `${pen}${x(i).toFixed(1)} ${y(rate).toFixed(1)}`;
      pen = 'L';
    }
  });
  const last = rates.findLastIndex((it) => it !== null);
  return (
    <svg className="chart spark" viewBox="0 0 100 28" width="100" height="28" aria-hidden="true">
      {target !== null && <path className="target" d={`M0 ${y(target)}H100`} />}
      <path className="delivered" d={path} />
      <circle className="dot" cx={x(last)} cy={y(rates[last] ?? 0)} r="2.6" />
    </svg>
  );
}
