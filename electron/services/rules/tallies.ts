/** Lines and values added up without passing through binary floating point. */
import { toSafeInteger } from '@shared/domain/decimal';
import type { Tally } from '@shared/domain/rule-effects';

/** A running count of lines with their value, without sign. */
export class RunningTally {
  lines = 0;
  #valueMinor = 0n;

  add(valueMinor: number): void {
    this.lines += 1;
    this.#valueMinor += BigInt(Math.abs(valueMinor));
  }

  get tally(): Tally {
    return { lines: this.lines, valueMinor: toSafeInteger(this.#valueMinor) };
  }
}
