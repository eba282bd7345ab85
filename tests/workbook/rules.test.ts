/**
 * Rules in versions: changed with a reason from an open period on, told in plain words, with the evidence of each; risk
 * windows and tiers beside them.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import type { RuleRecord, RiskWindowFields } from '@shared/domain/rule-effects';
import type { RuleSet } from '@shared/domain/rules';
import { auditPage } from '../../electron/services/audit-trail';
import { ruleEvidence } from '../../electron/services/rules/evidence';
import { setItemTier } from '../../electron/services/rules/item-tier';
import { previewRules, rehearseRules } from '../../electron/services/rules/preview';
import { addRiskWindow, changeRiskWindow, endRiskWindow, listRiskWindows } from '../../electron/services/rules/risk-windows';
import { readRules, saveRules } from '../../electron/services/rules/versions';
import { isStale } from '../../electron/services/reconciliation/staleness';
import { AS_OF, COUNT, MOVEMENTS, MugWorkbook, SNAPSHOT } from '../support/engine-mug';

let book: MugWorkbook;
beforeEach(() => {
  book = new MugWorkbook();
});

const inForce = (periodId = book.october) => {
  const read = readRules(book.workbook, periodId);
  if (!read.ok) throw new Error(read.message);
  return read.value;
};
const save = (change: Partial<RuleSet>, { periodId = book.october, why = 'We saw enough.', basedOn = inForce(periodId).ruleSetId } = {}) =>
  saveRules(book.context, { periodId, rules: { ...inForce(periodId).rules, ...change }, why, basedOn });
const lastSentence = () => auditPage(book.workbook, { offset: 0, limit: 1, text: '', periodId: null }).events[0]!.sentence;
const widerB = () => inForce().rules.tolerances.map((each) => (each.tier === 'B' ? { ...each, unitsScaled: 30_000, percentHundredths: 500 } : each));

describe('versions', () => {
  test('a change is a new version with who, why and what differed, and the month asks to be reconciled again', () => {
    book.countMug('98');
    expect(book.reconciledLine('MUG')).toMatchObject({ status: 'open' });
    expect(isStale(book.workbook, book.october)).toBe(false);
    const saved = save({ tolerances: widerB(), due: { days: 7, urgentDays: 2 } });
    expect(saved).toMatchObject({
      ok: true,
      value: {
        fromPeriod: '2026-10',
        history: [
          {
            fromPeriod: '2026-10', madeBy: 'Rosa Mehta <rosa@example.com>', why: 'We saw enough.', inForceFor: ['2026-10'],
            differences: ['Tolerance tier B: 1 unit, 2 %, 25.00 USD is now 3 units, 5 %, 25.00 USD', 'Due: 5 days is now 7 days'],
          },
          { fromPeriod: '', inForceFor: [] },
        ],
      },
    });
    expect(lastSentence()).toBe(
      'Changed the rules from 2026-10 on, version 2: Tolerance tier B: 1 unit, 2 %, 25.00 USD is now 3 units, 5 %, 25.00 USD; Due: 5 days is now 7 days. We saw enough.',
    );
    expect(isStale(book.workbook, book.october)).toBe(true);
    expect(book.reconciledLine('MUG')).toMatchObject({ status: 'cleared', clearedBy: 'tolerance tier B: 3 units, 5 %, 25.00 USD' });
    expect(isStale(book.workbook, book.october)).toBe(false);
  });

  test('a version holds from its month on, and the one before it for the months before', () => {
    const november = book.period('2026-11');
    expect(save({ due: { days: 9, urgentDays: 1 } }, { periodId: november })).toMatchObject({ ok: true });
    expect([inForce().rules.due.days, inForce(november).rules.due.days]).toEqual([5, 9]);
    expect(save({ due: { days: 3, urgentDays: 1 } })).toMatchObject({ ok: true });
    expect([inForce().rules.due.days, inForce(november).rules.due.days]).toEqual([3, 9]);
    expect(inForce().history.map(({ ruleSetId, inForceFor }) => [ruleSetId, inForceFor])).toEqual([[3, ['2026-10']], [2, ['2026-11']], [1, []]]);
  });

  test('what cannot be is refused with the next step, and leaves no trace', () => {
    const september = book.period('2026-09');
    book.lock(september);
    const august = book.period('2026-08');
    const due = { due: { days: 7, urgentDays: 2 } };
    const route = { name: 'Reno', when: { locations: ['Reno'] }, owner: 'finance' as const, dueDays: null };
    expect(save(due, { periodId: september })).toMatchObject({ ok: false, failure: 'period_locked' });
    expect(save(due, { periodId: august })).toMatchObject({
      ok: false, failure: 'before_locked',
      message: 'September 2026 is locked and comes after August 2026: it would stand under other rules than it was locked by. Change the rules from an open period after it.',
    });
    expect(saveRules(book.context, { periodId: 99, rules: inForce().rules, why: 'x', basedOn: 1 })).toMatchObject({ ok: false, failure: 'period_missing' });
    expect(save(due, { basedOn: 99 })).toMatchObject({ ok: false, failure: 'changed_since' });
    expect(save({})).toMatchObject({ ok: false, failure: 'nothing_changed' });
    expect(save({ routes: [route, { ...route, name: 'RENO' }] })).toMatchObject({
      ok: false, failure: 'rules_wrong',
      message: 'The workbook has no location Reno. Choose one of its locations. There are two routes called RENO. Give one another name. The workbook has no location Reno. Choose one of its locations.',
    });
    expect(save({ truth: inForce().rules.truth.slice(1) })).toMatchObject({ ok: false, failure: 'rules_wrong', message: 'No system is named for on hand in general. Name one.' });
    expect(save({ routes: [{ ...route, name: 'Default: mine', when: {} }] })).toMatchObject({ ok: false, failure: 'rules_wrong' });
    expect(inForce().history).toHaveLength(1);
    expect(book.workbook.all('SELECT * FROM audit_events')).toEqual([]);
  });

  test('there is nothing to preview in a locked month, nor before the first reconciliation', () => {
    const request = { periodId: book.october, rules: inForce().rules, limit: 10 };
    expect(previewRules(book.context, request)).toMatchObject({ ok: false, failure: 'not_reconciled' });
    book.countMug('98');
    book.reconcile(book.october);
    book.lock(book.october);
    for (const preview of [previewRules, rehearseRules]) expect(preview(book.context, request)).toMatchObject({ ok: false, failure: 'period_locked' });
  });
});

describe('routes', () => {
  test('a line is stamped with the route that sent it, or with the default', () => {
    book.countMug('90');
    book.reconcile(book.october);
    const stamped = () => book.workbook.get('SELECT suggested_owner, routed_by FROM lines WHERE period_id = ?', book.october);
    expect(stamped()).toEqual({ suggested_owner: 'finance', routed_by: 'default: unexplained' });
    expect(save({ routes: [{ name: 'Kitchen first', when: { categories: ['Kitchen'], classes: ['unexplained'] }, owner: 'warehouse', dueDays: 3 }] })).toMatchObject({ ok: true });
    expect(book.reconciledLine('MUG')).toMatchObject({ owner: 'warehouse', due: '2026-11-03' });
    expect(stamped()).toEqual({ suggested_owner: 'warehouse', routed_by: 'Kitchen first' });
  });

  test('units sold are the most that one system says, each posting once, and unknown where no file tells', () => {
    const sold = () => book.workbook.get<{ sold_scaled: number | null }>('SELECT sold_scaled FROM lines WHERE period_id = ?', book.october)!.sold_scaled;
    book.countMug('90');
    book.reconcile(book.october);
    expect(sold()).toBeNull();
    const order = 'storefront,order,SO-1,1,MUG,Portland,40,2026-10-10T20:00:00Z,2026-10-10T20:00:00Z,';
    book.movements(
      book.october, 'orders.csv',
      `${MOVEMENTS}\n${order}
      storefront,order,SO-2,1,MUG,Portland,4,2026-10-11T20:00:00Z,2026-10-11T20:00:00Z,
      storefront,cancellation,SO-2,1,MUG,Portland,4,2026-10-12T20:00:00Z,2026-10-12T20:00:00Z,
      storefront,order,SO-0,1,MUG,Portland,9,2026-09-30T20:00:00Z,2026-09-30T20:00:00Z,
      erp,shipment,SO-1,1,MUG,Portland,30,2026-10-11T20:00:00Z,2026-10-11T20:00:00Z,`,
    );
    book.movements(book.october, 'again.csv', `${MOVEMENTS}\n${order}`);
    book.reconcile(book.october);
    expect(sold()).toBe(400_000);
  });
});

describe('risk windows and tiers', () => {
  const window: RiskWindowFields = {
    kind: 'promotion', sku: 'MUG', location: null, note: 'Autumn sale',
    fromInstant: Date.parse('2026-10-10T00:00:00Z'), untilInstant: Date.parse('2026-10-12T00:00:00Z'),
  };
  const added = () => {
    const outcome = addRiskWindow(book.context, window, 'The sale is planned.');
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.value.riskWindowId;
  };

  test('a window leaves a share of the tolerance, and the line says which', () => {
    book.countMug('99');
    expect(book.reconciledLine('MUG').status).toBe('cleared');
    const riskWindowId = added();
    expect(isStale(book.workbook, book.october)).toBe(true);
    expect(book.reconciledLine('MUG')).toMatchObject({ status: 'open', clearedBy: null });
    save({ toleranceInRiskWindow: { promotion: 5000, stock_out: 0, warehouse_change: 0 }, tolerances: widerB() });
    expect(book.reconciledLine('MUG').clearedBy).toBe('tolerance tier B in a promotion: 1.5 units, 2.5 %, 12.50 USD');
    addRiskWindow(book.context, { ...window, kind: 'stock_out', sku: null }, 'Nothing came.');
    expect(book.reconciledLine('MUG').status).toBe('open');
    const [stockOut] = listRiskWindows(book.workbook);
    expect(endRiskWindow(book.context, stockOut!.riskWindowId, window.fromInstant, 'It was another month.')).toEqual({ ok: true, value: { ended: false, removed: true } });
    expect(book.reconciledLine('MUG').status).toBe('cleared');
    expect(listRiskWindows(book.workbook)).toEqual([{ ...window, riskWindowId, periods: ['2026-10'], touchesLocked: false }]);
  });

  test('adding, changing and ending tell before, after and why, and ask for reconciliation only where they reach', () => {
    book.countMug('99');
    book.reconcile(book.october);
    const riskWindowId = added();
    expect(lastSentence()).toBe(
      'Added a risk window, promotion of MUG at every location, from 2026-10-10T00:00:00Z until 2026-10-12T00:00:00Z; The sale is planned.',
    );
    const later = { ...window, fromInstant: Date.parse('2026-12-01T00:00:00Z'), untilInstant: Date.parse('2026-12-05T00:00:00Z') };
    expect(changeRiskWindow(book.context, riskWindowId, later, 'It was put off.')).toMatchObject({ ok: true, value: { periods: [] } });
    expect(isStale(book.workbook, book.october)).toBe(true);
    book.reconcile(book.october);
    expect(endRiskWindow(book.context, riskWindowId, Date.parse('2026-12-03T00:00:00Z'), 'Sold out.')).toEqual({ ok: true, value: { ended: true, removed: false } });
    expect(isStale(book.workbook, book.october)).toBe(false);
    expect(endRiskWindow(book.context, riskWindowId, Date.parse('2026-12-04T00:00:00Z'), 'x')).toMatchObject({ ok: false, failure: 'already_ended' });
    expect(changeRiskWindow(book.context, 99, later, 'x')).toMatchObject({ ok: false, failure: 'window_missing' });
    expect(addRiskWindow(book.context, { ...window, sku: 'NONE' }, 'x')).toMatchObject({ ok: false, failure: 'item_unknown' });
    expect(addRiskWindow(book.context, { ...window, location: 'Nowhere' }, 'x')).toMatchObject({ ok: false, failure: 'location_unknown' });
    expect(addRiskWindow(book.context, { ...window, untilInstant: window.fromInstant }, 'x')).toMatchObject({ ok: false, failure: 'window_empty' });
  });

  test('what was a window in a locked month stays one: it may go on later, and neither begin nor cease there', () => {
    const reaching = { ...window, untilInstant: Date.parse('2026-11-10T00:00:00Z') };
    const outcome = addRiskWindow(book.context, reaching, 'A long sale.');
    if (!outcome.ok) throw new Error(outcome.message);
    const { riskWindowId } = outcome.value;
    book.lock(book.october);
    expect(addRiskWindow(book.context, window, 'x')).toMatchObject({ ok: false, failure: 'period_locked' });
    expect(changeRiskWindow(book.context, riskWindowId, { ...reaching, sku: 'CUP' }, 'x')).toMatchObject({ ok: false, failure: 'period_locked' });
    expect(endRiskWindow(book.context, riskWindowId, window.fromInstant, 'x')).toMatchObject({ ok: false, failure: 'period_locked' });
    expect(endRiskWindow(book.context, riskWindowId, Date.parse('2026-11-05T00:00:00Z'), 'It is over.')).toMatchObject({ ok: true, value: { ended: true } });
  });

  test('a tier that a person sets is told, and used by the next reconciliation', () => {
    book.countMug('99');
    book.reconcile(book.october);
    expect(setItemTier(book.context, 'MUG', 'A', 'It came back three times.')).toEqual({ ok: true, value: { sku: 'MUG', before: 'B', tier: 'A' } });
    expect(lastSentence()).toBe('Changed item MUG: tier B is now A; It came back three times.');
    expect(isStale(book.workbook, book.october)).toBe(true);
    expect(book.reconciledLine('MUG')).toMatchObject({ tier: 'A', status: 'open' });
    expect(isStale(book.workbook, book.october)).toBe(false);
    setItemTier(book.context, 'TEE', 'C', 'No line of it.');
    expect(isStale(book.workbook, book.october)).toBe(false);
    expect(setItemTier(book.context, 'MUG', 'A', 'x')).toMatchObject({ ok: false, failure: 'nothing_changed' });
    expect(setItemTier(book.context, 'NONE', 'A', 'x')).toMatchObject({ ok: false, failure: 'item_unknown' });
  });
});

describe('evidence', () => {
  let september: number;

  /** September lets a mug and a tee pass; in October the mug lacks more, the tee is right, the cup is new. */
  beforeEach(() => {
    september = book.period('2026-09');
    book.tolerance('A', '2', '50', 5000);
    book.workbook.run(
      `INSERT INTO accounts VALUES ('1', 'a', 'asset'), ('2', 'b', 'expense')`,
    );
    book.workbook.run(
      `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, inventory_account, offset_account, causes, next_step, display_order)
       VALUES ('LOSS', 'Loss', 'physical', 'warehouse', 'adjust', '1', '2', '[]', '', 0), ('NOTE', 'Noted', 'physical', 'warehouse', 'none', NULL, NULL, '[]', '', 1)`,
    );
    const at = '2026-09-30T23:00:00Z';
    book.snapshot(september, 'erp-09.csv', `${SNAPSHOT}\nerp,MUG,Portland,${at},100,,,,,\nerp,TEE,Portland,${at},50,,,,,\nerp,CUP,Portland,${at},50,,,,,`);
    book.count(september, 'count-09.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,99,${at}\nS-1,2,TEE,Portland,,1,51,${at}\nS-1,3,CUP,Portland,,1,40,${at}`);
    book.reconcile(september);
    book.workbook.run(`INSERT INTO tags (period_id, stock_key_id, reason_code, owner) VALUES (?, ?, 'LOSS', 'warehouse')`, september, book.key('CUP', 'Portland'));
    book.lock(september);
    book.snapshot(book.october, 'erp-10.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},100,,,,,\nerp,TEE,Portland,${AS_OF},50,,,,,\nerp,CUP,Portland,${AS_OF},50,,,,,`);
    book.count(book.october, 'count-10.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,95,${AS_OF}\nS-1,2,TEE,Portland,,1,50,${AS_OF}\nS-1,3,CUP,Portland,,1,49,${AS_OF}`);
    book.reconcile(book.october);
  });

  const record = (lines: number, more: readonly [number, number], less: readonly [number, number], rest: Partial<RuleRecord>) => ({
    lines, moreScaled: more[0], moreMinor: more[1], lessScaled: less[0], lessMinor: less[1], ...rest,
  });

  test('each rule tells what it cleared or sent, by sign, and what of it was real after all', () => {
    const evidence = ruleEvidence(book.workbook, 'USD');
    const of = (rule: string) => evidence.find((each) => each.rule === rule)!;
    expect(evidence.map(({ rule, tier, total }) => [rule, tier, total.lines])).toEqual([
      ['tolerance tier A', 'A', 1], ['tolerance tier B', 'B', 1], ['tolerance tier C', 'C', 1], ['default: unexplained', null, 2],
    ]);
    // The tee was found once and never again; the mug's missing unit became five.
    expect(of('tolerance tier A').periods).toEqual([
      { periodCode: '2026-09', ...record(1, [10_000, 800], [0, 0], { real: { lines: 0, valueMinor: 0 }, stayed: 0, handedOn: 0 }) },
    ]);
    expect(of('tolerance tier B').periods).toEqual([
      { periodCode: '2026-09', ...record(1, [0, 0], [-10_000, -400], { real: { lines: 1, valueMinor: 400 }, stayed: 1, handedOn: 0 }) },
    ]);
    // The cup was sent to finance, tagged as a loss, and handed to the warehouse.
    const sent = of('default: unexplained');
    expect(sent.periods[0]).toEqual({ periodCode: '2026-09', ...record(1, [0, 0], [-100_000, -3000], { real: { lines: 1, valueMinor: 3000 }, stayed: 0, handedOn: 1 }) });
    expect(sent.total).toMatchObject({ lines: 2, lessScaled: -150_000, lessMinor: -5000 });
  });

  test('what was let pass and booked a month later, smaller, was real too; booked the other way round it was not', () => {
    const realOf = (rule: string) => ruleEvidence(book.workbook, 'USD').find((each) => each.rule === rule)!.total.real.lines;
    const bookLoss = (sku: string) => book.workbook.run(`INSERT INTO tags (period_id, stock_key_id, reason_code, owner) VALUES (?, ?, 'LOSS', 'warehouse')`, book.october, book.key(sku, 'Portland'));
    book.count(book.october, 'count-again.csv', `${COUNT}\nS-1,1,MUG,Portland,,2,99.5,${AS_OF}\nS-1,2,TEE,Portland,,2,49.5,${AS_OF}`);
    book.reconcile(book.october);
    const before = [realOf('tolerance tier A'), realOf('tolerance tier B')];
    bookLoss('MUG');
    bookLoss('TEE');
    // In October the mug lacks half a unit, as it lacked one in September; the tee lacks, where one was found before.
    const septemberOf = (rule: string) => ruleEvidence(book.workbook, 'USD').find((each) => each.rule === rule)!.periods.find(({ periodCode }) => periodCode === '2026-09')!.real.lines;
    expect(before).toEqual([0, 0]);
    expect([septemberOf('tolerance tier A'), septemberOf('tolerance tier B')]).toEqual([0, 1]);
    // The reason was given when the mug lacked two units: nothing is booked by it until somebody confirms it.
    book.workbook.run('UPDATE tags SET given_instant = 1, given_count_scaled = -20000 WHERE period_id = ? AND stock_key_id = ?', book.october, book.key('MUG', 'Portland'));
    expect(septemberOf('tolerance tier B')).toBe(0);
  });

  test('a tighter rule says what it would have held back in the locked month, and how much of that was real', () => {
    const { rules } = inForce();
    const tight = { ...rules, tolerances: rules.tolerances.map((each) => ({ ...each, unitsScaled: 0 })) };
    const preview = previewRules(book.context, { periodId: book.october, rules: tight, limit: 10 });
    if (!preview.ok) throw new Error(preview.message);
    const nothing = { lines: 0, valueMinor: 0 };
    expect(preview.value.past).toEqual([
      { periodCode: '2026-09', state: 'locked', opened: { lines: 2, valueMinor: 1200 }, openedReal: { lines: 1, valueMinor: 400 }, cleared: nothing, clearedReal: nothing, ownerChanged: 0 },
    ]);
    const wide = { ...rules, tolerances: rules.tolerances.map((each) => ({ ...each, unitsScaled: 990_000, percentHundredths: 9900, valueMinor: 990_000 })) };
    const widened = previewRules(book.context, { periodId: book.october, rules: wide, limit: 10 });
    if (!widened.ok) throw new Error(widened.message);
    // A person had booked the cup's loss: the wide tolerance would have let it pass.
    expect(widened.value.past[0]).toMatchObject({ cleared: { lines: 1, valueMinor: 3000 }, clearedReal: { lines: 1, valueMinor: 3000 }, opened: nothing });
  });
});
