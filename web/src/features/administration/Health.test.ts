import { expect, test } from 'vitest';
import type { ServerState, Source } from '../../api/administration';
import { findingsOf } from './Health';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const WELL = {
  waiting_since: null,
  free_disk_bytes: 50e9,
  notices: { failing_webhooks: 0, webhooks_off: 0, failure: null },
  failure: null,
} as ServerState;
const words = (part: Partial<ServerState>) =>
  findingsOf({ ...WELL, ...part }, [], NOW, String).map((it) => [it.word, it.isFault]);

test('what is well is not told of', () => {
  expect(words({})).toEqual([]);
  expect(words({ free_disk_bytes: null, notices: null })).toEqual([]);
  expect(words({ waiting_since: '2026-11-22T11:59:30Z', waiting_events: 5 })).toEqual([]);
});

test('what stands still is a fault; little room and long waits are looked at', () => {
  expect(words({ failure: 'disk full' })).toEqual([['health.failed', true]]);
  // 2^30 bytes is what doctor calls little.
  expect(words({ free_disk_bytes: 1_073_741_823, waiting_since: '2026-11-22T11:58:59Z' })).toEqual([
    ['health.little-disk', false],
    ['health.slow', false],
  ]);
  expect(words({ free_disk_bytes: 1_073_741_824 })).toEqual([]);
});

test('a source whose heartbeats stopped more than a day ago is told of', () => {
  const source = (name: string, part: Partial<Source>) =>
    ({
      name,
      complete_through: null,
      heartbeat_through: null,
      lag_s: null,
      is_live: true,
      ...part,
    }) as Source;
  const told = (at: string) => ({ complete_through: at, heartbeat_through: at });
  const sources = [
    source('shop', told('2026-11-21T11:59:59Z')),
    source('phone', told('2026-11-21T12:00:00Z')),
    source('new', {}),
    source('sends, and says nothing of how far', { complete_through: '2026-10-31T00:00:00Z' }),
    source('goes with the clock', { ...told('2026-11-01T00:00:00Z'), lag_s: 60 }),
    source('history', { complete_through: '2020-01-01T00:00:00Z', is_live: false }),
  ];
  expect(findingsOf(WELL, sources, NOW, String)).toEqual([
    { word: 'health.silent', isFault: false, values: { n: 1, names: 'shop' } },
  ]);
});
