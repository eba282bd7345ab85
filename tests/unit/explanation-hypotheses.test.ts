import { expect, test } from 'vitest';
import { at, CUP, KIT, lineOf, posting, reaching, RENO, sentence, shipments, told, units } from '../support/engine-line';

const channelReach = {
  erp: reaching('11-05 00:00', 'order', 'shipment', 'receipt', 'return_received', 'return_restocked'),
  storefront: reaching('11-05 00:00', 'order', 'refund'),
  warehouse: reaching('11-05 00:00', 'shipment'),
};

test('channel: an order that the ERP holds committed and the storefront posted after the cut-off is timing', () => {
  const line = lineOf({
    heldBy: { on_hand: 'erp', committed: 'erp', reserved: 'erp', damaged: 'erp', quarantined: 'erp' },
    variances: { count: null, channel: units(1), ledger: null },
    reach: channelReach,
    postings: [
      posting('erp', 'order', 'SO-1', 1, '10-31 23:50', '10-31 23:51'),
      posting('storefront', 'order', 'SO-1', 1, '10-31 23:50', '11-01 00:05'),
    ],
  });
  expect(told('channel', line)).toEqual(['posted_later 1 [SO-1]', 'residual 0']);
});

test('channel: an order counts on neither side where the storefront says both available and committed', () => {
  const line = lineOf({
    variances: { count: null, channel: units(1), ledger: null },
    reach: channelReach,
    postings: [posting('storefront', 'order', 'SO-1', 1, '10-31 23:50', '11-01 00:05')],
  });
  expect(told('channel', line)).toEqual(['residual 1']);
});

test('channel: a shipment the storefront fulfilled and the ERP has not posted leaves the identity too high', () => {
  const line = lineOf({
    variances: { count: null, channel: units(-1), ledger: null },
    reach: { ...channelReach, storefront: reaching('11-05 00:00', 'order', 'shipment') },
    postings: [
      posting('storefront', 'shipment', 'SO-1', 1, '10-31 20:00'),
      posting('erp', 'shipment', 'SO-1', 1, '10-31 20:00', '11-01 06:00'),
    ],
  });
  expect(told('channel', line)).toEqual(['posted_later -1 [SO-1]', 'residual 0']);
});

test('refund_restocked: a refund without inspection explains what the storefront offers too much, if it offers that much', () => {
  const postings = [posting('storefront', 'refund', 'SO-9', 2, '10-30 11:20')];
  const held = lineOf({ variances: { count: null, channel: units(3), ledger: null }, reach: channelReach, postings });
  expect(told('channel', held)).toEqual(['refund_restocked 2 [SO-9]', 'residual 1']);
  const notHeld = lineOf({
    variances: { count: null, channel: units(1), ledger: null },
    reach: channelReach,
    postings,
  });
  expect(told('channel', notHeld)).toEqual(['residual 1']);
});

test('refund_restocked: what was inspected by the cut-off is no longer open', () => {
  const line = lineOf({
    variances: { count: null, channel: units(2), ledger: null },
    reach: channelReach,
    postings: [
      posting('storefront', 'refund', 'SO-9', 2, '10-28 11:20'),
      posting('erp', 'return_restocked', 'RMA-1', 2, '10-29 11:20', '10-29 11:20', { reference: 'SO-9' }),
    ],
  });
  expect(told('channel', line)).toEqual(['residual 2']);
});

test('refund_restocked: a restock that the storefront posted itself is claimed once', () => {
  const line = lineOf({
    variances: { count: null, channel: units(4), ledger: null },
    reach: { ...channelReach, storefront: reaching('11-05 00:00', 'order', 'refund', 'return_restocked') },
    postings: [
      posting('storefront', 'refund', 'SO-9', 2, '10-28 11:20'),
      posting('storefront', 'return_restocked', 'SO-9', 2, '10-28 11:20'),
    ],
  });
  expect(told('channel', line)).toEqual(['refund_restocked 2 [SO-9]', 'residual 2']);
});

test('return_not_restocked: goods that the ERP restocked and the storefront, which posts such things, never did', () => {
  const line = lineOf({
    variances: { count: null, channel: units(-2), ledger: null },
    reach: { ...channelReach, storefront: reaching('11-05 00:00', 'return_restocked') },
    postings: [posting('erp', 'return_restocked', 'RMA-1', 2, '10-20 11:20')],
  });
  expect(told('channel', line)).toEqual(['return_not_restocked -2 [RMA-1]', 'residual 0']);
});

test('return_not_restocked: received goods that nobody holds apart and the storefront does not offer', () => {
  const line = lineOf({
    heldBy: { on_hand: 'erp', committed: 'storefront', reserved: null, damaged: null, quarantined: null },
    variances: { count: null, channel: units(-2), ledger: null },
    reach: channelReach,
    postings: [posting('erp', 'return_received', 'RMA-1', 2, '10-20 11:20')],
  });
  expect(told('channel', line)).toEqual(['return_not_restocked -2 [RMA-1]', 'residual 0']);
});

const transfer = posting('erp', 'transfer_out', 'TO-1', 12, '10-31 15:10', '10-31 15:12', {
  stockKeyId: RENO.stockKeyId,
  reference: 'Portland',
});

test('in_transit: a transfer on its way that the ERP already holds here', () => {
  const line = lineOf({
    variances: { count: units(-12), channel: units(-12), ledger: units(12) },
    reach: { ...channelReach, erp: reaching('11-01 06:00', 'transfer_out') },
    inboundTransfers: [transfer],
  });
  for (const kind of ['count', 'channel'] as const)
    expect(told(kind, line)).toEqual(['in_transit -12 [TO-1]', 'residual 0']);
  expect(told('ledger', line)).toEqual(['in_transit 12 [TO-1]', 'residual 0']);
});

test('in_transit: past its window it is a receipt that nobody posted', () => {
  const line = lineOf({
    variances: { count: units(-12), channel: null, ledger: null },
    reach: { ...channelReach, erp: reaching('11-05 06:00', 'transfer_out', 'transfer_in') },
    inboundTransfers: [transfer],
  });
  expect(told('count', line)).toEqual(['missing_posting -12 [TO-1]', 'residual 0']);
});

test('in_transit: what was received by the cut-off is not on the road', () => {
  const line = lineOf({
    variances: { count: units(-12), channel: null, ledger: null },
    reach: { ...channelReach, erp: reaching('11-05 06:00', 'transfer_out', 'transfer_in') },
    inboundTransfers: [transfer],
    postings: [posting('erp', 'transfer_in', 'TO-1', 12, '10-31 20:00')],
  });
  expect(told('count', line)).toEqual(['residual -12']);
});

test('kit_not_exploded: a bundle left and the ERP moved it whole, and not its parts', () => {
  const line = lineOf({
    variances: { count: units(-4), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    kits: [
      {
        sku: KIT.sku,
        recipes: [{ validFromInstant: 0, partsPerKitScaled: units(2) }],
        postings: [
          posting('warehouse', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 10:05', { stockKeyId: KIT.stockKeyId }),
          posting('erp', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 12:00', { stockKeyId: KIT.stockKeyId }),
        ],
      },
    ],
  });
  expect(told('count', line)).toEqual(['kit_not_exploded -4 [SO-1]', 'residual 0']);
  expect(sentence('count', line)).toBe(
    'Shipment SO-1 of 2 units of bundle GIFT-SET took 4 units of MUG; the ERP moved the bundle, and not its parts. Open for 11 days at the cut-off.',
  );
});

test('kit_not_exploded: each sale takes what the recipe of its own instant says, and nothing once the part is out of it', () => {
  const shipment = (document: string, occurred: string) => posting('warehouse', 'shipment', document, 1, occurred, undefined, { stockKeyId: KIT.stockKeyId });
  const recipes = [
    { validFromInstant: 0, partsPerKitScaled: units(2) },
    { validFromInstant: at('10-15 00:00'), partsPerKitScaled: units(3) },
    { validFromInstant: at('10-25 00:00'), partsPerKitScaled: 0 },
  ];
  const line = lineOf({
    variances: { count: units(-5), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    kits: [{ sku: KIT.sku, recipes, postings: [shipment('SO-1', '10-10 10:00'), shipment('SO-2', '10-20 10:00'), shipment('SO-3', '10-28 10:00')] }],
  });
  expect(told('count', line)).toEqual(['kit_not_exploded -2 [SO-1]', 'kit_not_exploded -3 [SO-2]', 'residual 0']);
});

test('kit_not_exploded: parts that the ERP did move are no finding', () => {
  const line = lineOf({
    variances: { count: units(-4), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [posting('erp', 'component', 'WO-1', 4, '10-20 10:00', '10-20 12:00', { reference: 'SO-1' })],
    kits: [
      {
        sku: KIT.sku,
        recipes: [{ validFromInstant: 0, partsPerKitScaled: units(2) }],
        postings: [posting('warehouse', 'shipment', 'SO-1', 2, '10-20 10:00')],
      },
    ],
  });
  expect(told('count', line)).toEqual(['residual -4']);
});

test('kit_not_exploded: on its own line the bundle that the ERP took out never stood on a shelf', () => {
  const line = lineOf({
    variances: { count: units(2), channel: null, ledger: null },
    reach: shipments('11-05 00:00'),
    postings: [posting('erp', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 12:00')],
    parts: [{ sku: CUP.sku, recipes: [{ validFromInstant: 0, partsPerKitScaled: units(2) }], postings: [] }],
  });
  expect(told('count', line)).toEqual(['kit_not_exploded 2 [SO-1]', 'residual 0']);
});

test('stale_sync: the storefront still says what was available before the last postings', () => {
  const line = lineOf({
    variances: { count: null, channel: units(-10), ledger: null },
    reach: channelReach,
    identityScaled: units(60),
    storefront: { importId: 2, rowNumber: 2, quantityScaled: units(50), asOfInstant: at('10-31 22:00') },
    postings: [
      posting('erp', 'receipt', 'PO-1', 12, '10-30 09:00'),
      posting('erp', 'adjustment', 'AD-1', -2, '10-31 09:00'),
      posting('storefront', 'order', 'SO-1', 1, '10-29 09:00'),
    ],
  });
  expect(told('channel', line)).toEqual(['stale_sync -10 [PO-1 AD-1]', 'residual 0']);
});

test('stale_sync: a storefront that moved since is not stale', () => {
  const line = lineOf({
    variances: { count: null, channel: units(-11), ledger: null },
    reach: channelReach,
    identityScaled: units(61),
    storefront: { importId: 2, rowNumber: 2, quantityScaled: units(50), asOfInstant: at('10-31 22:00') },
    postings: [
      posting('erp', 'receipt', 'PO-1', 12, '10-30 09:00'),
      posting('storefront', 'order', 'SO-1', 1, '10-31 10:00'),
    ],
  });
  expect(told('channel', line)).toEqual(['residual -11']);
});

test('a cut-off of 48 counted, 50 by the ERP and 52 in the storefront is explained to the unit', () => {
  const line = lineOf({
    heldBy: { on_hand: 'erp', committed: 'erp', reserved: 'erp', damaged: 'erp', quarantined: 'erp' },
    variances: { count: units(-2), channel: units(2), ledger: null },
    reach: {
      erp: reaching('11-02 16:00', 'order', 'shipment', 'receipt'),
      storefront: reaching('10-31 22:04', 'order', 'refund'),
      warehouse: reaching('10-31 22:21', 'shipment'),
    },
    postings: [
      posting('storefront', 'refund', 'SO-10377', 2, '10-30 11:20'),
      ...['SO-10481', 'SO-10482'].flatMap((document) => [
        posting('erp', 'order', document, 1, '10-31 21:52', '10-31 21:55'),
        posting('storefront', 'order', document, 1, '10-31 21:52', '10-31 22:03'),
        posting('warehouse', 'shipment', document, 1, '10-31 22:10', '10-31 22:12'),
        posting('erp', 'shipment', document, 1, '10-31 22:10', '11-01 08:05'),
      ]),
    ],
  });
  expect(told('count', line)).toEqual(['posted_later -1 [SO-10481]', 'posted_later -1 [SO-10482]', 'residual 0']);
  expect(told('channel', line)).toEqual(['refund_restocked 2 [SO-10377]', 'residual 0']);
});
