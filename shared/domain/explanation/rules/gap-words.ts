/** How the rules speak of the two sides of a gap. */
import type { EventGap, GapSide } from '../gap';
import type { LineCase } from '../line-case';
import { documentsOf, evidenceOf, nameOfPosting, oldestInstant, type Claim } from '../rule';
import { BESIDE_ERP } from '../surroundings';
import { capitalised, units } from '../words';
import type { System } from '../../states';
import type { Cause, Posting } from '../../variance';

export const postingsOf = (side: GapSide) => [...side.taken, ...side.late];

/** The side that took the event in first, and the one that follows. */
export function inOrder(gap: EventGap): { readonly ahead: GapSide; readonly behind: GapSide } {
  const firstOf = (side: GapSide) => Math.min(Infinity, ...postingsOf(side).map(side.instantOf));
  const leftIsAhead =
    gap.right.taken.length === 0 || (gap.left.taken.length > 0 && firstOf(gap.left) <= firstOf(gap.right));
  return leftIsAhead ? { ahead: gap.left, behind: gap.right } : { ahead: gap.right, behind: gap.left };
}

/** `happened 2026-10-31 22:10`, `posted by the ERP 2026-11-01 08:05`. */
export function whenTaken(side: GapSide, line: LineCase): string {
  const instants = postingsOf(side)
    .map(side.instantOf)
    .sort((one, next) => one - next);
  const verb = side.system === null ? 'happened' : `posted by ${side.name}`;
  return `${verb} ${instants.map(line.words.instant).join(' and ')}`;
}

/** `Shipment SO-10481 line 1 of 2 units`. */
export const subjectOf = (gap: EventGap, quantityScaled: number): string =>
  `${capitalised(nameOfPosting(gap.event))} of ${units(quantityScaled)}`;

/** The systems beside the ERP whose files hold such events, and not this one. */
export const whoElsePosts = (gap: EventGap, line: LineCase): readonly System[] =>
  BESIDE_ERP.filter((system) => gap.event.postings[system].length === 0 && line.reach[system].coveredTypes.has(gap.event.type));

/**
 * A claim on a gap with all postings of both sides as evidence, each row once.
 *
 * @param parts the postings it is about, where that is not all of them
 */
export function claimOf(gap: EventGap, cause: Cause, quantityScaled: number, sentence: string, parts: readonly Posting[] = []): Claim {
  const postings = [...new Set([...postingsOf(gap.left), ...postingsOf(gap.right)])];
  return {
    cause,
    quantityScaled,
    sentence,
    documents: documentsOf(parts.length > 0 ? parts : postings),
    evidence: evidenceOf(postings),
    twinStockKeyId: null,
    sinceInstant: oldestInstant(parts.length > 0 ? parts : postings),
  };
}
