/**
 * What a rehearsal says is what is written, for files nobody thought of: seeded files of every kind, good cells and bad
 * ones mixed.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IMPORT_KINDS, type ImportKind } from '@shared/domain/import';
import { rehearseImport } from '../../electron/services/imports';
import { formatFile, openFormatWorkbook } from '../support/formats';
import { AS_OF, accepted, contentOf, importFile, requestFor } from '../support/imports';
import { openFixtureWorkbook } from '../support/workbook-fixture';

const sku = fc.constantFrom('LAMP-OAK-L', 'RUG-200', '12E4', "'00417-V", ' RUG-200 ', 'NO-SUCH', '', '4.00001E+12', '-');
const location = fc.constantFrom('Canal Street', 'Pier 9', 'pier 9', 'Nowhere', '');
const quantity = fc.oneof(fc.integer({ min: -50, max: 5_000 }).map(String), fc.constantFrom('', '1,200', '2-', '(3)', '0.25', '1.00001', 'x', '99999999999999', "'-1"));
const instant = fc.constantFrom('2026-10-31T22:30:00-07:00', '2026-10-05T09:00:00-07:00', '2026-10-31', '', '2025-01-01T00:00:00Z', 'soon');
const document = fc.constantFrom('D-1', 'D-2', 'D-3', '');
const account = fc.constantFrom('1310', '5190', '');
const system = fc.constantFrom('erp', 'storefront', 'warehouse', 'ERP', 'till');
const type = fc.constantFrom('order', 'shipment', 'receipt', 'adjustment', 'refund', 'theft');
const text = fc.constantFrom('', 'a "note"', 'two\nlines', 'SHRINK', '=1+1');

const FILES: Readonly<Record<ImportKind, readonly (readonly [header: string, cells: fc.Arbitrary<string>])[]>> = {
  snapshot: [['system', system], ['sku', sku], ['location', location], ['as_of', instant], ['on_hand', quantity], ['available', quantity], ['unit_cost', quantity]],
  movements: [['system', system], ['type', type], ['document', document], ['line', fc.constantFrom('', '1', '2')], ['sku', sku], ['location', location], ['quantity', quantity], ['occurred_at', instant], ['posted_at', instant], ['reason', text]],
  count: [['sheet', document], ['line', fc.constantFrom('', '1', '2')], ['sku', sku], ['location', location], ['counted', quantity], ['counted_at', instant], ['note', text]],
  items: [['sku', sku], ['name', text], ['barcode', fc.constantFrom('', '0412345678905', '4.1E+11')], ['tier', fc.constantFrom('A', 'b', 'D', '')], ['kit_of', fc.constantFrom('', 'RUG-200*2', 'NO-SUCH*1', 'x')]],
  trial_balance: [['period', fc.constantFrom('2026-10', '2026-09')], ['account', account], ['name', text], ['debit', quantity], ['credit', quantity]],
  ledger_entries: [['External ID', document], ['Date', fc.constantFrom('10/31/2026', '10/30/2026', '')], ['Account', account], ['Debit', fc.constantFrom('5', '0', '')], ['Credit', fc.constantFrom('5', '0', '')]],
  tags: [['sku', sku], ['location', location], ['reason', fc.constantFrom('SHRINK', 'NOPE', '')], ['owner', fc.constantFrom('warehouse', '')]],
};

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A file of a kind: rows of its cells, some of them twice, empty, too short or too long. */
const fileOf = (kind: ImportKind): fc.Arbitrary<string> => {
  const columns = FILES[kind];
  const row = fc.tuple(...columns.map(([, cells]) => cells)).map((cells) => cells.map(quoted).join(','));
  const odd = fc.constantFrom('', ','.repeat(columns.length - 1), columns.map(([header]) => header).join(','), 'short', 'a,'.repeat(columns.length + 2));
  return fc.array(fc.oneof({ weight: 12, arbitrary: row }, { weight: 1, arbitrary: odd }), { minLength: 1, maxLength: 25 }).chain((rows) =>
    fc.boolean().map((twice) => [columns.map(([header]) => header).join(','), ...rows, ...(twice ? rows.slice(0, 2) : [])].join('\n')),
  );
};

test.each(IMPORT_KINDS)('%s: what is rehearsed is written, every row has one fate, and the rehearsal leaves nothing', async (kind) => {
  await fc.assert(
    fc.asyncProperty(fileOf(kind), async (content) => {
      const fixture = openFixtureWorkbook();
      await importFile(fixture, formatFile('places.csv'));
      const file = { name: 'file.csv', text: content };
      const before = contentOf(fixture);
      const outcome = await rehearseImport(fixture.context, requestFor(fixture, file, { asOfInstant: AS_OF }));
      expect(contentOf(fixture)).toEqual(before);
      if (!outcome.ok) {
        expect(['entries_unbalanced', 'date_style_needed']).toContain(outcome.failure);
        return;
      }
      const rehearsal = outcome.value;
      const { importId, rehearsal: written } = await importFile(fixture, file, { asOfInstant: AS_OF });
      expect(written).toEqual(rehearsal);
      expect(rehearsal.kind).toBe(kind);
      const row = fixture.workbook.get<Record<string, number>>('SELECT rows_read, rows_accepted, rows_quarantined, rows_ignored FROM imports WHERE import_id = ?', importId);
      expect(row).toEqual({
        rows_read: rehearsal.rowsRead, rows_accepted: rehearsal.rowsAccepted, rows_quarantined: rehearsal.rowsQuarantined, rows_ignored: rehearsal.rowsIgnored,
      });
      expect(fixture.workbook.get<{ rows: number }>('SELECT count(*) AS rows FROM quarantine_rows WHERE import_id = ?', importId)!.rows).toBe(rehearsal.rowsQuarantined);
      expect(rehearsal.ignoredByReason.reduce((sum, { rows }) => sum + rows, 0)).toBe(rehearsal.rowsIgnored);
    }),
    { numRuns: 20, seed: 2026 },
  );
});

test('the files of two formats in one period are rehearsed as they are written, one after the other', async () => {
  const fixture = await openFormatWorkbook();
  const given = { asOfInstant: AS_OF, locationCode: 'Canal Street' };
  for (const name of ['shopify-inventory.csv', 'shopify-orders.csv', 'odoo-stock-quant.csv', 'amazon-fba-ledger-detail.tsv', 'inflow-count-import.csv']) {
    const rehearsal = accepted(await rehearseImport(fixture.context, requestFor(fixture, formatFile(name), given)));
    expect((await importFile(fixture, formatFile(name), given)).rehearsal).toEqual(rehearsal);
  }
});
