/**
 * The different texts of a column, numbered from 1 as they come, and found by their bytes: a name that stands in a hundred
 * thousand rows becomes a text once.
 *
 * Open addressing over a hash of the bytes. It holds so much and no more: what it has no room for has no number.
 */
const FIRST_SLOTS = 1024;
const FIRST_BYTES = 16 * 1024;
/** More than a catalogue has; a column that goes on saying something new is no column of names. */
const TEXTS_MAX = 2 ** 21;
const BYTES_MAX = 64 * 1024 ** 2;

/** Another one in each run: nobody can write a file whose texts all meet in one place. */
const SEED = Math.floor(Math.random() * 2 ** 32) | 0;

export class TextCodes {
  /** By slot: the number of the text there; 0 where it is free. */
  #slots = new Int32Array(FIRST_SLOTS);
  /** By number. */
  #hashes = new Int32Array(FIRST_SLOTS);
  /** By number: where its bytes end; the next one's begin there. */
  #ends = new Int32Array(FIRST_SLOTS);
  #bytes = new Uint8Array(FIRST_BYTES);
  #size = 0;

  /** How many texts have a number. */
  get size(): number {
    return this.#size;
  }

  /** The number of a text; 0 where it is not known. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    return this.#slots[this.#slotOf(bytes, start, end, hash)]!;
  }

  /** Gives a text that is not known a number; 0 where there is no room for it. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const used = this.#ends[this.#size]!;
    const length = end - start;
    if (this.#size === TEXTS_MAX || used + length > BYTES_MAX) return 0;
    if (used + length > this.#bytes.length) this.#bytes = grown(this.#bytes, Math.max(this.#bytes.length * 2, used + length));
    for (let at = 0; at < length; at += 1) this.#bytes[used + at] = bytes[start + at]!;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    const hash = hashOf(bytes, start, end);
    this.#slots[this.#slotOf(bytes, start, end, hash)] = this.#size;
    this.#hashes[this.#size] = hash;
    this.#ends[this.#size] = used + length;
    return this.#size;
  }

  /** The slot that holds the text, or the free one where it belongs. */
  #slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.#slots[slot]!;
      if (code === 0 || (this.#hashes[code] === hash && this.#isEqual(code, bytes, start, end))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isEqual(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#ends[code - 1]!;
    if (this.#ends[code]! - own !== end - start) return false;
    for (let at = start; at < end; at += 1) if (this.#bytes[own + at - start] !== bytes[at]) return false;
    return true;
  }

  #grow(): void {
    this.#hashes = grown(this.#hashes, this.#slots.length * 2);
    this.#ends = grown(this.#ends, this.#slots.length * 2);
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let code = 1; code < this.#size; code += 1) {
      let slot = this.#hashes[code]! & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = code;
    }
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = SEED;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x0100_0193);
  return hash ^ (hash >>> 15);
}

function grown<List extends Uint8Array | Int32Array>(list: List, length: number): List {
  const longer = new (list.constructor as new (length: number) => List)(length);
  longer.set(list);
  return longer;
}
