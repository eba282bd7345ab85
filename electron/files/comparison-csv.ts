/**
 * A comparison with a locked period as comma-separated text: every line that differs, for the working papers.
 */
import { csvCell } from '@shared/domain/csv-cell';
import type { Comparison, ComparisonLine } from '@shared/domain/import-life';
import { formatInstantUtc } from '@shared/domain/instant';

const instant = (value: number | null) => (value === null ? null : formatInstantUtc(value));

const COLUMNS: readonly (readonly [string, (line: ComparisonLine) => string | null])[] = [
  ['change', (line) => line.change],
  ['system', (line) => line.system],
  ['sku', (line) => line.sku],
  ['location', (line) => line.location],
  ['document', (line) => line.document],
  ['line', (line) => line.line],
  ['measure', (line) => line.measure],
  ['at_close', (line) => line.before],
  ['now', (line) => line.after],
  ['delta', (line) => line.delta],
  ['unit_cost', (line) => line.unitCost],
  ['value', (line) => line.value],
  ['instant_at_close', (line) => instant(line.beforeInstant)],
  ['instant_now', (line) => instant(line.afterInstant)],
];

/** With a header and CRLF line ends (RFC 4180). An empty cell is unknown, never zero. */
export const comparisonCsv = (comparison: Comparison): string =>
  [COLUMNS.map(([title]) => title), ...comparison.lines.map((line) => COLUMNS.map(([, value]) => csvCell(value(line))))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
