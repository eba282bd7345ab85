/**
 * The form of a bulk change: what stands in its fields, and the change that they ask for.
 */
import type { BulkChange } from '@shared/domain/bulk';
import { OWNERS } from '@shared/domain/lines';
import { dueInstantOf } from '../detail/due-date';

/** Stands in a field that empties what is there. No reason code or owner is written so. */
export const TAKE_AWAY = '-';

export interface BulkForm {
  /** Empty: stays as it is. */
  readonly reason: string;
  readonly owner: string;
  readonly due: 'keep' | 'set' | 'away';
  /** `2026-11-05`. */
  readonly dueDay: string;
  readonly note: string;
  readonly noteHow: 'append' | 'set' | 'away';
  readonly clear: boolean;
}

export const NOTHING_ASKED: BulkForm = { reason: '', owner: '', due: 'keep', dueDay: '', note: '', noteHow: 'append', clear: false };

/** The change; undefined where nothing is asked yet, or something is still missing. */
export function bulkChangeOf(form: BulkForm, timeZone: string): BulkChange | undefined {
  const owner = OWNERS.find((each) => each === form.owner);
  const note = form.note.trim();
  const dueInstant = form.due === 'away' ? null : form.due === 'set' ? (dueInstantOf(form.dueDay, timeZone) ?? undefined) : undefined;
  const change: BulkChange = {
    ...(form.reason === TAKE_AWAY ? { reason: null } : form.reason !== '' && { reason: form.reason }),
    ...(form.owner === TAKE_AWAY ? { owner: null } : owner && { owner }),
    ...(dueInstant !== undefined && { dueInstant }),
    ...(form.noteHow === 'away' ? { note: { text: '', how: 'set' as const } } : note !== '' && { note: { text: note, how: form.noteHow } }),
    ...(form.clear && { clear: true }),
  };
  const isWaiting = (form.clear && (note === '' || form.noteHow === 'away')) || (form.due === 'set' && dueInstant === undefined);
  return Object.keys(change).length === 0 || isWaiting ? undefined : change;
}

/** What is to be done before there is anything to say; undefined where a change is asked for. */
export function missingWords(form: BulkForm, change: BulkChange | undefined): string | undefined {
  if (change) return undefined;
  if (form.clear && (form.note.trim() === '' || form.noteHow === 'away')) return 'Write a note that says why nothing is booked.';
  if (form.due === 'set') return 'Choose the day it is due.';
  return 'Choose what is to change. What it does is told here before it is done.';
}
