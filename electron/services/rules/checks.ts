/** Whether a rule set fits the workbook: it contradicts nothing in itself and names only what is there. */
import { refused } from '@shared/domain/outcome';
import { ruleProblems, type KnownNames } from '@shared/domain/rule-checks';
import type { RuleSet } from '@shared/domain/rules';
import { listLocations } from '../../workbook/tables/locations';
import type { ReadableWorkbook } from '../../workbook/workbook';

/** The locations and categories that rules may name, in order. */
export const knownNames = (workbook: ReadableWorkbook): KnownNames => ({
  locations: listLocations(workbook).map(({ code }) => code),
  categories: workbook
    .all<{ category: string }>("SELECT DISTINCT category FROM items WHERE category <> '' ORDER BY category")
    .map(({ category }) => category),
});

/** The refusal of a rule set that does not fit, with every problem; undefined where it does. */
export function checkRules(workbook: ReadableWorkbook, rules: RuleSet) {
  const problems = ruleProblems(rules, knownNames(workbook));
  return problems.length === 0 ? undefined : refused('rules_wrong', problems.map(({ message }) => message).join(' '));
}
