/**
 * Rows put into batches, from the bytes of a text or from the rows of a sheet. Any thread may do it.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import type { RecordPlaces } from '../../../files/readers/byte-records';
import type { SourceRow } from '../../../files/readers/limits';
import { BatchColumns, type PackedBatch } from './plain-batch';
import type { PlainPlan } from './plain-plan';
import { PlainRowReader } from './plain-row';
import { Twins } from './twins';

export class RowPacker {
  readonly #reader: PlainRowReader;
  readonly #twins: Twins | undefined;

  constructor(readonly plan: PlainPlan) {
    this.#reader = new PlainRowReader(plan);
    this.#twins = plan.findsTwins ? new Twins() : undefined;
  }

  /** @param rowNumberOf the number of a row by its place */
  #pack(bytes: Uint8Array, count: number, starts: Uint32Array, ends: Uint32Array, rowNumberOf: (at: number) => number): PackedBatch {
    const columns = new BatchColumns(this.plan, count);
    const used = bytes.subarray(0, count === 0 ? 0 : ends[count - 1]!);
    const isPlainAscii = isAscii(used);
    // What is no UTF-8 has lost characters: such rows are read from what decoding makes of them.
    const isReadable = isPlainAscii || isUtf8(used);
    for (let at = 0; at < count; at += 1) {
      columns.starts[at] = starts[at]!;
      columns.ends[at] = ends[at]!;
      columns.rowNumbers[at] = rowNumberOf(at);
      if (!isReadable || !this.#reader.read(bytes, starts[at]!, ends[at]!, columns, at)) continue;
      columns.isPlain[at] = 1;
      if (this.#twins) columns.twins[at] = this.#twins.firstOf(bytes, starts[at]!, ends[at]!, columns.rowNumbers[at]!);
    }
    return { count, bytes, isAscii: isPlainAscii, columns: columns.buffer, newTexts: this.#reader.takeNewTexts() };
  }

  /** Records as they were found in the bytes. */
  packRecords({ bytes, count, starts, ends, firstRowNumber }: RecordPlaces): PackedBatch {
    return this.#pack(bytes, count, starts, ends, (at) => firstRowNumber + at);
  }

  /** Rows that came as cells, by their text. */
  packRows(rows: readonly SourceRow[]): PackedBatch {
    const [starts, ends] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
    // A character of UTF-16 is three bytes of UTF-8 at most.
    const bytes = Buffer.allocUnsafeSlow(rows.reduce((sum, { raw }) => sum + 3 * raw.length, 0));
    let used = 0;
    for (const [at, { raw }] of rows.entries()) {
      starts[at] = used;
      used += bytes.write(raw, used);
      ends[at] = used;
    }
    return this.#pack(bytes.subarray(0, used), rows.length, starts, ends, (at) => rows[at]!.rowNumber);
  }
}
