import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelWeights } from '@shared/domain/explanation/gap';
import { explainLine, type TracedVariance } from '@shared/domain/explanation/explain';
import type { LineCase } from '@shared/domain/explanation/line-case';
import { HOUR_MS } from '@shared/domain/instant';
import { EFFECTS, MOVEMENT_TYPES, SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import { CAUSES, type Posting } from '@shared/domain/variance';
import { lineOfSeed } from '../support/engine-cases';
import { at, CUT_OFF, lineOf, RENO, reaching, units } from '../support/engine-line';

const START = at('10-01 00:00');
const ALL = { coveredTypes: new Set(MOVEMENT_TYPES), reachInstant: at('11-30 00:00') };
const EVERYONE_REACHES = { erp: ALL, storefront: ALL, warehouse: ALL };

/** Any posting at all: documents few enough to meet, lines and references now and then. */
const anyPosting: fc.Arbitrary<Posting> = fc.record({
  importId: fc.integer({ min: 1, max: 3 }),
  rowNumber: fc.integer({ min: 2, max: 10_000 }),
  system: fc.constantFrom(...SYSTEMS),
  type: fc.constantFrom(...MOVEMENT_TYPES),
  document: fc.constantFrom('D-1', 'D-2', 'D-3', 'D-4', 'D-5'),
  line: fc.constantFrom('', '', '1', '2'),
  stockKeyId: fc.constant(1),
  quantityScaled: fc.integer({ min: 1, max: 9 }).map(units),
  occurredInstant: fc.integer({ min: -100, max: 900 }).map((hours) => START + hours * HOUR_MS),
  postedInstant: fc.integer({ min: -100, max: 900 }).map((hours) => START + hours * HOUR_MS),
  reference: fc.constantFrom('', '', 'D-1', 'D-2', 'Portland'),
  reason: fc.constant(''),
});

const anyVariance = fc.option(fc.integer({ min: -30, max: 30 }).map(units), { nil: null });
const anyHolder = fc.constantFrom<System | null>('erp', 'storefront', 'warehouse', null);

const anyLine: fc.Arbitrary<LineCase> = fc
  .record({
    packSizeScaled: fc.constantFrom(null, units(12)),
    settledBeforeInstant: fc.constantFrom(null, START - 48 * HOUR_MS),
    heldBy: fc.record({
      on_hand: anyHolder,
      committed: anyHolder,
      reserved: anyHolder,
      damaged: anyHolder,
      quarantined: anyHolder,
    }),
    storefront: fc.option(
      fc.record({
        importId: fc.constant(9),
        rowNumber: fc.constant(2),
        quantityScaled: fc.integer({ min: -5, max: 60 }).map(units),
        asOfInstant: fc.integer({ min: 700, max: 760 }).map((hours) => START + hours * HOUR_MS),
      }),
      { nil: null },
    ),
    identityScaled: fc.integer({ min: 0, max: 60 }).map(units),
    variances: fc.record({ count: anyVariance, channel: anyVariance, ledger: anyVariance }),
    reach: fc.constantFrom(EVERYONE_REACHES, {
      erp: reaching('11-02 00:00', 'order', 'shipment', 'receipt', 'transfer_out'),
      storefront: reaching('10-31 22:00', 'order', 'refund'),
      warehouse: { coveredTypes: new Set<MovementType>(), reachInstant: null },
    }),
    postings: fc.array(anyPosting, { maxLength: 14 }),
    elsewhere: fc.array(
      anyPosting.map((posting) => ({ ...posting, stockKeyId: RENO.stockKeyId })),
      { maxLength: 4 },
    ),
    inboundTransfers: fc.array(
      anyPosting.map((posting) => ({ ...posting, type: 'transfer_out' as const, stockKeyId: RENO.stockKeyId })),
      { maxLength: 2 },
    ),
  })
  .map(lineOf);

const firmSum = (variance: TracedVariance) =>
  variance.components
    .filter((component) => !component.suggested)
    .reduce((sum, component) => sum + component.quantityScaled, 0);

/** What is wrong with an explanation, in words; thousands of `expect` would take longer than the engine. */
function faultOf(line: LineCase, variances: readonly TracedVariance[]): string | null {
  const expected = (['count', 'channel', 'ledger'] as const).filter((kind) => line.variances[kind]);
  if (variances.map(({ kind }) => kind).join() !== expected.join())
    return 'not every variance is explained, or one that is none';
  for (const variance of variances) {
    if (variance.quantityScaled !== line.variances[variance.kind]) return `${variance.kind}: another variance`;
    if (firmSum(variance) + variance.residualScaled !== variance.quantityScaled)
      return `${variance.kind}: does not add up`;
    for (const { cause, quantityScaled, evidence } of variance.components) {
      if (quantityScaled === 0) return `${cause} of nothing`;
      if (evidence.length === 0 && cause !== 'recurring') return `${cause} without evidence`;
    }
  }
  return null;
}

test('firm components and residual add up to the variance, on any line whatever', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const fault = faultOf(line, explainLine(line));
      if (fault) throw new Error(fault);
    }),
    { numRuns: 4000 },
  );
});

const LINES = 100_000;

test(`on ${LINES} lines as a month leaves them, firm components and residual add up to each variance exactly`, () => {
  const faults: string[] = [];
  const causes = new Map<string, number>();
  for (let seed = 1; seed <= LINES && faults.length < 5; seed += 1) {
    const line = lineOfSeed(seed);
    const variances = explainLine(line);
    const fault = faultOf(line, variances);
    if (fault) faults.push(`line of seed ${seed}: ${fault}`);
    for (const { components } of variances) for (const { cause } of components) causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  expect(faults).toEqual([]);
  // Twins are made of many lines at once, and what only a person confirms is made of none.
  const neverHere = ['item_swap', 'unrecorded_transfer', 'shrinkage', 'found_stock', 'damage_unrecorded', 'residual'];
  expect(CAUSES.filter((cause) => !neverHere.includes(cause) && (causes.get(cause) ?? 0) < 20), 'causes that hardly came up').toEqual([]);
});

/** What was planted on one event of a line that several systems post. */
interface Planted {
  readonly type: MovementType;
  readonly quantityScaled: number;
  readonly occurredHour: number;
  /** Hours after which the ERP posts; null: never. */
  readonly erpDelay: number | null;
  /** What the ERP posts, where it is not what happened. */
  readonly erpQuantityScaled: number;
  readonly otherDelay: number;
  readonly isRepeated: boolean;
}

const SHELF_TYPES = [
  'shipment',
  'receipt',
  'return_received',
  'transfer_in',
  'adjustment',
  'assembly',
  'component',
] as const;
const SALE_TYPES = ['order', 'cancellation', 'receipt', 'damage', 'adjustment', 'return_scrapped', 'shipment'] as const;

const planted = (types: readonly MovementType[]): fc.Arbitrary<readonly Planted[]> =>
  fc.array(
    fc
      .record({
        type: fc.constantFrom(...types),
        quantityScaled: fc.integer({ min: 1, max: 20 }).map(units),
        occurredHour: fc.integer({ min: 1, max: 742 }),
        erpDelay: fc.option(fc.integer({ min: 0, max: 120 }), { nil: null }),
        isMistyped: fc.boolean(),
        otherDelay: fc.integer({ min: 0, max: 3 }),
        isRepeated: fc.boolean(),
      })
      .map(({ isMistyped, ...event }) => ({
        ...event,
        isRepeated: event.isRepeated && !isMistyped,
        erpQuantityScaled: isMistyped ? event.quantityScaled + units(1) : event.quantityScaled,
      })),
    { maxLength: 12 },
  );

const plant = (events: readonly Planted[], other: System): readonly Posting[] =>
  events.flatMap((event, index) => {
    const base = {
      importId: 1,
      type: event.type,
      document: `D-${index}`,
      line: '1',
      stockKeyId: 1,
      reference: '',
      reason: '',
      occurredInstant: START + event.occurredHour * HOUR_MS,
    };
    const posts: Posting[] = [
      {
        ...base,
        rowNumber: index * 3,
        system: other,
        quantityScaled: event.quantityScaled,
        postedInstant: base.occurredInstant + event.otherDelay * HOUR_MS,
      },
    ];
    if (event.erpDelay !== null) {
      const own = { ...base, system: 'erp' as const, quantityScaled: event.erpQuantityScaled };
      posts.push({ ...own, rowNumber: index * 3 + 1, postedInstant: base.occurredInstant + event.erpDelay * HOUR_MS });
      if (event.isRepeated)
        posts.push({
          ...own,
          rowNumber: index * 3 + 2,
          postedInstant: base.occurredInstant + (event.erpDelay + 1) * HOUR_MS,
        });
    }
    return posts;
  });

const ends = fc.integer({ min: -15, max: 15 }).map((quantity) => units(quantity));

test('what was planted on events is found to the unit, and only what was lost remains: count', () => {
  fc.assert(
    fc.property(planted(SHELF_TYPES), ends, (events, lostScaled) => {
      const postings = plant(events, 'warehouse');
      const effect = (posting: Posting) => (EFFECTS[posting.type].on_hand ?? 0) * posting.quantityScaled;
      const shelf = postings
        .filter((each) => each.system === 'warehouse' && each.occurredInstant <= CUT_OFF)
        .reduce((sum, each) => sum + effect(each), 0);
      const books = postings
        .filter((each) => each.system === 'erp' && each.postedInstant <= CUT_OFF)
        .reduce((sum, each) => sum + effect(each), 0);
      const [count] = explainLine(
        lineOf({
          variances: { count: shelf - books + lostScaled, channel: null, ledger: null },
          reach: EVERYONE_REACHES,
          postings,
        }),
      );
      expect(count?.residualScaled ?? 0).toBe(shelf - books + lostScaled === 0 ? 0 : lostScaled);
    }),
    { numRuns: 800 },
  );
});

test('what was planted on events is found to the unit, and only what was lost remains: channel', () => {
  fc.assert(
    fc.property(planted(SALE_TYPES), ends, (events, lostScaled) => {
      const postings = plant(events, 'storefront');
      const heldBy = { on_hand: 'erp', committed: 'erp', reserved: 'erp', damaged: 'erp', quarantined: 'erp' } as const;
      const line = lineOf({ heldBy, reach: EVERYONE_REACHES, postings });
      const weight = (posting: Posting) => channelWeights(posting.type, line).get(posting.system) ?? 0;
      const channel = postings
        .filter((each) => each.postedInstant <= CUT_OFF)
        .reduce((sum, each) => sum + weight(each) * each.quantityScaled, 0);
      const [found] = explainLine({ ...line, variances: { count: null, channel: channel + lostScaled, ledger: null } });
      expect(found?.residualScaled ?? 0).toBe(channel + lostScaled === 0 ? 0 : lostScaled);
    }),
    { numRuns: 800 },
  );
});

test('the order in which postings come, and the ids of their imports, change nothing', () => {
  const withoutIds = (variances: readonly TracedVariance[]) =>
    variances.map((variance) => ({
      ...variance,
      components: variance.components.map((component) => ({
        ...component,
        evidence: component.evidence.map(({ rowNumber }) => rowNumber),
      })),
    }));
  fc.assert(
    fc.property(
      anyLine.chain((line) => {
        const distinct = line.postings.map((posting, index) => ({ ...posting, rowNumber: index + 2 }));
        return fc.tuple(
          fc.constant({ ...line, postings: distinct }),
          fc.shuffledSubarray(distinct, { minLength: distinct.length }),
          fc.integer({ min: 1, max: 9 }),
        );
      }),
      ([line, shuffled, offset]) => {
        const other = {
          ...line,
          postings: shuffled.map((posting) => ({ ...posting, importId: posting.importId + offset })),
        };
        expect(withoutIds(explainLine(other))).toEqual(withoutIds(explainLine(line)));
      },
    ),
    { numRuns: 500 },
  );
});
