/** The rows of a count as the patterns read them: whole units, and what a row would say were the residual nothing. */
import { ONE_UNIT_SCALED } from '../../quantity';
import type { CountedRow, LineCase } from '../line-case';

export interface SuspectRow {
  readonly row: CountedRow;
  readonly countedScaled: number;
  /** What the row would hold if it alone were wrong. */
  readonly expectedScaled: number;
}

export const suspectRows = (line: LineCase, residualScaled: number): readonly SuspectRow[] =>
  line.counted
    .map((row) => ({ row, countedScaled: row.countedScaled, expectedScaled: row.countedScaled - residualScaled }))
    .filter(({ expectedScaled }) => expectedScaled >= 0);

export const isWhole = (quantityScaled: number): boolean => quantityScaled % ONE_UNIT_SCALED === 0;

/** `sheet S-0001 line 3`, `bin B-12`, or `the count`. */
export function nameOfRow(row: CountedRow): string {
  const parts = [
    row.sheet && `sheet ${row.sheet}`,
    row.line && `line ${row.line}`,
    !row.sheet && row.bin && `bin ${row.bin}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'the count';
}
