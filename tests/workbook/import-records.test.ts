/**
 * What a row tells beyond its own cells: several events, cells of the order above it, names of people that are not kept;
 * and that a row that waits can be read again by itself.
 */
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import type { Rehearsal } from '@shared/domain/import';
import { originalRow } from '../../electron/services/imports/original-row';
import { inspectFile, rehearseImport } from '../../electron/services/imports';
import { correctRow, listQuarantine, mapAlias, replayQuarantine } from '../../electron/services/quarantine';
import { formatFile, openFormatWorkbook } from '../support/formats';
import { AS_OF, accepted, importFile, lines, rehearse, requestFor } from '../support/imports';
import { openFixtureWorkbook } from '../support/workbook-fixture';

const placed = { asOfInstant: AS_OF, locationCode: 'Canal Street' };
const ORDERS = 'Name,Email,Financial Status,Fulfilled at,Created at,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem fulfillment status,Cancelled at,Location,Billing Name';
const net = ({ totals }: Rehearsal, measure: string, location = 'Canal Street') =>
  totals.find((total) => total.system === 'storefront' && total.measure === measure && total.location === location)?.after;

test('an order line tells its order and its shipment, and a refund moves no stock', async () => {
  const fixture = await openFormatWorkbook();
  const rows = [
    '#1,a@b.c,paid,2026-10-30 08:00:00 -0700,2026-10-29 09:00:00 -0700,2,Lamp,LAMP-OAK-L,fulfilled,,,Robin',
    '#2,a@b.c,refunded,2026-10-30 08:00:00 -0700,2026-10-29 09:00:00 -0700,1,Lamp,LAMP-OAK-L,fulfilled,,,Robin',
  ];
  const { rehearsal } = await importFile(fixture, lines(ORDERS, ...rows), placed);
  expect(fixture.workbook.all("SELECT type, count(*) AS movements FROM movements GROUP BY type ORDER BY type")).toEqual([
    { type: 'order', movements: 2 }, { type: 'refund', movements: 1 }, { type: 'shipment', movements: 2 },
  ]);
  expect([net(rehearsal, 'on_hand'), net(rehearsal, 'available'), net(rehearsal, 'committed')]).toEqual(['-3', '-3', '0']);
});

test('without the instant of the export a refund has no date, and none is told', async () => {
  const fixture = await openFormatWorkbook();
  await importFile(fixture, lines(ORDERS, '#2,,refunded,2026-10-30 08:00:00 -0700,2026-10-29 09:00:00 -0700,1,Lamp,LAMP-OAK-L,fulfilled,,,'), { locationCode: 'Canal Street' });
  expect(fixture.workbook.all('SELECT type FROM movements ORDER BY record_number')).toEqual([{ type: 'order' }, { type: 'shipment' }]);
});

test('cells of an order hold for its other lines and never for the next order', async () => {
  const fixture = await openFormatWorkbook();
  const rows = [
    '#1,,paid,2026-10-30 08:00:00 -0700,2026-10-29 09:00:00 -0700,2,Lamp,LAMP-OAK-L,fulfilled,,Pier 9,',
    '#1,,,,2026-10-29 09:00:00 -0700,1,Rug,RUG-200,fulfilled,,,',
    '#2,,,,2026-10-29 10:00:00 -0700,1,Rug,RUG-200,fulfilled,,,',
  ];
  const rehearsal = await rehearse(fixture, lines(ORDERS, ...rows), placed);
  expect(rehearsal.badRows.map(({ rowNumber, detail }) => [rowNumber, detail])).toEqual([[4, 'Fulfilled at is empty.']]);
  expect(net(rehearsal, 'committed', 'Pier 9')).toBe('0');
});

test('a line that waits keeps what the order said and its number, but no names, and is written by a replay as it would have been', async () => {
  const fixture = await openFormatWorkbook();
  const rows = [
    '#1,a@b.c,paid,2026-10-30 08:00:00 -0700,2026-10-29 09:00:00 -0700,2,Lamp,LAMP-OAK-L,fulfilled,,Pier 9,Robin Doe',
    '#1,a@b.c,,,2026-10-29 09:00:00 -0700,3,Other,SHOP-RUG,fulfilled,,,',
    '#2,a@b.c,paid,,2026-10-29 11:00:00 -0700,1,Odd,,pending,,,Robin Doe',
  ];
  const { importId, rehearsal } = await importFile(fixture, lines(ORDERS, ...rows), placed);
  const [waiting, noSku] = listQuarantine(fixture.workbook, fixture.periodId).rows;
  expect(waiting!.raw).toBe('#1,,paid,2026-10-30 08:00:00 -0700,2026-10-29 09:00:00 -0700,3,Other,SHOP-RUG,fulfilled,,Pier 9,,2');
  expect(noSku!.cells).not.toContain('Robin Doe');
  expect(JSON.stringify(rehearsal)).not.toMatch(/Robin|a@b\.c/);
  expect(waiting!.header.at(-1)).toBe('Line (counted)');
  accepted(mapAlias(fixture.context, { source: 'shopify', kind: 'item', alias: 'SHOP-RUG', targetCode: 'RUG-200' }));
  accepted(replayQuarantine(fixture.context, fixture.periodId));
  expect(
    fixture.workbook.all(
      `SELECT type, code, document, line, quantity_scaled FROM movements JOIN stock_keys USING (stock_key_id) JOIN items USING (item_id)
       JOIN locations USING (location_id) WHERE import_id = ? AND sku = 'RUG-200' ORDER BY record_number`, importId,
    ),
  ).toEqual([
    { type: 'order', code: 'Pier 9', document: '#1', line: '2', quantity_scaled: 30_000 },
    { type: 'shipment', code: 'Pier 9', document: '#1', line: '2', quantity_scaled: 30_000 },
  ]);
  const corrected = noSku!.cells.map((cell, index) => (noSku!.header[index] === 'Lineitem sku' ? 'VASE-9' : cell));
  accepted(correctRow(fixture.context, { quarantineRowId: noSku!.quarantineRowId, cells: corrected, why: 'the shop says so' }));
  expect(fixture.workbook.get("SELECT line, code FROM movements JOIN stock_keys USING (stock_key_id) JOIN locations USING (location_id) WHERE document = '#2'")).toEqual({ line: '1', code: 'Canal Street' });
});

test('the original row of a file with personal data shows what was read and nothing of people', async () => {
  const fixture = await openFormatWorkbook();
  const { importId } = await importFile(fixture, formatFile('shopify-orders.csv'), placed);
  const row = accepted(await originalRow(fixture.workbook, importId, 2));
  expect(row.cells[row.header.indexOf('Lineitem sku')]).toBe('LAMP-OAK-L');
  expect(row.cells.join(' ')).not.toMatch(/Robin|buyer@|Quay|Ring twice/);
});

test('lots of one item at one place are one position, whose rows are all kept', async () => {
  const fixture = await openFormatWorkbook();
  const { importId } = await importFile(fixture, formatFile('odoo-stock-quant.csv'), { asOfInstant: AS_OF });
  expect(
    fixture.workbook.all(
      `SELECT s.row_number AS first, p.row_number AS added, on_hand_scaled, committed_scaled FROM snapshots s JOIN snapshot_parts p USING (import_id, stock_key_id)
       WHERE import_id = ?`, importId,
    ),
  ).toEqual([{ first: 3, added: 4, on_hand_scaled: 40_000, committed_scaled: 10_000 }]);
});

test('what one lot does not say is unknown of the position, and two costs are weighted', async () => {
  const fixture = await openFormatWorkbook();
  await importFile(fixture, lines('PartNumber,Location,Qty,UOM,Cost', 'RUG-200,Wharf-1,3,ea,10', 'RUG-200,Wharf-2,1,ea,20', '12E4,Wharf-1,3,ea,10', '12E4,Wharf-2,,ea,10'), { asOfInstant: AS_OF });
  const rows = fixture.workbook.all("SELECT on_hand_scaled, unit_cost_scaled FROM snapshots WHERE system = 'warehouse' ORDER BY row_number");
  expect(rows).toEqual([{ on_hand_scaled: 40_000, unit_cost_scaled: 12_500_000 }, { on_hand_scaled: 30_000, unit_cost_scaled: 10_000_000 }]);
});

test('the file of a system without a confirmed header is laid out with what its columns mean', async () => {
  const fixture = await openFormatWorkbook();
  const file = lines('Name,Variant code / SKU,Location,In stock,Expected,Committed,Calculated stock,Average cost', 'Lamp,LAMP-OAK-L,Canal Street,36,6,2,40,20.405');
  const inspection = accepted(await inspectFile(fixture.context, requestFor(fixture, file)));
  expect(inspection.profile).toBeNull();
  expect(inspection.likelySource).toEqual({ source: 'katana', name: 'Katana', kind: 'snapshot', system: 'erp' });
  expect(inspection.columns.map(({ suggestedField }) => suggestedField)).toEqual([
    'name', 'sku', 'location', 'on_hand', 'incoming', 'committed', null, 'unit_cost',
  ]);
});

test('the Excel export of a grouped Odoo list has heads of groups, which are no rows of stock', async () => {
  const fixture = await openFormatWorkbook();
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Stock');
  sheet.addRow(['Location', 'Product', 'Lot/Serial Number', 'Quantity', 'Reserved Quantity', 'Unit']);
  sheet.addRow(['WH/Stock (3)', null, null, 52.5, 2, null]);
  sheet.addRow(['WH/Stock', '[LAMP-OAK-L] Lamp (2)', null, 36, 2, 'Units']);
  sheet.addRow(['WH/Stock', '[12E4] Print', 'L-1', 16.5, 0, 'Units']);
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  const { rehearsal } = await importFile(fixture, { name: 'stock.xlsx', text: bytes }, { asOfInstant: AS_OF });
  expect(rehearsal.ignoredByReason).toEqual([{ reason: 'group_row', rows: 1 }]);
  expect([rehearsal.rowsAccepted, rehearsal.controlTotals[0]!.sum]).toEqual([2, '52.5']);
});

test('a place that is given for an ERP file may be new; for any other it must exist', async () => {
  const fixture = openFixtureWorkbook();
  const given = { asOfInstant: AS_OF, locationCode: 'Head office' };
  expect((await importFile(fixture, formatFile('quickbooks-online-valuation-summary.csv'), given)).rehearsal.newLocations).toEqual(['Head office']);
  const shop = await rehearseImport(fixture.context, requestFor(fixture, formatFile('woocommerce-products.csv'), { ...given, locationCode: 'Kiosk' }));
  expect(shop).toMatchObject({ ok: false, failure: 'location_unknown' });
});

test('a header that was cut is still known, and a row says which column it lacks', async () => {
  const fixture = await openFormatWorkbook();
  const cut = 'Name,Created at,Lineitem quantity,Lineitem sku,Lineitem fulfillment status,Location';
  const rehearsal = await rehearse(fixture, lines(cut, '#1,2026-10-29 09:00:00 -0700,2,RUG-200,fulfilled,Pier 9', '#2,2026-10-29 09:00:00 -0700,2,RUG-200,pending,Pier 9'), placed);
  expect(rehearsal.badRows.map(({ rowNumber, detail }) => [rowNumber, detail])).toEqual([[2, 'The file has no column for Occurred at of the shipment.']]);
  expect(rehearsal.rowsAccepted).toBe(1);
});
