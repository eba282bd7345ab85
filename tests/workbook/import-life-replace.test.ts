/**
 * A corrected file in the place of the one before it: the difference line by line, and back again.
 */
import { expect, test } from 'vitest';
import type { ImportRequest } from '@shared/domain/import';
import { auditPage } from '../../electron/services/audit-trail';
import { commitImport, differencePage, importSummary, originalRow, rehearseImport, undoImport } from '../../electron/services/imports';
import { listQuarantine } from '../../electron/services/quarantine';
import { SEALED_TABLES, sealedRows } from '../../electron/services/sign-off/sealed-content';
import { findChainBreak } from '../../electron/workbook/audit';
import { AS_OF, accepted, contentOf, importBasics, importFile, lines, rehearse, requestFor } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const SNAPSHOT = 'system,sku,location,as_of,on_hand,committed,unit_cost,currency';
const WHEN = '2026-10-31T22:30:00-07:00';
const LATER = '2026-10-31T23:30:00-07:00';
const posting = (document: string, quantity: number, posted = WHEN) => `erp,receipt,${document},1,RUG-200,Pier 9,${quantity},${WHEN},${posted}`;
const named = (name: string, ...rows: string[]) => ({ name, text: `${rows.join('\n')}\n` });

const replace = (fixture: WorkbookFixture, importId: number, file: Parameters<typeof requestFor>[1], given: Partial<ImportRequest> = {}) =>
  importFile(fixture, file, { ...given, supersedesImportId: importId });
/** A difference line in short. */
const short = (line: { readonly sku: string; readonly measure: string; readonly before: string | null; readonly after: string | null; readonly delta: string }) =>
  [line.sku, line.measure, line.before, line.after, line.delta];

async function snapshotTwice(fixture: WorkbookFixture) {
  const first = await importFile(fixture, named('erp.csv', SNAPSHOT,
    `erp,A,Depot,${WHEN},10,1,2.50,USD`, `erp,B,Depot,${WHEN},5,0,,`, `erp,C,Depot,${WHEN},7,0,,`, `erp,D,Depot,${WHEN},1,0,,`));
  const corrected = named('erp corrected.csv', SNAPSHOT,
    `erp,A,Depot,${LATER},12,1,2.75,USD`, `erp,B,Depot,${LATER},5,0,,`, `erp,C,Depot,${LATER},-7,0,,`, `erp,E,Depot,${LATER},4,,,`);
  return { first, corrected };
}

test('a corrected snapshot is proposed for the place of the first, and its difference is told before and after it is written', async () => {
  const fixture = openFixtureWorkbook();
  const { first, corrected } = await snapshotTwice(fixture);
  const beside = await rehearse(fixture, corrected);
  expect(beside).toMatchObject({ supersedes: null, difference: null });
  expect(beside.replaceable).toEqual([{
    importId: first.importId, fileName: 'erp.csv', importedInstant: expect.any(Number) as number, rowsAccepted: 4, isProposed: true,
    why: 'It is of 2026-10-31, this file of 2026-10-31.',
  }]);

  const rehearsal = await rehearse(fixture, corrected, { supersedesImportId: first.importId });
  expect(rehearsal.supersedes).toEqual({ importId: first.importId, fileName: 'erp.csv' });
  expect(rehearsal.difference!.counts).toEqual({ added: 1, removed: 2, changed: 3, unchanged: 4 });
  expect(rehearsal.difference!.lines.map(short)).toEqual([
    ['C', 'on_hand', '7', '-7', '-14'],
    ['E', 'on_hand', null, '4', '4'],
    ['A', 'on_hand', '10', '12', '2'],
    ['D', 'on_hand', '1', null, '-1'],
    ['A', 'unit_cost', '2.50', '2.75', '0.25'],
    ['D', 'committed', '0', null, '0'],
  ]);
  expect(rehearsal.difference!.totals).toEqual([
    { system: 'erp', measure: 'committed', before: '1', after: '1', delta: '0' },
    { system: 'erp', measure: 'on_hand', before: '23', after: '14', delta: '-9' },
  ]);
  expect(rehearsal.totals).toContainEqual({ system: 'erp', measure: 'on_hand', location: 'Depot', before: '23', after: '14' });

  const written = accepted(await commitImport(fixture.context, requestFor(fixture, corrected, { supersedesImportId: first.importId }), rehearsal.token));
  expect(written.rehearsal).toEqual(rehearsal);
  expect(accepted(differencePage(fixture.workbook, { importId: written.importId, offset: 0, limit: 500 }))).toEqual(rehearsal.difference);
  expect(accepted(differencePage(fixture.workbook, { importId: written.importId, offset: 1, limit: 2 })).lines.map(short)).toEqual([
    ['E', 'on_hand', null, '4', '4'], ['A', 'on_hand', '10', '12', '2'],
  ]);
});

test('the replaced import is out of the figures and stays as evidence', async () => {
  const fixture = openFixtureWorkbook();
  const { first, corrected } = await snapshotTwice(fixture);
  const second = await replace(fixture, first.importId, corrected);
  expect(fixture.workbook.all('SELECT DISTINCT import_id FROM snapshots')).toEqual([{ import_id: second.importId }]);
  const { imports } = importSummary(fixture.workbook, fixture.periodId);
  expect(imports.map(({ importId, state, supersedesImportId }) => [importId, state, supersedesImportId])).toEqual([
    [first.importId, 'superseded', null], [second.importId, 'standing', first.importId],
  ]);
  expect(imports[0]!.stateWhy).toBe(`Replaced by import ${second.importId}, erp corrected.csv`);
  expect(accepted(await originalRow(fixture.workbook, first.importId, 5)).cells[1]).toBe('D');
  const sentences = auditPage(fixture.workbook, { offset: 0, limit: 5, text: '', periodId: null }).events.map(({ sentence }) => sentence);
  expect(sentences).toContain(`Replaced import ${first.importId}, erp.csv, by erp corrected.csv: 3 changed, 1 added, 2 removed`);
  expect(findChainBreak(fixture.workbook)).toBeUndefined();
});

test('undoing the import that replaced another brings that one back, row for row', async () => {
  const fixture = openFixtureWorkbook();
  const { first, corrected } = await snapshotTwice(fixture);
  const tables = ({ snapshots, stock_keys, items, locations }: Record<string, unknown[]>) => ({ snapshots, stock_keys, items, locations });
  const before = tables(contentOf(fixture));
  const second = await replace(fixture, first.importId, corrected);
  expect(await undoImport(fixture.context, { importId: first.importId, why: 'x' })).toMatchObject({
    ok: false, failure: 'import_not_standing', message: expect.stringContaining(`Undo import ${second.importId}`) as string,
  });
  const undone = accepted(await undoImport(fixture.context, { importId: second.importId, why: 'the correction was wrong' }));
  expect(undone).toMatchObject({ bringsBack: { importId: first.importId, fileName: 'erp.csv', rows: 4 }, removed: { named: [{ name: 'E', note: 'item' }] } });
  expect(tables(contentOf(fixture))).toEqual(before);
  expect(fixture.workbook.all('SELECT * FROM withdrawn_rows')).toEqual([]);
  const again = await replace(fixture, first.importId, corrected);
  expect(again.rehearsal.difference!.counts).toEqual(second.rehearsal.difference!.counts);
});

test('corrected movements are told by document, line and type, and one that was only posted at another time is told too', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const first = await importFile(fixture, named('oct.csv', MOVEMENTS, posting('PO-1', 1), posting('PO-2', 2), posting('PO-3', 3)));
  const corrected = named('oct corrected.csv', MOVEMENTS, posting('PO-1', 1), posting('PO-2', 5), posting('PO-3', 3, LATER), posting('PO-4', 4));
  const beside = await rehearse(fixture, corrected);
  expect(beside.replaceable[0]).toMatchObject({ importId: first.importId, isProposed: true });
  expect(beside.rowsIgnored).toBe(1);
  const { rehearsal, importId } = await replace(fixture, first.importId, corrected);
  expect(rehearsal).toMatchObject({ rowsAccepted: 4, rowsIgnored: 0 });
  expect(rehearsal.difference!.lines.map((line) => [line.change, line.document, line.line, line.measure, line.before, line.after, line.delta])).toEqual([
    ['added', 'PO-4', '1', 'receipt', null, '4', '4'],
    ['changed', 'PO-2', '1', 'receipt', '2', '5', '3'],
    ['changed', 'PO-3', '1', 'receipt', '3', '3', '0'],
  ]);
  expect(rehearsal.difference!.lines[2]).toMatchObject({ beforeInstant: Date.parse(WHEN), afterInstant: Date.parse(LATER) });
  expect(rehearsal.difference!.lines[1]).toMatchObject({ beforeInstant: null, afterInstant: null });
  expect(fixture.workbook.all('SELECT DISTINCT import_id FROM movements')).toEqual([{ import_id: importId }]);
});

test('a corrected count sheet is told by sheet and line; what was not counted is unknown, not zero', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const first = await importFile(fixture, named('count.csv', COUNTS, `S,1,RUG-200,Pier 9,3,${WHEN}`, `S,2,417-V,Pier 9,,${WHEN}`));
  const corrected = named('count again.csv', COUNTS, `S,1,RUG-200,Pier 9,4,${WHEN}`, `S,2,417-V,Pier 9,0,${WHEN}`, `S,3,RUG-200,Pier 9,,${WHEN}`);
  const beside = await rehearse(fixture, corrected);
  expect(beside.replaceable[0]).toMatchObject({ importId: first.importId, isProposed: true, why: 'Both hold the same count sheets.' });
  expect(beside.quarantinedByReason[0]?.reason).toBe('duplicate_row');
  const { rehearsal } = await replace(fixture, first.importId, corrected);
  expect(rehearsal.rowsQuarantined).toBe(beside.rowsQuarantined - 1);
  expect(rehearsal.difference!.lines.map((line) => [line.change, line.document, line.line, line.before, line.after])).toContainEqual(['changed', 'S', '1', '3', '4']);
});

test('rows that a third file was not written for come in where the corrected file does not hold them, and go again', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const first = await importFile(fixture, named('first.csv', MOVEMENTS, posting('PO-1', 1), posting('PO-2', 2)));
  const third = await importFile(fixture, named('third.csv', MOVEMENTS, posting('PO-2', 2), posting('PO-3', 3)));
  const movements = () => fixture.workbook.all<{ import_id: number; document: string }>('SELECT import_id, document FROM movements ORDER BY document, import_id').map((row) => [row.import_id, row.document]);
  const before = movements();
  const second = await replace(fixture, first.importId, named('corrected.csv', MOVEMENTS, posting('PO-1', 9)));
  expect(movements()).toEqual([[second.importId, 'PO-1'], [third.importId, 'PO-2'], [third.importId, 'PO-3']]);
  const undone = accepted(await undoImport(fixture.context, { importId: second.importId, why: 'no' }));
  expect(undone.notes).toEqual([`1 rows of import ${third.importId} (third.csv) are held by import ${first.importId} again and count there.`]);
  expect(movements()).toEqual(before);
  expect(fixture.workbook.get('SELECT rows_accepted, rows_ignored FROM imports WHERE import_id = ?', third.importId)).toEqual({ rows_accepted: 1, rows_ignored: 1 });
});

test('waiting rows of the replaced import are gone from the quarantine, and come back with it', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const first = await importFile(fixture, named('count.csv', COUNTS, `S,1,RUG-200,Pier 9,-3,${WHEN}`, `S,2,RUG-200,Pier 9,1,${WHEN}`));
  expect(listQuarantine(fixture.workbook, fixture.periodId).waiting).toBe(1);
  const second = await replace(fixture, first.importId, named('again.csv', COUNTS, `S,1,RUG-200,Pier 9,3,${WHEN}`, `S,2,RUG-200,Pier 9,1,${WHEN}`));
  expect(listQuarantine(fixture.workbook, fixture.periodId).waiting).toBe(0);
  accepted(await undoImport(fixture.context, { importId: second.importId, why: 'no' }));
  expect(listQuarantine(fixture.workbook, fixture.periodId).waiting).toBe(1);
});

test('the same bytes may take the place of their own import, with another instant', async () => {
  const fixture = openFixtureWorkbook();
  const first = await importFile(fixture, 'netsuite-item-search.csv', { asOfInstant: AS_OF });
  const second = await replace(fixture, first.importId, 'netsuite-item-search.csv', { asOfInstant: AS_OF - 3_600_000 });
  expect(second.rehearsal.difference!.counts).toMatchObject({ added: 0, removed: 0, changed: 0 });
  expect(fixture.workbook.all('SELECT DISTINCT as_of_instant FROM snapshots')).toEqual([{ as_of_instant: AS_OF - 3_600_000 }]);
});

test('what cannot be replaced is refused with what can be done instead', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const items = await importFile(fixture, lines('sku,name,tier', 'A,Lamp,B'));
  const count = await importFile(fixture, lines(COUNTS, `S,1,RUG-200,Pier 9,3,${WHEN}`));
  const other = lines('sku,name,tier', 'A,Lampe,B');
  const refusalOf = async (file: typeof other, supersedesImportId: number) => rehearseImport(fixture.context, requestFor(fixture, file, { supersedesImportId }));
  expect(await refusalOf(other, items.importId)).toMatchObject({ ok: false, failure: 'not_replaceable', message: expect.stringContaining('it sets them again') as string });
  expect(await refusalOf(other, count.importId)).toMatchObject({ ok: false, failure: 'not_replaceable' });
  expect(await refusalOf(other, 99)).toMatchObject({ ok: false, failure: 'import_unknown' });
  accepted(await undoImport(fixture.context, { importId: count.importId, why: 'x' }));
  expect(await refusalOf(lines(COUNTS, `S,1,RUG-200,Pier 9,4,${WHEN}`), count.importId)).toMatchObject({ ok: false, failure: 'import_not_standing' });
  expect((await rehearse(fixture, other)).replaceable).toEqual([]);
});

test('a lock closes over what was replaced: the kept rows and the difference cannot change and are sealed', async () => {
  const fixture = openFixtureWorkbook();
  const { first, corrected } = await snapshotTwice(fixture);
  const second = await replace(fixture, first.importId, corrected);
  fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1 WHERE period_id = ?", fixture.periodId);
  for (const statement of [
    'UPDATE withdrawn_rows SET row_count = 0', 'DELETE FROM withdrawn_rows', 'UPDATE import_differences SET after_scaled = 1', 'DELETE FROM import_differences',
    "UPDATE imports SET state = 'standing'",
  ]) expect(() => fixture.workbook.run(statement), statement).toThrow('period_locked');
  expect(await undoImport(fixture.context, { importId: second.importId, why: 'x' })).toMatchObject({ ok: false, failure: 'period_locked' });
  const sealed = SEALED_TABLES.map(({ table }) => table);
  expect(sealed).toEqual(expect.arrayContaining(['withdrawn_rows', 'import_differences']));
  for (const name of ['withdrawn_rows', 'import_differences']) {
    const rows = [...sealedRows(fixture.workbook, SEALED_TABLES.find(({ table }) => table === name)!, fixture.periodId)];
    expect(rows.length, name).toBeGreaterThan(0);
  }
});
