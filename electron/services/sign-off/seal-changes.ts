/**
 * What changed between two seals of a period, or since its last seal where it is open again: by table, row by row, and in figures.
 */
import type { SealChanges, SealDifference } from '@shared/contract/sign-off';
import { formatDecimal, toSafeInteger } from '@shared/domain/decimal';
import { EXACT_VALUE_PLACES, exactValue, formatAmount } from '@shared/domain/money';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { findPeriod, periodMissing } from '../periods';
import { type Difference, differencesOf, type LineOfTable, linesOf, linesOfRows, shown } from './compare-rows';
import { sealedLines } from './sealed-copy';
import { listSeals } from './seal';
import { SEALED_TABLES, type SealedRow, sealedRows, type SealedTable } from './sealed-content';

/** Rows of one table on one side: of a seal's copy, or as they are now. */
type Side = (table: SealedTable) => Generator<LineOfTable>;

const numberIn = (row: SealedRow, column: string): number | undefined => (typeof row[column] === 'number' ? row[column] : undefined);

/** What a period comes to, added up from its rows. */
class Figures {
  lines = 0;
  exactValue = 0n;
  varianceMinor = 0n;
  adjustmentExact = 0n;
  journals = 0;
  debitMinor = 0n;

  take(table: string, row: SealedRow): void {
    if (table === 'lines') {
      this.lines += 1;
      const cost = numberIn(row, 'unit_cost_scaled');
      if (cost !== undefined) {
        this.exactValue += exactValue(numberIn(row, 'on_hand_scaled') ?? numberIn(row, 'erp_at_cut_off_scaled') ?? 0, cost);
        this.adjustmentExact += exactValue(numberIn(row, 'adjustment_scaled') ?? 0, cost);
      }
      this.varianceMinor += BigInt(numberIn(row, 'variance_minor') ?? 0);
    } else if (table === 'journals') this.journals += 1;
    else if (table === 'journal_lines') this.debitMinor += BigInt(numberIn(row, 'debit_minor') ?? 0);
  }

  /** Name and amount as text, unrounded values with all their places. */
  told(currency: string): readonly (readonly [string, string])[] {
    const minor = (value: bigint) => formatAmount(toSafeInteger(value), currency);
    return [
      ['Lines', String(this.lines)],
      ['Inventory value at the cut-off', formatDecimal(this.exactValue, EXACT_VALUE_PLACES, 2)],
      ['Variances at cost', minor(this.varianceMinor)],
      ['Adjustments at cost', formatDecimal(this.adjustmentExact, EXACT_VALUE_PLACES, 2)],
      ['Journals', String(this.journals)],
      ['Journal debits', minor(this.debitMinor)],
    ];
  }
}

const COUNTED = ['lines', 'journals', 'journal_lines'];

function* counting(lines: Generator<LineOfTable>, table: string, figures: Figures): Generator<LineOfTable> {
  for (const line of lines) {
    if (COUNTED.includes(table)) figures.take(table, line.row);
    yield line;
  }
}

/** SKU and location of a row of either side: a key that is gone from the workbook has no name any more. */
function lineOf(workbook: ReadableWorkbook, row: SealedRow): string {
  const key = numberIn(row, 'stock_key_id');
  const name = key === undefined ? undefined : workbook.get<{ sku: string; code: string }>(
    'SELECT i.sku, l.code FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE k.stock_key_id = ?', key,
  );
  return name ? `${name.sku} at ${name.code}` : '';
}

/** Numbers that each reconciliation gives anew: another one changes nothing of what its row tells. */
const isNumberedAnew = (table: SealedTable, each: Difference): boolean => table.table === 'components' && each.kind === 'changed' && each.column === 'component_id';

const keyOf = (table: SealedTable, row: SealedRow): string => table.key.filter((column) => column in row).map((column) => `${column} ${shown(row[column])}`).join(', ');

/**
 * What changed from a seal to the next one of its period, or to what the open period holds now.
 *
 * @param differencesMax how many rows are named; all are counted
 * @returns refusals `period_missing`; `seal_missing`, where the period has no such seal; `nothing_after`, where the seal stands
 */
export function changesSince(
  workbook: ReadableWorkbook, job: Job, request: { readonly periodId: number; readonly sealNumber: number; readonly differencesMax: number },
): Outcome<SealChanges, 'period_missing' | 'seal_missing' | 'nothing_after'> {
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  const seals = listSeals(workbook, period.periodId);
  const from = seals.find(({ sealNumber }) => sealNumber === request.sealNumber);
  if (!from) {
    return refused('seal_missing', seals.length === 0 ? `${period.code} has no seal: it was never locked.` : `${period.code} has no seal ${request.sealNumber}; it has ${seals.map(({ sealNumber }) => sealNumber).join(', ')}.`);
  }
  const to = seals.find(({ sealNumber }) => sealNumber === request.sealNumber + 1);
  if (!to && period.state === 'locked') return refused('nothing_after', `Seal ${from.sealNumber} of ${period.code} stands: nothing can have changed since. Verify the workbook to see that nothing did.`);
  const { currency } = period;
  const then: Side = (table) => linesOf(sealedLines(workbook, from.sealId, table.table));
  const now: Side = to ? (table) => linesOf(sealedLines(workbook, to.sealId, table.table)) : (table) => linesOfRows(sealedRows(workbook, table, period.periodId));
  const [figuresThen, figuresNow] = [new Figures(), new Figures()];
  const tables: { table: string; added: number; gone: number; changed: number }[] = [];
  const differences: SealDifference[] = [];
  let differencesInAll = 0;
  for (const [index, table] of SEALED_TABLES.entries()) {
    job.checkCancelled();
    job.progress(`Comparing ${period.code}`, index, SEALED_TABLES.length);
    const counts = { table: table.table, added: 0, gone: 0, changed: 0 };
    let lastRow = '';
    const whole: SealedTable = { table: table.table, key: table.key, sql: table.sql, compared: true };
    for (const each of differencesOf(whole, counting(then(table), table.table, figuresThen), counting(now(table), table.table, figuresNow))) {
      if (isNumberedAnew(table, each)) continue;
      const key = keyOf(table, each.row);
      if (each.kind !== 'changed' || key !== lastRow) counts[each.kind] += 1;
      lastRow = key;
      differencesInAll += 1;
      if (differences.length >= request.differencesMax) continue;
      differences.push({
        table: table.table, key, line: lineOf(workbook, each.row), kind: each.kind, column: each.kind === 'changed' ? each.column : '',
        then: each.kind === 'changed' ? shown(each.then) : '', now: each.kind === 'changed' ? shown(each.now) : '',
      });
    }
    if (counts.added + counts.gone + counts.changed > 0) tables.push(counts);
  }
  job.progress(`Comparing ${period.code}`, SEALED_TABLES.length, SEALED_TABLES.length);
  const after = figuresNow.told(currency);
  return done({
    periodCode: period.code,
    currency,
    from,
    to: to ?? null,
    figures: figuresThen.told(currency).map(([name, was], index) => ({ name, then: was, now: after[index]![1] })),
    tables,
    differences,
    differencesInAll,
  });
}
