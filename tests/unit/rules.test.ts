/**
 * What rules decide of a line: how much of a tolerance is left, which route it goes by, how urgent it is. And rules in
 * plain words.
 */
import { describe, expect, test } from 'vitest';
import type { TracedVariance } from '@shared/domain/explanation/explain';
import { CAUSE_CLASS, type Cause, type VarianceKind } from '@shared/domain/variance';
import { outcomeOf, type LineFigures, type LineOutcome } from '@shared/domain/routing';
import { ruleProblems } from '@shared/domain/rule-checks';
import { ruleDifferences, routeText } from '@shared/domain/rule-words';
import { RuleSet, type RiskKind, type Route } from '@shared/domain/rules';
import { grantedTolerance, toleranceText } from '@shared/domain/tolerance';
import rulesFile from '../../resources/rules.json';

const RULES = RuleSet.parse(rulesFile);

describe('what is left of a tolerance', () => {
  const rules = { ...RULES, toleranceInRiskWindow: { promotion: 5000, stock_out: 3333, warehouse_change: 0 } };
  const text = (windows: readonly RiskKind[], of: RuleSet = rules) => {
    const granted = grantedTolerance(of, 'B', windows);
    return granted && toleranceText(granted, 'USD');
  };

  test('is all of it outside of risk windows', () => {
    expect(text([])).toBe('tolerance tier B: 2 units, 2 %, 25.00 USD');
  });

  test('is the smallest share of the windows in force, rounded down, and says which window', () => {
    expect(text(['promotion'])).toBe('tolerance tier B in a promotion: 1 unit, 1 %, 12.50 USD');
    expect(text(['promotion', 'stock_out'])).toBe('tolerance tier B in a stock-out: 0.6666 units, 0.66 %, 8.33 USD');
  });

  test('is nothing where one of the windows leaves nothing', () => {
    expect(text(['promotion', 'warehouse_change'])).toBeNull();
  });

  test('is whole, and not named after the window, where that leaves all', () => {
    expect(text(['promotion'], { ...rules, toleranceInRiskWindow: { ...rules.toleranceInRiskWindow, promotion: 10_000 } })).toBe(text([]));
  });
});

/** A variance that one firm component holds whole, or nothing does. */
const variance = (quantity: number, cause: Cause = 'residual', kind: VarianceKind = 'count'): TracedVariance => ({
  kind,
  quantityScaled: quantity * 10_000,
  components:
    cause === 'residual'
      ? []
      : [{
          class: CAUSE_CLASS[cause], cause, quantityScaled: quantity * 10_000, suggested: false, rule: 'test@1', sentence: '', documents: ['SO-1'],
          evidence: [], twinStockKeyId: null, sinceInstant: null,
        }],
  residualScaled: cause === 'residual' ? quantity * 10_000 : 0,
});

const FIGURES: LineFigures = {
  tier: 'B', unitCostScaled: 10_000_000, currency: 'USD', cutOffInstant: 0, tolerance: null, materialityMinor: 50_000,
  isNegative: false, soldScaled: null, fastSellerUnitsScaled: 300_000, location: 'Portland', category: 'Kitchen', routes: [],
  due: { days: 5, urgentDays: 2 }, dueAfterDays: (days) => days,
  books: { count: 1_000_000, channel: 1_000_000, ledger: 1_000_000 }, place: { sku: 'MUG', location: 'Portland', nameOf: () => undefined },
};
const outcome = (figures: Partial<LineFigures> = {}, variances = [variance(-10)]): LineOutcome => outcomeOf(variances, { ...FIGURES, ...figures });

describe('an exception is sent', () => {
  const route = (name: string, when: Route['when'], dueDays: number | null = null): Route => ({ name, when, owner: 'warehouse', dueDays });
  const sentBy = (routes: readonly Route[], figures: Partial<LineFigures> = {}, variances?: TracedVariance[]) => outcome({ ...figures, routes }, variances).routedBy;

  test('by the first route that fits', () => {
    expect(sentBy([route('one', { tiers: ['A'] }), route('two', { tiers: ['B'] }), route('three', {})])).toBe('two');
    expect(outcome({ routes: [route('all', {})] })).toMatchObject({ suggestedOwner: 'warehouse', routedBy: 'all', dueInstant: 5 });
  });

  test.each<[string, Route['when'], Route['when']]>([
    ['kind', { kinds: ['count'] }, { kinds: ['channel', 'ledger'] }],
    ['class', { classes: ['unexplained'] }, { classes: ['physical'] }],
    ['cause', { causes: ['residual'] }, { causes: ['item_swap'] }],
    ['tier', { tiers: ['A', 'B'] }, { tiers: ['C'] }],
    ['category', { categories: ['Kitchen'] }, { categories: ['Apparel'] }],
    ['location', { locations: ['Portland', 'Reno'] }, { locations: ['Reno'] }],
    ['value', { fromValueMinor: 10_000 }, { fromValueMinor: 10_001 }],
  ])('by its %s', (_what, fitting, unfitting) => {
    expect(sentBy([route('fits', fitting)])).toBe('fits');
    expect(sentBy([route('fits not', unfitting)])).toBe('default: unexplained');
  });

  test('by all that a route names together', () => {
    expect(sentBy([route('both', { tiers: ['B'], locations: ['Reno'] })])).toBe('default: unexplained');
  });

  test('past a route for a value where the value is unknown, even from nothing on', () => {
    expect(sentBy([route('from nothing', { fromValueMinor: 0 })], { unitCostScaled: null })).toBe('default: unexplained');
  });

  test('past a route for a category where the item has none', () => {
    expect(sentBy([route('kitchen', { categories: ['Kitchen'] })], { category: null })).toBe('default: unexplained');
  });

  test('to finance over materiality and else by its class, where no route fits', () => {
    expect(outcome({}, [variance(-1, 'item_mismatch')])).toMatchObject({ suggestedOwner: 'operations', routedBy: 'default: alignment' });
    expect(outcome({}, [variance(-51, 'item_mismatch')])).toMatchObject({ suggestedOwner: 'finance', routedBy: 'default: over materiality' });
    expect(outcome({ routes: [route('mine', {})] }, [variance(-51, 'item_mismatch')])).toMatchObject({ suggestedOwner: 'warehouse', routedBy: 'mine' });
  });

  test('until the days of its route, else sooner where it is urgent', () => {
    const due = (figures: Partial<LineFigures>) => outcome(figures).dueInstant;
    expect([due({}), due({ tier: 'A' }), due({ isNegative: true }), due({ tier: 'A', routes: [route('slow', {}, 9)] })]).toEqual([5, 2, 2, 9]);
  });

  test('to nobody where a rule clears it', () => {
    const tolerance = grantedTolerance(RULES, 'C', []);
    expect(outcome({ tolerance, routes: [route('all', {})] }, [variance(-1)])).toMatchObject({
      clearedBy: 'tolerance tier C: 3 units, 5 %, 50.00 USD', suggestedOwner: null, routedBy: null, dueInstant: null, priority: 0,
    });
  });
});

describe('priority', () => {
  const priority = (figures: Partial<LineFigures>) => outcome(figures).priority;

  test('of negative stock is higher where the item sells fast, and that line comes before everything else alike', () => {
    const fast = { soldScaled: 300_000 };
    const order = [priority({ ...fast, isNegative: true }), priority({ isNegative: true }), priority(fast), priority({})];
    expect(order).toEqual([...order].sort((one, other) => other - one));
    expect(new Set(order).size).toBe(4);
  });

  test('does not take what is unknown, or what was never sold, for a fast seller', () => {
    expect(priority({ soldScaled: null, fastSellerUnitsScaled: 0 })).toBe(priority({}));
    expect(priority({ soldScaled: 0, fastSellerUnitsScaled: 0 })).toBe(priority({}));
    expect(priority({ soldScaled: 299_999 })).toBe(priority({}));
  });
});

describe('in plain words', () => {
  test('a route names its conditions, its owner and its days', () => {
    expect(routeText({ name: 'x', when: {}, owner: 'finance', dueDays: null }, 'USD')).toBe('every exception: to finance');
    expect(
      routeText(
        { name: 'x', when: { classes: ['physical', 'unexplained'], tiers: ['A'], locations: ['Reno'], causes: ['item_swap'], kinds: ['count'], categories: ['Kitchen'], fromValueMinor: 50_000 }, owner: 'warehouse', dueDays: 1 },
        'USD',
      ),
    ).toBe('physical or unexplained, item swap, count variance, tier A, category Kitchen, at Reno, from 500.00 USD: to warehouse within 1 day');
  });

  test('nothing differs between a rule set and itself, and every kind of difference is told', () => {
    expect(ruleDifferences(RULES, RULES, 'USD')).toEqual([]);
    const route: Route = { name: 'Reno first', when: { locations: ['Reno'] }, owner: 'warehouse', dueDays: 3 };
    const second: Route = { name: 'Rest', when: {}, owner: 'finance', dueDays: null };
    const before: RuleSet = { ...RULES, routes: [route, second] };
    const after: RuleSet = {
      ...before,
      toleranceInRiskWindow: { promotion: 2500, stock_out: 0, warehouse_change: 0 },
      truth: [...RULES.truth.map((rule) => (rule.state === 'damaged' ? { ...rule, system: 'warehouse' as const } : rule)), { state: 'on_hand', system: 'warehouse', location: 'Reno', category: 'Kitchen' }],
      routes: [second, { ...route, owner: 'operations' }],
      count: { recount: RULES.tolerances, whenMoved: 'recount' },
      waivedLimitMinor: 100_000,
      transferWindowHours: 1,
      fastSellerUnitsScaled: 10_000,
    };
    expect(ruleDifferences(before, after, 'USD')).toEqual([
      'Left of a tolerance in a promotion: 0 % is now 25 %',
      'Source of truth for damaged: ERP is now warehouse system',
      'Source of truth for on hand at Reno, category Kitchen: warehouse system, new',
      'Route Reno first: at Reno: to warehouse within 3 days; now at Reno: to operations within 3 days',
      'Routes in another order: Rest, Reno first',
      'Second count over, tier A: not asked for is now 1 unit, 1 %, 10.00 USD',
      'Second count over, tier B: not asked for is now 2 units, 2 %, 25.00 USD',
      'Second count over, tier C: not asked for is now 3 units, 5 %, 50.00 USD',
      'Where goods moved during a count: the count is carried by what happened is now a second count is asked for',
      'Let pass by tolerance in a period, at most: no limit is now 1000.00 USD',
      "A transfer may be under way: the period's window is now 1 hour",
      'A fast seller sells in a period: 30 units is now 1 unit',
    ]);
    expect(ruleDifferences(before, { ...before, routes: [second] }, 'USD')).toEqual(['Route Reno first, taken away: at Reno: to warehouse within 3 days']);
  });

  test('rules of a new workbook contradict nothing', () => {
    expect(ruleProblems(RULES, { locations: [], categories: [], accounts: [], reasons: [] })).toEqual([]);
  });
});
