/**
 * How many period ends an exception has been open over: the same documents, the same residual, the same pattern or the same lack of
 * anything to compare it with on the same line, followed back through the periods before.
 */
import { currencyOfPeriod } from '@shared/domain/instant';
import { currencySql } from '../../workbook/tables/period-codes';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { ReconciliationScope } from '../reconciliation/scope';

/** The periods before in the same currency, latest first, as long as each begins where the one before it ends. */
const formerPeriods = (workbook: SqliteWorkbook, { startInstant, code }: ReconciliationScope): number[] => {
  const former: number[] = [];
  let boundary = startInstant;
  for (const row of workbook.all<{ period_id: number; start_instant: number; cut_off_instant: number }>(
    `SELECT period_id, start_instant, cut_off_instant FROM periods WHERE cut_off_instant <= ? AND ${currencySql('code')} = ? ORDER BY cut_off_instant DESC`,
    startInstant, currencyOfPeriod(code) ?? '',
  )) {
    if (row.cut_off_instant !== boundary) break;
    former.push(row.period_id);
    boundary = row.start_instant;
  }
  return former;
};

/** Of an exception `l` of this period: a document of one of its components was behind this line's variance then, timing or not. */
const SAME_DOCUMENT = `EXISTS (
  SELECT 1 FROM components now JOIN components before ON before.period_id = @former AND before.stock_key_id = now.stock_key_id AND before.documents <> '[]'
  WHERE now.period_id = @period AND now.stock_key_id = l.stock_key_id AND now.documents <> '[]' AND NOT (now.class = 'timing' AND now.suggested = 0)
    AND EXISTS (SELECT 1 FROM json_each(now.documents) a JOIN json_each(before.documents) b ON a.value = b.value))`;
/** The same difference that no document explains. */
const SAME_RESIDUAL = `EXISTS (SELECT 1 FROM lines before WHERE before.period_id = @former AND before.stock_key_id = l.stock_key_id AND (
  (l.count_residual_scaled <> 0 AND before.count_residual_scaled = l.count_residual_scaled)
  OR (l.channel_residual_scaled <> 0 AND before.channel_residual_scaled = l.channel_residual_scaled)
  OR (l.ledger_residual_scaled <> 0 AND before.ledger_residual_scaled = l.ledger_residual_scaled)))`;
/** The same pattern, which names no document. */
const SAME_PATTERN = `EXISTS (SELECT 1 FROM components before WHERE before.period_id = @former AND before.stock_key_id = l.stock_key_id
  AND before.cause = l.cause AND before.documents = '[]')`;

const differs = (line: string) => `(coalesce(${line}.count_variance_scaled, 0) <> 0 OR coalesce(${line}.channel_variance_scaled, 0) <> 0 OR coalesce(${line}.ledger_variance_scaled, 0) <> 0)`;
/** Counted or sold, and unknown to the ERP, which is an exception without a variance. */
const SAME_ABSENCE = `(NOT ${differs('l')} AND EXISTS (SELECT 1 FROM lines before WHERE before.period_id = @former AND before.stock_key_id = l.stock_key_id
  AND before.cleared_by IS NULL AND NOT ${differs('before')}))`;

/** Stamps every exception of the period; set-based, over exceptions only. */
export function stampCloses(workbook: SqliteWorkbook, scope: ReconciliationScope): void {
  const period = scope.periodId;
  workbook.run('DROP TABLE IF EXISTS temp.open_over');
  workbook.run('CREATE TEMP TABLE open_over (stock_key_id INTEGER PRIMARY KEY, closes INTEGER NOT NULL)');
  workbook.run(
    'INSERT INTO temp.open_over SELECT stock_key_id, 1 FROM lines WHERE period_id = ? AND cleared_by IS NULL ORDER BY stock_key_id',
    period,
  );
  for (const [index, former] of formerPeriods(workbook, scope).entries()) {
    const { changes } = workbook.run(
      `UPDATE temp.open_over SET closes = closes + 1 WHERE closes = @closes AND EXISTS (
         SELECT 1 FROM lines l WHERE l.period_id = @period AND l.stock_key_id = open_over.stock_key_id
           AND (${SAME_RESIDUAL} OR ${SAME_PATTERN} OR ${SAME_ABSENCE} OR ${SAME_DOCUMENT}))`,
      { closes: index + 1, period, former },
    );
    if (changes === 0) break;
  }
  workbook.run(
    `UPDATE lines SET age_closes = found.closes FROM temp.open_over found WHERE lines.period_id = ? AND lines.stock_key_id = found.stock_key_id`,
    period,
  );
  workbook.run('DROP TABLE temp.open_over');
}
