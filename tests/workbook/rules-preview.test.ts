/**
 * Changed rules are shown before they are saved, and what is shown is what the reconciliation then does.
 */
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { LineStanding, RulePreview } from '@shared/domain/rule-effects';
import { RuleSet, type Route } from '@shared/domain/rules';
import { CAUSES, VARIANCE_CLASSES, VARIANCE_KINDS } from '@shared/domain/variance';
import { previewRules, rehearseRules } from '../../electron/services/rules/preview';
import { saveRules, readRules } from '../../electron/services/rules/versions';
import { chainHead } from '../../electron/workbook/audit';
import { AS_OF, COUNT, MOVEMENTS, MugWorkbook, SNAPSHOT } from '../support/engine-mug';

const TIERS = ['A', 'B', 'C'] as const;

let book: MugWorkbook;

/** A month with lines of every tier, location and class, from a sequence that is the same each time. */
function fillMonth(): void {
  const items = ['sku,name,category,pack_size,tier,unit_cost'];
  const snapshot = [SNAPSHOT];
  const counts = [COUNT];
  const moves = [MOVEMENTS];
  for (let index = 0; index < 60; index += 1) {
    const sku = `ITEM-${String(index).padStart(2, '0')}`;
    const location = ['Portland', 'Reno'][index % 2]!;
    // Every seventh has no unit cost, so its value is unknown.
    items.push(`${sku},${sku},${['Kitchen', 'Apparel', ''][index % 3]!},12,${TIERS[index % 3]!},${index % 7 === 0 ? '' : `${1 + (index % 9)}.500000`}`);
    const onHand = index % 11 === 0 ? -2 : 40 + index;
    const counted = onHand < 0 ? 0 : onHand + ((index * 5) % 9) - 4;
    snapshot.push(`erp,${sku},${location},${AS_OF},${onHand},,,,,`);
    snapshot.push(`storefront,${sku},${location},${AS_OF},,${onHand - (index % 4)},,,,`);
    if (index % 5 !== 0) counts.push(`S-1,${index},${sku},${location},,1,${counted},${AS_OF}`);
    if (index % 3 === 0) moves.push(`erp,shipment,SO-${index},1,${sku},${location},${1 + (index % 60)},2026-10-10T20:00:00Z,2026-10-10T21:00:00Z,`);
    if (index % 4 === 1) moves.push(`storefront,order,SO-A${index},1,${sku},${location},1,2026-10-31T22:00:00Z,2026-10-31T22:00:00Z,`);
    if (index % 6 === 2) moves.push(`erp,shipment,SO-B${index},1,${sku},${location},2,2026-10-31T20:00:00Z,2026-11-01T09:00:00Z,`);
  }
  // Counted, and not in the ERP's list: nothing to compare with.
  counts.push(`S-1,99,CUP,Portland,,1,7,${AS_OF}`);
  book.items(items.join('\n'));
  book.snapshot(book.october, 'all.csv', snapshot.join('\n'));
  book.movements(book.october, 'moves.csv', moves.join('\n'));
  book.count(book.october, 'count.csv', counts.join('\n'));
  const window = (kind: string, sku: string | null, location: string | null) =>
    book.workbook.run(
      `INSERT INTO risk_windows (kind, item_id, location_id, from_instant, until_instant)
       VALUES (?, (SELECT item_id FROM items WHERE sku = ?), (SELECT location_id FROM locations WHERE code = ?), ?, ?)`,
      kind, sku, location, Date.parse('2026-10-10T00:00:00Z'), Date.parse('2026-10-12T00:00:00Z'),
    );
  window('promotion', 'ITEM-01', null);
  window('stock_out', 'ITEM-02', 'Portland');
  window('warehouse_change', null, 'Reno');
  window('promotion', 'ITEM-03', 'Reno');
}

/** How every line of October stands, as the table has it. */
const stored = (): Map<number, LineStanding> =>
  new Map(
    book.workbook
      .all<LineStanding & { key: number }>(
        `SELECT stock_key_id AS key, cleared_by AS clearedBy, suggested_owner AS owner, routed_by AS routedBy, due_instant AS dueInstant, priority
         FROM lines WHERE period_id = ? ORDER BY stock_key_id`,
        book.october,
      )
      .map(({ key, ...standing }) => [key, standing]),
  );

const inForce = () => {
  const read = readRules(book.workbook, book.october);
  if (!read.ok) throw new Error(read.message);
  return read.value;
};

const previewed = (rules: RuleSet, preview: typeof rehearseRules = previewRules): RulePreview => {
  const outcome = preview(book.context, { periodId: book.october, rules, limit: 1000 });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
};

function saveAndReconcile(rules: RuleSet): void {
  const saved = saveRules(book.context, { periodId: book.october, rules, why: 'evidence', basedOn: inForce().ruleSetId });
  if (!saved.ok) throw new Error(saved.message);
  book.reconcile(book.october);
}

/** What the preview says of each line is exactly what changed. A clearing under other figures of the same rule is no change. */
function expectSame(before: Map<number, LineStanding>, preview: RulePreview): void {
  const after = stored();
  const told = new Map(preview.effects.map((effect) => [effect.stockKeyId, effect]));
  for (const [key, now] of after) {
    const then = before.get(key)!;
    const effect = told.get(key);
    if (effect) expect([effect.before ?? then, effect.after ?? now]).toEqual([then, now]);
    else expect({ ...now, clearedBy: now.clearedBy !== null }).toEqual({ ...then, clearedBy: then.clearedBy !== null });
  }
  expect(preview.changed).toBe(preview.effects.length);
}

const aSome = <T,>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const aRoute = fc
  .record({
    owner: fc.constantFrom('warehouse' as const, 'operations' as const, 'finance' as const),
    dueDays: fc.option(fc.integer({ min: 0, max: 20 })),
    kinds: aSome(VARIANCE_KINDS),
    classes: aSome(VARIANCE_CLASSES),
    causes: aSome(CAUSES),
    tiers: aSome(TIERS),
    categories: aSome(['Kitchen', 'Apparel']),
    locations: aSome(['Portland', 'Reno']),
    fromValueMinor: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
  })
  .map(({ owner, dueDays, ...when }) => ({
    owner, dueDays, when: Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined)) as Route['when'],
  }));
const aBound = fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 6000 }));
const aShare = fc.constantFrom(0, 2500, 5000, 10_000);
const aDecision = fc.record({
  bounds: fc.tuple(aBound, aBound, aBound),
  shares: fc.tuple(aShare, aShare, aShare),
  routes: fc.array(aRoute, { maxLength: 5 }),
  due: fc.record({ days: fc.integer({ min: 0, max: 30 }), urgentDays: fc.integer({ min: 0, max: 5 }) }),
  fastSellerUnitsScaled: fc.integer({ min: 0, max: 600_000 }),
});

beforeEach(() => {
  book = new MugWorkbook();
  fillMonth();
  book.reconcile(book.october);
});

test('a preview of any decision is what the reconciliation then does', () => {
  fc.assert(
    fc.property(aDecision, ({ bounds, shares, routes, due, fastSellerUnitsScaled }) => {
      const rules = RuleSet.parse({
        ...inForce().rules,
        tolerances: TIERS.map((tier, index) => {
          const [unitsScaled, percentHundredths, valueMinor] = bounds[index]!;
          return { tier, unitsScaled, percentHundredths, valueMinor };
        }),
        toleranceInRiskWindow: { promotion: shares[0], stock_out: shares[1], warehouse_change: shares[2] },
        routes: routes.map((route, index) => ({ ...route, name: `Route ${index}` })),
        due,
        fastSellerUnitsScaled,
      });
      const before = stored();
      const preview = previewed(rules);
      expect(preview).toMatchObject({ basis: 'decided', movesVariances: false, isStale: false });
      expect(stored()).toEqual(before);
      saveAndReconcile(rules);
      expectSame(before, preview);
      expect(previewed(inForce().rules).changed).toBe(0);
    }),
    { numRuns: 40, seed: 20_261_031 },
  );
});

test('a change of the source of truth is rehearsed by a whole reconciliation, which leaves nothing behind', () => {
  const { rules } = inForce();
  const truth = rules.truth.map((rule) => (rule.state === 'on_hand' ? { ...rule, system: 'storefront' as const } : rule));
  const changed = { ...rules, truth };
  const before = stored();
  const [head, versions] = [chainHead(book.workbook), inForce().history.length];
  expect(previewed(changed).movesVariances).toBe(true);
  const preview = previewed(changed, rehearseRules);
  expect(preview.basis).toBe('reconciled');
  expect([stored(), chainHead(book.workbook), inForce().history.length]).toEqual([before, head, versions]);
  saveAndReconcile(changed);
  expectSame(before, preview);
});

test('what a tolerance lets pass is added up before and after', () => {
  const { rules } = inForce();
  const none = { ...rules, tolerances: rules.tolerances.map((each) => ({ ...each, unitsScaled: 0 })), waivedLimitMinor: 100 };
  const preview = previewed(none);
  const letPass = book.workbook.get<{ lines: number; value: number }>(
    `SELECT count(*) AS lines, sum(abs(variance_minor)) AS value FROM lines WHERE period_id = ? AND cleared_by LIKE 'tolerance%'`, book.october,
  )!;
  expect(letPass.lines).toBeGreaterThan(2);
  expect(preview.letPass).toMatchObject({ before: { lines: letPass.lines }, after: { lines: 0, valueMinor: 0 }, limitMinor: 100 });
  expect(preview.byEffect.opened).toEqual(preview.letPass.before);
  const cleared = preview.byRule.filter(({ rule }) => rule.startsWith('tolerance'));
  expect(cleared.reduce((sum, { before }) => sum + before, 0)).toBe(letPass.lines);
  expect(cleared.every(({ after }) => after === 0)).toBe(true);
  // The weightiest come first, whatever the limit cuts off.
  const first = previewRules(book.context, { periodId: book.october, rules: none, limit: 2 });
  expect(first).toMatchObject({ ok: true, value: { changed: preview.changed, effects: preview.effects.slice(0, 2) } });
});
