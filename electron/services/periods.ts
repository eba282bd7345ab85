/**
 * Periods: a month with its cut-off in the workbook's time zone and its reconciliation window.
 */
import { currencyOfPeriod, isPeriodCode, monthOfPeriod, periodBounds, previousPeriodCode } from '@shared/domain/instant';
import { isCurrency } from '@shared/domain/money';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { Period } from '@shared/contract/workbook';
import { appendAudit } from '../workbook/audit';
import { closingCurrency, ownCurrency } from '../workbook/tables/period-codes';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';
import { closeAtLocations } from './location-closes';
import { workbookRow } from './workbooks';

/** A row of the table `periods`. */
export interface PeriodRow {
  readonly period_id: number;
  readonly code: string;
  readonly start_instant: number;
  readonly cut_off_instant: number;
  readonly window_hours: number;
  readonly state: 'open' | 'locked';
  readonly reconciled_instant: number | null;
  readonly locked_instant: number | null;
}

const toPeriod = (workbook: ReadableWorkbook, row: PeriodRow): Period => ({
  periodId: row.period_id,
  code: row.code,
  currency: closingCurrency(workbook, row.code),
  startInstant: row.start_instant,
  cutOffInstant: row.cut_off_instant,
  windowHours: row.window_hours,
  state: row.state,
  reconciledInstant: row.reconciled_instant,
  lockedInstant: row.locked_instant,
});

/** Every period, oldest first. */
export const listPeriods = (workbook: ReadableWorkbook): Period[] =>
  workbook.all<PeriodRow>('SELECT * FROM periods ORDER BY code').map((row) => toPeriod(workbook, row));

export function findPeriod(workbook: ReadableWorkbook, periodId: number): Period | undefined {
  const row = workbook.get<PeriodRow>('SELECT * FROM periods WHERE period_id = ?', periodId);
  return row && toPeriod(workbook, row);
}

export function findPeriodByCode(workbook: ReadableWorkbook, code: string): Period | undefined {
  const row = workbook.get<PeriodRow>('SELECT * FROM periods WHERE code = ?', code);
  return row && toPeriod(workbook, row);
}

export const periodMissing = (periodId: number) =>
  refused('period_missing', `Period ${periodId} is not in this workbook. Choose one from the list of periods.`);

export const periodLocked = (period: Period) =>
  refused('period_locked', `${period.code} is locked. A locked period does not change; work in an open one.`);

/**
 * Makes a month, closed in the workbook's own currency or in the one that its code names. The cut-off is the first instant of the next month in the workbook's time zone, and at a
 * location that has one in its own.
 */
export function createPeriod(context: ServiceContext, code: string, windowHours: number): Outcome<Period, 'period_exists' | 'period_code' | 'period_currency'> {
  const { workbook } = context;
  if (!isPeriodCode(code)) return refused('period_code', `${code} is no period. Give a month as YYYY-MM, and for another currency than the workbook's its code behind it, as in 2026-10-EUR.`);
  const currency = currencyOfPeriod(code);
  if (currency !== undefined && !isCurrency(currency)) return refused('period_currency', `${code}: ${currency} is no currency code. Give the three capital letters of ISO 4217.`);
  if (currency === ownCurrency(workbook)) {
    return refused('period_currency', `${code}: the workbook is kept in ${currency}, and its own period is ${monthOfPeriod(code)}. Give that, or another currency.`);
  }
  return inTransaction(workbook, () => {
    const existing = findPeriodByCode(workbook, code);
    if (existing) return refused('period_exists', `${code} is in this workbook already (${existing.state}). Open it from the list of periods.`);
    const bounds = periodBounds(code, workbookRow(workbook).time_zone);
    const { lastInsertRowid } = workbook.run(
      'INSERT INTO periods (code, start_instant, cut_off_instant, window_hours) VALUES (?, ?, ?, ?)',
      code, bounds.startInstant, bounds.cutOffInstant, windowHours,
    );
    const period = { periodId: lastInsertRowid, code, ...bounds };
    closeAtLocations(workbook, period, findPeriodByCode(workbook, previousPeriodCode(code)));
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'period.create',
      periodId: lastInsertRowid,
      subject: `period:${code}`,
      detail: { code, cutOffInstant: bounds.cutOffInstant, windowHours },
    });
    return done(findPeriod(workbook, lastInsertRowid)!);
  });
}

/** Changes the reconciliation window; the next reconciliation uses it. */
export function setWindow(context: ServiceContext, periodId: number, windowHours: number): Outcome<Period, 'period_missing' | 'period_locked'> {
  const { workbook } = context;
  return inTransaction(workbook, () => {
    const period = findPeriod(workbook, periodId);
    if (!period) return periodMissing(periodId);
    if (period.state === 'locked') return periodLocked(period);
    workbook.run('UPDATE periods SET window_hours = ? WHERE period_id = ?', windowHours, periodId);
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'period.setWindow',
      periodId,
      subject: `period:${period.code}`,
      detail: { before: { windowHours: period.windowHours }, after: { windowHours } },
    });
    return done(findPeriod(workbook, periodId)!);
  });
}
