/**
 * Stretches of the dense stock keys, and of the rows of files. Work over all of a period goes through them one after another: what
 * it holds at once stays small however many lines there are, and a person who cancels waits for one stretch and not for the whole.
 */
import type { ReadableWorkbook } from '../../workbook/workbook';

export interface KeyRange {
  readonly first: number;
  /** Belongs to the range. */
  readonly last: number;
}

const KEYS_PER_RANGE = 10_000;

export function keyRanges(workbook: ReadableWorkbook): readonly KeyRange[] {
  const { first, last } = workbook.get<{ first: number | null; last: number | null }>(
    'SELECT (SELECT min(stock_key_id) FROM stock_keys) AS first, (SELECT max(stock_key_id) FROM stock_keys) AS last',
  )!;
  if (first === null || last === null) return [];
  const ranges: KeyRange[] = [];
  for (let start = first; start <= last; start += KEYS_PER_RANGE) ranges.push({ first: start, last: Math.min(last, start + KEYS_PER_RANGE - 1) });
  return ranges;
}

export interface RowRange {
  readonly importId: number;
  readonly firstRow: number;
  /** Belongs to the range. */
  readonly lastRow: number;
}

const ROWS_PER_RANGE = 250_000;

/** The rows of movement files, in the order in which they lie in the table. */
export function movementRanges(workbook: ReadableWorkbook, importIds: Iterable<number>): readonly RowRange[] {
  return [...importIds].flatMap((importId) => {
    const ranges: RowRange[] = [];
    const last = workbook.get<{ last: number | null }>('SELECT max(row_number) AS last FROM movements WHERE import_id = ?', importId)!.last;
    for (let firstRow = 0; last !== null && firstRow <= last; firstRow += ROWS_PER_RANGE)
      ranges.push({ importId, firstRow, lastRow: firstRow + ROWS_PER_RANGE - 1 });
    return ranges;
  });
}
