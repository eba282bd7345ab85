/**
 * What is chosen in words, for those who hear the grid: columns by their heads, rows by their numbers, counted from 1.
 */
import { boxesOf, type CellBox, type CellSelection, cellsIn, type GridShape } from './cell-range';

export interface SpokenSetting {
  readonly selection: CellSelection;
  readonly shape: GridShape;
  readonly titleOf: (column: string) => string;
  /** A count with the user's separators. */
  readonly countText: (count: number) => string;
  /** How the active row is called, for a single cell; empty where the cell says it itself, or the row is not loaded. */
  readonly rowName: string;
}

function boxWords({ top, bottom, left, right }: CellBox, { selection, shape, titleOf, countText }: SpokenSetting): string {
  const whole = selection.ranges[0]?.whole;
  const [first, last] = [titleOf(shape.columns[left]!), titleOf(shape.columns[right]!)];
  const columns = left === right ? first : `${first} to ${last}`;
  if (whole === 'all') return 'Every cell';
  if (whole === 'columns') return left === right ? `Column ${columns}` : `Columns ${columns}`;
  if (whole === 'rows') return top === bottom ? `Row ${countText(top + 1)}` : `Rows ${countText(top + 1)} to ${countText(bottom + 1)}`;
  if (left === right) return `${columns}, rows ${countText(top + 1)} to ${countText(bottom + 1)}`;
  if (top === bottom) return `${columns}, row ${countText(top + 1)}`;
  return `${first} row ${countText(top + 1)} to ${last} row ${countText(bottom + 1)}`;
}

/**
 * `ERP row 3 to Counted row 12, 30 cells`. A single cell has the keyboard and is read for itself: only
 * its row is named, which the same words do once as the keyboard goes along the row.
 *
 * @param sums what the chosen figures come to, as a person reads them, such as `sum −14`
 */
export function rangeWords(setting: SpokenSetting, sums: readonly string[]): string {
  const { selection, shape, countText } = setting;
  const boxes = boxesOf(selection, shape);
  const cells = cellsIn(selection, shape);
  if (cells <= 1) return setting.rowName;
  const where = boxes.length === 1 ? boxWords(boxes[0]!, setting) : `${countText(boxes.length)} ranges`;
  return [where, `${countText(cells)} cells`, ...sums].join(', ');
}
