/**
 * Rows that are the same, word for word: a cheap first look at millions of them. What it finds is confirmed against what was
 * written.
 */
import { NumberTable } from './number-table';

/** 53 bits from two multiplicative hashes over the bytes, four at a time: equal rows share them, and different ones hardly ever do. */
export function fingerprintOf(bytes: Uint8Array, start: number, end: number): number {
  let one = 0x811c_9dc5;
  let other = 0x2545_f491;
  let at = start;
  for (; at + 3 < end; at += 4) {
    const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    one = Math.imul(one ^ four, 0x9e37_79b1) ^ (one >>> 15);
    other = Math.imul(other + four, 0x85eb_ca6b) ^ (other >>> 13);
  }
  for (; at < end; at += 1) {
    one = Math.imul(one ^ bytes[at]!, 0x9e37_79b1) ^ (one >>> 15);
    other = Math.imul(other + bytes[at]!, 0x85eb_ca6b) ^ (other >>> 13);
  }
  one = (one ^ (one >>> 15)) + (end - start);
  return (one >>> 0) * 0x20_0000 + ((other ^ (other >>> 11)) & 0x1f_ffff);
}

function fingerprintOfText(raw: string): number {
  const bytes = Buffer.from(raw, 'utf8');
  return fingerprintOf(bytes, 0, bytes.length);
}

/** The rows of a file by their fingerprint. */
export class Twins {
  readonly #rows = new NumberTable();

  /** The number of the row that came first with these bytes; 0 where this one does, which is noted. */
  firstOf(bytes: Uint8Array, start: number, end: number, rowNumber: number): number {
    return this.#rows.claim(fingerprintOf(bytes, start, end), rowNumber);
  }

  /** The number of the row that was noted last with this text; 0 where none was. */
  noted(raw: string): number {
    return this.#rows.get(fingerprintOfText(raw));
  }

  note(raw: string, rowNumber: number): void {
    this.#rows.set(fingerprintOfText(raw), rowNumber);
  }
}
