/**
 * The versions of the rules: which is in force for a period, how it came to be, and a new one.
 *
 * A version is never changed. A new one holds from a given open period on, so what was reconciled and locked by an earlier
 * one stays as it was.
 */
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { monthName } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { RulesInForce, RuleVersion } from '@shared/domain/rule-effects';
import { ruleDifferences } from '@shared/domain/rule-words';
import type { RuleSet } from '@shared/domain/rules';
import { heldFor, inForceAmong, reaches } from '@shared/domain/rules-in-currency';
import { appendAudit } from '../../workbook/audit';
import { closingCurrency } from '../../workbook/tables/period-codes';
import { insertRuleSet, listRuleSets, ruleSetFor } from '../../workbook/tables/rule-sets';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { findPeriod, listPeriods, periodLocked, periodMissing } from '../periods';
import { checkRules, knownNames } from './checks';

function historyOf(workbook: ReadableWorkbook): RuleVersion[] {
  const versions = listRuleSets(workbook);
  const periods = listPeriods(workbook);
  return versions
    .map((version, index): RuleVersion => {
      const before = inForceAmong(versions.slice(0, index), version.fromPeriod);
      const { ruleSetId, fromPeriod, madeInstant, madeBy, why } = version;
      return {
        ruleSetId, fromPeriod, madeInstant, madeBy, why,
        differences: before ? ruleDifferences(heldFor(before, fromPeriod).rules, version.rules, closingCurrency(workbook, fromPeriod)) : [],
        inForceFor: periods.filter(({ code }) => inForceAmong(versions, code)?.ruleSetId === ruleSetId).map(({ code }) => code),
      };
    })
    .reverse();
}

/** The rules in force for a period, every version before them, and what rules may name. */
export function readRules(workbook: ReadableWorkbook, periodId: number): Outcome<RulesInForce, 'period_missing'> {
  const period = findPeriod(workbook, periodId);
  if (!period) return periodMissing(periodId);
  const { currency } = period;
  const { ruleSetId, fromPeriod, rules } = ruleSetFor(workbook, period.code);
  const { locations, categories, accounts, reasons } = knownNames(workbook);
  return done({
    ruleSetId, fromPeriod, rules, currency,
    history: historyOf(workbook),
    locations: [...locations], categories: [...categories], accounts: [...accounts], reasons: [...reasons],
  });
}

export interface RulesChange {
  /** The first period the new version holds for. */
  readonly periodId: number;
  readonly rules: RuleSet;
  readonly why: string;
  /** The version that was changed: refused where another is in force by now. */
  readonly basedOn: number;
}

export type SaveRulesFailure = 'period_missing' | 'period_locked' | 'before_locked' | 'changed_since' | 'rules_wrong' | 'nothing_changed';

/**
 * Saves changed rules as a new version from an open period on. The period asks for reconciliation again.
 *
 * Refusals: `before_locked`, where a later period is locked and would come under it; `changed_since`; `rules_wrong` with
 * every problem; `nothing_changed`.
 */
export function saveRules(context: ServiceContext, change: RulesChange): Outcome<RulesInForce, SaveRulesFailure> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<RulesInForce, SaveRulesFailure> => {
    const period = findPeriod(workbook, change.periodId);
    if (!period) return periodMissing(change.periodId);
    if (period.state === 'locked') return periodLocked(period);
    const locked = listPeriods(workbook).find((each) => each.state === 'locked' && each.code !== period.code && reaches(period.code, each.code));
    if (locked) {
      return refused(
        'before_locked',
        `${monthName(locked.code)} is locked and comes after ${monthName(period.code)}: it would stand under other rules than it was locked by. Change the rules from an open period after it.`,
      );
    }
    const before = ruleSetFor(workbook, period.code);
    if (before.ruleSetId !== change.basedOn) {
      return refused(
        'changed_since',
        `The rules were changed since, by ${before.madeBy}: version ${before.ruleSetId} is in force, not ${change.basedOn}. Look at it and change that one.`,
      );
    }
    const wrong = checkRules(workbook, change.rules);
    if (wrong) return wrong;
    const text = (rules: RuleSet) => canonicalJson(rules as unknown as CanonicalValue);
    if (text(before.rules) === text(change.rules)) {
      return refused('nothing_changed', `These are the rules in force for ${period.code} already, version ${before.ruleSetId}. Change one of them.`);
    }
    const madeInstant = context.now();
    const madeBy = actorText(context.actor);
    const ruleSetId = insertRuleSet(workbook, { fromPeriod: period.code, rules: change.rules, madeInstant, madeBy, why: change.why });
    appendAudit(workbook, {
      atInstant: madeInstant,
      actor: madeBy,
      action: 'rules.change',
      periodId: period.periodId,
      subject: `rules:${ruleSetId}`,
      detail: {
        version: ruleSetId,
        basedOn: before.ruleSetId,
        fromPeriod: period.code,
        differences: ruleDifferences(before.rules, change.rules, period.currency),
        before: before.rules as unknown as CanonicalValue,
        after: change.rules as unknown as CanonicalValue,
        why: change.why,
      },
    });
    return readRules(workbook, period.periodId);
  });
}
