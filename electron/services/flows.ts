/**
 * What a system itself posted between a period's start and its cut-off, per line and type: the middle of a roll-forward
 * and of a proof of quantity.
 *
 * Two exports may hold the same posting; it counts as often as the file that holds it most often says.
 */
import type { System } from '@shared/domain/states';
import { SAME_POSTING } from '../workbook/tables/movements';
import type { ReadableWorkbook, SqlValue } from '../workbook/workbook';
import type { PeriodScope } from './reconciliation/scope';

/** A FROM clause that names the postings `m`, one row per posting with its `quantity_scaled`, and its parameters. */
export interface FlowSource {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, SqlValue>>;
}

function spansOverlap(workbook: ReadableWorkbook, scope: PeriodScope, system: System): boolean {
  const spans = workbook.all<{ first: number; last: number }>(
    `SELECT min(posted_instant) AS first, max(posted_instant) AS last FROM movements
     WHERE system = ? AND import_id IN (SELECT value FROM json_each(?)) GROUP BY import_id ORDER BY 1`,
    system, JSON.stringify([...scope.movements.rankOf.keys()]),
  );
  let reach = -Infinity;
  for (const { first, last } of spans) {
    if (first <= reach) return true;
    reach = Math.max(reach, last);
  }
  return false;
}

/** Postings of a system within the bounds of the period, or of the location where it has bounds of its own. */
export function postedInPeriod(workbook: ReadableWorkbook, scope: PeriodScope, system: System): FlowSource {
  const hasOwnBounds = workbook.get('SELECT 1 FROM period_locations WHERE period_id = ? LIMIT 1', scope.periodId) !== undefined;
  const [start, until] = hasOwnBounds
    ? ['coalesce(b.start_instant, @start)', 'coalesce(b.cut_off_instant, @until)']
    : ['@start', '@until'];
  const bounds = hasOwnBounds
    ? ` JOIN stock_keys x ON x.stock_key_id = p.stock_key_id LEFT JOIN period_locations b ON b.period_id = @period AND b.location_id = x.location_id`
    : '';
  const where = `FROM movements p${bounds} WHERE p.system = @${system} AND p.posted_instant > ${start} AND p.posted_instant <= ${until}
    AND p.import_id IN (SELECT value FROM json_each(@imports))`;
  const same = SAME_POSTING.map((column) => `p.${column}`).join(', ');
  const sql = spansOverlap(workbook, scope, system)
    ? `(SELECT stock_key_id, type, quantity_scaled * max(times) AS quantity_scaled FROM (
         SELECT ${same}, count(*) AS times ${where} GROUP BY p.import_id, ${same}) GROUP BY ${SAME_POSTING.join(', ')}) m`
    : `(SELECT p.stock_key_id, p.type, p.quantity_scaled ${where}) m`;
  return {
    sql,
    parameters: {
      period: scope.periodId, start: scope.startInstant, until: scope.cutOffInstant, [system]: system,
      imports: JSON.stringify([...scope.movements.rankOf.keys()]),
    },
  };
}
