/**
 * The bytes of a file to be read, and what one pass over them tells: fingerprint, what it is, encoding.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { TextEncoding } from '@shared/domain/import';
import { EncodingJudge, type TextForm } from './encoding';
import { FILE_BYTES_MAX, UnreadableFile } from './limits';

const CHUNK_BYTES = 1024 * 256;

/** A file that can be read as often as needed, whole or in part. */
export interface ByteSource {
  readonly fileName: string;
  readonly byteLength: number;
  /** Where it lies on a disk, as it is. */
  readonly path?: string;
  /** The bytes from `start` on, up to but not including `end`. */
  open(start?: number, end?: number): Readable;
  /** At most `length` bytes from `start` on. */
  read(start: number, length: number): Promise<Buffer>;
}

function checkSize(fileName: string, byteLength: number): void {
  if (byteLength === 0) throw new UnreadableFile('file_empty', `${fileName} is empty (0 bytes).`);
  if (byteLength > FILE_BYTES_MAX) {
    throw new UnreadableFile(
      'file_too_large',
      `${fileName} has ${byteLength} bytes; at most ${FILE_BYTES_MAX} are read. Split the export by location or by date.`,
    );
  }
}

/** @throws UnreadableFile where there is no such file, or it is empty or too large */
export async function sourceFromPath(filePath: string, fileName = path.basename(filePath)): Promise<ByteSource> {
  let stats;
  try {
    stats = await stat(filePath);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const why = code === 'ENOENT' ? 'there is no such file, check its name and folder' : `it cannot be opened (${code})`;
    throw new UnreadableFile('file_missing', `${filePath}: ${why}.`);
  }
  if (!stats.isFile()) throw new UnreadableFile('file_unreadable', `${filePath} is no file.`);
  checkSize(fileName, stats.size);
  return {
    fileName,
    byteLength: stats.size,
    path: filePath,
    open: (start = 0, end = stats.size) =>
      createReadStream(filePath, { highWaterMark: CHUNK_BYTES, start, end: Math.max(start, end - 1) }),
    read: async (start, length) => {
      const file = await open(filePath, 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

function* slices(bytes: Uint8Array): Generator<Buffer> {
  for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES) {
    yield Buffer.from(bytes.subarray(start, start + CHUNK_BYTES));
  }
}

/** @throws UnreadableFile where there are no bytes or too many */
export function sourceFromBytes(bytes: Uint8Array, fileName: string): ByteSource {
  checkSize(fileName, bytes.byteLength);
  return {
    fileName,
    byteLength: bytes.byteLength,
    open: (start = 0, end = bytes.byteLength) => Readable.from(slices(bytes.subarray(start, end)), { objectMode: false }),
    read: (start, length) => Promise.resolve(Buffer.from(bytes.subarray(start, start + length))),
  };
}

/** A file that can be read from the first byte on, as often as needed. */
export type ByteStream = Pick<ByteSource, 'fileName'> & { open(): AsyncIterable<Buffer> };

/** What one pass over the bytes tells. */
export interface Fingerprint {
  readonly sha256: string;
  /** What the bytes are on the outside; text also says how to decode it. */
  readonly content: { readonly kind: 'zip' | 'gzip' } | { readonly kind: 'text'; readonly form: TextForm };
}

/** First bytes of files that a person may drop by mistake. */
const FOREIGN_FORMATS: readonly { readonly start: readonly number[]; readonly name: string; readonly advice: string }[] = [
  { start: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old Excel workbook (.xls)', advice: 'Save it as .xlsx or .csv.' },
  { start: [0x25, 0x50, 0x44, 0x46], name: 'a PDF', advice: 'Export the report as .csv or .xlsx.' },
  { start: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG picture', advice: 'Export the report as .csv or .xlsx.' },
  { start: [0xff, 0xd8, 0xff], name: 'a JPEG picture', advice: 'Export the report as .csv or .xlsx.' },
  { start: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], name: 'an SQLite database', advice: 'Export the report as .csv or .xlsx.' },
];


const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);

/**
 * What a file's first bytes say it is.
 *
 * @throws UnreadableFile where they belong to a kind of file that is no table
 */
export function kindOf(head: Uint8Array, fileName: string): 'zip' | 'gzip' | 'text' {
  const foreign = FOREIGN_FORMATS.find(({ start }) => startsWith(head, start));
  if (foreign) throw new UnreadableFile('file_unreadable', `${fileName} is ${foreign.name}. ${foreign.advice}`);
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  return startsWith(head, [0x1f, 0x8b]) ? 'gzip' : 'text';
}

/**
 * Reads the file once: SHA-256, what it is, encoding.
 *
 * @param encoding the encoding that a person named
 * @param onBytes called after each chunk with the bytes read so far; may throw to stop
 * @throws UnreadableFile where the bytes are neither text nor an archive
 */
export async function fingerprint(source: ByteSource, encoding?: TextEncoding, onBytes?: (bytesRead: number) => void): Promise<Fingerprint> {
  const hash = createHash('sha256');
  const judge = new EncodingJudge(source.fileName, encoding);
  let kind: 'zip' | 'gzip' | 'text' | undefined;
  let bytesRead = 0;
  try {
    for await (const chunk of source.open() as AsyncIterable<Buffer>) {
      hash.update(chunk);
      kind ??= kindOf(chunk, source.fileName);
      if (kind === 'text') judge.take(chunk);
      bytesRead += chunk.length;
      onBytes?.(bytesRead);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) {
      throw new UnreadableFile('file_unreadable', `${source.fileName} cannot be read (${code}).`);
    }
    throw error;
  }
  const sha256 = hash.digest('hex');
  return kind === 'zip' || kind === 'gzip' ? { sha256, content: { kind } } : { sha256, content: { kind: 'text', form: judge.end() } };
}
