/**
 * `node scripts/icon.mjs`: draws the application's icon into `resources/`, as SVG and as PNG, from one list of shapes.
 *
 * Two horizontal strokes of unlike length, tied level by one upright knot: two numbers made equal. Both files are
 * committed; run this only to change the icon.
 */
import fs from 'node:fs';
import zlib from 'node:zlib';
import { at } from './setup/paths.mjs';

const SIZE = 1024;

/**
 * @typedef {object} RoundedRectangle lengths in pixels of the largest size
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {number} radius
 * @property {[number, number, number]} colour red, green, blue
 */

const INK = /** @type {[number, number, number]} */ ([18, 46, 58]);
const PAPER = /** @type {[number, number, number]} */ ([244, 241, 234]);
const KNOT = /** @type {[number, number, number]} */ ([239, 172, 60]);

/** From back to front, in pixels of the largest size. @type {RoundedRectangle[]} */
const SHAPES = [
  { x: 32, y: 32, width: 960, height: 960, radius: 208, colour: INK },
  { x: 160, y: 316, width: 704, height: 112, radius: 56, colour: PAPER },
  { x: 160, y: 596, width: 500, height: 112, radius: 56, colour: PAPER },
  { x: 424, y: 216, width: 128, height: 592, radius: 64, colour: INK },
  { x: 444, y: 236, width: 88, height: 552, radius: 44, colour: KNOT },
];

function svg() {
  const rectangles = SHAPES.map(
    ({ x, y, width, height, radius, colour }) =>
      `  <rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="rgb(${colour.join(' ')})"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">\n${rectangles.join('\n')}\n</svg>\n`;
}

/**
 * How much of a pixel a shape covers, from the distance of the pixel's centre to the shape's edge.
 * @param {RoundedRectangle} shape
 * @param {number} column
 * @param {number} row
 * @returns {number} 0 to 1
 */
function coverage({ x, y, width, height, radius }, column, row) {
  const across = Math.abs(column + 0.5 - x - width / 2) - width / 2 + radius;
  const down = Math.abs(row + 0.5 - y - height / 2) - height / 2 + radius;
  const distance = Math.hypot(Math.max(across, 0), Math.max(down, 0)) + Math.min(Math.max(across, down), 0) - radius;
  return Math.min(Math.max(0.5 - distance, 0), 1);
}

/** Rows of red, green, blue and opacity, each led by PNG's filter byte 0. */
function pixels() {
  const rowBytes = 1 + SIZE * 4;
  const image = Buffer.alloc(SIZE * rowBytes);
  for (let row = 0; row < SIZE; row += 1) {
    for (let column = 0; column < SIZE; column += 1) {
      const start = row * rowBytes + 1 + column * 4;
      for (const shape of SHAPES) {
        const covered = coverage(shape, column, row);
        if (covered === 0) continue;
        // Only the first shape meets the transparent ground, so colours need no weighing by opacity.
        const onGround = image[start + 3] === 0;
        shape.colour.forEach((value, channel) => {
          const below = onGround ? value : Number(image[start + channel]);
          image[start + channel] = Math.round(below + (value - below) * covered);
        });
        image[start + 3] = Math.max(Number(image[start + 3]), Math.round(255 * covered));
      }
    }
  }
  return image;
}

/** @param {string} type @param {Buffer} content */
function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  const checksum = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(zlib.crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** Eight bits a channel with opacity. Layout: w3.org/TR/png-3, sections 5 and 11. */
function png() {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const image = zlib.deflateSync(pixels(), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', image), chunk('IEND', Buffer.alloc(0))]);
}

fs.mkdirSync(at('resources'), { recursive: true });
fs.writeFileSync(at('resources/icon.svg'), svg());
fs.writeFileSync(at('resources/icon.png'), png());
