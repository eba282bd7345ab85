/**
 * What a column of the grid is: its kind decides how a value is shown, edited, copied and sorted.
 *
 * The grid knows nothing of what the rows mean: a column reads its value from the row and says it in words.
 */
import type { SearchEntry, Tone } from '../ui';

interface ColumnBase {
  /** Names the column for sorting and editing; the page source understands it. */
  readonly id: string;
  /** With unit or currency, so that the cells need none. */
  readonly title: string;
  /** What the figure is, for the pointer over the head. */
  readonly tooltip?: string;
  readonly width: number;
  /** Takes its share of what is left of the width. */
  readonly grows?: boolean;
  readonly sortable?: boolean;
  /** Stays at the left while the rest scrolls. */
  readonly pinned?: boolean;
}

export interface TextColumn<Row> extends ColumnBase {
  readonly kind: 'text';
  readonly value: (row: Row) => string | null;
  /** Less weight than the columns beside it. */
  readonly quiet?: boolean;
  /** Widens to the longest text that came, up to this width, in pixels. */
  readonly fitsUpTo?: number;
}

export interface NumberColumn<Row> extends ColumnBase {
  readonly kind: 'quantity' | 'money';
  /** Scaled quantity or minor units; null is unknown. */
  readonly value: (row: Row) => number | null;
  /** How the value is written, with the user's separators. */
  readonly text: (value: number | null) => string;
  /** How it is copied: a plain decimal. */
  readonly plainText: (value: number | null) => string;
  /** The direction in words, for the pointer and for screen readers. */
  readonly words?: (row: Row) => string | undefined;
  /** A zero that only says that there is nothing stands as a quiet dash. */
  readonly dashesZero?: boolean;
  readonly strong?: boolean;
}

export interface BadgeColumn<Row> extends ColumnBase {
  readonly kind: 'badge';
  readonly value: (row: Row) => { readonly tone: Tone; readonly text: string } | null;
}

export interface DateColumn<Row> extends ColumnBase {
  readonly kind: 'date';
  /** Epoch milliseconds. */
  readonly value: (row: Row) => number | null;
  readonly text: (instant: number) => string;
  /** Past its time: stands out. */
  readonly late?: (row: Row) => boolean;
}

export interface ChoiceColumn<Row> extends ColumnBase {
  readonly kind: 'choice';
  /** The chosen entry's key. */
  readonly value: (row: Row) => string | null;
  readonly entries: (row: Row) => readonly SearchEntry[];
  /** The cell shows the key alone; the title is under the pointer and goes along when rows are copied. */
  readonly showsKey?: boolean;
  /** What is only proposed; shown quietly where nothing is chosen. */
  readonly proposal?: (row: Row) => string | null;
  readonly editable: (row: Row) => boolean;
}

export type GridColumn<Row> = TextColumn<Row> | NumberColumn<Row> | BadgeColumn<Row> | DateColumn<Row> | ChoiceColumn<Row>;

export const isNumberColumn = <Row>(column: GridColumn<Row>): column is NumberColumn<Row> => column.kind === 'quantity' || column.kind === 'money';

/** The chosen entry's title; the key itself where the list does not know it. */
export function choiceText<Row>(column: ChoiceColumn<Row>, row: Row): string | null {
  const key = column.value(row);
  return key === null ? null : (column.entries(row).find((entry) => entry.key === key)?.title ?? key);
}

/** What a cell says as plain text: for copying. */
export function plainText<Row>(column: GridColumn<Row>, row: Row): string {
  switch (column.kind) {
    case 'text':
      return column.value(row) ?? '';
    case 'quantity':
    case 'money':
      return column.plainText(column.value(row));
    case 'badge':
      return column.value(row)?.text ?? '';
    case 'date': {
      const instant = column.value(row);
      return instant === null ? '' : column.text(instant);
    }
    case 'choice':
      return choiceText(column, row) ?? '';
  }
}
