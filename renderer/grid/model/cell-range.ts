/**
 * Which cells are chosen: ranges by two corners, over rows that need not be loaded.
 *
 * A range is an anchor, where it began, and an extent, where it went. Rows are places in the source's order, counted from 0;
 * columns are identifiers, so that a range keeps its meaning when columns are moved.
 */

export interface CellPlace {
  readonly row: number;
  readonly column: string;
}

export interface CellRange {
  readonly anchor: CellPlace;
  readonly extent: CellPlace;
  /** `rows` reaches over every column, `columns` over every row, `all` over both, whatever comes or goes. */
  readonly whole?: 'rows' | 'columns' | 'all';
}

/** What there is to choose from. */
export interface GridShape {
  /** How many rows the source has. */
  readonly rows: number;
  /** The columns that are shown, from the left. */
  readonly columns: readonly string[];
}

/** Ranges in the order in which they were chosen; keys and drags extend the last one. */
export interface CellSelection {
  readonly ranges: readonly CellRange[];
  /** The cell that has the keyboard; always in the last range. */
  readonly active: CellPlace;
}

/** A range as a rectangle: rows and places of columns, both ends included. */
export interface CellBox {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Rows from `from` to `to`, both included. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

export const selectCell = (place: CellPlace): CellSelection => ({ ranges: [{ anchor: place, extent: place }], active: place });

/** The last range reaches to `place`; the ones before it stay, and so does the cell with the keyboard. */
export function extendTo(selection: CellSelection, place: CellPlace): CellSelection {
  const last = selection.ranges.at(-1)!;
  return { ...selection, ranges: [...selection.ranges.slice(0, -1), { ...last, extent: place }] };
}

/** A further range beside those that are there. */
export const addRange = (selection: CellSelection, range: CellRange): CellSelection => ({ ranges: [...selection.ranges, range], active: range.anchor });

/** Only `range`; the keyboard goes to `active`, or to where the range began. */
export const selectRange = (range: CellRange, active: CellPlace = range.anchor): CellSelection => ({ ranges: [range], active });

export const wholeRows = (from: number, to: number, shape: GridShape): CellRange => ({
  anchor: { row: from, column: shape.columns[0]! },
  extent: { row: to, column: shape.columns.at(-1)! },
  whole: 'rows',
});

export const wholeColumns = (from: string, to: string, shape: GridShape): CellRange => ({
  anchor: { row: 0, column: from },
  extent: { row: Math.max(0, shape.rows - 1), column: to },
  whole: 'columns',
});

/** Every cell there is; the keyboard stays where it was. */
export const selectAll = (active: CellPlace, shape: GridShape): CellSelection => ({
  ranges: [
    {
      anchor: { row: 0, column: shape.columns[0]! },
      extent: { row: Math.max(0, shape.rows - 1), column: shape.columns.at(-1)! },
      whole: 'all',
    },
  ],
  active,
});

/** The rectangle of a range; undefined where nothing of it is left, because its columns are hidden or its rows are gone. */
export function boxOf(range: CellRange, shape: GridShape): CellBox | undefined {
  const lastRow = shape.rows - 1;
  const isEveryRow = range.whole === 'columns' || range.whole === 'all';
  const top = isEveryRow ? 0 : Math.min(range.anchor.row, range.extent.row);
  const bottom = isEveryRow ? lastRow : Math.min(lastRow, Math.max(range.anchor.row, range.extent.row));
  if (top > bottom) return undefined;
  if (range.whole === 'rows' || range.whole === 'all') return shape.columns.length === 0 ? undefined : { top, bottom, left: 0, right: shape.columns.length - 1 };
  const ends = [shape.columns.indexOf(range.anchor.column), shape.columns.indexOf(range.extent.column)].filter((place) => place >= 0);
  if (ends.length === 0) return undefined;
  return { top, bottom, left: Math.min(...ends), right: Math.max(...ends) };
}

export const boxesOf = (selection: CellSelection, shape: GridShape): readonly CellBox[] =>
  selection.ranges.flatMap((range) => boxOf(range, shape) ?? []);

export const isInBox = (box: CellBox, row: number, column: number): boolean =>
  row >= box.top && row <= box.bottom && column >= box.left && column <= box.right;

/** Spans that touch or overlap become one; in order. */
export function mergeSpans(spans: readonly RowSpan[]): readonly RowSpan[] {
  const merged: RowSpan[] = [];
  for (const span of spans.toSorted((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to + 1) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else merged.push(span);
  }
  return merged;
}

/** The rows that any range touches. */
export const rowSpansOf = (selection: CellSelection, shape: GridShape): readonly RowSpan[] =>
  mergeSpans(boxesOf(selection, shape).map(({ top, bottom }) => ({ from: top, to: bottom })));

export const rowsIn = (spans: readonly RowSpan[]): number => spans.reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** The chosen rows of each column, each cell once however many ranges hold it; columns from the left. */
export function columnSpansOf(selection: CellSelection, shape: GridShape): ReadonlyMap<string, readonly RowSpan[]> {
  const boxes = boxesOf(selection, shape);
  const spans = new Map<string, readonly RowSpan[]>();
  shape.columns.forEach((column, place) => {
    const own = boxes.filter(({ left, right }) => place >= left && place <= right);
    if (own.length > 0) spans.set(column, mergeSpans(own.map(({ top, bottom }) => ({ from: top, to: bottom }))));
  });
  return spans;
}

/** How many cells are chosen, each once. */
export const cellsIn = (selection: CellSelection, shape: GridShape): number =>
  [...columnSpansOf(selection, shape).values()].reduce((sum, spans) => sum + rowsIn(spans), 0);

/**
 * The one rectangle that several ranges make together, as copying needs: ranges of the same rows side by side, or of the same
 * columns one below the other. Undefined where they make none.
 */
export function copiedShapeOf(selection: CellSelection, shape: GridShape): { readonly spans: readonly RowSpan[]; readonly columns: readonly string[] } | undefined {
  const spansOf = [...columnSpansOf(selection, shape)];
  const first = spansOf[0];
  if (!first) return undefined;
  const same = JSON.stringify(first[1]);
  if (spansOf.some(([, spans]) => JSON.stringify(spans) !== same)) return undefined;
  return { spans: first[1], columns: spansOf.map(([column]) => column) };
}

/** The selection after rows or columns went away: what is beyond the end comes back to it. */
export function keptWithin(selection: CellSelection, shape: GridShape): CellSelection | undefined {
  const first = shape.columns[0];
  if (shape.rows === 0 || first === undefined) return undefined;
  const within = (place: CellPlace): CellPlace => ({
    row: Math.max(0, Math.min(shape.rows - 1, place.row)),
    column: shape.columns.includes(place.column) ? place.column : first,
  });
  const ranges = selection.ranges.map((range) => ({ ...range, anchor: within(range.anchor), extent: within(range.extent) }));
  return { ranges, active: within(selection.active) };
}

/** The same cells of other rows: every place moves by `rows`. */
export function shifted(selection: CellSelection, rows: number, shape: GridShape): CellSelection | undefined {
  const move = (place: CellPlace): CellPlace => ({ ...place, row: place.row + rows });
  const ranges = selection.ranges.map((range) =>
    range.whole === 'columns' || range.whole === 'all' ? range : { ...range, anchor: move(range.anchor), extent: move(range.extent) },
  );
  return keptWithin({ ranges, active: move(selection.active) }, shape);
}
