import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useStream } from '../api/stream';

/** Changes may come in hundreds a second: figures are read anew at most so often, */
const CALM_MS = 3_000;
/** and the server, which works them out from all of history, gets this many times as long a rest as they took. */
const REST = 20;
const FIGURES = ['gap', 'causes'];

/** To be called at each change: gap and causes are then read anew, calmly. */
export function useFiguresAnew(): () => void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const earliest = useRef(0);
  const isReading = useRef(false);
  const isMissed = useRef(false); // it changed while it was read
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    const read = async () => {
      timer.current = undefined;
      isReading.current = true;
      const begun = performance.now();
      await Promise.all(FIGURES.map((it) => client.invalidateQueries({ queryKey: [it] })));
      isReading.current = false;
      earliest.current = performance.now() + REST * (performance.now() - begun);
      if (isMissed.current) plan();
    };
    const plan = () => {
      isMissed.current = isReading.current;
      if (isReading.current) return;
      const wait = Math.max(CALM_MS, earliest.current - performance.now());
      timer.current ??= setTimeout(() => void read(), wait);
    };
    plan();
  }, [client]);
}

/** Figures on this page move when something changes. For those who may follow the stream. */
export function LiveFigures() {
  useStream('', useFiguresAnew());
  return null;
}
