/**
 * The line that a note or an attachment is put on: whether it is there and may be written, and how messages call it.
 */
import type { Period } from '@shared/contract/workbook';
import type { Withdrawn } from '@shared/domain/notes';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { findPeriod, periodLocked, periodMissing } from '../periods';
import { isLine, lineName } from '../tags';

export interface LineKey {
  readonly periodId: number;
  readonly stockKeyId: number;
}

/** A line of an open period. A line that an approved journal holds still takes notes and attachments: they move no figure. */
export function writableLine(workbook: ReadableWorkbook, { periodId, stockKeyId }: LineKey): Outcome<{ readonly period: Period; readonly name: string }, 'period_missing' | 'period_locked' | 'line_missing'> {
  const period = findPeriod(workbook, periodId);
  if (!period) return periodMissing(periodId);
  if (period.state === 'locked') return periodLocked(period);
  const name = lineName(workbook, stockKeyId);
  if (!isLine(workbook, periodId, stockKeyId)) return refused('line_missing', `${name} is no line of period ${period.code}. Reconcile first, or check the item and the location.`);
  return done({ period, name });
}

/** Whether something that stands in a period may be withdrawn now: the period is open, and it was not withdrawn before. */
export function withdrawable(
  workbook: ReadableWorkbook, row: { readonly period_id: number; readonly withdrawn_instant: number | null; readonly withdrawn_by: string | null }, what: string,
): Outcome<Record<string, never>, 'period_locked' | 'withdrawn_already'> {
  const period = findPeriod(workbook, row.period_id)!;
  if (period.state === 'locked') return periodLocked(period);
  if (row.withdrawn_instant !== null) return refused('withdrawn_already', `${what} was withdrawn already, by ${row.withdrawn_by}. Nothing is left to do.`);
  return done({});
}

/** What the columns of a row say of its withdrawal. */
export const withdrawnOf = (row: { readonly withdrawn_instant: number | null; readonly withdrawn_by: string | null; readonly withdrawn_why: string | null }): Withdrawn | null =>
  row.withdrawn_instant === null ? null : { atInstant: row.withdrawn_instant, by: row.withdrawn_by!, why: row.withdrawn_why! };
