/**
 * Edits before they are made: what typing, filling, pasting and emptying would change, checked cell by cell, so that it can be
 * told and refused whole before anything is written.
 */
import type { CellPlace } from './cell-range';

/** The value of a cell that can be edited, as text: a key, a note, a day, a plain decimal. Null is empty. */
export type CellValue = string | null;

export interface CellEdit<Row> {
  readonly row: Row;
  readonly column: string;
  readonly before: CellValue;
  readonly after: CellValue;
}

export interface RefusedCell extends CellPlace {
  /** What was to be put there. */
  readonly text: string;
  /** What is wrong and what would be right, as a person reads it. */
  readonly why: string;
}

export interface EditPlan<Row> {
  /** Cells that would really change. */
  readonly edits: readonly CellEdit<Row>[];
  /** Cells that hold the value already. */
  readonly unchanged: number;
  readonly refused: readonly RefusedCell[];
}

/** A value taken for a cell, or why it is not. */
export type Taken = { readonly ok: true; readonly value: CellValue } | { readonly ok: false; readonly why: string };

export const taken = (value: CellValue): Taken => ({ ok: true, value });
export const notTaken = (why: string): Taken => ({ ok: false, why });

/** What a plan has to know of a column. */
export interface EditableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** Why nothing can be put into the cell; undefined where it can. */
  readonly whyFixed: (row: Row) => string | undefined;
  readonly value: (row: Row) => CellValue;
  /** Reads text that was typed, pasted or filled in; empty text is for the column to judge. */
  readonly take: (text: string, row: Row) => Taken;
  /** A value as it stands in the editor; left out where it is the value itself. */
  readonly written?: (value: string) => string;
  /** What a sum that is being typed comes to; undefined where there is nothing to say. */
  readonly result?: (text: string) => string | undefined;
}

/** One cell and the text that is to go into it. */
export interface WantedCell<Row> extends CellPlace {
  readonly data: Row;
  readonly text: string;
}

/** Checks each wanted cell against its column. Cells of columns that are not known are refused, never passed over. */
export function planEdits<Row>(wanted: Iterable<WantedCell<Row>>, columns: ReadonlyMap<string, EditableColumn<Row>>): EditPlan<Row> {
  const edits: CellEdit<Row>[] = [];
  const refused: RefusedCell[] = [];
  let unchanged = 0;
  for (const { row, column: id, data, text } of wanted) {
    const column = columns.get(id);
    const whyFixed = column ? column.whyFixed(data) : 'This column is computed.';
    if (!column || whyFixed !== undefined) {
      refused.push({ row, column: id, text, why: whyFixed! });
      continue;
    }
    const result = column.take(text, data);
    if (!result.ok) {
      refused.push({ row, column: id, text, why: result.why });
      continue;
    }
    const before = column.value(data);
    if ((before ?? '') === (result.value ?? '')) unchanged += 1;
    else edits.push({ row: data, column: id, before, after: result.value });
  }
  return { edits, unchanged, refused };
}

/** Edits of one row stand together, in the order of the rows: what is saved row by row. */
export function byRow<Row>(edits: readonly CellEdit<Row>[]): readonly { readonly row: Row; readonly edits: readonly CellEdit<Row>[] }[] {
  const rows = new Map<Row, CellEdit<Row>[]>();
  for (const edit of edits) {
    const own = rows.get(edit.row);
    if (own) own.push(edit);
    else rows.set(edit.row, [edit]);
  }
  return [...rows].map(([row, own]) => ({ row, edits: own }));
}
