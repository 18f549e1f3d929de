// SPDX-License-Identifier: Apache-2.0
// The CloudEvents library in its binary and structured modes, and a batch, which it has no sender for.
import { CloudEvent, HTTP, Mode, emitterFor, httpTransport } from 'cloudevents';
import { addressed, done, failed } from './known.mjs';

const { base, key } = addressed();
const path = process.env.HANDSLAG_CLOUDEVENTS_PATH ?? '/v1/events';
const authorization = `Bearer ${key}`;
const made = (id, data) => new CloudEvent({
  id, source: '/shop', type: 'order.placed', time: '2026-11-21T10:00:00.000Z', subject: 'customer_no@shop:77', region: 'Jämtland "norr" 100 %', data,
});
const order = { keys: { order: 'A-1001' }, channel: 'web', amount: 499 };

for (const mode of [Mode.BINARY, Mode.STRUCTURED]) {
  const emit = emitterFor(httpTransport(`${base}${path}`), { mode });
  const answer = await emit(made(`ce-${mode}`, order), { headers: { authorization } });
  // The library's transport answers with body and headers alone, so what it was told is asked for again below.
  if (answer === undefined) failed(`${mode}: no answer`);
}

async function post(headers, body) {
  const answer = await fetch(`${base}${path}`, { method: 'POST', headers: { ...headers, authorization }, body });
  if (!answer.ok) failed(`${answer.status} ${await answer.text()}`);
}
for (const message of [HTTP.binary(made('ce-binary', order)), HTTP.structured(made('ce-structured', order))]) {
  await post(message.headers, message.body);
}
const batch = [made('ce-batch-1', order), made('ce-batch-2', { amount: 5 })];
await post({ 'content-type': 'application/cloudevents-batch+json' }, JSON.stringify(batch));
done(4);
