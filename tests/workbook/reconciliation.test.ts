import { appendAudit } from '../../electron/workbook/audit';
import { beforeEach, expect, test } from 'vitest';
import { lineDetail } from '../../electron/services/lines';
import { AS_OF, COUNT, MOVEMENTS, MugWorkbook, SNAPSHOT, variance } from '../support/engine-mug';

let book: MugWorkbook;
beforeEach(() => {
  book = new MugWorkbook();
});

test('a figure nobody gave is unknown, and so is a variance with it; none is zero', () => {
  book.snapshot(
    book.october,
    'erp.csv',
    `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,\nerp,CUP,Portland,${AS_OF},,,,,,`,
  );
  book.count(book.october, 'count.csv', `${COUNT}\nS-1,1,CUP,Portland,,1,0,${AS_OF}`);
  book.reconcile(book.october);
  expect(book.line('MUG').variances).toEqual([]);
  expect(book.line('MUG')).toMatchObject({
    status: 'cleared',
    clearedBy: 'nothing to compare: no count and no storefront figure',
  });
  expect(book.line('CUP').variances).toEqual([]);
  expect(book.line('CUP').positions.count!.counted).toBe('0');
});

test('what was counted and the ERP does not list waits for operations', () => {
  book.count(book.october, 'count.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,5,${AS_OF}`);
  expect(book.reconciledLine('MUG')).toMatchObject({
    status: 'open',
    owner: 'operations',
    nextStep: 'Find out why the ERP does not list MUG at Portland, and import its figure.',
  });
});

test('of several snapshots the one nearest to the cut-off stands, before or after it', () => {
  book.snapshot(book.october, 'early.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-10-20T00:00:00Z,80,,,,,`);
  book.snapshot(book.october, 'after.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-11-01T02:00:00Z,100,,,,,`);
  book.snapshot(book.october, 'before.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-10-31T20:00:00Z,90,,,,,`);
  expect(book.reconciledLine('MUG').positions.erp).toMatchObject({ onHand: '100', asOf: '2026-11-01T02:00:00+00:00' });
});

test('of two snapshots at the same distance the one imported later stands', () => {
  book.snapshot(book.october, 'first.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},90,,,,,`);
  book.snapshot(book.october, 'second.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},95,,,,,`);
  expect(book.reconciledLine('MUG').positions.erp!.onHand).toBe('95');
});

test('a younger figure gives back what its system posted after the cut-off', () => {
  book.snapshot(book.october, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-11-01T06:00:00Z,97,,,,,`);
  book.movements(
    book.october,
    'moves.csv',
    `${MOVEMENTS}
    erp,shipment,SO-1,1,MUG,Portland,3,2026-11-01T03:00:00Z,2026-11-01T03:00:00Z,
    warehouse,shipment,SO-2,1,MUG,Portland,9,2026-11-01T03:00:00Z,2026-11-01T03:00:00Z,
    erp,shipment,SO-3,1,MUG,Portland,5,2026-11-01T08:00:00Z,2026-11-01T08:00:00Z,`,
  );
  expect(book.reconciledLine('MUG').positions.erp).toMatchObject({ onHand: '97', atCutOff: '100' });
});

test('a count is carried by what happened, each thing once, whoever posted it', () => {
  book.snapshot(book.october, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,`);
  book.count(book.october, 'count.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,103,2026-10-31T18:00:00Z`);
  book.movements(
    book.october,
    'moves.csv',
    `${MOVEMENTS}
    warehouse,shipment,SO-1,1,MUG,Portland,3,2026-10-31T19:00:00Z,2026-10-31T19:05:00Z,
    erp,shipment,SO-1,1,MUG,Portland,3,2026-10-31T19:00:00Z,2026-10-31T20:00:00Z,
    erp,count_post,CC-1,1,MUG,Portland,-7,2026-10-31T19:30:00Z,2026-10-31T19:30:00Z,`,
  );
  const line = book.reconciledLine('MUG');
  expect(line.positions.count).toMatchObject({ counted: '103', atCutOff: '100' });
  expect(line.positions.count!.rolls.map((roll) => [roll.system, roll.document])).toEqual([['warehouse', 'SO-1']]);
  expect(variance(line, 'count')!.quantity).toBe('0');
});

test('what the ERP shipped from the wrong place does not move the shelf between count and cut-off', () => {
  book.snapshot(
    book.october,
    'erp.csv',
    `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},95,,,,,\nerp,MUG,Reno,${AS_OF},50,,,,,`,
  );
  book.count(
    book.october,
    'count.csv',
    `${COUNT}\nS-1,1,MUG,Portland,,1,100,2026-10-31T18:00:00Z\nS-1,2,MUG,Reno,,1,50,2026-10-31T18:00:00Z`,
  );
  book.movements(
    book.october,
    'moves.csv',
    `${MOVEMENTS}
    warehouse,shipment,SO-1,1,MUG,Reno,5,2026-10-31T19:00:00Z,2026-10-31T19:05:00Z,
    erp,shipment,SO-1,1,MUG,Portland,5,2026-10-31T19:00:00Z,2026-10-31T20:00:00Z,`,
  );
  book.reconcile(book.october);
  for (const [location, quantity] of [
    ['Portland', '5'],
    ['Reno', '-5'],
  ] as const) {
    const count = variance(book.line('MUG', location), 'count')!;
    expect([count.quantity, count.components.map((each) => [each.cause, each.twin?.location]), count.residual]).toEqual(
      [quantity, [['location_mismatch', location === 'Reno' ? 'Portland' : 'Reno']], '0'],
    );
  }
});

test('a recount replaces the first count, and sheets of one count add up', () => {
  book.snapshot(book.october, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,`);
  book.count(
    book.october,
    'count.csv',
    `${COUNT}
    S-1,1,MUG,Portland,A,1,80,${AS_OF}
    S-2,1,MUG,Portland,A,2,60,${AS_OF}
    S-2,2,MUG,Portland,B,2,40,${AS_OF}
    S-3,1,MUG,Portland,A,3,,${AS_OF}`,
  );
  expect(book.reconciledLine('MUG').positions.count!.counted).toBe('100');
  const detail = lineDetail(book.workbook, book.october, book.key('MUG', 'Portland'))!;
  expect(detail.counts.map((row) => row.isUsed)).toEqual([false, true, true, false]);
});

test('a count sheet that is imported again replaces what it said before', () => {
  book.countMug('90');
  book.count(book.october, 'count-corrected.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,99,${AS_OF}`);
  expect(book.reconciledLine('MUG').positions.count!.counted).toBe('99');
});

test('a posting that stands in two overlapping exports counts once', () => {
  book.snapshot(book.october, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-10-31T10:00:00Z,100,,,,,`);
  const row = 'erp,shipment,SO-1,1,MUG,Portland,4,2026-10-31T12:00:00Z,2026-10-31T12:00:00Z,';
  book.movements(
    book.october,
    'week-43.csv',
    `${MOVEMENTS}\n${row}\nerp,receipt,PO-1,1,CUP,Portland,1,2026-10-01T12:00:00Z,2026-10-01T12:00:00Z,`,
  );
  book.movements(
    book.october,
    'week-44.csv',
    `${MOVEMENTS}\n${row}\nerp,shipment,SO-2,1,MUG,Portland,1,2026-10-31T13:00:00Z,2026-10-31T13:00:00Z,`,
  );
  const { erp } = book.reconciledLine('MUG').positions;
  expect(erp!.atCutOff).toBe('95');
  expect(erp!.rolls.map((roll) => roll.evidence.file)).toEqual(['week-43.csv', 'week-44.csv']);
});

test('a file that holds the same posting twice tells of two, and another file that holds it once adds none', () => {
  book.snapshot(book.october, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-10-31T10:00:00Z,100,,,,,`);
  const row = 'erp,shipment,SO-1,1,MUG,Portland,4,2026-10-31T12:00:00Z,2026-10-31T12:00:00Z,';
  book.movements(book.october, 'week-43.csv', `${MOVEMENTS}\n${row}`);
  book.movements(book.october, 'week-44.csv', `${MOVEMENTS}\n${row}\n${row}`);
  expect(book.reconciledLine('MUG').positions.erp!.atCutOff).toBe('92');
});

test('a bundle that the ERP did not take apart explains what is missing of its parts', () => {
  book.items(`sku,name,tier,unit_cost,kit_of\nGIFT,Gift set,B,9,MUG*1;CUP*2`);
  book.snapshot(
    book.october,
    'erp.csv',
    `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,\nerp,CUP,Portland,${AS_OF},100,,,,,`,
  );
  book.count(
    book.october,
    'count.csv',
    `${COUNT}\nS-1,1,MUG,Portland,,1,97,${AS_OF}\nS-1,2,CUP,Portland,,1,94,${AS_OF}`,
  );
  book.movements(
    book.october,
    'moves.csv',
    `${MOVEMENTS}
    warehouse,shipment,SO-1,1,GIFT,Portland,3,2026-10-20T12:00:00Z,2026-10-20T12:00:00Z,`,
  );
  book.reconcile(book.october);
  for (const [sku, quantity] of [
    ['MUG', '-3'],
    ['CUP', '-6'],
  ] as const) {
    expect(variance(book.line(sku), 'count')).toMatchObject({
      residual: '0',
      components: [{ cause: 'kit_not_exploded', quantity, twin: { sku: 'GIFT' } }],
    });
  }
});

test('the identity takes each state from the system the rule names, and else from one that knows it', () => {
  book.snapshot(
    book.october,
    'all.csv',
    `${SNAPSHOT}
    erp,MUG,Portland,${AS_OF},100,,7,4,,
    storefront,MUG,Portland,${AS_OF},,90,6,,,
    warehouse,MUG,Portland,${AS_OF},98,,,3,,
    erp,MUG,Reno,${AS_OF},100,,7,4,,
    storefront,MUG,Reno,${AS_OF},,90,,,,`,
  );
  book.workbook.run(
    `INSERT INTO truth_rules (state, system, location_id) SELECT 'damaged', 'warehouse', location_id FROM locations WHERE code = 'Portland'`,
  );
  book.reconcile(book.october);
  expect(book.line('MUG').identity.available).toBe('91');
  expect(book.line('MUG').identity.terms.map((term) => [term.state, term.quantity, term.system])).toEqual([
    ['on_hand', '100', 'erp'],
    ['committed', '6', 'storefront'],
    ['reserved', null, null],
    ['damaged', '3', 'warehouse'],
    ['quarantined', null, null],
  ]);
  expect(book.line('MUG', 'Reno').identity.available).toBe('89');
});

test('unavailable in Shopify stands for reserved, damaged and quarantined where nobody knows them', () => {
  book.snapshot(
    book.october,
    'all.csv',
    `${SNAPSHOT}
    erp,MUG,Portland,${AS_OF},100,,,,,
    storefront,MUG,Portland,${AS_OF},,80,10,,8,
    erp,MUG,Reno,${AS_OF},100,,,2,,
    storefront,MUG,Reno,${AS_OF},,80,10,,8,`,
  );
  book.reconcile(book.october);
  expect(book.line('MUG').identity.available).toBe('82');
  expect(book.line('MUG', 'Reno').identity.available).toBe('88');
});

test('cost comes from the ERP snapshot before the item list', () => {
  book.snapshot(
    book.october,
    'erp.csv',
    `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,4.125\nerp,CUP,Portland,${AS_OF},100,,,,,`,
  );
  book.reconcile(book.october);
  expect([book.line('MUG').unitCost, book.line('CUP').unitCost]).toEqual(['4.125', '3.00']);
});

test('a value is rounded half to even: a residual of half a cent more is 0.12 and not 0.13', () => {
<<<<<<< HEAD
  book.snapshot(period, 'erp.csv', `${SNAPSHOT}\nerp,TEE,Portland,${AS_OF},1,,,,,0.125`);
  book.count(period, 'count.csv', `${COUNT}\nS-1,1,TEE,Portland,,1,2,${AS_OF}`);
  expect(variance(reconciledLine('TEE'), 'count')!.amount).toBe('0.12');
});

test('within tolerance in units, percent and value a line clears itself and names the rule', () => {
  countMug('99');
  expect(reconciledLine('MUG')).toMatchObject({ status: 'cleared', clearedBy: 'tolerance tier B: 1 unit, 2 %, 25.00 USD', class: 'unexplained' });
});

test.each([
  ['in units', '97', '1000'],
  ['in percent', '9', '10'],
])('over tolerance %s a line waits for a person', (_case, counted, onHand) => {
  countMug(counted, onHand);
  expect(reconciledLine('MUG').status).toBe('open');
});

test('over tolerance in value a line waits for a person', () => {
  book.tolerance('B', '10', '50', 399);
  countMug('99');
  expect(reconciledLine('MUG').status).toBe('open');
});

test('in a risk window no tolerance is granted', () => {
  countMug('99');
  book.workbook.run(
    `INSERT INTO risk_windows (kind, item_id, from_instant, until_instant) SELECT 'promotion', item_id, ?, ? FROM items WHERE sku = 'MUG'`,
    Date.parse('2026-10-10T00:00:00Z'), Date.parse('2026-10-12T00:00:00Z'),
  );
  expect(reconciledLine('MUG')).toMatchObject({ status: 'open', owner: 'finance' });
});

test('only what is not timing is adjusted', () => {
  countMug('92');
  book.movements(period, 'moves.csv', `${MOVEMENTS}
    erp,shipment,SO-1,1,MUG,Portland,5,2026-10-31T20:00:00Z,2026-11-01T09:00:00Z,`);
  expect(bridge('MUG')).toEqual(['posted_later -5', 'residual -3']);
  const { columns } = pageOfLines(book.workbook, { periodId: period, offset: 0, limit: 10, sort: [], filter: {} });
  expect(columns.adjustmentScaled).toEqual([-30_000]);
  expect(columns.varianceScaled).toEqual([-80_000]);
});

function bridge(sku: string): readonly string[] {
  const count = variance(reconciledLine(sku), 'count')!;
  return [...count.components.map((each) => `${each.cause}${each.suggested ? '?' : ''} ${each.quantity}`), `residual ${count.residual}`];
}

test('negative stock of a fast seller is urgent', () => {
  book.snapshot(period, 'erp.csv', `${SNAPSHOT}\nerp,TEE,Portland,${AS_OF},-3,,,,,\nerp,MUG,Portland,${AS_OF},100,,,,,`);
  book.count(period, 'count.csv', `${COUNT}\nS-1,1,TEE,Portland,,1,0,${AS_OF}\nS-1,2,MUG,Portland,,1,90,${AS_OF}`);
  book.reconcile(period);
  expect(lineOf('TEE').priority).toBeGreaterThan(lineOf('MUG').priority);
  expect([lineOf('TEE').due, lineOf('MUG').due]).toEqual(['2026-11-02', '2026-11-05']);
});

test('a line over materiality goes to finance, whatever its class', () => {
  countMug('5', '400');
  book.movements(period, 'moves.csv', `${MOVEMENTS}
    warehouse,shipment,SO-1,1,MUG,Portland,395,2026-10-10T20:00:00Z,2026-10-10T20:00:00Z,
    erp,shipment,SO-2,1,CUP,Portland,1,2026-10-10T20:00:00Z,2026-10-20T20:00:00Z,`);
  expect(reconciledLine('MUG')).toMatchObject({ class: 'alignment', cause: 'missing_posting', owner: 'finance', ageDays: 21 });
});

test('swapped items name each other, and go to the warehouse', () => {
  book.snapshot(period, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,\nerp,CUP,Portland,${AS_OF},100,,,,,`);
  book.count(period, 'count.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,93,${AS_OF}\nS-1,2,CUP,Portland,,1,107,${AS_OF}`);
  const mug = reconciledLine('MUG');
  expect(mug).toMatchObject({ class: 'physical', cause: 'item_swap', owner: 'warehouse', nextStep: 'Recount MUG and CUP at Portland side by side.' });
  expect(variance(mug, 'count')).toMatchObject({ residual: '-7', components: [{ suggested: true, quantity: '-7', twin: { sku: 'CUP', location: 'Portland' } }] });
});

test('with the closing of a locked period the ERP is held against its own roll-forward', () => {
  const before = book.period('2026-09');
  book.lock(before, [['MUG', 'Portland', '80']]);
  book.snapshot(period, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,\nerp,CUP,Portland,${AS_OF},5,,,,,`);
  book.movements(period, 'moves.csv', `${MOVEMENTS}
    erp,receipt,PO-1,1,MUG,Portland,30,2026-10-05T20:00:00Z,2026-10-05T20:00:00Z,
    erp,shipment,SO-1,1,MUG,Portland,12,2026-10-06T20:00:00Z,2026-10-06T20:00:00Z,
    erp,order,SO-2,1,MUG,Portland,2,2026-10-06T20:00:00Z,2026-10-06T20:00:00Z,
    erp,receipt,PO-2,1,MUG,Portland,50,2026-09-30T20:00:00Z,2026-10-01T00:00:00Z,`);
  const mug = reconciledLine('MUG');
  expect(variance(mug, 'ledger')).toMatchObject({ quantity: '2', residual: '2' });
  expect(variance(lineOf('CUP'), 'ledger')).toBeUndefined();
  const detail = lineDetail(book.workbook, period, book.key('MUG', 'Portland'))!;
  expect(Object.fromEntries(detail.rollForward.map(({ column, quantityScaled }) => [column, (quantityScaled ?? 0) / 10_000]))).toEqual({
    opening: 80, receipts: 30, shipments: -12, returns: 0, transfers: 0, assembly: 0, adjustments: 0, expected: 98, reported: 100, difference: 2,
  });
});

test('a residual that stood there last month is called recurring and has its age', () => {
  const before = book.period('2026-09');
  book.snapshot(before, 'erp-09.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-09-30T23:00:00Z,100,,,,,`);
  book.count(before, 'count-09.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,95,2026-09-30T23:00:00Z`);
  book.reconcile(before);
  book.lock(before, [['MUG', 'Portland', '95']]);
  countMug('95');
  const mug = reconciledLine('MUG');
  expect(mug).toMatchObject({ class: 'physical', cause: 'recurring', ageDays: 31 });
});

test('reconciling again gives the same lines, keeps tags and adds one event to the trail', () => {
  countMug('90');
  book.reconcile(period);
  const before = linesJson(book.workbook, period);
  book.workbook.run(
    `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, causes, next_step, display_order) VALUES ('SHRINK', 'Shrinkage', 'physical', 'warehouse', 'none', '[]', '', 0)`,
  );
  book.workbook.run(`INSERT INTO tags (period_id, stock_key_id, reason_code, owner, note) VALUES (?, ?, 'SHRINK', 'warehouse', 'seen')`, period, book.key('MUG', 'Portland'));
  const summary = book.reconcile(period);
  const after = linesJson(book.workbook, period);
  expect(after.lines[0]).toEqual({ ...before.lines[0], status: 'tagged', reason: 'SHRINK', owner: 'warehouse', note: 'seen' });
  expect(summary).toMatchObject({ lines: 1, linesWithVariance: 1, exceptions: 1, cleared: 0, varianceScaled: 100_000, residualScaled: 100_000, valueMinor: 4000 });
  const events = book.workbook.all<{ action: string; detail: string }>('SELECT action, detail FROM audit_events');
  expect(events.map((event) => event.action)).toEqual(['reconciliation.run', 'reconciliation.run']);
  expect(JSON.parse(events[1]!.detail)).toEqual({
    ruleVersion: '2026.11-1', lines: 1, linesWithVariance: 1, cleared: 0, exceptions: 1, varianceUnits: '10', residualUnits: '10', value: '40.00 USD',
  });
  expect(findChainBreak(book.workbook)).toBeUndefined();
});

test('a locked period is refused, and so is one without figures', () => {
  expect(reconcilePeriod(book.context, period)).toMatchObject({ ok: false, failure: 'nothing_imported' });
  expect(reconcilePeriod(book.context, 99)).toMatchObject({ ok: false, failure: 'period_missing' });
  countMug('90');
  book.lock(period);
  expect(reconcilePeriod(book.context, period)).toMatchObject({ ok: false, failure: 'period_locked' });
  expect(book.workbook.all('SELECT * FROM audit_events')).toEqual([]);
});

test('a cancelled run leaves the workbook as it was', () => {
  countMug('90');
  book.reconcile(period);
  const before = linesJson(book.workbook, period);
  book.count(period, 'more.csv', `${COUNT}\nS-9,1,CUP,Portland,,1,3,${AS_OF}`);
  let checks = 0;
  const cancelling: ServiceContext = {
    ...book.context,
    job: {
      progress: () => undefined,
      checkCancelled: () => {
        checks += 1;
        if (checks === 6) throw new JobCancelled();
      },
    },
  };
  expect(() => reconcilePeriod(cancelling, period)).toThrow(JobCancelled);
  expect(checks).toBe(6);
  expect(linesJson(book.workbook, period)).toEqual(before);
  expect(reconcilePeriod(book.context, period).ok).toBe(true);
});

test('what was imported after the reconciliation makes the lines stale', () => {
  countMug('90');
  book.reconcile(period);
  expect(summaryOfLines(book.workbook, period)!.isStale).toBe(false);
  appendAudit(book.workbook, { atInstant: 0, actor: 'Rosa', action: 'import.commit', periodId: period, subject: 'import:9', detail: { kind: 'tags' } });
  expect(summaryOfLines(book.workbook, period)!.isStale).toBe(false);
  appendAudit(book.workbook, { atInstant: 0, actor: 'Rosa', action: 'import.commit', periodId: period, subject: 'import:10', detail: { kind: 'count' } });
  expect(summaryOfLines(book.workbook, period)!.isStale).toBe(true);
=======
  book.snapshot(book.october, 'erp.csv', `${SNAPSHOT}\nerp,TEE,Portland,${AS_OF},1,,,,,0.125`);
  book.count(book.october, 'count.csv', `${COUNT}\nS-1,1,TEE,Portland,,1,2,${AS_OF}`);
  expect(variance(book.reconciledLine('TEE'), 'count')!.amount).toBe('0.12');
>>>>>>> engine
});
