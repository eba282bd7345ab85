/**
 * The same goods counted twice: a whole sheet that was entered twice, or two rows that hold the same quantity. The residual
 * is what the second time added.
 */
import type { CountedRow, LineCase } from '../line-case';
import { evidenceOf, type Claim, type Pattern } from '../rule';
import { units } from '../words';
import { nameOfRow } from './count-rows';

const claimOf = (residualScaled: number, rows: readonly CountedRow[], sentence: string): Claim => ({
  cause: 'double_count',
  quantityScaled: residualScaled,
  sentence,
  documents: [...new Set(rows.map((row) => row.sheet).filter((sheet) => sheet !== ''))],
  evidence: evidenceOf(rows),
  twinStockKeyId: null,
  sinceInstant: null,
});

const totalOf = (rows: readonly CountedRow[]): number => rows.reduce((sum, row) => sum + row.countedScaled, 0);

function sheetTwice(line: LineCase, residualScaled: number): Claim | null {
  for (const [sheet, { sameAs, countedRows }] of line.sheets) {
    for (const other of sameAs) {
      const [first, second] = [sheet, other].map((name) => line.counted.filter((row) => row.sheet === name)) as [CountedRow[], CountedRow[]];
      if (second.length === 0 || totalOf(second) !== residualScaled) continue;
      return claimOf(
        residualScaled,
        [...first, ...second],
        countedRows === 1
          ? `${units(residualScaled)} stand on sheet ${sheet} and on sheet ${other}; once would leave no residual.`
          : `Sheets ${sheet} and ${other} hold the same ${countedRows} rows, ${units(residualScaled)} of them here: ` +
              'one sheet entered twice; once would leave no residual.',
      );
    }
  }
  return null;
}

export const doubleCount: Pattern = {
  name: 'double_count',
  version: 2,
  suggest: (kind, line, residualScaled) => {
    if (kind !== 'count' || residualScaled <= 0) return [];
    const twice = sheetTwice(line, residualScaled);
    if (twice) return [twice];
    const [first, second] = line.counted.filter((row) => row.countedScaled === residualScaled);
    if (!first || !second) return [];
    return [
      claimOf(
        residualScaled,
        [first, second],
        `${units(residualScaled)} stand on ${nameOfRow(first)} and on ${nameOfRow(second)}; once would leave no residual.`,
      ),
    ];
  },
};
