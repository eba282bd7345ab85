/**
 * Two sequences of a table's rows held against each other in key order: what is gone, what was added, which columns differ.
 *
 * Rows are compared as text and read only where the text differs: of a period that is as it was, nothing is parsed.
 */
import type { CanonicalValue } from '@shared/domain/canonical';
import { type SealedRow, sealedLine, type SealedTable } from './sealed-content';

export type Difference =
  | { readonly kind: 'gone' | 'added'; readonly row: SealedRow }
  | { readonly kind: 'changed'; readonly row: SealedRow; readonly column: string; readonly then: CanonicalValue; readonly now: CanonicalValue };

/** A row of either side: its canonical JSON, and what it holds once that is asked for. */
export class LineOfTable {
  #row: SealedRow | undefined;

  constructor(
    readonly line: string,
    row?: SealedRow,
  ) {
    this.#row = row;
  }

  get row(): SealedRow {
    return (this.#row ??= JSON.parse(this.line) as SealedRow);
  }
}

export const linesOf = function* (lines: Iterable<string>): Generator<LineOfTable> {
  for (const line of lines) yield new LineOfTable(line);
};

export const linesOfRows = function* (rows: Iterable<SealedRow>): Generator<LineOfTable> {
  for (const row of rows) yield new LineOfTable(sealedLine(row), row);
};

function compareKeys(key: readonly string[], left: SealedRow, right: SealedRow): number {
  for (const column of key) {
    const a = left[column];
    const b = right[column];
    if (typeof a === 'number' && typeof b === 'number') {
      if (a !== b) return a - b;
      continue;
    }
    const byBytes = Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
    if (byBytes !== 0) return byBytes;
  }
  return 0;
}

/** Walks both sides side by side. A column that only the later side has was added to the schema since: nothing is said of it. */
export function* differencesOf(table: SealedTable, thenLines: Iterator<LineOfTable>, nowLines: Iterator<LineOfTable>): Generator<Difference> {
  let then = thenLines.next();
  let now = nowLines.next();
  let key: readonly string[] | undefined;
  const compared = (row: SealedRow) => (table.comparedColumns ?? Object.keys(row)).filter((column) => column in row);
  while (!then.done || !now.done) {
    if (!then.done && !now.done && then.value.line === now.value.line) {
      then = thenLines.next();
      now = nowLines.next();
      continue;
    }
    if (!then.done) key ??= table.key.filter((column) => column in then.value!.row);
    const order = then.done ? 1 : now.done ? -1 : compareKeys(key!, then.value.row, now.value.row);
    if (order < 0) {
      yield { kind: 'gone', row: then.value!.row };
      then = thenLines.next();
    } else if (order > 0) {
      yield { kind: 'added', row: now.value!.row };
      now = nowLines.next();
    } else {
      const before = then.value!.row;
      const after = now.value!.row;
      for (const column of compared(before)) {
        const [was, is] = [before[column] ?? null, after[column] ?? null];
        if (was !== is) yield { kind: 'changed', row: after, column, then: was, now: is };
      }
      then = thenLines.next();
      now = nowLines.next();
    }
  }
}

/** How a value stands in a finding. */
export const shown = (value: CanonicalValue | undefined): string => (value === null || value === undefined ? 'nothing' : JSON.stringify(value));

/** A row by its key. A seal from before a column was added names its rows by the others. */
export const keyText = (table: SealedTable, row: SealedRow): string =>
  table.key.filter((column) => column in row).map((column) => `${column} ${shown(row[column])}`).join(', ');
