// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { doLater, doWaiting } from './later';
import { type Notice, tell } from './notices';

vi.mock('./notices', () => ({ tell: vi.fn() }));
const notices = () => vi.mocked(tell).mock.calls.map(([it]): Notice => it);

beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  await doWaiting();
  vi.mocked(tell).mockClear();
  vi.useRealTimers();
});

test('it is done when the time to undo is over, and once', async () => {
  const act = vi.fn(async () => {});
  doLater('gone', act, () => {});
  await vi.advanceTimersByTimeAsync(7_999);
  expect(act).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(act).toHaveBeenCalledTimes(1);
  window.dispatchEvent(new Event('pagehide'));
  expect(act).toHaveBeenCalledTimes(1);
});

test('undone, it is never done', async () => {
  const act = vi.fn(async () => {});
  const undone = vi.fn();
  doLater('gone', act, undone);
  await notices()[0]?.undo?.();
  expect(undone).toHaveBeenCalledTimes(1);
  window.dispatchEvent(new Event('pagehide'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(act).not.toHaveBeenCalled();
});

test('where the page is left it is done at once, and can no longer be undone', async () => {
  const act = vi.fn(async () => {});
  const undone = vi.fn();
  doLater('gone', act, undone);
  window.dispatchEvent(new Event('pagehide'));
  expect(act).toHaveBeenCalledTimes(1);
  await notices()[0]?.undo?.();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(undone).not.toHaveBeenCalled();
  expect(act).toHaveBeenCalledTimes(1);
});

test('what could not be done is shown again, with the reason', async () => {
  const undone = vi.fn();
  doLater('gone', () => Promise.reject(new Error('no')), undone);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(undone).toHaveBeenCalledTimes(1);
  expect(notices().at(-1)?.text).toBe('no');
});
