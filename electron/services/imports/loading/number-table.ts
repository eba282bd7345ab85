/**
 * Numbers by number, for millions of them: a Map takes five times the memory, and longer.
 *
 * Open addressing in typed arrays. Keys are whole numbers from 0 to 2^53 - 1, values from 1 to 2^31 - 1: 0 stands for
 * what is not there.
 */
const FIRST_SLOTS = 1024;

export class NumberTable {
  #keys = new Float64Array(FIRST_SLOTS);
  #values = new Int32Array(FIRST_SLOTS);
  #size = 0;

  /** The slot that holds the key, or the free one where it belongs. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    const low = key | 0;
    const high = (key / 0x1_0000_0000) | 0;
    let slot = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
    slot = (slot ^ (slot >>> 15)) & mask;
    while (this.#values[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  /** The value of a key; 0 where it has none. */
  get(key: number): number {
    return this.#values[this.#slotOf(key)]!;
  }

  /** The value that a key has; where it has none, it gets this one, and 0 is answered. */
  claim(key: number, value: number): number {
    const slot = this.#slotOf(key);
    const held = this.#values[slot]!;
    if (held === 0) this.#put(slot, key, value);
    return held;
  }

  set(key: number, value: number): void {
    this.#put(this.#slotOf(key), key, value);
  }

  #put(slot: number, key: number, value: number): void {
    if (this.#values[slot] === 0) {
      this.#size += 1;
      // Three quarters full: longer searches cost more than the memory is worth.
      if (this.#size * 4 > this.#keys.length * 3) {
        this.#grow();
        this.set(key, value);
        this.#size -= 1;
        return;
      }
      this.#keys[slot] = key;
    }
    this.#values[slot] = value;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Int32Array(keys.length * 2);
    for (let old = 0; old < keys.length; old += 1) {
      if (values[old] === 0) continue;
      const slot = this.#slotOf(keys[old]!);
      this.#keys[slot] = keys[old]!;
      this.#values[slot] = values[old]!;
    }
  }
}
