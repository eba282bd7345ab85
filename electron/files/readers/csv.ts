/**
 * Delimited text, batch by batch: bytes are decoded, cut into records, and numbered.
 *
 * What the cells mean is the profile's business.
 */
import type { TextForm } from './encoding';
import type { SourceRow } from './limits';
import { RecordScanner, type Dialect } from './records';
import type { ByteStream } from './source';
import { textPieces } from './text';

/** Every record of the file, in order, each numbered as it stands; one batch for each chunk of the file. */
export async function* readCsvBatches(file: ByteStream, form: TextForm, dialect: Dialect): AsyncGenerator<SourceRow[], void, undefined> {
  const scanner = new RecordScanner(dialect, file.fileName);
  for await (const piece of textPieces(file, form)) {
    const { rows, failure } = scanner.take(piece, false);
    if (rows.length > 0) yield rows;
    if (failure) throw failure;
  }
  const { rows, failure } = scanner.take('', true);
  if (rows.length > 0) yield rows;
  if (failure) throw failure;
}
