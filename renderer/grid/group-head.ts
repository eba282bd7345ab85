/**
 * The row over a group: what the group is, how many rows it has, and what its figures come to.
 */
import { type GridColumn, isNumberColumn } from './columns';
import type { CopiedCell } from './clipboard/copied-cells';

export interface GroupSetting {
  readonly id: string;
  readonly label: string;
  readonly rows: number;
  readonly isOpen: boolean;
  /** By column: what the known figures add up to, and how many nobody knows. */
  readonly figures: ReadonlyMap<string, { readonly sum: bigint; readonly unknown: number }>;
}

/** A page may hold it among its rows. */
export class GroupHead {
  constructor(readonly setting: GroupSetting) {}
}

/** The sum of a column as a person reads it; undefined where the column has none. */
export function subtotalText<Row>(column: GridColumn<Row>, { setting }: GroupHead): string | undefined {
  const figure = setting.figures.get(column.id);
  if (!figure || !isNumberColumn(column)) return undefined;
  const sum = Number(figure.sum);
  // Where nobody knows any figure there is no sum either.
  if (figure.unknown === setting.rows && setting.rows > 0) return column.text(null);
  return Number.isSafeInteger(sum) ? column.text(sum) : 'too large';
}

/** The head's cell as it goes to another program: the first column says which group it is. */
export function copiedHeadCell<Row>(column: GridColumn<Row>, isFirst: boolean, head: GroupHead): CopiedCell {
  const figure = head.setting.figures.get(column.id);
  if (isFirst) return { kind: 'text', text: head.setting.label };
  const sum = figure && Number(figure.sum);
  return figure && isNumberColumn(column) && Number.isSafeInteger(sum) && figure.unknown < head.setting.rows
    ? { kind: 'figure', decimal: column.plainText(sum!) }
    : { kind: 'text', text: '' };
}
