/**
 * Edits of a line's cells as one change of its tag.
 */
import type { Owner } from '@shared/domain/lines';
import type { TagChange } from '@shared/domain/tag';
import { dueInstantOf } from './detail/due-date';

/** Each edited column as the tag's own field; an empty cell empties it. */
export function tagChangeOf(edits: readonly { readonly column: string; readonly after: string | null }[], timeZone: string): TagChange {
  const change: { reason?: string | null; owner?: Owner | null; note?: string; dueInstant?: number | null } = {};
  for (const { column, after } of edits) {
    if (column === 'reasonCode') change.reason = after;
    else if (column === 'owner') change.owner = after as Owner | null;
    else if (column === 'note') change.note = after ?? '';
    else if (column === 'dueInstant') change.dueInstant = dueInstantOf(after ?? '', timeZone) ?? null;
  }
  return change;
}
