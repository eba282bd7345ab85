/**
 * A ZIP archive, which an XLSX is too: the directory, and each part as a stream of inflated bytes.
 *
 * Reads by the central directory and never more than one part at a time. What inflates beyond its limit is refused,
 * whatever the directory says.
 */
import { crc32, createInflateRaw } from 'node:zlib';
import { isBomb, UnreadableFile } from './limits';
import type { ByteSource } from './source';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly compressedSize: number;
  readonly headerOffset: number;
  /** A symbolic link, as Unix packs it. */
  readonly isLink: boolean;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;
/** A comment can follow the end record: at most this many bytes. */
const END_SEARCH_BYTES = 65_557;
const ENTRIES_MAX = 10_000;
const DIRECTORY_BYTES_MAX = 16 * 1024 ** 2;
/** Inflated bytes at a time. */
const PIECE_BYTES = 1024 * 128;

const tooLarge = (source: ByteSource, why: string) => new UnreadableFile('file_too_large', `${source.fileName} is not read: ${why}.`);
const broken = (source: ByteSource, why: string) =>
  new UnreadableFile('file_unreadable', `${source.fileName} is no readable ZIP or XLSX: ${why}. Save it again in the program that made it.`);

export class ZipArchive {
  readonly #source: ByteSource;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  /** How far each part was inflated: many small bombs are one. */
  readonly #inflated = new Map<string, number>();

  private constructor(source: ByteSource, entries: ReadonlyMap<string, ZipEntry>) {
    this.#source = source;
    this.#entries = entries;
  }

  /** @throws UnreadableFile where the directory cannot be read */
  static async open(source: ByteSource): Promise<ZipArchive> {
    const tailStart = Math.max(0, source.byteLength - END_SEARCH_BYTES);
    const tail = await source.read(tailStart, source.byteLength - tailStart);
    let end = tail.length - 22;
    while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
    if (end < 0) throw broken(source, 'its directory is missing, the file may be cut off');
    const count = tail.readUInt16LE(end + 10);
    const size = tail.readUInt32LE(end + 12);
    const offset = tail.readUInt32LE(end + 16);
    if (count > ENTRIES_MAX) throw broken(source, `it has ${count} parts`);
    if (offset + size > source.byteLength || size > DIRECTORY_BYTES_MAX) throw broken(source, 'its directory points outside the file');
    const directory = await source.read(offset, size);
    const entries = new Map<string, ZipEntry>();
    let at = 0;
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw broken(source, 'its directory is damaged');
      const nameLength = directory.readUInt16LE(at + 28);
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\//, '');
      if (entries.has(name.toLowerCase())) throw broken(source, 'it has two parts of one name');
      if (directory.readUInt16LE(at + 8) & ENCRYPTED) throw broken(source, 'it is protected by a password');
      entries.set(name.toLowerCase(), {
        name,
        method: directory.readUInt16LE(at + 10),
        checksum: directory.readUInt32LE(at + 16),
        compressedSize: directory.readUInt32LE(at + 20),
        headerOffset: directory.readUInt32LE(at + 42),
        isLink: ((directory.readUInt32LE(at + 38) >>> 16) & UNIX_TYPE) === UNIX_LINK,
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return new ZipArchive(source, entries);
  }

  /** In the order of the directory. */
  entries(): readonly ZipEntry[] {
    return [...this.#entries.values()];
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Bytes of all parts that were looked at, each as far as it was inflated. */
  #allInflated(name: string, bytes: number): number {
    this.#inflated.set(name, Math.max(bytes, this.#inflated.get(name) ?? 0));
    let sum = 0;
    for (const each of this.#inflated.values()) sum += each;
    return sum;
  }

  /**
   * The inflated bytes of a part.
   *
   * @param bytesMax inflated bytes after which the part is refused
   * @throws UnreadableFile where the part is missing, damaged or inflates beyond `bytesMax`
   */
  async *chunks(name: string, bytesMax: number): AsyncGenerator<Buffer, void, undefined> {
    const source = this.#source;
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) throw broken(source, `${name} is missing`);
    const header = await source.read(entry.headerOffset, 30);
    if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_HEADER) throw broken(source, `${name} is damaged`);
    const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const end = start + entry.compressedSize;
    if (end > source.byteLength) throw broken(source, `${name} is cut off`);
    if (entry.compressedSize === 0) return;
    const packed = source.open(start, end);
    if (entry.method !== STORED && entry.method !== DEFLATED) throw broken(source, `${name} is packed by an unknown method`);
    const unpacked = entry.method === STORED ? packed : packed.pipe(createInflateRaw({ chunkSize: PIECE_BYTES }));
    // An error of the file under the inflater is met where the inflater is read.
    if (unpacked !== packed) packed.on('error', (error) => unpacked.destroy(error));
    let inflated = 0;
    let checksum = 0;
    try {
      for await (const chunk of unpacked as AsyncIterable<Buffer>) {
        inflated += chunk.length;
        checksum = crc32(chunk, checksum);
        if (inflated > bytesMax) throw tooLarge(source, `${name} unpacks to more than ${bytesMax} bytes`);
        if (isBomb(this.#allInflated(name, inflated), source.byteLength)) throw tooLarge(source, 'it unpacks to more than 250 times its size, as no table does');
        yield chunk;
      }
      if (checksum !== entry.checksum) throw broken(source, `${name} is damaged (its checksum does not hold)`);
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      throw broken(source, `${name} is damaged (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    } finally {
      packed.destroy();
      unpacked.destroy();
    }
  }
}
