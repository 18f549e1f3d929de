import type { TimelineEvent } from '../../../api/customers';
import type { WordId } from '../../../frame/language';

/** What sorts of events can be asked for, in the address as ?only=. */
export const KINDS: Record<string, { word: WordId; fits: RegExp }> = {
  all: { word: 'customer.timeline.all', fits: /./ },
  contacts: { word: 'customer.timeline.contacts', fits: /^(contact|call|callback|chat)\./ },
  orders: { word: 'customer.timeline.orders', fits: /^(order|delivery|invoice|installation)\./ },
  promises: { word: 'customer.timeline.promises', fits: /^(commitment|status|case|help)\./ },
  failures: {
    word: 'customer.timeline.failures',
    fits: /(failed|blocked|delayed|abandoned|transferred|claimed|asked|reminded|escalated)$/,
  },
};

export const kindOf = (name: string | undefined) => (name && KINDS[name] ? name : 'all');
export const isOfKind = (event: TimelineEvent, kind: string) => KINDS[kind]?.fits.test(event.type) ?? true;
export const isBad = (event: TimelineEvent) => isOfKind(event, 'failures');
