/** The same residual stood on the line in the period before. */
import { DAY_MS } from '../../instant';
import type { Pattern } from '../rule';
import { signed } from '../words';

export const recurring: Pattern = {
  name: 'recurring',
  version: 1,
  suggest: (kind, line, residualScaled) => {
    if (line.previous?.residuals[kind] !== residualScaled) return [];
    return [
      {
        cause: 'recurring',
        quantityScaled: residualScaled,
        sentence: `The same residual of ${signed(residualScaled)} stood here in ${line.previous.code}.`,
        documents: [],
        evidence: [],
        twinStockKeyId: null,
        sinceInstant: line.startInstant - line.previous.ageDays * DAY_MS,
      },
    ];
  },
};
