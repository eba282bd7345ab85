/**
 * Source files as the workbook keeps them: deflated (zlib), once, under their SHA-256.
 */
import { createHash } from 'node:crypto';
import { createDeflate, inflateSync } from 'node:zlib';
import { sourceFromBytes, UnreadableFile, type ByteSource } from '../../files/readers/table';
import type { SourceFileRow } from '../../workbook/tables/imports';

/** What SQLite takes as one value is a little under 1 GB. */
const KEPT_BYTES_MAX = 900 * 1024 ** 2;

/**
 * The file's bytes, deflated.
 *
 * @throws UnreadableFile where the file is no longer the one that was read, or too large to be kept
 */
export async function deflateFile(source: ByteSource, sha256: string, onBytes: (bytesRead: number) => void): Promise<Uint8Array> {
  const digest = createHash('sha256');
  const deflate = createDeflate();
  const pieces: Buffer[] = [];
  let kept = 0;
  let read = 0;
  deflate.on('data', (piece: Buffer) => {
    pieces.push(piece);
    kept += piece.length;
  });
  const ended = new Promise<void>((resolve, reject) => {
    deflate.on('end', resolve);
    deflate.on('error', reject);
  });
  for await (const chunk of source.open() as AsyncIterable<Buffer>) {
    digest.update(chunk);
    read += chunk.length;
    onBytes(read);
    if (!deflate.write(chunk)) await new Promise<void>((resolve) => deflate.once('drain', () => resolve()));
    if (kept > KEPT_BYTES_MAX) {
      throw new UnreadableFile('file_too_large', `${source.fileName} is too large to be kept in the workbook. Split the export by location or by date.`);
    }
  }
  deflate.end();
  await ended;
  if (digest.digest('hex') !== sha256) {
    throw new UnreadableFile('file_unreadable', `${source.fileName} changed while it was read. Import it again once it is complete.`);
  }
  return Buffer.concat(pieces);
}

/** The bytes of a kept file. */
export const inflateFile = (row: SourceFileRow): Uint8Array => inflateSync(row.deflated_content);

/** A kept file as a source that can be read again. */
export const keptSource = (row: SourceFileRow): ByteSource => sourceFromBytes(inflateFile(row), row.file_name);
