/**
 * What the approval of a journal needs, from the tiers of the rules and the lines that it puts before its approver.
 */
import { APPROVER_ROLES, type ApprovalTier } from './rules';
import type { Role } from './terms';

export interface LineToApprove {
  /** `MUG-BLU-11 Portland`. */
  readonly name: string;
  /** The line's largest variance, with its sign. */
  readonly valueMinor: number;
  readonly hasAttachment: boolean;
}

export interface ApprovalNeed {
  readonly overMinor: number;
  readonly roles: readonly Role[];
  readonly comment: boolean;
  readonly attachment: boolean;
  readonly lines: readonly string[];
  /** Of these, the lines that still want an attachment. */
  readonly withoutAttachment: readonly string[];
}

/** The tiers as they hold: without any, everybody may approve, and a line over materiality needs a comment. */
export const approvalTiers = (tiers: readonly ApprovalTier[], materialityMinor: number): readonly ApprovalTier[] =>
  tiers.length > 0 ? tiers : [{ overMinor: materialityMinor, roles: [...APPROVER_ROLES], comment: true, attachment: false }];

/** One need for each tier that has a line, the highest first. A line belongs to the highest tier whose bound it is over. */
export function approvalNeeds(tiers: readonly ApprovalTier[], lines: readonly LineToApprove[]): ApprovalNeed[] {
  const highestFirst = [...tiers].sort((left, right) => right.overMinor - left.overMinor);
  return highestFirst.flatMap((tier, index) => {
    const own = lines.filter((line) => {
      const value = Math.abs(line.valueMinor);
      return value > tier.overMinor && !(index > 0 && value > highestFirst[index - 1]!.overMinor);
    });
    if (own.length === 0) return [];
    return [{
      ...tier,
      lines: own.map(({ name }) => name),
      withoutAttachment: tier.attachment ? own.filter(({ hasAttachment }) => !hasAttachment).map(({ name }) => name) : [],
    }];
  });
}

/** The needs that somebody of this role cannot answer. */
export const beyondRole = (needs: readonly ApprovalNeed[], role: Role): ApprovalNeed[] => needs.filter(({ roles }) => !roles.includes(role));
