/**
 * Which encoding a text file is written in: by its byte order mark, else by what its bytes allow, else by what they say.
 *
 * UTF-8 that holds is UTF-8. UTF-16 without a mark shows in the zero bytes beside its commas and line breaks. What is
 * left is told apart by how much of its text beyond ASCII reads as people write; a person can say otherwise.
 */
import { isUtf8 } from 'node:buffer';
import type { TextEncoding } from '@shared/domain/import';
import { ROW_LENGTH_MAX, UnreadableFile } from './limits';

/** How bytes become text. */
export interface TextForm {
  readonly encoding: TextEncoding;
  /** Bytes of the byte order mark, to be skipped. */
  readonly bomBytes: number;
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);

function byMark(head: Uint8Array): TextForm | undefined {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', bomBytes: 3 };
  if (startsWith(head, [0xff, 0xfe])) return { encoding: 'utf-16le', bomBytes: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { encoding: 'utf-16be', bomBytes: 2 };
  return undefined;
}

/** Tab, line breaks, space, comma, semicolon and bar: every table has some. */
const SEPARATORS = new Set([0x09, 0x0a, 0x0d, 0x20, 0x2c, 0x3b, 0x7c]);

/** UTF-16 without a mark: the separators stand beside a zero byte, always on the same side. */
function wideWithoutMark(head: Uint8Array): TextForm | undefined {
  for (const [encoding, low] of [['utf-16le', 0], ['utf-16be', 1]] as const) {
    let separators = 0;
    let wide = 0;
    for (let index = 0; index + 1 < head.length; index += 2) {
      if (!SEPARATORS.has(head[index + low]!)) continue;
      separators += 1;
      if (head[index + 1 - low] === 0) wide += 1;
    }
    if (wide > 1 && wide >= separators * 0.6) return { encoding, bomBytes: 0 };
  }
  return undefined;
}

/** Bytes at the end of `bytes` that begin a UTF-8 character which the next chunk ends. */
export function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? back : 0;
    }
  }
  return 0;
}

/** A character beyond ASCII with what stands around it in the decoded text. */
type Plausible = (character: string, before: string, after: string) => number;

const isAsciiLetter = (character: string) => /[A-Za-z]/.test(character);
const isBeyond = (character: string) => character > '\u007f';

/** Letters with accents among plain ones; signs that stand alone. */
const western: Plausible = (character, before, after) => {
  if (/[À-ÖØ-öø-ÿŠšŽžŒœŸ]/.test(character)) return isAsciiLetter(before) || isAsciiLetter(after) ? 1 : isBeyond(before) && isBeyond(after) ? 0 : 0.5;
  if (isBeyond(before) || isBeyond(after)) return 0;
  return /[€£¥§©®°±²³µ·º¼½¾«»¿¡™–—‘’“”…×ß\u00a0]/.test(character) ? 1 : 0;
};

const isHalfWidthKana = (character: string) => /[\uff61-\uff9f]/.test(character);

/** Kana, the kanji of daily use and full-width signs; half-width kana only among their like. */
const japanese: Plausible = (character, before, after) => {
  if (/[\u3040-\u30ff\u3000-\u303f\uff01-\uff5e]/.test(character)) return 1;
  if (isHalfWidthKana(character)) return isHalfWidthKana(before) || isHalfWidthKana(after) ? 0.5 : 0;
  return /[\u4e00-\u9fff]/.test(character) && isBeyond(before + after) ? 0.9 : /[\u4e00-\u9fff]/.test(character) ? 0.6 : 0;
};

interface Candidate {
  readonly encoding: TextEncoding;
  readonly plausible: Plausible;
  /** Share of two-byte characters that are of the everyday sets, by their bytes; the rest is hardly ever written. */
  readonly everyday?: (lead: number, trail: number) => boolean;
}

/** In this order on a tie: what most files are comes first. */
const CANDIDATES: readonly Candidate[] = [
  { encoding: 'windows-1252', plausible: western },
  // JIS level 1, and the rows of kana and signs before it.
  { encoding: 'shift_jis', plausible: japanese, everyday: (lead) => lead >= 0x81 && lead <= 0x97 },
  // GB 2312 level 1, and its rows of signs.
  {
    encoding: 'gb18030',
    plausible: (character) => (/[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]/.test(character) ? 1 : 0),
    everyday: (lead, trail) => trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3)),
  },
];

/** How much of the characters beyond ASCII reads as written by people, from 0 to 1; -1 where the bytes do not allow the encoding. */
function plausibility(bytes: Uint8Array, { encoding, plausible, everyday }: Candidate): number {
  let text: string;
  try {
    // As a stream: a character that the sample's end cuts speaks against no encoding.
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return -1;
  }
  const characters = [...text];
  let beyond = 0;
  let sum = 0;
  for (const [index, character] of characters.entries()) {
    if (!isBeyond(character)) continue;
    beyond += 1;
    sum += plausible(character, characters[index - 1] ?? '', characters[index + 1] ?? '');
  }
  // A few half-width kana may be a word of Chinese; of many, Chinese would have left their range.
  const halfWidth = characters.filter(isHalfWidthKana).length;
  if (encoding === 'shift_jis' && halfWidth === beyond) sum *= Math.min(2, 1 + halfWidth / 16);
  const read = beyond === 0 ? 0 : sum / beyond;
  if (!everyday) return read;
  let [pairs, usual] = [0, 0];
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index]! < 0x80) continue;
    // Half-width kana are single bytes in Shift-JIS.
    if (encoding === 'shift_jis' && bytes[index]! >= 0xa1 && bytes[index]! <= 0xdf) continue;
    pairs += 1;
    if (everyday(bytes[index]!, bytes[index + 1] ?? 0)) usual += 1;
    index += 1;
  }
  return pairs === 0 ? read : read * (usual / pairs);
}

/** The encoding of bytes that are no UTF-8. */
function byPlausibility(sample: Uint8Array): TextEncoding {
  let best: { readonly encoding: TextEncoding; readonly score: number } = { encoding: 'windows-1252', score: 0 };
  for (const candidate of CANDIDATES) {
    const score = plausibility(sample, candidate);
    if (score > best.score + 0.05 || (candidate.encoding === 'windows-1252' && score >= best.score)) best = { encoding: candidate.encoding, score };
  }
  return best.encoding;
}

/** How much of the lines beyond ASCII is looked at. */
const SAMPLE_BYTES = 65_536;

/** A line of more bytes holds a row of more characters than are read, in any encoding. */
const LINE_BYTES_MAX = 4 * ROW_LENGTH_MAX;

/** Follows the bytes of a text file and says in the end how to decode them. */
export class EncodingJudge {
  #form: TextForm | undefined;
  #started = false;
  #utf8 = true;
  #tail: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #seen = 0;
  #lineBytes = 0;
  readonly #sample: Buffer[] = [];
  #sampleBytes = 0;

  /** @param given the encoding that a person named */
  constructor(
    readonly fileName: string,
    readonly given?: TextEncoding,
  ) {}

  /** @throws UnreadableFile where the bytes are no text */
  take(chunk: Buffer): void {
    if (!this.#started) this.#start(chunk.subarray(0, SAMPLE_BYTES));
    this.#checkLine(chunk);
    if (!this.#form || !this.#form.encoding.startsWith('utf-16')) this.#checkNarrow(chunk);
    this.#seen += chunk.length;
  }

  #start(head: Buffer): void {
    this.#started = true;
    const mark = byMark(head);
    if (this.given) this.#form = { encoding: this.given, bomBytes: mark?.encoding === this.given ? mark.bomBytes : 0 };
    else this.#form = mark ?? wideWithoutMark(head);
    if (!this.#form?.encoding.startsWith('utf-16')) checkControls(head, this.fileName);
  }

  /** A line without end is refused here rather than after the rest of the file was read. */
  #checkLine(chunk: Buffer): void {
    const lineBreak = Math.max(chunk.lastIndexOf(0x0a), chunk.lastIndexOf(0x0d));
    this.#lineBytes = lineBreak < 0 ? this.#lineBytes + chunk.length : chunk.length - lineBreak - 1;
    if (this.#lineBytes <= LINE_BYTES_MAX) return;
    throw new UnreadableFile('cell_too_large', `${this.fileName} has a line of more than ${LINE_BYTES_MAX} bytes: no table does. Export it again, one row to a line.`);
  }

  #checkNarrow(chunk: Buffer): void {
    const nul = chunk.indexOf(0);
    if (nul >= 0) {
      throw new UnreadableFile(
        'file_unreadable',
        `${this.fileName} is no text: byte ${this.#seen + nul + 1} is NUL. Export it as CSV (UTF-8) or XLSX.`,
      );
    }
    if (this.#utf8) {
      const joined = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
      const tail = unfinishedUtf8(joined);
      this.#utf8 = isUtf8(joined.subarray(0, joined.length - tail));
      this.#tail = Buffer.from(joined.subarray(joined.length - tail));
      if (!this.#utf8) this.#sampleLines(joined);
    } else this.#sampleLines(chunk);
  }

  /** Keeps the lines that hold bytes beyond ASCII, as long as there is room for them. */
  #sampleLines(chunk: Buffer): void {
    for (let start = 0; start < chunk.length && this.#sampleBytes < SAMPLE_BYTES; ) {
      const lineFeed = chunk.indexOf(0x0a, start);
      const end = lineFeed < 0 ? chunk.length : lineFeed + 1;
      const line = chunk.subarray(start, Math.min(end, start + SAMPLE_BYTES));
      // A line that the chunk cuts may end inside a character: it would speak against every encoding.
      const whole = lineFeed >= 0 && (start > 0 || this.#seen === 0);
      if (whole && line.some((byte) => byte >= 0x80)) this.#keep(line);
      start = end;
    }
    if (this.#sampleBytes === 0) this.#keep(chunk.subarray(0, SAMPLE_BYTES));
  }

  #keep(line: Buffer): void {
    this.#sample.push(Buffer.from(line));
    this.#sampleBytes += line.length;
  }

  /** How the bytes that were taken are decoded. */
  end(): TextForm {
    if (this.given && this.#form) return this.#form;
    if (this.#tail.length > 0) {
      if (this.#utf8) this.#keep(this.#tail as Buffer);
      this.#utf8 = false;
    }
    if (this.#form && (this.#form.encoding !== 'utf-8' || this.#utf8)) return this.#form;
    return { encoding: this.#utf8 ? 'utf-8' : byPlausibility(Buffer.concat(this.#sample)), bomBytes: 0 };
  }
}

/** Control characters that no exported text holds: a sign that the bytes are something else. */
function checkControls(head: Uint8Array, fileName: string): void {
  let controls = 0;
  // A NUL is refused by its place.
  for (const byte of head) if (byte > 0 && byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls += 1;
  if (controls > head.length / 100) {
    throw new UnreadableFile(
      'file_unreadable',
      `${fileName} is no text: ${controls} of its first ${head.length} bytes are control characters. Export it as CSV or XLSX.`,
    );
  }
}
