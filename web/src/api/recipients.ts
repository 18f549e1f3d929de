// Who in a unit is told before a promise breaks: GET and PUT /v1/units/{unit}/recipients (contract/notices.md).
import { ask } from './ask';

export const INTERVALS = ['at_once', 'hourly', 'daily'] as const;

export interface Recipient {
  name: string;
  mail: string | null;
  webhook: number | null;
  language: 'sv' | 'en';
  interval: (typeof INTERVALS)[number];
  most: number;
}

export interface Recipients {
  unit: string;
  version: number;
  recipients: (Recipient & { last_error: string | null })[];
  mail: 'on' | 'off';
}

const pathOf = (unit: string) => `/v1/units/${encodeURIComponent(unit)}/recipients`;

export const readRecipients = (unit: string) => ask<Recipients>(pathOf(unit));

/** The whole list, over what was read as `version`. */
export const putRecipients = (unit: string, version: number, recipients: Recipient[]) =>
  ask<Recipients>(pathOf(unit), {
    method: 'PUT',
    ifMatch: `"${version}"`,
    body: {
      recipients: recipients.map(({ name, mail, webhook, language, interval, most }) => ({
        name,
        mail,
        webhook,
        language,
        interval,
        most,
      })),
    },
  });
