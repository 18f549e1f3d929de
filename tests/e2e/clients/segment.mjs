// SPDX-License-Identifier: Apache-2.0
// Segment's Node client: one event of each kind, in one batch.
import { Analytics } from '@segment/analytics-node';
import { addressed, done, failed } from './known.mjs';

const { base, key } = addressed();
const analytics = new Analytics({
  writeKey: key, host: base, path: '/v1/batch', flushAt: 100, flushInterval: 1000, maxRetries: 0, httpRequestTimeout: 10000,
});
let errors = 0;
analytics.on('error', (error) => {
  errors += 1;
  console.error(error.reason ?? error);
});

const time = new Date('2026-11-21T10:00:00.000Z');
const id = (name) => `segment-${name}`;
analytics.identify({
  userId: 'u-1', anonymousId: 'anon-1', messageId: id('identify'), timestamp: time,
  traits: { email: 'test@example.com', phone: '+46700000000', plan: 'fiber', address: { city: 'Åre' } },
});
analytics.track({
  userId: 'u-1', event: 'Order Completed', messageId: id('track'), timestamp: time,
  properties: { order_id: 'A-1001', total: 499, promised_at: '2026-12-01', products: [{ sku: 'x' }] },
});
analytics.page({
  anonymousId: 'anon-1', name: 'Checkout', category: 'Shop', messageId: id('page'), timestamp: time,
  properties: { path: '/checkout' },
});
analytics.screen({ userId: 'u-1', name: 'Home', messageId: id('screen'), timestamp: time });
analytics.group({ userId: 'u-1', groupId: 'g-1', messageId: id('group'), timestamp: time, traits: { name: 'Example AB' } });
analytics.alias({ userId: 'u-1', previousId: 'anon-1', messageId: id('alias'), timestamp: time });
await analytics.closeAndFlush({ timeout: 15000 });
if (errors > 0) failed(`${errors} errors`);
done(6);
