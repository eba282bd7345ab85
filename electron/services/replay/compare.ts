/**
 * Holds two workbooks' rows against each other, side by side in the order of their keys, without holding a part of a period in memory.
 */
import { formatDecimal } from '@shared/domain/decimal';
import { formatInstant } from '@shared/domain/instant';
import { formatAmount } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import type { ReplayDifference, ReplayPart, ReplayTally } from '@shared/domain/replay';
import type { ReadableWorkbook, SqlValue } from '../../workbook/workbook';
import type { Job } from '../context';
import type { Section } from './sections';

const CHECK_EVERY_ROWS = 5_000;
const COST_PLACES = 6;
const LONGEST_VALUE = 400;

/** How values are written for people: in the terms of the company. */
export interface Terms {
  readonly currency: string;
  readonly timeZone: string;
}

/** A value as people read it, by what its column's name ends with. */
export function writtenValue(column: string, value: SqlValue | undefined, { currency, timeZone }: Terms): string {
  if (value === null || value === undefined) return 'unknown';
  if (typeof value === 'number') {
    if (column.startsWith('unit_cost')) return formatDecimal(BigInt(value), COST_PLACES, 2);
    if (column.endsWith('_scaled')) return formatQuantity(value);
    if (column.endsWith('_minor')) return formatAmount(value, currency);
    if (column.endsWith('_instant')) return formatInstant(value, timeZone);
  }
  const text = String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** Orders as SQLite does: unknown first, then numbers, then text by its bytes. */
function orderOf(left: SqlValue, right: SqlValue): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'number') return -1;
  if (typeof right === 'number') return 1;
  return Buffer.compare(Buffer.from(String(left), 'utf8'), Buffer.from(String(right), 'utf8'));
}

function orderOfKeys(left: readonly SqlValue[], right: readonly SqlValue[], keys: number): number {
  for (let index = 0; index < keys; index += 1) {
    const order = orderOf(left[index]!, right[index]!);
    if (order !== 0) return order;
  }
  return 0;
}

type Behind = ReplayDifference['behind'];

/** Gathers what is the same and what differs; holds no more differences than it tells. */
export class Findings {
  readonly #tallies = new Map<ReplayPart, { kept: number; computed: number; same: number }>();
  readonly #differences: ReplayDifference[] = [];
  differencesInAll = 0;

  constructor(readonly differencesMax: number) {}

  get differences(): readonly ReplayDifference[] {
    return this.#differences;
  }

  /** Parts in the order in which they were held against each other. */
  get parts(): ReplayTally[] {
    return [...this.#tallies].map(([part, tally]) => ({ part, ...tally }));
  }

  tally(part: ReplayPart, by: { readonly kept?: number; readonly computed?: number; readonly same?: number }): void {
    const held = this.#tallies.get(part) ?? { kept: 0, computed: 0, same: 0 };
    this.#tallies.set(part, { kept: held.kept + (by.kept ?? 0), computed: held.computed + (by.computed ?? 0), same: held.same + (by.same ?? 0) });
  }

  /** @param behind asked for only where the difference is told */
  differ(difference: Omit<ReplayDifference, 'behind'>, behind: () => Behind = () => null): void {
    this.differencesInAll += 1;
    if (this.#differences.length < this.differencesMax) this.#differences.push({ ...difference, behind: behind() });
  }
}

/** The two sides of a section. */
export interface Sides {
  readonly kept: ReadableWorkbook;
  readonly computed: ReadableWorkbook;
  readonly keptId: number;
  /** Undefined where an import did not come out. */
  readonly computedId: number | undefined;
  /** Put before the key: the file, where it is of one. */
  readonly prefix: string;
  readonly terms: Terms;
  /** The computed value as the kept workbook would write it: numbers of imports within evidence. */
  readonly translated: (column: string, value: SqlValue) => SqlValue;
  /** The file row behind a kept or computed row. */
  readonly behind: (row: Readonly<Record<string, SqlValue>>, column: string) => Behind;
}

/** Holds the rows of a section against each other. */
export function compareSection(section: Section, sides: Sides, findings: Findings, job: Job): void {
  const { part, keys, columns, sql } = section;
  const names = [...keys, ...columns];
  const rowsOf = (workbook: ReadableWorkbook, id: number | undefined) => (id === undefined ? [][Symbol.iterator]() : workbook.tuples(sql, { id }));
  const left = rowsOf(sides.kept, sides.keptId);
  const right = rowsOf(sides.computed, sides.computedId);
  const recordOf = (row: readonly SqlValue[]) => Object.fromEntries(names.map((name, index) => [name, row[index]!]));
  const keyOf = (row: readonly SqlValue[]) => {
    const written = keys.map((name, index) => (name === 'row_number' ? `row ${String(row[index])}` : name === 'location' ? `at ${String(row[index])}` : writtenValue(name, row[index], sides.terms)));
    return [sides.prefix, written.filter((_, index) => !(keys[index] === 'record_number' && row[index] === 1)).join(' ')].filter((each) => each !== '').join(', ');
  };
  let kept = left.next();
  let computed = right.next();
  let seen = 0;
  findings.tally(part, {});
  try {
    while (!kept.done || !computed.done) {
      seen += 1;
      if (seen % CHECK_EVERY_ROWS === 0) job.checkCancelled();
      const order = kept.done ? 1 : computed.done ? -1 : orderOfKeys(kept.value, computed.value, keys.length);
      if (order !== 0) {
        const row = (order < 0 ? kept.value : computed.value) as readonly SqlValue[];
        findings.tally(part, order < 0 ? { kept: 1 } : { computed: 1 });
        findings.differ(
          { part, key: keyOf(row), column: '', kept: order < 0 ? 'there' : 'not there', computed: order < 0 ? 'not there' : 'there' },
          () => sides.behind(recordOf(row), ''),
        );
        if (order < 0) kept = left.next();
        else computed = right.next();
        continue;
      }
      const [keptRow, computedRow] = [kept.value as readonly SqlValue[], computed.value as readonly SqlValue[]];
      let differs = false;
      for (let index = keys.length; index < names.length; index += 1) {
        const name = names[index]!;
        const now = sides.translated(name, computedRow[index]!);
        if (keptRow[index] === now) continue;
        differs = true;
        findings.differ(
          { part, key: keyOf(keptRow), column: name, kept: writtenValue(name, keptRow[index], sides.terms), computed: writtenValue(name, now, sides.terms) },
          () => sides.behind(recordOf(keptRow), name),
        );
      }
      findings.tally(part, { kept: 1, computed: 1, same: differs ? 0 : 1 });
      kept = left.next();
      computed = right.next();
    }
  } finally {
    // An iteration that is left open keeps its connection busy.
    left.return?.();
    right.return?.();
  }
}
