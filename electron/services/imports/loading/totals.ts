/**
 * What a period's imports add up to, by system, state and location: before an import and after it.
 *
 * Snapshots and movements are counted while they are written; the workbook is asked only for what other imports hold.
 *
 * Positions are chosen as the reconciliation chooses them: of a line's snapshots the one nearest to the cut-off, on a
 * tie the later import; of its counts the highest count number that counted anything.
 */
import type { TotalEffect } from '@shared/domain/import';
import type { ImportKind } from '@shared/domain/import-profile';
import { formatAmount } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { EFFECTS, MOVEMENT_TYPES, QUANTITY_STATES, SYSTEMS, type MovementType, type QuantityState, type System } from '@shared/domain/states';
import type { PeriodFrame } from '../../../workbook/tables/imports';
import { listLocations } from '../../../workbook/tables/locations';
import type { ReadableWorkbook } from '../../../workbook/workbook';
import type { Tally } from '../writers/writer';

/** One total, by its place in the table of effects. */
interface Total {
  readonly system: System | null;
  readonly measure: TotalEffect['measure'];
  readonly location: string | null;
  readonly value: string;
}

// Sums leave SQLite as text: they may pass 2^53.
const stateSums = QUANTITY_STATES.map((state) => `CAST(sum(${state}_scaled) AS TEXT) AS ${state}`).join(', ');

/** An import that was just written, with what its rows add up to. */
interface Written {
  readonly importId: number;
  readonly tally: Tally;
}

interface BeforeAndAfter {
  readonly before: readonly Total[];
  readonly after: readonly Total[];
}

const SNAPSHOT_TOTALS = `
  WITH positions AS (
    SELECT s.*, row_number() OVER (
      PARTITION BY s.stock_key_id ORDER BY abs(s.as_of_instant - @cutOff), s.import_id DESC, s.row_number DESC
    ) AS place
    FROM snapshots s JOIN imports i USING (import_id)
    WHERE i.period_id = @period AND s.system = @system AND s.import_id IS NOT @except
  )
  SELECT l.code AS location, ${stateSums}
  FROM positions p JOIN stock_keys k USING (stock_key_id) JOIN locations l USING (location_id)
  WHERE p.place = 1 GROUP BY l.location_id ORDER BY l.code`;

/** What a system says of the period, from all its snapshots but those of one import. */
function positionTotals(workbook: ReadableWorkbook, frame: PeriodFrame, system: System, except: number | null): Total[] {
  const rows = workbook.all<Record<QuantityState, string | null> & { location: string }>(SNAPSHOT_TOTALS, {
    period: frame.periodId, cutOff: frame.cutOffInstant, system, except,
  });
  return rows.flatMap((row) =>
    QUANTITY_STATES.flatMap((state) => {
      const sum = row[state];
      return sum === null ? [] : [{ system, measure: state, location: row.location, value: formatQuantity(BigInt(sum)) }];
    }),
  );
}

/** The other imports of the period that may hold a snapshot of the system. */
const OTHERS_OF_SYSTEM = `SELECT 1 FROM imports i WHERE i.period_id = ? AND i.kind = 'snapshot' AND i.import_id <> ?
  AND coalesce(i.system, ?) = ? AND EXISTS (SELECT 1 FROM snapshots s WHERE s.import_id = i.import_id AND s.system = ?) LIMIT 1`;

function snapshotTotals(workbook: ReadableWorkbook, frame: PeriodFrame, { importId, tally }: Written, systems: ReadonlySet<System>): BeforeAndAfter {
  const codes = new Map(listLocations(workbook).map(({ location_id, code }) => [location_id, code]));
  const before: Total[] = [];
  const after: Total[] = [];
  for (const system of systems) {
    const others = workbook.get(OTHERS_OF_SYSTEM, frame.periodId, importId, system, system, system) !== undefined;
    if (others) before.push(...positionTotals(workbook, frame, system, importId));
    // Each line has one position then, and every row of the import is one.
    const isWhole = !others && tally.asOfInstants.get(system) !== null;
    const own = tally.sums.all().filter((each) => each.system === system);
    after.push(
      ...(isWhole
        ? own.map(({ locationId, figure, sum }) => ({ system, measure: QUANTITY_STATES[figure]!, location: codes.get(locationId)!, value: formatQuantity(sum) }))
        : positionTotals(workbook, frame, system, null)),
    );
  }
  return { before, after };
}

const MOVEMENT_TOTALS = `
  SELECT m.system, k.location_id, m.type, CAST(sum(m.quantity_scaled) AS TEXT) AS sum
  FROM movements m JOIN stock_keys k USING (stock_key_id) WHERE m.import_id = ? GROUP BY m.system, k.location_id, m.type`;

/** Without an import that was just written: what all of them hold, as before and after. */
function movementTotals(workbook: ReadableWorkbook, frame: PeriodFrame, written?: Written): BeforeAndAfter {
  const codes = new Map(listLocations(workbook).map(({ location_id, code }) => [location_id, code]));
  const sums = new Map<string, { readonly system: System; readonly location: string; readonly measure: QuantityState; sum: bigint }>();
  const add = (system: System, locationId: number, type: MovementType, sum: bigint) => {
    const location = codes.get(locationId)!;
    for (const [measure, direction] of Object.entries(EFFECTS[type]) as [QuantityState, 1 | -1][]) {
      const key = `${system}\n${location}\n${measure}`;
      const held = sums.get(key) ?? { system, location, measure, sum: 0n };
      held.sum += BigInt(direction) * sum;
      sums.set(key, held);
    }
  };
  const totals = () => [...sums.values()].map(({ sum, ...place }) => ({ ...place, value: formatQuantity(sum) }));
  const others = workbook.column("SELECT import_id FROM imports WHERE period_id = ? AND kind = 'movements' AND import_id IS NOT ?", frame.periodId, written?.importId ?? null);
  for (const other of others) {
    const rows = workbook.all<{ system: System; location_id: number; type: MovementType; sum: string }>(MOVEMENT_TOTALS, other);
    for (const { system, location_id, type, sum } of rows) add(system, location_id, type, BigInt(sum));
  }
  const before = totals();
  for (const { system, locationId, figure, sum } of written?.tally.sums.all() ?? []) add(system, locationId, MOVEMENT_TYPES[figure]!, sum);
  return { before, after: totals() };
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

/** Everything that the period's imports of a kind add up to now. */
export function totalsOf(workbook: ReadableWorkbook, frame: PeriodFrame, kind: ImportKind): readonly Total[] {
  switch (kind) {
    case 'count':
      return countTotals(workbook, frame);
    case 'trial_balance':
      return ledgerTotals(workbook, frame, LEDGER_TOTALS);
    case 'ledger_entries':
      return ledgerTotals(workbook, frame, ENTRY_TOTALS);
    case 'snapshot':
      return SYSTEMS.flatMap((system) => positionTotals(workbook, frame, system, null));
    case 'movements':
      return movementTotals(workbook, frame).after;
    case 'items':
    case 'tags':
      return [];
  }
}

const COUNTED_WHILE_WRITTEN: ReadonlySet<ImportKind> = new Set(['snapshot', 'movements']);

/**
 * What stands before an import; undefined where it follows from what the import itself adds.
 *
 * @param replaces whether another import's rows leave in the same transaction
 */
export function totalsBefore(workbook: ReadableWorkbook, frame: PeriodFrame, kind: ImportKind, replaces: boolean): readonly Total[] | undefined {
  return COUNTED_WHILE_WRITTEN.has(kind) && !replaces ? undefined : totalsOf(workbook, frame, kind);
}

/**
 * What an import that was just written changes of the totals it can move.
 *
 * @param before what `totalsBefore` said before it was written
 */
export function totalsChanged(
  workbook: ReadableWorkbook, frame: PeriodFrame, kind: ImportKind, written: Written, before: readonly Total[] | undefined,
  systems: ReadonlySet<System>,
): TotalEffect[] {
  const totals = (): BeforeAndAfter => {
    if (before) return { before, after: totalsOf(workbook, frame, kind) };
    return kind === 'snapshot' ? snapshotTotals(workbook, frame, written, systems) : movementTotals(workbook, frame, written);
  };
  const { before: stood, after } = totals();
  return compareTotals(stood, after, systems);
}

/** Before and after side by side, for the systems that the import speaks for and whatever else it moved. */
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
    .filter((effect) => effect.system === null || systems.has(effect.system) || effect.before !== effect.after)
    .sort(
      (left, right) =>
        (left.system ?? '').localeCompare(right.system ?? '') ||
        (left.location ?? '').localeCompare(right.location ?? '') ||
        measures.indexOf(left.measure) - measures.indexOf(right.measure),
    );
}
