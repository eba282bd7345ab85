/**
 * Source files as the workbook keeps them: deflated (zlib), once, under their SHA-256.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { constants, createDeflate, inflateSync } from 'node:zlib';
import { sourceFromBytes, UnreadableFile, type ByteSource } from '../../files/readers/table';
import type { SourceFileRow } from '../../workbook/tables/imports';

/** What SQLite takes as one value is a little under 1 GB. */
const KEPT_BYTES_MAX = 900 * 1024 ** 2;

/** A file on its way into the workbook. */
export interface KeptFile {
  /** @throws UnreadableFile where the file is no longer the one that was read, or too large to be kept */
  readonly deflated: Promise<Uint8Array>;
  /** Nobody waits for it any more. */
  stop(): void;
}

// The fastest level: a third larger than the usual one, and done by a thread of its own before the rows are written.
const DEFLATE = { level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 };

async function deflate(source: ByteSource, sha256: string, isStopped: () => boolean): Promise<Uint8Array> {
  const digest = createHash('sha256');
  const deflating = createDeflate(DEFLATE);
  const pieces: Buffer[] = [];
  let kept = 0;
  deflating.on('data', (piece: Buffer) => {
    pieces.push(piece);
    kept += piece.length;
  });
  const ended = once(deflating, 'end');
  for await (const chunk of source.open() as AsyncIterable<Buffer>) {
    if (isStopped()) break;
    digest.update(chunk);
    if (!deflating.write(chunk)) await once(deflating, 'drain');
    if (kept > KEPT_BYTES_MAX) {
      throw new UnreadableFile('file_too_large', `${source.fileName} is too large to be kept in the workbook. Split the export by location or by date.`);
    }
  }
  deflating.end();
  await ended;
  if (digest.digest('hex') !== sha256) {
    throw new UnreadableFile('file_unreadable', `${source.fileName} changed while it was read. Import it again once it is complete.`);
  }
  return Buffer.concat(pieces);
}

/** Begins to deflate a file, beside whatever else is done. */
export function keepFile(source: ByteSource, sha256: string): KeptFile {
  let stopped = false;
  const deflated = deflate(source, sha256, () => stopped);
  // Whoever waits for it meets the error; an import that failed before that has its own.
  deflated.catch(() => undefined);
  return { deflated, stop: () => void (stopped = true) };
}

/** The bytes of a kept file. */
export const inflateFile = (row: SourceFileRow): Uint8Array => inflateSync(row.deflated_content);

/** A kept file as a source that can be read again. */
export const keptSource = (row: SourceFileRow): ByteSource => sourceFromBytes(inflateFile(row), row.file_name);
