/**
 * Where the unit costs of a journal came from: the system that owns cost, its import, the column, and the method if its
 * heading says so. What no snapshot of the period gives is the item's own cost.
 */
import type { JournalCost } from '@shared/contract/journals';
import { FALLBACK_ORDER } from '@shared/domain/explanation/positions';
import type { System } from '@shared/domain/states';
import { importById, type ImportRow } from '../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { parseKeptSummary } from '../imports/life/kept-summary';
import { posts, type TaggedLine } from './gather';

interface StatedCost {
  readonly stock_key_id: number;
  readonly system: System;
  readonly import_id: number;
  /** The system that the source-of-truth rule named for the line. */
  readonly ruled: System | null;
}

/** Snapshots of the period that state the very cost of the line; the newest of a system first. */
const STATED_COSTS = `SELECT s.stock_key_id, s.system, s.import_id, t.unit_cost AS ruled
  FROM snapshots s JOIN imports i USING (import_id) JOIN lines l ON l.period_id = i.period_id AND l.stock_key_id = s.stock_key_id
  LEFT JOIN line_truths t ON t.period_id = l.period_id AND t.line_truth_id = l.line_truth_id
  WHERE i.period_id = @period AND i.state = 'standing' AND s.unit_cost_scaled = l.unit_cost_scaled
    AND s.stock_key_id IN (SELECT value FROM json_each(@keys)) ORDER BY s.stock_key_id, s.as_of_instant DESC, s.import_id DESC`;

const METHODS = [
  ['average', /\b(average|avg|moving|wac|mwac)\b/i],
  ['standard', /\bstandard\b/i],
  ['fifo', /\bfifo\b/i],
  ['last', /\blast\b/i],
] as const satisfies readonly (readonly [JournalCost['method'], RegExp])[];

/** The method that a column's heading names: `Average Cost`, `Standard cost`. */
export const methodOfHeading = (heading: string): JournalCost['method'] => METHODS.find(([, pattern]) => pattern.test(heading.replaceAll('_', ' ')))?.[0] ?? 'not stated';

/** The heading of the column that an import took the unit cost from; empty for one from before that was kept. */
const costHeading = (row: ImportRow): string =>
  parseKeptSummary(row)?.columnsUsed.filter(({ field }) => field === 'unit_cost').map(({ header }) => header).join(' ') ?? '';

/** The best of those that state a line's cost: the ruled system, then the others in their order. */
function chosenOf(stated: readonly StatedCost[]): StatedCost | undefined {
  const order = [stated[0]?.ruled, ...FALLBACK_ORDER];
  return [...stated].sort((left, right) => order.indexOf(left.system) - order.indexOf(right.system))[0];
}

/** The sources of the costs of all lines that book something, the one with the most lines first. */
export function costsOf(workbook: ReadableWorkbook, periodId: number, lines: readonly TaggedLine[]): JournalCost[] {
  const valued = lines.filter((line) => posts(line) && line.unit_cost_scaled !== null);
  const stated = new Map<number, StatedCost[]>();
  const keys = JSON.stringify(valued.map((line) => line.stock_key_id));
  for (const row of workbook.iterate<StatedCost>(STATED_COSTS, { period: periodId, keys })) {
    const found = stated.get(row.stock_key_id);
    if (found) found.push(row);
    else stated.set(row.stock_key_id, [row]);
  }
  const itemLists = workbook.get<{ import_id: number | null }>(
    `SELECT max(import_id) AS import_id FROM imports WHERE period_id = ? AND kind = 'items' AND state = 'standing'`, periodId,
  );
  const counted = new Map<string, { readonly system: System | null; readonly importId: number | null; lines: number }>();
  for (const line of valued) {
    const chosen = chosenOf(stated.get(line.stock_key_id) ?? []);
    const source = chosen ? { system: chosen.system, importId: chosen.import_id } : { system: null, importId: itemLists?.import_id ?? null };
    const key = JSON.stringify(source);
    const before = counted.get(key);
    if (before) before.lines += 1;
    else counted.set(key, { ...source, lines: 1 });
  }
  return [...counted.values()]
    .sort((left, right) => right.lines - left.lines || (left.importId ?? 0) - (right.importId ?? 0))
    .map(({ system, importId, lines: count }) => costOf(workbook, system, importId, count));
}

function costOf(workbook: ReadableWorkbook, system: System | null, importId: number | null, lines: number): JournalCost {
  const row = importId === null ? undefined : importById(workbook, importId);
  const heading = row ? costHeading(row) : '';
  return { system, importId, fileName: row?.file_name ?? '', heading, method: methodOfHeading(heading), lines };
}
