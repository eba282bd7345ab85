/**
 * One file, more than one way to read it; and what a file may bring that the workbook does not know yet.
 */
import { expect, test } from 'vitest';
import { inspectFile, undoImport } from '../../electron/services/imports';
import { formatFile, openFormatWorkbook } from '../support/formats';
import { accepted, importFile, lines, rehearse, requestFor } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const inspect = async (fixture: WorkbookFixture, file: ReturnType<typeof formatFile>, profileId?: string) => {
  const { periodId, fileName, bytes } = requestFor(fixture, file);
  return accepted(await inspectFile(fixture.context, { periodId, fileName, bytes: bytes!, ...(profileId !== undefined && { profileId }) }));
};

test('an inspection names every profile that fits, the recognised one first and the one that wants to be asked for last', async () => {
  const fixture = await openFormatWorkbook();
  const found = await inspect(fixture, formatFile('odoo-stock-quant-technical.csv'));
  expect(found.profile?.id).toBe('odoo-stock-quant');
  expect(found.fits.map(({ id, kind, recognised }) => [id, kind, recognised])).toEqual([
    ['odoo-stock-quant', 'snapshot', true], ['odoo-physical-inventory', 'count', false],
  ]);
});

test('a file is looked at as what it is asked to be, and as what it is recognised as where it cannot be that', async () => {
  const fixture = await openFormatWorkbook();
  const counts = await inspect(fixture, formatFile('odoo-stock-quant-technical.csv'), 'odoo-physical-inventory');
  expect([counts.profile?.id, counts.profile?.kind]).toEqual(['odoo-physical-inventory', 'count']);
  expect(counts.fits[0]).toMatchObject({ id: 'odoo-stock-quant', recognised: true });
  const other = await inspect(fixture, formatFile('shopify-inventory.csv'), 'odoo-physical-inventory');
  expect(other.profile?.id).toBe('shopify-inventory');
});

test('an inspection says which movements only an as-of instant dates', async () => {
  const fixture = await openFormatWorkbook();
  expect(await inspect(fixture, formatFile('shopify-orders.csv'))).toMatchObject({ toldAtAsOf: ['refund'], needs: { asOf: false }, bringsLocations: false });
  expect((await inspect(fixture, formatFile('erpnext-stock-ledger.csv'))).toldAtAsOf).toEqual([]);
});

const LEDGER = 'Posting Date,Entry Type,Document No.,Item No.,Description,Location Code,Quantity,Remaining Quantity,Unit of Measure Code';

test('the ledger of an ERP brings the items and locations that no other export of it does, and undoing takes them away', async () => {
  const fixture = openFixtureWorkbook();
  const file = lines(LEDGER, '10/30/2026,Purchase,P-1,LAMP-1,Lamp,MAIN,"1,000.5","1,000.5",BOX', '10/31/2026,Sale,S-1,LAMP-1,Lamp,MAIN,-2,0,PCS');
  const rehearsed = await rehearse(fixture, file, { locationCode: 'MAIN' });
  expect(rehearsed).toMatchObject({ rowsAccepted: 2, rowsQuarantined: 0, newItems: ['LAMP-1'], newLocations: ['MAIN'] });
  const { importId } = await importFile(fixture, file, { locationCode: 'MAIN' });
  expect(fixture.workbook.all('SELECT sku, name, uom FROM items')).toEqual([{ sku: 'LAMP-1', name: 'Lamp', uom: 'each' }]);
  accepted(await undoImport(fixture.context, { importId, why: 'the wrong company' }));
  expect(fixture.workbook.column('SELECT count(*) FROM items UNION ALL SELECT count(*) FROM locations')).toEqual([0, 0]);
});

test('the quantity of a ledger entry is in base units, whatever unit its document was in', async () => {
  const fixture = await openFormatWorkbook();
  await importFile(fixture, lines(LEDGER, '10/30/2026,Purchase,P-1,LAMP-OAK-L,Lamp,MAIN,"1,200.5","1,200.5",BOX', '10/31/2026,Sale,S-1,LAMP-OAK-L,Lamp,MAIN,-2,0,PCS'), { locationCode: 'MAIN' });
  expect(fixture.workbook.column('SELECT quantity_scaled FROM movements ORDER BY row_number')).toEqual([12_005_000, 20_000]);
});
