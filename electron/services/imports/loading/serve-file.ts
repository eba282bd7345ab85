/**
 * The other end of a file thread: it reads a large file's rows into batches while the import writes those before, and then
 * deflates the file while the import makes its indices.
 */
import fs from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { ByteRecords } from '../../../files/readers/byte-records';
import { sourceFromPath } from '../../../files/readers/source';
import { deflatedParts } from './deflated-parts';
import type { FileOrder, FileReport } from './file-order';
import { RowPacker } from './pack-rows';

/** Some five thousand rows: long enough that handing them over costs nothing, short enough to be cancelled at once. */
const PIECE_BYTES = 512 * 1024;
/** Batches that wait to be written; parts may be more, because nothing is taken while an index is made. */
const BATCHES_WAITING_MAX = 8;
const PARTS_WAITING_MAX = 256;

const ownBytes = (bytes: Uint8Array): Uint8Array => (bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes));

/** Serves one import until its thread is ended. */
export function serveFile(port: MessagePort, order: FileOrder): void {
  let sent = 0;
  const send = (report: FileReport, transfer: ArrayBuffer[], waitingMax: number) => {
    port.postMessage(report, transfer);
    sent += 1;
    for (;;) {
      const taken = Atomics.load(order.taken, 0);
      if (sent - taken < waitingMax) return;
      Atomics.wait(order.taken, 0, taken);
    }
  };

  const readRows = () => {
    const packer = new RowPacker(order.plan);
    const records = new ByteRecords(order.plan.delimiter, order.fileName);
    const file = fs.openSync(order.path, 'r');
    try {
      for (let position = order.bomBytes, last = false; !last; ) {
        const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
        const length = fs.readSync(file, piece, 0, Math.min(PIECE_BYTES, order.byteLength - position), position);
        position += length;
        last = length === 0;
        const places = records.take(piece.subarray(0, length), last);
        if (places.count > 0) {
          const packed = packer.packRecords(places);
          const batch = { ...packed, bytes: ownBytes(packed.bytes) };
          send({ kind: 'batch', batch }, [batch.columns, batch.bytes.buffer as ArrayBuffer], BATCHES_WAITING_MAX);
        }
        if (places.failure) {
          const { failure, message } = places.failure;
          return port.postMessage({ kind: 'unreadable', failure, message } satisfies FileReport);
        }
      }
    } finally {
      fs.closeSync(file);
    }
    port.postMessage({ kind: 'rows-end' } satisfies FileReport);
  };

  const keep = async () => {
    const parts = deflatedParts(await sourceFromPath(order.path, order.fileName));
    for (;;) {
      const next = await parts.next();
      if (next.done) return port.postMessage({ kind: 'parts-end', sha256: next.value } satisfies FileReport);
      const deflated = ownBytes(next.value);
      send({ kind: 'part', deflated }, [deflated.buffer as ArrayBuffer], PARTS_WAITING_MAX);
    }
  };

  port.on('message', readRows);
  readRows();
  if (order.keeps) void keep();
}
