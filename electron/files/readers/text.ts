/**
 * The text of a file, piece by piece, from its bytes.
 */
import { unfinishedUtf8, type ByteSource, type Fingerprint } from './source';

export type TextForm = Pick<Fingerprint, 'encoding' | 'bomBytes'>;

/** The bytes as text, without byte order mark. */
export async function* textPieces(source: ByteSource, form: TextForm): AsyncGenerator<string, void, undefined> {
  let toSkip = form.bomBytes;
  let tail: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  const decoder = form.encoding === 'utf-8' ? undefined : new TextDecoder(form.encoding);
  for await (const chunk of source.open() as AsyncIterable<Buffer>) {
    let bytes = toSkip > 0 ? chunk.subarray(toSkip) : chunk;
    toSkip = Math.max(0, toSkip - chunk.length);
    if (bytes.length === 0) continue;
    if (decoder) {
      yield decoder.decode(bytes, { stream: true });
      continue;
    }
    // UTF-8 that was checked is cut between characters here: several times as fast as a decoder that remembers.
    if (tail.length > 0) bytes = Buffer.concat([tail, bytes]);
    const whole = bytes.length - unfinishedUtf8(bytes);
    tail = bytes.subarray(whole);
    yield bytes.toString('utf8', 0, whole);
  }
  yield decoder ? decoder.decode() : tail.toString('utf8');
}
