import { appendAudit } from '../../electron/workbook/audit';
import { beforeEach, expect, test } from 'vitest';
import { JobCancelled, type ServiceContext } from '../../electron/services/context';
import { lineDetail, linesJson, pageOfLines, summaryOfLines } from '../../electron/services/lines';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { findChainBreak } from '../../electron/workbook/audit';
import { AS_OF, COUNT, MOVEMENTS, MugWorkbook, SNAPSHOT, variance } from '../support/engine-mug';

let book: MugWorkbook;
beforeEach(() => {
  book = new MugWorkbook();
});

test('within tolerance in units, percent and value a line clears itself and names the rule', () => {
  book.countMug('99');
  expect(book.reconciledLine('MUG')).toMatchObject({
    status: 'cleared',
    clearedBy: 'tolerance tier B: 1 unit, 2 %, 25.00 USD',
    class: 'unexplained',
  });
});

test.each([
  ['in units', '97', '1000'],
  ['in percent', '9', '10'],
])('over tolerance %s a line waits for a person', (_case, counted, onHand) => {
  book.countMug(counted, onHand);
  expect(book.reconciledLine('MUG').status).toBe('open');
});

test('over tolerance in value a line waits for a person', () => {
  book.tolerance('B', '10', '50', 399);
  book.countMug('99');
  expect(book.reconciledLine('MUG').status).toBe('open');
});

test('in a risk window no tolerance is granted', () => {
  book.countMug('99');
  book.workbook.run(
    `INSERT INTO risk_windows (kind, item_id, from_instant, until_instant) SELECT 'promotion', item_id, ?, ? FROM items WHERE sku = 'MUG'`,
    Date.parse('2026-10-10T00:00:00Z'),
    Date.parse('2026-10-12T00:00:00Z'),
  );
  expect(book.reconciledLine('MUG')).toMatchObject({ status: 'open', owner: 'finance' });
});

test('only what is not timing is adjusted', () => {
  book.countMug('92');
  book.movements(
    book.october,
    'moves.csv',
    `${MOVEMENTS}
    erp,shipment,SO-1,1,MUG,Portland,5,2026-10-31T20:00:00Z,2026-11-01T09:00:00Z,`,
  );
  expect(book.countBridge('MUG')).toEqual(['posted_later -5', 'residual -3']);
  const { columns } = pageOfLines(book.workbook, {
    periodId: book.october,
    offset: 0,
    limit: 10,
    sort: [],
    filter: {},
  });
  expect(columns.adjustmentScaled).toEqual([-30_000]);
  expect(columns.varianceScaled).toEqual([-80_000]);
});

test('negative stock of a fast seller is urgent', () => {
  book.snapshot(
    book.october,
    'erp.csv',
    `${SNAPSHOT}\nerp,TEE,Portland,${AS_OF},-3,,,,,\nerp,MUG,Portland,${AS_OF},100,,,,,`,
  );
  book.count(
    book.october,
    'count.csv',
    `${COUNT}\nS-1,1,TEE,Portland,,1,0,${AS_OF}\nS-1,2,MUG,Portland,,1,90,${AS_OF}`,
  );
  book.reconcile(book.october);
  expect(book.line('TEE').priority).toBeGreaterThan(book.line('MUG').priority);
  expect([book.line('TEE').due, book.line('MUG').due]).toEqual(['2026-11-02', '2026-11-05']);
});

test('a line over materiality goes to finance, whatever its class', () => {
  book.countMug('5', '400');
  book.movements(
    book.october,
    'moves.csv',
    `${MOVEMENTS}
    warehouse,shipment,SO-1,1,MUG,Portland,395,2026-10-10T20:00:00Z,2026-10-10T20:00:00Z,
    erp,shipment,SO-2,1,CUP,Portland,1,2026-10-10T20:00:00Z,2026-10-20T20:00:00Z,`,
  );
  expect(book.reconciledLine('MUG')).toMatchObject({
    class: 'alignment',
    cause: 'missing_posting',
    owner: 'finance',
    ageDays: 21,
  });
});

test('swapped items name each other, and go to the warehouse', () => {
  book.snapshot(
    book.october,
    'erp.csv',
    `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,\nerp,CUP,Portland,${AS_OF},100,,,,,`,
  );
  book.count(
    book.october,
    'count.csv',
    `${COUNT}\nS-1,1,MUG,Portland,,1,93,${AS_OF}\nS-1,2,CUP,Portland,,1,107,${AS_OF}`,
  );
  const mug = book.reconciledLine('MUG');
  expect(mug).toMatchObject({
    class: 'physical',
    cause: 'item_swap',
    owner: 'warehouse',
    nextStep: 'Recount MUG and CUP at Portland side by side.',
  });
  expect(variance(mug, 'count')).toMatchObject({
    residual: '-7',
    components: [{ suggested: true, quantity: '-7', twin: { sku: 'CUP', location: 'Portland' } }],
  });
});

test('with the closing of a locked period the ERP is held against its own roll-forward', () => {
  const before = book.period('2026-09');
  book.lock(before, [['MUG', 'Portland', '80']]);
  book.snapshot(
    book.october,
    'erp.csv',
    `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,\nerp,CUP,Portland,${AS_OF},5,,,,,`,
  );
  book.movements(
    book.october,
    'moves.csv',
    `${MOVEMENTS}
    erp,receipt,PO-1,1,MUG,Portland,30,2026-10-05T20:00:00Z,2026-10-05T20:00:00Z,
    erp,shipment,SO-1,1,MUG,Portland,12,2026-10-06T20:00:00Z,2026-10-06T20:00:00Z,
    erp,order,SO-2,1,MUG,Portland,2,2026-10-06T20:00:00Z,2026-10-06T20:00:00Z,
    erp,receipt,PO-2,1,MUG,Portland,50,2026-09-30T20:00:00Z,2026-10-01T00:00:00Z,`,
  );
  const mug = book.reconciledLine('MUG');
  expect(variance(mug, 'ledger')).toMatchObject({ quantity: '2', residual: '2' });
  expect(variance(book.line('CUP'), 'ledger')).toBeUndefined();
  const detail = lineDetail(book.workbook, book.october, book.key('MUG', 'Portland'))!;
  expect(
    Object.fromEntries(
      detail.rollForward.map(({ column, quantityScaled }) => [column, (quantityScaled ?? 0) / 10_000]),
    ),
  ).toEqual({
    opening: 80,
    receipts: 30,
    shipments: -12,
    returns: 0,
    transfers: 0,
    assembly: 0,
    adjustments: 0,
    expected: 98,
    reported: 100,
    difference: 2,
  });
});

test('a residual that stood there last month is called recurring and has its age', () => {
  const before = book.period('2026-09');
  book.snapshot(before, 'erp-09.csv', `${SNAPSHOT}\nerp,MUG,Portland,2026-09-30T23:00:00Z,100,,,,,`);
  book.count(before, 'count-09.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,95,2026-09-30T23:00:00Z`);
  book.reconcile(before);
  book.lock(before, [['MUG', 'Portland', '95']]);
  book.countMug('95');
  const mug = book.reconciledLine('MUG');
  expect(mug).toMatchObject({ class: 'physical', cause: 'recurring', ageDays: 31 });
});

test('reconciling again gives the same lines, keeps tags and adds one event to the trail', () => {
  book.countMug('90');
  book.reconcile(book.october);
  const before = linesJson(book.workbook, book.october);
  book.workbook.run(
    `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, causes, next_step, display_order) VALUES ('SHRINK', 'Shrinkage', 'physical', 'warehouse', 'none', '[]', '', 0)`,
  );
  book.workbook.run(
    `INSERT INTO tags (period_id, stock_key_id, reason_code, owner, note) VALUES (?, ?, 'SHRINK', 'warehouse', 'seen')`,
    book.october,
    book.key('MUG', 'Portland'),
  );
  const summary = book.reconcile(book.october);
  const after = linesJson(book.workbook, book.october);
  expect(after.lines[0]).toEqual({
    ...before.lines[0],
    status: 'tagged',
    reason: 'SHRINK',
    owner: 'warehouse',
    note: 'seen',
    // A reason that books nothing needs no check.
    followUp: { ...before.lines[0]!.followUp, checks: { ...before.lines[0]!.followUp.checks, waiting: false } },
  });
  expect(summary).toMatchObject({
    lines: 1,
    linesWithVariance: 1,
    exceptions: 1,
    cleared: 0,
    varianceScaled: 100_000,
    residualScaled: 100_000,
    valueMinor: 4000,
  });
  const events = book.workbook.all<{ action: string; detail: string }>('SELECT action, detail FROM audit_events');
  expect(events.map((event) => event.action)).toEqual(['reconciliation.run', 'reconciliation.run']);
  expect(JSON.parse(events[1]!.detail)).toEqual({
    ruleVersion: '2026.11-2 rules 1',
    lines: 1,
    linesWithVariance: 1,
    cleared: 0,
    exceptions: 1,
    varianceUnits: '10',
    residualUnits: '10',
    value: '40.00 USD',
  });
  expect(findChainBreak(book.workbook)).toBeUndefined();
});

test('a locked period is refused, and so is one without figures', () => {
  expect(reconcilePeriod(book.context, book.october)).toMatchObject({ ok: false, failure: 'nothing_imported' });
  expect(reconcilePeriod(book.context, 99)).toMatchObject({ ok: false, failure: 'period_missing' });
  book.countMug('90');
  book.lock(book.october);
  expect(reconcilePeriod(book.context, book.october)).toMatchObject({ ok: false, failure: 'period_locked' });
  expect(book.workbook.all('SELECT * FROM audit_events')).toEqual([]);
});

test('wherever a run is cancelled, the workbook stays as it was, guards included', () => {
  book.countMug('90');
  book.reconcile(book.october);
  const before = linesJson(book.workbook, book.october);
  const triggers = () => book.workbook.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name");
  const guards = triggers();
  book.count(book.october, 'more.csv', `${COUNT}\nS-9,1,CUP,Portland,,1,3,${AS_OF}`);
  /** Whether the run came to its end before the given check. */
  const isDone = (cancelAt: number): boolean => {
    let checks = 0;
    const checkCancelled = () => {
      checks += 1;
      if (checks === cancelAt) throw new JobCancelled();
    };
    const cancelling: ServiceContext = { ...book.context, job: { progress: () => undefined, checkCancelled } };
    try {
      return reconcilePeriod(cancelling, book.october).ok;
    } catch (error) {
      expect(error).toBeInstanceOf(JobCancelled);
      return false;
    }
  };
  let cancelAt = 1;
  for (; !isDone(cancelAt); cancelAt += 1) {
    expect(linesJson(book.workbook, book.october), `at check ${cancelAt}`).toEqual(before);
    expect(triggers()).toEqual(guards);
    expect(book.workbook.all('SELECT name FROM temp.sqlite_schema')).toEqual([]);
    expect(() => book.workbook.run('UPDATE lines SET count_residual_scaled = count_residual_scaled + 1')).toThrow('CHECK constraint failed');
  }
  expect(cancelAt).toBeGreaterThan(6);
  expect(triggers()).toEqual(guards);
  expect(linesJson(book.workbook, book.october)).not.toEqual(before);
});

test('what was imported after the reconciliation makes the lines stale', () => {
  book.countMug('90');
  book.reconcile(book.october);
  expect(summaryOfLines(book.workbook, book.october)!.isStale).toBe(false);
  const imported = (kind: string) =>
    appendAudit(book.workbook, { atInstant: 0, actor: 'Rosa', action: 'import.commit', periodId: book.october, subject: 'import:9', detail: { kind } });
  imported('tags');
  expect(summaryOfLines(book.workbook, book.october)!.isStale).toBe(false);
  imported('count');
  expect(summaryOfLines(book.workbook, book.october)!.isStale).toBe(true);
});

test('the month before makes the lines stale where it is reconciled or locked after them, or takes in what they are explained by', () => {
  const september = book.period('2026-09');
  book.countMug('90');
  const told = (action: string, kind?: string) => {
    book.reconcile(book.october);
    expect(summaryOfLines(book.workbook, book.october)!.isStale).toBe(false);
    appendAudit(book.workbook, { atInstant: 0, actor: 'Rosa', action, periodId: september, subject: 'period:2026-09', detail: kind === undefined ? {} : { kind } });
    return summaryOfLines(book.workbook, book.october)!.isStale;
  };
  expect([told('import.commit', 'movements'), told('import.undone', 'movements'), told('quarantine.replay')]).toEqual([true, true, true]);
  expect([told('import.commit', 'tags'), told('tag.set')]).toEqual([false, false]);
  // What it left unexplained, and how old that was, is what a line here recurs from.
  expect(told('reconciliation.run')).toBe(true);
  // Its closing is the opening here: without a lock it was unknown.
  expect(told('period.lock')).toBe(true);
});

test('what a person confirms counts as physical, and the line goes on showing its residual', () => {
  book.countMug('90');
  book.reconcile(book.october);
  const before = summaryOfLines(book.workbook, book.october)!;
  expect([before.byClass.unexplained.unitsScaled, before.byClass.physical.unitsScaled]).toEqual([100_000, 0]);
  book.workbook.run(
    `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, causes, next_step, display_order)
     VALUES ('SHRINK', 'Shrinkage', 'physical', 'warehouse', 'none', '[]', '', 0)`,
  );
  book.workbook.run(
    `INSERT INTO tags (period_id, stock_key_id, reason_code, owner) VALUES (?, ?, 'SHRINK', 'warehouse')`,
    book.october,
    book.key('MUG', 'Portland'),
  );
  const after = summaryOfLines(book.workbook, book.october)!;
  expect([after.byClass.unexplained.unitsScaled, after.byClass.physical.unitsScaled]).toEqual([0, 100_000]);
  expect(after.unexplainedLines).toBe(0);
  expect(after.variance).toEqual(before.variance);
  expect(variance(book.reconciledLine('MUG'), 'count')!.residual).toBe('-10');
});
