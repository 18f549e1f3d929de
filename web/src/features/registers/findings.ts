import type { Definition, RegisterRecord } from '../../api/registers';
import type { Typed } from '../../parts/fields';

/** Registers of what was found where people went and saw; a case arises from them under the same name. */
export const FINDINGS = ['walk', 'meeting', 'observation'];

const TITLE_LENGTH = 100;

/** The first sentence, or as much of it as a title holds. */
function titled(text: string): string {
  const sentence = text.split(/(?<=[.!?])\s|\n/)[0]?.replace(/\.$/, '') ?? '';
  if (sentence.length <= TITLE_LENGTH) return sentence;
  return `${sentence.slice(0, sentence.lastIndexOf(' ', TITLE_LENGTH - 1)).trim()}…`;
}

/**
 * What a case begins with that comes of a finding: what was found, the unit, and where it comes from. What is
 * personal in the finding stays there: more people read a case.
 */
export function caseOf(definition: Definition, record: RegisterRecord): Typed {
  const told = definition.fields
    .filter((it) => !it.personal && (it.kind === 'long text' || it.id === 'note'))
    .map((it) => record.values[it.id])
    .find((it) => typeof it === 'string');
  const story = told ? `${record.title ?? ''}: ${told}`.replace(/^: /, '') : '';
  return {
    what: told ? titled(told) : (record.title ?? ''),
    story,
    cause: record.register,
    came_from: record.id,
    ...(record.unit ? { unit: record.unit } : {}),
  };
}
