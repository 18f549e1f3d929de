// How systems send, with this installation's own address and key.

export const WAYS = ['curl', 'cloudevents', 'segment', 'webhook'] as const;
export type Way = (typeof WAYS)[number];

const EVENT = (time: string) => `{"id": "first-1", "type": "order.placed", "time": "${time}",
 "subject": [{"type": "email", "value": "a@example.se"}],
 "keys": {"order": "A-1001"}}`;

/** What to run or to set. `key` is the text of the key, or what stands in its place. */
export function exampleOf(way: Way, origin: string, key: string, source: string, time: string): string {
  if (way === 'curl') {
    return `curl -H "Authorization: Bearer ${key}" ${origin}/v1/events -d '\n${EVENT(time)}'`;
  }
  if (way === 'cloudevents') {
    return `curl -H "Authorization: Bearer ${key}" -H "Content-Type: application/cloudevents+json" ${origin}/v1/events -d '
{"specversion": "1.0", "id": "first-1", "source": "/${source}", "type": "order.placed",
 "time": "${time}", "subject": "email:a@example.se",
 "data": {"keys": {"order": "A-1001"}}}'`;
  }
  if (way === 'segment') {
    return `new Analytics({ writeKey: '${key}', host: '${origin}' })
  .track({ userId: '77', event: 'Order Completed', properties: { order_id: 'A-1001' } })`;
  }
  return `POST ${origin}/v1/hooks/${source}
Authorization: Bearer ${key}

# settings/hooks/${source}.toml
[hook]
signature = "none"

[[event]]
type = { column = "type" }
when = "time"
id = "id"
subject = [{ type = "email", column = "email" }]`;
}
