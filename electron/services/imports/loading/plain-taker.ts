/**
 * What is done with a plain row besides writing it: its figures go into the control totals, its instant and location into
 * the file's extent.
 */
import { SYSTEMS } from '@shared/domain/states';
import type { ControlTotal } from '../../../files/profiles/row-values';
import { ACCEPTED, usualRow, type RowWriter } from '../writers/writer';
import { ExactSums } from './exact-sums';
import type { KnownTexts, PlainRows } from './plain-batch';
import type { PlainPlan } from './plain-plan';
import type { RowLedger } from './row-ledger';

const ERP_CODE = SYSTEMS.indexOf('erp') + 1;

export class PlainRowTaker {
  readonly #sums: ExactSums;
  readonly #systemSlot: number;
  readonly #instantSlot: number;
  readonly #locationSlot: number;
  /** By code, whether the location was noted; codes are those of one pass over the file. */
  #noted: boolean[] = [];
  #known: KnownTexts | undefined;

  constructor(
    readonly plan: PlainPlan,
    readonly writer: RowWriter,
    readonly ledger: RowLedger,
  ) {
    this.#sums = new ExactSums(plan.numbers.length);
    this.#systemSlot = plan.codes.indexOf('system');
    this.#instantSlot = Math.max(plan.instants.indexOf('as_of'), plan.instants.indexOf('posted_at'));
    this.#locationSlot = plan.codes.indexOf('location');
  }

  isErp(rows: PlainRows, at: number): boolean {
    return rows.columns.codes[this.#systemSlot]?.[at] === ERP_CODE;
  }

  take(rows: PlainRows, at: number): void {
    const { numbers, instants, codes } = rows.columns;
    for (let slot = 0; slot < numbers.length; slot += 1) {
      const figure = numbers[slot]![at]!;
      if (!Number.isNaN(figure)) this.#sums.add(slot, figure);
    }
    const instant = instants[this.#instantSlot]?.[at] ?? Number.NaN;
    if (!Number.isNaN(instant)) this.ledger.extent.noteInstant(instant);
    if (rows.known !== this.#known) [this.#noted, this.#known] = [[], rows.known];
    const location = codes[this.#locationSlot]?.[at] ?? 0;
    if (location > 0 && !this.#noted[location]) {
      this.#noted[location] = true;
      this.ledger.extent.noteLocation(rows.known[this.#locationSlot]![location]!);
    }
    const verdict = this.writer.writePlain ? this.writer.writePlain(rows, at) : this.writer.write(usualRow(rows, at));
    if (verdict === ACCEPTED) this.ledger.accepted += 1;
    else this.ledger.take(rows.rowOf(at), verdict);
  }

  /** Adds what was counted to the control totals of the reader that took the other rows. */
  finish(controls: readonly ControlTotal[]): void {
    for (const control of controls) {
      const slot = this.plan.numbers.indexOf(control.field);
      if (slot >= 0) control.addSum(this.#sums.of(slot) ?? 0n, this.#sums.count(slot));
    }
  }
}
