/**
 * Journals decided: which accounts, what is booked, which way a half goes, what an approval needs.
 */
import { describe, expect, test } from 'vitest';
import { chooseAccount } from '@shared/domain/account-map';
import { approvalNeeds, approvalTiers, beyondRole } from '@shared/domain/approval-needs';
import { lastDayOf } from '@shared/domain/instant';
import { buildJournalLines, journalTotals, mirrored, type PostingLine, roundingTotal } from '@shared/domain/journal';
import { bookedScaled, journalNumber } from '@shared/domain/journal-kinds';
import { roundToMinor } from '@shared/domain/money';
import { ruleProblems } from '@shared/domain/rule-checks';
import { ruleDifferences } from '@shared/domain/rule-words';
import { type AccountRule, RuleSet } from '@shared/domain/rules';
import rulesFile from '../../resources/rules.json';
import { methodOfHeading } from '../../electron/services/journals/costs';

const RULES = RuleSet.parse(rulesFile);
const rule = (change: Partial<AccountRule>): AccountRule => ({ reason: null, category: null, location: null, inventoryAccount: null, offsetAccount: null, ...change });

describe('the account of a line', () => {
  const rules = [
    rule({ offsetAccount: 'all' }),
    rule({ location: 'Reno', offsetAccount: 'at Reno' }),
    rule({ category: 'Kitchen', offsetAccount: 'Kitchen' }),
    rule({ category: 'Kitchen', location: 'Reno', offsetAccount: 'Kitchen at Reno' }),
    rule({ reason: 'FOUND', offsetAccount: 'found', inventoryAccount: '1310' }),
  ];
  const offset = (reason: string | null, category: string | null, location: string) => chooseAccount(rules, 'offsetAccount', { reason, category, location }, 'own').account;

  test('is that of the most particular rule: category and location, category, location, neither; and a rule for the reason before all', () => {
    expect(offset('SHRINK', 'Kitchen', 'Reno')).toBe('Kitchen at Reno');
    expect(offset('SHRINK', 'Kitchen', 'Portland')).toBe('Kitchen');
    expect(offset('SHRINK', 'Apparel', 'Reno')).toBe('at Reno');
    expect(offset('SHRINK', null, 'Portland')).toBe('all');
    expect(offset('FOUND', 'Kitchen', 'Reno')).toBe('found');
    expect(chooseAccount([rules[0]!, rule({ offsetAccount: 'later' })], 'offsetAccount', { reason: null, category: null, location: 'Reno' }, null).account).toBe('later');
  });

  test('says which rule chose it, and leaves what no rule names to the reason code', () => {
    const place = { reason: 'FOUND', category: 'Kitchen', location: 'Reno' };
    expect(chooseAccount(rules, 'inventoryAccount', place, '1300')).toEqual({ account: '1310', rule: 'rule for FOUND' });
    expect(chooseAccount(rules, 'inventoryAccount', { ...place, reason: 'SHRINK' }, '1300')).toEqual({ account: '1300', rule: 'reason code SHRINK' });
    expect(chooseAccount(rules, 'offsetAccount', { ...place, reason: null }, null).rule).toBe('rule for every reason, category Kitchen at Reno');
    expect(chooseAccount([], 'inventoryAccount', { ...place, reason: null }, null)).toEqual({ account: null, rule: 'no rule' });
  });

  test('is refused where the chart has none, where stock would stand on an expense, and twice for one place', () => {
    const known = {
      locations: ['Reno'], categories: ['Kitchen'],
      accounts: [{ code: '1300', name: 'Inventory', isAsset: true }, { code: '5190', name: 'Shrinkage', isAsset: false }],
      reasons: [{ code: 'SHRINK', reclassifies: false }, { code: 'MOVE', reclassifies: true }],
    };
    const problems = (...accounts: AccountRule[]) => ruleProblems({ ...RULES, accounts }, known).map(({ message }) => message);
    expect(problems(rule({ reason: 'SHRINK', inventoryAccount: '1300', offsetAccount: '5190' }))).toEqual([]);
    expect(problems(rule({ offsetAccount: '9999' }))).toEqual([expect.stringContaining('no account 9999')]);
    expect(problems(rule({ inventoryAccount: '5190' }))).toEqual([expect.stringContaining('no asset account')]);
    expect(problems(rule({ reason: 'MOVE', offsetAccount: '5190' }))).toEqual([expect.stringContaining('MOVE moves stock')]);
    expect(problems(rule({ reason: 'NONE', offsetAccount: '5190' }), rule({ location: 'Nowhere', offsetAccount: '5190' }))).toEqual([
      expect.stringContaining('no reason code NONE'), expect.stringContaining('no location Nowhere'),
    ].reverse());
    expect(problems(rule({ offsetAccount: '5190' }), rule({ inventoryAccount: '1300' }))).toEqual([expect.stringContaining('two account rules for every reason')]);
    expect(problems(rule({}))).toEqual([expect.stringContaining('names no account')]);
  });
});

test('what differs between two sets of rules is told of accounts, approvals and rounding too', () => {
  const tier = { overMinor: 100_000, roles: ['controller' as const], comment: true, attachment: true };
  expect(ruleDifferences(RULES, { ...RULES, accounts: [rule({ category: 'Kitchen', inventoryAccount: '1310' })], approvals: [tier], rounding: 'half_up' }, 'USD')).toEqual([
    'Accounts for every reason, category Kitchen: inventory 1310, new',
    'Approval over 1000.00 USD: controller, with a comment and an attachment on the line, new',
    'A journal line rounds a half to the even digit; now a half up',
  ]);
});

test('a half goes to the even digit, or away from zero where the rules say so', () => {
  const exact = [1_250_000_000n, 1_350_000_000n, -1_250_000_000n, 1_249_999_999n];
  expect(exact.map((value) => roundToMinor(value, 'USD'))).toEqual([12, 14, -12, 12]);
  expect(exact.map((value) => roundToMinor(value, 'USD', 'half_up'))).toEqual([13, 14, -13, 12]);
});

test('a reason books the adjustment, the timing, or nothing', () => {
  const line = { adjustmentScaled: -30_000, countVarianceScaled: -50_000, reasonClass: 'physical' } as const;
  expect(bookedScaled({ ...line, posting: 'adjust' })).toBe(-30_000);
  expect(bookedScaled({ ...line, posting: 'none' })).toBe(0);
  expect(bookedScaled({ ...line, posting: 'accrue' })).toBe(-20_000);
  expect(bookedScaled({ ...line, posting: 'reclassify' })).toBe(-30_000);
  expect(bookedScaled({ ...line, posting: 'reclassify', reasonClass: 'timing' })).toBe(-20_000);
  expect(bookedScaled({ ...line, posting: 'accrue', countVarianceScaled: null })).toBe(0);
  expect(journalNumber('reversal', '2026-10', 1)).toBe('REV-2026-10-1');
  expect([lastDayOf('2026-02'), lastDayOf('2028-02'), lastDayOf('2026-12')]).toEqual(['2026-02-28', '2028-02-29', '2026-12-31']);
});

const posting = (change: Partial<PostingLine>): PostingLine => ({
  stockKeyId: 1, sku: 'MUG', locationId: 1, location: 'Reno', reasonCode: 'SHRINK', reasonName: 'Shrinkage', inventoryAccount: '1300', inventoryRule: 'reason code SHRINK',
  offsetAccount: '5190', offsetRule: 'reason code SHRINK', quantityScaled: -10_000, unitCostScaled: 1_005_000, ...change,
});

test('lines that book to other accounts make entries of their own, each rounded once, and a reversal takes them back', () => {
  const lines = buildJournalLines([posting({}), posting({ stockKeyId: 2, sku: 'PAN', inventoryAccount: '1310', inventoryRule: 'rule for every reason, category Kitchen' })], 'USD');
  expect(lines.map(({ accountCode, accountRule, debitMinor, creditMinor }) => [accountCode, accountRule, debitMinor, creditMinor])).toEqual([
    ['5190', 'reason code SHRINK', 100, 0], ['1300', 'reason code SHRINK', 0, 100],
    ['5190', 'reason code SHRINK', 100, 0], ['1310', 'rule for every reason, category Kitchen', 0, 100],
  ]);
  expect(roundingTotal(lines, 'USD')).toBe('-0.01');
  const back = mirrored(lines, 'ADJ-1');
  expect(back.map(({ debitMinor, creditMinor, memo }) => [debitMinor, creditMinor, memo.startsWith('Reversal of ADJ-1: ')])).toEqual([[0, 100, true], [100, 0, true], [0, 100, true], [100, 0, true]]);
  expect(journalTotals([...lines, ...back])).toEqual({ debitTotalMinor: 400, creditTotalMinor: 400 });
  expect(back[0]!.sources[0]!.quantityScaled).toBe(10_000);
});

test('a line belongs to the highest tier it is over, and each tier says who may approve and what is missing', () => {
  const tiers = [
    { overMinor: 1_000, roles: ['accountant' as const, 'controller' as const], comment: false, attachment: false },
    { overMinor: 100_000, roles: ['controller' as const], comment: true, attachment: true },
  ];
  const lines = [
    { name: 'MUG Reno', valueMinor: -100_000, hasAttachment: false },
    { name: 'PAN Reno', valueMinor: -100_001, hasAttachment: false },
    { name: 'TEE Reno', valueMinor: 500_000, hasAttachment: true },
    { name: 'CUP Reno', valueMinor: 1_000, hasAttachment: false },
  ];
  const needs = approvalNeeds(tiers, lines);
  expect(needs).toMatchObject([
    { overMinor: 100_000, lines: ['PAN Reno', 'TEE Reno'], withoutAttachment: ['PAN Reno'] },
    { overMinor: 1_000, lines: ['MUG Reno'], withoutAttachment: [] },
  ]);
  expect(beyondRole(needs, 'accountant').map(({ overMinor }) => overMinor)).toEqual([100_000]);
  expect(beyondRole(needs, 'controller')).toEqual([]);
  expect(approvalTiers([], 50_000)).toMatchObject([{ overMinor: 50_000, comment: true, attachment: false }]);
});

test('the method of a cost is what the heading of its column says', () => {
  expect(['Average Cost', 'Std. Cost', 'Standard Unit Cost', 'FIFO Cost', 'Last Purchase Price', 'unit_cost', 'avg_cost'].map(methodOfHeading)).toEqual([
    'average', 'not stated', 'standard', 'fifo', 'last', 'not stated', 'average',
  ]);
});
