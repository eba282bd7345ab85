/**
 * The tie-out on real workbooks: the sample company against its own story, and a month made for the four causes.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TieOut, TieOutCause } from '@shared/domain/tie-out';
import { findPeriod, findPeriodByCode } from '../../electron/services/periods';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { isStale } from '../../electron/services/reconciliation/staleness';
import { readTieOut, tieOutStands } from '../../electron/services/tie-out/read';
import type { SqliteWorkbook } from '../../electron/workbook/workbook';
import { accepted, importFile, lines } from '../support/imports';
import { sampleContext } from '../support/sample-session';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const SAMPLE = path.resolve(import.meta.dirname, '../../resources/sample');
const accountOf = (tieOut: TieOut, code: string) => tieOut.accounts.find(({ accountCode }) => accountCode === code);
const causeOf = (tieOut: TieOut, cause: TieOutCause) => tieOut.causes.find((each) => each.cause === cause)!;

describe('the sample company', () => {
  let workbook: SqliteWorkbook;
  let september: TieOut;
  beforeAll(async () => {
    ({ context: { workbook } } = await sampleContext(afterAll));
    september = accepted(readTieOut(workbook, findPeriodByCode(workbook, '2026-09')!.periodId));
  });

  test('ties in September: the books to the cent, after the journal but for the rounding of its lines', () => {
    const stock = accountOf(september, '1300')!;
    expect(stock).toMatchObject({ bookMinor: 14_660_878, ledgerMinor: 14_660_878, standing: 'rounding', afterMinor: -1 });
    expect(stock.journals.map(({ number }) => number)).toEqual(['ADJ-2026-09-1']);
    expect(tieOutStands(workbook, findPeriodByCode(workbook, '2026-09')!)).toEqual({ standing: 'ties', differenceMinor: 0, sentence: '2 stock accounts tie to the ledger, 1 but for rounding' });
  });

  test('has on the road over the cut-off what the ledger says, although NetSuite’s figures are of two days later', () => {
    expect(accountOf(september, '1310')).toMatchObject({ holds: 'transit', valueMinor: 23_525, ledgerMinor: 23_525, standing: 'ties' });
    expect(causeOf(september, 'half_transfer').findings.reduce((sum, { worthMinor }) => sum + worthMinor, 0)).toBe(23_525);
  });

  test('does not add a journal again that somebody stated as posted before the trial balance came in', async () => {
    const { context } = await sampleContext(afterAll);
    const { periodId } = findPeriodByCode(context.workbook, '2026-09')!;
    context.workbook.run(
      `INSERT INTO journal_postings (journal_id, ledger_document, ledger_day, stated_instant, stated_by) SELECT journal_id, 'JE-9', '2026-09-30', 0, 'Ana' FROM journals WHERE number = 'ADJ-2026-09-1'`,
    );
    expect(accountOf(accepted(readTieOut(context.workbook, periodId)), '1300')).toMatchObject({ journals: [{ isInLedger: true }], journalsMinor: 0, afterMinor: 9_250, standing: 'differs' });
  });

  test('holds a manual journal of 312.40 in October, which the ledger’s own journals name', async () => {
    const { context } = await sampleContext((clean) => afterAll(clean));
    const october = findPeriodByCode(context.workbook, '2026-10')!;
    const fixture = { workbook: context.workbook, context, folder: '', periodId: october.periodId, contextWith: () => context } satisfies WorkbookFixture;
    for (const [file, given] of [
      ['items.csv', {}], ['netsuite-items-2026-10.csv', { asOfInstant: Date.parse('2026-10-31T23:59:00-07:00') }], ['movements-erp-2026-10.csv', {}], ['trial-balance-2026-10.csv', {}],
    ] as const) {
      await importFile(fixture, { name: file, text: new Uint8Array(fs.readFileSync(path.join(SAMPLE, '2026-10', file))) }, given);
    }
    expect(readTieOut(context.workbook, october.periodId)).toMatchObject({ ok: false, failure: 'not_reconciled' });
    expect(tieOutStands(context.workbook, october)).toMatchObject({ standing: 'not_reconciled' });
    reconcilePeriod(context, october.periodId);
    const silent = accepted(readTieOut(context.workbook, october.periodId));
    expect(accountOf(silent, '1310')).toMatchObject({ valueMinor: 36_658, ledgerMinor: 67_898, afterMinor: 31_240, standing: 'differs' });
    expect(causeOf(silent, 'direct_journal')).toMatchObject({ isTested: false });

    expect(tieOutStands(context.workbook, october)).toMatchObject({ standing: 'differs', differenceMinor: 31_240, sentence: expect.stringContaining('1310 by 312.40 USD') });

    await importFile(fixture, { name: 'journals.csv', text: new Uint8Array(fs.readFileSync(path.join(SAMPLE, '2026-10/netsuite-journals-2026-10.csv'))) });
    // The ledger's journals move no stock: the reconciliation stands as it was.
    expect(isStale(context.workbook, october.periodId)).toBe(false);
    const told = accepted(readTieOut(context.workbook, october.periodId));
    expect(causeOf(told, 'direct_journal')).toMatchObject({
      isTested: true, found: 1, amountMinor: 31_240, findings: [{ accountCode: '1310', document: 'JE-1092', day: '2026-10-29', place: { fileName: 'journals.csv', rowNumber: 10 } }],
    });
    expect(accountOf(told, '1310')).toMatchObject({ toldMinor: 31_240, leftMinor: 0, standing: 'explained' });
    expect(tieOutStands(context.workbook, findPeriod(context.workbook, october.periodId)!)).toMatchObject({ standing: 'ties', differenceMinor: 0, sentence: expect.stringMatching(/1310 Inventory in transit differs by 312\.40 USD, which JE-1092 explains$/) });
  });
});

describe('a month made for the causes', () => {
  const JOURNAL = '*JournalNo,*JournalDate,*AccountName,*Debits,*Credits,Description,Name,Currency,Location,Class';
  let tieOut: TieOut;
  let fixture: WorkbookFixture;

  beforeAll(async () => {
    fixture = openFixtureWorkbook(afterAll);
    const { periodId } = fixture;
    await importFile(fixture, { name: 'items.csv', text: 'sku,name,unit_cost,currency\nMUG,Mug,4.00,USD\nTEE,Tee,10.00,USD\n' });
    for (const code of ['Portland', 'Reno']) fixture.workbook.run('INSERT INTO locations (code) VALUES (?)', code);
    await importFile(fixture, {
      name: 'stock.csv',
      text: 'system,sku,location,as_of,on_hand,unit_cost,currency\nerp,MUG,Portland,2026-10-31T23:00:00-07:00,100,4.00,USD\nerp,MUG,Reno,2026-10-31T23:00:00-07:00,10,4.00,USD\nerp,TEE,Portland,2026-10-31T23:00:00-07:00,20,10.00,USD\nerp,TEE,Reno,2026-10-31T23:00:00-07:00,0,10.00,USD\n',
    });
    await importFile(fixture, {
      name: 'moves.csv',
      text: [
        'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason',
        'erp,receipt,PO-1,1,MUG,Portland,50,2026-10-10T09:00:00-07:00,2026-10-10T10:00:00-07:00,,',
        'erp,receipt,PO-2,1,TEE,Portland,5,2026-10-30T09:00:00-07:00,2026-10-31T10:00:00-07:00,,',
        'erp,shipment,SO-1,1,MUG,Portland,2,2026-10-31T20:00:00-07:00,2026-11-01T07:00:00-08:00,,',
        'erp,transfer_out,TO-1,1,MUG,Portland,6,2026-10-20T09:00:00-07:00,2026-10-20T10:00:00-07:00,Reno,',
        'erp,transfer_in,TO-2,1,TEE,Reno,3,2026-10-21T09:00:00-07:00,2026-10-21T10:00:00-07:00,Portland,',
      ].join('\n'),
    });
    await importFile(fixture, { name: 'tb.csv', text: 'period,account,name,debit,credit,currency\n2026-10,1300,Inventory,690.00,0.00,USD\n2026-10,1310,Inventory in transit,0.00,0.00,USD\n' });
    await importFile(fixture, lines(
      JOURNAL,
      'PO-1,10/10/2026,Inventory,215.00,,,,USD,,', 'PO-1,,Goods received not invoiced,,215.00,,,USD,,',
      'PO-2,11/01/2026,Inventory,50.00,,,,USD,,', 'PO-2,,Goods received not invoiced,,50.00,,,USD,,',
      'JE-5,10/15/2026,1300 Inventory,77.00,,=cmd(),,USD,,', 'JE-5,,Operating expenses,,77.00,,,USD,,',
    ));
    reconcilePeriod(fixture.context, periodId);
    tieOut = accepted(readTieOut(fixture.workbook, periodId));
  });

  test('the stock is worth its quantities at cost, 640.00', () => {
    expect(accountOf(tieOut, '1300')).toMatchObject({ valueMinor: 64_000, ledgerMinor: 69_000, differenceMinor: 5_000 });
  });

  test('1: a journal straight to the stock account', () => {
    expect(causeOf(tieOut, 'direct_journal')).toMatchObject({ isTested: true, found: 1, amountMinor: 7_700, findings: [{ document: 'JE-5', accountCode: '1300' }] });
  });

  test('2: a receipt that the ledger dates in November, and a shipment that was posted there', () => {
    const { findings, amountMinor } = causeOf(tieOut, 'wrong_period');
    expect(findings.map(({ document, worthMinor, amountMinor: each }) => [document, worthMinor, each])).toEqual([['PO-2', 5_000, -5_000], ['SO-1', -800, null]]);
    expect(amountMinor).toBe(-5_000);
  });

  test('3: an out without an in, and an in without an out', () => {
    expect(causeOf(tieOut, 'half_transfer').findings.map(({ document, worthMinor, sentence }) => [document, worthMinor, sentence.split(' on ')[0]])).toEqual([
      ['TO-2', -3_000, 'TO-2: 3 TEE came to Reno'],
      ['TO-1', 2_400, 'TO-1: 6 MUG left Portland'],
    ]);
  });

  test('4: a receipt that the ledger booked at another cost than the closing’s', () => {
    expect(causeOf(tieOut, 'cost_timing')).toMatchObject({ isTested: true, found: 1, amountMinor: 1_500, findings: [{ document: 'PO-1', worthMinor: 20_000 }] });
  });

  test('what the causes tell is taken from the difference, and what they leave is shown', () => {
    expect(accountOf(tieOut, '1300')).toMatchObject({ afterMinor: 5_000, toldMinor: 7_700 - 5_000 + 1_500, leftMinor: 5_000 - 4_200 });
  });

  test('the same postings in a second export count once', async () => {
    await importFile(fixture, {
      name: 'moves-again.csv',
      text: 'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason\nerp,transfer_out,TO-1,1,MUG,Portland,6,2026-10-20T09:00:00-07:00,2026-10-20T10:00:00-07:00,Reno,\nerp,transfer_in,TO-3,1,TEE,Reno,1,2026-10-22T09:00:00-07:00,2026-10-22T10:00:00-07:00,Portland,\n',
    });
    reconcilePeriod(fixture.context, fixture.periodId);
    const again = accepted(readTieOut(fixture.workbook, fixture.periodId));
    expect(causeOf(again, 'half_transfer').findings.filter(({ document }) => document === 'TO-1')).toMatchObject([{ worthMinor: 2_400 }]);
  });
});
