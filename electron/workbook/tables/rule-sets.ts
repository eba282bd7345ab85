/**
 * Versions of the rule set, which never change once they are written.
 */
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { RuleSet, type RuleSetVersion } from '@shared/domain/rules';
import { heldFor } from '@shared/domain/rules-in-currency';
import { currencySql } from './period-codes';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

interface RuleSetRow {
  readonly rule_set_id: number;
  readonly from_period: string;
  readonly rules: string;
  readonly made_instant: number;
  readonly made_by: string;
  readonly why: string;
}

const versionOf = (row: RuleSetRow): RuleSetVersion => ({
  ruleSetId: row.rule_set_id,
  fromPeriod: row.from_period,
  rules: RuleSet.parse(JSON.parse(row.rules)),
  madeInstant: row.made_instant,
  madeBy: row.made_by,
  why: row.why,
});

/** Every version, oldest first. */
export const listRuleSets = (workbook: ReadableWorkbook): RuleSetVersion[] =>
  workbook.all<RuleSetRow>('SELECT * FROM rule_sets ORDER BY rule_set_id').map(versionOf);

/** One version as it holds for a period; undefined where the workbook has none of that number. */
export function ruleSetById(workbook: ReadableWorkbook, ruleSetId: number, periodCode: string): RuleSetVersion | undefined {
  const row = workbook.get<RuleSetRow>('SELECT * FROM rule_sets WHERE rule_set_id = ?', ruleSetId);
  return row && heldFor(versionOf(row), periodCode);
}

/**
 * As `inForceAmong` has it, of `rule_sets`: the version in force for the period of a code: one made for its currency before one of the workbook's own; of these
 * the latest `from_period` that is not after it, and the one made last.
 */
export const inForceSql = (code: string): string =>
  `FROM rule_sets WHERE from_period <= ${code} AND ${currencySql('from_period')} IN ('', ${currencySql(code)})
   ORDER BY ${currencySql('from_period')} = ${currencySql(code)} DESC, from_period DESC, rule_set_id DESC LIMIT 1`;

/** The version in force for a period, as it holds for it. */
export function ruleSetFor(workbook: ReadableWorkbook, periodCode: string): RuleSetVersion {
  const row = workbook.get<RuleSetRow>(`SELECT * ${inForceSql('@code')}`, { code: periodCode });
  if (!row) throw new Error(`the workbook has no rules for ${periodCode}`);
  return heldFor(versionOf(row), periodCode);
}

/** Answers the number of the new version. */
export const insertRuleSet = (workbook: WritableWorkbook, version: Omit<RuleSetVersion, 'ruleSetId'>): number =>
  workbook.run(
    'INSERT INTO rule_sets (from_period, rules, made_instant, made_by, why) VALUES (?, ?, ?, ?, ?)',
    version.fromPeriod, canonicalJson(version.rules as unknown as CanonicalValue), version.madeInstant, version.madeBy, version.why,
  ).lastInsertRowid;
