/**
 * Looks through the files for open orders, reservations and returns of every line that is over tolerance and would be adjusted.
 * Set-based over those lines only; the sentences are `shared/domain/follow-up/checks.ts`.
 */
import { checkFindings, type CheckFacts, type OpenDocument, type StatedQuantity } from '@shared/domain/follow-up/checks';
import { SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import { RowInserter } from '../../workbook/row-inserter';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Bounds } from '../reconciliation/bounds';
import type { ReconciliationScope } from '../reconciliation/scope';

/** What opens a document and what closes it again. */
const SUBJECTS = {
  orders: { opens: ['order'], closes: ['shipment', 'cancellation'] },
  returns: { opens: ['return_received'], closes: ['return_restocked', 'return_scrapped'] },
} as const satisfies Record<string, { readonly opens: readonly MovementType[]; readonly closes: readonly MovementType[] }>;
type Subject = keyof typeof SUBJECTS;

const quoted = (types: readonly MovementType[]): string => types.map((type) => `'${type}'`).join(', ');

/** The lines to look at, each with its cut-off. */
function fillCheckedLines(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run('DROP TABLE IF EXISTS temp.checked_lines');
  workbook.run('CREATE TEMP TABLE checked_lines (stock_key_id INTEGER PRIMARY KEY, cut_off_instant INTEGER NOT NULL)');
  workbook.run(
    `INSERT INTO temp.checked_lines SELECT l.stock_key_id, coalesce(b.cut_off_instant, @cutOff)
     FROM lines l JOIN stock_keys k USING (stock_key_id) LEFT JOIN period_locations b ON b.period_id = l.period_id AND b.location_id = k.location_id
     WHERE l.period_id = @period AND l.cleared_by IS NULL AND l.adjustment_scaled <> 0 ORDER BY l.stock_key_id`,
    { period: scope.periodId, cutOff: scope.cutOffInstant },
  );
}

/**
 * Documents that were opened and not closed by the cut-off. Systems repeat each other, so of each kind of posting the system that
 * tells of most counts; a posting that stands in two overlapping exports, or that one system posted twice, counts once.
 */
function openDocuments(workbook: SqliteWorkbook, scope: ReconciliationScope, subject: Subject): Map<number, OpenDocument[]> {
  const { opens, closes } = SUBJECTS[subject];
  const rows = workbook.all<{ stock_key_id: number; document: string; open_scaled: number }>(
    `WITH postings AS (
       SELECT x.stock_key_id, m.system, m.type, m.document, m.line, m.reference, m.quantity_scaled, m.occurred_instant, m.import_id,
         CASE WHEN m.line = '' THEN count(*) ELSE 1 END AS times
       FROM temp.checked_lines x CROSS JOIN movements m ON m.stock_key_id = x.stock_key_id
       WHERE m.type IN (${quoted([...opens, ...closes])}) AND m.occurred_instant <= x.cut_off_instant
         AND m.import_id IN (SELECT value FROM json_each(@imports))
       GROUP BY x.stock_key_id, m.system, m.type, m.document, m.line, m.reference, m.quantity_scaled, m.occurred_instant, m.import_id),
     once AS (
       SELECT stock_key_id, system, type, CASE WHEN type IN (${quoted(opens)}) OR reference = '' THEN document ELSE reference END AS document,
         quantity_scaled * max(times) AS quantity_scaled
       FROM postings GROUP BY stock_key_id, system, type, document, line, reference, quantity_scaled, occurred_instant),
     told AS (
       SELECT stock_key_id, document, type, system, sum(quantity_scaled) AS quantity_scaled FROM once GROUP BY stock_key_id, document, type, system),
     most AS (
       SELECT stock_key_id, document, type, max(quantity_scaled) AS quantity_scaled FROM told GROUP BY stock_key_id, document, type)
     SELECT stock_key_id, document, sum(CASE WHEN type IN (${quoted(opens)}) THEN quantity_scaled ELSE -quantity_scaled END) AS open_scaled
     FROM most GROUP BY stock_key_id, document
     HAVING max(type IN (${quoted(opens)})) AND open_scaled > 0 ORDER BY stock_key_id, document`,
    { imports: JSON.stringify([...scope.movements.rankOf.keys()]) },
  );
  const open = new Map<number, OpenDocument[]>();
  for (const row of rows) {
    const of = open.get(row.stock_key_id) ?? [];
    of.push({ document: row.document, unitsScaled: row.open_scaled });
    open.set(row.stock_key_id, of);
  }
  return open;
}

const HELD_STATES = ['committed', 'reserved', 'quarantined', 'unavailable'] as const;
type Stated = Readonly<Record<(typeof HELD_STATES)[number], StatedQuantity[]>>;

/** What each system states of held quantities, from its figure nearest to the cut-off. */
function statedQuantities(workbook: SqliteWorkbook, scope: ReconciliationScope): Map<number, Stated> {
  type Row = { readonly [State in (typeof HELD_STATES)[number] as `${State}_scaled`]: number | null } & { readonly stock_key_id: number; readonly system: System };
  const stated = new Map<number, Stated>();
  const seen = new Set<string>();
  for (const row of workbook.all<Row>(
    `SELECT s.stock_key_id, s.system, s.committed_scaled, s.reserved_scaled, s.quarantined_scaled, s.unavailable_scaled
     FROM temp.checked_lines x CROSS JOIN imports n ON n.period_id = @period AND n.kind = 'snapshot'
     JOIN snapshots s ON s.import_id = n.import_id AND s.stock_key_id = x.stock_key_id
     ORDER BY s.stock_key_id, s.system, abs(s.as_of_instant - x.cut_off_instant), n.imported_instant DESC, n.import_id DESC, s.row_number DESC`,
    { period: scope.periodId },
  )) {
    const key = `${row.stock_key_id} ${row.system}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const of = stated.get(row.stock_key_id) ?? { committed: [], reserved: [], quarantined: [], unavailable: [] };
    for (const state of HELD_STATES) {
      const quantityScaled = row[`${state}_scaled`];
      if (quantityScaled !== null) of[state].push({ system: row.system, quantityScaled });
    }
    stated.set(row.stock_key_id, of);
  }
  return stated;
}

/** A system's files tell of these types, and reach to within the window of the location's cut-off. */
function tells({ reach }: ReconciliationScope, { cutOffInstant, windowMs }: Bounds, types: readonly MovementType[]): boolean {
  return SYSTEMS.some((system) => {
    const { coveredTypes, reachInstant } = reach[system];
    return types.some((type) => coveredTypes.has(type)) && reachInstant !== null && reachInstant >= cutOffInstant - windowMs;
  });
}

/** Writes the findings of every line that would be adjusted. What people checked stays. */
export function writeChecks(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  workbook.run('DELETE FROM line_checks WHERE period_id = ?', scope.periodId);
  fillCheckedLines(workbook, scope);
  const openOrders = openDocuments(workbook, scope, 'orders');
  const openReturns = openDocuments(workbook, scope, 'returns');
  const stated = statedQuantities(workbook, scope);
  const keys = workbook.all<{ key: number; location: number }>(
    'SELECT x.stock_key_id AS key, k.location_id AS location FROM temp.checked_lines x JOIN stock_keys k USING (stock_key_id) ORDER BY x.stock_key_id',
  );
  workbook.run('DROP TABLE temp.checked_lines');
  const rows = new RowInserter(workbook, 'INSERT INTO line_checks (period_id, stock_key_id, waiting, findings)', '(?, ?, ?, ?)', 25);
  for (const { key, location } of keys) {
    const bounds = scope.boundsAt(location);
    const of = stated.get(key);
    const facts: CheckFacts = {
      tellsOrders: tells(scope, bounds, SUBJECTS.orders.opens) && tells(scope, bounds, SUBJECTS.orders.closes),
      tellsReturns: tells(scope, bounds, SUBJECTS.returns.opens),
      openOrders: openOrders.get(key) ?? [], openReturns: openReturns.get(key) ?? [],
      committed: of?.committed ?? [], reserved: of?.reserved ?? [], quarantined: of?.quarantined ?? [], unavailable: of?.unavailable ?? [],
    };
    const findings = checkFindings(facts);
    rows.put(scope.periodId);
    rows.put(key);
    rows.put(findings.every((finding) => finding.isAnswered) ? 0 : 1);
    rows.put(JSON.stringify(findings));
  }
  rows.flush();
}
