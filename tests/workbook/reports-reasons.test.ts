/**
 * Which reasons a report counts: those that a journal would book, or has booked. Without an owner, or given for other figures, they are none.
 */
import { expect, test } from 'vitest';
import { setTag } from '../../electron/services/tags';
import { lateShipment, month, tag } from '../support/case-month';
import { accepted } from '../support/imports';
import { linesOf, reportOf, sectionOf, totalOf } from '../support/report-sums';

/** The mug is 3 short and the cup 1 short; units are scaled by 10,000. */
const [MUG, CUP] = [-30_000, -10_000];

test('a reason without an owner is in no sum, and the note says so', () => {
  const made = month();
  tag(made, made.cup, 'SHRINK');
  tag(made, made.mug, 'SHRINK');
  accepted(setTag(made.book.context, { periodId: made.october, stockKeyId: made.mug, change: { owner: null } }));
  const report = reportOf(made.book.workbook, made.october, 'adjustments');
  expect(totalOf(sectionOf(report, 'by-reason'))).toMatchObject({ lines: 1, units: CUP });
  expect(report.notes.join(' ')).toContain('1 exception has no reason or no owner yet');
});

test('a reason that was given for other figures is in no sum until it is confirmed', () => {
  const made = month();
  tag(made, made.mug, 'SHRINK');
  tag(made, made.cup, 'SHRINK');
  const inventory = () => totalOf(sectionOf(reportOf(made.book.workbook, made.october, 'inventory'), 'by-location'));
  const adjustments = () => totalOf(sectionOf(reportOf(made.book.workbook, made.october, 'adjustments'), 'by-reason'));
  expect([inventory()['adjustment'], adjustments()['units']]).toEqual([MUG + CUP, MUG + CUP]);
  lateShipment(made);
  made.book.reconcile(made.october);
  expect([inventory()['adjustment'], adjustments()['units']]).toEqual([CUP, CUP]);
  const report = reportOf(made.book.workbook, made.october, 'adjustments');
  expect(report.notes.join(' ')).toContain('1 exception has no reason or no owner yet, or a reason for other figures');
  const reasons = linesOf(sectionOf(reportOf(made.book.workbook, made.october, 'change'), 'by-reason'));
  expect(reasons.map((row) => row['now_lines'])).toEqual([1]);
});

test('what has no unit cost is named beside the values that leave it out', () => {
  const made = month({ erp: 'system,sku,location,as_of,on_hand\nerp,POT,Dock,2026-11-01T00:00:00Z,9\nerp,MUG,Dock,2026-11-01T00:00:00Z,50', count: 'sku,location,counted,counted_at\nPOT,Dock,7,2026-11-01T00:00:00Z\nMUG,Dock,47,2026-11-01T00:00:00Z' });
  for (const id of ['change', 'repeat-offenders'] as const) {
    expect(reportOf(made.book.workbook, made.october, id).notes.join(' '), id).toMatch(/1 line that differs has no unit cost|1 exception has no unit cost/);
  }
});
