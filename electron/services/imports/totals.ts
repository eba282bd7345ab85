/**
 * What a period's imports add up to, by system, state and location: read before an import and after it.
 *
 * Positions are chosen as the reconciliation chooses them: of a line's snapshots the one nearest to the cut-off, on a
 * tie the later import; of its counts the highest count number that counted anything.
 */
import type { TotalEffect } from '@shared/domain/import';
import type { ImportKind } from '@shared/domain/import-profile';
import { formatAmount } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { EFFECTS, QUANTITY_STATES, type MovementType, type QuantityState, type System } from '@shared/domain/states';
import type { PeriodFrame } from '../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../workbook/workbook';

/** One total, by its place in the table of effects. */
interface Total {
  readonly system: System | null;
  readonly measure: TotalEffect['measure'];
  readonly location: string | null;
  readonly value: string;
}

// Sums leave SQLite as text: they may pass 2^53.
const stateSums = QUANTITY_STATES.map((state) => `CAST(sum(${state}_scaled) AS TEXT) AS ${state}`).join(', ');

const SNAPSHOT_TOTALS = `
  WITH positions AS (
    SELECT s.*, row_number() OVER (
      PARTITION BY s.stock_key_id, s.system ORDER BY abs(s.as_of_instant - @cutOff), s.import_id DESC, s.row_number DESC
    ) AS place
    FROM snapshots s JOIN imports i USING (import_id) WHERE i.period_id = @period
  )
  SELECT p.system, l.code AS location, ${stateSums}
  FROM positions p JOIN stock_keys k USING (stock_key_id) JOIN locations l USING (location_id)
  WHERE p.place = 1 GROUP BY p.system, l.location_id ORDER BY p.system, l.code`;

function snapshotTotals(workbook: ReadableWorkbook, frame: PeriodFrame): Total[] {
  const rows = workbook.all<Record<QuantityState, string | null> & { system: System; location: string }>(SNAPSHOT_TOTALS, {
    period: frame.periodId,
    cutOff: frame.cutOffInstant,
  });
  return rows.flatMap((row) =>
    QUANTITY_STATES.flatMap((state) => {
      const sum = row[state];
      return sum === null ? [] : [{ system: row.system, measure: state, location: row.location, value: formatQuantity(BigInt(sum)) }];
    }),
  );
}

const MOVEMENT_TOTALS = `
  SELECT m.system, l.code AS location, m.type, CAST(sum(m.quantity_scaled) AS TEXT) AS sum
  FROM movements m JOIN imports i USING (import_id) JOIN stock_keys k USING (stock_key_id) JOIN locations l USING (location_id)
  WHERE i.period_id = ? GROUP BY m.system, l.location_id, m.type ORDER BY m.system, l.code`;

function movementTotals(workbook: ReadableWorkbook, frame: PeriodFrame): Total[] {
  const sums = new Map<string, { readonly system: System; readonly location: string; readonly measure: QuantityState; sum: bigint }>();
  const rows = workbook.all<{ system: System; location: string; type: MovementType; sum: string }>(MOVEMENT_TOTALS, frame.periodId);
  for (const { system, location, type, sum } of rows) {
    for (const [measure, direction] of Object.entries(EFFECTS[type]) as [QuantityState, 1 | -1][]) {
      const key = `${system}\n${location}\n${measure}`;
      const held = sums.get(key) ?? { system, location, measure, sum: 0n };
      held.sum += BigInt(direction) * BigInt(sum);
      sums.set(key, held);
    }
  }
  return [...sums.values()].map(({ sum, ...place }) => ({ ...place, value: formatQuantity(sum) }));
}

const COUNT_TOTALS = `
  WITH counted AS (SELECT c.* FROM counts c JOIN imports i USING (import_id) WHERE i.period_id = ? AND c.counted_scaled IS NOT NULL),
  latest AS (SELECT stock_key_id, max(count_no) AS count_no FROM counted GROUP BY stock_key_id)
  SELECT l.code AS location, CAST(sum(c.counted_scaled) AS TEXT) AS sum
  FROM counted c JOIN latest USING (stock_key_id, count_no) JOIN stock_keys k USING (stock_key_id) JOIN locations l USING (location_id)
  GROUP BY l.location_id ORDER BY l.code`;

function countTotals(workbook: ReadableWorkbook, frame: PeriodFrame): Total[] {
  const rows = workbook.all<{ location: string; sum: string }>(COUNT_TOTALS, frame.periodId);
  return rows.map(({ location, sum }) => ({ system: null, measure: 'counted', location, value: formatQuantity(BigInt(sum)) }));
}

const LEDGER_TOTALS = `
  SELECT CAST(sum(debit_minor) AS TEXT) AS debit, CAST(sum(credit_minor) AS TEXT) AS credit FROM trial_balances
  WHERE import_id = (SELECT max(import_id) FROM imports WHERE period_id = ? AND kind = 'trial_balance' AND state = 'standing')`;

function ledgerTotals(workbook: ReadableWorkbook, frame: PeriodFrame, sql: string): Total[] {
  const row = workbook.get<{ debit: string | null; credit: string | null }>(sql, frame.periodId);
  return (['debit', 'credit'] as const).flatMap((measure) => {
    const sum = row?.[measure];
    return sum == null ? [] : [{ system: null, measure, location: null, value: formatAmount(BigInt(sum), frame.currency) }];
  });
}

const ENTRY_TOTALS = `
  SELECT CAST(sum(debit_minor) AS TEXT) AS debit, CAST(sum(credit_minor) AS TEXT) AS credit
  FROM ledger_entries JOIN imports i USING (import_id) WHERE i.period_id = ?`;

/** The totals that an import of this kind can move. */
export function totalsOf(workbook: ReadableWorkbook, frame: PeriodFrame, kind: ImportKind): Total[] {
  switch (kind) {
    case 'snapshot':
      return snapshotTotals(workbook, frame);
    case 'movements':
      return movementTotals(workbook, frame);
    case 'count':
      return countTotals(workbook, frame);
    case 'trial_balance':
      return ledgerTotals(workbook, frame, LEDGER_TOTALS);
    case 'ledger_entries':
      return ledgerTotals(workbook, frame, ENTRY_TOTALS);
    case 'items':
    case 'tags':
      return [];
  }
}

/** Before and after side by side, for the systems that the import speaks for. */
export function compareTotals(before: readonly Total[], after: readonly Total[], systems: ReadonlySet<System>): TotalEffect[] {
  const keyOf = (total: Total) => `${total.system ?? ''}\n${total.location ?? ''}\n${total.measure}`;
  const effects = new Map<string, TotalEffect>();
  for (const total of before) {
    effects.set(keyOf(total), { system: total.system, measure: total.measure, location: total.location, before: total.value, after: null });
  }
  for (const total of after) {
    const held = effects.get(keyOf(total));
    effects.set(keyOf(total), {
      system: total.system, measure: total.measure, location: total.location, before: held?.before ?? null, after: total.value,
    });
  }
  const measures: readonly string[] = [...QUANTITY_STATES, 'counted', 'debit', 'credit'];
  return [...effects.values()]
    .filter((effect) => effect.system === null || systems.has(effect.system))
    .sort(
      (left, right) =>
        (left.system ?? '').localeCompare(right.system ?? '') ||
        (left.location ?? '').localeCompare(right.location ?? '') ||
        measures.indexOf(left.measure) - measures.indexOf(right.measure),
    );
}
