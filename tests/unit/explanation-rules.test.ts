import { expect, test } from 'vitest';
import { explainLine } from '@shared/domain/explanation/explain';
import { at, CUP, lineOf, posting, reaching, RENO, sentence, shipments, told, units } from '../support/engine-line';

test('posted_later: a shipment that left before the cut-off and that the ERP posted inside the window is timing', () => {
  const line = lineOf({
    variances: { count: units(-2), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('warehouse', 'shipment', 'SO-1', 2, '10-31 22:10', '10-31 22:12'),
      posting('erp', 'shipment', 'SO-1', 2, '10-31 22:10', '11-01 08:00'),
    ],
  });
  expect(told('count', line)).toEqual(['posted_later -2 [SO-1]', 'residual 0']);
  expect(sentence('count', line)).toBe(
    'Shipment SO-1 of 2 units: happened 2026-10-31 22:10, posted by the ERP 2026-11-01 08:00, inside the window that ends 2026-11-02 22:12. Open for 1 hour at the cut-off.',
  );
});

test('posted_later: what the ERP has not posted while its data does not reach the end of the window is still timing', () => {
  const line = lineOf({
    variances: { count: units(-2), channel: null, ledger: null },
    reach: shipments('11-01 12:00'),
    postings: [posting('warehouse', 'shipment', 'SO-1', 2, '10-31 22:10', '10-31 22:12')],
  });
  expect(told('count', line)).toEqual(['posted_later -2 [SO-1]', 'residual 0']);
  expect(sentence('count', line)).toBe(
    'Shipment SO-1 of 2 units: happened 2026-10-31 22:10; the ERP has not posted it yet, and the window runs until 2026-11-02 22:12. Open for 1 hour at the cut-off.',
  );
});

test('posted_later: a receipt that only the ERP knows counts from when it happened', () => {
  const line = lineOf({
    variances: { count: units(24), channel: null, ledger: null },
    reach: { ...shipments('11-05 00:00') },
    postings: [posting('erp', 'receipt', 'PO-1', 24, '10-31 16:40', '11-02 08:15')],
  });
  expect(told('count', line)).toEqual(['posted_later 24 [PO-1]', 'residual 0']);
});

test('posted_later: what the ERP posted ahead of the goods is timing the other way', () => {
  const line = lineOf({
    variances: { count: units(-24), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [posting('erp', 'receipt', 'PO-1', 24, '11-01 10:00', '10-31 16:00')],
  });
  expect(told('count', line)).toEqual(['posted_later -24 [PO-1]', 'residual 0']);
});

test('posted_later: of a delivery in parts only the part that came late is timing', () => {
  const line = lineOf({
    variances: { count: units(3), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('warehouse', 'receipt', 'PO-1', 2, '10-03 10:00'),
      posting('warehouse', 'receipt', 'PO-1', 3, '10-31 10:00'),
      posting('erp', 'receipt', 'PO-1', 2, '10-03 10:00', '10-03 12:00'),
      posting('erp', 'receipt', 'PO-1', 3, '10-31 10:00', '11-01 09:00'),
    ],
  });
  expect(told('count', line)).toEqual(['posted_later 3 [PO-1]', 'residual 0']);
});

test('missing_posting: what the ERP never posted though its data reaches past the window is an exception', () => {
  const line = lineOf({
    variances: { count: units(-2), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [posting('warehouse', 'shipment', 'SO-1', 2, '10-31 22:10', '10-31 22:12')],
  });
  expect(told('count', line)).toEqual(['missing_posting -2 [SO-1]', 'residual 0']);
});

test('missing_posting: what was posted after the window names both postings', () => {
  const line = lineOf({
    variances: { count: units(-2), channel: null, ledger: null },
    reach: shipments('11-08 00:00'),
    postings: [
      posting('warehouse', 'shipment', 'SO-1', 2, '10-28 22:10', '10-28 22:12'),
      posting('erp', 'shipment', 'SO-1', 2, '10-28 22:10', '11-03 08:00'),
    ],
  });
  expect(told('count', line)).toEqual(['missing_posting -2 [SO-1]', 'residual 0']);
  expect(explainLine(line)[0]!.components[0]!.evidence).toHaveLength(2);
});

test('silence of a system that never posts such things says nothing', () => {
  const line = lineOf({
    variances: { count: units(-2), channel: null, ledger: null },
    reach: {
      erp: reaching('11-05 00:00', 'receipt'),
      warehouse: reaching('11-05 00:00', 'shipment'),
      storefront: reaching('11-05 00:00', 'order'),
    },
    postings: [posting('warehouse', 'shipment', 'SO-1', 2, '10-31 22:10', '10-31 22:12')],
  });
  expect(told('count', line)).toEqual(['residual -2']);
});

test('what both sides took in by the cut-off explains nothing', () => {
  const line = lineOf({
    variances: { count: units(-2), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('warehouse', 'shipment', 'SO-1', 2, '10-30 22:10', '10-30 22:12'),
      posting('erp', 'shipment', 'SO-1', 2, '10-30 22:10', '10-31 08:00'),
    ],
  });
  expect(told('count', line)).toEqual(['residual -2']);
});

test('what was settled with a locked period is not told again', () => {
  const facts = {
    variances: { count: units(-2), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [posting('warehouse', 'shipment', 'SO-1', 2, '09-20 22:10', '09-20 22:12')],
  };
  expect(told('count', lineOf(facts))).toEqual(['missing_posting -2 [SO-1]', 'residual 0']);
  expect(told('count', lineOf({ ...facts, settledBeforeInstant: at('09-29 00:00') }))).toEqual(['residual -2']);
});

test('duplicate_posting: a receipt the ERP posted twice is claimed once', () => {
  const line = lineOf({
    variances: { count: units(-24), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-20 12:00', { line: '1' }),
      posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-21 12:00', { line: '1' }),
    ],
  });
  expect(told('count', line)).toEqual(['duplicate_posting -24 [PO-1]', 'residual 0']);
});

test('duplicate_posting: a possible repeat becomes firm only where the rest of the variance holds it', () => {
  const postings = [
    posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-20 12:00'),
    posting('erp', 'receipt', 'PO-1', 24, '10-22 10:00', '10-22 12:00'),
  ];
  const reach = shipments('11-05 00:00');
  expect(
    told('count', lineOf({ variances: { count: units(-24), channel: null, ledger: null }, reach, postings })),
  ).toEqual(['duplicate_posting -24 [PO-1]', 'residual 0']);
  expect(
    told('count', lineOf({ variances: { count: units(-3), channel: null, ledger: null }, reach, postings })),
  ).toEqual(['residual -3']);
});

test('duplicate_posting: a repeat that the ERP listed and did not take in belongs to the ledger alone', () => {
  const line = lineOf({
    variances: { count: units(-3), channel: null, ledger: units(-24) },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-20 12:00', { line: '1' }),
      posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-21 12:00', { line: '1' }),
    ],
  });
  expect(told('ledger', line)).toEqual(['duplicate_posting -24 [PO-1]', 'residual 0']);
  expect(told('count', line)).toEqual(['residual -3']);
});

test('quantity_mismatch: the ERP shipped five where the warehouse shipped six', () => {
  const line = lineOf({
    variances: { count: units(-1), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('warehouse', 'shipment', 'SO-1', 6, '10-20 10:00'),
      posting('erp', 'shipment', 'SO-1', 5, '10-20 10:00', '10-20 12:00'),
    ],
  });
  expect(told('count', line)).toEqual(['quantity_mismatch -1 [SO-1]', 'residual 0']);
  expect(sentence('count', line)).toBe('Shipment SO-1: the warehouse has 6 units posted 2026-10-20 10:00, the ERP 5 units posted 2026-10-20 12:00. Open for 11 days at the cut-off.');
});

test('unit_mismatch: the ERP received two where the warehouse received two packs of twelve', () => {
  const line = lineOf({
    packSizeScaled: units(12),
    variances: { count: units(22), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('warehouse', 'receipt', 'PO-1', 24, '10-20 10:00'),
      posting('erp', 'receipt', 'PO-1', 2, '10-20 10:00', '10-20 12:00'),
    ],
  });
  expect(told('count', line)).toEqual(['unit_mismatch 22 [PO-1]', 'residual 0']);
});

test('a late posting with another quantity is timing and mismatch, each its own part', () => {
  const line = lineOf({
    variances: { count: units(-6), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [
      posting('warehouse', 'shipment', 'SO-1', 6, '10-31 10:00'),
      posting('erp', 'shipment', 'SO-1', 5, '10-31 10:00', '11-01 12:00'),
    ],
  });
  expect(told('count', line)).toEqual(['quantity_mismatch -1 [SO-1]', 'posted_later -5 [SO-1]', 'residual 0']);
});

test('location_mismatch: what the ERP shipped from Portland left from Reno, on both lines', () => {
  const own = posting('erp', 'shipment', 'SO-1', 5, '10-20 10:00', '10-20 12:00', { line: '1' });
  const there = posting('warehouse', 'shipment', 'SO-1', 5, '10-20 10:00', '10-20 10:05', {
    line: '1',
    stockKeyId: RENO.stockKeyId,
  });
  const here = lineOf({
    variances: { count: units(5), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [own],
    elsewhere: [there],
  });
  expect(told('count', here)).toEqual(['location_mismatch 5 [SO-1]', 'residual 0']);
  expect(sentence('count', here)).toBe(
    'Shipment SO-1 line 1 of 5 units: the ERP has it at Portland, posted 2026-10-20 12:00, the warehouse at Reno, posted 2026-10-20 10:05. Open for 11 days at the cut-off.',
  );

  const portland = { stockKeyId: 1, itemId: 1, sku: 'MUG', locationId: 1, location: 'Portland' };
  const twin = lineOf({
    ...RENO,
    names: new Map([[1, portland]]),
    variances: { count: units(-5), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [there],
    elsewhere: [own],
  });
  expect(told('count', twin)).toEqual(['location_mismatch -5 [SO-1]', 'residual 0']);
  expect(explainLine(twin)[0]!.components[0]!.twinStockKeyId).toBe(1);
});

test('item_mismatch: what the ERP shipped as a mug left as a cup', () => {
  const line = lineOf({
    variances: { count: units(5), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [posting('erp', 'shipment', 'SO-1', 5, '10-20 10:00', '10-20 12:00', { line: '1' })],
    elsewhere: [
      posting('warehouse', 'shipment', 'SO-1', 5, '10-20 10:00', '10-20 10:05', {
        line: '1',
        stockKeyId: CUP.stockKeyId,
      }),
    ],
  });
  expect(told('count', line)).toEqual(['item_mismatch 5 [SO-1]', 'residual 0']);
});

test('another line of the same document is no mismatch where both systems have it', () => {
  const line = lineOf({
    variances: { count: units(-5), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [posting('warehouse', 'shipment', 'SO-1', 5, '10-20 10:00')],
    elsewhere: [
      posting('erp', 'shipment', 'SO-1', 5, '10-20 10:00', '10-20 12:00', { stockKeyId: CUP.stockKeyId }),
      posting('warehouse', 'shipment', 'SO-1', 5, '10-20 10:00', '10-20 10:05', { stockKeyId: CUP.stockKeyId }),
    ],
  });
  expect(told('count', line)).toEqual(['missing_posting -5 [SO-1]', 'residual 0']);
});
