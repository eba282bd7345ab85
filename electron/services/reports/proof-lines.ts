/**
 * The lines of a proof of quantity: read in one pass, added up by location, the largest differences kept.
 *
 * Every line is looked at once and in whole numbers; what is not shown is in the sums all the same.
 */
import { weightOn, type PositionState } from '@shared/domain/explanation/positions';
import { MOVEMENT_TYPES, type System } from '@shared/domain/states';
import { effectSql } from '../../workbook/tables/movements';
import type { SqlValue } from '../../workbook/workbook';
import { postedInPeriod } from '../flows';
import { LINES_SQL, linesParameters, linesWhere, type Frame } from './frame';

export type Measure = Extract<PositionState, 'on_hand' | 'available'>;

/** Where a line keeps what a system says at the cut-off. */
export const CLOSING: Readonly<Record<System, Readonly<Record<Measure, string>>>> = {
  erp: { on_hand: 'erp_at_cut_off_scaled', available: 'erp_available_at_cut_off_scaled' },
  storefront: { on_hand: 'storefront_on_hand_at_cut_off_scaled', available: 'storefront_at_cut_off_scaled' },
  warehouse: { on_hand: 'warehouse_on_hand_at_cut_off_scaled', available: 'warehouse_available_at_cut_off_scaled' },
};

export const FLOWS = ['in', 'out'] as const;
export type Flow = (typeof FLOWS)[number];

export type SideName = 'left' | 'right';
export const SIDES = ['left', 'right'] as const;

export interface Side {
  readonly name: SideName;
  readonly system: System;
  readonly measure: Measure;
  /** It posted something that brings in, or takes out, in the period's files: silence on a line then means that nothing did. */
  readonly posts: Readonly<Record<Flow, boolean>>;
}

export const FIGURES = [
  ...SIDES.flatMap((name) => ['opening', 'in', 'out', 'closing', 'gap'].map((column) => `${name}_${column}`)),
  ...['opening', 'in', 'out', 'closing'].map((column) => `less_${column}`),
];

export type ProofFigures = Record<string, number | null>;

export interface ProofLine {
  readonly itemId: number;
  readonly locationId: number;
  readonly figures: ProofFigures;
}

export interface ProofPlace {
  readonly locationId: number;
  lines: number;
  differ: number;
  /** Lines for which a figure is missing: in no sum. */
  apart: number;
  readonly figures: ProofFigures;
}

export interface Proof {
  readonly places: readonly ProofPlace[];
  /** The largest differences first. */
  readonly lines: readonly ProofLine[];
  /** Lines with a figure missing, the largest first. */
  readonly apart: readonly ProofLine[];
}

type ReadRow = { readonly item_id: number; readonly location_id: number } & Readonly<Record<`${SideName}_${'opening' | 'in' | 'out' | 'closing'}`, number | null>>;

/** Both sides' opening, flows and closing of every line. */
function readSql(frame: Frame, sides: readonly Side[]): { readonly sql: string; readonly parameters: Readonly<Record<string, SqlValue>> } {
  const { workbook, scope } = frame;
  const types = MOVEMENT_TYPES.filter((type) => sides.some(({ measure }) => weightOn(measure, type) !== 0));
  const flows = postedInPeriod(workbook, scope, sides.map(({ system }) => system), types);
  const effectOf = ({ system, measure }: Side) => `CASE WHEN m.system = '${system}' THEN ${effectSql((type) => weightOn(measure, type))} ELSE 0 END`;
  const sums = sides.map((side) => `sum(max(${effectOf(side)}, 0)) AS ${side.name}_came, -sum(min(${effectOf(side)}, 0)) AS ${side.name}_went`);
  const columns = sides.map(({ name, system, measure, posts }) => {
    const before = `p.${CLOSING[system][measure]}`;
    const opening = system === 'erp' && measure === 'on_hand' ? `coalesce(l.opening_scaled, ${before})` : before;
    return `${opening} AS ${name}_opening, ${posts.in ? `coalesce(f.${name}_came, 0)` : 'NULL'} AS ${name}_in,
      ${posts.out ? `coalesce(f.${name}_went, 0)` : 'NULL'} AS ${name}_out, l.${CLOSING[system][measure]} AS ${name}_closing`;
  });
  return {
    parameters: { ...linesParameters(frame), ...flows.parameters, previous: scope.previous?.periodId ?? null },
    sql: `SELECT k.item_id, k.location_id, ${columns.join(', ')}
      ${LINES_SQL} LEFT JOIN lines p ON p.period_id = @previous AND p.stock_key_id = l.stock_key_id
      LEFT JOIN (SELECT m.stock_key_id, ${sums.join(', ')} FROM ${flows.sql} GROUP BY m.stock_key_id) f ON f.stock_key_id = l.stock_key_id
      WHERE ${linesWhere(frame)}`,
  };
}

const less = (left: number | null, right: number | null): number | null => (left === null || right === null ? null : left - right);

function figuresOf(row: ReadRow): ProofFigures {
  const gap = (name: SideName) => {
    const [opening, came, went, closing] = [row[`${name}_opening`], row[`${name}_in`], row[`${name}_out`], row[`${name}_closing`]];
    return opening === null || came === null || went === null || closing === null ? null : closing - (opening + came - went);
  };
  return {
    left_opening: row.left_opening, left_in: row.left_in, left_out: row.left_out, left_closing: row.left_closing, left_gap: gap('left'),
    right_opening: row.right_opening, right_in: row.right_in, right_out: row.right_out, right_closing: row.right_closing, right_gap: gap('right'),
    less_opening: less(row.left_opening, row.right_opening), less_in: less(row.left_in, row.right_in), less_out: less(row.left_out, row.right_out), less_closing: less(row.left_closing, row.right_closing),
  };
}

/** Keeps the first so many of an order without holding all that were offered. */
class First<Item> {
  readonly #kept: Item[] = [];
  /** The last that would be kept as far as is known: what comes after it need not be. */
  #last: Item | undefined;

  constructor(
    private readonly most: number,
    private readonly compare: (one: Item, other: Item) => number,
  ) {}

  offer(item: Item): void {
    if (this.#last !== undefined && this.compare(item, this.#last) >= 0) return;
    this.#kept.push(item);
    if (this.#kept.length > this.most * 2 + 1_000) this.#cut();
  }

  #cut(): void {
    this.#kept.sort(this.compare).splice(this.most);
    this.#last = this.#kept[this.most - 1];
  }

  all(): readonly Item[] {
    this.#cut();
    return this.#kept;
  }
}

const size = (figure: number | null | undefined): number => Math.abs(figure ?? 0);
const moved = ({ figures }: ProofLine): number => size(figures['less_opening']) + size(figures['less_in']) + size(figures['less_out']);

/** @param hasOpening where a side has none at all, a line is whole without it */
export function readProof(frame: Frame, sides: readonly Side[], hasOpening: Readonly<Record<SideName, boolean>>, rankOf: (line: ProofLine) => number): Proof {
  const byRank = (one: ProofLine, other: ProofLine) => rankOf(one) - rankOf(other);
  const known = ({ figures }: ProofLine) => size(figures['left_closing'] ?? figures['right_closing'] ?? figures['left_opening'] ?? figures['right_opening']);
  const lines = new First<ProofLine>(
    frame.linesMax,
    (one, other) => size(other.figures['less_closing']) - size(one.figures['less_closing']) || moved(other) - moved(one) || byRank(one, other),
  );
  const apart = new First<ProofLine>(frame.linesMax, (one, other) => known(other) - known(one) || byRank(one, other));
  const places = new Map<number, ProofPlace>();
  const { sql, parameters } = readSql(frame, sides);
  for (const row of frame.workbook.iterate<ReadRow>(sql, parameters)) {
    const figures = figuresOf(row);
    const line = { itemId: row.item_id, locationId: row.location_id, figures };
    const place = places.get(row.location_id) ?? { locationId: row.location_id, lines: 0, differ: 0, apart: 0, figures: {} };
    places.set(row.location_id, place);
    const isWhole = SIDES.every((name) => figures[`${name}_closing`] !== null && (!hasOpening[name] || figures[`${name}_opening`] !== null));
    if (!isWhole) {
      place.apart += 1;
      apart.offer(line);
      continue;
    }
    place.lines += 1;
    if (moved(line) !== 0 || figures['less_closing'] !== 0) place.differ += 1;
    for (const id of FIGURES) {
      const figure = figures[id];
      if (figure != null) place.figures[id] = (place.figures[id] ?? 0) + figure;
    }
    lines.offer(line);
  }
  return { places: [...places.values()], lines: lines.all(), apart: apart.all() };
}
