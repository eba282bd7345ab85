/**
 * Rules: those in force with their versions, what changed ones would do, evidence of each, risk windows, tiers of items.
 */
import { z } from 'zod';
import {
  RiskWindowFields, RiskWindowView, RuleEvidence, RulePreview, RulesInForce,
} from '../domain/rule-effects';
import { RuleSet } from '../domain/rules';
import { TIERS } from '../domain/terms';
import { Nothing, type ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });
const Why = z.string().trim().min(1);
const PreviewInput = z.strictObject({ periodId: z.int(), rules: RuleSet, limit: z.int().min(0).max(1000).default(200) });
const PREVIEW_FAILURES = ['period_missing', 'period_locked', 'not_reconciled', 'rules_wrong'] as const;
const WINDOW_FAILURES = ['window_empty', 'item_unknown', 'location_unknown'] as const;

export const rulesContract = {
  'rules:inForce': { input: PeriodInput, output: RulesInForce, failures: ['period_missing'] },
  /** What each rule did in all reconciled periods. */
  /** Over the periods that are closed in one currency. */
  'rules:evidence': { input: z.strictObject({ currency: z.string() }), output: z.array(RuleEvidence), failures: [], long: true },
  /** Changed rules decided on the stored variances, and on those of past periods; writes nothing. */
  'rules:preview': { input: PreviewInput, output: RulePreview, failures: PREVIEW_FAILURES, long: true },
  /** The same by a whole reconciliation that is taken back: for changes that move variances. */
  'rules:rehearse': {
    input: PreviewInput,
    output: RulePreview,
    failures: [...PREVIEW_FAILURES, 'nothing_imported'],
    writes: true,
    rollsBack: true,
    long: true,
  },
  /** Saves changed rules as a new version from the period on. */
  'rules:save': {
    input: z.strictObject({ periodId: z.int(), rules: RuleSet, why: Why, basedOn: z.int() }),
    output: RulesInForce,
    failures: ['period_missing', 'period_locked', 'before_locked', 'changed_since', 'rules_wrong', 'nothing_changed'],
    writes: true,
  },
  'rules:riskWindows': { input: Nothing, output: z.array(RiskWindowView), failures: [] },
  'rules:addRiskWindow': {
    input: z.strictObject({ window: RiskWindowFields, why: Why }),
    output: RiskWindowView,
    failures: [...WINDOW_FAILURES, 'period_locked'],
    writes: true,
  },
  'rules:changeRiskWindow': {
    input: z.strictObject({ riskWindowId: z.int(), window: RiskWindowFields, why: Why }),
    output: RiskWindowView,
    failures: ['window_missing', ...WINDOW_FAILURES, 'nothing_changed', 'period_locked'],
    writes: true,
  },
  /** Ends a window at an instant; one that has not begun by then is taken away. */
  'rules:endRiskWindow': {
    input: z.strictObject({ riskWindowId: z.int(), untilInstant: z.int(), why: Why }),
    output: z.strictObject({ ended: z.boolean(), removed: z.boolean() }),
    failures: ['window_missing', 'already_ended', 'period_locked'],
    writes: true,
  },
  /** Sets the risk tier of an item. */
  'rules:setTier': {
    input: z.strictObject({ sku: z.string().trim().min(1), tier: z.enum(TIERS), why: Why }),
    output: z.strictObject({ sku: z.string(), before: z.enum(TIERS), tier: z.enum(TIERS) }),
    failures: ['item_unknown', 'nothing_changed'],
    writes: true,
  },
} as const satisfies ContractArea;
