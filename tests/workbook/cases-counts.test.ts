/**
 * Counts as a workflow: second counts, lines nobody counted, counters who contradict each other, what came in after the count; and systems
 * that do not add up or disagree, and exceptions that stay open over closes.
 */
import { describe, expect, test } from 'vitest';
import { SheetChoice } from '@shared/domain/count-sheet';
import type { TierBounds } from '@shared/domain/rules';
import { planCountSheets } from '../../electron/services/count-sheets/issue';
import { lineDetail } from '../../electron/services/lines';
import { answers, detailOf, lateShipment, lists, month, MOVES, tag } from '../support/case-month';
import { EngineWorkbook } from '../support/engine-workbook';
import { accepted } from '../support/imports';

/** After any reconciliation of these months. */
const LATER = Date.parse('2026-12-01T00:00:00Z');

const bounds = (tier: TierBounds['tier'], units: number, percent: number, valueMinor: number): TierBounds => ({
  tier, unitsScaled: units * 10_000, percentHundredths: percent * 100, valueMinor,
});
const recountOver = (units: number, percent: number, valueMinor: number) => ({
  count: { recount: [bounds('A', units, percent, valueMinor), bounds('B', 99, 99, 99_999), bounds('C', 99, 99, 99_999)], whenMoved: 'carry' as const },
});

describe('a second count', () => {
  test.each([
    ['units', recountOver(2, 99, 99_999), 'over the recount rule: 3 units (bound 2)'],
    ['percent', recountOver(99, 5, 99_999), 'over the recount rule: 6 % of the books (bound 5 %)'],
    ['value', recountOver(99, 99, 1_237), 'over the recount rule: 12.38 USD (bound 12.37)'],
  ])('is asked for over the bound of %s', (_bound, rules, why) => {
    const found = month();
    found.book.rules(rules);
    found.book.reconcile(found.october);
    expect(detailOf(found, found.mug)).toMatchObject({ nextStep: expect.stringMatching(/^Count MUG at Dock a second time: /), followUp: { recountWhy: why } });
    expect(lists(found).recounts).toMatchObject({ total: 1, lines: [{ sku: 'MUG', why }] });
    expect(answers(found)[6]).toMatchObject({ holds: false, figure: expect.stringContaining('1 second count asked for'), link: { view: 'recount' } });
  });

  test('is asked for exactly these lines in one go, and no more once it is in', () => {
    const found = month();
    found.book.rules(recountOver(2, 99, 99_999));
    found.book.reconcile(found.october);
    const plan = accepted(planCountSheets(found.book.workbook, SheetChoice.parse({ periodId: found.october, scope: 'recount_asked' })));
    expect(plan).toMatchObject({ lines: 1, firstCountNo: 2, sheets: [{ location: 'Dock', lines: 1 }] });
    found.book.count(found.october, 'recount.csv', `sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by\nS-2,1,MUG,Dock,A-1,2,47,2026-10-31T15:00:00Z,Lee`);
    found.book.reconcile(found.october);
    expect(detailOf(found, found.mug).followUp.recountWhy).toBeNull();
    expect(planCountSheets(found.book.workbook, SheetChoice.parse({ periodId: found.october, scope: 'recount_asked' }))).toMatchObject({ ok: false, failure: 'nothing_to_count' });
  });

  test('a reason given by a person takes its place in the checklist', () => {
    const found = month();
    found.book.rules(recountOver(2, 99, 99_999));
    found.book.reconcile(found.october);
    tag(found, found.mug, 'SHRINK');
    expect(answers(found)[6]).toMatchObject({ holds: true, link: null });
  });

  test('is asked for where goods moved after the count, if the policy says so', () => {
    const found = month();
    found.book.movements(found.october, 'after.csv', `${MOVES}\nerp,shipment,SO-9,1,CUP,Dock,1,2026-10-31T18:00:00Z,2026-10-31T18:05:00Z,,`);
    found.book.reconcile(found.october);
    expect(detailOf(found, found.cup).followUp.recountWhy).toBeNull();
    found.book.rules({ count: { recount: null, whenMoved: 'recount' } });
    found.book.reconcile(found.october);
    expect(detailOf(found, found.cup).followUp.recountWhy).toBe('goods moved between the count and the cut-off');
    expect(detailOf(found, found.mug).followUp.recountWhy).toBeNull();
  });
});

describe('the trail of a count', () => {
  test('several counters of one item are added up, and one bin counted by two people is a conflict', () => {
    const found = month({
      count: `
sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by
S-1,1,MUG,Dock,A-1,1,20,2026-10-31T12:00:00Z,Kim
S-2,1,MUG,Dock,A-1,1,7,2026-10-31T12:10:00Z,Lee
S-2,2,MUG,Dock,B-1,1,20,2026-10-31T12:15:00Z,Lee
S-1,2,CUP,Dock,A-2,1,79,2026-10-31T12:05:00Z,Kim`,
    });
    const conflict = { bin: 'A-1', countNo: 1, counts: [{ countedBy: 'Kim', countedScaled: 200_000 }, { countedBy: 'Lee', countedScaled: 70_000 }] };
    expect(detailOf(found, found.mug)).toMatchObject({ variances: [{ kind: 'count', quantityScaled: -30_000 }], followUp: { countConflicts: [conflict] } });
    expect(lists(found).conflicts).toMatchObject({ total: 1, lines: [{ sku: 'MUG', ...conflict }] });
    expect(detailOf(found, found.cup).followUp.countConflicts).toEqual([]);
  });

  test('lines that nobody counted are listed: on a sheet without a figure, and in the books of a counted location on no sheet', () => {
    const found = month({
      count: `
sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by
S-1,1,MUG,Dock,A-1,1,47,2026-10-31T12:00:00Z,Kim
S-1,2,CUP,Dock,A-2,1,,2026-10-31T12:05:00Z,Kim`,
    });
    found.book.snapshot(found.october, 'attic.csv', 'system,sku,location,as_of,on_hand,unit_cost\nerp,TEE,Attic,2026-11-01T00:00:00Z,5,7.900000');
    found.book.reconcile(found.october);
    expect(lists(found).notCounted).toMatchObject({
      total: 2,
      lines: [
        { sku: 'CUP', why: 'no_figure', sheet: 'S-1', bookScaled: 800_000, valueMinor: 16_000 },
        { sku: 'TEE', location: 'Dock', why: 'no_sheet', bookScaled: 100_000, valueMinor: 7_900 },
      ],
    });
  });

  test('files that come in together make no layer, in whatever order', () => {
    const found = month();
    found.book.workbook.run(`UPDATE imports SET imported_instant = imported_instant + (kind = 'movements')`);
    found.book.reconcile(found.october);
    expect(lists(found).late.total).toBe(0);
  });

  test('what came in after the count is a layer of its own, with what it explains', () => {
    const found = month();
    expect(detailOf(found, found.mug).followUp.late).toBeNull();
    lateShipment(found);
    found.book.workbook.run(`UPDATE imports SET imported_instant = ${LATER} WHERE file_name = 'late.csv'`);
    found.book.reconcile(found.october);
    expect(detailOf(found, found.mug).followUp.late).toMatchObject({
      checkpointInstant: expect.any(Number) as number,
      explainsScaled: -10_000,
      postings: [
        { system: 'erp', document: 'SO-1', onHandScaled: -10_000, importedInstant: LATER, evidence: { file: 'late.csv', row: 3 } },
        { system: 'warehouse', document: 'SO-1', onHandScaled: -10_000, evidence: { row: 2 } },
      ],
    });
    expect(lists(found).late).toMatchObject({ total: 1, lines: [{ sku: 'MUG', postings: 2, onHandScaled: -10_000, countScaled: -30_000 }] });
  });
});

describe('figures that contradict each other', () => {
  test('a system is held against itself, unknown stays unknown, and what differs is listed with its row', () => {
    const found = month({
      erp: `
system,sku,location,as_of,on_hand,available,committed,reserved,damaged,quarantined,unit_cost
erp,MUG,Dock,2026-11-01T00:00:00Z,50,45,2,1,0,0,4.125000
erp,CUP,Dock,2026-11-01T00:00:00Z,80,80,0,,,,2.000000`,
    });
    found.book.snapshot(
      found.october,
      'shop.csv',
      `
system,sku,location,as_of,on_hand,available,committed,unavailable
storefront,MUG,Dock,2026-11-01T00:00:00Z,49,45,2,2
storefront,MUG,Dock,2026-10-20T00:00:00Z,49,1,2,2`,
    );
    found.book.reconcile(found.october);
    expect(detailOf(found, found.mug).followUp.identityChecks).toMatchObject([
      { system: 'erp', state: 'differs', differenceScaled: -20_000, sentence: '50 on hand - 2 committed - 1 held = 47, and it states 45 available: -2.' },
      { system: 'storefront', state: 'holds', differenceScaled: 0, heldScaled: 20_000 },
    ]);
    expect(detailOf(found, found.cup).followUp.identityChecks).toMatchObject([{ system: 'erp', state: 'unknown', sentence: 'The ERP does not give what is held.' }]);
    expect(lists(found).identities).toMatchObject({ total: 1, lines: [{ sku: 'MUG', system: 'erp', differenceScaled: -20_000, evidence: { file: 'erp.csv', row: 2 } }] });
    expect(detailOf(found, found.mug).followUp.disagreements).toEqual([
      { state: 'on_hand', figures: [{ system: 'erp', quantityScaled: 500_000 }, { system: 'storefront', quantityScaled: 490_000 }], winner: 'erp', ruledSystem: 'erp' },
    ]);
  });
});

test('an exception says over how many closes it has been open, by its documents or its residual', () => {
  const book = new EngineWorkbook({ timeZone: 'UTC' });
  const [august, september, october] = [book.period('2026-08'), book.period('2026-09'), book.period('2026-10')];
  book.items('sku,tier,unit_cost\nMUG,A,4.000000\nCUP,A,2.000000');
  const counted = (periodId: number, day: string, mug: string, cup: string) => {
    book.snapshot(periodId, `erp ${day}.csv`, `system,sku,location,as_of,on_hand\nerp,MUG,Dock,${day}T23:00:00Z,50\nerp,CUP,Dock,${day}T23:00:00Z,20`);
    book.count(periodId, `count ${day}.csv`, `sku,location,counted,counted_at\nMUG,Dock,${mug},${day}T23:00:00Z\nCUP,Dock,${cup},${day}T23:00:00Z`);
    book.reconcile(periodId);
  };
  counted(august, '2026-08-31', '50', '18');
  counted(september, '2026-09-30', '47', '18');
  counted(october, '2026-10-31', '47', '18');
  const closes = (periodId: number, sku: string) => lineDetail(book.workbook, periodId, book.key(sku, 'Dock'))!.followUp.ageCloses;
  expect([closes(august, 'MUG'), closes(august, 'CUP')]).toEqual([null, 1]);
  expect([closes(september, 'MUG'), closes(september, 'CUP')]).toEqual([1, 2]);
  expect([closes(october, 'MUG'), closes(october, 'CUP')]).toEqual([2, 3]);
});

test('timing that outlives its window is an exception of two closes', () => {
  const book = new EngineWorkbook({ timeZone: 'UTC' });
  const [september, october] = [book.period('2026-09'), book.period('2026-10')];
  book.items('sku,tier,unit_cost\nMUG,A,4.000000');
  const shipped = (erp: string) => `${MOVES}
warehouse,shipment,SO-1,1,MUG,Dock,2,2026-09-30T20:00:00Z,2026-09-30T20:05:00Z,,
erp,shipment,SO-0,1,MUG,Dock,1,2026-09-02T20:00:00Z,2026-09-02T20:05:00Z,,
warehouse,shipment,SO-0,1,MUG,Dock,1,2026-09-02T20:00:00Z,2026-09-02T20:05:00Z,,${erp}`;
  book.movements(september, 'moves.csv', shipped(''));
  const counted = (periodId: number, day: string) => {
    book.snapshot(periodId, `erp ${day}.csv`, `system,sku,location,as_of,on_hand\nerp,MUG,Dock,${day}T23:30:00Z,50`);
    book.count(periodId, `count ${day}.csv`, `sku,location,counted,counted_at\nMUG,Dock,48,${day}T23:30:00Z`);
    book.reconcile(periodId);
  };
  counted(september, '2026-09-30');
  const mug = (periodId: number) => lineDetail(book.workbook, periodId, book.key('MUG', 'Dock'))!;
  expect(mug(september)).toMatchObject({ clearedBy: 'timing within the window', followUp: { ageCloses: null } });
  counted(october, '2026-10-31');
  expect(mug(october)).toMatchObject({ clearedBy: null, cause: 'missing_posting', ageDays: 31, followUp: { ageCloses: 2 } });
});

test('what was counted and is not in the ERP has been open for as many closes as it has not been', () => {
  const book = new EngineWorkbook({ timeZone: 'UTC' });
  const months = [book.period('2026-08'), book.period('2026-09'), book.period('2026-10')] as const;
  book.items('sku,tier,unit_cost\nMUG,A,4.000000\nCUP,A,2.000000\nPOT,A,9.000000');
  for (const [index, day] of ['2026-08-31', '2026-09-30', '2026-10-31'].entries()) {
    const pot = index === 1 ? '' : `\nerp,POT,Dock,${day}T23:00:00Z,5`;
    book.snapshot(months[index]!, `erp ${day}.csv`, `system,sku,location,as_of,on_hand\nerp,MUG,Dock,${day}T23:00:00Z,50${pot}`);
    book.count(months[index]!, `count ${day}.csv`, `sku,location,counted,counted_at\nMUG,Dock,50,${day}T23:00:00Z\nCUP,Dock,${7 + index},${day}T23:00:00Z\nPOT,Dock,5,${day}T23:00:00Z`);
    book.reconcile(months[index]!);
  }
  const line = (periodId: number, sku: string) => lineDetail(book.workbook, periodId, book.key(sku, 'Dock'))!;
  expect(line(months[2], 'CUP')).toMatchObject({ clearedBy: null, varianceScaled: 0 });
  expect(months.map((month) => line(month, 'CUP').followUp.ageCloses)).toEqual([1, 2, 3]);
  expect(months.map((month) => line(month, 'POT').followUp.ageCloses)).toEqual([null, 1, null]);
});
