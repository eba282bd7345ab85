/**
 * A change of a line in words, from the event's before and after.
 */

import { shownName } from '@shared/domain/notes';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const FIELD_WORDS: Readonly<Record<string, string>> = { reason: 'reason', owner: 'owner', note: 'note', dueInstant: 'due date', due: 'due date' };

/** What an empty field is called. */
export const NONE = 'none';

export interface ChangeWords {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What was done with a note or an attachment; undefined where the event is of another kind. */
export function saidWords(action: string, detail: string): string | undefined {
  const what = { 'note.add': 'wrote note', 'note.withdraw': 'withdrew note', 'attachment.add': 'attached', 'attachment.withdraw': 'withdrew' }[action];
  if (what === undefined) return undefined;
  const { number, before, after, why } = JSON.parse(detail) as { readonly number: number; readonly before: Subject | null; readonly after: Subject | null; readonly why?: string };
  const { fileName } = (after ?? before)!;
  return `${what} ${fileName === undefined ? number : shownName(fileName)}${why === undefined ? '' : `: ${why}`}`;
}

interface Subject {
  readonly fileName?: string;
}

/**
 * The fields that differ between `before` and `after` of an event's detail.
 *
 * @param date writes an instant as a date
 */
export function changesOf(detail: string, date: (instant: number) => string): readonly ChangeWords[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(detail);
  } catch {
    return [];
  }
  if (!isRecord(parsed)) return [];
  const before = isRecord(parsed['before']) ? parsed['before'] : {};
  const after = isRecord(parsed['after']) ? parsed['after'] : {};
  const words = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return NONE;
    return field === 'dueInstant' && typeof value === 'number' ? date(value) : String(value);
  };
  return Object.keys(FIELD_WORDS)
    .filter((field) => field in after || field in before)
    .map((field) => ({ field: FIELD_WORDS[field]!, before: words(field, before[field]), after: words(field, after[field]) }))
    .filter((change) => change.before !== change.after);
}
