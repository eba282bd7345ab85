/**
 * What a system itself posted between a period's start and its cut-off, per line and type: the middle of a roll-forward
 * and of a proof of quantity.
 *
 * Two exports may hold the same posting; it counts as often as the file that holds it most often says.
 */
import type { MovementType, System } from '@shared/domain/states';
import { SAME_POSTING } from '../workbook/tables/movements';
import type { ReadableWorkbook, SqlValue } from '../workbook/workbook';
import { boundsByLocation, type PeriodScope } from './reconciliation/scope';

/** A FROM clause that names the postings `m`, one row per posting with its `quantity_scaled`, and its parameters. */
export interface FlowSource {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, SqlValue>>;
}

function spansOverlap(workbook: ReadableWorkbook, scope: PeriodScope, systems: readonly System[]): boolean {
  if (scope.movements.rankOf.size < 2) return false;
  const spans = workbook.all<{ system: System; first: number; last: number }>(
    `SELECT system, min(posted_instant) AS first, max(posted_instant) AS last FROM movements
     WHERE system IN (SELECT value FROM json_each(?)) AND import_id IN (SELECT value FROM json_each(?)) GROUP BY import_id, system ORDER BY 1, 2`,
    JSON.stringify(systems), JSON.stringify([...scope.movements.rankOf.keys()]),
  );
  return spans.some(({ system, last }, index) => spans.slice(index + 1).some((other) => other.system === system && other.first <= last));
}

/** Postings of these systems and types within the bounds of the period, or of the location where it has bounds of its own. */
export function postedInPeriod(workbook: ReadableWorkbook, scope: PeriodScope, systems: readonly System[], types: readonly MovementType[]): FlowSource {
  const hasOwnBounds = workbook.get('SELECT 1 FROM period_locations WHERE period_id = ? LIMIT 1', scope.periodId) !== undefined;
  const [start, until] = hasOwnBounds ? ['(b.value ->> 1)', '(b.value ->> 2)'] : ['@start', '@until'];
  const bounds = hasOwnBounds ? ' JOIN stock_keys x ON x.stock_key_id = p.stock_key_id JOIN json_each(@bounds) b ON b.value ->> 0 = x.location_id' : '';
  // Both lists are closed ones of the domain: no text of a request becomes SQL.
  const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');
  const where = `FROM movements p${bounds} WHERE p.system IN (${quoted(systems)}) AND p.type IN (${quoted(types)})
    AND p.posted_instant > ${start} AND p.posted_instant <= ${until} AND p.import_id IN (SELECT value FROM json_each(@imports))`;
  const same = SAME_POSTING.map((column) => `p.${column}`).join(', ');
  const sql = spansOverlap(workbook, scope, systems)
    ? `(SELECT stock_key_id, system, type, quantity_scaled * max(times) AS quantity_scaled FROM (
         SELECT ${same}, count(*) AS times ${where} GROUP BY p.import_id, ${same}) GROUP BY ${SAME_POSTING.join(', ')}) m`
    : `(SELECT p.stock_key_id, p.system, p.type, p.quantity_scaled ${where}) m`;
  return {
    sql,
    parameters: {
      period: scope.periodId,
      imports: JSON.stringify([...scope.movements.rankOf.keys()]),
      ...(hasOwnBounds ? { bounds: JSON.stringify(boundsByLocation(workbook, scope)) } : { start: scope.startInstant, until: scope.cutOffInstant }),
    },
  };
}
