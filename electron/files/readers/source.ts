/**
 * The bytes of a file to be read, and what one pass over them tells: fingerprint, format, encoding.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { FILE_BYTES_MAX, UnreadableFile } from './limits';

const CHUNK_BYTES = 1024 * 256;

/** A file that can be read as often as needed, whole or in part. */
export interface ByteSource {
  readonly fileName: string;
  readonly byteLength: number;
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
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be opened (${code})`;
    throw new UnreadableFile('file_missing', `${filePath}: ${why}.`);
  }
  if (!stats.isFile()) throw new UnreadableFile('file_unreadable', `${filePath} is no file.`);
  checkSize(fileName, stats.size);
  return {
    fileName,
    byteLength: stats.size,
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

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What one pass over the bytes tells. */
export interface Fingerprint {
  readonly sha256: string;
  readonly format: 'csv' | 'xlsx';
  /** How to decode; `utf-8` for a workbook, whose parts say so themselves. */
  readonly encoding: TextEncoding;
  /** Bytes of the byte order mark, to be skipped. */
  readonly bomBytes: number;
}

/** First bytes of files that a person may drop by mistake. */
const FOREIGN_FORMATS: readonly { readonly start: readonly number[]; readonly name: string; readonly advice: string }[] = [
  { start: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old Excel workbook (.xls)', advice: 'Save it as .xlsx or .csv.' },
  { start: [0x25, 0x50, 0x44, 0x46], name: 'a PDF', advice: 'Export the report as .csv or .xlsx.' },
  { start: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG picture', advice: 'Export the report as .csv or .xlsx.' },
  { start: [0xff, 0xd8, 0xff], name: 'a JPEG picture', advice: 'Export the report as .csv or .xlsx.' },
  { start: [0x1f, 0x8b], name: 'a gzip archive', advice: 'Unpack it first.' },
  { start: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], name: 'an SQLite database', advice: 'Export the report as .csv or .xlsx.' },
];

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);

function bomOf(head: Uint8Array): { readonly encoding: TextEncoding; readonly bomBytes: number } | undefined {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', bomBytes: 3 };
  if (startsWith(head, [0xff, 0xfe])) return { encoding: 'utf-16le', bomBytes: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { encoding: 'utf-16be', bomBytes: 2 };
  return undefined;
}

/** Bytes at the end of `bytes` that begin a UTF-8 character which the next chunk ends. */
export function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? back : 0;
    }
  }
  return 0;
}

/** Follows the bytes of a text file: still UTF-8, and no NUL so far. */
class TextCheck {
  utf8 = true;
  #tail: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #seen = 0;

  constructor(readonly fileName: string) {}

  take(chunk: Buffer): void {
    const nul = chunk.indexOf(0);
    if (nul >= 0) {
      throw new UnreadableFile(
        'file_unreadable',
        `${this.fileName} is no text: byte ${this.#seen + nul + 1} is NUL. Export it as CSV (UTF-8) or XLSX.`,
      );
    }
    this.#seen += chunk.length;
    if (!this.utf8) return;
    const joined = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    const tail = unfinishedUtf8(joined);
    this.utf8 = isUtf8(joined.subarray(0, joined.length - tail));
    this.#tail = Buffer.from(joined.subarray(joined.length - tail));
  }

  end(): void {
    if (this.#tail.length > 0) this.utf8 = false;
  }
}

/** Control characters that no exported text holds: a sign that the bytes are something else. */
function checkControls(head: Uint8Array, fileName: string): void {
  let controls = 0;
  for (const byte of head) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls += 1;
  if (controls > head.length / 100) {
    throw new UnreadableFile(
      'file_unreadable',
      `${fileName} is no text: ${controls} of its first ${head.length} bytes are control characters. Export it as CSV or XLSX.`,
    );
  }
}

/**
 * Reads the file once: SHA-256, format, encoding.
 *
 * @param onBytes called after each chunk with the bytes read so far; may throw to stop
 * @throws UnreadableFile where the bytes are neither text nor an XLSX
 */
export async function fingerprint(source: ByteSource, onBytes?: (bytesRead: number) => void): Promise<Fingerprint> {
  const hash = createHash('sha256');
  let bytesRead = 0;
  let head: { readonly xlsx: boolean; readonly bom: ReturnType<typeof bomOf> } | undefined;
  const text = new TextCheck(source.fileName);
  try {
    for await (const chunk of source.open() as AsyncIterable<Buffer>) {
      hash.update(chunk);
      if (!head) {
        const foreign = FOREIGN_FORMATS.find(({ start }) => startsWith(chunk, start));
        if (foreign) throw new UnreadableFile('file_unreadable', `${source.fileName} is ${foreign.name}. ${foreign.advice}`);
        head = { xlsx: startsWith(chunk, [0x50, 0x4b, 0x03, 0x04]), bom: bomOf(chunk) };
        const wide = head.bom && head.bom.encoding !== 'utf-8';
        if (!head.xlsx && !wide) checkControls(chunk.subarray(0, 65_536), source.fileName);
      }
      const isWide = head.bom !== undefined && head.bom.encoding !== 'utf-8';
      if (!head.xlsx && !isWide) text.take(chunk);
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
  text.end();
  const sha256 = hash.digest('hex');
  if (head?.xlsx) return { sha256, format: 'xlsx', encoding: 'utf-8', bomBytes: 0 };
  if (head?.bom && (head.bom.encoding !== 'utf-8' || text.utf8)) return { sha256, format: 'csv', ...head.bom };
  return { sha256, format: 'csv', encoding: text.utf8 ? 'utf-8' : 'windows-1252', bomBytes: 0 };
}
