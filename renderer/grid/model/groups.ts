/**
 * Rows in groups: where heads stand between the rows, which are shown, and back from a place on the screen to a place in the source.
 *
 * The source has the rows of all groups one group after the other; a closed group shows its head alone.
 */
import { mergeSpans, type RowSpan } from './cell-range';

export interface GroupPart {
  /** How many rows the group has. */
  readonly rows: number;
  readonly isOpen: boolean;
}

/** What stands on the screen from a place on: a head, or rows of the source, both ends included. */
export type GroupPiece = { readonly group: number } | RowSpan;

interface Placed extends GroupPart {
  /** Where its head stands on the screen. */
  readonly head: number;
  /** Its first row's place in the source. */
  readonly first: number;
  /** How many of its rows are shown. */
  readonly shown: number;
}

export class GroupedPlaces {
  readonly #parts: readonly Placed[];
  /** Heads and shown rows. */
  readonly total: number;

  constructor(parts: readonly GroupPart[]) {
    let [head, first] = [0, 0];
    this.#parts = parts.map((part) => {
      const placed = { ...part, head, first, shown: part.isOpen ? part.rows : 0 };
      head += 1 + placed.shown;
      first += part.rows;
      return placed;
    });
    this.total = head;
  }

  /** What is shown from `offset` on, at most `limit` places, in order. */
  pieces(offset: number, limit: number): readonly GroupPiece[] {
    const last = Math.min(this.total, offset + limit) - 1;
    return this.#parts.flatMap(({ head, first, shown }, group): GroupPiece[] => {
      if (head > last || head + shown < offset) return [];
      const from = Math.max(0, offset - head - 1);
      const to = Math.min(shown - 1, last - head - 1);
      return [...(head >= offset ? [{ group }] : []), ...(to >= from ? [{ from: first + from, to: first + to }] : [])];
    });
  }

  /** The source's rows among places on the screen; a head stands for all rows of its closed group. */
  rowsAt(spans: readonly RowSpan[]): readonly RowSpan[] {
    return mergeSpans(
      spans.flatMap(({ from, to }) =>
        this.pieces(from, to - from + 1).flatMap((piece): RowSpan[] => {
          if (!('group' in piece)) return [piece];
          const { isOpen, rows, first } = this.#parts[piece.group]!;
          return isOpen || rows === 0 ? [] : [{ from: first, to: first + rows - 1 }];
        }),
      ),
    );
  }

  /** Which group a row of the source is in. */
  groupOf(row: number): number {
    return this.#parts.findLastIndex(({ first, rows }) => rows > 0 && first <= row);
  }

  /** Where a row of the source stands on the screen; undefined where its group is closed. */
  placeOf(row: number): number | undefined {
    const part = this.#parts[this.groupOf(row)];
    return part?.isOpen && row < part.first + part.rows ? part.head + 1 + row - part.first : undefined;
  }

  /** The row of the source from which on the screen goes on after a place; for searching onwards. */
  rowBefore(place: number): number {
    const part = this.#parts.findLast(({ head }) => head <= place);
    if (!part) return -1;
    return part.isOpen ? part.first + Math.min(part.rows, place - part.head) - 1 : part.first - 1;
  }
}
