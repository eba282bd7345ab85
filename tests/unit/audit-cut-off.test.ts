import { describe, expect, test } from 'vitest';
import { cutOffTest, type CutOffPosting } from '@shared/domain/audit/cut-off';

const CUT_OFF = 1_000_000;
const words = { instant: String, amount: (exact: bigint | null) => (exact === null ? 'of unknown value' : `${exact / 10n ** 8n} cents`) };

const posting = (change: Partial<CutOffPosting>): CutOffPosting => ({
  importId: 1, rowNumber: 2, stockKeyId: 1, sku: 'MUG', location: 'Portland', system: 'erp', type: 'receipt', document: 'GR-1', quantityScaled: 50_000,
  occurredInstant: CUT_OFF - 5, postedInstant: CUT_OFF - 4, tellsOccurred: true, cutOffInstant: CUT_OFF, unitCostScaled: 2_000_000, ...change,
});
const judged = (...postings: readonly CutOffPosting[]) => cutOffTest(postings, 10, words);

describe('a posting is judged by when it occurred and when it was posted', () => {
  test.each([
    ['both before', {}, 'right_period', 0, ''],
    ['both after', { occurredInstant: CUT_OFF, postedInstant: CUT_OFF + 1 }, 'right_period', 0, ''],
    ['received before, posted after', { postedInstant: CUT_OFF }, 'posted_late', 50_000, 'Debit Inventory, credit Goods received, not invoiced, 1000 cents: GR-1, MUG belongs before the cut-off and was posted after it. It reverses on the first day of the next period, where it is posted.'],
    ['received after, posted before', { occurredInstant: CUT_OFF }, 'posted_early', -50_000, 'Debit Goods received, not invoiced, credit Inventory, 1000 cents: GR-1, MUG belongs after the cut-off and was posted before it. It reverses on the first day of the next period, where it belongs.'],
    ['shipped before, posted after', { type: 'shipment', document: 'SO-1', postedInstant: CUT_OFF }, 'posted_late', -50_000, 'Debit Cost of sales, credit Inventory, 1000 cents: SO-1, MUG belongs before the cut-off and was posted after it. It reverses on the first day of the next period, where it is posted.'],
    ['sent on after the cut-off, posted before', { type: 'transfer_out', document: 'TO-1', occurredInstant: CUT_OFF }, 'posted_early', 50_000, 'Debit Inventory, credit Goods in transit, 1000 cents: TO-1, MUG belongs after the cut-off and was posted before it. It reverses on the first day of the next period, where it belongs.'],
  ] as const)('%s', (_name, change, judgement, correctionScaled, draft) => {
    const [item] = judged(posting(change));
    expect(item).toMatchObject({ judgement, correctionScaled, draft });
  });

  test('without a cost the units are told and the value is unknown', () => {
    expect(judged(posting({ postedInstant: CUT_OFF, unitCostScaled: null }))[0]).toMatchObject({ correctionScaled: 50_000, correctionExact: null, draft: expect.stringContaining('of unknown value') });
  });

  test('a storefront has no ledger to book in', () => {
    expect(judged(posting({ system: 'storefront', type: 'shipment', postedInstant: CUT_OFF }))[0]!.draft).toMatch(/^No ledger entry: GR-1, MUG stands in the wrong period in the storefront/);
  });
});

describe('a file that gives one time only', () => {
  const blind = posting({ tellsOccurred: false, occurredInstant: CUT_OFF + 3, postedInstant: CUT_OFF + 3 });

  test('cannot be judged by itself, and says why', () => {
    expect(judged(blind)[0]).toMatchObject({ judgement: 'cannot_be_judged', correctionScaled: 0, draft: '', why: expect.stringContaining('gives one time only') });
  });

  test('is judged by another system\'s record of the same document, and by no other document\'s', () => {
    const warehouse = posting({ system: 'warehouse', occurredInstant: CUT_OFF - 9, postedInstant: CUT_OFF - 8, rowNumber: 3 });
    expect(judged(blind, warehouse)[0]).toMatchObject({ system: 'erp', judgement: 'posted_late', why: `Before the cut-off, and posted after it: occurred ${CUT_OFF - 9} by the warehouse, posted ${CUT_OFF + 3}.` });
    expect(judged(blind, { ...warehouse, document: 'GR-2' })[0]).toMatchObject({ judgement: 'cannot_be_judged' });
  });
});

test('the last and the first of each system and kind, by posting time, and none of another type', () => {
  const many = [1, 2, 3, 4, 5].flatMap((step) => [
    posting({ document: `B-${step}`, postedInstant: CUT_OFF - step, occurredInstant: CUT_OFF - step, rowNumber: step }),
    posting({ document: `A-${step}`, postedInstant: CUT_OFF + step, occurredInstant: CUT_OFF + step, rowNumber: 10 + step }),
    posting({ system: 'warehouse', document: `W-${step}`, postedInstant: CUT_OFF - step, rowNumber: 20 + step }),
    posting({ type: 'return_received', document: `R-${step}`, postedInstant: CUT_OFF + step, occurredInstant: CUT_OFF + step, rowNumber: 30 + step }),
  ]);
  const chosen = cutOffTest([...many, posting({ type: 'adjustment', document: 'X' })], 2, words).map(({ document }) => document);
  expect(chosen).toEqual(['B-2', 'B-1', 'A-1', 'A-2', 'R-1', 'R-2', 'W-2', 'W-1']);
  expect(cutOffTest([...many].reverse(), 2, words).map(({ document }) => document)).toEqual(chosen);
});
