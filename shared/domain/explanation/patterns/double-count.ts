/** Two rows of the count hold the same quantity, and the residual is that quantity: the same goods counted twice. */
import { evidenceOf, type Pattern } from '../rule';
import { units } from '../words';
import { nameOfRow } from './count-rows';

export const doubleCount: Pattern = {
  name: 'double_count',
  version: 1,
  suggest: (kind, line, residualScaled) => {
    if (kind !== 'count' || residualScaled <= 0) return [];
    const alike = line.counted.filter((row) => row.countedScaled === residualScaled);
    const [first, second] = alike;
    if (!first || !second) return [];
    return [
      {
        cause: 'double_count',
        quantityScaled: residualScaled,
        sentence: `${units(residualScaled)} stand on ${nameOfRow(first)} and on ${nameOfRow(second)}; once would leave no residual.`,
        documents: [...new Set([first.sheet, second.sheet].filter((sheet) => sheet !== ''))],
        evidence: evidenceOf([first, second]),
        twinStockKeyId: null,
        sinceInstant: null,
      },
    ];
  },
};
