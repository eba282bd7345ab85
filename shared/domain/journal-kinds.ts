/**
 * Kinds and states of journals, their numbers and words.
 */
import type { VarianceClass } from './variance';

export const JOURNAL_KINDS = ['adjustment', 'accrual', 'reclassification', 'reversal'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** Kinds that are made from tagged lines; a reversal is made from a journal. */
export const DRAFTED_KINDS = ['adjustment', 'accrual', 'reclassification'] as const satisfies readonly JournalKind[];
export type DraftedKind = (typeof DRAFTED_KINDS)[number];

export const JOURNAL_STATES = ['draft', 'prepared', 'approved', 'exported', 'posted', 'reversed'] as const;
export type JournalState = (typeof JOURNAL_STATES)[number];

/**
 * What a reason code makes of a line. `adjust` books the adjustment; `reclassify` moves it to another asset account; `accrue`
 * books the timing component of the count variance until the first day of the next period; `none` books nothing and is put
 * before the approver with the adjustments.
 */
export const POSTINGS = ['adjust', 'none', 'accrue', 'reclassify'] as const;
export type Posting = (typeof POSTINGS)[number];

export const KIND_OF_POSTING: Readonly<Record<Posting, DraftedKind>> = {
  adjust: 'adjustment', none: 'adjustment', accrue: 'accrual', reclassify: 'reclassification',
};

const PREFIXES: Readonly<Record<JournalKind, string>> = { adjustment: 'ADJ', accrual: 'ACC', reclassification: 'RCL', reversal: 'REV' };

/** `ADJ-2026-10-1`. */
export const journalNumber = (kind: JournalKind, periodCode: string, count: number): string => `${PREFIXES[kind]}-${periodCode}-${count}`;

export interface LineToBook {
  readonly posting: Posting;
  readonly reasonClass: VarianceClass;
  /** The count variance less its timing components. */
  readonly adjustmentScaled: number;
  /** Null: not counted, and so without timing. */
  readonly countVarianceScaled: number | null;
}

/**
 * Scaled quantity that a line's entry moves on the inventory account; positive adds. A reclassification for a timing reason,
 * such as goods in transit, moves the timing component, as that is all there is of it.
 */
export function bookedScaled({ posting, reasonClass, adjustmentScaled, countVarianceScaled }: LineToBook): number {
  if (posting === 'none') return 0;
  const booksTiming = posting === 'accrue' || (posting === 'reclassify' && reasonClass === 'timing');
  return booksTiming ? (countVarianceScaled ?? adjustmentScaled) - adjustmentScaled : adjustmentScaled;
}
