/**
 * A PNG's pixel data deflated once more, as tightly as zlib can. No pixel and no other chunk changes.
 */
import zlib from 'node:zlib';

const SIGNATURE_LENGTH = 8;
/** Length, type and checksum around each chunk's data. */
const CHUNK_FRAME_LENGTH = 12;

/** @param {string} type @param {Buffer} data */
function chunkOf(type, data) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(data.length + CHUNK_FRAME_LENGTH);
  chunk.writeUInt32BE(data.length, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(zlib.crc32(typed), data.length + 8);
  return chunk;
}

/** @param {Buffer} png @returns {Buffer} the picture, or `png` itself where nothing is gained */
export function deflatedAgain(png) {
  /** @type {Buffer[]} */
  const before = [];
  /** @type {Buffer[]} */
  const pixels = [];
  /** @type {Buffer[]} */
  const after = [];
  for (let offset = SIGNATURE_LENGTH; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const type = png.toString('latin1', offset + 4, offset + 8);
    const chunk = png.subarray(offset, offset + length + CHUNK_FRAME_LENGTH);
    if (type === 'IDAT') pixels.push(chunk.subarray(8, 8 + length));
    else (pixels.length === 0 ? before : after).push(chunk);
    offset += chunk.length;
  }
  const deflated = zlib.deflateSync(zlib.inflateSync(Buffer.concat(pixels)), { level: 9, memLevel: 9 });
  const smaller = Buffer.concat([png.subarray(0, SIGNATURE_LENGTH), ...before, chunkOf('IDAT', deflated), ...after]);
  return smaller.length < png.length ? smaller : png;
}
