/**
 * A zip file written item by item, so that none of it has to lie in memory whole. Equal input gives equal bytes: fixed
 * dates, no extra fields, packed in plain JavaScript. What a reader takes is `signatures/zip-container.ts`.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { crc32 } from 'node:zlib';
import { Deflate } from 'fflate';
import { directoryEntry, endRecord, localHeader, type ZipHeader } from '../signatures/zip-writing';

const DEFLATED = 8;
/** Beyond this an item or the file would need ZIP64, which not every program reads. */
const ZIP_BYTES_MAX = 0xffff_fffe;

/** The file would pass what a plain zip can hold. */
export class ZipTooLarge extends Error {
  override readonly name = 'ZipTooLarge';
}

export class ZipFileWriter {
  readonly #file: number;
  readonly #directory: Uint8Array[] = [];
  #offset = 0;

  constructor(path: string) {
    this.#file = fs.openSync(path, 'wx');
  }

  #write(bytes: Uint8Array): void {
    if (this.#offset + bytes.length > ZIP_BYTES_MAX) throw new ZipTooLarge('the zip file would be larger than 4 GB');
    let written = 0;
    while (written < bytes.length) written += fs.writeSync(this.#file, bytes, written, bytes.length - written, this.#offset + written);
    this.#offset += bytes.length;
  }

  /** Writes one item and answers the SHA-256 of its content, in hexadecimal. */
  add(name: string, chunks: Iterable<Uint8Array>): string {
    const startOffset = this.#offset;
    const empty: ZipHeader = { name, method: DEFLATED, crc32: 0, contentBytes: 0, compressedBytes: 0 };
    this.#write(localHeader(empty));
    const dataOffset = this.#offset;
    const hash = createHash('sha256');
    let checksum = 0;
    let contentBytes = 0;
    const packer = new Deflate({ level: 6 }, (packed) => this.#write(packed));
    for (const chunk of chunks) {
      hash.update(chunk);
      checksum = crc32(chunk, checksum);
      contentBytes += chunk.length;
      packer.push(chunk, false);
    }
    packer.push(new Uint8Array(), true);
    if (contentBytes > ZIP_BYTES_MAX) throw new ZipTooLarge(`${name} is larger than 4 GB`);
    const header: ZipHeader = { ...empty, crc32: checksum, contentBytes, compressedBytes: this.#offset - dataOffset };
    const local = localHeader(header);
    fs.writeSync(this.#file, local, 0, local.length, startOffset);
    this.#directory.push(directoryEntry(header, startOffset));
    return hash.digest('hex');
  }

  /** Writes the directory: the file is whole. */
  finish(): void {
    const directoryOffset = this.#offset;
    for (const entry of this.#directory) this.#write(entry);
    this.#write(endRecord(this.#directory.length, this.#offset - directoryOffset, directoryOffset));
    fs.fsyncSync(this.#file);
    fs.closeSync(this.#file);
  }

  /** Closes the file as it is; it is no zip file. */
  abandon(): void {
    fs.closeSync(this.#file);
  }
}
