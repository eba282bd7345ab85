/**
 * The files of `tests/fixtures/formats`, one for each layout that a profile reads: true headers, invented data. What each
 * must become stands beside it in `golden`, reviewed by eye against the notes on the format.
 */
import fs from 'node:fs';
import path from 'node:path';
import { formatAmount, formatUnitCost } from '@shared/domain/money';
import { formatInstant } from '@shared/domain/instant';
import { formatQuantity } from '@shared/domain/quantity';
import { QUANTITY_STATES } from '@shared/domain/states';
import { AS_OF, importFile, type Given } from './imports';
import { openFixtureWorkbook, TIME_ZONE, type WorkbookFixture } from './workbook-fixture';

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/formats');

export interface FormatFile {
  readonly file: string;
  readonly profileId: string;
  readonly given?: Given;
  /** Where one file is read in two ways. */
  readonly golden?: string;
}

const asOf: Given = { asOfInstant: AS_OF };
const placed: Given = { asOfInstant: AS_OF, locationCode: 'Canal Street' };

export const FORMAT_FILES: readonly FormatFile[] = [
  { file: 'shopify-inventory.csv', profileId: 'shopify-inventory', given: asOf },
  { file: 'shopify-inventory-2022.csv', profileId: 'shopify-inventory-2022', given: asOf },
  { file: 'shopify-inventory-wide.csv', profileId: 'shopify-inventory-wide', given: asOf },
  { file: 'shopify-orders.csv', profileId: 'shopify-orders', given: placed },
  { file: 'shopify-products.csv', profileId: 'shopify-products', given: placed },
  { file: 'shopify-products-2025.csv', profileId: 'shopify-products-2025', given: placed },
  { file: 'shopify-product-list.csv', profileId: 'shopify-product-list' },
  { file: 'woocommerce-products.csv', profileId: 'woocommerce-products', given: placed },
  { file: 'netsuite-item-search-two-names.csv', profileId: 'netsuite-item-search', given: asOf },
  { file: 'netsuite-valuation-summary.csv', profileId: 'netsuite-valuation-summary', given: placed },
  { file: 'netsuite-inventory-adjustment.csv', profileId: 'netsuite-inventory-adjustment' },
  { file: 'netsuite-journal.csv', profileId: 'netsuite-journal' },
  { file: 'business-central-item-ledger.csv', profileId: 'business-central-item-ledger', given: { locationCode: 'MAIN' } },
  { file: 'business-central-physical-inventory.csv', profileId: 'business-central-physical-inventory', given: { ...asOf, locationCode: 'MAIN' } },
  { file: 'odoo-stock-quant.csv', profileId: 'odoo-stock-quant', given: asOf },
  { file: 'odoo-stock-quant-technical.csv', profileId: 'odoo-stock-quant', given: asOf },
  {
    file: 'odoo-stock-quant-technical.csv', profileId: 'odoo-physical-inventory', golden: 'odoo-physical-inventory',
    given: { ...asOf, profileId: 'odoo-physical-inventory' },
  },
  { file: 'erpnext-stock-balance.csv', profileId: 'erpnext-stock-balance', given: asOf },
  { file: 'erpnext-stock-ledger.csv', profileId: 'erpnext-stock-ledger' },
  { file: 'erpnext-stock-reconciliation-template.csv', profileId: 'erpnext-stock-reconciliation-template' },
  { file: 'erpnext-stock-reconciliation.csv', profileId: 'erpnext-stock-reconciliation' },
  { file: 'quickbooks-online-valuation-summary.csv', profileId: 'quickbooks-online-valuation-summary', given: placed },
  { file: 'quickbooks-desktop-valuation.csv', profileId: 'quickbooks-desktop-valuation', given: placed },
  { file: 'quickbooks-journal.csv', profileId: 'quickbooks-journal' },
  { file: 'quickbooks-journal-older.csv', profileId: 'quickbooks-journal' },
  { file: 'xero-manual-journal.csv', profileId: 'xero-manual-journal' },
  { file: 'sap-mb52.csv', profileId: 'sap-mb52', given: asOf },
  { file: 'sap-mb52-text.txt', profileId: 'sap-mb52', given: asOf },
  { file: 'amazon-fba-ledger-summary.tsv', profileId: 'amazon-fba-ledger-summary' },
  { file: 'amazon-fba-ledger-detail.tsv', profileId: 'amazon-fba-ledger-detail' },
  { file: 'amazon-fba-manage-inventory.tsv', profileId: 'amazon-fba-manage-inventory', given: placed },
  { file: 'fishbowl-inventory-quantity.csv', profileId: 'fishbowl-inventory-quantity', given: asOf },
  { file: 'fishbowl-cycle-count.csv', profileId: 'fishbowl-cycle-count', given: asOf },
  { file: 'inflow-stock-levels.csv', profileId: 'inflow-stock-levels', given: asOf },
  { file: 'inflow-count-import.csv', profileId: 'inflow-count-import', given: asOf },
  { file: 'sortly-items.csv', profileId: 'sortly-items', given: asOf },
  { file: 'sortly-activity.csv', profileId: 'sortly-activity' },
  { file: 'sortly-activity.csv', profileId: 'sortly-stocktakes', golden: 'sortly-stocktakes', given: { profileId: 'sortly-stocktakes' } },
  { file: 'zoho-items.csv', profileId: 'zoho-items', given: placed },
  { file: 'zoho-inventory-summary.csv', profileId: 'zoho-inventory-summary', given: placed },
];

export const goldenName = ({ file, golden }: FormatFile): string => golden ?? file.replace(/\.\w+$/, '');

/** A file of the formats as a request takes it. */
export const formatFile = (file: string) => ({ name: file, text: new Uint8Array(fs.readFileSync(path.join(FOLDER, file))) });

/** A workbook with the items and places that the files speak of. */
export async function openFormatWorkbook(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, formatFile('places.csv'));
  return fixture;
}

const instantText = (instant: number | null) => (instant === null ? null : formatInstant(instant, TIME_ZONE));
const withoutNulls = (row: Record<string, unknown>) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== ''));

/** Quantities, costs and instants of a table's row as people write them. */
function readable(row: Record<string, unknown>): Record<string, unknown> {
  return withoutNulls(
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => {
        if (value === null) return [column, null];
        if (column === 'as_of_instant') return ['as_of', instantText(value as number)];
        if (column === 'unit_cost_scaled') return ['unit_cost', formatUnitCost(value as number)];
        if (column.endsWith('_scaled')) return [column.replace('_scaled', ''), formatQuantity(value as number)];
        if (column.endsWith('_instant')) return [column.replace('_instant', '_at'), instantText(value as number)];
        if (column.endsWith('_minor')) return [column.replace('_minor', ''), formatAmount(value as number, 'USD')];
        return [column, value];
      }),
    ),
  );
}

const PLACE = 'JOIN stock_keys USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l USING (location_id)';
const QUERIES: Readonly<Record<string, string>> = {
  snapshot: `SELECT row_number AS row, i.sku, l.code AS location, s.system, as_of_instant, ${QUANTITY_STATES.map((state) => `${state}_scaled`).join(', ')}, s.unit_cost_scaled,
      (SELECT group_concat(p.row_number) FROM snapshot_parts p WHERE p.import_id = s.import_id AND p.stock_key_id = s.stock_key_id) AS added_rows
    FROM snapshots s ${PLACE} WHERE s.import_id = ? ORDER BY s.row_number, l.code`,
  movements: `SELECT row_number AS row, record_number AS record, m.type, i.sku, l.code AS location, document, line, quantity_scaled, occurred_instant, posted_instant, reference, reason
    FROM movements m ${PLACE} WHERE m.import_id = ? ORDER BY m.row_number, m.record_number`,
  count: `SELECT row_number AS row, i.sku, l.code AS location, sheet, line, bin, count_no, counted_scaled, counted_instant, counted_by, note
    FROM counts c ${PLACE} WHERE c.import_id = ? ORDER BY c.row_number, c.record_number`,
  ledger_entries: 'SELECT row_number AS row, document, entry_date AS date, account_code AS account, debit_minor, credit_minor, memo FROM ledger_entries WHERE import_id = ? ORDER BY row_number',
  items: "SELECT sku, name, barcode, category FROM items WHERE ? > 0 AND (name <> '' OR barcode IS NOT NULL OR category IS NOT NULL) ORDER BY item_id",
};

/** What a file became in a workbook, for comparing with what it must become. */
export async function whatBecameOf(fixture: WorkbookFixture, { file, given }: FormatFile): Promise<Record<string, unknown>> {
  const { importId, rehearsal } = await importFile(fixture, formatFile(file), given);
  const records = fixture.workbook.all<Record<string, unknown>>(QUERIES[rehearsal.kind]!, importId).map(readable);
  return {
    profile: rehearsal.profile.id,
    why: rehearsal.profile.why,
    headerRow: rehearsal.headerRow,
    rows: { read: rehearsal.rowsRead, accepted: rehearsal.rowsAccepted, quarantined: rehearsal.rowsQuarantined, ignored: rehearsal.rowsIgnored },
    ignored: Object.fromEntries(rehearsal.ignoredByReason.map(({ reason, rows }) => [reason, rows])),
    quarantined: rehearsal.badRows.map(({ rowNumber, reason, detail }) => ({ row: rowNumber, reason, detail })),
    controlTotals: rehearsal.controlTotals.map(({ field, header, sum, rows }) => `${field}: ${header}: ${sum} of ${rows} rows`),
    newItems: rehearsal.newItems,
    newLocations: rehearsal.newLocations,
    records,
  };
}

export const goldenPath = (format: FormatFile): string => path.join(FOLDER, 'golden', `${goldenName(format)}.json`);
