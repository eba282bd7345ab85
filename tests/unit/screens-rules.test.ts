/**
 * The screen of the rules: a draft in people's units and back, what is wrong with a field as it is typed, and its words.
 */
import { describe, expect, test } from 'vitest';
import { RuleSet } from '@shared/domain/rules';
import { EFFECTS_OF_RULES, type RuleEvidence } from '@shared/domain/rule-effects';
import { evidenceWords } from '../../renderer/features/rules/evidence-words';
import { headline, ruleWords, standingWords } from '../../renderer/features/rules/preview-words';
import { draftOf, moved, newRoute, readDraft, type RulesDraft } from '../../renderer/features/rules/rules-draft';
import rulesFile from '../../resources/rules.json';

const RULES = RuleSet.parse({
  ...rulesFile,
  truth: [...rulesFile.truth, { state: 'on_hand', system: 'warehouse', location: 'Reno', category: 'Kitchen' }],
  routes: [
    { name: 'Reno first', when: { locations: ['Reno', 'Portland'], classes: ['physical'], fromValueMinor: 12_345 }, owner: 'warehouse', dueDays: 3 },
    { name: 'Rest', when: {}, owner: 'finance', dueDays: null },
  ],
  count: { recount: rulesFile.tolerances, whenMoved: 'recount' },
  waivedLimitMinor: 100_050,
  transferWindowHours: 72,
});
const KNOWN = { locations: ['Reno', 'Portland'], categories: ['Kitchen'], accounts: [{ code: '1300', name: 'Inventory', isAsset: true }, { code: '5190', name: 'Shrinkage', isAsset: false }], reasons: [{ code: 'PHY-SHRINK', reclassifies: false }] };
const read = (change: Partial<RulesDraft> = {}, rules = RULES, currency = 'USD') => readDraft({ ...draftOf(rules, currency), ...change }, currency, KNOWN);

describe('a draft', () => {
  test.each(['USD', 'JPY', 'KWD'])('in %s stands for the rules it was made of', (currency) => {
    expect(read({}, RULES, currency)).toEqual({ rules: RULES, problems: new Map() });
  });

  test('takes figures as people type them', () => {
    const { tolerances } = draftOf(RULES, 'USD');
    const { rules } = read({ tolerances: { ...tolerances, A: { units: ' 0.5 ', percent: '1.25 %', value: '1 000.5' } }, waivedLimit: '', transferHours: ' ' });
    expect(rules?.tolerances[0]).toEqual({ tier: 'A', unitsScaled: 5000, percentHundredths: 125, valueMinor: 100_050 });
    expect(rules).toMatchObject({ waivedLimitMinor: null, transferWindowHours: null });
  });

  test.each<[string, Partial<RulesDraft>, string, string]>([
    ['no number of days', { days: 'five' }, 'days', 'five is not a number of days from 0 to 366.'],
    ['too many days', { days: '400' }, 'days', '400 is not a number of days from 0 to 366.'],
    ['no figure at all', { fastUnits: '' }, 'fastUnits', 'Give a number of units, 0 or more; 0 for none.'],
    ['below zero', { waivedLimit: '-1' }, 'waivedLimit', '-1 is not an amount in USD, 0 or more, with at most 2 places.'],
    ['more than a whole share', { shares: { promotion: '101', stock_out: '0', warehouse_change: '0' } }, 'shares.promotion', '101 is not a percentage from 0 to 100.'],
    ['a fraction of a cent', { waivedLimit: '1.234' }, 'waivedLimit', '1.234 is not an amount in USD, 0 or more, with at most 2 places.'],
  ])('with %s is not taken, and says what would be', (_case, change, field, message) => {
    const { rules, problems } = read(change);
    expect(rules).toBeUndefined();
    expect([...problems]).toEqual([[field, message]]);
  });

  test('says under the row itself what a route or an override gets wrong', () => {
    const nameless = { ...newRoute(''), key: 'new' };
    const twin = { ...newRoute('rest'), key: 'twin' };
    const stray = { ...newRoute('Stray'), key: 'stray', locations: 'Nowhere' };
    const routes = [...draftOf(RULES, 'USD').routes, nameless, twin, stray];
    const { problems } = read({ routes });
    expect([...problems]).toEqual([
      ['new.name', 'Give the route a name: it is stamped on every line that it sends.'],
      ['twin', 'There are two routes called rest. Give one another name.'],
      ['stray', 'The workbook has no location Nowhere. Choose one of its locations.'],
    ]);
  });
});

test('a route is moved a place, and at the end nowhere', () => {
  const list = ['a', 'b', 'c'];
  expect([moved(list, 1, -1), moved(list, 1, 1), moved(list, 0, -1), moved(list, 2, 1), moved(list, -1, 1)]).toEqual([
    ['b', 'a', 'c'], ['a', 'c', 'b'], list, list, list,
  ]);
});

describe('the words', () => {
  test('of a preview count each effect', () => {
    const none = Object.fromEntries(EFFECTS_OF_RULES.map((effect) => [effect, { lines: 0, valueMinor: 0 }])) as never;
    const some = { ...(none as object), opened: { lines: 1, valueMinor: 5 }, owner: { lines: 2, valueMinor: 5 } } as never;
    expect(headline({ changed: 0, byEffect: none, periodCode: '2026-10' })).toBe('No line of October 2026 changes.');
    expect(headline({ changed: 3, byEffect: some, periodCode: '2026-10' })).toBe('3 lines of October 2026 change: 1 becomes an exception, 2 go to another owner.');
  });

  test('of a standing tell what differs from the other', () => {
    const before = { clearedBy: null, owner: 'finance', routedBy: 'default: unexplained', dueInstant: 0, priority: 30 } as const;
    const after = { clearedBy: null, owner: 'warehouse', routedBy: 'Reno first', dueInstant: 86_400_000, priority: 30 } as const;
    expect(standingWords(before, after, 'UTC')).toBe('finance, by default: unexplained, due 1 Jan 1970');
    expect(standingWords(after, before, 'UTC')).toBe('warehouse, by route Reno first, due 2 Jan 1970');
    expect(standingWords({ ...before, clearedBy: 'no variance', owner: null }, after, 'UTC')).toBe('clears: no variance');
    expect([ruleWords({ rule: 'tolerance tier B', clears: true }), ruleWords({ rule: 'default: physical', clears: false }), ruleWords({ rule: 'Rest', clears: false })]).toEqual([
      'tolerance tier B clears', 'sent by default: physical', 'route Rest sends',
    ]);
  });

  test('of evidence keep more and less apart, and say what was real', () => {
    const record = { lines: 3, moreScaled: 10_000, lessScaled: -20_000, moreMinor: 400, lessMinor: -800, real: { lines: 1, valueMinor: 800 }, stayed: 1, handedOn: 2 };
    const evidence: RuleEvidence = { rule: 'tolerance tier B', clears: true, tier: 'B', periods: [{ periodCode: '2026-09', ...record }], total: record };
    expect(evidenceWords(evidence, 'USD')).toBe('Let pass 3 lines in 1 period: 4.00 USD more, 8.00 USD less. Of these 1, 8.00 USD, was real after all.');
    expect(evidenceWords({ ...evidence, total: { ...record, real: { lines: 0, valueMinor: 0 } } }, 'USD')).toBe('Let pass 3 lines in 1 period: 4.00 USD more, 8.00 USD less. None of these was real after all.');
    expect(evidenceWords({ ...evidence, clears: false }, 'USD')).toBe(
      'Sent 3 lines in 1 period: 4.00 USD more, 8.00 USD less. Of these 1, 8.00 USD, was booked. 2 lines were handed to another owner.',
    );
  });
});
