/**
 * Posting files of a real journal: prepared, approved, written for each system, and found again in the audit trail.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { POSTING_SYSTEM_IDS, type PostingSettings, type PostingSystemId } from '@shared/domain/posting/shapes';
import { auditPage } from '../../electron/services/audit-trail';
import { findJournal } from '../../electron/services/journals/read';
import { approveJournal, prepareJournal } from '../../electron/services/journals/sign';
import { exportJournalFor, postingSystems } from '../../electron/services/posting/export-for';
import { sha256Hex } from '../../electron/workbook/hash';
import { PASS_PHRASE, type SignOffBench, signOffBench } from '../support/sign-off';

const GIVEN: Readonly<Partial<Record<PostingSystemId, PostingSettings>>> = { xero: { 'tax-rate': 'No VAT' }, erpnext: { abbreviation: 'TC' } };

async function prepared(): Promise<SignOffBench> {
  const bench = await signOffBench();
  const outcome = await prepareJournal(bench.context, bench.identitiesFolder, {
    periodId: bench.periodId, fingerprint: bench.preparer, passPhrase: PASS_PHRASE, approverFingerprint: bench.approver,
  });
  expect(outcome).toMatchObject({ ok: true });
  return bench;
}

async function approved(): Promise<SignOffBench> {
  const bench = await prepared();
  expect(approveJournal(bench.context, bench.identitiesFolder, { journalId: 1, fingerprint: bench.approver, passPhrase: PASS_PHRASE, comment: 'Reviewed' })).toMatchObject({ ok: true });
  return bench;
}

const placeOf = (bench: SignOffBench, name: string) => path.join(path.dirname(bench.workbookPath), 'out', name);
const write = (bench: SignOffBench, system: PostingSystemId, name = `${system}.csv`, settings = GIVEN[system] ?? {}) =>
  exportJournalFor(bench.context, { journalId: 1, system, path: placeOf(bench, name), settings });
const records = (filePath: string) => parse(fs.readFileSync(filePath), { columns: true, bom: true }) as unknown as Record<string, string>[];

test.each(POSTING_SYSTEM_IDS)('an approved journal is written for %s, and the trail holds the hash of the file', async (system) => {
  const bench = await approved();
  const outcome = write(bench, system);
  if (!outcome.ok) throw new Error(outcome.message);
  const [file] = outcome.value.files;
  expect(sha256Hex(fs.readFileSync(file!.path))).toBe(file!.sha256);
  expect(fs.readdirSync(path.dirname(file!.path))).toEqual([`${system}.csv`]);
  const [event] = auditPage(bench.context.workbook, { offset: 0, limit: 1, text: '', periodId: null }).events;
  expect(event).toMatchObject({ action: 'journal.exportFor', subject: 'journal ADJ-2026-10-1', sentence: expect.stringContaining(`as ${system}.csv`) });
  expect(JSON.parse(event!.detail)).toMatchObject({ system, files: [{ fileName: `${system}.csv`, sha256: file!.sha256 }] });
  expect(findJournal(bench.context.workbook, 1)).toMatchObject({ state: 'exported' });
});

test('the figures are the journal’s: 24.98 on both sides, on the last day of the month', async () => {
  const bench = await approved();
  write(bench, 'netsuite-journal');
  expect(records(placeOf(bench, 'netsuite-journal.csv')).map((row) => [row['Date'], row['Account'], row['Debit'], row['Credit'], row['Location']])).toEqual([
    ['10/31/2026', '1300 Inventory', '4.70', '', 'Reno'],
    ['10/31/2026', '5198 Inventory gains', '', '4.70', 'Reno'],
    ['10/31/2026', '5190 Inventory shrinkage', '20.28', '', 'Portland'],
    ['10/31/2026', '1300 Inventory', '', '20.28', 'Portland'],
  ]);
});

test('an inventory adjustment holds each unit once, against the account that is not the stock’s', async () => {
  const bench = await approved();
  write(bench, 'netsuite-adjustment');
  const of = (row: Record<string, string>, name: string) => row[Object.keys(row).find((header) => header.includes(`: ${name}`))!];
  expect(records(placeOf(bench, 'netsuite-adjustment.csv')).map((row) => ['Item', 'Adjust Qty. By', 'Adjustment Account', 'Adjustment Location', 'External ID'].map((name) => of(row, name)))).toEqual([
    ['CANDLE-12', '2', '5198 Inventory gains', 'Reno', 'ADJ-2026-10-1/1'],
    ['MUG-BLU-11', '-3', '5190 Inventory shrinkage', 'Portland', 'ADJ-2026-10-1/2'],
    ['TEE-BLK-M', '-1', '5190 Inventory shrinkage', 'Portland', 'ADJ-2026-10-1/2'],
  ]);
});

describe('names', () => {
  test('are those that the system’s own imports were mapped from', async () => {
    const bench = await approved();
    bench.context.workbook.run(`INSERT INTO location_aliases (source, alias, location_id) VALUES ('netsuite', 'Retail : Portland Shop', 1), ('shopify', 'Main', 1)`);
    bench.context.workbook.run(`INSERT INTO item_aliases (source, alias, item_id) VALUES ('netsuite', 'MUG : MUG-BLU-11', 1)`);
    write(bench, 'netsuite-adjustment');
    const text = fs.readFileSync(placeOf(bench, 'netsuite-adjustment.csv'), 'utf8');
    expect(text).toContain('Retail : Portland Shop');
    expect(text).toContain('MUG : MUG-BLU-11');
  });

  test('that the system has two of are refused, with both', async () => {
    const bench = await approved();
    bench.context.workbook.run(`INSERT INTO location_aliases (source, alias, location_id) VALUES ('netsuite', 'Shop', 1), ('netsuite', 'Store', 1)`);
    expect(write(bench, 'netsuite-journal')).toMatchObject({ ok: false, failure: 'name_ambiguous', message: expect.stringContaining('netsuite has 2 names for location Portland: Shop, Store.') });
    expect(fs.existsSync(placeOf(bench, 'netsuite-journal.csv'))).toBe(false);
  });
});

test('what was given once is offered, and taken, the next time', async () => {
  const bench = await approved();
  expect(write(bench, 'xero', 'first.csv', {})).toMatchObject({ ok: false, failure: 'setting_missing' });
  expect(write(bench, 'xero', 'first.csv', { 'tax-rate': 'BAS Excluded', tracking: 'Location' })).toMatchObject({ ok: true });
  const xero = postingSystems(bench.context.workbook).find(({ id }) => id === 'xero')!;
  expect(xero.settings.map(({ id, value }) => [id, value])).toEqual([['tax-rate', 'BAS Excluded'], ['dates', 'DD/MM/YYYY'], ['tracking', 'Location']]);
  expect(write(bench, 'xero', 'second.csv', {})).toMatchObject({ ok: true });
  expect(fs.readFileSync(placeOf(bench, 'second.csv'))).toEqual(fs.readFileSync(placeOf(bench, 'first.csv')));
  expect(records(placeOf(bench, 'second.csv'))[0]).toMatchObject({ '*TaxRate': 'BAS Excluded', TrackingName1: 'Location', TrackingOption1: 'Reno' });
});

describe('refused', () => {
  test('before it is approved, and where it is not there', async () => {
    const bench = await prepared();
    expect(write(bench, 'odoo')).toMatchObject({ ok: false, failure: 'journal_state' });
    expect(exportJournalFor(bench.context, { journalId: 7, system: 'odoo', path: placeOf(bench, 'x.csv'), settings: {} })).toMatchObject({ failure: 'journal_missing' });
  });

  test('as units, where the journal is an accrual: as a journal entry it goes', async () => {
    const bench = await approved();
    bench.context.workbook.run(`UPDATE journals SET kind = 'accrual' WHERE journal_id = 1`);
    expect(write(bench, 'netsuite-adjustment')).toMatchObject({ ok: false, failure: 'kind_unfit', message: expect.stringContaining('moves no units') });
    expect(write(bench, 'netsuite-journal')).toMatchObject({ ok: true });
  });

  test('where the place cannot be written: nothing is left behind, and the journal stays as it was', async () => {
    const bench = await approved();
    fs.mkdirSync(placeOf(bench, 'odoo.csv'), { recursive: true });
    expect(write(bench, 'odoo')).toMatchObject({ ok: false, failure: 'file_unwritable' });
    expect(fs.readdirSync(placeOf(bench, '.'))).toEqual(['odoo.csv']);
    expect(findJournal(bench.context.workbook, 1)).toMatchObject({ state: 'approved' });
  });
});
