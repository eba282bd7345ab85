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
