/**
 * Files that the workbook keeps deflated (zlib): read back whole, and held against the hash that they are kept under.
 */
import { inflateSync } from 'node:zlib';
import { sha256Hex } from '../workbook/hash';

/** Node answers the engine too where it is asked to, which its types do not know. */
const inflateWhole = (content: Uint8Array, maxOutputLength: number) =>
  inflateSync(content, { maxOutputLength, info: true }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

/** The file's bytes; undefined where what is kept is not, byte for byte, what the hash was taken of. */
export function keptBytes(deflatedContent: Uint8Array, { sha256, byteLength }: { readonly sha256: string; readonly byteLength: number }): Buffer | undefined {
  try {
    const { buffer, engine } = inflateWhole(deflatedContent, byteLength + 1);
    // What stands behind the end of the stream unpacks to nothing, and was put there.
    return sha256Hex(buffer) === sha256 && engine.bytesWritten === deflatedContent.byteLength ? buffer : undefined;
  } catch {
    // Content that cannot be unpacked is content that was changed.
    return undefined;
  }
}
