/**
 * A file as it is kept: deflated, in parts.
 */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { constants, createDeflate } from 'node:zlib';
import type { ByteSource } from '../../../files/readers/source';

/** The fastest level: a third larger than the usual one. */
const DEFLATE = { level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 };

/** A file's bytes, deflated part by part; answers their SHA-256. Any thread may do it. */
export async function* deflatedParts(source: ByteSource, signal?: AbortSignal): AsyncGenerator<Uint8Array, string, undefined> {
  const digest = createHash('sha256');
  const deflating = createDeflate(DEFLATE);
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      digest.update(chunk);
      yield chunk;
    }
  };
  const packing = pipeline(source.open(), hashed, deflating, { signal });
  packing.catch(() => undefined);
  for await (const piece of deflating as AsyncIterable<Buffer>) yield piece;
  await packing;
  return digest.digest('hex');
}
