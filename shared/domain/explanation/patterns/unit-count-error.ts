/** One row of the count was written in packs instead of units, or units were written as packs. */
import { formatQuantity, ONE_UNIT_SCALED } from '../../quantity';
import { evidenceOf, type Pattern } from '../rule';
import { capitalised, units } from '../words';
import { nameOfRow, suspectRows } from './count-rows';

export const unitCountError: Pattern = {
  name: 'unit_count_error',
  version: 1,
  suggest: (kind, line, residualScaled) => {
    const pack = line.packSizeScaled;
    if (kind !== 'count' || !pack || pack === ONE_UNIT_SCALED) return [];
    const isPacksOf = (packsScaled: number, unitsScaled: number) =>
      packsScaled > 0 && BigInt(packsScaled) * BigInt(pack) === BigInt(unitsScaled) * BigInt(ONE_UNIT_SCALED);
    return suspectRows(line, residualScaled).flatMap(({ row, countedScaled, expectedScaled }) => {
      const inPacks = isPacksOf(countedScaled, expectedScaled);
      if (!inPacks && !isPacksOf(expectedScaled, countedScaled)) return [];
      return [
        {
          cause: 'unit_count_error' as const,
          quantityScaled: residualScaled,
          sentence:
            `${capitalised(nameOfRow(row))} says ${formatQuantity(countedScaled)}; ${formatQuantity(expectedScaled)} would leave no ` +
            `residual: counted in ${inPacks ? 'packs' : 'units and multiplied by the pack'} of ${units(pack)}.`,
          documents: row.sheet ? [row.sheet] : [],
          evidence: evidenceOf([row]),
          twinStockKeyId: null,
          sinceInstant: null,
        },
      ];
    });
  },
};
