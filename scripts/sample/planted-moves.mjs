/** Planted troubles besides orders: what one system took in wrongly, or not at all. */
import { local } from './clock.mjs';
import { REFUNDED_ORDER } from './planted-orders.mjs';

const PORTLAND = 'Portland';
const RENO = 'Reno';
const SEATTLE = 'Seattle Store';

/**
 * Single events besides orders. `events` are handed to `makeEvent`; a storefront change is what the storefront did to
 * its available figure without posting it.
 */
export const plantedMoves = (numberOf) => {
  const events = [];
  const storefrontChanges = [];
  const erpOnly = (at) => ({ erp: at });
  const receipt = (document, sku, location, quantity, occurred, erp, more = {}) =>
    events.push({
      type: 'receipt',
      document,
      line: '1',
      sku,
      location,
      quantity,
      occurred,
      postings: { warehouse: occurred + 180_000, erp },
      ...more,
    });

  // The storefront puts a refund back on sale at once; nothing has come back.
  const refund = (document, line, sku, location, quantity, occurred, until) => {
    events.push({
      type: 'refund',
      document,
      line,
      sku,
      location,
      quantity,
      occurred,
      reference: document,
      postings: { storefront: occurred + 5000 },
    });
    const change = { sku, location, at: occurred + 5000, quantity, cause: 'refund_restocked', documents: [document] };
    storefrontChanges.push(change);
    if (until) storefrontChanges.push({ ...change, at: until, quantity: -quantity });
  };
  refund(REFUNDED_ORDER.number, '1', 'MUG-BLU-11', PORTLAND, 2, local('2026-10-30', '11:20'));
  refund(numberOf('restocked refund, Reno'), '1', 'SOCK-RST-M', RENO, 3, local('2026-10-19', '13:05'));
  // Found in September and taken off sale again in October.
  refund(
    numberOf('restocked refund, September'),
    '1',
    'SOCK-BLK-M',
    RENO,
    3,
    local('2026-09-21', '10:15'),
    local('2026-10-03', '09:30'),
  );

  // Came back over the counter and was inspected; the storefront refunded without taking it back into stock.
  const returned = {
    document: 'RMA-3398',
    line: '1',
    sku: 'BEANIE-GRN',
    location: SEATTLE,
    quantity: 4,
    reference: numberOf('return not back on sale'),
  };
  const back = local('2026-10-15', '11:10');
  events.push(
    {
      ...returned,
      type: 'return_received',
      occurred: back,
      postings: { warehouse: back + 120_000, erp: back + 1_500_000 },
      noSync: true,
      causes: { channel: 'return_not_restocked' },
    },
    {
      ...returned,
      type: 'refund',
      document: returned.reference,
      occurred: back + 300_000,
      postings: { storefront: back + 305_000 },
    },
    {
      ...returned,
      type: 'return_restocked',
      occurred: local('2026-10-16', '10:30'),
      postings: { warehouse: local('2026-10-16', '10:32'), erp: local('2026-10-16', '10:50'), storefront: null },
    },
  );

  receipt('PO-5471', 'SOAP-CED', PORTLAND, 48, local('2026-10-12', '10:20'), null, {
    causes: { count: 'missing_posting' },
  });
  receipt(
    'PO-5476',
    'PLATE-WHT-10',
    PORTLAND,
    36,
    local('2026-10-15', '09:40'),
    [{ at: local('2026-10-15', '10:31'), quantity: 30 }],
    {
      causes: { count: 'quantity_mismatch' },
    },
  );
  receipt(
    'PO-5479',
    'SPOON-BCH',
    PORTLAND,
    100,
    local('2026-10-16', '11:05'),
    [{ at: local('2026-10-16', '11:52'), quantity: 2 }],
    {
      causes: { count: 'unit_mismatch' },
    },
  );
  receipt(
    'PO-5483',
    'CANDLE-FIG-12',
    PORTLAND,
    24,
    local('2026-10-19', '09:15'),
    [{ at: local('2026-10-19', '09:58'), location: RENO }],
    {
      causes: { count: 'location_mismatch' },
    },
  );
  receipt(
    'PO-5487',
    'CUSH-GRN-20',
    PORTLAND,
    8,
    local('2026-10-21', '10:02'),
    [{ at: local('2026-10-21', '10:44'), sku: 'CUSH-GRN-16' }],
    {
      causes: { count: 'item_mismatch' },
    },
  );
  // The connection to the storefront failed for these two after the posting.
  receipt('PO-5494', 'DIFF-SAGE', RENO, 24, local('2026-10-26', '10:10'), local('2026-10-26', '10:55'), {
    noSync: true,
    causes: { channel: 'stale_sync' },
  });
  const moved = { document: 'TO-2199', line: '1', sku: 'FRAME-OAK-57', quantity: 10 };
  events.push(
    {
      ...moved,
      type: 'transfer_out',
      location: PORTLAND,
      occurred: local('2026-10-26', '13:10'),
      reference: SEATTLE,
      postings: { warehouse: local('2026-10-26', '13:12'), erp: local('2026-10-26', '13:40') },
    },
    {
      ...moved,
      type: 'transfer_in',
      location: SEATTLE,
      occurred: local('2026-10-27', '09:50'),
      reference: PORTLAND,
      noSync: true,
      postings: { warehouse: local('2026-10-27', '09:53'), erp: local('2026-10-27', '10:35') },
      causes: { channel: 'stale_sync' },
    },
  );
  // The ERP counts it as on hand in Reno from the moment the truck leaves; the goods arrive after the cut-off.
  const onTheRoad = { document: 'TO-2207', line: '1', sku: 'CANDLE-RAIN-12', quantity: 12 };
  const left = local('2026-10-31', '15:10');
  const arrived = local('2026-11-02', '09:30');
  const heldEarly = { ...onTheRoad, type: 'adjustment', location: RENO, happened: false, fromTransit: true };
  events.push(
    {
      ...onTheRoad,
      type: 'transfer_out',
      location: PORTLAND,
      occurred: left,
      reference: RENO,
      postings: { warehouse: left + 120_000, erp: left + 180_000 },
    },
    {
      ...onTheRoad,
      type: 'transfer_in',
      location: RENO,
      occurred: arrived,
      reference: PORTLAND,
      postings: { warehouse: arrived + 240_000, erp: arrived + 2_700_000 },
    },
    {
      ...heldEarly,
      occurred: left,
      postings: { erp: [{ at: left + 180_000, hidden: true }] },
      causes: { count: 'in_transit', ledger: 'in_transit' },
    },
    { ...heldEarly, quantity: -12, occurred: arrived, postings: { erp: [{ at: arrived + 2_700_000, hidden: true }] } },
  );
  // Six broken, entered as six found.
  events.push({
    type: 'adjustment',
    document: 'ADJ-702',
    sku: 'CAP-SND',
    location: PORTLAND,
    quantity: 6,
    floorQuantity: -6,
    occurred: local('2026-10-14', '15:20'),
    reason: 'moth damage',
    postings: erpOnly(local('2026-10-14', '15:41')),
    causes: { count: 'sign_flip' },
  });
  // Changed in the ERP by hand, without a posting in its export.
  events.push({
    type: 'adjustment',
    document: '',
    sku: 'PLAN-GRN-D',
    location: PORTLAND,
    quantity: -7,
    happened: false,
    occurred: local('2026-10-19', '16:30'),
    postings: { erp: [{ at: local('2026-10-19', '16:30'), hidden: true }] },
    causes: { count: 'residual', ledger: 'residual' },
  });
  // September's count differences, booked by the ERP when the journal came back.
  for (const [index, [sku, location, quantity]] of [
    ['TUM-GRN-12', PORTLAND, -5],
    ['PEN-RED', PORTLAND, 15],
    ['CREW-OAT-S', PORTLAND, -3],
    ['CREW-OAT-M', PORTLAND, 3],
    ['PLATE-NVY-8', SEATTLE, -7],
    ['VASE-NVY-S', SEATTLE, -8],
  ].entries()) {
    const occurred = local('2026-10-06', '09:15');
    events.push({
      type: 'count_post',
      document: 'CNT-2026-09',
      line: String(index + 1),
      sku,
      location,
      quantity,
      happened: false,
      occurred,
      reason: 'count of 30 September',
      postings: erpOnly(occurred + 60_000 + index * 1000),
    });
  }
  return { events, storefrontChanges };
};
