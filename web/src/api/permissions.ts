/** Names of permissions as the server tells them (GET /v1/session); those that pages ask for. */
export type Permission =
  | 'account.use'
  | 'gap.read'
  | 'promises.read'
  | 'promises.draft'
  | 'promises.publish'
  | 'card.read'
  | 'identifiers.unmask'
  | 'causes.read'
  | 'commitments.make'
  | 'blocked_help.report'
  | 'cases.open'
  | 'stream.read';
