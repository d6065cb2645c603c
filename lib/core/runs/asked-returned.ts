import type { Answer } from '../chat/message';
import type { RunEntry } from './run-entry';
import { picturesOf } from './run-entry';

/** The fields that have a place of their own beside the list. */
const elsewhere = ['model', 'prompt', 'user', 'messages'];

/**
 * The settings of a request by their dotted wire names, in the order in which they were sent; values as
 * text.
 */
export function askedSettings(fields: object, prefix = ''): { name: string; value: string }[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const name = prefix + key;
    if (elsewhere.includes(name) || value === undefined || value === null) return [];
    if (Array.isArray(value)) return [{ name, value: value.join(', ') }];
    if (typeof value === 'object') return askedSettings(value, `${name}.`);
    return [{ name, value: String(value) }];
  });
}

/** How many pictures a run has brought, of those that were asked for; an answer asks for no number. */
export function picturesReturned(run: Pick<RunEntry, 'asked' | 'slots'> | Pick<Answer, 'parts'>): {
  asked: number | null;
  returned: number;
} {
  if ('parts' in run) {
    return { asked: null, returned: run.parts.filter(({ kind }) => kind === 'picture').length };
  }
  const removed = run.slots.filter(({ kind }) => kind === 'removed').length;
  return { asked: run.asked, returned: picturesOf(run).length + removed };
}
