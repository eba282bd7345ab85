/**
 * A later export against a locked period: what the source system changed after the close, in units and money, while the
 * period stays byte for byte what it was.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { comparisonCsv } from '../../electron/files/comparison-csv';
import { auditPage } from '../../electron/services/audit-trail';
import { compareWithPeriod } from '../../electron/services/imports';
import { saveComparison } from '../../electron/services/imports/life/save-text';
import { correctRow, listQuarantine } from '../../electron/services/quarantine';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { findChainBreak } from '../../electron/workbook/audit';
import { accepted, contentOf, importFile, requestFor } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const SNAPSHOT = 'system,sku,location,as_of,on_hand,committed,unit_cost,currency';
const WHEN = '2026-10-31T22:30:00-07:00';
const named = (name: string, ...rows: string[]) => ({ name, text: `${rows.join('\n')}\n` });
const posting = (type: string, document: string, sku: string, quantity: number) => `erp,${type},${document},1,${sku},Depot,${quantity},${WHEN},${WHEN}`;

async function lockedPeriod(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, named('erp.csv', SNAPSHOT,
    `erp,A,Depot,${WHEN},10,1,2.345678,USD`, `erp,B,Depot,${WHEN},5,,3.00,USD`, `erp,C,Depot,${WHEN},7,,,`, `erp,A,Store,${WHEN},2,,2.345678,USD`));
  await importFile(fixture, named('moves.csv', MOVEMENTS, posting('receipt', 'PO-1', 'A', 3), posting('shipment', 'SO-1', 'B', 2), posting('order', 'O-1', 'B', 2)));
  await importFile(fixture, named('count.csv', COUNTS, `S,1,A,Depot,10,${WHEN}`));
  accepted(reconcilePeriod(fixture.context, fixture.periodId));
  fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1 WHERE period_id = ?", fixture.periodId);
  return fixture;
}

const compare = async (fixture: WorkbookFixture, file: Parameters<typeof requestFor>[1]) => accepted(await compareWithPeriod(fixture.context, requestFor(fixture, file)));
const content = (fixture: WorkbookFixture) => ({ ...contentOf(fixture), audit_events: [] });

test('lines that changed, came and went are told with the money that they move, exactly', async () => {
  const fixture = await lockedPeriod();
  const before = content(fixture);
  const comparison = await compare(fixture, named('erp again.csv', SNAPSHOT,
    `erp,A,Depot,${WHEN},13,2,9.99,USD`, `erp,C,Depot,${WHEN},5,,,`, `erp,NEW,Depot,${WHEN},4,,1.00,USD`, `erp,A,Nowhere,,1,,,`));
  expect(content(fixture)).toEqual(before);
  expect(comparison).toMatchObject({
    periodCode: '2026-10', kind: 'snapshot', against: [{ fileName: 'erp.csv' }], rowsAccepted: 3, rowsQuarantined: 1,
    spans: { before: [Date.parse(WHEN), Date.parse(WHEN)], after: [Date.parse(WHEN), Date.parse(WHEN)] },
  });
  const rows = comparison.lines.map((line) => [line.change, line.sku, line.location, line.measure, line.before, line.after, line.delta, line.unitCost, line.value]);
  expect(rows.filter(([, , , measure]) => measure !== 'unit_cost')).toEqual([
    ['removed', 'B', 'Depot', 'on_hand', '5', null, '-5', '3.00', '-15.00'],
    ['added', 'NEW', 'Depot', 'on_hand', null, '4', '4', null, null],
    ['changed', 'A', 'Depot', 'on_hand', '10', '13', '3', '2.345678', '7.037034'],
    ['changed', 'C', 'Depot', 'on_hand', '7', '5', '-2', null, null],
    ['changed', 'A', 'Depot', 'committed', '1', '2', '1', '2.345678', null],
  ]);
  expect(comparison.totals).toContainEqual({ system: 'erp', measure: 'on_hand', before: '22', after: '22', delta: '0', value: '-7.962966', withoutCost: 2 });
  expect(comparison.totals).toContainEqual({ system: 'erp', measure: 'committed', before: '1', after: '2', delta: '1', value: null, withoutCost: 0 });
});

test('a comparison is told in the audit trail with its figures, and the chain holds', async () => {
  const fixture = await lockedPeriod();
  await compare(fixture, named('erp again.csv', SNAPSHOT, `erp,A,Depot,${WHEN},13,1,2.345678,USD`, `erp,A,Store,${WHEN},2,,2.345678,USD`));
  const [event] = auditPage(fixture.workbook, { offset: 0, limit: 1, text: '', periodId: fixture.periodId }).events;
  expect(event).toMatchObject({ action: 'comparison.made', sentence: 'Compared erp again.csv with period 2026-10: 1 changed, 0 new, 3 gone since the close' });
  expect(JSON.parse(event!.detail)).toMatchObject({ changed: 1, removed: 3, unchanged: 4 });
  expect(findChainBreak(fixture.workbook)).toBeUndefined();
});

test('documents that were added, taken away or changed are told, each with what it moves on hand', async () => {
  const fixture = await lockedPeriod();
  const comparison = await compare(fixture, named('moves again.csv', MOVEMENTS,
    posting('receipt', 'PO-1', 'A', 5), posting('shipment', 'SO-2', 'B', 1), posting('order', 'O-1', 'B', 4)));
  expect(comparison.lines.map((line) => [line.change, line.document, line.measure, line.before, line.after, line.delta, line.value])).toEqual([
    ['changed', 'PO-1', 'receipt', '3', '5', '2', '4.691356'],
    ['changed', 'O-1', 'order', '2', '4', '2', null],
    ['removed', 'SO-1', 'shipment', '2', null, '-2', '6.00'],
    ['added', 'SO-2', 'shipment', null, '1', '1', '-3.00'],
  ]);
  expect(comparison.totals.find(({ measure }) => measure === 'shipment')).toMatchObject({ before: '2', after: '1', delta: '-1', value: '3.00' });
});

test('an export of one location says nothing of the others', async () => {
  const fixture = await lockedPeriod();
  const comparison = await compare(fixture, named('store.csv', SNAPSHOT, `erp,A,Store,${WHEN},2,,2.345678,USD`));
  expect(comparison.counts).toEqual({ added: 0, removed: 0, changed: 0, unchanged: 2 });
});

test('a row that a person mended before the close is taken as it was mended, where the file still says the same', async () => {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, named('erp.csv', SNAPSHOT, `erp,A,Depot,${WHEN},10,1,,`));
  const file = named('count.csv', COUNTS, `S,1,A,Depot,-8,${WHEN}`, `S,2,A,Depot,2,${WHEN}`);
  await importFile(fixture, file);
  const [row] = listQuarantine(fixture.workbook, fixture.periodId).rows;
  accepted(correctRow(fixture.context, { quarantineRowId: row!.quarantineRowId, cells: row!.cells.with(4, '8'), why: 'a slip of the pen' }));
  fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1 WHERE period_id = ?", fixture.periodId);
  expect(await compare(fixture, file)).toMatchObject({ rowsQuarantined: 1, rowsAsMended: 1, counts: { added: 0, removed: 0, changed: 0, unchanged: 2 } });
  const changed = named('count.csv', COUNTS, `S,1,A,Depot,-9,${WHEN}`, `S,2,A,Depot,2,${WHEN}`);
  expect(await compare(fixture, changed)).toMatchObject({ rowsQuarantined: 1, rowsAsMended: 0, counts: { removed: 1 } });
});

test('the same file again differs in nothing', async () => {
  const fixture = await lockedPeriod();
  const comparison = await compare(fixture, named('count.csv', COUNTS, `S,1,A,Depot,10,${WHEN}`));
  expect(comparison).toMatchObject({ counts: { added: 0, removed: 0, changed: 0, unchanged: 1 }, lines: [] });
});

test('an open period, a file without quantities and a file of a system the period has none of are refused', async () => {
  const fixture = await lockedPeriod();
  const tried = async (...rows: string[]) => compareWithPeriod(fixture.context, requestFor(fixture, named('f.csv', ...rows)));
  expect(await tried('sku,name,tier', 'A,Lamp,B')).toMatchObject({ ok: false, failure: 'nothing_to_compare' });
  expect(await tried(SNAPSHOT, `warehouse,A,Depot,${WHEN},1,,,`)).toMatchObject({ ok: false, failure: 'nothing_to_compare' });
  expect(await compareWithPeriod(openFixtureWorkbook().context, requestFor(openFixtureWorkbook(), named('f.csv', SNAPSHOT, `erp,A,Depot,${WHEN},1,,,`))))
    .toMatchObject({ ok: false, failure: 'period_open', message: expect.stringContaining('import f.csv into it') as string });
});

test('the lines go to a file of comma-separated text in which nothing is a formula', async () => {
  const fixture = await lockedPeriod();
  const comparison = await compare(fixture, named('moves again.csv', MOVEMENTS,
    posting('receipt', 'PO-1', 'A', 3), posting('shipment', 'SO-1', 'B', 2), posting('order', 'O-1', 'B', 2), posting('receipt', '"=1+1,x"', 'A', 1)));
  const csv = comparisonCsv(comparison);
  expect(csv.split('\r\n')[1]).toBe(`added,erp,A,Depot,"'=1+1,x",1,receipt,,1,1,2.345678,2.345678,,`);
  const saved = path.join(fixture.folder, 'changes.csv');
  accepted(saveComparison(comparison, saved));
  expect(fs.readFileSync(saved, 'utf8')).toBe(`\ufeff${csv}`);
});
