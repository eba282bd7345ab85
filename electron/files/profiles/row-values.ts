/**
 * What the parts of the row reader share: values, problems, control totals, cells.
 */
import type { QuarantineReason } from '@shared/domain/import';
import type { TargetField } from '@shared/domain/import-profile';

export interface RowProblem {
  readonly reason: QuarantineReason;
  /** The offending value. */
  readonly subject: string;
  readonly detail: string;
}

/** What a row says; a field that is not there is unknown. */
export interface RowValues {
  readonly text: Partial<Record<TargetField, string>>;
  /** Quantities, unit costs, amounts and whole numbers, each in its own scale. */
  readonly numbers: Partial<Record<TargetField, number>>;
  readonly instants: Partial<Record<TargetField, number>>;
}

export const problemOf = (reason: QuarantineReason, subject: string, detail: string): RowProblem => ({
  reason, subject: subject.slice(0, 200), detail,
});

/** From here on a figure or a sum goes into a big integer: below, a number and one more stay exact. */
const EXACT_MAX = 2 ** 52;

/** The sum of a column over every row whose figure can be read. */
export class ControlTotal {
  rows = 0;
  #part = 0;
  #whole = 0n;

  constructor(
    readonly field: TargetField,
    readonly header: string,
    readonly places: number,
  ) {}

  add(scaled: number): void {
    this.rows += 1;
    if (Math.abs(scaled) >= EXACT_MAX) {
      this.#whole += BigInt(scaled);
      return;
    }
    this.#part += scaled;
    if (Math.abs(this.#part) < EXACT_MAX) return;
    this.#whole += BigInt(this.#part);
    this.#part = 0;
  }

  /** Adds what was summed elsewhere. */
  addSum(sum: bigint, rows: number): void {
    this.#whole += sum;
    this.rows += rows;
  }

  get sum(): bigint {
    return this.#whole + BigInt(this.#part);
  }
}

/** A cell without the spaces around it. */
export function trimmed(cell: string | undefined): string {
  if (cell === undefined || cell === '') return '';
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  if (first > 32 && first < 128 && last > 32 && last < 128) return cell;
  return cell.replace(/^[\s\u00a0\ufeff]+|[\s\u00a0]+$/g, '');
}

/** An identifier that a spreadsheet turned into a rounded number: its last digits are lost. */
const LOST_DIGITS = /^\d(?:[.,]\d+)?E\+\d{2,}$/i;
export const hasLostDigits = (identifier: string): boolean => LOST_DIGITS.test(identifier);
