/**
 * Stretches of the dense stock keys. Work over all lines of a period goes through them one after another: what it holds at once
 * stays small however many lines there are, and a person who cancels waits for one stretch and not for the whole.
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
