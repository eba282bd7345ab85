/**
 * Archives that hold one table: gzip, and ZIP with a single file in it.
 *
 * Names inside an archive are shown and never used: nothing is written to a disk, so paths and links lead nowhere.
 */
import { createGunzip } from 'node:zlib';
import type { TextEncoding } from '@shared/domain/import';
import { EncodingJudge, type TextForm } from './encoding';
import { FILE_BYTES_MAX, HELD_BYTES_MAX, isBomb, UnreadableFile } from './limits';
import { kindOf, sourceFromBytes, type ByteSource, type ByteStream } from './source';
import type { ZipArchive } from './zip';

/** A zlib buffer of the size of a file's chunk. */
const PIECE_BYTES = 1024 * 256;
const NAMES_SHOWN = 10;

const refusal = (fileName: string, why: string) => new UnreadableFile('file_unreadable', `${fileName} ${why}`);

/** @throws UnreadableFile where the archive is damaged or unpacks to more than a table would */
async function* gunzipped(source: ByteSource): AsyncGenerator<Buffer, void, undefined> {
  const packed = source.open();
  const unpacked = packed.pipe(createGunzip({ chunkSize: PIECE_BYTES }));
  packed.on('error', (error) => unpacked.destroy(error));
  let bytes = 0;
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > FILE_BYTES_MAX) throw new UnreadableFile('file_too_large', `${source.fileName} unpacks to more than ${FILE_BYTES_MAX} bytes.`);
      if (isBomb(bytes, source.byteLength)) throw new UnreadableFile('file_too_large', `${source.fileName} unpacks to more than 250 times its size: no table does.`);
      yield piece;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw refusal(source.fileName, `is no readable gzip archive (${code}); it may be cut off. Pack it again, or give the file inside.`);
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** What a gzip archive holds. */
export const gzipContent = (source: ByteSource): ByteStream => ({ fileName: source.fileName, open: () => gunzipped(source) });

/** A name as a sentence may hold it. */
const shown = (name: string): string => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name);

/** What the system of the packer adds of its own. */
const isPackersOwn = (name: string): boolean => name.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(name);

/** @throws UnreadableFile where the archive holds no file, or several, or a link */
export function onlyFileOf(archive: ZipArchive, source: ByteSource): ByteStream {
  const files = archive.entries().filter(({ name }) => !name.endsWith('/') && !isPackersOwn(name));
  const [only] = files;
  if (!only) throw refusal(source.fileName, 'is a ZIP archive without a file in it.');
  if (files.length > 1) {
    const names = files.slice(0, NAMES_SHOWN).map(({ name }) => shown(name));
    const rest = files.length > NAMES_SHOWN ? ` and ${files.length - NAMES_SHOWN} more` : '';
    throw refusal(source.fileName, `is a ZIP archive with ${files.length} files: ${names.join(', ')}${rest}. Unpack it and import each by itself.`);
  }
  if (only.isLink) throw refusal(source.fileName, `holds ${shown(only.name)}, which is a link and no file.`);
  return { fileName: source.fileName, open: () => archive.chunks(only.name, FILE_BYTES_MAX) };
}

/** What was found inside of an archive: text to be read as a stream, or a ZIP that may be a spreadsheet. */
export type Unpacked = { readonly kind: 'text'; readonly form: TextForm } | { readonly kind: 'zip'; readonly source: ByteSource };

/**
 * Reads the file inside once.
 *
 * @param onPiece called after each piece; may throw to stop
 * @throws UnreadableFile where it is no table, an archive once more, or too large
 */
export async function lookInside(inner: ByteStream, encoding: TextEncoding | undefined, onPiece: () => void): Promise<Unpacked> {
  const judge = new EncodingJudge(inner.fileName, encoding);
  const held: Buffer[] = [];
  let bytes = 0;
  let kind: ReturnType<typeof kindOf> | undefined;
  for await (const piece of inner.open()) {
    kind ??= kindOf(piece, inner.fileName);
    if (kind === 'gzip') throw refusal(inner.fileName, 'holds another archive. Unpack it first.');
    bytes += piece.length;
    if (kind === 'text') judge.take(piece);
    else {
      if (bytes > HELD_BYTES_MAX) throw new UnreadableFile('file_too_large', `${inner.fileName} holds a file of more than ${HELD_BYTES_MAX} bytes. Unpack it first.`);
      held.push(piece);
    }
    onPiece();
  }
  if (bytes === 0) throw new UnreadableFile('file_empty', `${inner.fileName} holds an empty file (0 bytes).`);
  return kind === 'zip' ? { kind, source: sourceFromBytes(Buffer.concat(held), inner.fileName) } : { kind: 'text', form: judge.end() };
}
