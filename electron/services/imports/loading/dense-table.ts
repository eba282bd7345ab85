/**
 * Numbers by small whole numbers that follow each other, such as keys that were given one after another: one look into an
 * array. Values are from 1 on: 0 stands for what is not there.
 */
const FIRST_LENGTH = 1024;

export class DenseTable {
  #values = new Int32Array(FIRST_LENGTH);

  get(key: number): number {
    return key < this.#values.length ? this.#values[key]! : 0;
  }

  set(key: number, value: number): void {
    if (key >= this.#values.length) {
      const values = this.#values;
      this.#values = new Int32Array(Math.max(values.length * 2, key + 1));
      this.#values.set(values);
    }
    this.#values[key] = value;
  }
}
