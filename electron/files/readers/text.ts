/**
 * The text of a file, piece by piece, from its bytes.
 */
import { unfinishedUtf8, type TextForm } from './encoding';
import { UnreadableFile } from './limits';
import type { ByteStream } from './source';

/** The bytes as UTF-8, without byte order mark: as they are where the file is written so, whether or not they hold. */
export async function* utf8Pieces(file: ByteStream, form: TextForm): AsyncGenerator<Uint8Array, void, undefined> {
  if (form.encoding !== 'utf-8') {
    for await (const piece of textPieces(file, form)) yield Buffer.from(piece, 'utf8');
    return;
  }
  let toSkip = form.bomBytes;
  for await (const chunk of file.open()) {
    yield chunk.subarray(toSkip);
    toSkip = Math.max(0, toSkip - chunk.length);
  }
}

/**
 * The bytes as text, without byte order mark. What the encoding does not allow, a lone half of a UTF-16 pair for
 * example, comes out as U+FFFD.
 *
 * @throws UnreadableFile at a NUL, which no table holds
 */
export async function* textPieces(file: ByteStream, form: TextForm): AsyncGenerator<string, void, undefined> {
  let toSkip = form.bomBytes;
  let tail: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  let charactersBefore = 0;
  const decoder = form.encoding === 'utf-8' ? undefined : new TextDecoder(form.encoding);
  const checked = (piece: string): string => {
    const nul = piece.indexOf('\0');
    if (nul >= 0) {
      const place = charactersBefore + nul + 1;
      throw new UnreadableFile('file_unreadable', `${file.fileName} is no text: character ${place} is NUL. Export it as CSV (UTF-8) or XLSX.`);
    }
    charactersBefore += piece.length;
    return piece;
  };
  for await (const chunk of file.open()) {
    let bytes = toSkip > 0 ? chunk.subarray(toSkip) : chunk;
    toSkip = Math.max(0, toSkip - chunk.length);
    if (bytes.length === 0) continue;
    if (decoder) {
      yield checked(decoder.decode(bytes, { stream: true }));
      continue;
    }
    // UTF-8 is cut between characters here: several times as fast as a decoder that remembers.
    if (tail.length > 0) bytes = Buffer.concat([tail, bytes]);
    const whole = bytes.length - unfinishedUtf8(bytes);
    tail = bytes.subarray(whole);
    yield bytes.toString('utf8', 0, whole);
  }
  yield decoder ? checked(decoder.decode()) : tail.toString('utf8');
}
