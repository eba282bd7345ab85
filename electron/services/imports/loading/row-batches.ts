/**
 * Where the batches of a file's rows come from.
 */
import { ByteRecords } from '../../../files/readers/byte-records';
import type { TableFile } from '../../../files/readers/table';
import { utf8Pieces } from '../../../files/readers/text';
import type { FileThread } from './file-thread';
import { RowPacker } from './pack-rows';
import { firstTexts, PlainRows } from './plain-batch';
import type { PlainPlan } from './plain-plan';

/**
 * Every row of a table from the first on, the plain ones read.
 *
 * @param thread reads them, where there is one
 * @throws UnreadableFile where the file cannot be read on, after the rows before that place
 */
export async function* rowBatches(table: TableFile, sheet: string | null, plan: PlainPlan, thread?: FileThread): AsyncGenerator<PlainRows, void, undefined> {
  const known = firstTexts(plan);
  if (thread) {
    for await (const batch of thread.batches()) yield new PlainRows(plan, batch, known);
    return;
  }
  const packer = new RowPacker(plan);
  if (!table.text) {
    for await (const rows of table.batches(sheet ?? undefined)) yield new PlainRows(plan, packer.packRows(rows), known, rows);
    return;
  }
  const records = new ByteRecords(plan.delimiter, table.source.fileName);
  const take = (piece: Uint8Array, last: boolean) => {
    const places = records.take(piece, last);
    return { failure: places.failure, rows: places.count === 0 ? undefined : new PlainRows(plan, packer.packRecords(places), known) };
  };
  for await (const piece of utf8Pieces(table.text.file, table.text.form)) {
    const { rows, failure } = take(piece, false);
    if (rows) yield rows;
    if (failure) throw failure;
  }
  const { rows, failure } = take(new Uint8Array(0), true);
  if (rows) yield rows;
  if (failure) throw failure;
}
