/**
 * The tie-out decided from figures: differences, rounding, what the four causes say of files with and without them.
 */
import { describe, expect, test } from 'vitest';
import { type AccountFacts, decideTieOut, matchAccount, standsOf, type TieOutFacts } from '@shared/domain/tie-out';
import { type CauseFacts, testCauses } from '@shared/domain/tie-out-causes';

/** Ten places: 1.00 is this many. */
const UNIT = 10_000_000_000n;
const money = (minor: number): bigint => (BigInt(minor) * UNIT) / 100n;

const STOCK: AccountFacts = {
  accountCode: '1300', name: 'Inventory', holds: 'stock', lines: 3, linesWithoutCost: 0, bookExact: money(100_00), valueExact: money(90_00), ledgerMinor: 100_00,
  journals: [{ number: 'ADJ-2026-10-1', state: 'approved', effectMinor: -10_00, isInLedger: false, lines: 2 }],
};
const factsOf = (...accounts: AccountFacts[]): TieOutFacts => ({
  periodCode: '2026-10', currency: 'USD', isStale: false, trialBalance: { importId: 9, fileName: 'tb.csv', importedInstant: 1 }, accounts,
});

const PLACE = { importId: 4, fileName: 'ledger.csv', rowNumber: 7 };
const NOTHING: CauseFacts = {
  periodCode: '2026-10', currency: 'USD', ownJournals: ['ADJ-2026-10-1'], ledger: { files: 0, documents: [] }, movements: { files: 0, ofDocuments: [] },
  knownDocuments: new Set(), strays: [], transfers: { documents: 0, open: [] }, costs: { previousPeriod: null, linesCompared: 0, changes: [] },
};
const SILENT = testCauses(NOTHING);

describe('an account', () => {
  test('that ties after the journals is 10.00 apart before them', () => {
    const [account] = decideTieOut(factsOf(STOCK), SILENT).accounts;
    expect(account).toMatchObject({ valueMinor: 9_000, ledgerMinor: 10_000, differenceMinor: 1_000, journalsMinor: -1_000, afterMinor: 0, waitingMinor: 0, standing: 'ties', sentence: 'Ties to the cent after the journals.' });
  });

  test('with a journal that the ledger holds already is not given it again', () => {
    const [account] = decideTieOut(factsOf({ ...STOCK, ledgerMinor: 90_00, journals: [{ ...STOCK.journals[0]!, isInLedger: true }] }), SILENT).accounts;
    expect(account).toMatchObject({ differenceMinor: 0, journalsMinor: 0, afterMinor: 0, standing: 'ties', waitingMinor: 0 });
  });

  test('whose balance was drawn after the journals were booked ties without adding them again', () => {
    const [account] = decideTieOut(factsOf({ ...STOCK, ledgerMinor: 90_01 }), SILENT).accounts;
    expect(account).toMatchObject({ journalsMinor: 0, afterMinor: 1, standing: 'rounding', journals: [{ isInLedger: true }], sentence: expect.stringMatching(/^The ledger holds journals of the period already\. Ties/) });
  });

  test('is told what reasons book and no journal holds', () => {
    const [account] = decideTieOut(factsOf({ ...STOCK, journals: [] }), SILENT).accounts;
    expect(account).toMatchObject({ afterMinor: 1_000, waitingMinor: -1_000, standing: 'differs', sentence: expect.stringContaining('Reasons book -10.00 USD that no journal holds yet.') });
  });

  test.each([[1, 'rounding'], [2, 'rounding'], [3, 'differs'], [-2, 'rounding'], [-3, 'differs']])('of two journal lines that is %i cents apart: %s', (cents, standing) => {
    const [account] = decideTieOut(factsOf({ ...STOCK, ledgerMinor: 100_00 + cents }), SILENT).accounts;
    expect(account).toMatchObject({ afterMinor: cents, roundingMinor: 2, standing });
  });

  test('rounds its value once, half to even', () => {
    const [account] = decideTieOut(factsOf({ ...STOCK, valueExact: money(90_00) + UNIT / 200n, bookExact: money(100_01) + UNIT / 200n }), SILENT).accounts;
    expect(account).toMatchObject({ valueMinor: 9_000, bookMinor: 10_002 });
  });

  test('that the trial balance does not name counts as nothing there, and says so', () => {
    const [account] = decideTieOut(factsOf({ ...STOCK, ledgerMinor: null, journals: [] }), SILENT).accounts;
    expect(account).toMatchObject({ ledgerMinor: null, differenceMinor: -9_000, sentence: expect.stringMatching(/^The trial balance does not name the account\. Does not tie/) });
  });

  test('that nothing speaks for is told, and held against nothing', () => {
    const tieOut = decideTieOut(factsOf(STOCK, { ...STOCK, accountCode: '1320', holds: 'other', bookExact: null, valueExact: null }), SILENT);
    expect(tieOut.accounts[1]).toMatchObject({ standing: 'unknown', differenceMinor: null, afterMinor: null });
    expect(standsOf(tieOut).standing).toBe('ties');
  });

  test('past 2^53 of exact value is still right', () => {
    const minor = 4_000_000_000_000_00;
    const [account] = decideTieOut(factsOf({ ...STOCK, bookExact: money(minor), valueExact: money(minor), ledgerMinor: minor + 1, journals: [] }), SILENT).accounts;
    expect(account).toMatchObject({ valueMinor: minor, differenceMinor: 1 });
  });
});

describe('for the lock', () => {
  test('the differences of accounts add up without sign', () => {
    const tieOut = decideTieOut(factsOf({ ...STOCK, ledgerMinor: 105_00 }, { ...STOCK, accountCode: '1310', ledgerMinor: 93_00 }), SILENT);
    expect(standsOf(tieOut)).toEqual({ standing: 'differs', differenceMinor: 1_200, sentence: '2 stock accounts do not tie to the ledger: 1300 by 5.00 USD, 1310 by -7.00 USD' });
  });

  const TRANSIT = { ...STOCK, accountCode: '1310', name: 'Inventory in transit', holds: 'transit' as const };

  test('goods in transit that differ keep the period open as stock does', () => {
    expect(standsOf(decideTieOut(factsOf(STOCK, { ...TRANSIT, ledgerMinor: 93_00 }), SILENT)))
      .toEqual({ standing: 'differs', differenceMinor: 700, sentence: '1 stock account does not tie to the ledger: 1310 by -7.00 USD' });
    expect(standsOf(decideTieOut(factsOf(STOCK, { ...TRANSIT, ledgerMinor: null }), SILENT))).toMatchObject({ standing: 'differs' });
  });

  test('a difference that named documents make is told with them, and the period may be locked', () => {
    const entry = { accountCode: '1310', day: '2026-10-29', rows: 1, memo: 'Freight', place: PLACE };
    const documents = [['JE-7', 400], ['JE-8', 300], ['JE-9', 200], ['JE-10', 100]].map(([document, amountMinor]) => ({ ...entry, document: document as string, amountMinor: amountMinor as number }));
    const stands = (...booked: typeof documents) => {
      const amount = booked.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      return standsOf(decideTieOut(factsOf(STOCK, { ...TRANSIT, ledgerMinor: 100_00 + amount }), testCauses({ ...NOTHING, ledger: { files: 1, documents: booked } })));
    };
    expect(stands(documents[0]!)).toEqual({ standing: 'ties', differenceMinor: 0, sentence: '1 stock account ties to the ledger; 1310 Inventory in transit differs by 4.00 USD, which JE-7 explains' });
    expect(stands(...documents)).toMatchObject({ sentence: expect.stringContaining('differs by 10.00 USD, which JE-7, JE-8, JE-9 and others explain') });
  });

  test('an account of goods under way that is nowhere is not asked', () => {
    const none = { ...TRANSIT, bookExact: 0n, valueExact: 0n, ledgerMinor: null, journals: [] };
    expect(standsOf(decideTieOut(factsOf(STOCK, none), SILENT))).toMatchObject({ standing: 'ties', sentence: '1 stock account ties to the ledger' });
  });

  test('without a trial balance nothing is said to tie', () => {
    const tieOut = decideTieOut({ ...factsOf(STOCK), trialBalance: null }, SILENT);
    expect(tieOut.accounts[0]).toMatchObject({ standing: 'unknown', differenceMinor: null });
    expect(standsOf(tieOut)).toMatchObject({ standing: 'no_trial_balance', differenceMinor: 0 });
  });
});

test.each([
  ['1300', '1300'], [' 1300 ', '1300'], ['inventory', '1300'], ['1300 Inventory', '1300'], ['1300 - Inventory', '1300'], ['1300 · Inventory', '1300'], ['Current Assets:Inventory', '1300'],
  ['Inventory in transit', '1310'], ['13', undefined], ['Inventory2', undefined],
])('a ledger that writes %j means %s', (written, account) => {
  expect(matchAccount(written, [{ accountCode: '1300', name: 'Inventory' }, { accountCode: '1310', name: 'Inventory in transit' }, { accountCode: '1400', name: '' }])).toBe(account);
});

describe('the four causes', () => {
  const entry = { document: 'JE-77', accountCode: '1300', day: '2026-10-20', amountMinor: 312_40, rows: 1, memo: 'Manual', place: PLACE };
  const movement = { document: 'PO-1', accountCode: '1300', postedDay: '2026-10-05', valueExact: money(50_00), postings: 1 };
  const found = (facts: Partial<CauseFacts>) => Object.fromEntries(testCauses({ ...NOTHING, ...facts }).map((each) => [each.cause, each]));

  test('always come in their order, and say which file would tell where none was imported', () => {
    expect(SILENT.map(({ cause, isTested, sentence, found: count }) => [cause, isTested, count, sentence])).toEqual([
      ['direct_journal', false, 0, 'Not tested: no journal entries of the ledger were imported. Import those of the period.'],
      ['wrong_period', false, 0, 'Not tested: no movements of the ERP were imported. Import those of the period.'],
      ['half_transfer', false, 0, 'Not tested: no movements of the ERP were imported. Import those of the period.'],
      ['cost_timing', false, 0, 'Not tested: there is no period before to compare costs with, and no journal entries of the ledger were imported.'],
    ]);
  });

  test('say what was looked at also where nothing was found', () => {
    const causes = found({
      ledger: { files: 1, documents: [{ ...entry, document: 'PO-1', amountMinor: 50_00, day: '2026-10-05' }] }, movements: { files: 2, ofDocuments: [movement] }, knownDocuments: new Set(['po-1']),
      transfers: { documents: 3, open: [] }, costs: { previousPeriod: '2026-09', linesCompared: 12, changes: [] },
    });
    expect(Object.values(causes).map(({ isTested, found: count, sentence }) => [isTested, count, sentence])).toEqual([
      [true, 0, 'Looked at 1 document of the ledger on stock accounts: each is borne by a movement, or is a journal of this period.'],
      [true, 0, 'Looked at the ERP’s postings of 2 movement files by the month they happened and were posted, and 1 document that the ledger has too: none lies in two periods.'],
      [true, 0, 'Looked at 3 transfers of the ERP up to the cut-off, out against in by document and item: each came in as it went out.'],
      [true, 0, 'Looked at the unit cost of 12 lines now and at the close of 2026-09, and 1 document of the ledger against its movements at the cost of the closing: no cost differs.'],
    ]);
  });

  test('a journal straight to the stock account is the whole of its amount; the period’s own journals are none', () => {
    const { direct_journal: cause } = found({ ledger: { files: 1, documents: [entry, { ...entry, document: 'ADJ-2026-10-1', amountMinor: 5 }, { ...entry, document: 'ADJ-2026-10-1/2', amountMinor: 5 }] } });
    expect(cause).toMatchObject({ found: 1, amountMinor: 312_40, byAccount: [{ accountCode: '1300', amountMinor: 312_40 }], findings: [{ document: 'JE-77', place: PLACE }] });
    expect(cause!.findings[0]!.sentence).toBe('JE-77 of 2026-10-20 books 312.40 on 1300 in 1 row, and no movement bears that number: Manual');
  });

  test('what it tells is taken from the difference of its account', () => {
    const causes = testCauses({ ...NOTHING, ledger: { files: 1, documents: [entry] } });
    const [account] = decideTieOut(factsOf({ ...STOCK, ledgerMinor: 100_00 + 312_40 }), causes).accounts;
    expect(account).toMatchObject({ afterMinor: 312_40, toldMinor: 312_40, leftMinor: 0, standing: 'explained', sentence: 'Ties after the journals but for what the causes below name: the ledger has 312.40 USD more, and they tell 312.40 USD.' });
    const partly = decideTieOut(factsOf({ ...STOCK, ledgerMinor: 100_00 + 400_00 }), causes).accounts[0];
    expect(partly).toMatchObject({ standing: 'differs', leftMinor: 87_60 });
  });

  test.each([
    ['2026-10-31', '2026-11-01', 50_00, 'the ledger has what the stock does not'],
    ['2026-11-01', '2026-10-31', -50_00, 'the stock has what the ledger does not'],
    ['2026-09-30', '2026-10-01', null, 'both have it by now'],
  ])('dated %s by the ledger and posted %s: %s, as %s', (day, postedDay, amountMinor, _why) => {
    const { wrong_period: cause, cost_timing: cost } = found({
      ledger: { files: 1, documents: [{ ...entry, document: 'PO-1', day, amountMinor: 50_00 }] }, movements: { files: 1, ofDocuments: [{ ...movement, postedDay }] }, knownDocuments: new Set(['po-1']),
    });
    expect(cause!.findings).toMatchObject([{ document: 'PO-1', amountMinor, worthMinor: 50_00 }]);
    expect(cost).toMatchObject({ found: 0 });
  });

  test('a posting that happened in another month is told with its worth, and no amount that nobody knows', () => {
    const { wrong_period: cause } = found({
      movements: { files: 1, ofDocuments: [] },
      strays: [{ document: 'SO-9', accountCode: '1300', sku: 'MUG', location: 'Reno', quantityScaled: -20_000, valueExact: money(-8_25), occurredDay: '2026-10-31', postedDay: '2026-11-01', place: PLACE }],
    });
    expect(cause).toMatchObject({ found: 1, amountMinor: 0, findings: [{ worthMinor: -825, amountMinor: null, sentence: expect.stringContaining('-2 MUG at Reno happened on 2026-10-31 and was posted on 2026-11-01') }] });
  });

  const transfer = { document: 'TO-1', accountCode: '1300', sku: 'MUG', from: 'Portland', to: 'Reno', outScaled: 60_000, inScaled: 0, unitCostScaled: 4_125_000, day: '2026-10-30', place: PLACE };
  test.each([
    [transfer, 24_75, 'TO-1: 6 MUG left Portland on 2026-10-30 and had not come to Reno by the cut-off, worth 24.75'],
    [{ ...transfer, outScaled: 0, inScaled: 60_000, from: '' }, -24_75, 'TO-1: 6 MUG came to Reno on 2026-10-30 and never left anywhere, worth 24.75'],
    [{ ...transfer, inScaled: 40_000 }, 8_25, 'TO-1: 2 MUG left Portland'],
    [{ ...transfer, unitCostScaled: null }, 0, 'of unknown cost'],
  ])('a half-done transfer is told: %#', (open, worthMinor, sentence) => {
    const { half_transfer: cause } = found({ movements: { files: 1, ofDocuments: [] }, transfers: { documents: 1, open: [open] } });
    expect(cause).toMatchObject({ found: 1, findings: [{ worthMinor, sentence: expect.stringContaining(sentence) }] });
  });

  test('a document that the ledger booked at another cost is the difference of both, beyond rounding', () => {
    const at = (amountMinor: number) =>
      found({ ledger: { files: 1, documents: [{ ...entry, document: 'PO-1', day: '2026-10-05', amountMinor }] }, movements: { files: 1, ofDocuments: [movement] }, knownDocuments: new Set(['po-1']) })['cost_timing'];
    expect(at(52_00)).toMatchObject({ found: 1, amountMinor: 2_00, findings: [{ sentence: 'PO-1: the ledger booked 52.00, at the cost of the closing it is 50.00' }] });
    expect(at(50_01)).toMatchObject({ found: 0, isTested: true });
  });

  test('a cost that changed since the close before is told with what it makes of the older units', () => {
    const { cost_timing: cause } = found({
      costs: { previousPeriod: '2026-09', linesCompared: 4, changes: [{ accountCode: '1300', sku: 'MUG', location: 'Reno', beforeText: '4.125', nowText: '4.50', quantityScaled: 100_000, effectExact: money(-3_75) }] },
    });
    expect(cause).toMatchObject({ found: 1, amountMinor: 0, findings: [{ worthMinor: -375, amountMinor: null, sentence: expect.stringContaining('10 that lay there before are worth 3.75 more') }] });
  });

  test('of many findings the largest are listed, and all are counted and added up', () => {
    const documents = Array.from({ length: 500 }, (_, index) => ({ ...entry, document: `JE-${index}`, amountMinor: index + 1 }));
    const { direct_journal: cause } = found({ ledger: { files: 1, documents } });
    expect(cause).toMatchObject({ found: 500, amountMinor: (500 * 501) / 2 });
    expect(cause!.findings).toHaveLength(200);
    expect(cause!.findings[0]!.amountMinor).toBe(500);
  });
});
