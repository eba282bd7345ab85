/**
 * Generated companies with known troubles, reconciled: what was planted is found, and nothing else is claimed.
 *
 * The whole table, on bigger companies and more seeds, is `npm run bench -- truth`.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { generateCompany } from '../bench/truth/generate';
import { reconcileCompany } from '../bench/truth/reconcile-company';
import { scoreOf, verdictOf } from '../bench/truth/score';
import { temporaryFolder } from '../support/workbooks';

describe.each([7, 12])('a company of seed %i', (seed) => {
  test('has at least 99 % of its units explained by the right cause, and nothing claimed that was not planted', async () => {
    const folder = temporaryFolder(afterAll);
    const { files, key } = generateCompany(folder, seed, 130);
    const score = scoreOf(await reconcileCompany(folder, files), key);
    const verdict = verdictOf(score);
    expect(score.faults.filter((fault) => fault.startsWith('wrong'))).toEqual([]);
    expect(verdict.falseClaims).toBe(0);
    expect(verdict.foundUnits / verdict.plantedUnits, score.faults.join('\n')).toBeGreaterThanOrEqual(0.99);
  }, 60_000);
});
