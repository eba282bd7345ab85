import { expect, test } from 'vitest';
import { MOVEMENT_TYPES, SYSTEMS } from '@shared/domain/states';
import type { CountedRow, LineCase, SheetFacts } from '@shared/domain/explanation/line-case';
import { at, lineOf, posting, reaching, RENO, sentence, told, units } from '../support/engine-line';

const EVERYTHING = reaching('11-05 00:00', ...MOVEMENT_TYPES);
const reach = { erp: EVERYTHING, storefront: EVERYTHING, warehouse: EVERYTHING };
const count = (quantity: number, facts: Partial<LineCase>) =>
  lineOf({ reach, ...facts, variances: { count: units(quantity), channel: null, ledger: null } });
const channel = (quantity: number, facts: Partial<LineCase>) =>
  lineOf({ reach, ...facts, variances: { count: null, channel: units(quantity), ledger: null } });
const everySystem = (type: Parameters<typeof posting>[1], document: string, quantity: number, occurred: string) =>
  SYSTEMS.map((system) => posting(system, type, document, quantity, occurred));

test('an order shipped in two parcels with numbers of their own meets the one shipment of the ERP and the storefront', () => {
  const postings = [
    posting('warehouse', 'shipment', 'P-1', 3, '10-20 10:00', '10-20 10:05', { reference: 'SO-1' }),
    posting('warehouse', 'shipment', 'P-2', 2, '10-20 11:00', '10-20 11:05', { reference: 'SO-1' }),
    posting('storefront', 'shipment', 'SO-1', 5, '10-20 11:00'),
  ];
  expect(told('count', count(-3, { postings: [...postings, posting('erp', 'shipment', 'SO-1', 5, '10-20 11:00', '10-20 15:00')] }))).toEqual(['residual -3']);
  expect(told('count', count(-5, { postings }))).toEqual(['missing_posting -5 [P-1 P-2]', 'residual 0']);
});

test('one line of a receipt meets the two lines that the ERP made of it', () => {
  const postings = [
    posting('warehouse', 'receipt', 'PO-1', 5, '10-20 10:00', undefined, { line: '1' }),
    posting('erp', 'receipt', 'PO-1', 3, '10-20 10:00', undefined, { line: '1' }),
    posting('erp', 'receipt', 'PO-1', 2, '10-20 10:00', undefined, { line: '2' }),
  ];
  expect(told('count', count(4, { postings }))).toEqual(['residual 4']);
});

test('missing_posting: of two deliveries only the one that the ERP never posted, not another quantity', () => {
  const line = count(7, {
    postings: [
      posting('warehouse', 'receipt', 'PO-1', 5, '10-10 10:00'),
      posting('warehouse', 'receipt', 'PO-1', 7, '10-12 10:00'),
      posting('erp', 'receipt', 'PO-1', 5, '10-10 10:00', '10-10 12:00'),
    ],
  });
  expect(told('count', line)).toEqual(['missing_posting 7 [PO-1]', 'residual 0']);
  expect(sentence('count', line)).toBe(
    'Receipt PO-1, a part of 7 units: happened 2026-10-12 10:00; the ERP has the other parts and never posted this one, ' +
      'and the window ended 2026-10-14 10:00. Open for 19 days at the cut-off.',
  );
});

test('a delivery after the cut-off that one side does not reach says nothing of the one before', () => {
  const line = count(5, {
    reach: { ...reach, warehouse: reaching('11-01 06:00', ...MOVEMENT_TYPES) },
    postings: [
      posting('warehouse', 'receipt', 'PO-1', 5, '10-31 20:00'),
      posting('erp', 'receipt', 'PO-1', 5, '10-31 20:00', '11-01 08:00'),
      posting('erp', 'receipt', 'PO-1', 9, '11-02 10:00', '11-02 12:00'),
    ],
  });
  expect(told('count', line)).toEqual(['posted_later 5 [PO-1]', 'residual 0']);
});

const sent = posting('erp', 'transfer_out', 'TO-1', 12, '10-30 15:00', '10-30 15:10', { stockKeyId: RENO.stockKeyId, reference: 'Portland' });
const bookedEarly = posting('erp', 'transfer_in', 'TO-1', 12, '10-30 15:00', '10-30 15:10');

test('in_transit: the ERP received a transfer when it left, and the goods came inside the window of transfers', () => {
  const line = count(-12, {
    transferWindowMs: 72 * 3_600_000,
    inboundTransfers: [sent],
    postings: [bookedEarly, posting('warehouse', 'transfer_in', 'TO-1', 12, '11-02 09:00')],
  });
  expect(told('count', line)).toEqual(['in_transit -12 [TO-1]', 'residual 0']);
  expect(sentence('count', line)).toBe(
    'Transfer TO-1 of 12 units: left Reno 2026-10-30 15:00, received at Portland 2026-11-02 09:00, inside its window that ends ' +
      '2026-11-02 15:00. The ERP posted it as received 2026-10-30 15:10. Open for 1 day at the cut-off.',
  );
});

test('missing_posting: a transfer that nobody saw arrive, and whose own window is over', () => {
  const line = count(-12, { inboundTransfers: [sent], postings: [bookedEarly] });
  expect(told('count', line)).toEqual(['missing_posting -12 [TO-1]', 'residual 0']);
  expect(sentence('count', line)).toContain('not received at Portland, and its window ended 2026-11-01 15:00');
});

test('quantity_mismatch: a transfer that arrived short says what had left', () => {
  const line = count(-4, { inboundTransfers: [sent], postings: [bookedEarly, posting('warehouse', 'transfer_in', 'TO-1', 8, '10-31 09:00')] });
  expect(told('count', line)).toEqual(['quantity_mismatch -4 [TO-1]', 'residual 0']);
  expect(sentence('count', line)).toContain('12 units left Reno 2026-10-30 15:00');
});

test('in_transit: an ordinary transfer on the road is no explanation where the ledger variance shows that the ERP does not hold it', () => {
  const line = lineOf({ reach, variances: { count: units(-20), channel: null, ledger: 0 }, inboundTransfers: [sent] });
  expect(told('count', line)).toEqual(['residual -20']);
});

test('a shipment that the ERP alone has did not happen, if just that much is still on the shelf', () => {
  const postings = [posting('erp', 'shipment', 'SO-1', 4, '10-20 10:00')];
  expect(told('count', count(4, { postings }))).toEqual(['missing_posting 4 [SO-1]', 'residual 0']);
  expect(told('count', count(9, { postings }))).toEqual(['missing_posting? 4 [SO-1]', 'residual 9']);
  expect(told('count', count(-4, { postings }))).toEqual(['residual -4']);
});

test('the warehouse against the ERP and the storefront: the count decides to the unit, else both stand as they are', () => {
  const postings = [
    posting('warehouse', 'receipt', 'PO-1', 6, '10-20 10:00'),
    posting('erp', 'receipt', 'PO-1', 5, '10-20 10:00'),
    posting('storefront', 'receipt', 'PO-1', 5, '10-20 10:00'),
  ];
  expect(told('count', count(1, { postings }))).toEqual(['quantity_mismatch 1 [PO-1]', 'residual 0']);
  expect(told('count', count(-8, { postings }))).toEqual(['residual -8']);
});

test('location_mismatch: a place that the warehouse alone names is refuted by a count without variance there', () => {
  const facts = {
    postings: [posting('erp', 'receipt', 'PO-1', 7, '10-14 10:00'), posting('storefront', 'receipt', 'PO-1', 7, '10-14 10:00')],
    elsewhere: [posting('warehouse', 'receipt', 'PO-1', 7, '10-14 10:00', undefined, { stockKeyId: RENO.stockKeyId })],
  };
  expect(told('count', count(-7, { ...facts, countVarianceOf: () => units(7) }))).toEqual(['location_mismatch -7 [PO-1]', 'residual 0']);
  expect(told('count', count(-7, { ...facts, countVarianceOf: () => 0 }))).toEqual(['residual -7']);
});

test('stale_sync: several events in a row that the storefront missed are one lost connection', () => {
  const postings = [
    posting('storefront', 'order', 'SO-1', 1, '10-14 10:00'),
    ...['PO-1', 'PO-2'].flatMap((document, index) => [
      posting('erp', 'receipt', document, 5, `10-${18 + index} 10:00`),
      posting('warehouse', 'receipt', document, 5, `10-${18 + index} 10:00`),
    ]),
  ];
  const line = channel(-10, { postings });
  expect(told('channel', line)).toEqual(['stale_sync -10 [PO-1 PO-2]', 'residual 0']);
  expect(sentence('channel', line)).toBe(
    'The storefront has posted nothing since 2026-10-14 10:00 and took in none of PO-1 and PO-2, posted from 2026-10-18 10:00 on, ' +
      'which leaves -10. Open for 13 days at the cut-off.',
  );
  const later = channel(-10, { postings: [...postings, posting('storefront', 'order', 'SO-2', 1, '10-25 10:00')] });
  expect(told('channel', later)).toEqual(['missing_posting -5 [PO-1]', 'missing_posting -5 [PO-2]', 'residual 0']);
});

test('missing_posting: a shipment of an order that the storefront had cancelled says so', () => {
  const line = channel(2, {
    postings: [
      posting('storefront', 'cancellation', 'SO-1', 2, '10-20 10:00'),
      posting('erp', 'shipment', 'SO-1', 2, '10-20 15:00'),
      posting('warehouse', 'shipment', 'SO-1', 2, '10-20 15:00'),
      ...everySystem('shipment', 'SO-9', 1, '10-25 10:00'),
    ],
  });
  expect(sentence('channel', line)).toContain('It had cancelled order SO-1 2026-10-20 10:00.');
});

const row = (counted: number, sheet: string, line = '1'): CountedRow => ({
  importId: 3, rowNumber: 2, sheet, line, bin: '', countedScaled: units(counted), countedInstant: at('10-31 20:00'),
});
const sheet = (facts: Partial<SheetFacts>): SheetFacts => ({ countedRows: 24, zeroRowsWithStock: 0, sameAs: [], ...facts });

test('double_count: a sheet entered twice counts for all its rows, in however many bins the line lies', () => {
  const line = count(40, {
    counted: [row(25, 'S-1', '1'), row(15, 'S-1', '2'), row(25, 'S-9', '1'), row(15, 'S-9', '2')],
    sheets: new Map([['S-1', sheet({ sameAs: ['S-9'] })], ['S-9', sheet({ sameAs: ['S-1'] })]]),
  });
  expect(told('count', line)).toEqual(['double_count? 40 [S-1 S-9]', 'residual 40']);
  expect(sentence('count', line)).toBe('Sheets S-1 and S-9 hold the same 24 rows, 40 units of them here: one sheet entered twice; once would leave no residual.');
});

test('counted_as_zero: several zeros on a sheet whose books hold stock, or goods that left after the count; one zero alone says nothing', () => {
  const counted = [row(0, 'S-1')];
  expect(told('count', count(-60, { counted }))).toEqual(['residual -60']);
  expect(told('count', count(-60, { counted, sheets: new Map([['S-1', sheet({ zeroRowsWithStock: 4 })]]) }))).toEqual(['counted_as_zero? -60 [S-1]', 'residual -60']);
  const left = count(-60, { counted, postings: everySystem('shipment', 'SO-1', 2, '10-31 22:00') });
  expect(told('count', left)).toEqual(['counted_as_zero? -60 [S-1 SO-1]', 'residual -60']);
  expect(sentence('count', left)).toContain('shipment SO-1 of 2 units left the shelf 2026-10-31 22:00, after the count');
});

test('keying_error: a single digit is a keying error from the hundreds up, where no other row could be the wrong one', () => {
  expect(told('count', count(600, { counted: [row(742, 'S-1')] }))).toEqual(['keying_error? 600 [S-1]', 'residual 600']);
  expect(told('count', count(-20, { counted: [row(122, 'S-1')] }))).toEqual(['residual -20']);
  expect(told('count', count(600, { counted: [row(742, 'S-1'), row(5, 'S-1', '2')] }))).toEqual(['residual 600']);
});
