/**
 * Makes a screenshot small: its colours are reduced to a palette of 256, which for flat areas and grey edges of letters the
 * eye does not see.
 *
 * Reads what Chromium writes (8 bits per channel, not interlaced) and writes what every browser reads.
 */
import zlib from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const COLOUR_TYPE = { rgb: 2, palette: 3, rgba: 6 };
const PALETTE_MAX = 256;

/** @param {Buffer} file @returns {{ type: string, content: Buffer }[]} */
function chunksOf(file) {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('the file is no PNG');
  const chunks = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), content: file.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** @param {string} type @param {Buffer} content */
function chunk(type, content) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(content.length + 12);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(zlib.crc32(named), content.length + 8);
  return framed;
}

/** The predictor of the filter type that PNG calls Paeth. */
function paeth(/** @type {number} */ left, /** @type {number} */ above, /** @type {number} */ corner) {
  const guess = left + above - corner;
  const [byLeft, byAbove, byCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
}

/**
 * The pixels of a screenshot, one number `0xrrggbb` each.
 * @param {Buffer} file
 * @throws {Error} when it is no PNG of 8 bits per channel without interlacing
 */
function decode(file) {
  const chunks = chunksOf(file);
  const header = chunks.find(({ type }) => type === 'IHDR')?.content;
  if (!header) throw new Error('the PNG has no header');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType, interlaced] = [header[8], header[9], header[12]];
  if (depth !== 8 || (colourType !== COLOUR_TYPE.rgb && colourType !== COLOUR_TYPE.rgba) || interlaced !== 0) {
    throw new Error(`a PNG of ${depth} bits, colour type ${colourType}, is not what Chromium writes`);
  }
  const channels = colourType === COLOUR_TYPE.rgb ? 3 : 4;
  const stride = width * channels;
  const packed = zlib.inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content)));
  const pixels = new Uint32Array(width * height);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const filter = packed[start];
    const row = packed.subarray(start + 1, start + 1 + stride);
    for (let at = 0; at < stride; at += 1) {
      const left = at < channels ? 0 : Number(row[at - channels]);
      const up = Number(above[at]);
      const corner = at < channels ? 0 : Number(above[at - channels]);
      const predicted =
        filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
      row[at] = (Number(row[at]) + predicted) & 0xff;
    }
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = row.readUIntBE(x * channels, 3);
    above = row;
  }
  return { width, height, pixels };
}

const CHANNEL_SHIFTS = [16, 8, 0];
const channelOf = (/** @type {number} */ colour, /** @type {number} */ shift) => (colour >> shift) & 0xff;

/** @typedef {{ colour: number, count: number }} Colour */

/** @param {readonly Colour[]} box */
function widestChannel(box) {
  let widest = { shift: 0, range: -1 };
  for (const shift of CHANNEL_SHIFTS) {
    let [least, most] = [255, 0];
    for (const { colour } of box) {
      least = Math.min(least, channelOf(colour, shift));
      most = Math.max(most, channelOf(colour, shift));
    }
    if (most - least > widest.range) widest = { shift, range: most - least };
  }
  return widest;
}

/** The colour that stands for a box: its pixels' mean. */
function meanOf(/** @type {readonly Colour[]} */ box) {
  const total = box.reduce((sum, { count }) => sum + count, 0);
  return CHANNEL_SHIFTS.reduce(
    (mean, shift) => mean | (Math.round(box.reduce((sum, { colour, count }) => sum + channelOf(colour, shift) * count, 0) / total) << shift),
    0,
  );
}

/**
 * Median cut: the box whose colours spread widest is halved by pixels until there are enough boxes.
 * @param {Map<number, number>} counts pixels by colour
 * @returns {Map<number, number>} the colour that each colour becomes
 */
function reduce(counts) {
  const all = [...counts].map(([colour, count]) => ({ colour, count }));
  if (all.length <= PALETTE_MAX) return new Map(all.map(({ colour }) => [colour, colour]));
  // The colours of whole areas stay as they are; only the edges of letters share what is left.
  const areas = all.toSorted((left, right) => right.count - left.count).slice(0, PALETTE_MAX / 4);
  const kept = new Set(areas.map(({ colour }) => colour));
  let boxes = [all.filter(({ colour }) => !kept.has(colour))];
  while (boxes.length < PALETTE_MAX - kept.size) {
    const ranked = boxes.map((box) => ({ box, ...widestChannel(box) })).filter(({ box }) => box.length > 1);
    const worst = ranked.toSorted((left, right) => right.range - left.range)[0];
    if (!worst) break;
    const sorted = worst.box.toSorted((left, right) => channelOf(left.colour, worst.shift) - channelOf(right.colour, worst.shift));
    const half = Math.ceil(sorted.length / 2);
    boxes = [...boxes.filter((box) => box !== worst.box), sorted.slice(0, half), sorted.slice(half)];
  }
  const becomes = new Map([...kept].map((colour) => [colour, colour]));
  for (const box of boxes) {
    const mean = meanOf(box);
    for (const { colour } of box) becomes.set(colour, mean);
  }
  return becomes;
}

/**
 * @param {Buffer} file a screenshot
 * @returns {Buffer} the same picture with 256 colours at most
 */
export function smallerPng(file) {
  const { width, height, pixels } = decode(file);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const becomes = reduce(counts);
  const palette = [...new Set(becomes.values())];
  const place = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = /** @type {number} */ (becomes.get(/** @type {number} */ (pixels[y * width + x])));
      rows[y * (width + 1) + 1 + x] = /** @type {number} */ (place.get(colour));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOUR_TYPE.palette, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => CHANNEL_SHIFTS.map((shift) => channelOf(colour, shift))));
  const content = zlib.deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', content), chunk('IEND', Buffer.alloc(0))]);
}
