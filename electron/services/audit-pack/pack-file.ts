/**
 * An audit pack as a file that is read: its directory at once, what is in it only when it is asked for and a piece at a time,
 * so that its size does not matter.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { isBomb } from '../../files/readers/limits';
import { contentOf, contentPieces, type ReadZipItem, readZip, UnreadableZip, type ZipContents } from '../../files/signatures/zip-container';

/** In bytes; a pack larger than 4 GB is none, and what it holds shrinks to a quarter at the most usually. */
const LIMITS = { itemsMax: 0xffff, contentBytesMax: 16 * 1024 ** 3 };
/** What is read as text: lists, the manifest, a certificate. */
const TEXT_BYTES_MAX = 64 * 1024 ** 2;
const FOLDER = 'tieout-pack-';

export type PackReadFailure = 'file_missing' | 'not_a_pack';

const readAt = (file: number, offset: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const taken = fs.readSync(file, bytes, read, length - read, offset + read);
    if (taken === 0) throw new UnreadableZip('The zip file became shorter while it was read.');
    read += taken;
  }
  return bytes;
};

/** Whether a file of this name is opened as a pack. */
export const isPackName = (filePath: string): boolean => /\.zip$/i.test(filePath);

export class PackFile {
  readonly contents: ZipContents;
  readonly #items: ReadonlyMap<string, ReadZipItem>;
  readonly #sums = new Map<string, string | undefined>();

  constructor(contents: ZipContents) {
    this.contents = contents;
    this.#items = new Map(contents.items.map((item) => [item.name, item]));
  }

  get names(): readonly string[] {
    return [...this.#items.keys()];
  }

  has(name: string): boolean {
    return this.#items.has(name);
  }

  /** Of files that grow, as they are unpacked, as nothing in a pack does. They are not unpacked. */
  bombs(): string[] {
    return [...this.#items.values()].filter((item) => isBomb(item.contentBytes, item.compressedBytes)).map(({ name }) => name);
  }

  /** The content of a small file; undefined where it is missing, or cannot be unpacked as the zip file says. */
  bytes(name: string): Uint8Array | undefined {
    const item = this.#items.get(name);
    if (!item || item.contentBytes > TEXT_BYTES_MAX || item.compressedBytes > TEXT_BYTES_MAX) return undefined;
    return unreadableAsNothing(() => contentOf(item));
  }

  text(name: string): string {
    return Buffer.from(this.bytes(name) ?? []).toString('utf8');
  }

  /** SHA-256 of the content, hexadecimal, computed once; undefined as for `bytes`. `look` is called for each piece. */
  sum(name: string, look: () => void): string | undefined {
    if (!this.#sums.has(name)) this.#sums.set(name, this.#through(name, look, () => undefined));
    return this.#sums.get(name);
  }

  /** Writes the content to a file that is not there yet. @returns as `sum` */
  unpack(name: string, filePath: string, look: () => void): string | undefined {
    const file = fs.openSync(filePath, 'wx', 0o600);
    try {
      const sum = this.#through(name, look, (piece) => {
        for (let written = 0; written < piece.length; ) written += fs.writeSync(file, piece, written);
      });
      this.#sums.set(name, sum);
      return sum;
    } finally {
      fs.closeSync(file);
    }
  }

  #through(name: string, look: () => void, take: (piece: Uint8Array) => void): string | undefined {
    const item = this.#items.get(name);
    if (!item || isBomb(item.contentBytes, item.compressedBytes)) return undefined;
    return unreadableAsNothing(() => {
      const hash = createHash('sha256');
      for (const piece of contentPieces(item)) {
        look();
        hash.update(piece);
        take(piece);
      }
      return hash.digest('hex');
    });
  }
}

function unreadableAsNothing<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnreadableZip) return undefined;
    throw error;
  }
}

/** Opens a pack for as long as the work takes. */
export async function withPack<T>(filePath: string, work: (pack: PackFile) => T | Promise<T>): Promise<Outcome<T, PackReadFailure>> {
  const found = fs.statSync(filePath, { throwIfNoEntry: false });
  if (!found?.isFile()) return refused('file_missing', `${filePath} is not there. Check its name and folder.`);
  const file = fs.openSync(filePath, 'r');
  try {
    const contents = readZip({ byteLength: found.size, at: (offset, length) => readAt(file, offset, length) }, LIMITS);
    return done(await work(new PackFile(contents)));
  } catch (error) {
    if (error instanceof UnreadableZip) return refused('not_a_pack', `${path.basename(filePath)} is no audit pack: ${error.message}`);
    throw error;
  } finally {
    fs.closeSync(file);
  }
}

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Takes away what a process that ended by itself left unpacked. */
export function removeLeftovers(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const [, processId] = new RegExp(`^${FOLDER}(\\d+)-`).exec(name) ?? [];
    if (processId === undefined || isRunning(Number(processId))) continue;
    try {
      fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Somebody else's: theirs to take away.
    }
  }
}

/** A folder that only this person can read, for what is unpacked; whoever asks removes it. */
export function folderForUnpacking(): string {
  removeLeftovers();
  return fs.mkdtempSync(path.join(os.tmpdir(), `${FOLDER}${process.pid}-`));
}
