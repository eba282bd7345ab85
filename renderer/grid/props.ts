/**
 * What a screen tells the grid, and what it can ask of it.
 */
import type { Ref } from 'react';
import type { GridColumn } from './columns';
import type { GroupHead } from './group-head';
import type { RowSpan } from './model/cell-range';
import type { CellEdit } from './model/edits';
import type { FigureSums } from './model/exact-sums';
import type { Density } from './theme';

export interface SortOrder {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort: readonly SortOrder[];
}

export interface Page<Row> {
  readonly total: number;
  /** Heads of groups stand among the rows. */
  readonly rows: readonly (Row | GroupHead)[];
}

/** Reads a page; undefined where it was refused, which the source itself reports. */
export type PageSource<Row> = (request: PageRequest) => Promise<Page<Row> | undefined>;

/** Cells that a person changed at once: one movement of the hand, and one step of undo. */
export interface GridChange<Row> {
  readonly kind: 'typed' | 'filled' | 'pasted';
  readonly edits: readonly CellEdit<Row>[];
}

/** The rows and columns that any range touches. */
export interface Chosen {
  readonly rows: readonly RowSpan[];
  readonly columns: readonly string[];
}

/** What a screen can ask of its grid. */
export interface GridHandle {
  /** Brings a row into view and gives it the keyboard, in the same column as before or in `columnId`. */
  focusRow(index: number, columnId?: string): void;
  /** As `focusRow`, but the keyboard stays where it is. */
  showRow(index: number, columnId?: string): void;
  /** The row that has the keyboard; -1 where none has. */
  focusedIndex(): number;
  startEditing(columnId: string): void;
  /** Back to the order in which the source answers by itself. */
  clearSort(): void;
  /** Reads the loaded pages again and keeps the place. */
  refresh(): void;
  /** Columns as a person has put them, from the left. */
  layout(): readonly ColumnPlacing[];
  /** Puts columns as they were; those that are not named keep their width and come last. */
  setLayout(layout: readonly ColumnPlacing[]): void;
  /** The column that has the keyboard. */
  activeColumn(): string | undefined;
  /** As Ctrl+C: the chosen cells go to the clipboard. */
  copy(): void;
  /** As Ctrl+D and Ctrl+R. */
  fill(way: 'down' | 'right'): void;
  /** Gives the keyboard to the filter of a column, or of the one that had it, as soon as the filter row is there. */
  focusFilter(columnId?: string): void;
}

export interface ColumnPlacing {
  readonly id: string;
  /** At the designed size of text: larger text makes it wider. */
  readonly widthPixels: number;
  readonly isHidden: boolean;
  /** Stays in sight while the others scroll. */
  readonly isFrozen: boolean;
}

/** What is chosen, in figures. Quantities and money are never added to each other. */
export interface SelectionFigures {
  readonly rows: number;
  readonly cells: number;
  /** undefined where no column of the kind is chosen. */
  readonly quantity: FigureSums | undefined;
  readonly money: FigureSums | undefined;
  /** The figures of rows that are not loaded are on their way. */
  readonly isReading: boolean;
}

export interface DataGridProps<Row> {
  /** What the grid holds, for screen readers. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly source: PageSource<Row>;
  /** Changes when other rows are wanted: another filter or period. The grid then starts at the top. */
  readonly sourceKey: string;
  readonly rowId: (row: Row) => string;
  /** How a row is called aloud when the keyboard comes to it, on a cell that does not name it itself. */
  readonly rowName?: (row: Row) => string;
  readonly initialSort: readonly SortOrder[];
  readonly onSort?: (sort: readonly SortOrder[]) => void;
  /** The row that has the keyboard. */
  readonly onFocusRow?: (row: Row | undefined, index: number) => void;
  /** The chosen rows, as far as they are loaded. */
  readonly onSelection?: (rows: readonly Row[]) => void;
  readonly onSelected?: (chosen: Chosen) => void;
  /** Saves what a person changed; left out where nothing can be changed. @returns whether it was saved */
  readonly onEdits?: (change: GridChange<Row>) => Promise<boolean>;
  /** Many cells are about to change: their rows are read before `onEdits` hears of it. Settles when they are saved, or given up. */
  readonly onChanging?: (change: Promise<void>) => void;
  readonly onTotal?: (total: number) => void;
  readonly onFigures?: (figures: SelectionFigures | undefined) => void;
  /** Adds up columns over rows that are not loaded. */
  readonly sums?: (request: { readonly columns: readonly string[]; readonly spans: readonly RowSpan[] }) => Promise<ReadonlyMap<string, FigureSums> | undefined>;
  /** The next filled or empty cell of a column among rows that are not loaded. */
  readonly edge?: (request: { readonly column: string; readonly from: number; readonly direction: 'next' | 'previous'; readonly seeks: 'filled' | 'empty' }) => Promise<number | null | undefined>;
  /** A person opens or closes a group. */
  readonly onToggleGroup?: (groupId: string) => void;
  /** What is written in the filter row, by column; left out where the row is hidden. What it means is the source's. */
  readonly filters?: Readonly<Record<string, string>> | undefined;
  readonly onFilter?: (column: string, text: string) => void;
  /** Rows have numbers at the left, from which whole rows are chosen. */
  readonly rowNumbers?: boolean;
  readonly density?: Density;
  /** Tab leaves the grid for the next control; otherwise it goes on from cell to cell, as where values are typed in. */
  readonly tabLeaves?: boolean;
  readonly ref?: Ref<GridHandle>;
}
