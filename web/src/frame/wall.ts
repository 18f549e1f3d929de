// A screen on the wall, in the address as ?wall=1: the page alone, dark (?light=1 is not), and the screen stays on.
import { useEffect } from 'react';
import { useView } from './routes';

/** The screen does not go dark while this is shown, where the browser can see to it. */
function useAwake(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let isWanted = true;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      // Refused while the battery is low, or by a policy: then the screen goes dark as it always does.
      const got = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (isWanted) lock = got;
      else void got?.release();
    };
    void hold();
    // The browser lets go of it whenever the page is hidden.
    document.addEventListener('visibilitychange', hold);
    return () => {
      isWanted = false;
      document.removeEventListener('visibilitychange', hold);
      void lock?.release();
    };
  }, [isOn]);
}

const LIGHT = 'data-mantine-color-scheme';

// Why not the setting itself: it would be remembered, and the desk is not to turn dark after the wall.
function useLight(isOn: boolean, light: 'dark' | 'light'): void {
  useEffect(() => {
    if (!isOn) return;
    const root = document.documentElement;
    const before = root.getAttribute(LIGHT);
    root.setAttribute(LIGHT, light);
    return () => {
      if (before) root.setAttribute(LIGHT, before);
    };
  }, [isOn, light]);
}

export interface WallMode {
  isOn: boolean;
  toggle: () => void;
}

/** Whether the page is on the wall, and how to take it there and back. */
export function useWall(): WallMode {
  const [view, change] = useView();
  const isOn = view.wall === '1';
  return { isOn, toggle: () => change({ wall: isOn ? undefined : '1', light: undefined, turn: undefined }) };
}

/** What a screen on the wall needs of its browser; asked once, by the frame. */
export function useOnTheWall(): void {
  const [view] = useView();
  const isOn = view.wall === '1';
  useAwake(isOn);
  useLight(isOn, view.light === '1' ? 'light' : 'dark');
}
