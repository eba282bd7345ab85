/** Many lines read at once are each what they are when they are read alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineCases, type FoundLine } from '../../electron/services/reconciliation/line-case';
import { LineNames } from '../../electron/services/reconciliation/line-facts';
import { readScope, withReach } from '../../electron/services/reconciliation/scope';
import { EngineWorkbook } from '../support/engine-workbook';

const SKUS = ['CUP', 'GIFT', 'MUG', 'TEE'];
const LOCATIONS = ['Berlin', 'Portland', 'Reno'];
const place = fc.tuple(fc.constantFrom(...SKUS), fc.constantFrom(...LOCATIONS)).map((names) => names.join(','));
const hour = (hours: number) => new Date(Date.parse('2026-10-01T07:00:00Z') + hours * 3_600_000).toISOString().replace('.000', '');
const instant = fc.integer({ min: 700, max: 770 }).map(hour);
const quantity = fc.integer({ min: 0, max: 30 });

const month = fc.record({
  snapshots: fc.array(fc.tuple(fc.constantFrom('erp', 'storefront', 'warehouse'), place, instant, quantity, fc.option(quantity, { nil: '' })), { minLength: 1, maxLength: 16 }),
  movements: fc.array(
    fc.tuple(
      fc.constantFrom('erp', 'storefront', 'warehouse'),
      fc.constantFrom('order', 'shipment', 'receipt', 'return_restocked', 'refund', 'transfer_out', 'transfer_in', 'component'),
      fc.constantFrom('D-1', 'D-2', 'D-3'),
      fc.constantFrom('', '1', '2'),
      place,
      fc.integer({ min: 1, max: 9 }),
      instant,
      instant,
      fc.constantFrom('', 'Berlin', 'portland', 'D-1'),
    ),
    { maxLength: 30 },
  ),
  counts: fc.array(fc.tuple(place, fc.constantFrom('A', 'B'), fc.constantFrom(1, 2), fc.option(quantity, { nil: '' }), instant), { maxLength: 10 }),
});

test('a line’s case is the same in a batch of all lines and alone', () => {
  let compared = 0;
  fc.assert(
    fc.property(month, ({ snapshots, movements, counts }) => {
      const book = new EngineWorkbook();
      book.items('sku,category,pack_size,kit_of\nMUG,Kitchen,12,\nCUP,Kitchen,1,\nTEE,Apparel,6,\nGIFT,Kitchen,1,MUG*1;CUP*2');
      const september = book.period('2026-09');
      const october = book.period('2026-10');
      book.ownBounds(october, 'Berlin', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z', 24);
      const once = new Map(snapshots.map((row) => [row.slice(0, 3).join(','), row]));
      book.snapshot(september, 'september.csv', `system,sku,location,as_of,on_hand\n${SKUS.map((sku) => `erp,${sku},Berlin,2026-09-30T00:00:00Z,5`).join('\n')}`);
      book.count(september, 'counted.csv', `sheet,line,sku,location,counted,counted_at\n${SKUS.map((sku, index) => `S,${index},${sku},Berlin,4,2026-09-30T00:00:00Z`).join('\n')}`);
      book.reconcile(september);
      book.snapshot(october, 'october.csv', `system,sku,location,as_of,on_hand,available\n${[...once.values()].map((row) => row.join(',')).join('\n')}`);
      if (movements.length > 0)
        book.movements(october, 'movements.csv', `system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference\n${movements.map((row) => row.join(',')).join('\n')}`);
      if (counts.length > 0)
        book.count(october, 'count.csv', `sheet,line,sku,location,bin,count_no,counted,counted_at\n${counts.map((row, index) => `S,${index},${row.join(',')}`).join('\n')}`);
      book.reconcile(october);
      const scope = withReach(book.workbook, readScope(book.workbook, october)!);
      const found = book.workbook
        .column('SELECT stock_key_id FROM lines WHERE period_id = ?', october)
        .map((stockKeyId): FoundLine => ({ stockKeyId, identityScaled: stockKeyId, variances: { count: 1, channel: null, ledger: null } }));
      const read = (some: readonly FoundLine[]) =>
        new LineCases(book.workbook, scope, new LineNames(book.workbook)).of(some).map(({ rows, line: { countVarianceOf, ...line } }) => ({
          rows, line, countVariances: found.map(({ stockKeyId }) => countVarianceOf(stockKeyId)),
        }));
      expect(read(found)).toEqual(found.flatMap((line) => read([line])));
      compared += found.length;
    }),
    { numRuns: 12 },
  );
  expect(compared).toBeGreaterThan(50);
});
