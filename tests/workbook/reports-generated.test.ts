/**
 * Reports over months that are made here: every report adds up whatever the stock, flows count a posting as often as it was
 * posted, and what comes back over periods is told from what was mended.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REPORT_IDS } from '@shared/domain/report';
import { setItemTier } from '../../electron/services/rules/item-tier';
import { rollForwardTotals } from '../../electron/services/roll-forward';
import { readReport } from '../../electron/services/reports/index';
import { EngineWorkbook } from '../support/engine-workbook';
import { expectToAddUp, linesOf, reportOf, sectionOf, totalOf } from '../support/report-sums';

const MOVEMENT_HEADER = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason';
const CODES = ['2026-07', '2026-08', '2026-09', '2026-10'] as const;
const ends = (code: string) => `${code}-${code === '2026-09' ? '30' : '31'}T23:00:00-07:00`;

interface Stock {
  readonly sku: string;
  readonly location: string;
  readonly erp: number;
  readonly storefront: number | null;
  readonly counted: number | null;
  readonly cost: string;
}

function snapshotOf(code: string, stock: readonly Stock[]): string {
  return [
    'system,sku,location,as_of,on_hand,available,unit_cost',
    ...stock.map((each) => `erp,${each.sku},${each.location},${ends(code)},${each.erp},${each.erp},${each.cost}`),
    ...stock.filter(({ storefront }) => storefront !== null).map((each) => `storefront,${each.sku},${each.location},${ends(code)},,${each.storefront},`),
  ].join('\n');
}
const countOf = (code: string, stock: readonly Stock[]): string =>
  ['sheet,line,sku,location,counted,counted_at,counted_by', ...stock.filter(({ counted }) => counted !== null).map((each, line) => `S,${line},${each.sku},${each.location},${each.counted},${ends(code)},${line % 3 === 0 ? 'Ana' : 'Ben'}`)].join('\n');

const stockOf = fc.uniqueArray(
  fc.record({
    sku: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    location: fc.constantFrom('North', 'South'),
    erp: fc.integer({ min: -5, max: 4_000 }),
    storefront: fc.option(fc.integer({ min: 0, max: 4_000 })),
    counted: fc.option(fc.integer({ min: 0, max: 4_000 })),
    cost: fc.constantFrom('0.333333', '4.125', '19.999999', ''),
  }),
  { minLength: 1, maxLength: 10, selector: ({ sku, location }) => `${sku} ${location}` },
);

test('every report of any month adds up, whole and cut short', () => {
  fc.assert(
    fc.property(stockOf, stockOf, fc.integer({ min: 1, max: 4 }), (first, second, linesMax) => {
      const made = new EngineWorkbook();
      const [before, period] = [made.period('2026-09'), made.period('2026-10')];
      made.snapshot(before, 'before.csv', snapshotOf('2026-09', first));
      made.count(before, 'counted before.csv', countOf('2026-09', first));
      made.reconcile(before);
      made.snapshot(period, 'now.csv', snapshotOf('2026-10', second));
      made.count(period, 'counted.csv', countOf('2026-10', second));
      made.movements(period, 'moved.csv', [MOVEMENT_HEADER, ...second.map((each, index) => `erp,${index % 2 ? 'receipt' : 'shipment'},D-${index},1,${each.sku},${each.location},${index + 1},2026-10-10T10:00:00-07:00,2026-10-10T10:05:00-07:00,,`)].join('\n'));
      made.reconcile(period);
      for (const id of REPORT_IDS) {
        const whole = reportOf(made.workbook, period, id);
        const short = reportOf(made.workbook, period, id, { linesMax });
        expectToAddUp(whole);
        expectToAddUp(short);
        for (const section of whole.sections) expect(sectionOf(short, section.id).total, `${id} ${section.id}`).toEqual(section.total);
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);

describe('flows', () => {
  function rolled(files: readonly (readonly string[])[]) {
    const made = new EngineWorkbook();
    const [before, period] = [made.period('2026-09'), made.period('2026-10')];
    made.lock(before, [['A', 'North', '10']]);
    made.snapshot(period, 'now.csv', snapshotOf('2026-10', [{ sku: 'A', location: 'North', erp: 16, storefront: null, counted: null, cost: '1' }]));
    files.forEach((rows, index) => made.movements(period, `moved ${index}.csv`, [MOVEMENT_HEADER, ...rows].join('\n')));
    made.reconcile(period);
    return { made, period };
  }
  const receipt = 'erp,receipt,PO-1,1,A,North,3,2026-10-10T10:00:00-07:00,2026-10-10T10:05:00-07:00,,';

  test('a file that says the same posting twice tells of two, in the columns as in the expected closing', () => {
    const { made, period } = rolled([[receipt, receipt]]);
    expect(rollForwardTotals(made.workbook, period)).toEqual([
      { location: 'North', columns: { opening: 100_000, receipts: 60_000, shipments: 0, returns: 0, transfers: 0, assembly: 0, adjustments: 0, expected: 160_000, reported: 160_000, difference: 0 } },
    ]);
  });

  test('two exports that overlap tell of a posting once, or as often as the one that says it most', () => {
    const once = rolled([[receipt], [receipt]]);
    expect(rollForwardTotals(once.made.workbook, once.period)[0]!.columns).toMatchObject({ receipts: 30_000, expected: 130_000 });
    const twice = rolled([[receipt, receipt], [receipt]]);
    expect(rollForwardTotals(twice.made.workbook, twice.period)[0]!.columns).toMatchObject({ receipts: 60_000, expected: 160_000 });
  });
});

describe('proof of quantity', () => {
  /** ERP and warehouse agree in the opening; then the warehouse misses a receipt, and posts a shipment that the ERP does not. */
  function proved() {
    const made = new EngineWorkbook();
    const [before, period] = [made.period('2026-09'), made.period('2026-10')];
    const position = (code: string, erp: readonly number[], warehouse: readonly number[]) =>
      ['system,sku,location,as_of,on_hand', ...erp.map((each, index) => `erp,${'ABC'[index]},North,${ends(code)},${each}`), ...warehouse.map((each, index) => `warehouse,${'ABC'[index]},North,${ends(code)},${each}`)].join('\n');
    made.snapshot(before, 'before.csv', position('2026-09', [10, 20, 30], [10, 20, 33]));
    made.reconcile(before);
    made.snapshot(period, 'now.csv', position('2026-10', [15, 18, 30], [10, 18, 33]));
    const at = '2026-10-10T10:00:00-07:00,2026-10-10T10:05:00-07:00,,';
    made.movements(period, 'moved.csv', [MOVEMENT_HEADER, `erp,receipt,PO-1,1,A,North,5,${at}`, `erp,shipment,SO-1,1,B,North,2,${at}`, `warehouse,shipment,SO-1,1,B,North,1,${at}`, `warehouse,receipt,PO-9,1,C,North,1,${at}`, `warehouse,adjustment,AD-1,1,C,North,-1,${at}`].join('\n'));
    made.reconcile(period);
    return { made, period };
  }

  test('tells in which column an error sits, and what was there before the month', () => {
    const { made, period } = proved();
    const report = reportOf(made.workbook, period, 'proof-of-quantity', { systems: { left: 'erp', right: 'warehouse' } });
    const rows = new Map(linesOf(sectionOf(report, 'lines')).map((row) => [row['sku'], row]));
    expect(rows.get('A')).toMatchObject({ left_opening: 100_000, left_in: 50_000, left_out: 0, left_closing: 150_000, left_gap: 0, right_opening: 100_000, right_in: 0, right_closing: 100_000, less_opening: 0, less_in: 50_000, less_out: 0, less_closing: 50_000, where: 'in' });
    // The warehouse's figure went down by two and it posted one.
    expect(rows.get('B')).toMatchObject({ less_opening: 0, less_out: 10_000, right_gap: -10_000, less_closing: 0, where: 'out, not posted' });
    expect(rows.get('C')).toMatchObject({ less_opening: -30_000, right_in: 10_000, right_out: 10_000, less_closing: -30_000, where: 'before this month, in, out' });
    expect(totalOf(sectionOf(report, 'by-location'))).toMatchObject({ left_opening: 600_000, right_opening: 630_000, less_opening: -30_000, left_closing: 630_000, right_closing: 610_000, less_closing: 20_000 });
    expect(sectionOf(report, 'lines').columns.find(({ id }) => id === 'left_opening')!.group).toBe('ERP, on hand');
  });

  test('the other way round every difference turns its sign', () => {
    const { made, period } = proved();
    const of = (left: 'erp' | 'warehouse', right: 'erp' | 'warehouse') => totalOf(sectionOf(reportOf(made.workbook, period, 'proof-of-quantity', { systems: { left, right } }), 'by-location'));
    const [one, other] = [of('erp', 'warehouse'), of('warehouse', 'erp')];
    for (const column of ['less_opening', 'less_in', 'less_out', 'less_closing']) expect(Number(other[column]) + Number(one[column]), column).toBe(0);
  });
});

describe('over the months', () => {
  /** A: off in every month. B: off in the first two, then mended. C: off in the first and the last. D: never off. E: off in the last only. */
  const OFF: Readonly<Record<string, readonly number[]>> = { A: [5, 6, 7, 8], B: [3, 4, 0, 0], C: [9, 0, 0, 2], D: [0, 0, 0, 0], E: [0, 0, 0, 1] };

  function months() {
    const made = new EngineWorkbook();
    made.items('sku,tier,unit_cost\nA,B,2\nB,A,2\nC,C,2\nD,A,2\nE,C,2');
    made.rules({ tolerances: (['A', 'B', 'C'] as const).map((tier) => ({ tier, unitsScaled: 0, percentHundredths: 0, valueMinor: 0 })) });
    const ids = CODES.map((code, place) => {
      const period = made.period(code);
      const stock = Object.entries(OFF).map(([sku, off]): Stock => ({ sku, location: 'North', erp: 100, storefront: null, counted: 100 - off[place]!, cost: '2' }));
      made.snapshot(period, `${code}.csv`, snapshotOf(code, stock));
      made.count(period, `count ${code}.csv`, countOf(code, stock));
      made.reconcile(period);
      return period;
    });
    return { made, ids };
  }

  test('what came back is told with its cost, and whether it was mended', () => {
    const { made, ids } = months();
    const report = reportOf(made.workbook, ids[3]!, 'repeat-offenders');
    const rows = new Map(linesOf(sectionOf(report, 'by-sku')).map((row) => [row['name'], row]));
    expect([...rows.keys()]).toEqual(['A', 'B', 'C']);
    expect(rows.get('A')).toMatchObject({ standing: 'still there', periods: 4, first: '2026-07', last: '2026-10', run: 4, lines: 4, now: 1, cost: (6 + 7 + 8) * 200 });
    expect(rows.get('B')).toMatchObject({ standing: 'gone', periods: 2, last: '2026-08', run: 0, now: 0, cost: 4 * 200 });
    expect(rows.get('C')).toMatchObject({ standing: 'back again', periods: 2, run: 1, cost: 2 * 200 });
    const overview = linesOf(sectionOf(report, 'overview')).find((row) => row['name'] === 'SKU');
    // B was mended a month before: last period had only A left.
    expect(overview).toMatchObject({ gone: 0, 'still there': 1, 'back again': 1, new: 1 });
    expect(linesOf(sectionOf(reportOf(made.workbook, ids[2]!, 'repeat-offenders'), 'overview')).find((row) => row['name'] === 'SKU')).toMatchObject({ gone: 1, 'still there': 1 });
  });

  test('a tier is proposed with its evidence, and where it is accepted the lines are stale until they are judged by it', () => {
    const { made, ids } = months();
    const period = ids[3]!;
    const { proposals } = reportOf(made.workbook, period, 'repeat-offenders');
    expect(proposals.map(({ sku, from, to }) => [sku, from, to])).toEqual([['A', 'B', 'A'], ['D', 'A', 'B']]);
    expect(proposals[0]!.evidence).toBe('4 periods in a row with exceptions, 2026-07 to 2026-10: 4 lines in all, cost of repeats 42.00 USD.');
    expect(proposals[1]!.evidence).toBe('No exception in 2026-08, 2026-09, 2026-10, with 3 counts that agreed.');
    expect(setItemTier(made.context, 'A', 'A', proposals[0]!.evidence)).toMatchObject({ ok: true });
    expect(reportOf(made.workbook, period, 'inventory').standsFor.isStale).toBe(true);
    made.reconcile(period);
    expect(reportOf(made.workbook, period, 'inventory').standsFor.isStale).toBe(false);
    expect(reportOf(made.workbook, period, 'repeat-offenders').proposals.map(({ sku }) => sku)).toEqual(['D']);
  });

  test('a tier that is set over a locked period leaves its lines as they were judged, and stales those that are open', () => {
    const { made, ids } = months();
    made.lock(ids[2]!);
    expect(setItemTier(made.context, 'A', 'A', 'keeps coming back')).toMatchObject({ ok: true });
    expect(reportOf(made.workbook, ids[2]!, 'inventory').standsFor.isStale).toBe(false);
    expect(reportOf(made.workbook, ids[3]!, 'inventory').standsFor.isStale).toBe(true);
  });

  test('change tells both periods apart and what lies between them', () => {
    const { made, ids } = months();
    const report = reportOf(made.workbook, ids[1]!, 'change');
    const [now, then, change] = linesOf(sectionOf(report, 'in-all'));
    expect([now!['exceptions'], then!['exceptions'], change!['exceptions']]).toEqual([2, 3, -1]);
    expect([now!['units'], then!['units'], change!['units']]).toEqual([100_000, 170_000, -70_000]);
    const first = reportOf(made.workbook, ids[0]!, 'change');
    expect(linesOf(sectionOf(first, 'in-all'))[1]).toMatchObject({ lines: null, units: null, value: null });
    expect(first.notes.join(' ')).toContain('The workbook has no period before this one.');
  });
});

test('nothing is reported of a period that was never reconciled', () => {
  const made = new EngineWorkbook();
  const period = made.period('2026-10');
  for (const report of REPORT_IDS) {
    expect(readReport(made.workbook, { periodId: period, report, location: null, systems: { left: 'erp', right: 'storefront' }, linesMax: 10 })).toMatchObject({ ok: false, failure: 'not_reconciled' });
  }
});
