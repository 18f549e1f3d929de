// SPDX-License-Identifier: Apache-2.0
// RudderStack's Node client, once as it is by default (gzip, as a form) and once with plain JSON.
import rudder from '@rudderstack/rudder-sdk-node';
import { addressed, done, failed } from './known.mjs';

const { base, key } = addressed();
const Analytics = rudder.default ?? rudder;
const time = new Date('2026-11-21T10:00:00.000Z');

// The library calls back with the error once it gave up.
function flushed(client) {
  return new Promise((resolve, reject) => {
    client.flush((error) => (error ? reject(error) : resolve()));
  });
}

async function send(gzip) {
  const client = new Analytics(key, { dataPlaneUrl: base, flushAt: 100, flushInterval: 60000, maxInternalQueueSize: 1000, gzip });
  const name = gzip ? 'gzip' : 'plain';
  client.identify({ userId: 'u-2', messageId: `rudder-identify-${name}`, originalTimestamp: time, timestamp: time, traits: { email: 'test2@example.com' } });
  client.track({
    userId: 'u-2', event: 'Ticket Opened', messageId: `rudder-track-${name}`, originalTimestamp: time, timestamp: time,
    properties: { ticket_id: 'T-7', reason: 'invoice' },
  });
  await flushed(client);
}

try {
  await send(true);
  await send(false);
} catch (error) {
  failed(error);
}
done(4);
