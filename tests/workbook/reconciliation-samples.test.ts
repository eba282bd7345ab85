import { beforeEach, expect, test } from 'vitest';
import { LineDetail, LinesSummary } from '@shared/domain/lines';
import { LinesJson, type LineJson } from '@shared/domain/lines-json';
import { explainJson, explainText, lineDetail, linesJson, summaryOfLines } from '../../electron/services/lines';
import { EngineWorkbook } from '../support/engine-workbook';
import {
  SAMPLE_COUNT,
  SAMPLE_ITEMS,
  SAMPLE_MOVEMENTS,
  SAMPLE_SHIPMENTS,
  SAMPLE_SNAPSHOT,
} from '../support/engine-samples';

let book: EngineWorkbook;
let period: number;

beforeEach(() => {
  book = new EngineWorkbook();
  period = book.period('2026-10');
  book.items(SAMPLE_ITEMS);
  book.snapshot(period, 'snapshot.csv', SAMPLE_SNAPSHOT);
  book.movements(period, 'movements.csv', SAMPLE_MOVEMENTS);
  book.count(period, 'count.csv', SAMPLE_COUNT);
});

function reconciled(): ReadonlyMap<string, LineJson> {
  book.reconcile(period);
  return new Map(LinesJson.parse(linesJson(book.workbook, period)).lines.map((line) => [line.sku, line]));
}

/** `count -2: posted_later -1 SO-10481, ...; residual 0` for each variance of a line. */
const bridges = (line: LineJson) =>
  line.variances.map(
    ({ kind, quantity, components, residual }) =>
      `${kind} ${quantity}: ${components.map((each) => `${each.cause}${each.suggested ? '?' : ''} ${each.quantity} ${each.documents.join(' ')}`).join(', ')}; residual ${residual}`,
  );

test('the mug: counted 48, storefront 52, ERP 50, every unit tied to a document', () => {
  book.movements(period, 'shipments.csv', SAMPLE_SHIPMENTS);
  const mug = reconciled().get('MUG-BLU-11')!;
  expect(mug.positions.erp).toMatchObject({
    onHand: '50',
    asOf: '2026-10-31T23:59:00-07:00',
    atCutOff: '50',
    rolls: [],
  });
  expect(mug.positions.storefront).toMatchObject({
    available: '52',
    asOf: '2026-10-31T22:00:00-07:00',
    atCutOff: '50',
  });
  expect(mug.positions.storefront!.rolls.map((roll) => [roll.document, roll.quantity, roll.postedAt])).toEqual([
    ['SO-10481', '-1', '2026-10-31T22:03:41-07:00'],
    ['SO-10482', '-1', '2026-10-31T22:04:02-07:00'],
  ]);
  expect(mug.positions.count).toMatchObject({ counted: '48', countedAt: '2026-10-31T22:30:00-07:00', atCutOff: '48' });
  expect(mug.identity.available).toBe('48');
  expect(bridges(mug)).toEqual([
    'count -2: posted_later -1 SO-10481, posted_later -1 SO-10482; residual 0',
    'channel 2: refund_restocked 2 SO-10377; residual 0',
  ]);
  expect(mug.variances[0]).toMatchObject({ amount: '-8.25', currency: 'USD' });
  expect(mug.variances[0]!.components[0]!.evidence).toEqual([
    { file: 'shipments.csv', row: 2 },
    { file: 'shipments.csv', row: 4 },
  ]);
  expect(mug).toMatchObject({
    status: 'open',
    clearedBy: null,
    class: 'alignment',
    owner: 'operations',
    reason: null,
    due: '2026-11-02',
    nextStep: 'Inspect the goods of refund SO-10377, and take them off sale in the storefront until then.',
  });
});

test('the mug: without the picks nothing explains the count, and the residual says so', () => {
  const mug = reconciled().get('MUG-BLU-11')!;
  expect(bridges(mug)).toEqual(['count -2: ; residual -2', 'channel 2: refund_restocked 2 SO-10377; residual 0']);
  expect(mug.variances[0]!.residualSentence).toBe('-2: 2 units that no document explains. No pattern fits either.');
});

test('the shirt: 24 on the dock, received in the ERP on 2 November, clear by timing', () => {
  const shirt = reconciled().get('TEE-BLK-M')!;
  expect(bridges(shirt)).toEqual(['count 24: posted_later 24 PO-5512; residual 0', 'channel 0: ; residual 0']);
  expect(shirt).toMatchObject({ status: 'cleared', clearedBy: 'timing within the window', owner: null, due: null });
});

test('the candle: twelve on the road from Portland are timing', () => {
  const candle = reconciled().get('CANDLE-12')!;
  expect(bridges(candle)).toEqual(['count -12: in_transit -12 TO-2207; residual 0']);
  expect(candle.clearedBy).toBe('timing within the window');
});

test('the tote: a shelf that could not be counted has no variance; the warehouse is told to count it', () => {
  const tote = reconciled().get('BAG-TOTE')!;
  expect(tote.variances).toEqual([]);
  expect(tote.positions.count).toMatchObject({ counted: null, atCutOff: null });
  expect(tote).toMatchObject({
    status: 'cleared',
    clearedBy: 'not counted: the sheet holds no figure',
    owner: 'warehouse',
    nextStep: 'Count BAG-TOTE at Reno: it stands on a count sheet without a figure.',
  });
});

test('the terminal tells the mug on one screen, in one column of figures', () => {
  book.movements(period, 'shipments.csv', SAMPLE_SHIPMENTS);
  book.reconcile(period);
  const text = explainText(lineDetail(book.workbook, period, book.key('MUG-BLU-11', 'Portland'))!);
  expect(text.split('\n').length).toBeLessThan(55);
  expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
  const ends = text
    .split('\n')
    .filter((line) => / (posted_later|refund_restocked|residual) /.test(line))
    .map((line) => /[+-]?\d+(?=   |$)/.exec(line)!);
  expect(new Set(ends.map((match) => match.index + match[0].length)).size).toBe(1);
  for (const part of [
    'storefront available                  52   2026-10-31 22:00        50',
    'order SO-10481, posted 2026-10-31 22:03',
    'counted                               48   2026-10-31 22:30        48',
    '50 on hand (ERP) - 2 committed (ERP)',
    'Shipment SO-10481 line 1 of 1 unit: happened 2026-10-31 22:10, posted by the ERP 2026-11-01',
    'Rows shipments.csv:2, shipments.csv:4',
    'Refund SO-10377 of 2 units',
    'Every unit is explained by documents.',
  ])
    expect(text).toContain(part);
});

test('a line whole: timeline over all systems, count rows, roll-forward without opening unknown', () => {
  book.movements(period, 'shipments.csv', SAMPLE_SHIPMENTS);
  book.reconcile(period);
  const mug = LineDetail.parse(lineDetail(book.workbook, period, book.key('MUG-BLU-11', 'Portland')));
  expect(
    mug.timeline.map((entry) => `${entry.lane} ${entry.type ?? entry.what}${entry.isAfterCutOff ? ' after' : ''}`),
  ).toEqual([
    'storefront refund',
    'erp order',
    'storefront order',
    'erp order',
    'storefront order',
    'storefront position',
    'warehouse shipment',
    'erp shipment after',
    'warehouse shipment',
    'erp shipment after',
    'count count',
    'erp position',
  ]);
  expect(mug.counts).toHaveLength(1);
  expect(
    Object.fromEntries(mug.rollForward.map(({ column, quantityScaled }) => [column, quantityScaled])),
  ).toMatchObject({
    opening: null,
    expected: null,
    difference: null,
    shipments: 0,
    reported: 500_000,
  });
  const candle = lineDetail(book.workbook, period, book.key('CANDLE-12', 'Reno'))!;
  expect(candle.timeline.find((entry) => entry.document === 'TO-2207')!.elsewhere).toBe('CANDLE-12 Portland');
});

test('the summary adds components and residuals up to the variance, by units and by value', () => {
  book.reconcile(period);
  const summary = LinesSummary.parse(summaryOfLines(book.workbook, period));
  expect(summary).toMatchObject({
    lines: 4,
    linesWithVariance: 3,
    exceptions: 1,
    unexplainedLines: 1,
    isStale: false,
    ruleVersion: '2026.11-2 rules 1',
    byStatus: { open: { lines: 1, valueMinor: 825 }, cleared: { lines: 3 } },
    byClass: {
      timing: { unitsScaled: 360_000, valueMinor: 21_780 },
      alignment: { unitsScaled: 20_000, valueMinor: 825 },
      unexplained: { unitsScaled: 20_000, valueMinor: 825 },
      physical: { unitsScaled: 0 },
    },
    variance: { unitsScaled: 400_000, valueMinor: 23_430 },
    explained: { unitsScaled: 380_000, unitsShareHundredths: 9500, valueShareHundredths: 9647 },
    valueAtStakeMinor: 825,
  });
});

test('explain --json is lines --json for one SKU, with its timeline', () => {
  book.reconcile(period);
  const { lines } = LinesJson.parse(explainJson(book.workbook, period, 'MUG-BLU-11'));
  expect(lines.map((line) => line.sku)).toEqual(['MUG-BLU-11']);
  expect(lines[0]!.timeline!.length).toBeGreaterThan(5);
});
