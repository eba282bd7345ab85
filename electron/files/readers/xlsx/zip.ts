/**
 * The parts of an XLSX as a ZIP archive: the directory, and each part as a stream of inflated bytes.
 *
 * Reads by the central directory and never more than one part at a time. What inflates beyond its limit is refused,
 * whatever the directory says.
 */
import { crc32, createInflateRaw } from 'node:zlib';
import { UnreadableFile } from '../limits';
import type { ByteSource } from '../source';

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly compressedSize: number;
  readonly headerOffset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** A comment can follow the end record: at most this many bytes. */
const END_SEARCH_BYTES = 65_557;
const ENTRIES_MAX = 10_000;

const broken = (source: ByteSource, why: string) =>
  new UnreadableFile('file_unreadable', `${source.fileName} is no readable XLSX: ${why}. Save it again in the spreadsheet program.`);

export class ZipArchive {
  readonly #source: ByteSource;
  readonly #entries: ReadonlyMap<string, ZipEntry>;

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
    if (offset + size > source.byteLength) throw broken(source, 'its directory points outside the file');
    const directory = await source.read(offset, size);
    const entries = new Map<string, ZipEntry>();
    let at = 0;
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw broken(source, 'its directory is damaged');
      const nameLength = directory.readUInt16LE(at + 28);
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\//, '');
      if (directory.readUInt16LE(at + 8) & ENCRYPTED) throw broken(source, 'it is protected by a password');
      entries.set(name.toLowerCase(), {
        name,
        method: directory.readUInt16LE(at + 10),
        checksum: directory.readUInt32LE(at + 16),
        compressedSize: directory.readUInt32LE(at + 20),
        headerOffset: directory.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return new ZipArchive(source, entries);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
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
    const unpacked = entry.method === STORED ? packed : packed.pipe(createInflateRaw());
    // An error of the file under the inflater is met where the inflater is read.
    if (unpacked !== packed) packed.on('error', (error) => unpacked.destroy(error));
    let inflated = 0;
    let checksum = 0;
    try {
      for await (const chunk of unpacked as AsyncIterable<Buffer>) {
        inflated += chunk.length;
        checksum = crc32(chunk, checksum);
        if (inflated > bytesMax) throw broken(source, `${name} unpacks to more than ${bytesMax} bytes`);
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
