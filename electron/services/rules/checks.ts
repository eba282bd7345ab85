/** Whether a rule set fits the workbook: it contradicts nothing in itself and names only what is there. */
import { refused } from '@shared/domain/outcome';
import { ruleProblems, type KnownNames } from '@shared/domain/rule-checks';
import type { RuleSet } from '@shared/domain/rules';
import { listLocations } from '../../workbook/tables/locations';
import type { ReadableWorkbook } from '../../workbook/workbook';

/** The locations, categories, accounts and reason codes that rules may name, in order. */
export const knownNames = (workbook: ReadableWorkbook): KnownNames => ({
  locations: listLocations(workbook).map(({ code }) => code),
  categories: workbook
    .all<{ category: string }>("SELECT DISTINCT category FROM items WHERE category <> '' ORDER BY category")
    .map(({ category }) => category),
  accounts: workbook
    .all<{ account_code: string; name: string; kind: string }>('SELECT account_code, name, kind FROM accounts ORDER BY account_code')
    .map(({ account_code: code, name, kind }) => ({ code, name, isAsset: kind === 'asset' })),
  reasons: workbook
    .all<{ reason_code: string; posting: string }>('SELECT reason_code, posting FROM reason_codes ORDER BY display_order')
    .map(({ reason_code: code, posting }) => ({ code, reclassifies: posting === 'reclassify' })),
});

/** The refusal of a rule set that does not fit, with every problem; undefined where it does. */
export function checkRules(workbook: ReadableWorkbook, rules: RuleSet) {
  const problems = ruleProblems(rules, knownNames(workbook));
  return problems.length === 0 ? undefined : refused('rules_wrong', problems.map(({ message }) => message).join(' '));
}
