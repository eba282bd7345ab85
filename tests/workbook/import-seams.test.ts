/**
 * Where undoing, replacing, mending and taking back names meet: whatever was done in between, what a standing file says is
 * in the figures or waits, and every reference finds its row.
 */
import { expect, test } from 'vitest';
import { compareWithPeriod, importSummary, undoImport } from '../../electron/services/imports';
import { listQuarantine, mapAlias, mapAndReplay, replayQuarantine, takeBackAliases } from '../../electron/services/quarantine';
import { accepted, importFile, requestFor } from '../support/imports';
import { countMonth, filled, fileOf, issue, rowsOf, sendBack } from '../support/count-sheets';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const SNAPSHOT = 'system,sku,location,as_of,on_hand';
const WHEN = '2026-10-31T22:30:00-07:00';
const named = (name: string, ...rows: string[]) => ({ name, text: `${rows.join('\n')}\n` });
const posting = (document: string, sku: string, quantity = 1) => `erp,receipt,${document},1,${sku},Depot,${quantity},${WHEN},${WHEN}`;

const danglingRows = ({ workbook }: WorkbookFixture) => workbook.all('PRAGMA foreign_key_check');
const movementsOf = ({ workbook }: WorkbookFixture) =>
  workbook.all<{ document: string; sku: string }>('SELECT document, sku FROM movements JOIN stock_keys USING (stock_key_id) JOIN items USING (item_id) ORDER BY 1, 2')
    .map(({ document, sku }) => `${document} ${sku}`);
const undo = async (fixture: WorkbookFixture, importId: number) => accepted(await undoImport(fixture.context, { importId, why: 'test' }));

/** Every import's rows read are the accepted, the waiting and the ignored. */
function expectCountersToAddUp({ workbook, periodId }: WorkbookFixture): void {
  for (const each of importSummary(workbook, periodId).imports) {
    expect([each.fileName, each.rowsAccepted + each.rowsQuarantined + each.rowsIgnored]).toEqual([each.fileName, each.rowsRead]);
    if (each.state === 'standing') expect([each.fileName, each.waiting]).toEqual([each.fileName, each.rowsQuarantined]);
  }
}

async function month(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, named('start.csv', SNAPSHOT, ...['A', 'B', 'C'].map((sku) => `erp,${sku},Depot,${WHEN},1`)));
  return fixture;
}

test('undoing an items file takes the units of the items that go with it', async () => {
  const fixture = await month();
  const { importId } = await importFile(fixture, named('items.csv', 'sku,name,pack_size,kit_of', 'N,New,12,', 'K,Kit,,N*2'));
  const { removed } = await undo(fixture, importId);
  expect(removed.named.map(({ name }) => name).sort()).toEqual(['K', 'N']);
  expect(fixture.workbook.all('SELECT * FROM item_units')).toEqual([]);
  expect(danglingRows(fixture)).toEqual([]);
});

test('an item that a count sheet was issued for stays when the import that brought it is undone', async () => {
  const fixture = await month();
  const { importId } = await importFile(fixture, named('more.csv', SNAPSHOT, `erp,D,Cellar,${WHEN},4`));
  await issue(fixture);
  const { kept } = await undo(fixture, importId);
  expect(kept.named.map(({ name, note }) => `${name} ${note}`)).toEqual([
    'D item: a count sheet was issued for it', 'Cellar location: a count sheet was issued for it',
  ]);
  expect(danglingRows(fixture)).toEqual([]);
});

test('a row that was passed over when it was mended comes in where the import that held it is undone', async () => {
  const fixture = await month();
  const holder = await importFile(fixture, named('holder.csv', MOVEMENTS, posting('D-1', 'A')));
  await importFile(fixture, named('later.csv', MOVEMENTS, posting('D-1', 'ALPHA'), posting('D-2', 'B')));
  accepted(mapAndReplay(fixture.context, fixture.periodId, { source: 'plain', kind: 'item', alias: 'ALPHA', targetCode: 'A' }));
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-2 B']);
  expectCountersToAddUp(fixture);
  await undo(fixture, holder.importId);
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-2 B']);
  expectCountersToAddUp(fixture);
});

test('a row that was passed over because an import came back comes in again where that one is undone', async () => {
  const fixture = await month();
  const first = await importFile(fixture, named('first.csv', MOVEMENTS, posting('D-1', 'A'), posting('D-2', 'B')));
  const second = await importFile(fixture, named('second.csv', MOVEMENTS, posting('D-2', 'B')), { supersedesImportId: first.importId });
  await importFile(fixture, named('third.csv', MOVEMENTS, posting('D-1', 'A'), posting('D-3', 'C')));
  await undo(fixture, second.importId);
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-2 B', 'D-3 C']);
  expectCountersToAddUp(fixture);
  await undo(fixture, first.importId);
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-3 C']);
  expectCountersToAddUp(fixture);
});

test('the same holds for a row that was mended before the import came back', async () => {
  const fixture = await month();
  const first = await importFile(fixture, named('first.csv', MOVEMENTS, posting('D-1', 'A'), posting('D-2', 'B')));
  const second = await importFile(fixture, named('second.csv', MOVEMENTS, posting('D-2', 'B')), { supersedesImportId: first.importId });
  await importFile(fixture, named('third.csv', MOVEMENTS, posting('D-1', 'ALPHA'), posting('D-3', 'C')));
  accepted(mapAndReplay(fixture.context, fixture.periodId, { source: 'plain', kind: 'item', alias: 'ALPHA', targetCode: 'A' }));
  await undo(fixture, second.importId);
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-2 B', 'D-3 C']);
  expectCountersToAddUp(fixture);
  await undo(fixture, first.importId);
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-3 C']);
  expectCountersToAddUp(fixture);
});

test('rows of a replaced import that rest on a name taken back since wait when it comes back', async () => {
  const fixture = await month();
  const name = { source: 'plain', kind: 'item', alias: 'ALPHA' } as const;
  accepted(mapAlias(fixture.context, { ...name, targetCode: 'A' }));
  const old = await importFile(fixture, named('old.csv', COUNTS, `S,1,ALPHA,Depot,5,${WHEN}`, `S,2,B,Depot,6,${WHEN}`));
  const fresh = await importFile(fixture, named('new.csv', COUNTS, `S,2,B,Depot,7,${WHEN}`), { supersedesImportId: old.importId });
  accepted(await takeBackAliases(fixture.context, { aliases: [name], why: 'It is B' }));
  await undo(fixture, fresh.importId);
  expect(fixture.workbook.all('SELECT sku, counted_scaled FROM counts JOIN stock_keys USING (stock_key_id) JOIN items USING (item_id)')).toEqual([{ sku: 'B', counted_scaled: 60_000 }]);
  expect(listQuarantine(fixture.workbook, fixture.periodId).rows).toMatchObject([{ reason: 'unknown_item', subject: 'ALPHA', state: 'waiting' }]);
  expectCountersToAddUp(fixture);
});

test('what a row held that waits again, another file that says it under a name that holds gives', async () => {
  const fixture = await month();
  const name = { source: 'plain', kind: 'item', alias: 'ALPHA' } as const;
  accepted(mapAlias(fixture.context, { ...name, targetCode: 'A' }));
  await importFile(fixture, named('first.csv', MOVEMENTS, posting('D-1', 'ALPHA'), posting('D-2', 'B')));
  await importFile(fixture, named('second.csv', MOVEMENTS, posting('D-1', 'A'), posting('D-3', 'C')));
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-2 B', 'D-3 C']);
  accepted(await takeBackAliases(fixture.context, { aliases: [name], why: 'wrong' }));
  expect(movementsOf(fixture)).toEqual(['D-1 A', 'D-2 B', 'D-3 C']);
  expectCountersToAddUp(fixture);
});

test('a name that rows rest on is not given another meaning beside them', async () => {
  const fixture = await month();
  const name = { source: 'plain', kind: 'item', alias: 'ALPHA' } as const;
  accepted(mapAlias(fixture.context, { ...name, targetCode: 'A' }));
  await importFile(fixture, named('count.csv', COUNTS, `S,1,ALPHA,Depot,5,${WHEN}`));
  const again = mapAlias(fixture.context, { ...name, targetCode: 'B' });
  expect(again).toMatchObject({ ok: false, failure: 'alias_taken', message: expect.stringContaining('ake it back') as string });
  accepted(await takeBackAliases(fixture.context, { aliases: [name], why: 'It is B' }));
  accepted(mapAlias(fixture.context, { ...name, targetCode: 'B' }));
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toMatchObject({ written: 1 });
});

test('a row that said what another said is written by a replay once the other is gone', async () => {
  const fixture = await month();
  const first = await importFile(fixture, named('first.csv', COUNTS, `S,1,A,Depot,5,${WHEN}`));
  await importFile(fixture, named('second.csv', COUNTS, `S,1,A,Depot,6,${WHEN}`));
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toMatchObject({ written: 0, stillWaiting: 1 });
  await undo(fixture, first.importId);
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toMatchObject({ written: 1, stillWaiting: 0 });
  expectCountersToAddUp(fixture);
});

test('a count sheet is compared with its locked period as it was taken back', async () => {
  const fixture = await countMonth();
  const { sheets } = await issue(fixture);
  expect(sheets.length).toBeGreaterThan(0);
  const rows = rowsOf(`${fixture.folder}/sheets.csv`).map((row, index) => filled(row, String(index + 1)));
  await sendBack(fixture, rows);
  fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1 WHERE period_id = ?", fixture.periodId);
  const same = accepted(await compareWithPeriod(fixture.context, requestFor(fixture, fileOf(rows))));
  expect(same).toMatchObject({ rowsQuarantined: 0, counts: { added: 0, removed: 0, changed: 0, unchanged: rows.length } });
});

test('a count without sheet numbers that is saved again does not count twice', async () => {
  const fixture = await month();
  const header = 'sku,location,bin,counted,counted_at';
  const rows = [`A,Depot,,5,${WHEN}`, `A,Depot,,5,${WHEN}`, `B,Depot,X,6,${WHEN}`];
  const first = await importFile(fixture, named('count.csv', header, ...rows));
  expect(first.rehearsal).toMatchObject({ rowsAccepted: 3 });
  const again = await importFile(fixture, named('count again.csv', header, ...rows, `B,Depot,Y,6,${WHEN}`));
  expect(again.rehearsal).toMatchObject({ rowsAccepted: 1, rowsQuarantined: 3, quarantinedByReason: [{ reason: 'duplicate_row', rows: 2 }, { reason: 'duplicate_row', rows: 1 }] });
  expect(again.rehearsal.badRows[0]!.detail).toContain('Row 3 of import 2 counts 5 of A at Depot at the same instant.');
  await undo(fixture, first.importId);
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toMatchObject({ written: 3, stillWaiting: 0 });
  expectCountersToAddUp(fixture);
});

/** `CAFÃ‰`, whose bytes in windows-1252 would be taken for `CAFÉ` in UTF-8. */
const LOOKS_LIKE_UTF8 = 'CAF\u00c3\u2030';
const inWindows1252 = (name: string, ...rows: string[]) => {
  const [before = '', after = ''] = `${rows.join('\n')}\n`.split(LOOKS_LIKE_UTF8);
  return { name, text: new Uint8Array(Buffer.concat([Buffer.from(before), Buffer.from('CAF'), Buffer.from([0xc3, 0x89]), Buffer.from(after)])) };
};

test('a file whose encoding a person named is read again in that encoding when an import that held its rows is undone', async () => {
  const fixture = await month();
  await importFile(fixture, named('names.csv', SNAPSHOT, `erp,${LOOKS_LIKE_UTF8},Depot,${WHEN},1`));
  const first = await importFile(fixture, named('first.csv', MOVEMENTS, posting('PO-1', LOOKS_LIKE_UTF8)));
  const second = await importFile(fixture, inWindows1252('second.csv', MOVEMENTS, posting('PO-1', LOOKS_LIKE_UTF8)), { encoding: 'windows-1252' });
  expect(second.rehearsal).toMatchObject({ rowsAccepted: 0, rowsIgnored: 1 });
  await undo(fixture, first.importId);
  expect(movementsOf(fixture)).toEqual([`PO-1 ${LOOKS_LIKE_UTF8}`]);
  expectCountersToAddUp(fixture);
});

test('a file whose encoding a person named is read again in that encoding when a name is taken back', async () => {
  const fixture = await month();
  accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: LOOKS_LIKE_UTF8, targetCode: 'A' }));
  await importFile(fixture, inWindows1252('second.csv', MOVEMENTS, posting('PO-1', LOOKS_LIKE_UTF8)), { encoding: 'windows-1252' });
  expect(movementsOf(fixture)).toEqual(['PO-1 A']);
  accepted(await takeBackAliases(fixture.context, { aliases: [{ kind: 'item', source: 'plain', alias: LOOKS_LIKE_UTF8 }], why: 'test' }));
  expect(movementsOf(fixture)).toEqual([]);
  expect(listQuarantine(fixture.workbook, fixture.periodId).groups.map(({ subject }) => subject)).toEqual([LOOKS_LIKE_UTF8]);
});
