/**
 * Posting files read back by another library: every amount to the cent, every text harmless, every limit kept.
 */
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { looksLikeFormula } from '@shared/domain/csv-cell';
import { layOut } from '@shared/domain/posting/lay-out';
import { POSTING_SYSTEM_IDS, type PostedJournal, type PostedLine, type PostingFile, type PostingSettings, type PostingSystemId } from '@shared/domain/posting/shapes';
import { POSTING_SYSTEMS } from '@shared/domain/posting/systems';
import { postingBytes } from '../../electron/files/posting/posting-bytes';

const HOSTILE_MEMOS = ['=1+1', '+SUM(A1:A9)', '@cmd', '-cmd|calc', 'two\r\nlines', 'a "quoted" word, and a comma', 'Größe; Straße', '\t=1+1', 'tail \u2028 break', '漢字 🧵'];

/** What each system wants that nobody can guess. */
const GIVEN: Readonly<Record<PostingSystemId, PostingSettings>> = {
  'netsuite-journal': {}, 'netsuite-adjustment': {}, quickbooks: {}, xero: { 'tax-rate': 'No VAT' }, 'business-central': {}, odoo: {}, erpnext: { abbreviation: 'HP' },
};

const pair = (index: number, amountMinor: number, memo: string): PostedLine[] => [
  { lineNumber: 2 * index + 1, accountCode: '5190', accountName: 'Inventory shrinkage', debitMinor: amountMinor, creditMinor: 0, location: 'Portland', memo },
  { lineNumber: 2 * index + 2, accountCode: '1300', accountName: 'Inventory', debitMinor: 0, creditMinor: amountMinor, location: 'Portland', memo },
];

function journalOf(lines: readonly PostedLine[], change: Partial<PostedJournal> = {}): PostedJournal {
  return {
    number: 'ADJ-2026-10-1', title: 'Inventory journal 2026-10', company: 'Harbor & Pine', currency: 'USD', ownCurrency: 'USD', bookDay: '2026-10-31', lines,
    adjustments: lines.filter((line) => line.debitMinor > 0).map((line, index) => ({
      item: `SKU-${index}`, location: line.location, accountCode: line.accountCode, accountName: line.accountName,
      quantityScaled: index % 3 === 0 ? 25_000 : -10_000 * (index + 1), unitCostScaled: 4_125_000, reason: line.memo,
    })),
    ...change,
  };
}

const HOSTILE = journalOf(HOSTILE_MEMOS.flatMap((memo, index) => pair(index, 2028 + index, memo)));
/** 640 lines: more than two files of Xero's. */
const LONG = journalOf(Array.from({ length: 320 }, (_, index) => pair(index, 101 + index, HOSTILE_MEMOS[index % HOSTILE_MEMOS.length]!)).flat());

function filesOf(id: PostingSystemId, journal: PostedJournal, settings: PostingSettings = GIVEN[id]) {
  const outcome = layOut(POSTING_SYSTEMS[id], journal, settings);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

/** Records by header as csv-parse reads the bytes. */
const readBack = (file: PostingFile): Record<string, string>[] =>
  parse(postingBytes(file), { columns: true, bom: true, record_delimiter: '\r\n' }) as unknown as Record<string, string>[];

const minor = (text: string): bigint => {
  if (text === '') return 0n;
  expect(text).toMatch(/^-?\d+\.\d{2}$/);
  return BigInt(text.replace('.', ''));
};

/** Debits and credits of a record, whichever way the system writes them. */
function sidesOf(record: Record<string, string>): { debit: bigint; credit: bigint } {
  const signed = record['*Amount'] ?? record['Amount'];
  if (signed !== undefined) return minor(signed) < 0n ? { debit: 0n, credit: -minor(signed) } : { debit: minor(signed), credit: 0n };
  const cell = (...headers: string[]) => minor(headers.map((header) => record[header]).find((text) => text !== undefined)!);
  return {
    debit: cell('Debit', '*Debits', 'line_ids/debit', 'Debit (Accounting Entries)'),
    credit: cell('Credit', '*Credits', 'line_ids/credit', 'Credit (Accounting Entries)'),
  };
}

const sumOf = (records: readonly Record<string, string>[]) =>
  records.map(sidesOf).reduce((sum, sides) => ({ debit: sum.debit + sides.debit, credit: sum.credit + sides.credit }), { debit: 0n, credit: 0n });
const totalOf = (journal: PostedJournal) => journal.lines.reduce((sum, line) => sum + BigInt(line.debitMinor), 0n);

const JOURNAL_SYSTEMS = POSTING_SYSTEM_IDS.filter((id) => POSTING_SYSTEMS[id].books === 'journal');

describe.each(JOURNAL_SYSTEMS)('a file for %s', (id) => {
  test.each([['hostile texts', HOSTILE], ['640 lines', LONG]])('read back, %s: each entry balances, and all add up to the journal', (_name, journal) => {
    const { files } = filesOf(id, journal);
    const { linesMax } = POSTING_SYSTEMS[id];
    let [debit, credit, lines] = [0n, 0n, 0];
    for (const file of files) {
      const records = readBack(file);
      const sum = sumOf(records);
      expect(sum.debit).toBe(sum.credit);
      expect(records.length).toBeLessThanOrEqual(linesMax ?? Infinity);
      for (const sides of records.map(sidesOf)) expect([sides.debit === 0n, sides.credit === 0n].filter(Boolean)).toHaveLength(1);
      debit += sum.debit;
      credit += sum.credit;
      lines += records.length;
    }
    expect({ debit, credit, lines }).toEqual({ debit: totalOf(journal), credit: totalOf(journal), lines: journal.lines.length });
  });

  test('no cell is a formula, none holds a line break, and no text was given a mark', () => {
    for (const file of filesOf(id, HOSTILE).files) {
      for (const cell of readBack(file).flatMap(Object.values)) {
        expect(looksLikeFormula(cell), cell).toBe(false);
        expect(cell).not.toMatch(/[\r\n\u2028]/);
        expect(cell.startsWith("'")).toBe(false);
      }
    }
  });

  test('the journal is found again by its number, in the entry and in every line of text', () => {
    for (const file of filesOf(id, LONG).files) {
      const records = readBack(file);
      expect(Object.values(records[0]!).some((cell) => cell.startsWith('ADJ-2026-10-1'))).toBe(true);
      for (const { header } of POSTING_SYSTEMS[id].columns.filter(({ holds }) => holds === 'free')) {
        for (const text of records.map((record) => record[header]!).filter((each) => each !== '')) expect(text.startsWith('ADJ-2026-10-1')).toBe(true);
      }
    }
  });

  test('umlauts and other scripts arrive, and the file is UTF-8 with a mark only where a spreadsheet opens it', () => {
    const [file] = filesOf(id, HOSTILE).files;
    const bytes = postingBytes(file!);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toContain('Größe; Straße');
    expect(bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(id === 'business-central');
  });

  test('a text over the limit is cut, no character in half, and that is said', () => {
    const journal = journalOf(pair(0, 100, '🧵'.repeat(6_000)));
    const { files, notes } = filesOf(id, journal);
    const texts = readBack(files[0]!).flatMap((record) => POSTING_SYSTEMS[id].columns.filter(({ holds }) => holds === 'free').map(({ header, charactersMax }) => ({ text: record[header]!, charactersMax })));
    for (const { text, charactersMax } of texts) {
      expect(text.length).toBeLessThanOrEqual(charactersMax!);
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
    expect(texts.filter(({ text }) => text.endsWith('🧵...'))).toHaveLength(2);
    expect(notes[0]).toBe(`2 texts were cut at the length that ${POSTING_SYSTEMS[id].name} takes; they end in three points.`);
  });

  test('an account that a spreadsheet takes for a formula is refused with its place', () => {
    const journal = journalOf(pair(0, 100, 'x').map((line) => ({ ...line, accountCode: '=1300', accountName: '=Inventory' })));
    const outcome = layOut(POSTING_SYSTEMS[id], journal, GIVEN[id]);
    expect(outcome).toMatchObject({ ok: false, failure: 'text_unfit', message: expect.stringContaining('line 1 of ADJ-2026-10-1, account =1300') });
  });

  test('lines of nothing are left out and told; a journal of nothing else is refused', () => {
    expect(filesOf(id, journalOf([...pair(0, 0, 'free of charge'), ...pair(1, 5, 'x')])).notes[0]).toBe('2 lines of 0.00 are left out: they book nothing.');
    expect(layOut(POSTING_SYSTEMS[id], journalOf(pair(0, 0, 'x')), GIVEN[id])).toMatchObject({ failure: 'nothing_to_post' });
  });
});

test('the headers are those that the systems know', () => {
  const headers = Object.fromEntries(POSTING_SYSTEM_IDS.map((id) => [id, filesOf(id, HOSTILE).files[0]!.header.join(',')]));
  expect(headers).toEqual({
    'netsuite-journal': 'External ID,Subsidiary,Currency,Date,Memo,Account,Debit,Credit,Line Memo,Department,Class,Location',
    'netsuite-adjustment':
      'Inventory Adjustment : External ID,Inventory Adjustment : Reference,Inventory Adjustment : Subsidiary,Inventory Adjustment : Adjustment Account,Inventory Adjustment : Adjustment Location,Inventory Adjustment : Memo,Inventory Adjustment : Date (Req),Inventory Adjustment Adjustments : Line,Inventory Adjustment Adjustments : Adjust Qty. By (Req),Inventory Adjustment Adjustments : Item,Inventory Adjustment Adjustments : Est. Unit Cost,Inventory Adjustment Adjustments : Memo',
    quickbooks: '*JournalNo,*JournalDate,*AccountName,*Debits,*Credits,Description,Name,Currency,Location,Class',
    xero: '*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount,TrackingName1,TrackingOption1,TrackingName2,TrackingOption2',
    'business-central': 'Posting Date,Document Type,Document No.,External Document No.,Account Type,Account No.,Description,Currency Code,Amount',
    odoo: 'ref,date,journal_id,line_ids/account_id,line_ids/name,line_ids/debit,line_ids/credit',
    erpnext:
      'Entry Type,Company,Posting Date,Reference Number,Reference Date,User Remark,Account (Accounting Entries),Debit (Accounting Entries),Credit (Accounting Entries),User Remark (Accounting Entries)',
  });
});

test('Xero: 640 lines become three files of at most 300, each with a narration of its own', () => {
  const { files, notes } = filesOf('xero', LONG);
  expect(files.map(({ rows, entries }) => [rows.length, entries])).toEqual([[300, ['ADJ-2026-10-1/1']], [300, ['ADJ-2026-10-1/2']], [40, ['ADJ-2026-10-1/3']]]);
  for (const file of files) expect(new Set(readBack(file).map((record) => `${record['*Narration']} ${record['*Date']}`)).size).toBe(1);
  expect(new Set(files.map((file) => file.rows[0]![0])).size).toBe(3);
  expect(notes[0]).toBe('Xero manual journal takes 300 lines at a time: there are 3 files, each an entry in balance. Import all of them.');
});

test('Xero: lines that balance only together and are more than 300 are refused with their numbers', () => {
  const many = Array.from({ length: 301 }, (_, index) => pair(index, 7, 'x')[0]!);
  const one = { ...pair(301, 7 * 301, 'x')[1]!, lineNumber: 302 };
  const lines = [...pair(-1, 5, 'x'), ...many.map((line, index) => ({ ...line, lineNumber: index + 1 })), one];
  expect(layOut(POSTING_SYSTEMS.xero, journalOf(lines), GIVEN.xero)).toMatchObject({
    failure: 'entry_too_long', message: expect.stringContaining('lines 1 to 302 of ADJ-2026-10-1 balance only together'),
  });
});

describe('NetSuite inventory adjustment', () => {
  const records = () => readBack(filesOf('netsuite-adjustment', HOSTILE).files[0]!);
  const cell = (record: Record<string, string>, name: string) => record[`Inventory Adjustment Adjustments : ${name}`]!;

  test('carries the signed units, to the last decimal', () => {
    const scaled = (text: string) => BigInt(Math.sign(Number(text))) * BigInt(text.replace('-', '').split('.')[0]! + (text.split('.')[1] ?? '').padEnd(4, '0'));
    expect(records().map((record) => scaled(cell(record, 'Adjust Qty. By (Req)')))).toEqual(HOSTILE.adjustments.map(({ quantityScaled }) => BigInt(quantityScaled)));
  });

  test('is one adjustment for each account and location, with a cost only for what is added', () => {
    const journal = { ...HOSTILE, adjustments: HOSTILE.adjustments.map((each, index) => ({ ...each, location: index < 4 ? 'Portland' : 'Reno' })) };
    const rows = readBack(filesOf('netsuite-adjustment', journal).files[0]!);
    expect(rows.map((record) => [record['Inventory Adjustment : External ID'], cell(record, 'Line')]).filter(([, line]) => line === '1')).toEqual([['ADJ-2026-10-1/1', '1'], ['ADJ-2026-10-1/2', '1']]);
    for (const record of rows) expect(cell(record, 'Est. Unit Cost') !== '').toBe(Number(cell(record, 'Adjust Qty. By (Req)')) > 0);
  });

  test.each(['=SUM(1)', '@home', '-cmd|x', 'two\nlines'])('an item %j is refused by name: NetSuite would not find it otherwise', (item) => {
    const journal = { ...HOSTILE, adjustments: [{ ...HOSTILE.adjustments[0]!, item }] };
    expect(layOut(POSTING_SYSTEMS['netsuite-adjustment'], journal, {})).toMatchObject({ failure: 'text_unfit', message: expect.stringContaining(`item ${item} at Portland`) });
  });
});

describe('what no file tells', () => {
  test.each([
    ['xero', {}, 'setting_missing', 'Give it as tax-rate'],
    ['erpnext', {}, 'setting_missing', 'Give it as abbreviation'],
    ['xero', { 'tax-rate': 'No VAT', colour: 'red' }, 'setting_unknown', 'knows no setting colour. It has tax-rate, dates, tracking'],
    ['quickbooks', { dates: 'tomorrow' }, 'setting_unknown', 'dates is one of MM/DD/YYYY; DD/MM/YYYY; YYYY-MM-DD'],
  ] as const)('%s with %j is refused: %s', (id, settings, failure, message) => {
    expect(layOut(POSTING_SYSTEMS[id], HOSTILE, settings)).toMatchObject({ ok: false, failure, message: expect.stringContaining(message) });
  });

  test('is asked for in the words of the system', () => {
    const [first] = readBack(filesOf('erpnext', HOSTILE, { abbreviation: 'HP', company: 'Harbor & Pine Ltd' }).files[0]!);
    expect(first).toMatchObject({ 'Account (Accounting Entries)': '5190 - Inventory shrinkage - HP', Company: 'Harbor & Pine Ltd', 'Posting Date': '2026-10-31' });
    const dates = (['MM/DD/YYYY', 'DD/MM/YYYY', 'DD-Mon-YYYY', 'DD.MM.YYYY', 'YYYY-MM-DD'] as const).map((style) => readBack(filesOf('netsuite-journal', HOSTILE, { dates: style }).files[0]!)[0]!['Date']);
    expect(dates).toEqual(['10/31/2026', '31/10/2026', '31-Oct-2026', '31.10.2026', '2026-10-31']);
    const accounts = ['number and name', 'number', 'name'].map((style) => readBack(filesOf('netsuite-journal', HOSTILE, { accounts: style }).files[0]!)[0]!['Account']);
    expect(accounts).toEqual(['5190 Inventory shrinkage', '5190', 'Inventory shrinkage']);
  });

  test('an account without a name is refused where the name is what counts', () => {
    const unnamed = journalOf(pair(0, 100, 'x').map((line) => ({ ...line, accountName: '' })));
    expect(layOut(POSTING_SYSTEMS.quickbooks, unnamed, {})).toMatchObject({ failure: 'text_unfit', message: expect.stringContaining('*AccountName of QuickBooks Online journal entry cannot be written, line 1 of ADJ-2026-10-1, account 5190: it is empty') });
    expect(filesOf('xero', unnamed).files).toHaveLength(1);
  });

  test('a currency with more places than the system takes is refused; yen have none', () => {
    expect(layOut(POSTING_SYSTEMS.xero, { ...HOSTILE, currency: 'KWD', ownCurrency: 'KWD' }, GIVEN.xero)).toMatchObject({ failure: 'currency_unfit' });
    expect(filesOf('xero', { ...HOSTILE, currency: 'JPY', ownCurrency: 'JPY' }).files[0]!.rows[0]![5]).toBe('2028');
  });

  test('a journal in another currency than the workbook is written only where the file says which', () => {
    const euros = { ...HOSTILE, currency: 'EUR' };
    for (const id of ['xero', 'business-central', 'odoo', 'erpnext', 'netsuite-adjustment'] as const) {
      expect(layOut(POSTING_SYSTEMS[id], euros, GIVEN[id]), id).toMatchObject({ failure: 'currency_unfit', message: expect.stringContaining('are in EUR and would be read as another, USD perhaps') as string });
    }
    for (const id of ['netsuite-journal', 'quickbooks'] as const) {
      const [file] = filesOf(id, euros).files;
      expect(file!.rows.map((row) => row[file!.header.indexOf('Currency')]), id).toContain('EUR');
    }
  });

  test('a number that does not fit the system is refused', () => {
    expect(layOut(POSTING_SYSTEMS['business-central'], { ...HOSTILE, number: 'ADJUSTMENT-2026-10-1' }, {})).toMatchObject({ ok: true });
    expect(layOut(POSTING_SYSTEMS['business-central'], { ...HOSTILE, number: 'ADJUSTMENT-2026-10-12' }, {})).toMatchObject({ failure: 'text_unfit' });
  });
});
