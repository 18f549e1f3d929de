import type { Cause, CauseStep, VerdictName } from '../../api/customers';

/** What happened at one point, as the server tells it. */
export interface Told {
  type?: string;
  time?: string;
  channel?: string;
  unit?: string;
  reason?: string;
  order?: string;
}

export interface Reading {
  contact: Told;
  promise:
    | {
        id: string;
        title: string;
        state: VerdictName;
        activation: Told | null;
        due: string | null;
      }
    | undefined;
  brokenBy: { failed: string | null; isDuePassed: boolean; event: Told | null } | undefined;
  unit: string | undefined;
  others: { month: string | null; customers: number | null; contacts: number | null } | undefined;
}

const step = (cause: Cause, name: string): CauseStep | undefined =>
  cause.steps.find((it) => it.step === name);

/** The steps of an answer by their names; what it lacks is undefined. */
export function readingOf(cause: Cause): Reading {
  const promise = step(cause, 'promise');
  const broken = step(cause, 'broken_by');
  const others = step(cause, 'others');
  return {
    contact: (step(cause, 'contact') ?? {}) as Told,
    promise: promise && {
      id: String(promise.promise),
      title: String(promise.title),
      state: promise.state as VerdictName,
      activation: (promise.activation as Told | null) ?? null,
      due: (promise.due as string | null) ?? null,
    },
    brokenBy: broken && {
      failed: (broken.failed as string | null) ?? null,
      isDuePassed: broken.due_passed === true,
      event: (broken.event as Told | null) ?? null,
    },
    unit: (step(cause, 'unit')?.unit as string | undefined) ?? undefined,
    others: others && {
      month: (others.month as string | null) ?? null,
      customers: (others.customers as number | null) ?? null,
      contacts: (others.contacts as number | null) ?? null,
    },
  };
}
