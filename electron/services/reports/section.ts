/**
 * Makes a section whose rows add up: rounds every value once per line, and says in rows of their own what a limit left out
 * and what the rounding moved.
 */
import { DecimalOverflow, toSafeInteger } from '@shared/domain/decimal';
import { roundToMinor } from '@shared/domain/money';
import { plural } from '@shared/domain/plural';
import type { Cell, ColumnKind, ReportColumn, ReportRow, ReportSection } from '@shared/domain/report';

/** In a column of amounts a bigint is an exact value with ten places, to be rounded; a number is an amount already rounded. */
export type Figure = Cell | bigint;

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: ColumnKind;
  readonly sums: boolean;
  readonly wide?: boolean;
  readonly group?: string;
  /** Not given with a row but made of two other columns: the first less the second, after both were rounded. */
  readonly minus?: readonly [string, string];
}

export type Figures = Readonly<Record<string, Figure>>;

export interface SectionInput {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly columns: readonly Column[];
  readonly lines: readonly Figures[];
  /** Sums over all lines, where `lines` holds only some of them; their number is `linesInAll`. */
  readonly all?: Figures;
  readonly linesInAll?: number;
  /** Closes a run of lines with the same text here by a subtotal. */
  readonly subtotalBy?: string;
  /** Total cells that are no sums: shares, words. */
  readonly total?: (sums: Figures) => Figures;
  /** Left out of sections that have nothing to add up. */
  readonly hasTotal?: boolean;
}

export const text = (id: string, title: string, more: Partial<Column> = {}): Column => ({ id, title, kind: 'text', sums: false, ...more });
export const sum = (kind: ColumnKind, id: string, title: string, more: Partial<Column> = {}): Column => ({ id, title, kind, sums: true, ...more });
export const figure = (kind: ColumnKind, id: string, title: string, more: Partial<Column> = {}): Column => ({ id, title, kind, sums: false, ...more });

/** Sums of the known figures; unknown where none is known. Exact values stay exact. */
function sumsOf(columns: readonly Column[], lines: readonly Figures[]): Figures {
  const sums: Record<string, Figure> = {};
  for (const { id, sums: isSummed, minus } of columns) {
    if (!isSummed || minus) continue;
    let total: number | bigint | null = null;
    for (const line of lines) {
      const value = line[id];
      if (value === null || value === undefined || typeof value === 'string') continue;
      if (typeof value === 'bigint') total = BigInt(total ?? 0) + value;
      else if (typeof total === 'bigint') throw new Error(`${id} mixes exact and rounded values`);
      else total = (total ?? 0) + value;
    }
    sums[id] = total;
  }
  return sums;
}

const less = (left: Figure, right: Figure): Figure => {
  if (left === null || left === undefined || typeof left === 'string' || typeof right === 'string') return left ?? null;
  if (typeof left === 'bigint' || typeof right === 'bigint') return BigInt(left) - BigInt(right ?? 0);
  return left - (right ?? 0);
};

class SectionMaker {
  readonly #place: ReadonlyMap<string, number>;

  constructor(
    private readonly columns: readonly Column[],
    private readonly currency: string,
  ) {
    this.#place = new Map(columns.map(({ id }, index) => [id, index]));
  }

  /** The cells of a row, each value rounded once. */
  cells(figures: Figures): Cell[] {
    const cells = this.columns.map(({ id, kind }): Cell => {
      const value = figures[id] ?? null;
      if (typeof value === 'bigint') return kind === 'amount' ? roundToMinor(value, this.currency) : toSafeInteger(value);
      if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new DecimalOverflow(`${id}: ${value} does not fit an exact integer`);
      return value;
    });
    this.columns.forEach(({ minus }, index) => {
      if (!minus) return;
      const [left, right] = minus.map((id) => cells[this.#place.get(id)!] ?? null);
      cells[index] = typeof left === 'number' && typeof right === 'number' ? left - right : null;
    });
    return cells;
  }

  /** What rounding each line once moved, to be added to their sum; undefined where it moved nothing. */
  rounding(rows: readonly ReportRow[], total: readonly Cell[]): ReportRow | undefined {
    let moved = false;
    const cells = this.columns.map(({ kind, sums }, index): Cell => {
      const whole = total[index];
      if (index === 0) return 'Rounding';
      if (kind !== 'amount' || !sums || typeof whole !== 'number') return kind === 'text' ? '' : null;
      const added = rows.reduce((sumSoFar, { kind: rowKind, cells: each }) => {
        const value = each[index];
        return rowKind === 'subtotal' || typeof value !== 'number' ? sumSoFar : sumSoFar + value;
      }, 0);
      moved ||= added !== whole;
      return whole - added;
    });
    return moved ? { kind: 'rounding', cells } : undefined;
  }
}

function withSubtotals(maker: SectionMaker, input: SectionInput): ReportRow[] {
  const { columns, lines, subtotalBy } = input;
  const rows: ReportRow[] = [];
  let run: Figures[] = [];
  lines.forEach((line, index) => {
    rows.push({ kind: 'line', cells: maker.cells(line) });
    if (subtotalBy === undefined) return;
    run.push(line);
    const name = line[subtotalBy];
    if (lines[index + 1]?.[subtotalBy] === name) return;
    const sums = sumsOf(columns, run);
    const blank = Object.fromEntries(columns.filter(({ kind }) => kind === 'text').map(({ id }) => [id, '']));
    rows.push({ kind: 'subtotal', cells: maker.cells({ ...blank, ...sums, ...input.total?.(sums), [subtotalBy]: `${String(name)} in all` }) });
    run = [];
  });
  return rows;
}

/**
 * The section with its total. The total of a value is its exact sum rounded once, so that it is the same in every section
 * of a report however its lines are cut.
 */
export function makeSection(input: SectionInput, currency: string): ReportSection {
  const { columns, lines } = input;
  const maker = new SectionMaker(columns, currency);
  const shown = sumsOf(columns, lines);
  const sums = input.all ?? shown;
  const linesInAll = input.linesInAll ?? lines.length;
  const rows = withSubtotals(maker, input);
  const first = columns[0]!.id;
  if (linesInAll > lines.length) {
    const rest = Object.fromEntries(columns.filter((column) => column.sums && !column.minus).map(({ id }) => [id, less(sums[id] ?? null, shown[id] ?? null)]));
    const blank = Object.fromEntries(columns.filter(({ kind }) => kind === 'text').map(({ id }) => [id, '']));
    rows.push({ kind: 'other', cells: maker.cells({ ...blank, ...rest, [first]: plural(linesInAll - lines.length, 'other line') }) });
  }
  const hasTotal = input.hasTotal !== false && columns.some((column) => column.sums);
  let total: Cell[] | null = null;
  if (hasTotal) {
    const blank = Object.fromEntries(columns.filter(({ kind }) => kind === 'text').map(({ id }) => [id, '']));
    total = maker.cells({ ...blank, ...sums, ...input.total?.(sums), [first]: 'Total' });
    const rounding = maker.rounding(rows, total);
    if (rounding) rows.push(rounding);
  }
  return {
    id: input.id,
    title: input.title,
    note: input.note ?? '',
    columns: columns.map(({ id, title, kind, sums: isSummed, wide, group }): ReportColumn => ({
      id, title, kind, sums: isSummed, wide: wide === true, group: group ?? null,
    })),
    rows,
    linesInAll,
    total,
  };
}
