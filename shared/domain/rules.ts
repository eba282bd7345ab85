/**
 * The rule set: everything a firm decides about its reconciliation, as one value. Kept in versions, each in force from a
 * period on; the version that was used is stamped on every line. Writing it is `electron/services/rules/`.
 *
 * Locations, categories and the like are named as people name them, so that a rule set can be read and moved on its own.
 */
import { z } from 'zod';
import { ROUNDINGS } from './money';
import { SYSTEMS } from './states';
import { OWNERS, ROLES, TIERS } from './terms';
import { CAUSES, VARIANCE_CLASSES, VARIANCE_KINDS, type Cause } from './variance';

const Text = z.string().trim().min(1);
const WholeNumber = z.int().nonnegative();

/** Bounds of a risk tier. Units are scaled, percent in hundredths of a percent of the book figure, value in minor units. */
export const TierBounds = z.strictObject({
  tier: z.enum(TIERS),
  unitsScaled: WholeNumber,
  percentHundredths: WholeNumber,
  valueMinor: WholeNumber,
});
export type TierBounds = z.infer<typeof TierBounds>;

const PerTier = z.array(TierBounds).refine(
  (bounds) => bounds.length === TIERS.length && TIERS.every((tier) => bounds.some((each) => each.tier === tier)),
  'each of the tiers A, B and C once',
);

export const RISK_KINDS = ['promotion', 'stock_out', 'warehouse_change'] as const;
export type RiskKind = (typeof RISK_KINDS)[number];
export const RISK_WORDS: Readonly<Record<RiskKind, string>> = {
  promotion: 'promotion',
  stock_out: 'stock-out',
  warehouse_change: 'warehouse change',
};
/** All of a tolerance, in hundredths of a percent. */
export const WHOLE_SHARE_HUNDREDTHS = 10_000;

/** Routes that are not written down begin so: where none fits, materiality and class decide. */
export const DEFAULT_ROUTE_PREFIX = 'default: ';

export const TRUTH_STATES = ['on_hand', 'committed', 'reserved', 'damaged', 'quarantined', 'unit_cost'] as const;
export type TruthState = (typeof TRUTH_STATES)[number];

/** Which system wins for a state: in general, at a location, for a category, or for a category at a location. */
export const TruthRule = z.strictObject({
  state: z.enum(TRUTH_STATES),
  system: z.enum(SYSTEMS),
  location: Text.nullable(),
  category: Text.nullable(),
});
export type TruthRule = z.infer<typeof TruthRule>;

/** Sends an exception to an owner. What is left out of `when` does not matter; the first route that fits is taken. */
export const Route = z.strictObject({
  name: Text,
  when: z.strictObject({
    kinds: z.array(z.enum(VARIANCE_KINDS)).min(1).optional(),
    classes: z.array(z.enum(VARIANCE_CLASSES)).min(1).optional(),
    causes: z.array(z.enum(CAUSES as readonly [Cause, ...Cause[]])).min(1).optional(),
    tiers: z.array(z.enum(TIERS)).min(1).optional(),
    categories: z.array(Text).min(1).optional(),
    locations: z.array(Text).min(1).optional(),
    /** Absolute value of the line's largest variance, at least. */
    fromValueMinor: WholeNumber.optional(),
  }),
  owner: z.enum(OWNERS),
  /** Days after the cut-off; null leaves the general due date. */
  dueDays: z.int().min(0).max(366).nullable(),
});
export type Route = z.infer<typeof Route>;

/**
 * What is done where goods moved between a count and the cut-off: carry the count by what happened, or ask for a second
 * count.
 */
export const COUNT_POLICIES = ['carry', 'recount'] as const;
export type CountPolicy = (typeof COUNT_POLICIES)[number];

/**
 * The accounts that a journal books lines to, instead of the reason code's own. What is null does not matter: every reason,
 * every category, every location; an account that is null is left to the next rule, at last to the reason code.
 */
export const AccountRule = z
  .strictObject({
    reason: Text.nullable(),
    category: Text.nullable(),
    location: Text.nullable(),
    inventoryAccount: Text.nullable(),
    offsetAccount: Text.nullable(),
  })
  .refine(({ inventoryAccount, offsetAccount }) => inventoryAccount !== null || offsetAccount !== null, 'names an account: inventory, offset or both');
export type AccountRule = z.infer<typeof AccountRule>;

/** Whoever may be named as approver: everybody but an auditor, who writes nothing. */
export const APPROVER_ROLES = ROLES.filter((role) => role !== 'auditor');

/** What the approval of a journal needs whose lines are worth more than a bound: who may give it, and what must be said and attached. */
export const ApprovalTier = z.strictObject({
  /** Of a line's largest variance, without sign; the highest bound that a line is over decides. */
  overMinor: WholeNumber,
  roles: z.array(z.enum(ROLES)).min(1).refine((roles) => !roles.includes('auditor'), 'an auditor approves nothing'),
  /** The approver says why. */
  comment: z.boolean(),
  /** Each such line has an attachment. */
  attachment: z.boolean(),
});
export type ApprovalTier = z.infer<typeof ApprovalTier>;

export const RuleSet = z.strictObject({
  /** Up to where a line clears by itself: within all three bounds. */
  tolerances: PerTier,
  /** How much of a tolerance is left in a risk window of each kind, in hundredths of a percent: 0 none, 10000 all. */
  toleranceInRiskWindow: z.record(z.enum(RISK_KINDS), z.int().min(0).max(10_000)),
  truth: z.array(TruthRule),
  routes: z.array(Route),
  due: z.strictObject({
    /** Local days after the cut-off. */
    days: z.int().min(0).max(366),
    /** For tier A and negative stock. */
    urgentDays: z.int().min(0).max(366),
  }),
  count: z.strictObject({
    /** Over any of these bounds a count needs a second one; null asks for none. */
    recount: PerTier.nullable(),
    whenMoved: z.enum(COUNT_POLICIES),
  }),
  /** How much may be let pass by tolerance in one period, added up without sign, in minor units; null: no limit. */
  waivedLimitMinor: WholeNumber.nullable(),
  /** How long a transfer may be under way, in hours from its dispatch; null: the period's own window. */
  transferWindowHours: z.int().min(0).max(2_976).nullable(),
  /** From how many units sold in the period on an item at a location counts as a fast seller; rule sets before it had none: one a day. */
  fastSellerUnitsScaled: WholeNumber.default(300_000),
  /** Accounts by reason, category and location; rule sets before it had none, and the reason codes' own accounts hold. */
  accounts: z.array(AccountRule).default([]),
  /** None: a line over the workbook's materiality needs a comment, and everybody but the preparer may approve. */
  approvals: z.array(ApprovalTier).default([]),
  /** How a journal line is rounded, once, to minor units. */
  rounding: z.enum(ROUNDINGS).default('half_even'),
});
export type RuleSet = z.infer<typeof RuleSet>;

/** One version of the rules. */
export interface RuleSetVersion {
  readonly ruleSetId: number;
  /** The first period it is in force for, `YYYY-MM`; empty: from the beginning. */
  readonly fromPeriod: string;
  readonly rules: RuleSet;
  readonly madeInstant: number;
  readonly madeBy: string;
  readonly why: string;
}
