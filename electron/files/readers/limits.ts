/**
 * What a reader refuses, so that a hostile or broken file ends with a sentence and not with the machine's memory.
 */

/** Larger files are refused before they are read: 2 GB. */
export const FILE_BYTES_MAX = 2 * 1024 ** 3;
export const COLUMNS_MAX = 2_000;
/** Characters of one cell. */
export const CELL_LENGTH_MAX = 1024 ** 2;
/** Characters of one row: several cells may be long, not all of them. */
export const ROW_LENGTH_MAX = 8 * 1024 ** 2;

/** Text and parts that are held in memory unpack to no more than this. */
export const HELD_BYTES_MAX = 256 * 1024 ** 2;
/** Rows of a text: more than two gigabytes of any table hold. */
export const TEXT_ROWS_MAX = 20_000_000;
/** Rows of a sheet: more than a spreadsheet program has. */
export const SHEET_ROWS_MAX = 1_048_576;
/**
 * A table shrinks to a tenth or, where it says the same over and over, to a hundredth. What grows beyond this many times
 * its size was made to fill a disk; a small file may, because it can do no harm.
 */
const EXPANSION_MAX = 250;
const EXPANSION_HARMLESS_BYTES = 64 * 1024 ** 2;

/** Whether something grows, as it is unpacked, as no table does. */
export const isBomb = (unpackedBytes: number, packedBytes: number): boolean =>
  unpackedBytes > EXPANSION_HARMLESS_BYTES && unpackedBytes > packedBytes * EXPANSION_MAX;

export type ReadFailure =
  | 'file_missing'
  | 'file_empty'
  | 'file_too_large'
  | 'file_unreadable'
  | 'quote_not_closed'
  | 'too_many_columns'
  | 'cell_too_large'
  | 'sheet_unknown';

/**
 * A file that cannot be read on. Thrown, because it can come up in the middle of an iteration; the service that
 * iterates answers it as a refusal.
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(
    readonly failure: ReadFailure,
    message: string,
  ) {
    super(message);
  }
}

/** One row of a file, whatever the format. */
export interface SourceRow {
  /** The row's number in the file, counted from 1: records of a CSV (empty ones too), rows of a sheet. */
  readonly rowNumber: number;
  readonly cells: readonly string[];
  /** The row as text: of a CSV as it stands in the file, of a sheet as a CSV record. */
  readonly raw: string;
}

/** @throws UnreadableFile where a row passes a limit */
export function checkRow(cells: readonly string[], rowNumber: number): void {
  if (cells.length > COLUMNS_MAX) {
    throw new UnreadableFile(
      'too_many_columns',
      `Row ${rowNumber} has ${cells.length} columns; at most ${COLUMNS_MAX} are read. Save the file with the columns that are needed.`,
    );
  }
  for (let index = 0; index < cells.length; index += 1) {
    if (cells[index]!.length > CELL_LENGTH_MAX) {
      throw new UnreadableFile(
        'cell_too_large',
        `Row ${rowNumber}, column ${index + 1} holds ${cells[index]!.length} characters; at most ${CELL_LENGTH_MAX} are read.`,
      );
    }
  }
}
