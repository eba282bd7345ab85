/**
 * What happens to a line after it was explained, as it leaves the workbook: tags whose figures changed, checks before an
 * adjustment, second counts, what arrived after a count, and where systems do not add up or disagree.
 *
 * Figures are scaled integers, instants epoch milliseconds; unknown is null, never zero.
 */
import { z } from 'zod';
import { TRUTH_STATES } from '../rules';
import { MOVEMENT_TYPES, SYSTEMS } from '../states';
import { OWNERS } from '../terms';
import { VARIANCE_CLASSES, VARIANCE_KINDS } from '../variance';

const scaledOrUnknown = z.int().nullable();
const system = z.enum(SYSTEMS);
const Evidence = z.strictObject({ importId: z.int(), file: z.string(), row: z.int() });

/**
 * What lines can be listed by besides their variances. changed: a tag was given for other figures; checks: an adjustment waits
 * for a person to look up what no file tells; recount: a second count is asked for; waived: let pass by tolerance; identity: a
 * system's own figures do not add up; late: postings came in after the count; conflict: one bin counted by two people;
 * loose: a residual that nobody has given a reason; approved_changed: an approved journal holds other figures.
 */
export const LINE_CASES = ['changed', 'checks', 'recount', 'waived', 'identity', 'late', 'conflict', 'loose', 'approved_changed'] as const;
export type LineCaseName = (typeof LINE_CASES)[number];

/** The figures of a line that a reason is given for. */
export const TaggedFigures = z.strictObject({
  countScaled: scaledOrUnknown,
  channelScaled: scaledOrUnknown,
  ledgerScaled: scaledOrUnknown,
  adjustmentScaled: scaledOrUnknown,
});
export type TaggedFigures = z.infer<typeof TaggedFigures>;

export const ChangedSinceTag = z.strictObject({
  then: TaggedFigures,
  /** Null: the line is gone. */
  now: TaggedFigures.nullable(),
});
export type ChangedSinceTag = z.infer<typeof ChangedSinceTag>;

/** figures: other figures; cleared: a rule lets it pass now; gone: the period has no such line any more; approved: in an approved journal. */
export const CHANGE_KINDS = ['figures', 'cleared', 'gone', 'approved'] as const;

export const ChangedLine = ChangedSinceTag.extend({
  stockKeyId: z.int(),
  sku: z.string(),
  location: z.string(),
  reasonCode: z.string().nullable(),
  owner: z.enum(OWNERS).nullable(),
  note: z.string(),
  kind: z.enum(CHANGE_KINDS),
  nextStep: z.string(),
});
export type ChangedLine = z.infer<typeof ChangedLine>;

export const CHECK_SUBJECTS = ['orders', 'reservations', 'returns'] as const;
export type CheckSubject = (typeof CHECK_SUBJECTS)[number];

/** What the files say of one subject of a line. */
export const CheckFinding = z.strictObject({
  subject: z.enum(CHECK_SUBJECTS),
  /** False: no file tells, a person has to look. */
  isAnswered: z.boolean(),
  /** Open units; null where unknown. */
  unitsScaled: scaledOrUnknown,
  sentence: z.string(),
  documents: z.array(z.strictObject({ document: z.string(), unitsScaled: z.int() })),
});
export type CheckFinding = z.infer<typeof CheckFinding>;

export const PersonCheck = z.strictObject({
  note: z.string(),
  checkedInstant: z.int(),
  checkedBy: z.string(),
  /** The figures changed since: it no longer holds. */
  isStale: z.boolean(),
});
export type PersonCheck = z.infer<typeof PersonCheck>;

export const LineChecks = z.strictObject({
  findings: z.array(CheckFinding),
  byPerson: PersonCheck.nullable(),
  /** The adjustment is paused until a person has looked. */
  isWaiting: z.boolean(),
});
export type LineChecks = z.infer<typeof LineChecks>;

export const LatePosting = z.strictObject({
  system,
  type: z.enum(MOVEMENT_TYPES),
  document: z.string(),
  line: z.string(),
  quantityScaled: z.int(),
  /** What it adds to on hand of its system. */
  onHandScaled: z.int(),
  occurredInstant: z.int(),
  postedInstant: z.int(),
  importedInstant: z.int(),
  evidence: Evidence,
});
export type LatePosting = z.infer<typeof LatePosting>;

/** What happened before the count and came in after it had been reconciled. */
export const LateLayer = z.strictObject({
  /** The first reconciliation that took the count in. */
  checkpointInstant: z.int(),
  postings: z.array(LatePosting),
  /** How much of the count variance rests on them. */
  explainsScaled: z.int(),
});
export type LateLayer = z.infer<typeof LateLayer>;

/** One bin counted by different people in the same count: added up, and to be looked at. */
export const CountConflict = z.strictObject({
  bin: z.string(),
  countNo: z.int(),
  counts: z.array(z.strictObject({ sheet: z.string(), line: z.string(), countedBy: z.string(), countedScaled: z.int() })),
});
export type CountConflict = z.infer<typeof CountConflict>;

/** Whether a system's own figures add up: available = on hand - committed - what is held. */
export const IdentityCheck = z.strictObject({
  system,
  /** unknown: it does not give all that is needed. */
  state: z.enum(['holds', 'differs', 'unknown']),
  onHandScaled: scaledOrUnknown,
  committedScaled: scaledOrUnknown,
  heldScaled: scaledOrUnknown,
  availableScaled: scaledOrUnknown,
  differenceScaled: scaledOrUnknown,
  sentence: z.string(),
  evidence: Evidence.nullable(),
});
export type IdentityCheck = z.infer<typeof IdentityCheck>;

/** Systems that state other figures of one state at the cut-off, and whose counts. Unit costs have six places, the rest four. */
export const Disagreement = z.strictObject({
  state: z.enum(TRUTH_STATES),
  figures: z.array(z.strictObject({ system, quantityScaled: z.int() })),
  winner: system,
  ruledSystem: system,
});
export type Disagreement = z.infer<typeof Disagreement>;

export const FollowUp = z.strictObject({
  changedSinceTag: ChangedSinceTag.nullable(),
  /** Null where no adjustment is over tolerance. */
  checks: LineChecks.nullable(),
  /** How many period ends the exception has been open over, this one among them; null where it is none. */
  ageCloses: z.int().nullable(),
  /** Why a second count is asked for; null where none is. */
  recountWhy: z.string().nullable(),
  countConflicts: z.array(CountConflict),
  late: LateLayer.nullable(),
  identityChecks: z.array(IdentityCheck),
  disagreements: z.array(Disagreement),
});
export type FollowUp = z.infer<typeof FollowUp>;

/** What tolerance let pass, of one sign, rule, owner and location. Absolute figures but for the sign's own word. */
export const WaivedRow = z.strictObject({
  sign: z.enum(['plus', 'minus']),
  rule: z.string(),
  owner: z.enum(OWNERS),
  class: z.enum(VARIANCE_CLASSES),
  location: z.string(),
  kind: z.enum(VARIANCE_KINDS),
  differences: z.int(),
  unitsScaled: z.int(),
  valueMinor: z.int(),
});
export type WaivedRow = z.infer<typeof WaivedRow>;

export const WaivedSide = z.strictObject({ differences: z.int(), unitsScaled: z.int(), valueMinor: z.int() });

export const WaivedLedger = z.strictObject({
  currency: z.string(),
  rows: z.array(WaivedRow),
  plus: WaivedSide,
  minus: WaivedSide,
  /** Plus less minus, and plus with minus: what the limit is held against. */
  netUnitsScaled: z.int(),
  netMinor: z.int(),
  absoluteMinor: z.int(),
  /** Null: the rules set none. */
  limitMinor: z.int().nullable(),
  isOverLimit: z.boolean(),
  /** The last acceptance; it holds up to its own figure. */
  acceptance: z
    .strictObject({ acceptedMinor: z.int(), note: z.string(), acceptedInstant: z.int(), acceptedBy: z.string(), holds: z.boolean() })
    .nullable(),
  /** Over the limit, and nobody's acceptance covers it. */
  needsAcceptance: z.boolean(),
});
export type WaivedLedger = z.infer<typeof WaivedLedger>;

/** no_figure: on a sheet without a figure; no_sheet: the books hold some, the location was counted, and no sheet names it. */
export const UncountedLine = z.strictObject({
  stockKeyId: z.int(),
  sku: z.string(),
  location: z.string(),
  why: z.enum(['no_figure', 'no_sheet']),
  sheet: z.string(),
  bookScaled: scaledOrUnknown,
  valueMinor: z.int().nullable(),
});
export type UncountedLine = z.infer<typeof UncountedLine>;

const named = { stockKeyId: z.int(), sku: z.string(), location: z.string() };
export const RecountLine = z.strictObject({ ...named, why: z.string(), countScaled: scaledOrUnknown, adjustmentScaled: z.int(), valueMinor: z.int().nullable() });
export type RecountLine = z.infer<typeof RecountLine>;
export const ConflictLine = CountConflict.extend(named);
export type ConflictLine = z.infer<typeof ConflictLine>;
export const LateLine = z.strictObject({ ...named, postings: z.int(), onHandScaled: z.int(), countScaled: scaledOrUnknown });
export type LateLine = z.infer<typeof LateLine>;
export const IdentityLine = z.strictObject({
  ...named,
  system,
  onHandScaled: z.int(),
  committedScaled: z.int(),
  heldScaled: z.int(),
  availableScaled: z.int(),
  differenceScaled: z.int(),
  evidence: Evidence,
});
export type IdentityLine = z.infer<typeof IdentityLine>;
export const WaitingCheckLine = z.strictObject({
  ...named,
  reasonCode: z.string().nullable(),
  adjustmentScaled: z.int(),
  valueMinor: z.int().nullable(),
  /** What no file tells. */
  unanswered: z.array(z.enum(CHECK_SUBJECTS)),
  sentence: z.string(),
});
export type WaitingCheckLine = z.infer<typeof WaitingCheckLine>;

/** A list cut at what a window can show; `total` is of all. */
const listOf = <Row extends z.ZodType>(row: Row) => z.strictObject({ total: z.int(), lines: z.array(row) });
/** What stands between explained lines and a journal, and systems that do not add up. */
export const FollowUpLists = z.strictObject({
  changed: listOf(ChangedLine),
  checks: listOf(WaitingCheckLine),
  identities: listOf(IdentityLine),
});
export type FollowUpLists = z.infer<typeof FollowUpLists>;
/** What the counts of a period still ask, and what came in after them. */
export const CountLists = z.strictObject({
  recounts: listOf(RecountLine),
  notCounted: listOf(UncountedLine),
  conflicts: listOf(ConflictLine),
  late: listOf(LateLine),
});
export type CountLists = z.infer<typeof CountLists>;
