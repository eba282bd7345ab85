/**
 * The traps that the files of all systems share, each by the name it has in the notes on the formats.
 */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { ImportProfile, profileOfMapping, type Rehearsal } from '@shared/domain/import';
import { formatQuantity } from '@shared/domain/quantity';
import { commitImport, inspectFile, rehearseImport, saveProfile } from '../../electron/services/imports';
import { formatFile, openFormatWorkbook } from '../support/formats';
import { AS_OF, accepted, importFile, lines, rehearse, requestFor } from '../support/imports';
import type { WorkbookFixture } from '../support/workbook-fixture';

const asOf = { asOfInstant: AS_OF };
const placed = { asOfInstant: AS_OF, locationCode: 'Canal Street' };
const reasons = ({ badRows }: Rehearsal) => badRows.map(({ rowNumber, reason }) => [rowNumber, reason]);
const ignored = ({ ignoredByReason }: Rehearsal) => Object.fromEntries(ignoredByReason.map(({ reason, rows }) => [reason, rows]));
const onHand = (fixture: WorkbookFixture, sku: string, system = 'erp') =>
  fixture.workbook
    .all<{ quantity: number | null }>(
      `SELECT on_hand_scaled AS quantity FROM snapshots JOIN stock_keys USING (stock_key_id) JOIN items USING (item_id)
       WHERE sku = ? AND system = ? AND import_id = (SELECT max(import_id) FROM imports)`, sku, system,
    )
    .map(({ quantity }) => (quantity === null ? null : formatQuantity(quantity)));

const SEARCH = 'Name,Inventory Location,Location On Hand';

test('trap 1, header position: title lines, a blank line or a template of notes may stand above the header', async () => {
  const fixture = await openFormatWorkbook();
  expect((await rehearse(fixture, formatFile('netsuite-valuation-summary.csv'), placed)).headerRow).toBe(6);
  expect((await rehearse(fixture, formatFile('erpnext-stock-reconciliation-template.csv'))).headerRow).toBe(9);
  const woo = fs.readFileSync(new URL('../fixtures/formats/woocommerce-products.csv', import.meta.url), 'utf8').replace('\ufeff', '');
  const shifted = await rehearse(fixture, { name: 'woo.csv', text: `\n\t${woo}` }, placed);
  expect([shifted.profile.id, shifted.headerRow, shifted.rowsAccepted]).toEqual(['woocommerce-products', 2, 3]);
});

test('trap 2, header language and custom labels: what no profile knows is mapped once and known from then on', async () => {
  const fixture = await openFormatWorkbook();
  const file = lines('Typ,Artikelnummer,Lagerbestand,Regul\u00e4rer Preis', 'simple,LAMP-OAK-L,33,14');
  expect(await rehearseImport(fixture.context, requestFor(fixture, file, placed))).toMatchObject({ ok: false, failure: 'file_unrecognised' });
  const saved = accepted(saveProfile(fixture.context, profileOfMapping({
    name: 'Shop in German', source: 'woocommerce', kind: 'snapshot', system: 'storefront', numberStyle: { decimal: '.', thousands: 'none' }, dateStyle: 'iso',
    columns: [{ field: 'sku', header: 'Artikelnummer', occurrence: 1 }, { field: 'available', header: 'Lagerbestand', occurrence: 1 }],
  })));
  expect((await rehearse(fixture, file, placed)).profile.id).toBe(saved.id);
});

test('trap 3, the same header twice: columns are kept by their place', async () => {
  const fixture = await openFormatWorkbook();
  const search = await rehearse(fixture, formatFile('netsuite-item-search-two-names.csv'), asOf);
  expect(search.columnsUsed.filter(({ header }) => header === 'Name')).toEqual([
    { position: 2, header: 'Name', field: 'sku' }, { position: 3, header: 'Name', field: 'location' },
  ]);
  const ledger = await rehearse(fixture, formatFile('erpnext-stock-ledger.csv'));
  expect(ledger.columnsUsed).toContainEqual({ position: 18, header: 'Voucher #', field: 'document' });
  expect(ledger.columnsIgnored).toContainEqual({ position: 8, header: 'Voucher #' });
});

test('trap 4, empty is not zero: only a profile that knows its system says what an empty cell means', async () => {
  const fixture = await openFormatWorkbook();
  await importFile(fixture, lines(SEARCH, 'LAMP-OAK-L,Canal Street,'), asOf);
  expect(onHand(fixture, 'LAMP-OAK-L')).toEqual(['0']);
  await importFile(fixture, lines('Item,Warehouse,Opening Qty,Balance Qty,Reserved Stock', 'LAMP-OAK-L,Stores - HL,0,,2'), asOf);
  expect(onHand(fixture, 'LAMP-OAK-L')).toEqual([null]);
  expect(ignored(await rehearse(fixture, formatFile('shopify-inventory.csv'), asOf))).toEqual({ not_stocked: 1 });
  await importFile(fixture, formatFile('odoo-stock-quant-technical.csv'), { ...asOf, profileId: 'odoo-physical-inventory' });
  expect(fixture.workbook.all('SELECT counted_scaled FROM counts ORDER BY row_number')).toEqual([
    { counted_scaled: 340_000 }, { counted_scaled: null }, { counted_scaled: 0 },
  ]);
});

test('trap 5, two kinds of empty: an empty text and a missing value are both empty', async () => {
  const fixture = await openFormatWorkbook();
  const header = 'Handle,SKU,Location,Incoming,Unavailable,Committed,Available,On hand';
  const rehearsal = await rehearse(fixture, lines(header, 'a,"",Canal Street,0,0,0,1,1', 'b,,Canal Street,0,0,0,2,2', 'c,LAMP-OAK-L,Canal Street,"",,0,3,3'), asOf);
  expect(reasons(rehearsal)).toEqual([[2, 'missing_key'], [3, 'missing_key']]);
  expect(rehearsal.controlTotals.find(({ field }) => field === 'incoming')).toMatchObject({ sum: '0', rows: 2 });
});

test('trap 6, leading apostrophes: one before digits or a sign is no part of the value', async () => {
  const fixture = await openFormatWorkbook();
  await importFile(fixture, formatFile('woocommerce-products.csv'), placed);
  const available = fixture.workbook.all<{ available_scaled: number }>("SELECT available_scaled FROM snapshots JOIN stock_keys USING (stock_key_id) JOIN items USING (item_id) WHERE sku = 'LAMP-OAK-P' AND system = 'storefront'");
  expect(available).toEqual([{ available_scaled: -10_000 }]);
  const list = 'Handle,Variant SKU,Variant Price,Variant Barcode,Title';
  await importFile(fixture, lines(list, "a,RUG-200,1,'0412345678905,'t Rug"));
  expect(fixture.workbook.get("SELECT barcode, name FROM items WHERE sku = 'RUG-200'")).toEqual({ barcode: '0412345678905', name: "'t Rug" });
});

test('trap 7, numbers: groups, currencies, codes, trailing minus, brackets, five decimals and floats are read exactly', async () => {
  const fixture = await openFormatWorkbook();
  await importFile(fixture, formatFile('sap-mb52.csv'), asOf);
  expect([onHand(fixture, '000000000000200101'), onHand(fixture, '000000000000200102')]).toEqual([['1212'], ['-2', '0']]);
  await importFile(fixture, formatFile('netsuite-valuation-summary.csv'), placed);
  expect([onHand(fixture, 'BULK-1'), onHand(fixture, 'RUG-200')]).toEqual([['3000'], ['-1']]);
  await importFile(fixture, formatFile('inflow-stock-levels.csv'), asOf);
  expect(onHand(fixture, 'RUG-200', 'warehouse')).toEqual(['0.25']);
  const zoho = await rehearse(fixture, formatFile('zoho-items.csv'), placed);
  expect(reasons(zoho)).toEqual([[5, 'currency_mismatch']]);
  expect((await rehearse(fixture, formatFile('sortly-items.csv'), asOf)).controlTotals[0]).toMatchObject({ field: 'counted', sum: '55.5' });
});

test('trap 8, identifiers are text: zeros stay, 12E4 is a code, and digits that a spreadsheet lost are quarantined', async () => {
  const fixture = await openFormatWorkbook();
  const rehearsal = await rehearse(fixture, lines(SEARCH, '00417-A,Canal Street,1', '12E4,Canal Street,2', '4.00001E+12,Canal Street,3', '9000000000000200001,Canal Street,4'), asOf);
  expect(rehearsal.newItems).toEqual(['00417-A', '9000000000000200001']);
  expect(reasons(rehearsal)).toEqual([[4, 'damaged_identifier']]);
});

test('trap 8, leading zeros of SAP materials make no difference by rule, and only there', async () => {
  const fixture = await openFormatWorkbook();
  await importFile(fixture, lines(SEARCH, '200101,Canal Street,1', '00417,Canal Street,1'), asOf);
  expect((await rehearse(fixture, formatFile('sap-mb52.csv'), asOf)).newItems).toEqual(['000000000000200102', '000000000000200103']);
  expect((await rehearse(fixture, lines(SEARCH, '0200101,Canal Street,1'), asOf)).newItems).toEqual(['0200101']);
});

test('trap 9, SKU may be blank: an empty SKU or a hyphen names no item, and a shared ID is not one item', async () => {
  const fixture = await openFormatWorkbook();
  expect(reasons(await rehearse(fixture, formatFile('shopify-inventory.csv'), asOf))).toEqual([[6, 'missing_key'], [7, 'missing_key']]);
  expect(reasons(await rehearse(fixture, formatFile('shopify-orders.csv'), placed))).toEqual([[7, 'missing_key'], [11, 'unknown_item']]);
  const sortly = await rehearse(fixture, formatFile('sortly-items.csv'), asOf);
  expect(sortly.quarantinedByReason.map(({ subject }) => subject)).toEqual(['Vase / SHL0002']);
});

test('trap 10, rows that are not items are counted by what they are, never quarantined', async () => {
  const fixture = await openFormatWorkbook();
  const told = async (file: string, given = placed) => ignored(await rehearse(fixture, formatFile(file), given));
  expect(await told('netsuite-valuation-summary.csv')).toEqual({ total_row: 2, category_row: 1 });
  expect(await told('sortly-items.csv')).toEqual({ folder_row: 1 });
  expect(await told('shopify-products.csv')).toEqual({ image_row: 1, not_tracked: 1 });
  expect(await told('woocommerce-products.csv')).toEqual({ parent_row: 1, stock_of_parent: 1, non_stock: 1, not_tracked: 1 });
  expect(await told('fishbowl-inventory-quantity.csv')).toEqual({ empty_row: 1, serial_row: 1 });
  expect(await told('quickbooks-online-valuation-summary.csv')).toEqual({ total_row: 2, category_row: 1, empty_row: 2, time_stamp: 1 });
  expect(await told('sap-mb52-text.txt')).toEqual({ empty_row: 2, foreign_owned: 1 });
  // An item may be called Total all the same.
  expect((await rehearse(fixture, formatFile('erpnext-stock-balance.csv'), asOf)).newItems).toEqual(['TOTAL-KIT']);
});

test('trap 11, line breaks inside cells do not split a row', async () => {
  const fixture = await openFormatWorkbook();
  const orders = await rehearse(fixture, formatFile('shopify-orders.csv'), placed);
  expect(orders.rowsRead).toBe(10);
  const activity = await rehearse(fixture, formatFile('sortly-activity.csv'));
  expect(activity.rowsRead).toBe(7);
});

test('trap 12, trailing delimiter: an unnamed last column is no column', async () => {
  const fixture = await openFormatWorkbook();
  const fishbowl = await rehearse(fixture, formatFile('fishbowl-inventory-quantity.csv'), asOf);
  expect(fishbowl.columnsIgnored.map(({ header }) => header)).toEqual(['QbClass', 'Date', 'Note', 'Tracking-Expiration Date', 'Tracking-Lot Number']);
  expect(fishbowl.rowsQuarantined).toBe(0);
});

test('trap 15, dates: the style is decided by the whole column, and asked for where that does not tell', async () => {
  const fixture = await openFormatWorkbook();
  const header = 'Inventory Adjustment : External ID,Adjustment Location,Item,Adjust Qty. By,Date';
  const row = (date: string) => `A,Canal Street,RUG-200,-1,${date}`;
  const instants = () => fixture.workbook.all<{ at: number }>('SELECT occurred_instant AS at FROM movements ORDER BY row_number').map(({ at }) => new Date(at).toISOString().slice(0, 10));
  await importFile(fixture, lines(header, row('03/10/2026'), row('04/10/2026'), row('31/10/2026')));
  expect(instants()).toEqual(['2026-10-03', '2026-10-04', '2026-10-31']);
  const open = lines(header, row('03/10/2026'), row('10/04/2026'));
  expect(await rehearseImport(fixture.context, requestFor(fixture, open))).toMatchObject({ ok: false, failure: 'date_style_needed' });
  expect(accepted(await inspectFile(fixture.context, requestFor(fixture, open))).needs).toMatchObject({ dateStyle: true, numberStyle: false });
  expect(reasons(await rehearse(fixture, open, { dateStyle: 'day_month_year' }))).toEqual([[3, 'outside_period']]);
  expect(reasons(await rehearse(fixture, open, { dateStyle: 'month_day_year' }))).toEqual([[2, 'outside_period']]);
});

test('trap 15, dates: a time zone that only the header names is the zone of the rows', async () => {
  const fixture = await openFormatWorkbook();
  const text = (zone: string) => fs.readFileSync(new URL('../fixtures/formats/sortly-activity.csv', import.meta.url), 'utf8').replace('(CEST)', `(${zone})`);
  const first = async (zone: string) => {
    const { importId } = await importFile(fixture, { name: `${zone}.csv`, text: text(zone) });
    return new Date(fixture.workbook.get<{ at: number }>('SELECT occurred_instant AS at FROM movements WHERE import_id = ? ORDER BY row_number LIMIT 1', importId)!.at).toISOString();
  };
  expect(await first('CEST')).toBe('2026-10-31T15:12:00.000Z');
  expect(await first('PDT')).toBe('2026-11-01T00:12:00.000Z');
  const unknown = await rehearse(fixture, { name: 'x.csv', text: text('XYZ') });
  expect(unknown.badRows[0]).toMatchObject({ reason: 'unreadable_date', subject: 'xyz' });
});

test('trap 7, numbers: a decimal sign that no figure tells is asked for', async () => {
  const fixture = await openFormatWorkbook();
  const file = lines('Material;Plant;Storage Location;Unrestricted', '1;2000;0001;1,200', '2;2000;0001;75');
  expect(await rehearseImport(fixture.context, requestFor(fixture, file, asOf))).toMatchObject({ ok: false, failure: 'number_style_needed' });
  const point = await rehearse(fixture, file, { ...asOf, numberStyle: { decimal: '.', thousands: ',' } });
  expect(point.controlTotals[0]).toMatchObject({ sum: '1275' });
  const comma = await rehearse(fixture, file, { ...asOf, numberStyle: { decimal: ',', thousands: '.' } });
  expect(comma.controlTotals[0]).toMatchObject({ sum: '76.2' });
});

test('trap 16, unavailable is not damaged: the sum stays a state of its own, and the others stay unknown', async () => {
  const fixture = await openFormatWorkbook();
  const rehearsal = (await importFile(fixture, formatFile('shopify-inventory.csv'), asOf)).rehearsal;
  expect(rehearsal.statesHeld).toContain('unavailable');
  expect(rehearsal.statesUnknown).toEqual(expect.arrayContaining(['damaged', 'reserved', 'quarantined']));
  expect(fixture.workbook.get("SELECT unavailable_scaled, damaged_scaled, reserved_scaled, quarantined_scaled FROM snapshots WHERE system = 'storefront' ORDER BY row_number LIMIT 1")).toEqual({
    unavailable_scaled: 10_000, damaged_scaled: null, reserved_scaled: null, quarantined_scaled: null,
  });
});

test('a journal that does not balance refuses the file, with the entry, both sides and the row that was not read', async () => {
  const fixture = await openFormatWorkbook();
  const header = 'External ID,Date,Account,Debit,Credit';
  const short = lines(header, 'J-1,10/31/2026,5190,40.81,', 'J-1,10/31/2026,1310,,4O.81', 'J-2,10/31/2026,1310,5.00,', 'J-2,10/31/2026,5190,,5.00');
  const outcome = await commitImport(fixture.context, requestFor(fixture, short));
  expect(outcome).toMatchObject({ ok: false, failure: 'entries_unbalanced' });
  expect(!outcome.ok && outcome.message).toBe('Entries do not balance: J-1 (debit 40.81, credit 0.00, difference 40.81). Not read: row 3: Credit "4O.81" is no number. Export the file again, whole.');
  expect(fixture.workbook.all('SELECT * FROM ledger_entries')).toEqual([]);
});

test('a mapping of a profile file is checked like any profile', () => {
  expect(ImportProfile.safeParse({ id: 'x', version: 1, name: 'X', source: 'x', kind: 'count', system: null, recognise: { requiredFields: [] }, effect: 'sets', columns: [{ field: 'sku', headers: ['A'], and: [{ headers: ['B'] }] }] }).success).toBe(false);
});
