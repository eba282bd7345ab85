/**
 * The troubles that are planted, one per line, and what a good accountant says of each.
 *
 * A plant names the line, how large the books are at the cut-off (`book`, the ERP's on hand), what went wrong, and the
 * tag. What the reconciliation should find is not written here: it is worked out from the simulation
 * (`answer-key.mjs`), only the pattern's name is given where no event tells it.
 */
import { local } from './clock.mjs';

const PORTLAND = 'Portland';
const RENO = 'Reno';
const SEATTLE = 'Seattle Store';

const tag = (reason, owner, due, note) => ({ reason, owner, due, note });

/** Orders that are part of a plant, or of the ordinary sale of bundles. `at` is when the customer ordered. */
export const PLANTED_ORDERS = [
  {
    label: 'heart', at: local('2026-10-31', '21:52:10'), location: PORTLAND, lines: [{ sku: 'MUG-BLU-11', quantity: 1 }],
    erpOrderAt: local('2026-10-31', '21:55'), storefrontOrderAt: local('2026-10-31', '22:03:41'), shipAt: local('2026-10-31', '22:10:30'),
    postings: {
      warehouse: local('2026-10-31', '22:11:05'), erp: local('2026-11-01', '08:10'), storefront: local('2026-11-01', '08:12'),
    },
  },
  {
    label: 'heart, second', at: local('2026-10-31', '21:58:30'), location: PORTLAND, lines: [{ sku: 'MUG-BLU-11', quantity: 1 }],
    erpOrderAt: local('2026-10-31', '22:01'), storefrontOrderAt: local('2026-10-31', '22:04:02'), shipAt: local('2026-10-31', '22:19:20'),
    postings: {
      warehouse: local('2026-10-31', '22:20:15'), erp: local('2026-11-01', '08:10:30'), storefront: local('2026-11-01', '08:12:30'),
    },
  },
  {
    label: 'not in ERP', at: local('2026-10-12', '19:14:20'), location: PORTLAND, lines: [{ sku: 'BOWL-NVY-M', quantity: 4 }],
    shipAt: local('2026-10-13', '09:05'), postings: { erp: null, storefront: local('2026-10-13', '09:41') }, causes: { count: 'missing_posting', channel: 'missing_posting' },
  },
  {
    label: 'not in storefront', at: local('2026-10-14', '10:31:05'), location: RENO, lines: [{ sku: 'TUM-OAT-20', quantity: 3 }],
    shipAt: local('2026-10-14', '15:12'), postings: { storefront: null }, causes: { channel: 'missing_posting' },
  },
  {
    label: 'not in storefront, small', at: local('2026-10-20', '08:47:11'), location: RENO, lines: [{ sku: 'PLAN-BLU-W', quantity: 1 }],
    shipAt: local('2026-10-20', '14:52'), postings: { storefront: null }, causes: { channel: 'missing_posting' },
  },
  {
    label: 'twice in ERP', at: local('2026-10-16', '08:05:44'), location: PORTLAND, lines: [{ sku: 'TEE-NVY-L', quantity: 3 }],
    shipAt: local('2026-10-16', '14:48'),
    postings: { erp: [{ at: local('2026-10-16', '15:30') }, { at: local('2026-10-17', '07:58') }], storefront: local('2026-10-16', '15:33') },
    causes: { count: 'duplicate_posting', channel: 'duplicate_posting' },
  },
  {
    label: 'bundle not taken apart', at: local('2026-10-22', '20:10:09'), location: PORTLAND, lines: [{ sku: 'GIFT-SET-2', quantity: 3 }],
    shipAt: local('2026-10-23', '08:40'), postings: { erpParts: null },
  },
  {
    label: 'restocked refund, Reno', at: local('2026-10-08', '16:22:51'), location: RENO, lines: [{ sku: 'SOCK-RST-M', quantity: 3 }],
    shipAt: local('2026-10-09', '08:31'),
  },
  {
    label: 'return not back on sale', at: local('2026-10-05', '11:48:37'), location: SEATTLE, lines: [{ sku: 'BEANIE-GRN', quantity: 4 }],
    shipAt: local('2026-10-05', '15:02'),
  },
  {
    label: 'restocked refund, September', at: local('2026-09-10', '17:40:12'), location: RENO, lines: [{ sku: 'SOCK-BLK-M', quantity: 3 }],
    shipAt: local('2026-09-11', '08:22'),
  },
  ...[
    ['2026-09-04', 'GIFT-SET-1', 1], ['2026-09-12', 'GIFT-SET-3', 2], ['2026-09-18', 'GIFT-SET-4', 1], ['2026-09-22', 'GIFT-SET-2', 1],
    ['2026-10-03', 'GIFT-SET-4', 2], ['2026-10-09', 'GIFT-SET-1', 1], ['2026-10-17', 'GIFT-SET-3', 1], ['2026-10-24', 'GIFT-SET-1', 2],
  ].map(([date, sku, quantity]) => ({
    label: `bundle ${date}`, at: local(date, '09:20'), location: PORTLAND, lines: [{ sku, quantity }], shipAt: local(date, '14:40'),
  })),
];

/** The order that the heart's refund belongs to: whichever carries this number gets these lines. */
export const REFUNDED_ORDER = { number: 'SO-10377', location: PORTLAND, lines: [{ sku: 'MUG-BLU-11', quantity: 2 }] };

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
      type: 'receipt', document, line: '1', sku, location, quantity, occurred, postings: { warehouse: occurred + 180_000, erp }, ...more,
    });

  // The storefront puts a refund back on sale at once; nothing has come back.
  const refund = (document, line, sku, location, quantity, occurred, until) => {
    events.push({
      type: 'refund', document, line, sku, location, quantity, occurred, reference: document, postings: { storefront: occurred + 5000 },
    });
    const change = { sku, location, at: occurred + 5000, quantity, cause: 'refund_restocked', documents: [document] };
    storefrontChanges.push(change);
    if (until) storefrontChanges.push({ ...change, at: until, quantity: -quantity });
  };
  refund(REFUNDED_ORDER.number, '1', 'MUG-BLU-11', PORTLAND, 2, local('2026-10-30', '11:20'));
  refund(numberOf('restocked refund, Reno'), '1', 'SOCK-RST-M', RENO, 3, local('2026-10-19', '13:05'));
  // Found in September and taken off sale again in October.
  refund(numberOf('restocked refund, September'), '1', 'SOCK-BLK-M', RENO, 3, local('2026-09-21', '10:15'), local('2026-10-03', '09:30'));

  // Came back over the counter and was inspected; the storefront refunded without taking it back into stock.
  const returned = { document: 'RMA-3398', line: '1', sku: 'BEANIE-GRN', location: SEATTLE, quantity: 4, reference: numberOf('return not back on sale') };
  const back = local('2026-10-15', '11:10');
  events.push(
    { ...returned, type: 'return_received', occurred: back, postings: { warehouse: back + 120_000, erp: back + 1_500_000 }, noSync: true, causes: { channel: 'return_not_restocked' } },
    { ...returned, type: 'refund', document: returned.reference, occurred: back + 300_000, postings: { storefront: back + 305_000 } },
    {
      ...returned, type: 'return_restocked', occurred: local('2026-10-16', '10:30'),
      postings: { warehouse: local('2026-10-16', '10:32'), erp: local('2026-10-16', '10:50'), storefront: null },
    },
  );

  receipt('PO-5471', 'SOAP-CED', PORTLAND, 48, local('2026-10-12', '10:20'), null, { causes: { count: 'missing_posting' } });
  receipt('PO-5476', 'PLATE-WHT-10', PORTLAND, 36, local('2026-10-15', '09:40'), [{ at: local('2026-10-15', '10:31'), quantity: 30 }], {
    causes: { count: 'quantity_mismatch' },
  });
  receipt('PO-5479', 'SPOON-BCH', PORTLAND, 100, local('2026-10-16', '11:05'), [{ at: local('2026-10-16', '11:52'), quantity: 2 }], {
    causes: { count: 'unit_mismatch' },
  });
  receipt('PO-5483', 'CANDLE-FIG-12', PORTLAND, 24, local('2026-10-19', '09:15'), [{ at: local('2026-10-19', '09:58'), location: RENO }], {
    causes: { count: 'location_mismatch' },
  });
  receipt('PO-5487', 'CUSH-GRN-20', PORTLAND, 8, local('2026-10-21', '10:02'), [{ at: local('2026-10-21', '10:44'), sku: 'CUSH-GRN-16' }], {
    causes: { count: 'item_mismatch' },
  });
  // The connection to the storefront failed for these two after the posting.
  receipt('PO-5494', 'DIFF-SAGE', RENO, 24, local('2026-10-26', '10:10'), local('2026-10-26', '10:55'), {
    noSync: true, causes: { channel: 'stale_sync' },
  });
  const moved = { document: 'TO-2199', line: '1', sku: 'FRAME-OAK-57', quantity: 10 };
  events.push(
    {
      ...moved, type: 'transfer_out', location: PORTLAND, occurred: local('2026-10-26', '13:10'), reference: SEATTLE,
      postings: { warehouse: local('2026-10-26', '13:12'), erp: local('2026-10-26', '13:40') },
    },
    {
      ...moved, type: 'transfer_in', location: SEATTLE, occurred: local('2026-10-27', '09:50'), reference: PORTLAND, noSync: true,
      postings: { warehouse: local('2026-10-27', '09:53'), erp: local('2026-10-27', '10:35') }, causes: { channel: 'stale_sync' },
    },
  );
  // The ERP counts it as on hand in Reno from the moment the truck leaves; the goods arrive after the cut-off.
  const onTheRoad = { document: 'TO-2207', line: '1', sku: 'CANDLE-RAIN-12', quantity: 12 };
  const left = local('2026-10-31', '15:10');
  const arrived = local('2026-11-02', '09:30');
  const heldEarly = { ...onTheRoad, type: 'adjustment', location: RENO, happened: false, fromTransit: true };
  events.push(
    { ...onTheRoad, type: 'transfer_out', location: PORTLAND, occurred: left, reference: RENO, postings: { warehouse: left + 120_000, erp: left + 180_000 } },
    { ...onTheRoad, type: 'transfer_in', location: RENO, occurred: arrived, reference: PORTLAND, postings: { warehouse: arrived + 240_000, erp: arrived + 2_700_000 } },
    { ...heldEarly, occurred: left, postings: { erp: [{ at: left + 180_000, hidden: true }] }, causes: { count: 'in_transit', ledger: 'in_transit' } },
    { ...heldEarly, quantity: -12, occurred: arrived, postings: { erp: [{ at: arrived + 2_700_000, hidden: true }] } },
  );
  // Six broken, entered as six found.
  events.push({
    type: 'adjustment', document: 'ADJ-702', sku: 'CAP-SND', location: PORTLAND, quantity: 6, floorQuantity: -6, occurred: local('2026-10-14', '15:20'),
    reason: 'moth damage', postings: erpOnly(local('2026-10-14', '15:41')), causes: { count: 'sign_flip' },
  });
  // Changed in the ERP by hand, without a posting in its export.
  events.push({
    type: 'adjustment', document: '', sku: 'PLAN-GRN-D', location: PORTLAND, quantity: -7, happened: false, occurred: local('2026-10-19', '16:30'),
    postings: { erp: [{ at: local('2026-10-19', '16:30'), hidden: true }] }, causes: { count: 'residual', ledger: 'residual' },
  });
  // September's count differences, booked by the ERP when the journal came back.
  for (const [index, [sku, location, quantity]] of [
    ['TUM-GRN-12', PORTLAND, -5], ['PEN-RED', PORTLAND, 15], ['CREW-OAT-S', PORTLAND, -3], ['CREW-OAT-M', PORTLAND, 3],
    ['PLATE-NVY-8', SEATTLE, -7], ['VASE-NVY-S', SEATTLE, -8],
  ].entries()) {
    const occurred = local('2026-10-06', '09:15');
    events.push({
      type: 'count_post', document: 'CNT-2026-09', line: String(index + 1), sku, location, quantity, happened: false, occurred, reason: 'count of 30 September',
      postings: erpOnly(occurred + 60_000 + index * 1000),
    });
  }
  return { events, storefrontChanges };
};

const DUE = { '2026-09': '2026-10-06', '2026-10': '2026-11-05' };
const LATER = { '2026-09': '2026-10-16', '2026-10': '2026-11-12' };

/** Lines whose trouble is an event or a storefront change above: the books they stand at and the tags. */
const EVENT_LINES = [
  ['2026-10', 'MUG-BLU-11', PORTLAND, 50, 'ALN-REFUND', 'operations', 'Refund SO-10377 went back on sale, the two mugs have not come back. The two on the shelf are SO-10481 and SO-10482, posted 1 November.'],
  ['2026-10', 'BOWL-NVY-M', PORTLAND, 61, 'ALN-SHIPPED', 'operations', 'Shipped 13 October, the fulfilment never reached NetSuite. Order sent again on 3 November.'],
  ['2026-10', 'SOAP-CED', PORTLAND, 84, 'ALN-RECEIVED', 'operations', 'PO-5471 unloaded 12 October, receipt not entered. Packing slip on file.'],
  ['2026-10', 'TUM-OAT-20', RENO, 66, 'ALN-MISSING', 'operations', 'Shipped and posted in NetSuite; the storefront still shows the order as open.'],
  ['2026-10', 'PLAN-BLU-W', RENO, 90, null],
  ['2026-10', 'TEE-NVY-L', PORTLAND, 74, 'ALN-DUPLICATE', 'operations', 'Posted again on 17 October when the queue was restarted. Second posting to be voided.'],
  ['2026-10', 'PLATE-WHT-10', PORTLAND, 58, 'ALN-QUANTITY', 'operations', 'Three cases received, NetSuite has 30 single plates. Supplier invoice says 36.'],
  ['2026-10', 'SPOON-BCH', PORTLAND, 52, 'ALN-UNIT', 'operations', 'Two cartons of 50 were entered as 2 each.'],
  ['2026-10', 'CANDLE-FIG-12', PORTLAND, 43, 'ALN-LOCATION', 'operations', 'PO-5483 was unloaded here and received in Reno by NetSuite.'],
  ['2026-10', 'CANDLE-FIG-12', RENO, 88, 'ALN-LOCATION', 'operations', 'The other side of PO-5483, see Portland.'],
  ['2026-10', 'CUSH-GRN-20', PORTLAND, 19, 'ALN-ITEM', 'operations', 'PO-5487 is the 20 inch cushion; NetSuite received the 16 inch.'],
  ['2026-10', 'CUSH-GRN-16', PORTLAND, 41, 'ALN-ITEM', 'operations', 'The other side of PO-5487, see CUSH-GRN-20.'],
  ['2026-10', 'BEANIE-GRN', SEATTLE, 25, 'ALN-RETURN', 'operations', 'Four came back over the counter and are on the shelf, the storefront does not offer them.'],
  ['2026-10', 'SOCK-RST-M', RENO, 47, 'ALN-REFUND', 'operations', 'Refunded as lost parcel and put back on sale. Carrier claim opened.'],
  ['2026-10', '00417-A', PORTLAND, 72, 'ALN-KIT', 'operations', 'Three GIFT-SET-2 shipped, the build was not booked. Recipe added to NetSuite.'],
  ['2026-10', 'PEN-BLK', PORTLAND, 148, 'ALN-KIT', 'operations', 'Pens of the three GIFT-SET-2, see 00417-A.'],
  ['2026-10', 'DIFF-SAGE', RENO, 39, 'ALN-SYNC', 'operations', 'The storefront did not take the receipt of 26 October. Inventory pushed again.'],
  ['2026-10', 'FRAME-OAK-57', SEATTLE, 22, 'ALN-SYNC', 'operations', 'The storefront did not take TO-2199. Inventory pushed again.'],
  ['2026-10', 'CANDLE-RAIN-12', RENO, 63, null],
  ['2026-10', 'CAP-SND', PORTLAND, 45, 'PHY-SIGN', 'finance', 'ADJ-702 says six damaged and was entered as plus six.'],
  ['2026-10', 'PLAN-GRN-D', PORTLAND, 31, 'UNX-INVESTIGATE', 'finance', 'On hand in NetSuite fell by 7 on 19 October without a document. System log requested.'],
  ['2026-09', 'SOCK-BLK-M', RENO, 52, 'ALN-REFUND', 'operations', 'Refund of a parcel that never came back was put on sale. Taken off on 3 October.'],
];

/**
 * Lines that only the count tells of. `shelf`: so many are really there more or less. `count`: the shelf is right and
 * the count is not, in the way named. `pattern` is what the engine may suggest, `confirmed` what a person finds out.
 */
const COUNT_LINES = [
  ['2026-10', 'TEE-HTH-M', PORTLAND, 83, { shelf: -5, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse', 'Five L stood in the M bin. Moved back; picks of the week checked.'],
  ['2026-10', 'TEE-HTH-L', PORTLAND, 64, { shelf: 5, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse', 'See TEE-HTH-M.'],
  ['2026-10', 'THROW-OAT', PORTLAND, 33, { shelf: -6, pattern: 'unrecorded_transfer' }, 'PHY-TRANSFER', 'warehouse', 'Six were taken to the store for the window display on 15 October.'],
  ['2026-10', 'THROW-OAT', SEATTLE, 14, { shelf: 6, pattern: 'unrecorded_transfer' }, 'PHY-TRANSFER', 'warehouse', 'See Portland.'],
  ['2026-10', 'NOTE-LIN-A5', PORTLAND, 63, { count: 'keying', counted: 36, pattern: 'keying_error' }, 'PHY-COUNT', 'warehouse', 'Sheet says 63, keyed as 36. Recount ordered.'],
  ['2026-10', 'KETTLE-1', SEATTLE, 21, { count: 'keying', counted: 12, pattern: 'keying_error' }, 'PHY-COUNT', 'warehouse', 'Sheet says 21, keyed as 12. Recount ordered.'],
  ['2026-10', 'BASKET-RND-M', SEATTLE, 18, { count: 'twice', pattern: 'double_count' }, 'PHY-COUNT', 'warehouse', 'The same shelf stands on two sheets.'],
  ['2026-10', 'WRAP-OAK', PORTLAND, 75, { count: 'packs', pattern: 'unit_count_error' }, 'PHY-COUNT', 'warehouse', 'Three cartons of 25, counted as 3.'],
  ['2026-10', 'BLANKET-PIC', PORTLAND, 37, { repeats: -4, pattern: 'recurring' }, 'PHY-REPEAT', 'operations', 'Four missing again, as in September. Shop orders from this bin are picked without a scan.'],
  ['2026-10', 'HOOD-BLK-M', PORTLAND, 48, { shelf: -3, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse', 'Recounted, three missing, no open orders or returns.'],
  ['2026-10', 'CARD-TIDE', PORTLAND, 97, { shelf: -11, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse', 'Recounted twice. Open bin by the dock door.'],
  ['2026-10', 'TUM-BLK-12', PORTLAND, 69, { shelf: -8, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse', 'Recounted, eight missing.'],
  ['2026-10', 'SOCK-HTH-L', SEATTLE, 44, { shelf: -7, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse', 'Shop floor. Nothing found in the stock room.'],
  ['2026-10', 'CANDLE-AMB-8', SEATTLE, 29, { shelf: -3, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse', 'Testers not written off.'],
  ['2026-10', 'MITT-RST', PORTLAND, 51, { shelf: 10, confirmed: 'found_stock' }, 'PHY-FOUND', 'warehouse', 'Half a carton behind rack C. Supplier sent more than the slip says.'],
  ['2026-10', 'STICK-MOON', SEATTLE, 62, { shelf: 13, confirmed: 'found_stock' }, 'PHY-FOUND', 'warehouse', 'Display pack of an earlier season.'],
  ['2026-10', 'VASE-WHT-T', PORTLAND, 46, { shelf: -14, confirmed: 'damage_unrecorded' }, 'PHY-DAMAGE', 'warehouse', 'A shelf gave way on 20 October; fourteen swept up, photographs on file.'],
  ['2026-10', 'PLATE-RST-8', SEATTLE, 36, { shelf: -10, confirmed: 'damage_unrecorded' }, 'PHY-DAMAGE', 'warehouse', 'Carton dropped at the delivery door, thrown away.'],
  ['2026-10', 'NOTE-BLANK-B5', PORTLAND, 107, { shelf: -16 }, 'UNX-INVESTIGATE', 'finance', 'No document fits. Recount and supplier statement requested.'],
  ['2026-10', 'PEN-GRN', PORTLAND, 133, { shelf: 17 }, 'UNX-WRITEOFF', 'finance', 'Small value, no document fits. Accepted by the controller.'],
  ['2026-10', 'MUG-BLK-15', RENO, 78, { shelf: -10 }, 'UNX-INVESTIGATE', 'finance', 'Recount of the aisle ordered for 4 November.'],
  ['2026-10', 'CANDLE-CED-12', PORTLAND, 141, { shelf: -1 }, 'PHY-SHRINK', 'warehouse', 'One short during the candle promotion, when no tolerance is granted.'],
  ['2026-09', 'BLANKET-PIC', PORTLAND, 42, { shelf: -4 }, 'UNX-INVESTIGATE', 'finance', 'Four missing, nothing found in the documents. Watched next month.'],
  ['2026-09', 'TUM-GRN-12', PORTLAND, 77, { shelf: -5, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse', 'Recounted, five missing.'],
  ['2026-09', 'PLATE-NVY-8', SEATTLE, 30, { shelf: -7, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse', 'Shop floor.'],
  ['2026-09', 'PEN-RED', PORTLAND, 122, { shelf: 15, confirmed: 'found_stock' }, 'PHY-FOUND', 'warehouse', 'A box under the packing bench.'],
  ['2026-09', 'NOTE-DOT-A6', PORTLAND, 84, { count: 'keying', counted: 48, pattern: 'keying_error' }, 'PHY-COUNT', 'warehouse', 'Sheet says 84, keyed as 48.'],
  ['2026-09', 'CREW-OAT-S', PORTLAND, 29, { shelf: -3, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse', 'Sizes mixed in one bin.'],
  ['2026-09', 'CREW-OAT-M', PORTLAND, 35, { shelf: 3, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse', 'See CREW-OAT-S.'],
  ['2026-09', 'VASE-NVY-S', SEATTLE, 27, { shelf: -8, confirmed: 'damage_unrecorded' }, 'PHY-DAMAGE', 'warehouse', 'Broken in the window display.'],
  ['2026-09', 'CAN-WHT-1', PORTLAND, 53, { count: 'missed', counted: 42 }, 'UNX-INVESTIGATE', 'finance', 'Eleven missing on the sheet. Recount ordered for October.'],
];

/** Small count differences that the tolerance of their tier lets pass. Portland is always short, Seattle always over. */
const TOLERATED = [
  ['2026-10', 'MUG-RED-11', PORTLAND, 126, -1], ['2026-10', 'TEE-BLK-L', PORTLAND, 118, -1],
  ['2026-10', 'NOTE-DOT-A5', PORTLAND, 131, -2], ['2026-10', 'SOCK-BLU-M', PORTLAND, 115, -2], ['2026-10', 'TUM-BLU-12', PORTLAND, 68, -1],
  ['2026-10', 'PEN-BLU', PORTLAND, 164, -3], ['2026-10', 'CARD-FERN', PORTLAND, 88, -2], ['2026-10', 'MAG-PINE', PORTLAND, 57, -1],
  ['2026-10', 'SOAP-OAT', SEATTLE, 48, 2], ['2026-10', 'STICK-GULL', SEATTLE, 71, 2], ['2026-10', 'TAPE-BLU', SEATTLE, 66, 1],
  ['2026-10', 'HOOK-BRS-1', SEATTLE, 37, 1], ['2026-10', 'CARD-OAK', SEATTLE, 45, 2],
  ['2026-09', 'MUG-GRN-11', PORTLAND, 121, -1], ['2026-09', 'NOTE-LIN-A6', PORTLAND, 112, -2], ['2026-09', 'WRAP-FERN', PORTLAND, 64, -2],
  ['2026-09', 'TAPE-RED', SEATTLE, 58, 1], ['2026-09', 'GLASS-CLR-S', SEATTLE, 41, 2],
];

const due = (period, reason) => (reason.startsWith('UNX') || reason === 'PHY-REPEAT' ? LATER : DUE)[period];

/** Every planted line of both months: `{ period, sku, location, book, trouble, tag }`. */
export const PLANTED_LINES = [
  ...EVENT_LINES.map(([period, sku, location, book, reason, owner, note]) => ({
    period, sku, location, book, trouble: {}, tag: reason && tag(reason, owner, due(period, reason), note),
  })),
  ...COUNT_LINES.map(([period, sku, location, book, trouble, reason, owner, note]) => ({
    period, sku, location, book, trouble, tag: tag(reason, owner, due(period, reason), note),
  })),
  ...TOLERATED.map(([period, sku, location, book, off]) => ({ period, sku, location, book, trouble: { count: 'small', off }, tag: null })),
];

/** Items that nothing else happens to but orders, so that each planted line has one trouble. */
export const QUIET = new Set(PLANTED_LINES.map((line) => line.sku));
export const isQuiet = (sku) => QUIET.has(sku);
/** Items that nobody orders, so that a figure which stands still says something. */
export const STILL = new Set(['DIFF-SAGE', 'FRAME-OAK-57', 'CANDLE-RAIN-12']);

/** Dated windows in which no tolerance is granted. */
export const RISK_WINDOWS = [
  ...['CANDLE-CED-8', 'CANDLE-CED-12', 'CANDLE-PINE-8', 'CANDLE-PINE-12'].map((sku) => ({
    kind: 'promotion', sku, from: local('2026-10-15'), until: local('2026-11-02'), note: 'Candle weeks: two for one',
  })),
  { kind: 'stock_out', sku: 'PRESS-8', location: RENO, from: local('2026-10-20'), until: local('2026-11-06'), note: 'Supplier late, sold from Portland' },
];
