import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { ImportProfile, profileOfMapping, type Mapping, type Rehearsal } from '@shared/domain/import';
import { importHandlers } from '../../electron/ipc/handlers/imports';
import { commitImport, inspectFile, rehearseImport, saveProfile } from '../../electron/services/imports';
import { findChainBreak } from '../../electron/workbook/audit';
import { AS_OF, accepted, importBasics, importFile, lines, rehearse, requestFor } from '../support/imports';
import { openFixtureWorkbook } from '../support/workbook-fixture';

const reasons = (rehearsal: Rehearsal) => rehearsal.badRows.map(({ rowNumber, reason }) => [rowNumber, reason]);
const counts = ({ rowsRead, rowsAccepted, rowsQuarantined, rowsIgnored }: Rehearsal) => [rowsRead, rowsAccepted, rowsQuarantined, rowsIgnored];

test('a NetSuite item search below title lines adds items and locations, and an empty quantity beside a location is zero', async () => {
  const fixture = openFixtureWorkbook();
  const { rehearsal } = await importFile(fixture, 'netsuite-item-search.csv', { asOfInstant: AS_OF });
  expect(rehearsal.headerRow).toBe(5);
  expect(rehearsal.profile.id).toBe('netsuite-item-search');
  expect(rehearsal.profile.why).toContain('Row 5 names 9 of the 9 columns');
  expect(counts(rehearsal)).toEqual([6, 5, 0, 1]);
  expect(rehearsal.ignoredByReason).toEqual([{ reason: 'total_row', rows: 1 }]);
  expect(rehearsal.newItems).toEqual(['LAMP-OAK-L', 'LAMP-OAK-P', '00417-V', '12E4', 'RUG-200']);
  expect(rehearsal.newLocations).toEqual(['Canal Street', 'Pier 9']);
  expect(rehearsal.columnsIgnored.map(({ position, header }) => [position, header])).toEqual([
    [1, 'Internal ID'], [5, 'Name'], [10, 'Location Back Ordered'], [13, 'On Hand'],
  ]);
  expect(rehearsal.statesUnknown).toEqual(['reserved', 'damaged', 'quarantined', 'unavailable']);
  const rows = fixture.workbook.all(
    `SELECT i.sku, l.code, on_hand_scaled, available_scaled, in_transit_scaled, damaged_scaled, s.unit_cost_scaled, row_number
     FROM snapshots s JOIN stock_keys USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l USING (location_id) ORDER BY row_number`,
  );
  expect(rows).toEqual([
    { sku: 'LAMP-OAK-L', code: 'Canal Street', on_hand_scaled: 360_000, available_scaled: 310_000, in_transit_scaled: 0, damaged_scaled: null, unit_cost_scaled: 1_020_405_000, row_number: 6 },
    { sku: 'LAMP-OAK-P', code: 'Canal Street', on_hand_scaled: 20_000, available_scaled: 0, in_transit_scaled: 0, damaged_scaled: null, unit_cost_scaled: 41_500_000, row_number: 7 },
    { sku: '00417-V', code: 'Pier 9', on_hand_scaled: 180_000, available_scaled: 180_000, in_transit_scaled: 60_000, damaged_scaled: null, unit_cost_scaled: 7_250_000, row_number: 8 },
    { sku: '12E4', code: 'Pier 9', on_hand_scaled: 0, available_scaled: 0, in_transit_scaled: 0, damaged_scaled: null, unit_cost_scaled: 1_900_000, row_number: 9 },
    { sku: 'RUG-200', code: 'Pier 9', on_hand_scaled: -30_000, available_scaled: -30_000, in_transit_scaled: 0, damaged_scaled: null, unit_cost_scaled: 88_000_000, row_number: 10 },
  ]);
  expect(findChainBreak(fixture.workbook)).toBeUndefined();
});

test('a NetSuite search under the names that scripts write is read the same; a column that is missing stays unknown', async () => {
  const fixture = openFixtureWorkbook();
  const { rehearsal } = await importFile(fixture, 'netsuite-script.csv', { asOfInstant: AS_OF });
  expect(rehearsal.profile.id).toBe('netsuite-item-search');
  expect(rehearsal.statesUnknown).toContain('committed');
  expect(fixture.workbook.get('SELECT on_hand_scaled, committed_scaled FROM snapshots')).toEqual({ on_hand_scaled: 360_000, committed_scaled: null });
});

test('a NetSuite search with only totals of all locations is refused, because its sums would count twice', async () => {
  const fixture = openFixtureWorkbook();
  const outcome = await rehearseImport(fixture.context, requestFor(fixture, 'netsuite-totals-only.csv', { asOfInstant: AS_OF }));
  expect(outcome).toMatchObject({ ok: false, failure: 'profile_refused' });
});

test('a Shopify inventory sets the storefront, passes over what a location never stocks and creates nothing', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { rehearsal } = await importFile(fixture, 'shopify-inventory.csv', { asOfInstant: AS_OF });
  expect(counts(rehearsal)).toEqual([6, 4, 1, 1]);
  expect(rehearsal.ignoredByReason).toEqual([{ reason: 'not_stocked', rows: 1 }]);
  expect(reasons(rehearsal)).toEqual([[6, 'missing_key']]);
  expect(rehearsal.newItems).toEqual([]);
  expect(rehearsal.systems).toEqual(['storefront']);
  expect(rehearsal.totals.find(({ location, measure }) => location === 'Canal Street' && measure === 'available')).toEqual({
    system: 'storefront', measure: 'available', location: 'Canal Street', before: null, after: '29',
  });
  expect(rehearsal.controlTotals.find(({ field }) => field === 'on_hand')).toEqual({ field: 'on_hand', header: 'On hand (current)', sum: '64', rows: 5 });
});

test('a snapshot without a date asks for it, and takes none that lies far from the period', async () => {
  const fixture = openFixtureWorkbook();
  expect(await rehearseImport(fixture.context, requestFor(fixture, 'shopify-inventory.csv'))).toMatchObject({ ok: false, failure: 'as_of_needed' });
  const far = requestFor(fixture, 'shopify-inventory.csv', { asOfInstant: Date.UTC(2027, 5, 1) });
  expect(await rehearseImport(fixture.context, far)).toMatchObject({ ok: false, failure: 'as_of_outside_period' });
});

test('a plain snapshot holds several systems, and what only the ERP may create does not depend on the order of rows', async () => {
  const fixture = openFixtureWorkbook();
  const { rehearsal } = await importFile(fixture, 'plain-snapshot.csv');
  expect(counts(rehearsal)).toEqual([6, 4, 2, 0]);
  expect(rehearsal.systems).toEqual(['erp', 'storefront', 'warehouse']);
  expect(rehearsal.newItems).toEqual(['LAMP-OAK-L', '00417-V']);
  expect(reasons(rehearsal)).toEqual([[6, 'unknown_item'], [7, 'currency_mismatch']]);
  expect(rehearsal.columnsIgnored).toEqual([{ position: 15, header: 'comment' }]);
  expect(fixture.workbook.get('SELECT system FROM imports')).toEqual({ system: null });
  expect(fixture.workbook.get("SELECT on_hand_scaled, available_scaled FROM snapshots WHERE system = 'storefront'")).toEqual({
    on_hand_scaled: null, available_scaled: 300_000,
  });
});

test('plain movements keep a second posting as data and quarantine the same row twice', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { rehearsal } = await importFile(fixture, 'plain-movements.csv');
  expect(reasons(rehearsal)).toEqual([[5, 'duplicate_row'], [8, 'unknown_value'], [10, 'outside_period'], [11, 'unknown_value']]);
  expect(counts(rehearsal)).toEqual([10, 6, 4, 0]);
  expect(rehearsal.effect).toBe('adds');
  const erp = rehearsal.totals.filter(({ system, location }) => system === 'erp' && location === 'Canal Street');
  expect(erp.map(({ measure, before, after }) => [measure, before, after])).toEqual([
    ['on_hand', null, '-4'], ['available', null, '-1'], ['committed', null, '-3'],
  ]);
});

test('a plain count keeps an empty count as not counted and takes a sheet line once', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { rehearsal } = await importFile(fixture, 'plain-count.csv');
  expect(reasons(rehearsal)).toEqual([[4, 'duplicate_row'], [8, 'negative_count'], [9, 'outside_period']]);
  expect(fixture.workbook.all('SELECT row_number, count_no, counted_scaled FROM counts ORDER BY row_number')).toEqual([
    { row_number: 2, count_no: 1, counted_scaled: 200_000 },
    { row_number: 3, count_no: 1, counted_scaled: 140_000 },
    { row_number: 5, count_no: 1, counted_scaled: 170_000 },
    { row_number: 6, count_no: 2, counted_scaled: 180_000 },
    { row_number: 7, count_no: 1, counted_scaled: null },
  ]);
  expect(rehearsal.totals).toEqual([
    { system: null, measure: 'counted', location: 'Canal Street', before: null, after: '34' },
    { system: null, measure: 'counted', location: 'Pier 9', before: null, after: '18' },
  ]);
});

test('plain items set what is filled, build recipes from parts below them and keep what changed', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { rehearsal } = await importFile(fixture, 'plain-items.csv');
  expect(reasons(rehearsal)).toEqual([[5, 'damaged_identifier'], [7, 'unknown_item']]);
  expect(rehearsal.newItems).toEqual(['SET-1']);
  expect(rehearsal.changedItems).toBe(3);
  expect(fixture.workbook.get("SELECT name, barcode, tier, pack_size_scaled, unit_cost_scaled FROM items WHERE sku = 'LAMP-OAK-L'")).toEqual({
    name: 'Lamp, oak, linen', barcode: '0790123456785', tier: 'A', pack_size_scaled: 60_000, unit_cost_scaled: 40_405_000,
  });
  expect(
    fixture.workbook.all(
      'SELECT k.sku AS kit, p.sku AS part, quantity_scaled FROM kit_parts JOIN items k ON k.item_id = kit_item_id JOIN items p ON p.item_id = part_item_id ORDER BY p.sku',
    ),
  ).toEqual([
    { kit: 'SET-1', part: '00417-V', quantity_scaled: 20_000 },
    { kit: 'SET-1', part: 'LAMP-OAK-L', quantity_scaled: 10_000 },
  ]);
  const event = fixture.workbook.get<{ detail: string }>("SELECT detail FROM audit_events WHERE action = 'item.set' AND detail LIKE '%LAMP-OAK-L%'");
  expect(JSON.parse(event!.detail)).toMatchObject({ before: { tier: 'C', unitCost: null }, after: { tier: 'A', unitCost: '40.405' } });
});

test('a kit that is part of another kit is written whichever stands first', async () => {
  const fixture = openFixtureWorkbook();
  const { rehearsal } = await importFile(
    fixture,
    lines('sku,name,kit_of', 'OUTER,Outer,INNER*1', 'INNER,Inner,PART*2', 'PART,Part,', 'LOOP,Loop,LOOP*1', 'BAD,Bad,PART x 2'),
  );
  expect(counts(rehearsal)).toEqual([5, 3, 2, 0]);
  expect(reasons(rehearsal)).toEqual([[5, 'unknown_value'], [6, 'unreadable_number']]);
});

test('a plain trial balance takes an empty side as zero and leaves another period out', async () => {
  const fixture = openFixtureWorkbook();
  const { rehearsal } = await importFile(fixture, 'plain-trial-balance.csv');
  expect(reasons(rehearsal)).toEqual([[4, 'outside_period'], [5, 'unreadable_number']]);
  expect(rehearsal.totals).toEqual([
    { system: null, measure: 'debit', location: null, before: null, after: '182340.17' },
    { system: null, measure: 'credit', location: null, before: null, after: '51200.00' },
  ]);
  expect(rehearsal.controlTotals).toEqual([
    { field: 'debit', header: 'debit', sum: '182352.17', rows: 2 },
    { field: 'credit', header: 'credit', sum: '51200.00', rows: 3 },
  ]);
});

test('plain tags set reasons and owners on lines, each with its own audit event', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { rehearsal } = await importFile(fixture, 'plain-tags.csv');
  expect(counts(rehearsal)).toEqual([4, 2, 2, 0]);
  expect(reasons(rehearsal)).toEqual([[4, 'unknown_value'], [5, 'unknown_value']]);
  expect(rehearsal.changedTags).toBe(2);
  expect(fixture.workbook.all('SELECT reason_code, owner, note, due_instant, revision FROM tags ORDER BY stock_key_id')).toEqual([
    { reason_code: 'SHRINK', owner: 'warehouse', note: 'two short', due_instant: Date.UTC(2026, 10, 6, 7, 59, 59), revision: 1 },
    { reason_code: 'TIMING', owner: 'finance', note: '', due_instant: null, revision: 1 },
  ]);
  const events = fixture.workbook.all<{ subject: string; detail: string }>("SELECT subject, detail FROM audit_events WHERE action = 'tag.set' ORDER BY sequence");
  expect(events).toHaveLength(2);
  expect(events[0]!.subject).toMatch(/^line:\d+$/);
  expect(JSON.parse(events[0]!.detail)).toEqual({
    before: null, after: { reason: 'SHRINK', owner: 'warehouse', note: 'two short', due: '2026-11-06T07:59:59Z' }, importId: expect.any(Number) as number,
  });
});

test('the same rows as a spreadsheet with a cover sheet give the same positions as the text file', async () => {
  const fixture = openFixtureWorkbook();
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Cover').addRow(['Canal & Pier Trading']);
  const sheet = workbook.addWorksheet('Items');
  sheet.addRow(['As of October 31']);
  sheet.addRow([]);
  sheet.addRow(['Name', 'Inventory Location', 'Location On Hand', 'Location Average Cost']);
  sheet.addRow(['LAMPS : LAMP-OAK-L', 'Canal Street', 36, 1020.405]);
  sheet.addRow(['00417-V', 'Retail : Pier 9', { formula: 'C4/2', result: 18 }, 7.25]);
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  const { importId, rehearsal } = await importFile(fixture, { name: 'items.xlsx', text: bytes }, { asOfInstant: AS_OF });
  expect(rehearsal).toMatchObject({ sheet: 'Items', headerRow: 3, delimiter: null, rowsAccepted: 2 });
  expect(fixture.workbook.all('SELECT row_number, on_hand_scaled, unit_cost_scaled FROM snapshots WHERE import_id = ? ORDER BY row_number', importId)).toEqual([
    { row_number: 4, on_hand_scaled: 360_000, unit_cost_scaled: 1_020_405_000 },
    { row_number: 5, on_hand_scaled: 180_000, unit_cost_scaled: 7_250_000 },
  ]);
});

test('a spreadsheet whose dates are real dates is read on the wall clock of the workbook', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Count');
  sheet.addRow(['sku', 'location', 'counted', 'counted_at']);
  sheet.addRow(['RUG-200', 'Pier 9', 3, new Date(Date.UTC(2026, 9, 31, 22, 30))]).getCell(4).numFmt = 'yyyy-mm-dd hh:mm';
  sheet.addRow(['RUG-200', 'Pier 9', 3, new Date(Date.UTC(2026, 9, 31))]).getCell(4).numFmt = 'yyyy-mm-dd';
  const { rehearsal } = await importFile(fixture, { name: 'count.xlsx', text: new Uint8Array(await workbook.xlsx.writeBuffer()) });
  expect(reasons(rehearsal)).toEqual([[3, 'unreadable_date']]);
  expect(fixture.workbook.get('SELECT counted_instant FROM counts')).toEqual({ counted_instant: Date.UTC(2026, 10, 1, 5, 30) });
});

test('a semicolon file in UTF-16 imports like the same file in UTF-8', async () => {
  const fixture = openFixtureWorkbook();
  const text = 'system;sku;location;as_of;on_hand\nerp;LAMP-\u00d8;\u00c5rhus;2026-10-31T22:00:00-07:00;12.5\n';
  const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  const { rehearsal } = await importFile(fixture, { name: 'wide.csv', text: bytes });
  expect(rehearsal).toMatchObject({ encoding: 'utf-16le', delimiter: ';', rowsAccepted: 1, newItems: ['LAMP-\u00d8'], newLocations: ['\u00c5rhus'] });
});

test('an unknown file is laid out for mapping, and its mapping is recognised the next time', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const text = 'Bericht;;;\nArtikel;Lager;Bestand;Stand\nRUG-200;Pier 9;1.203,5;31.10.2026 22:30\nLAMP-OAK-L;Canal Street;2;31.10.2026 22:30\n';
  const file = { name: 'depot.csv', text };
  const inspection = accepted(await inspectFile(fixture.context, requestFor(fixture, file)));
  expect(inspection).toMatchObject({
    profile: null, headerRow: 2, delimiter: ';', guessedNumberStyle: { decimal: ',', thousands: '.' }, guessedDateStyle: 'day_month_year',
  });
  expect(inspection.columns.map(({ header, samples }) => [header, samples])).toEqual([
    ['Artikel', ['RUG-200', 'LAMP-OAK-L']], ['Lager', ['Pier 9', 'Canal Street']], ['Bestand', ['1.203,5', '2']], ['Stand', ['31.10.2026 22:30', '31.10.2026 22:30']],
  ]);
  const saved = accepted(
    saveProfile(fixture.context, profileOfMapping({
      name: 'Depot', source: 'depot', kind: 'snapshot', system: 'warehouse',
      columns: [
        { field: 'sku', header: 'Artikel', occurrence: 1 }, { field: 'location', header: 'Lager', occurrence: 1 },
        { field: 'on_hand', header: 'Bestand', occurrence: 1 }, { field: 'as_of', header: 'Stand', occurrence: 1 },
      ],
      numberStyle: inspection.guessedNumberStyle, dateStyle: 'day_month_year',
    })),
  );
  const again = accepted(await inspectFile(fixture.context, requestFor(fixture, file)));
  expect(again.profile?.id).toBe(saved.id);
  const { rehearsal } = await importFile(fixture, file);
  expect(rehearsal).toMatchObject({ rowsAccepted: 2, systems: ['warehouse'] });
  expect(fixture.workbook.get("SELECT on_hand_scaled, as_of_instant FROM snapshots WHERE system = 'warehouse' ORDER BY row_number LIMIT 1")).toEqual({
    on_hand_scaled: 12_035_000, as_of_instant: Date.UTC(2026, 10, 1, 5, 30),
  });
});

test('a mapping that the window keeps is a profile of the workbook from then on', async () => {
  const fixture = openFixtureWorkbook();
  const mapping: Mapping = {
    name: 'Shelf list', source: 'shelf', kind: 'count', system: null, numberStyle: { decimal: '.', thousands: 'none' }, dateStyle: 'iso',
    columns: [
      { field: 'sku', header: 'Code', occurrence: 1 }, { field: 'location', header: 'Place', occurrence: 1 },
      { field: 'counted', header: 'Qty', occurrence: 1 }, { field: 'counted_at', header: 'When', occurrence: 1 },
    ],
  };
  const kept = accepted(await importHandlers['imports:saveProfile'](fixture.context as Parameters<(typeof importHandlers)['imports:saveProfile']>[0], { mapping }));
  const file = lines('Code,Place,Qty,When', 'A,B,1,2026-10-31T22:30:00-07:00');
  expect((await rehearse(fixture, file)).profile.id).toBe(kept.profileId);
});

test('a date that can be read both ways is not guessed', async () => {
  const fixture = openFixtureWorkbook();
  const inspection = accepted(await inspectFile(fixture.context, requestFor(fixture, lines('Artikel,Stand', 'A,03/04/2026', 'B,05/06/2026'))));
  expect(inspection.guessedDateStyle).toBeNull();
});

test.each([
  ['period_unknown', { periodId: 99 }, 'plain-count.csv'],
  ['file_missing', {}, 'no-such-file.csv'],
  ['profile_unknown', { profileId: 'nobody' }, 'plain-count.csv'],
  ['header_not_found', { profileId: 'plain-movements' }, 'plain-count.csv'],
] as const)('is refused with %s', async (failure, given, file) => {
  const fixture = openFixtureWorkbook();
  expect(await rehearseImport(fixture.context, requestFor(fixture, file, given))).toMatchObject({ ok: false, failure });
});

test('a file of no known kind is refused, and one with no rows at all is empty', async () => {
  const fixture = openFixtureWorkbook();
  const attempt = (...texts: string[]) => rehearseImport(fixture.context, requestFor(fixture, lines(...texts)));
  expect(await attempt('one,two', '1,2')).toMatchObject({ ok: false, failure: 'file_unrecognised' });
  expect(await attempt('', '  ', ',,')).toMatchObject({ ok: false, failure: 'file_empty' });
});

test('a mapping without a location column needs the location, which must exist', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const mapping = ImportProfile.parse(profileOfMapping({
    name: 'Shelf', source: 'shelf', kind: 'count', system: null,
    columns: [{ field: 'sku', header: 'Code', occurrence: 1 }, { field: 'counted', header: 'Qty', occurrence: 1 }, { field: 'counted_at', header: 'When', occurrence: 1 }],
    numberStyle: { decimal: '.', thousands: 'none' }, dateStyle: 'iso',
  }));
  const file = lines('Code,Qty,When', 'RUG-200,4,2026-10-31T22:30:00-07:00');
  expect(await rehearseImport(fixture.context, requestFor(fixture, file, { mapping }))).toMatchObject({ ok: false, failure: 'location_needed' });
  expect(await rehearseImport(fixture.context, requestFor(fixture, file, { mapping, locationCode: 'Nowhere' }))).toMatchObject({ ok: false, failure: 'location_unknown' });
  const { rehearsal } = await importFile(fixture, file, { mapping, locationCode: 'Pier 9' });
  expect(rehearsal).toMatchObject({ rowsAccepted: 1, locationCode: 'Pier 9' });
});

test('nothing is imported into a locked period', async () => {
  const fixture = openFixtureWorkbook();
  fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1 WHERE period_id = ?", fixture.periodId);
  expect(await commitImport(fixture.context, requestFor(fixture, 'plain-count.csv'))).toMatchObject({ ok: false, failure: 'period_locked' });
});
