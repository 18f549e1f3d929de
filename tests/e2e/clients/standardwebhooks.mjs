// SPDX-License-Identifier: Apache-2.0
// A webhook signed by the Standard Webhooks library; it must be taken, and the same with another body refused.
// KEY is the hook's secret (whsec_…); HANDSLAG_HOOK the path of the hook.
import { Webhook } from 'standardwebhooks';
import { addressed, done, failed } from './known.mjs';

const { base, key } = addressed();
const path = process.env.HANDSLAG_HOOK ?? '/v1/hooks/standard';
const body = JSON.stringify({ type: 'ticket.opened', timestamp: '2026-11-21T10:00:00Z', data: { ticket: { id: 7 }, customer: { email: 'test@example.com' } } });
const id = 'msg_standardwebhooks_1';
const now = new Date();
const headers = {
  'content-type': 'application/json',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
  'webhook-signature': new Webhook(key).sign(id, now, body),
};
const taken = await fetch(`${base}${path}`, { method: 'POST', headers, body });
if (!taken.ok) failed(`${taken.status} ${await taken.text()}`);
const refused = await fetch(`${base}${path}`, { method: 'POST', headers, body: body.replace('7', '8') });
if (refused.ok) failed('a body that was changed on its way was taken');
done(1);
