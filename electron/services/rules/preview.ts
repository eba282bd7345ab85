/**
 * What changed rules would do, before they are saved: to the period at hand and to those before it.
 *
 * A change of tolerances, shares in risk windows, routes, due dates or the pace of fast sellers is decided again on the stored
 * variances. A change that moves variances themselves is shown whole by a reconciliation that is taken back.
 */
import { currencyOfPeriod } from '@shared/domain/instant';
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import {
  EFFECTS_OF_RULES, type EffectOfRules, type LineEffect, type PastEffect, type RulePreview,
} from '@shared/domain/rule-effects';
import { ruleDifferences } from '@shared/domain/rule-words';
import type { RuleSet } from '@shared/domain/rules';
import { insertRuleSet, ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { findPeriod, listPeriods, periodLocked, periodMissing } from '../periods';
import { reconcilePeriod } from '../reconciliation/reconcile';
import { readScope } from '../reconciliation/scope';
import { isStale } from '../reconciliation/staleness';
import { checkRules } from './checks';
import { isLetPass, ruleOf, standingsOf, standingsUnder, wasReal, type StandingLine, type Standings } from './standings';
import { RunningTally } from './tallies';

export interface PreviewRequest {
  readonly periodId: number;
  readonly rules: RuleSet;
  /** The most changed lines to list. */
  readonly limit: number;
}

export type PreviewFailure = 'period_missing' | 'period_locked' | 'not_reconciled' | 'rules_wrong';

/** Past periods looked at, the latest first. */
const PAST_PERIODS_MAX = 12;

/** The parts of a rule set that decide which figures are compared, and so the variances. */
const MOVING = ['truth', 'count', 'transferWindowHours'] as const;

const same = (one: unknown, other: unknown) => canonicalJson(one as CanonicalValue) === canonicalJson(other as CanonicalValue);

const movesVariances = (before: RuleSet, after: RuleSet): boolean => MOVING.some((part) => !same(before[part], after[part]));

function effectOf(before: StandingLine | undefined, after: StandingLine | undefined): EffectOfRules | null {
  const cleared = (line: StandingLine | undefined) => line === undefined || line.standing.clearedBy !== null;
  if (cleared(before) && !cleared(after)) return 'opened';
  if (!cleared(before) && cleared(after)) return 'cleared';
  if (!before || !after || before.figures !== after.figures) return 'figures';
  const [then, now] = [before.standing, after.standing];
  if (then.owner !== now.owner) return 'owner';
  if (then.routedBy !== now.routedBy) return 'route';
  if (then.dueInstant !== now.dueInstant) return 'due';
  return then.priority === now.priority ? null : 'priority';
}

const compareText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const heaviestFirst = (one: LineEffect, other: LineEffect): number =>
  EFFECTS_OF_RULES.indexOf(one.effect) - EFFECTS_OF_RULES.indexOf(other.effect) ||
  Math.abs(other.standsMinor) - Math.abs(one.standsMinor) ||
  compareText(one.sku, other.sku) || compareText(one.location, other.location);

function effectsOf(before: Standings, after: Standings): LineEffect[] {
  const effects: LineEffect[] = [];
  for (const stockKeyId of new Set([...before.keys(), ...after.keys()])) {
    const [then, now] = [before.get(stockKeyId), after.get(stockKeyId)];
    const effect = effectOf(then, now);
    if (effect === null) continue;
    const { sku, location, standsScaled, standsMinor } = (now ?? then)!;
    effects.push({ stockKeyId, sku, location, effect, standsScaled, standsMinor, before: then?.standing ?? null, after: now?.standing ?? null });
  }
  return effects.sort(heaviestFirst);
}

function byRuleOf(before: Standings, after: Standings): RulePreview['byRule'] {
  const rules = new Map<string, { rule: string; clears: boolean; before: number; after: number }>();
  for (const [when, standings] of [['before', before], ['after', after]] as const) {
    for (const { standing } of standings.values()) {
      const { rule, clears } = ruleOf(standing);
      const key = `${clears ? 0 : 1}${rule}`;
      const counted = rules.get(key) ?? { rule, clears, before: 0, after: 0 };
      counted[when] += 1;
      rules.set(key, counted);
    }
  }
  return [...rules].sort(([one], [other]) => compareText(one, other)).map(([, counted]) => counted);
}

function letPassOf(standings: Standings) {
  const tally = new RunningTally();
  for (const line of standings.values()) if (isLetPass(line)) tally.add(line.standsMinor);
  return tally.tally;
}

/** What the rules would have done to periods before this one; they are only read. */
function pastEffects(workbook: ReadableWorkbook, periodCode: string, rules: RuleSet): PastEffect[] {
  const reconciled = listPeriods(workbook).filter((period) => currencyOfPeriod(period.code) === currencyOfPeriod(periodCode) && period.reconciledInstant !== null);
  const past = reconciled.filter((period) => period.code < periodCode).slice(-PAST_PERIODS_MAX);
  return past.reverse().map((period) => {
    const scope = readScope(workbook, period.periodId)!;
    const nextPeriod = reconciled.find((each) => each.code > period.code);
    const [before, after] = [standingsOf(workbook, scope), standingsUnder(workbook, scope, rules)];
    const next = nextPeriod && standingsOf(workbook, { periodId: nextPeriod.periodId, currency: scope.currency });
    const tallies = { opened: new RunningTally(), openedReal: new RunningTally(), cleared: new RunningTally(), clearedReal: new RunningTally() };
    let ownerChanged = 0;
    for (const line of before.values()) {
      const effect = effectOf(line, after.get(line.stockKeyId));
      if (effect === 'opened') {
        tallies.opened.add(line.standsMinor);
        if (wasReal(line, next)) tallies.openedReal.add(line.standsMinor);
      } else if (effect === 'cleared') {
        tallies.cleared.add(line.standsMinor);
        if (line.isBooked) tallies.clearedReal.add(line.standsMinor);
      } else if (effect === 'owner') ownerChanged += 1;
    }
    return {
      periodCode: period.code,
      state: period.state,
      opened: tallies.opened.tally,
      openedReal: tallies.openedReal.tally,
      cleared: tallies.cleared.tally,
      clearedReal: tallies.clearedReal.tally,
      ownerChanged,
    };
  });
}

interface Comparison {
  readonly workbook: ReadableWorkbook;
  readonly periodCode: string;
  readonly basis: RulePreview['basis'];
  readonly isStale: boolean;
  readonly inForce: RuleSet;
  readonly rules: RuleSet;
  readonly currency: string;
  readonly limit: number;
}

function previewOf(comparison: Comparison, before: Standings, after: Standings): RulePreview {
  const { workbook, inForce, rules } = comparison;
  const effects = effectsOf(before, after);
  const byEffect = Object.fromEntries(
    EFFECTS_OF_RULES.map((effect) => {
      const tally = new RunningTally();
      for (const each of effects) if (each.effect === effect) tally.add(each.standsMinor);
      return [effect, tally.tally];
    }),
  ) as RulePreview['byEffect'];
  return {
    periodCode: comparison.periodCode,
    basis: comparison.basis,
    movesVariances: movesVariances(inForce, rules),
    isStale: comparison.isStale,
    differences: ruleDifferences(inForce, rules, comparison.currency),
    lines: after.size,
    changed: effects.length,
    byEffect,
    byRule: byRuleOf(before, after),
    letPass: { before: letPassOf(before), after: letPassOf(after), limitMinor: rules.waivedLimitMinor },
    effects: effects.slice(0, comparison.limit),
    past: pastEffects(workbook, comparison.periodCode, rules),
  };
}

/** What both previews begin with: the period and its lines as they stand. */
function begin(context: ServiceContext, { periodId, rules, limit }: PreviewRequest) {
  const { workbook } = context;
  const period = findPeriod(workbook, periodId);
  if (!period) return periodMissing(periodId);
  if (period.state === 'locked') return periodLocked(period);
  if (period.reconciledInstant === null) {
    return refused('not_reconciled', `${period.code} is not reconciled yet, so there is nothing that rules could change. Run the reconciliation first.`);
  }
  const wrong = checkRules(workbook, rules);
  if (wrong) return wrong;
  const scope = readScope(workbook, periodId)!;
  const inForce = ruleSetFor(workbook, period.code).rules;
  const comparison = { workbook, periodCode: period.code, isStale: isStale(workbook, periodId), inForce, rules, currency: scope.currency, limit };
  return done({ period, scope, comparison });
}

/**
 * The rules decided again on the stored variances of the period and of those before it. Writes nothing.
 *
 * Where `movesVariances` is answered, `rehearseRules` shows the rest.
 */
export function previewRules(context: ServiceContext, request: PreviewRequest): Outcome<RulePreview, PreviewFailure> {
  const begun = begin(context, request);
  if (!begun.ok) return begun;
  const { scope, comparison } = begun.value;
  const before = standingsOf(context.workbook, scope);
  context.job.checkCancelled();
  const after = standingsUnder(context.workbook, scope, request.rules);
  context.job.checkCancelled();
  return done(previewOf({ ...comparison, basis: 'decided' }, before, after));
}

/** The period reconciled whole by the rules, and everything taken back again. */
export function rehearseRules(context: ServiceContext, request: PreviewRequest): Outcome<RulePreview, PreviewFailure | 'nothing_imported'> {
  const begun = begin(context, request);
  if (!begun.ok) return begun;
  const { workbook } = context;
  const { period, scope, comparison } = begun.value;
  const before = standingsOf(workbook, scope);
  workbook.database.exec('BEGIN IMMEDIATE');
  try {
    insertRuleSet(workbook, {
      fromPeriod: period.code, rules: request.rules, madeInstant: context.now(), madeBy: actorText(context.actor), why: 'rehearsed',
    });
    const reconciled = reconcilePeriod(context, period.periodId);
    if (!reconciled.ok) return reconciled;
    return done(previewOf({ ...comparison, basis: 'reconciled' }, before, standingsOf(workbook, scope)));
  } finally {
    if (workbook.database.inTransaction) workbook.database.exec('ROLLBACK');
  }
}
