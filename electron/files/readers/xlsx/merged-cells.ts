/**
 * Merged cells of a sheet: what a person reads across several cells stands in the first of them only.
 *
 * Text goes down into every row that the cell covers. It goes across only in rows without a number: those are titles and
 * headers, while "Total" across three columns is still one word. A number never spreads: a quantity counts once.
 */
import { COLUMNS_MAX, UnreadableFile } from '../limits';
import type { ZipArchive } from '../zip';
import { attributeOf, XmlScanner } from './xml';

interface Merge {
  readonly top: number;
  readonly bottom: number;
  /** Counted from 1. */
  readonly left: number;
  readonly right: number;
}

const MERGES_MAX = 500_000;
/** Columns of a sheet: merged cells that together cover more in one row overlap. */
const SHEET_COLUMNS = 16_384;

/** Column `BC12` as 55; 0 where there is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const letter = reference.charCodeAt(index) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column;
}

function mergeOf(reference: string): Merge | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (!match) return undefined;
  const [, left = '', top = '', right = '', bottom = ''] = match;
  return { left: columnOf(left), top: Number(top), right: columnOf(right), bottom: Number(bottom) };
}

const isNumberLike = (text: string): boolean => /^[-+(]?[\d.,\s]*\d[\d.,\s]*[)%-]?$/.test(text);

/** Goes down the rows with the merged cells that cover them. */
export class MergeFiller {
  #next = 0;
  #open: { readonly merge: Merge; readonly text: string }[] = [];

  constructor(
    readonly merges: readonly Merge[],
    readonly fileName: string,
  ) {}

  /** @param cells of the row, which comes below those before; empty places may be missing */
  fill(rowNumber: number, cells: string[], hasNumber: boolean): void {
    if (this.#open.length > 0) this.#open = this.#open.filter(({ merge }) => merge.bottom >= rowNumber);
    for (; this.#next < this.merges.length && this.merges[this.#next]!.top <= rowNumber; this.#next += 1) {
      const merge = this.merges[this.#next]!;
      const text = merge.top === rowNumber ? (cells[merge.left - 1] ?? '') : '';
      if (text !== '' && !isNumberLike(text)) this.#open.push({ merge, text });
    }
    if (this.#open.length === 0) return;
    const covered = this.#open.reduce((sum, { merge }) => sum + merge.right - merge.left + 1, 0);
    if (covered > SHEET_COLUMNS) throw new UnreadableFile('file_unreadable', `${this.fileName} is damaged: merged cells of row ${rowNumber} overlap.`);
    for (const { merge, text } of this.#open) {
      const right = hasNumber ? merge.left : Math.min(merge.right, COLUMNS_MAX);
      for (let column = merge.left; column <= right; column += 1) cells[column - 1] ||= text;
    }
  }
}

const NAME = 'mergeCell';

/**
 * The merged cells of a sheet. They are listed behind its rows, so the sheet is inflated once to find them.
 *
 * @returns by their first row
 */
export async function readMergedCells(archive: ZipArchive, path: string, bytesMax: number, fileName: string): Promise<readonly Merge[]> {
  const merges: Merge[] = [];
  let scanner: XmlScanner | undefined;
  let tail: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  for await (const chunk of archive.chunks(path, bytesMax)) {
    if (scanner) {
      scanner.write(chunk.toString('latin1'));
      continue;
    }
    const joined = Buffer.concat([tail, chunk]);
    const found = joined.indexOf(NAME);
    if (found < 0) {
      tail = Buffer.from(joined.subarray(-64));
      continue;
    }
    scanner = new XmlScanner(
      {
        open: (name, attributes) => {
          if (name !== NAME) return;
          const merge = mergeOf(attributeOf(attributes, 'ref') ?? '');
          if (merge && merge.left <= merge.right && merge.top <= merge.bottom) merges.push(merge);
          if (merges.length > MERGES_MAX) throw new UnreadableFile('file_unreadable', `${fileName} has more than ${MERGES_MAX} merged cells. Export it as CSV.`);
        },
        close: () => undefined,
        text: () => undefined,
      },
      path,
    );
    // References are plain letters and digits: the bytes need no decoding.
    scanner.write(joined.toString('latin1', Math.max(0, joined.lastIndexOf('<', found))));
  }
  return merges.sort((left, right) => left.top - right.top);
}
