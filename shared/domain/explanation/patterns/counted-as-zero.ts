/**
 * A row of the count says 0, and it is likelier that nobody counted it: several rows of its sheet say 0 where the books hold
 * stock, or goods left the shelf after it was counted empty. A single zero without either says nothing.
 */
import { formatQuantity } from '../../quantity';
import { EFFECTS } from '../../states';
import type { Posting } from '../../variance';
import { happenings, matchEvents } from '../events';
import type { CountedRow, LineCase } from '../line-case';
import { documentsOf, evidenceOf, nameOfPosting, type Pattern } from '../rule';
import { capitalised, units } from '../words';
import { nameOfRow, suspectRows } from './count-rows';

/** Fewer zeros on a sheet are what an honest count may bring. */
const ZERO_ROWS_MIN = 3;

/** The first thing that left the shelf after the row was counted, where nothing had come in before. */
function leftAfter(row: CountedRow, line: LineCase): Posting | null {
  const moved = matchEvents(line.postings)
    .flatMap(happenings)
    .filter((posting) => EFFECTS[posting.type].on_hand !== undefined && posting.occurredInstant > row.countedInstant)
    .sort((one, next) => one.occurredInstant - next.occurredInstant);
  const first = moved[0];
  return first && (EFFECTS[first.type].on_hand ?? 0) * first.quantityScaled < 0 ? first : null;
}

export const countedAsZero: Pattern = {
  name: 'counted_as_zero',
  version: 1,
  suggest: (kind, line, residualScaled) => {
    if (kind !== 'count' || residualScaled >= 0) return [];
    const zeros = suspectRows(line, residualScaled).filter(({ countedScaled }) => countedScaled === 0);
    const [only] = zeros;
    if (!only || zeros.length > 1) return [];
    const { row, expectedScaled } = only;
    const others = (line.sheets.get(row.sheet)?.zeroRowsWithStock ?? 0) - 1;
    const left = leftAfter(row, line);
    if (others < ZERO_ROWS_MIN - 1 && !left) return [];
    const signs = [
      ...(others >= ZERO_ROWS_MIN - 1 ? [`${others} further rows of the sheet say 0 where the books hold stock`] : []),
      ...(left ? [`${nameOfPosting(left)} of ${units(left.quantityScaled)} left the shelf ${line.words.instant(left.occurredInstant)}, after the count`] : []),
    ];
    return [
      {
        cause: 'counted_as_zero',
        quantityScaled: residualScaled,
        sentence:
          `${capitalised(nameOfRow(row))} says 0 at ${line.words.instant(row.countedInstant)}; ${formatQuantity(expectedScaled)} would leave no residual, ` +
          `and ${signs.join(', and ')}: it may not have been counted at all.`,
        documents: [...new Set([...(row.sheet ? [row.sheet] : []), ...documentsOf(left ? [left] : [])])],
        evidence: evidenceOf([row, ...(left ? [left] : [])]),
        twinStockKeyId: null,
        sinceInstant: null,
      },
    ];
  },
};
