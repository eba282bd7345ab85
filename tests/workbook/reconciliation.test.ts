import { RuleSet } from '@shared/domain/rules';
import rulesFile from '../../resources/rules.json';
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
  const general = RuleSet.parse(rulesFile).truth;
  book.rules({ truth: [...general, { state: 'damaged', system: 'warehouse', location: 'Portland', category: null }] });
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

test('a line is stamped with the version of the rules and with the systems whose figures it was made of', () => {
  book.snapshot(book.october, 'all.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,7,4,,\nwarehouse,MUG,Portland,${AS_OF},98,,,3,,`);
  const general = RuleSet.parse(rulesFile).truth;
  book.rules({ truth: [...general, { state: 'on_hand', system: 'warehouse', location: 'Portland', category: null }] });
  book.reconcile(book.october);
  expect(
    book.workbook.get(
      `SELECT l.rule_set_id, l.rule_version, t.on_hand, t.committed FROM lines l JOIN line_truths t USING (period_id, line_truth_id) WHERE l.period_id = ?`,
      book.october,
    ),
  ).toEqual({ rule_set_id: 2, rule_version: '2026.11-2 rules 2', on_hand: 'warehouse', committed: 'storefront' });
});

test.each(['count', 'channel', 'ledger'])('the table refuses a line whose %s components and residual do not add up', (kind) => {
  const insert = (explained: number, residual: number) => () =>
    book.workbook.run(
      `INSERT INTO lines (period_id, stock_key_id, tier, rule_version, rule_set_id, ${kind}_variance_scaled, ${kind}_residual_scaled, ${kind}_explained_scaled)
       VALUES (?, ?, 'C', 'test', 1, 50000, ?, ?)`,
      book.october, book.key('MUG', 'Portland'), residual, explained,
    );
  expect(insert(20_000, 20_000)).toThrow(/CHECK/);
  expect(insert(20_000, 30_000)).not.toThrow();
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
  book.snapshot(book.october, 'erp.csv', `${SNAPSHOT}\nerp,TEE,Portland,${AS_OF},1,,,,,0.125`);
  book.count(book.october, 'count.csv', `${COUNT}\nS-1,1,TEE,Portland,,1,2,${AS_OF}`);
  expect(variance(book.reconciledLine('TEE'), 'count')!.amount).toBe('0.12');
});
