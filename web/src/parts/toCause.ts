/** Where a contact's cause is shown. A stroke may not stand in a path, escaped or not: such a key is in the query. */
export const toCause = (contact: string): { to: string; view: Record<string, string> } =>
  contact.includes('/')
    ? { to: '/cause', view: { contact } }
    : { to: `/cause/${encodeURIComponent(contact)}`, view: {} };
