/**
 * Some thousand rows of a file as columns: what the plain ones say, and the bytes of all of them.
 *
 * One buffer of columns and one of bytes, so that a batch goes from thread to thread without being copied.
 */
import type { TargetField } from '@shared/domain/import-profile';
import type { RowValues } from '../../../files/profiles/row-values';
import { RecordRow, textOf } from '../../../files/readers/byte-records';
import type { SourceRow } from '../../../files/readers/limits';
import type { PlainPlan } from './plain-plan';

/** A batch as it is handed over. */
export interface PackedBatch {
  readonly count: number;
  /** UTF-8; rows lie in it by their starts and ends. */
  readonly bytes: Uint8Array;
  readonly isAscii: boolean;
  readonly columns: ArrayBuffer;
  /** By slot of codes: where the texts lie that are numbered for the first time, a start and an end for each. */
  readonly newTexts: readonly Uint32Array[];
}

/** The columns of a batch, to be filled or read. */
export class BatchColumns {
  readonly buffer: ArrayBuffer;
  /** By slot; NaN where a row does not say it. */
  readonly numbers: readonly Float64Array[];
  readonly instants: readonly Float64Array[];
  readonly codes: readonly Int32Array[];
  readonly textStarts: readonly Uint32Array[];
  readonly textEnds: readonly Uint32Array[];
  /** The number of an earlier plain row that is the same as far as a fingerprint tells; 0 where there is none. */
  readonly twins: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly rowNumbers: Uint32Array;
  /** 1 for a plain row. Of another one, nothing but its place and its number is told. */
  readonly isPlain: Uint8Array;

  constructor(plan: PlainPlan, readonly count: number, buffer?: ArrayBuffer) {
    const doubles = plan.numbers.length + plan.instants.length;
    const wholes = plan.codes.length + 2 * plan.texts.length + (plan.findsTwins ? 4 : 3);
    this.buffer = buffer ?? new ArrayBuffer(count * (8 * doubles + 4 * wholes + 1));
    let offset = 0;
    const column = <Column>(make: new (buffer: ArrayBuffer, offset: number, length: number) => Column, size: number): Column => {
      const made = new make(this.buffer, offset, count);
      offset += size * count;
      return made;
    };
    this.numbers = plan.numbers.map(() => column(Float64Array, 8));
    this.instants = plan.instants.map(() => column(Float64Array, 8));
    this.codes = plan.codes.map(() => column(Int32Array, 4));
    this.textStarts = plan.texts.map(() => column(Uint32Array, 4));
    this.textEnds = plan.texts.map(() => column(Uint32Array, 4));
    this.twins = plan.findsTwins ? column(Uint32Array, 4) : new Uint32Array(0);
    this.starts = column(Uint32Array, 4);
    this.ends = column(Uint32Array, 4);
    this.rowNumbers = column(Uint32Array, 4);
    this.isPlain = column(Uint8Array, 1);
  }
}

/** V8 copies a piece of a string that is shorter; a longer one holds on to the whole. */
const PIECE_LENGTH_MIN = 13;
const detached = (text: string): string => (text.length < PIECE_LENGTH_MIN ? text : ` ${text}`.slice(1));

/** The texts of the columns of codes, by their numbers, over all batches of a file. */
export type KnownTexts = readonly string[][];

/** What is known before the first batch: the words of the choices. */
export const firstTexts = (plan: PlainPlan): KnownTexts =>
  plan.codes.map((_field, slot) => ['', ...(plan.steps.find((step) => step.kind === 'choice' && step.slot === slot)?.words ?? [])]);

/** The rows of a batch, as the writers read them. */
export class PlainRows {
  readonly columns: BatchColumns;
  #whole: string | undefined;

  /**
   * @param known what the batches before it named; this one adds to it
   * @param given rows that came as cells: they are told as they came where they are not plain
   */
  constructor(
    readonly plan: PlainPlan,
    readonly packed: PackedBatch,
    readonly known: KnownTexts,
    readonly given?: readonly SourceRow[],
  ) {
    this.columns = new BatchColumns(plan, packed.count, packed.columns);
    for (const [slot, places] of packed.newTexts.entries()) {
      for (let index = 0; index < places.length; index += 2) known[slot]!.push(detached(this.#cut(places[index]!, places[index + 1]!)));
    }
  }

  get count(): number {
    return this.packed.count;
  }

  #cut(start: number, end: number): string {
    const { bytes, isAscii } = this.packed;
    if (!isAscii) return textOf(bytes, start, end);
    this.#whole ??= Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    return this.#whole.substring(start, end);
  }

  /** The text in a slot of texts; empty where the row does not say it. */
  text(slot: number, at: number): string {
    return this.#cut(this.columns.textStarts[slot]![at]!, this.columns.textEnds[slot]![at]!);
  }

  isPlain(at: number): boolean {
    return this.columns.isPlain[at] === 1;
  }

  rowNumber(at: number): number {
    return this.columns.rowNumbers[at]!;
  }

  /** The row as the usual reader takes it. */
  rowOf(at: number): SourceRow {
    return this.given?.[at] ?? new RecordRow(this.rowNumber(at), this.#cut(this.columns.starts[at]!, this.columns.ends[at]!), this.plan.delimiter);
  }

  /** What a plain row says. */
  valuesOf(at: number): RowValues {
    const { numbers, instants } = this.columns;
    const known = (value: number) => (Number.isNaN(value) ? undefined : value);
    return {
      text: this.textsOf(at),
      numbers: told(this.plan.numbers, (slot) => known(numbers[slot]![at]!)),
      instants: told(this.plan.instants, (slot) => known(instants[slot]![at]!)),
    };
  }

  /** Of what it says, the texts. */
  textsOf(at: number): RowValues['text'] {
    const { codes, textStarts, textEnds } = this.columns;
    return {
      ...told(this.plan.codes, (slot) => (codes[slot]![at] === 0 ? undefined : this.known[slot]![codes[slot]![at]!])),
      ...told(this.plan.texts, (slot) => (textEnds[slot]![at]! > textStarts[slot]![at]! ? this.text(slot, at) : undefined)),
    };
  }
}

/** Values by field, without those that are not told. */
function told<Value>(fields: readonly TargetField[], valueOf: (slot: number) => Value | undefined): Partial<Record<TargetField, Value>> {
  const values: Partial<Record<TargetField, Value>> = {};
  for (let slot = 0; slot < fields.length; slot += 1) {
    const value = valueOf(slot);
    if (value !== undefined) values[fields[slot]!] = value;
  }
  return values;
}
