import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useWords } from '../../../frame/language';
import { daysBetween, endOfDay, plusDays } from '../../../parts/days';
import { useTimes } from '../../../parts/times';

const AFTER_MS = 150;

/** A day on the way from her first event to today: "what could we have known on 3 May?" */
export function AsOf(props: {
  first: string;
  today: string;
  day: string | undefined;
  choose: (day: string | undefined) => void;
  /** What is said of that day, once it is read. */
  said: string;
}) {
  const w = useWords();
  const { day: sayDay } = useTimes();
  const days = Math.max(1, daysBetween(props.first, props.today));
  const [at, setAt] = useState(props.day);
  useEffect(() => setAt(props.day), [props.day]);
  const tell = useDebouncedCallback(props.choose, AFTER_MS);
  const move = (n: number) => {
    const day = n >= days ? undefined : plusDays(props.first, n);
    setAt(day);
    tell(day);
  };
  const shown = at ? sayDay(new Date(endOfDay(at)).toISOString()) : w('history.now');
  return (
    <div className="as-of">
      <label htmlFor="as-of">
        {w('history.as-of')} <b className="tabular">{shown}</b>
      </label>
      <div className="as-of-line">
        <input
          id="as-of"
          type="range"
          min={0}
          max={days}
          step={1}
          value={at ? Math.min(days, Math.max(0, daysBetween(props.first, at))) : days}
          aria-valuetext={shown}
          onChange={(event) => move(event.currentTarget.valueAsNumber)}
        />
        {at && (
          <button type="button" className="quiet small" onClick={() => move(days)}>
            {w('history.back-to-now')}
          </button>
        )}
      </div>
      <p className="small faint" role="status">
        {props.said}
      </p>
    </div>
  );
}
