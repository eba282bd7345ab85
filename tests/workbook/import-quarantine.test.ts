import { expect, test } from 'vitest';
import type { QuarantineReason } from '@shared/domain/import';
import { QUARANTINE_REASONS } from '@shared/domain/import';
import { auditPage } from '../../electron/services/audit-trail';
import { correctRow, ignoreRows, listQuarantine, mapAlias, replayQuarantine } from '../../electron/services/quarantine';
import { findChainBreak } from '../../electron/workbook/audit';
import { ImportProfile } from '@shared/domain/import-profile';
import { AS_OF, accepted, type Given, contentOf, importBasics, importFile, lines, rehearse } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const SNAPSHOT = 'system,sku,location,as_of,on_hand,unit_cost,currency';
const WHEN = '2026-10-31T22:30:00-07:00';

const countsOf = (fixture: WorkbookFixture, importId: number) =>
  fixture.workbook.get('SELECT rows_read, rows_accepted, rows_quarantined, rows_ignored FROM imports WHERE import_id = ?', importId);

/** A count in units of measure. */
const IN_UNITS = ImportProfile.parse({
  id: 'shelves', version: 1, name: 'Shelves', source: 'shelves', kind: 'count', system: null, effect: 'sets', recognise: { requiredFields: [] },
  columns: ['sku', 'location', 'counted', 'counted_at', 'uom'].map((field) => ({ field, headers: [field] })),
});

/** One row for each reason, and the value that has to be told with it. */
const CASES: readonly { readonly reason: QuarantineReason; readonly file: readonly string[]; readonly subject: string; readonly given?: Given }[] = [
  { reason: 'unknown_item', file: [COUNTS, `S,1,NOBODY,Pier 9,1,${WHEN}`], subject: 'NOBODY' },
  { reason: 'unknown_location', file: [COUNTS, `S,1,RUG-200,Attic,1,${WHEN}`], subject: 'Attic' },
  { reason: 'missing_key', file: [COUNTS, `S,1,,Pier 9,1,${WHEN}`], subject: 'sku' },
  { reason: 'unreadable_number', file: [COUNTS, `S,1,RUG-200,Pier 9,a dozen,${WHEN}`], subject: 'a dozen' },
  { reason: 'unreadable_date', file: [COUNTS, 'S,1,RUG-200,Pier 9,1,31/10/2026'], subject: '31/10/2026' },
  { reason: 'duplicate_row', file: [SNAPSHOT, `erp,RUG-200,Pier 9,${WHEN},1,,`, `erp,RUG-200,Pier 9,${WHEN},2,,`], subject: 'RUG-200' },
  { reason: 'negative_count', file: [COUNTS, `S,1,RUG-200,Pier 9,-1,${WHEN}`], subject: '-1' },
  { reason: 'outside_period', file: [COUNTS, 'S,1,RUG-200,Pier 9,1,2026-12-24T00:00:00Z'], subject: '2026-12-23T16:00:00-08:00' },
  { reason: 'unknown_value', file: [MOVEMENTS, `erp,gift,D,1,RUG-200,Pier 9,1,${WHEN},${WHEN}`], subject: 'gift' },
  { reason: 'damaged_identifier', file: [SNAPSHOT, `erp,4.00001E+12,Pier 9,${WHEN},1,,`], subject: '4.00001E+12' },
  { reason: 'wrong_shape', file: [COUNTS, `S,1,RUG-200,Pier 9,1,${WHEN},more`], subject: '7 cells' },
  { reason: 'currency_mismatch', file: [SNAPSHOT, `erp,RUG-200,Pier 9,${WHEN},1,2.50,EUR`], subject: 'EUR' },
  { reason: 'not_on_sheet', file: [COUNTS, `CS-2026-10-001,1,RUG-200,Pier 9,1,${WHEN}`], subject: 'CS-2026-10-001' },
  { reason: 'unknown_unit', file: [`sku,location,counted,counted_at,uom`, `RUG-200,Pier 9,1,${WHEN},roll`], subject: 'roll \u00b7 RUG-200', given: { mapping: IN_UNITS } },
];

test('every reason has its case', () => {
  expect(CASES.map(({ reason }) => reason).sort()).toEqual([...QUARANTINE_REASONS].sort());
});

test.each(CASES)('a row is quarantined with $reason', async ({ reason, file, subject, given }) => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const rehearsal = await rehearse(fixture, lines(...file), given);
  expect(rehearsal.badRows).toHaveLength(1);
  expect(rehearsal.badRows[0]).toMatchObject({ reason, subject, rowNumber: file.length, raw: file.at(-1) });
  expect(rehearsal.badRows[0]!.whatWouldMend).not.toBe('');
  expect(rehearsal.rowsQuarantined).toBe(1);
});

test('an identifier that looks like a number stays a text: 12E4, leading zeros, another case', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const rehearsal = await rehearse(fixture, lines(COUNTS, `S,1,12E4,Pier 9,1,${WHEN}`, `S,2,00417-v,pier  9,1,${WHEN}`, `S,3,417-V,Pier 9,1,${WHEN}`));
  expect(rehearsal.rowsAccepted).toBe(2);
  expect(rehearsal.badRows.map(({ rowNumber, reason }) => [rowNumber, reason])).toEqual([[4, 'unknown_item']]);
});

test('a text that fits two items only without regard to case is not matched to either', async () => {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, lines('sku,name,tier', 'abc,lower,C'));
  fixture.workbook.run("INSERT INTO items (sku) VALUES ('ABC')");
  fixture.workbook.run("INSERT INTO locations (code) VALUES ('Depot')");
  const rehearsal = await rehearse(fixture, lines(COUNTS, `S,1,Abc,Depot,1,${WHEN}`, `S,2,abc,Depot,1,${WHEN}`));
  expect(rehearsal).toMatchObject({ rowsAccepted: 1, rowsQuarantined: 1 });
  expect(rehearsal.badRows[0]!.detail).toContain('more than one item');
});

test('two paths of the ERP that end in the same name are not taken for one location', async () => {
  const fixture = openFixtureWorkbook();
  const header = 'Name,Inventory Location,Location On Hand';
  const { rehearsal } = await importFile(fixture, lines(header, 'A,East : Returns,1', 'B,West : Returns,2'), { asOfInstant: AS_OF });
  expect(rehearsal).toMatchObject({ rowsAccepted: 1, newLocations: ['Returns'] });
  expect(rehearsal.badRows[0]).toMatchObject({ rowNumber: 3, reason: 'unknown_location', subject: 'West : Returns' });
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 1, written: 0, stillWaiting: 1 });
  fixture.workbook.run("INSERT INTO locations (code) VALUES ('Returns West')");
  accepted(mapAlias(fixture.context, { source: 'netsuite', kind: 'location', alias: 'West : Returns', targetCode: 'Returns West' }));
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 1, written: 1, stillWaiting: 0 });
});

test('a mapping mends every row that shares the name, and a replay writes them under their own row numbers', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(COUNTS, `S,1,CARPET,Pier 9,3,${WHEN}`, `S,2,RUG-200,Pier 9,4,${WHEN}`, `S,3,CARPET,Pier 9,2,${WHEN}`, `S,4,OTHER,Pier 9,2,${WHEN}`));
  expect(countsOf(fixture, importId)).toEqual({ rows_read: 4, rows_accepted: 1, rows_quarantined: 3, rows_ignored: 0 });
  const listing = listQuarantine(fixture.workbook, fixture.periodId);
  expect(listing).toMatchObject({ waiting: 3, replayed: 0, ignored: 0 });
  expect(listing.groups[0]).toMatchObject({ source: 'plain', reason: 'unknown_item', subject: 'CARPET', rows: 2, mapping: 'item' });
  expect(listing.rows[0]).toMatchObject({ header: COUNTS.split(','), cells: ['S', '1', 'CARPET', 'Pier 9', '3', WHEN], rowNumber: 2 });

  expect(accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: 'CARPET', targetCode: 'RUG-200' }))).toEqual({ before: null });
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 3, written: 2, stillWaiting: 1 });
  expect(countsOf(fixture, importId)).toEqual({ rows_read: 4, rows_accepted: 3, rows_quarantined: 1, rows_ignored: 0 });
  expect(fixture.workbook.all('SELECT row_number, counted_scaled FROM counts ORDER BY row_number')).toEqual([
    { row_number: 2, counted_scaled: 30_000 }, { row_number: 3, counted_scaled: 40_000 }, { row_number: 4, counted_scaled: 20_000 },
  ]);
  expect(listQuarantine(fixture.workbook, fixture.periodId)).toMatchObject({ waiting: 1, replayed: 2 });
  const actions = fixture.workbook.all<{ action: string }>('SELECT action FROM audit_events ORDER BY sequence').map(({ action }) => action);
  expect(actions.slice(-3)).toEqual(['import.commit', 'alias.set', 'quarantine.replay']);
  expect(findChainBreak(fixture.workbook)).toBeUndefined();
});

test('a replay finds what is the same row twice, in whatever order the two are mended', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const row = `erp,receipt,PO-1,1,CARPET,Pier 9,5,${WHEN},${WHEN}`;
  await importFile(fixture, lines(MOVEMENTS, row, row));
  accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: 'CARPET', targetCode: 'RUG-200' }));
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 2, written: 1, stillWaiting: 1 });
  expect(listQuarantine(fixture.workbook, fixture.periodId).rows[0]).toMatchObject({ state: 'waiting', reason: 'duplicate_row', rowNumber: 3 });
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 1, written: 0, stillWaiting: 1 });
});

test('a mapped row keeps what its name was said to mean, and the trail tells it', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines(COUNTS, `S,1,CARPET,Pier 9,1,${WHEN}`, `S,2,RUG-NEW,Pier 9,1,${WHEN}`));
  await importFile(fixture, lines('sku,name,tier', 'RUG-NEW,New rug,C'));
  accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: 'CARPET', targetCode: 'RUG-200' }));
  accepted(replayQuarantine(fixture.context, fixture.periodId));
  const { rows } = listQuarantine(fixture.workbook, fixture.periodId);
  expect(rows.map(({ subject, state, settledNote }) => [subject, state, settledNote])).toEqual([
    ['CARPET', 'replayed', 'is RUG-200'],
    ['RUG-NEW', 'replayed', 'RUG-NEW is known now'],
  ]);
  const { events } = auditPage(fixture.workbook, { offset: 0, limit: 10, text: '', periodId: null });
  expect(events.map((event) => event.sentence)).toContain('Mapped CARPET of plain: it means RUG-200');
});

test('a storefront snapshot given without a date is replayed with the instant that was given at import', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const header = 'SKU,Location,Incoming,Unavailable,Committed,Available,On hand';
  await importFile(fixture, lines(header, 'RUG-NEW,Pier 9,0,0,0,3,3'), { asOfInstant: AS_OF });
  await importFile(fixture, lines('sku,name,tier', 'RUG-NEW,New rug,C'));
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 1, written: 1, stillWaiting: 0 });
  expect(fixture.workbook.get("SELECT as_of_instant, available_scaled FROM snapshots WHERE system = 'storefront'")).toEqual({ as_of_instant: AS_OF, available_scaled: 30_000 });
});

test('a corrected row is written with the reason, and the text of the file stays', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(COUNTS, `S,1,RUG-200,Pier 9,-3,${WHEN}`));
  const { quarantineRowId, cells } = listQuarantine(fixture.workbook, fixture.periodId).rows[0]!;
  const still = correctRow(fixture.context, { quarantineRowId, cells: cells.with(4, '-4'), why: 'typing error' });
  expect(still).toMatchObject({ ok: false, failure: 'still_bad' });
  accepted(correctRow(fixture.context, { quarantineRowId, cells: cells.with(4, '3'), why: 'typing error, confirmed by team 2' }));
  expect(fixture.workbook.get('SELECT row_number, counted_scaled FROM counts')).toEqual({ row_number: 2, counted_scaled: 30_000 });
  expect(countsOf(fixture, importId)).toEqual({ rows_read: 1, rows_accepted: 1, rows_quarantined: 0, rows_ignored: 0 });
  expect(listQuarantine(fixture.workbook, fixture.periodId).rows[0]).toMatchObject({
    state: 'replayed', raw: `S,1,RUG-200,Pier 9,-3,${WHEN}`, settledNote: `typing error, confirmed by team 2 (written as: S,1,RUG-200,Pier 9,3,${WHEN})`,
  });
  const event = fixture.workbook.get<{ detail: string }>("SELECT detail FROM audit_events WHERE action = 'quarantine.correct'")!;
  expect(JSON.parse(event.detail)).toMatchObject({ before: `S,1,RUG-200,Pier 9,-3,${WHEN}`, after: `S,1,RUG-200,Pier 9,3,${WHEN}`, reason: 'negative_count' });
  expect(correctRow(fixture.context, { quarantineRowId, cells, why: 'again' })).toMatchObject({ ok: false, failure: 'row_settled' });
});

test('a kit whose part was unknown can be corrected', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines('sku,name,kit_of', 'SET,Set,NOBODY*1'));
  const { quarantineRowId } = listQuarantine(fixture.workbook, fixture.periodId).rows[0]!;
  accepted(correctRow(fixture.context, { quarantineRowId, cells: ['SET', 'Set', 'RUG-200*2'], why: 'new code' }));
  expect(fixture.workbook.get('SELECT quantity_scaled FROM kit_parts')).toEqual({ quantity_scaled: 20_000 });
});

test('ignored rows are counted as ignored, with the reason, and are not tried again', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(COUNTS, `S,1,NOBODY,Pier 9,1,${WHEN}`, `S,2,NOONE,Pier 9,1,${WHEN}`));
  const ids = listQuarantine(fixture.workbook, fixture.periodId).rows.map(({ quarantineRowId }) => quarantineRowId);
  expect(accepted(ignoreRows(fixture.context, { rows: { quarantineRowIds: ids }, why: 'samples, not ours' }))).toEqual({ ignored: 2 });
  expect(countsOf(fixture, importId)).toEqual({ rows_read: 2, rows_accepted: 0, rows_quarantined: 0, rows_ignored: 2 });
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 0, written: 0, stillWaiting: 0 });
  expect(listQuarantine(fixture.workbook, fixture.periodId).rows[0]).toMatchObject({ state: 'ignored', settledNote: 'samples, not ours' });
});

test('where one row of several cannot be ignored, none is', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines(COUNTS, `S,1,NOBODY,Pier 9,1,${WHEN}`));
  const { quarantineRowId } = listQuarantine(fixture.workbook, fixture.periodId).rows[0]!;
  const before = contentOf(fixture);
  expect(ignoreRows(fixture.context, { rows: { quarantineRowIds: [quarantineRowId, 999] }, why: 'x' })).toMatchObject({ ok: false, failure: 'row_unknown' });
  expect(contentOf(fixture)).toEqual(before);
});

test('a name is mapped only to what exists, and never away from an item of that name', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const map = (alias: string, targetCode: string) => mapAlias(fixture.context, { source: 'plain', kind: 'item', alias, targetCode });
  expect(map('CARPET', 'NOBODY')).toMatchObject({ ok: false, failure: 'target_unknown' });
  expect(map('LAMP-OAK-L', 'RUG-200')).toMatchObject({ ok: false, failure: 'alias_taken' });
  accepted(map('CARPET', 'RUG-200'));
  expect(accepted(map('CARPET', '12E4'))).toEqual({ before: 'RUG-200' });
});

test('the quarantine of a locked period stays as it is', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines(COUNTS, `S,1,NOBODY,Pier 9,1,${WHEN}`));
  fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1");
  const { quarantineRowId } = listQuarantine(fixture.workbook, fixture.periodId).rows[0]!;
  expect(replayQuarantine(fixture.context, fixture.periodId)).toMatchObject({ ok: false, failure: 'period_locked' });
  expect(ignoreRows(fixture.context, { rows: { quarantineRowIds: [quarantineRowId] }, why: 'x' })).toMatchObject({ ok: false, failure: 'period_locked' });
});
