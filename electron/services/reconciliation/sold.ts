/**
 * How many units of a line were sold in the period: what makes negative stock urgent.
 */
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { ReconciliationScope } from './scope';

const HAS_VARIANCE = '(count_variance_scaled <> 0 OR channel_variance_scaled <> 0 OR ledger_variance_scaled <> 0)';

/**
 * Writes the units sold onto the lines that hold a variance: the most that one of storefront and ERP says was ordered
 * (less what was cancelled) or shipped from the period's start to its cut-off. Stays unknown where no file tells of
 * orders or shipments. The same posting in two overlapping files counts once.
 */
export function writeSold(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  const tells = (['erp', 'storefront'] as const).some((system) =>
    (['order', 'shipment'] as const).some((type) => scope.reach[system].coveredTypes.has(type)),
  );
  if (!tells) return;
  workbook.run(`UPDATE lines SET sold_scaled = 0 WHERE period_id = ? AND ${HAS_VARIANCE}`, scope.periodId);
  workbook.run(
    `UPDATE lines SET sold_scaled = max(0, sold.most_scaled) FROM (
       SELECT stock_key_id, max(sold_scaled) AS most_scaled FROM (
         SELECT stock_key_id, sum(CASE type WHEN 'cancellation' THEN -quantity_scaled ELSE quantity_scaled END) AS sold_scaled
         FROM (SELECT DISTINCT m.stock_key_id, m.system, m.type, m.document, m.line, m.quantity_scaled, m.occurred_instant
               FROM (SELECT stock_key_id FROM lines WHERE period_id = @periodId AND ${HAS_VARIANCE}) l
               CROSS JOIN movements m ON m.stock_key_id = l.stock_key_id
               WHERE m.system IN ('erp', 'storefront') AND m.type IN ('order', 'shipment', 'cancellation')
                 AND m.occurred_instant > @start AND m.occurred_instant <= @cutOff
                 AND m.import_id IN (SELECT value FROM json_each(@imports)))
         GROUP BY stock_key_id, system, type = 'shipment')
       GROUP BY stock_key_id) sold
     WHERE lines.period_id = @periodId AND lines.stock_key_id = sold.stock_key_id`,
    {
      periodId: scope.periodId,
      start: scope.startInstant,
      cutOff: scope.cutOffInstant,
      imports: JSON.stringify([...scope.movements.rankOf.keys()]),
    },
  );
}
