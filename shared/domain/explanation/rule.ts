/**
 * What a rule is: a small function with a name and a version that claims a part of a variance and says why.
 *
 * Three kinds. An event rule claims one part of the gap an event leaves. A hypothesis names documents, and becomes
 * firm only where the rest of the variance holds it. A pattern names no documents: it suggests, and the residual keeps
 * its quantity until a person accepts.
 */
import {
  CAUSE_CLASS,
  type Cause,
  type EvidenceRef,
  type Posting,
  type VarianceComponent,
  type VarianceKind,
} from '../variance';
import type { EventGap } from './gap';
import type { LineCase } from './line-case';
import { TYPE_NAMES } from './words';

export interface Claim {
  readonly cause: Cause;
  /** Signed as the variance is. */
  readonly quantityScaled: number;
  readonly sentence: string;
  readonly documents: readonly string[];
  readonly evidence: readonly EvidenceRef[];
  readonly twinStockKeyId: number | null;
  /** When the oldest event behind the claim happened, for ageing; null for patterns that know no event. */
  readonly sinceInstant: number | null;
}

/** A component with what ageing needs; the workbook stores it without. */
export interface TracedComponent extends VarianceComponent {
  readonly sinceInstant: number | null;
}

export interface RuleName {
  readonly name: string;
  readonly version: number;
}

export interface EventRule extends RuleName {
  /** The part of a gap it may claim; it claims that part whole or leaves it to the next rule. */
  readonly part: keyof EventGap['parts'];
  readonly claim: (gap: EventGap, line: LineCase) => Claim | null;
}

export interface Hypothesis extends RuleName {
  /** What documents would explain; `restScaled` is what no firm component holds yet. */
  readonly candidates: (
    kind: VarianceKind,
    line: LineCase,
    restScaled: number,
    claimed: ReadonlySet<string>,
  ) => readonly Claim[];
}

export interface Pattern extends RuleName {
  readonly suggest: (kind: VarianceKind, line: LineCase, residualScaled: number) => readonly Claim[];
}

export const componentOf = (rule: RuleName, claim: Claim, suggested: boolean): TracedComponent => ({
  class: CAUSE_CLASS[claim.cause],
  cause: claim.cause,
  quantityScaled: claim.quantityScaled,
  suggested,
  rule: `${rule.name}@${rule.version}`,
  sentence: claim.sentence,
  documents: claim.documents,
  evidence: claim.evidence,
  twinStockKeyId: claim.twinStockKeyId,
  sinceInstant: claim.sinceInstant,
});

export const evidenceOf = (postings: readonly EvidenceRef[]): readonly EvidenceRef[] =>
  postings.map(({ importId, rowNumber }) => ({ importId, rowNumber }));

export const documentsOf = (postings: readonly Posting[]): readonly string[] => [
  ...new Set(postings.map((posting) => posting.document)),
];

export const oldestInstant = (postings: readonly Posting[]): number =>
  Math.min(...postings.map((posting) => posting.occurredInstant));

/** `shipment SO-10481`, with the line where the document has several. */
export const nameOfPosting = (posting: Pick<Posting, 'type' | 'document' | 'line'>): string =>
  `${TYPE_NAMES[posting.type]} ${posting.document}${posting.line ? ` line ${posting.line}` : ''}`;
