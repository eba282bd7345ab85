/**
 * A change to lines: what it is called, and what goes along with it.
 */
import type { Owner } from '@shared/domain/lines';
import type { TagChange } from '@shared/domain/tag';
import { countWords } from '../../ui/number';

/** What has to be known of a line to change it. */
export interface ChangeableLine {
  readonly stockKeyId: number;
  readonly sku: string;
  readonly location: string;
  readonly owner: Owner | null;
  readonly suggestedOwner: Owner | null;
  readonly tagRevision: number;
}

const FIELD_WORDS = { reason: 'Reason', owner: 'Owner', note: 'Note', dueInstant: 'Due date' } as const;

/** `Reason of MUG-BLU-11 at Portland`, `Owner of 6 lines`. */
export function changeLabel(change: TagChange, lines: readonly { readonly sku: string; readonly location: string }[]): string {
  const fields = (Object.keys(change) as (keyof typeof FIELD_WORDS)[]).map((field) => FIELD_WORDS[field]);
  const what = fields[0] ?? 'Change';
  const [only] = lines;
  return `${what} of ${lines.length === 1 && only ? `${only.sku} at ${only.location}` : countWords(lines.length, 'line')}`;
}

/**
 * A line that gets its reason and has no owner yet takes the owner that was proposed for it, so that one answer makes
 * it complete; an owner that a person set is never touched.
 */
export function completeChange(change: TagChange, line: Pick<ChangeableLine, 'owner' | 'suggestedOwner'>): TagChange {
  const takesOwner = change.reason && change.owner === undefined && line.owner === null && line.suggestedOwner !== null;
  return takesOwner ? { ...change, owner: line.suggestedOwner } : change;
}
