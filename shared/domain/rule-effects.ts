/**
 * What rules do, as it leaves the workbook: a preview of changed rules, the evidence of each rule, versions, risk windows.
 *
 * Figures stay scaled integers and minor units. "Let pass" and "stands" are a line's largest difference that is not
 * timing, without sign, at unit cost; value is 0 where no cost is known.
 */
import { z } from 'zod';
import { RISK_KINDS, RuleSet } from './rules';
import { OWNERS, TIERS } from './terms';

const owner = z.enum(OWNERS).nullable();
const periodCode = z.string();

/** What the rules say of a line. */
export const LineStanding = z.strictObject({
  clearedBy: z.string().nullable(),
  owner,
  routedBy: z.string().nullable(),
  dueInstant: z.int().nullable(),
  priority: z.int(),
});
export type LineStanding = z.infer<typeof LineStanding>;

/** The weightiest change first: a line whose figures, clearing, owner, route, due date or priority changes. */
export const EFFECTS_OF_RULES = ['opened', 'cleared', 'figures', 'owner', 'route', 'due', 'priority'] as const;
export type EffectOfRules = (typeof EFFECTS_OF_RULES)[number];

export const LineEffect = z.strictObject({
  stockKeyId: z.int(),
  sku: z.string(),
  location: z.string(),
  effect: z.enum(EFFECTS_OF_RULES),
  /** The largest difference that is not timing, signed, and what it is worth. */
  standsScaled: z.int(),
  standsMinor: z.int(),
  /** Null: the line held no variance, or is not there. */
  before: LineStanding.nullable(),
  after: LineStanding.nullable(),
});
export type LineEffect = z.infer<typeof LineEffect>;

export const Tally = z.strictObject({ lines: z.int(), valueMinor: z.int() });
export type Tally = z.infer<typeof Tally>;

/** What the changed rules would have done to an earlier period; nothing in it is touched. */
export const PastEffect = z.strictObject({
  periodCode,
  state: z.enum(['open', 'locked']),
  /** Lines that a tolerance let pass and that would have become exceptions. */
  opened: Tally,
  /** Of these, what people tagged with a reason that posts, then or on the same line of the next period, or what was still there or larger then. */
  openedReal: Tally,
  /** Exceptions that would have cleared. */
  cleared: Tally,
  /** Of these, what people tagged with a reason that posts. */
  clearedReal: Tally,
  ownerChanged: z.int(),
});
export type PastEffect = z.infer<typeof PastEffect>;

export const RulePreview = z.strictObject({
  periodCode,
  /** decided: the stored variances under the changed rules; reconciled: the whole reconciliation, taken back again. */
  basis: z.enum(['decided', 'reconciled']),
  /** The change moves variances themselves: only a whole reconciliation shows all of it. */
  movesVariances: z.boolean(),
  /** Rows came in, or rules changed, since the lines were made: they would change for that too. */
  isStale: z.boolean(),
  /** What differs from the rules in force, a sentence for each. */
  differences: z.array(z.string()),
  lines: z.int(),
  changed: z.int(),
  byEffect: z.record(z.enum(EFFECTS_OF_RULES), Tally),
  /** How many lines each rule clears or sends, before and after; rules without any left out. */
  byRule: z.array(z.strictObject({ rule: z.string(), clears: z.boolean(), before: z.int(), after: z.int() })),
  letPass: z.strictObject({ before: Tally, after: Tally, limitMinor: z.int().nullable() }),
  /** The first of the changed lines. */
  effects: z.array(LineEffect),
  past: z.array(PastEffect),
});
export type RulePreview = z.infer<typeof RulePreview>;

/** One version as a person reads it. */
export const RuleVersion = z.strictObject({
  ruleSetId: z.int(),
  /** Empty: from the beginning. */
  fromPeriod: z.string(),
  madeInstant: z.int(),
  madeBy: z.string(),
  why: z.string(),
  /** What differed from the version before it; empty for the first. */
  differences: z.array(z.string()),
  /** Periods of the workbook that it is in force for. */
  inForceFor: z.array(periodCode),
});
export type RuleVersion = z.infer<typeof RuleVersion>;

export const RulesInForce = z.strictObject({
  ruleSetId: z.int(),
  fromPeriod: z.string(),
  rules: RuleSet,
  currency: z.string(),
  /** Newest first. */
  history: z.array(RuleVersion),
  locations: z.array(z.string()),
  categories: z.array(z.string()),
  /** What account rules may name. */
  accounts: z.array(z.strictObject({ code: z.string(), name: z.string(), isAsset: z.boolean() })),
  reasons: z.array(z.strictObject({ code: z.string(), reclassifies: z.boolean() })),
});
export type RulesInForce = z.infer<typeof RulesInForce>;

const Signed = z.strictObject({
  lines: z.int(),
  moreScaled: z.int(),
  lessScaled: z.int(),
  moreMinor: z.int(),
  lessMinor: z.int(),
});

/** What one rule cleared or sent in one period. */
export const RuleRecord = Signed.extend({
  periodCode,
  /** Lines that turned out real: tagged with a reason that posts; for a clearing also booked, or still there or larger, in the next period. */
  real: Tally,
  /** Of these, what was still there or larger in the next period: for a tolerance only. */
  stayed: z.int(),
  /** Lines that a person handed to another owner than the route's: for a route only. */
  handedOn: z.int(),
});
export type RuleRecord = z.infer<typeof RuleRecord>;

export const RuleEvidence = z.strictObject({
  rule: z.string(),
  clears: z.boolean(),
  /** The tier of a tolerance; null for a route. */
  tier: z.enum(TIERS).nullable(),
  periods: z.array(RuleRecord),
  total: RuleRecord.omit({ periodCode: true }),
});
export type RuleEvidence = z.infer<typeof RuleEvidence>;

export const RiskWindowFields = z.strictObject({
  kind: z.enum(RISK_KINDS),
  /** Null: every item. */
  sku: z.string().trim().min(1).nullable(),
  /** A location's code; null: every location. */
  location: z.string().trim().min(1).nullable(),
  fromInstant: z.int(),
  untilInstant: z.int(),
  note: z.string(),
});
export type RiskWindowFields = z.infer<typeof RiskWindowFields>;

export const RiskWindowView = RiskWindowFields.extend({
  riskWindowId: z.int(),
  /** Periods that it touches. */
  periods: z.array(periodCode),
  /** Of these, a locked one: what held then stays. */
  touchesLocked: z.boolean(),
});
export type RiskWindowView = z.infer<typeof RiskWindowView>;
