/**
 * Sums of scaled figures that stay exact past 2^53 and cost one addition each.
 */

/** Below this, a sum and a figure added to it are both exact. */
const EXACT_BELOW = 2 ** 52;

export class ExactSums {
  readonly #running: Float64Array;
  readonly #carried: bigint[];
  readonly #counts: Int32Array;

  /** @param size how many sums are kept side by side */
  constructor(size: number) {
    this.#running = new Float64Array(size);
    this.#counts = new Int32Array(size);
    this.#carried = Array<bigint>(size).fill(0n);
  }

  add(index: number, figure: number): void {
    const sum = this.#running[index]! + figure;
    this.#counts[index]! += 1;
    if (sum < EXACT_BELOW && sum > -EXACT_BELOW && figure < EXACT_BELOW && figure > -EXACT_BELOW) {
      this.#running[index] = sum;
      return;
    }
    this.#carried[index]! += BigInt(this.#running[index]!) + BigInt(figure);
    this.#running[index] = 0;
  }

  /** How many figures were added. */
  count(index: number): number {
    return this.#counts[index]!;
  }

  /** The sum; undefined where nothing was added to it. */
  of(index: number): bigint | undefined {
    return this.#counts[index] === 0 ? undefined : this.#carried[index]! + BigInt(this.#running[index]!);
  }
}
