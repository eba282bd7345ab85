import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINE_COLUMNS, SORTABLE_LINE_COLUMNS, type LinesPage } from '@shared/domain/lines';
import { MOVEMENT_TYPES } from '@shared/domain/states';
import { lineDetailsOf, linesJson, pageOfLines } from '../../electron/services/lines';
import { EngineWorkbook } from '../support/engine-workbook';

const SKUS = ['CUP', 'GIFT', 'MUG', 'TEE'];
const LOCATIONS = ['Portland', 'Reno'];
const ITEMS = `
sku,name,category,pack_size,tier,unit_cost,kit_of
MUG,Mug,Kitchen,12,A,4.000000,
CUP,Cup,Kitchen,1,B,3.000000,
TEE,Tee,Apparel,6,C,,
GIFT,Gift set,Kitchen,1,B,9.000000,MUG*1;CUP*2`;

const hour = (hours: number) =>
  new Date(Date.parse('2026-10-01T07:00:00Z') + hours * 3_600_000).toISOString().replace('.000', '');

const figures = fc
  .option(fc.integer({ min: -3, max: 40 }), { nil: null })
  .map((value) => (value === null ? '' : String(value)));
const place = fc.tuple(fc.constantFrom(...SKUS), fc.constantFrom(...LOCATIONS));

const snapshotRow = fc
  .record({
    system: fc.constantFrom('erp', 'erp', 'storefront', 'storefront', 'warehouse'),
    place,
    states: fc.tuple(figures, figures, figures, figures, figures, figures, figures),
  })
  .map(({ system, place: [sku, location], states }) => ({ system, sku, location, states }));
const movementRow = fc
  .record({
    system: fc.constantFrom('erp', 'erp', 'storefront', 'warehouse'),
    type: fc.constantFrom(...MOVEMENT_TYPES),
    document: fc.constantFrom('D-1', 'D-2', 'D-3', 'D-4', 'D-5', 'D-6', 'D-7', 'D-8'),
    line: fc.constantFrom('', '1', '2'),
    place,
    quantity: fc.integer({ min: 1, max: 12 }),
    occurred: fc.integer({ min: 600, max: 800 }),
    delay: fc.integer({ min: -2, max: 80 }),
    reference: fc.constantFrom('', '', 'D-1', 'Portland', 'Reno'),
  })
  .map(
    ({ place: [sku, location], occurred, delay, ...row }) =>
      `${row.system},${row.type},${row.document},${row.line},${sku},${location},${row.quantity},${hour(occurred)},${hour(occurred + delay)},${row.reference}`,
  );
const countRow = fc
  .record({
    place,
    bin: fc.constantFrom('A', 'B'),
    countNo: fc.constantFrom(1, 1, 2),
    counted: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
    at: fc.integer({ min: 700, max: 760 }),
  })
  .map(({ place: [sku, location], bin, countNo, counted, at }) => ({
    sku,
    location,
    bin,
    countNo,
    counted: counted ?? '',
    at,
  }));

interface File {
  readonly kind: 'snapshot' | 'movements' | 'count';
  readonly name: string;
  readonly csv: string;
}

/** Before and after the cut-offs, at 744 hours and in Reno at 753: no two are equally near to either. */
const AS_OF_HOURS = [735, 746, 757, 740];

/** Files of a month: snapshots from several hours, movements in three files that may overlap, a count. */
const month = fc
  .record({
    snapshots: fc.array(fc.array(snapshotRow, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 4 }),
    // Parts of one pool, so that exports overlap.
    movements: fc
      .array(movementRow, { maxLength: 24 })
      .chain((pool) => fc.array(fc.subarray(pool), { minLength: 1, maxLength: 3 })),
    counts: fc.array(countRow, { maxLength: 8 }),
  })
  .map(({ snapshots, movements, counts }): readonly File[] => [
    ...snapshots.map((rows, index) => {
      const once = new Map(rows.map((row) => [`${row.system} ${row.sku} ${row.location}`, row]));
      const lines = [...once.values()].map(
        ({ system, sku, location, states }) =>
          `${system},${sku},${location},${hour(AS_OF_HOURS[index]!)},${states.join(',')}`,
      );
      return {
        kind: 'snapshot' as const,
        name: `snapshot-${index}.csv`,
        csv: `system,sku,location,as_of,on_hand,available,committed,reserved,damaged,quarantined,unavailable\n${lines.join('\n')}`,
      };
    }),
    ...movements
      .filter((rows) => rows.length > 0)
      .map((rows, index) => ({
        kind: 'movements' as const,
        name: `movements-${index}.csv`,
        csv: `system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference\n${rows.join('\n')}`,
      })),
    ...(counts.length === 0
      ? []
      : [
          {
            kind: 'count' as const,
            name: 'count.csv',
            csv: `sheet,line,sku,location,bin,count_no,counted,counted_at\n${counts.map((row, index) => `S-1,${index},${row.sku},${row.location},${row.bin},${row.countNo},${row.counted},${hour(row.at)}`).join('\n')}`,
          },
        ]),
  ]);

/** October is period 1, and Reno closes it later than Portland; September before it is locked. */
function reconciledFrom(files: readonly File[], itemsReversed: boolean): EngineWorkbook {
  const book = new EngineWorkbook();
  const [, header, ...items] = ITEMS.split('\n');
  book.items([header, ...(itemsReversed ? items.reverse() : items)].join('\n'));
  const period = book.period('2026-10');
  const september = book.period('2026-09');
  book.lock(september, SKUS.map((sku, index) => [sku, LOCATIONS[index % 2]!, String(index * 5)] as const));
  book.ownBounds(period, 'Reno', hour(9), hour(753), 24);
  for (const file of files) book[file.kind](period, file.name, file.csv);
  book.reconcile(period);
  return book;
}

test('the same rows give the same lines, whatever the order of imports and whatever ids they get', () => {
  fc.assert(
    fc.property(
      month.chain((files) =>
        fc.tuple(fc.constant(files), fc.shuffledSubarray([...files], { minLength: files.length })),
      ),
      ([files, shuffled]) => {
        const [one, other] = [reconciledFrom(files, false), reconciledFrom(shuffled, true)];
        expect(linesJson(other.workbook, 1, { withTimeline: true })).toEqual(
          linesJson(one.workbook, 1, { withTimeline: true }),
        );
      },
    ),
    { numRuns: 20 },
  );
});

test('what SQL computes for all lines is what is shown for each with its steps, and every variance adds up', () => {
  let checked = 0;
  fc.assert(
    fc.property(month, (files) => {
      const book = reconciledFrom(files, false);
      const stored = new Map(
        book.workbook
          .all<Record<string, number | null> & { stock_key_id: number }>('SELECT * FROM lines')
          .map((row) => [row.stock_key_id, row]),
      );
      for (const detail of lineDetailsOf(book.workbook, 1)) {
        const row = stored.get(detail.stockKeyId)!;
        const shown = (source: string) => detail.positions.find((position) => position.source === source);
        for (const position of detail.positions) {
          if (position.quantityScaled === null) continue;
          const steps = position.rolls.reduce((sum, roll) => sum + roll.effectScaled, position.quantityScaled);
          expect(steps, position.source).toBe(position.atCutOffScaled);
        }
        expect(shown('erp')?.atCutOffScaled ?? null, 'ERP').toBe(row['erp_at_cut_off_scaled']);
        expect(shown('storefront')?.atCutOffScaled ?? null, 'storefront').toBe(row['storefront_at_cut_off_scaled']);
        expect(shown('count')?.atCutOffScaled ?? null, 'count').toBe(row['counted_at_cut_off_scaled']);
        expect(detail.identity.quantityScaled, 'identity').toBe(row['identity_scaled']);
        const columns = new Map(detail.rollForward.map(({ column, quantityScaled }) => [column, quantityScaled]));
        if (row['roll_forward_scaled'] !== null) {
          const moved = ['opening', 'receipts', 'shipments', 'returns', 'transfers', 'assembly', 'adjustments'] as const;
          expect(moved.reduce((sum, column) => sum + columns.get(column)!, 0), 'roll-forward').toBe(row['roll_forward_scaled']);
        }
        for (const variance of detail.variances) {
          const firm = variance.components
            .filter((component) => !component.suggested)
            .reduce((sum, component) => sum + component.quantityScaled, 0);
          expect(firm + variance.residualScaled).toBe(variance.quantityScaled);
          expect(variance.toScaled - variance.fromScaled).toBe(variance.quantityScaled);
          checked += 1;
        }
      }
    }),
    { numRuns: 20 },
  );
  expect(checked).toBeGreaterThan(10);
});

function bookOfMany(): EngineWorkbook {
  const book = new EngineWorkbook();
  const rows = Array.from(
    { length: 60 },
    (_, index) => `SKU-${String(index % 20).padStart(2, '0')},${['Portland', 'Reno', 'Boise'][Math.floor(index / 20)]}`,
  );
  book.items(
    `sku,name,tier,unit_cost\n${Array.from({ length: 20 }, (_, index) => `SKU-${String(index).padStart(2, '0')},Thing ${index},${'ABC'[index % 3]},${index % 4 === 0 ? '' : '2.500000'}`).join('\n')}`,
  );
  const period = book.period('2026-10');
  book.snapshot(
    period,
    'erp.csv',
    `system,sku,location,as_of,on_hand\n${rows.map((row) => `erp,${row},2026-10-31T23:00:00-07:00,50`).join('\n')}`,
  );
  book.count(
    period,
    'count.csv',
    `sheet,line,sku,location,counted,counted_at\n${rows.map((row, index) => `S,${index},${row},${50 + ((index * 7) % 11) - 5},2026-10-31T23:00:00-07:00`).join('\n')}`,
  );
  book.reconcile(period);
  return book;
}

const rowsOf = (page: LinesPage) => page.columns.sku.map((sku, index) => `${sku} ${page.columns.location[index]}`);

test('pages of any order hold every line once, unknown values last', () => {
  const book = bookOfMany();
  for (const column of SORTABLE_LINE_COLUMNS) {
    for (const direction of ['asc', 'desc'] as const) {
      const pages = [0, 25, 50].map((offset) =>
        pageOfLines(book.workbook, { periodId: 1, offset, limit: 25, sort: [{ column, direction }], filter: {} }),
      );
      expect(new Set(pages.flatMap(rowsOf)).size, `${column} ${direction}`).toBe(60);
      const values: readonly unknown[] = pages.flatMap((page) => [...page.columns[column]]);
      const firstUnknown = values.indexOf(null);
      if (firstUnknown >= 0)
        expect(
          values.slice(firstUnknown).every((value) => value === null),
          `${column} ${direction}`,
        ).toBe(true);
    }
  }
});

test('a page comes as columns of one length, largest value first where asked, ties by SKU and location', () => {
  const page = pageOfLines(bookOfMany().workbook, {
    periodId: 1,
    offset: 10,
    limit: 7,
    sort: [{ column: 'valueMinor', direction: 'desc' }],
    filter: {},
  });
  expect(page).toMatchObject({ total: 60, offset: 10 });
  expect(LINE_COLUMNS.map((column) => page.columns[column].length)).toEqual(LINE_COLUMNS.map(() => 7));
  const sizes = page.columns.valueMinor.map((value) => Math.abs(value ?? 0));
  expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
});

test.each([
  ['text in the SKU', { text: 'sku-07' }, 3],
  ['text in the name', { text: 'THING 7' }, 3],
  ['a location', { locations: ['Reno'] }, 20],
  ['a tier', { tiers: ['A' as const] }, 21],
  ['a location and a tier', { locations: ['Reno'], tiers: ['A' as const] }, 7],
  ['an empty list', { locations: [] }, 0],
  ['text with a quote', { text: "'; DROP TABLE lines; --" }, 0],
])('a filter by %s lets through what it says', (_name, filter, total) => {
  expect(pageOfLines(bookOfMany().workbook, { periodId: 1, offset: 0, limit: 100, sort: [], filter }).total).toBe(
    total,
  );
});

test('filters by state, class, owner and suggestion agree with the columns of the page', () => {
  const book = bookOfMany();
  const all = pageOfLines(book.workbook, { periodId: 1, offset: 0, limit: 100, sort: [], filter: {} }).columns;
  const total = (filter: object) =>
    pageOfLines(book.workbook, { periodId: 1, offset: 0, limit: 100, sort: [], filter }).total;
  const count = <T>(values: readonly T[], wanted: T) => values.filter((value) => value === wanted).length;
  for (const status of ['open', 'cleared', 'tagged'] as const)
    expect(total({ statuses: [status] })).toBe(count(all.status, status));
  for (const each of ['unexplained', 'physical'] as const)
    expect(total({ classes: [each] })).toBe(count(all.class, each));
  for (const owner of ['finance', 'warehouse'] as const)
    expect(total({ owners: [owner] })).toBe(count(all.suggestedOwner, owner));
  expect(total({ onlySuggested: true })).toBe(count(all.hasSuggestion, true));
  expect(total({ onlyExceptions: true })).toBe(count(all.clearedBy, null));
  expect(total({ onlyNonZero: true })).toBe(60 - count(all.countVarianceScaled, 0));
});
