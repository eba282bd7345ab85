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

const DUE = { '2026-09': '2026-10-06', '2026-10': '2026-11-05' };
const LATER = { '2026-09': '2026-10-16', '2026-10': '2026-11-12' };

/** Lines whose trouble is an event or a storefront change above: the books they stand at and the tags. */
const EVENT_LINES = [
  ['2026-10', 'MUG-BLU-11', PORTLAND, 50, 'ALN-REFUND', 'operations',
    'Refund SO-10377 went back on sale, the two mugs have not come back. The two on the shelf are SO-10481 and ' +
      'SO-10482, posted 1 November.'],
  ['2026-10', 'BOWL-NVY-M', PORTLAND, 61, 'ALN-SHIPPED', 'operations',
    'Shipped 13 October, the fulfilment never reached NetSuite. Order sent again on 3 November.'],
  ['2026-10', 'SOAP-CED', PORTLAND, 84, 'ALN-RECEIVED', 'operations',
    'PO-5471 unloaded 12 October, receipt not entered. Packing slip on file.'],
  ['2026-10', 'TUM-OAT-20', RENO, 66, 'ALN-MISSING', 'operations',
    'Shipped and posted in NetSuite; the storefront still shows the order as open.'],
  ['2026-10', 'PLAN-BLU-W', RENO, 90, null],
  ['2026-10', 'TEE-NVY-L', PORTLAND, 74, 'ALN-DUPLICATE', 'operations',
    'Posted again on 17 October when the queue was restarted. Second posting to be voided.'],
  ['2026-10', 'PLATE-WHT-10', PORTLAND, 58, 'ALN-QUANTITY', 'operations',
    'Three cases received, NetSuite has 30 single plates. Supplier invoice says 36.'],
  ['2026-10', 'SPOON-BCH', PORTLAND, 52, 'ALN-UNIT', 'operations', 'Two cartons of 50 were entered as 2 each.'],
  ['2026-10', 'CANDLE-FIG-12', PORTLAND, 43, 'ALN-LOCATION', 'operations',
    'PO-5483 was unloaded here and received in Reno by NetSuite.'],
  ['2026-10', 'CANDLE-FIG-12', RENO, 88, 'ALN-LOCATION', 'operations', 'The other side of PO-5483, see Portland.'],
  ['2026-10', 'CUSH-GRN-20', PORTLAND, 19, 'ALN-ITEM', 'operations',
    'PO-5487 is the 20 inch cushion; NetSuite received the 16 inch.'],
  ['2026-10', 'CUSH-GRN-16', PORTLAND, 41, 'ALN-ITEM', 'operations', 'The other side of PO-5487, see CUSH-GRN-20.'],
  ['2026-10', 'BEANIE-GRN', SEATTLE, 25, 'ALN-RETURN', 'operations',
    'Four came back over the counter and are on the shelf, the storefront does not offer them.'],
  ['2026-10', 'SOCK-RST-M', RENO, 47, 'ALN-REFUND', 'operations',
    'Refunded as lost parcel and put back on sale. Carrier claim opened.'],
  ['2026-10', '00417-A', PORTLAND, 72, 'ALN-KIT', 'operations',
    'Three GIFT-SET-2 shipped, the build was not booked. Recipe added to NetSuite.'],
  ['2026-10', 'PEN-BLK', PORTLAND, 148, 'ALN-KIT', 'operations', 'Pens of the three GIFT-SET-2, see 00417-A.'],
  ['2026-10', 'DIFF-SAGE', RENO, 39, 'ALN-SYNC', 'operations',
    'The storefront did not take the receipt of 26 October. Inventory pushed again.'],
  ['2026-10', 'FRAME-OAK-57', SEATTLE, 22, 'ALN-SYNC', 'operations',
    'The storefront did not take TO-2199. Inventory pushed again.'],
  ['2026-10', 'CANDLE-RAIN-12', RENO, 63, null],
  ['2026-10', 'CAP-SND', PORTLAND, 45, 'PHY-SIGN', 'finance', 'ADJ-702 says six damaged and was entered as plus six.'],
  ['2026-10', 'PLAN-GRN-D', PORTLAND, 31, 'UNX-INVESTIGATE', 'finance',
    'On hand in NetSuite fell by 7 on 19 October without a document. System log requested.'],
  ['2026-09', 'SOCK-BLK-M', RENO, 52, 'ALN-REFUND', 'operations',
    'Refund of a parcel that never came back was put on sale. Taken off on 3 October.'],
];

/**
 * Lines that only the count tells of. `shelf`: so many are really there more or less. `count`: the shelf is right and
 * the count is not, in the way named. `pattern` is what the engine may suggest, `confirmed` what a person finds out.
 */
const COUNT_LINES = [
  ['2026-10', 'TEE-HTH-M', PORTLAND, 83, { shelf: -5, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse',
    'Five L stood in the M bin. Moved back; picks of the week checked.'],
  ['2026-10', 'TEE-HTH-L', PORTLAND, 64, { shelf: 5, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse', 'See TEE-HTH-M.'],
  ['2026-10', 'THROW-OAT', PORTLAND, 33, { shelf: -6, pattern: 'unrecorded_transfer' }, 'PHY-TRANSFER', 'warehouse',
    'Six were taken to the store for the window display on 15 October.'],
  ['2026-10', 'THROW-OAT', SEATTLE, 14, { shelf: 6, pattern: 'unrecorded_transfer' }, 'PHY-TRANSFER', 'warehouse',
    'See Portland.'],
  ['2026-10', 'NOTE-LIN-A5', PORTLAND, 63, { count: 'keying', counted: 36, pattern: 'keying_error' },
    'PHY-COUNT', 'warehouse',
    'Sheet says 63, keyed as 36. Recount ordered.'],
  ['2026-10', 'KETTLE-1', SEATTLE, 21, { count: 'zero', pattern: 'counted_as_zero' }, 'PHY-COUNT', 'warehouse',
    'Sheet says 0; on 2 November two were handed over from that shelf. Recount ordered.'],
  ['2026-10', 'BASKET-RND-M', SEATTLE, 18, { count: 'twice', pattern: 'double_count' }, 'PHY-COUNT', 'warehouse',
    'The same shelf stands on two sheets.'],
  ['2026-10', 'WRAP-OAK', PORTLAND, 75, { count: 'packs', pattern: 'unit_count_error' }, 'PHY-COUNT', 'warehouse',
    'Three cartons of 25, counted as 3.'],
  ['2026-10', 'BLANKET-PIC', PORTLAND, 37, { repeats: -4, pattern: 'recurring' }, 'PHY-REPEAT', 'operations',
    'Four missing again, as in September. Shop orders from this bin are picked without a scan.'],
  ['2026-10', 'HOOD-BLK-M', PORTLAND, 48, { shelf: -3, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse',
    'Recounted, three missing, no open orders or returns.'],
  ['2026-10', 'CARD-TIDE', PORTLAND, 97, { shelf: -11, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse',
    'Recounted twice. Open bin by the dock door.'],
  ['2026-10', 'TUM-BLK-12', PORTLAND, 69, { shelf: -8, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse',
    'Recounted, eight missing.'],
  ['2026-10', 'SOCK-HTH-L', SEATTLE, 44, { shelf: -7, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse',
    'Shop floor. Nothing found in the stock room.'],
  ['2026-10', 'CANDLE-AMB-8', SEATTLE, 29, { shelf: -3, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse',
    'Testers not written off.'],
  ['2026-10', 'MITT-RST', PORTLAND, 51, { shelf: 10, confirmed: 'found_stock' }, 'PHY-FOUND', 'warehouse',
    'Half a carton behind rack C. Supplier sent more than the slip says.'],
  ['2026-10', 'STICK-MOON', SEATTLE, 62, { shelf: 13, confirmed: 'found_stock' }, 'PHY-FOUND', 'warehouse',
    'Display pack of an earlier season.'],
  ['2026-10', 'VASE-WHT-T', PORTLAND, 46, { shelf: -14, confirmed: 'damage_unrecorded' }, 'PHY-DAMAGE', 'warehouse',
    'A shelf gave way on 20 October; fourteen swept up, photographs on file.'],
  ['2026-10', 'PLATE-RST-8', SEATTLE, 36, { shelf: -10, confirmed: 'damage_unrecorded' }, 'PHY-DAMAGE', 'warehouse',
    'Carton dropped at the delivery door, thrown away.'],
  ['2026-10', 'NOTE-BLANK-B5', PORTLAND, 107, { shelf: -16 }, 'UNX-INVESTIGATE', 'finance',
    'No document fits. Recount and supplier statement requested.'],
  ['2026-10', 'PEN-GRN', PORTLAND, 133, { shelf: 17 }, 'UNX-WRITEOFF', 'finance',
    'Small value, no document fits. Accepted by the controller.'],
  ['2026-10', 'MUG-BLK-15', RENO, 78, { shelf: -10 }, 'UNX-INVESTIGATE', 'finance',
    'Recount of the aisle ordered for 4 November.'],
  ['2026-10', 'CANDLE-CED-12', PORTLAND, 141, { shelf: -1 }, 'PHY-SHRINK', 'warehouse',
    'One short during the candle promotion, when no tolerance is granted.'],
  ['2026-09', 'BLANKET-PIC', PORTLAND, 42, { shelf: -4 }, 'UNX-INVESTIGATE', 'finance',
    'Four missing, nothing found in the documents. Watched next month.'],
  ['2026-09', 'TUM-GRN-12', PORTLAND, 77, { shelf: -5, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse',
    'Recounted, five missing.'],
  ['2026-09', 'PLATE-NVY-8', SEATTLE, 30, { shelf: -7, confirmed: 'shrinkage' }, 'PHY-SHRINK', 'warehouse',
    'Shop floor.'],
  ['2026-09', 'PEN-RED', PORTLAND, 122, { shelf: 15, confirmed: 'found_stock' }, 'PHY-FOUND', 'warehouse',
    'A box under the packing bench.'],
  ['2026-09', 'NOTE-DOT-A6', PORTLAND, 84, { count: 'keying', counted: 48, pattern: 'keying_error' },
    'PHY-COUNT', 'warehouse',
    'Sheet says 84, keyed as 48.'],
  ['2026-09', 'CREW-OAT-S', PORTLAND, 29, { shelf: -3, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse',
    'Sizes mixed in one bin.'],
  ['2026-09', 'CREW-OAT-M', PORTLAND, 35, { shelf: 3, pattern: 'item_swap' }, 'PHY-SWAP', 'warehouse',
    'See CREW-OAT-S.'],
  ['2026-09', 'VASE-NVY-S', SEATTLE, 27, { shelf: -8, confirmed: 'damage_unrecorded' }, 'PHY-DAMAGE', 'warehouse',
    'Broken in the window display.'],
  ['2026-09', 'CAN-WHT-1', PORTLAND, 53, { count: 'missed', counted: 42 }, 'UNX-INVESTIGATE', 'finance',
    'Eleven missing on the sheet. Recount ordered for October.'],
];

/** Small count differences that the tolerance of their tier lets pass: Portland is short, Seattle over. */
const TOLERATED = [
  ['2026-10', 'MUG-RED-11', PORTLAND, 126, -1], ['2026-10', 'TEE-BLK-L', PORTLAND, 118, -1],
  ['2026-10', 'NOTE-DOT-A5', PORTLAND, 131, -2], ['2026-10', 'SOCK-BLU-M', PORTLAND, 115, -2],
  ['2026-10', 'TUM-BLU-12', PORTLAND, 68, -1],
  ['2026-10', 'PEN-BLU', PORTLAND, 164, -3], ['2026-10', 'CARD-FERN', PORTLAND, 88, -2],
  ['2026-10', 'MAG-PINE', PORTLAND, 57, -1],
  ['2026-10', 'SOAP-OAT', SEATTLE, 48, 2], ['2026-10', 'STICK-GULL', SEATTLE, 71, 2],
  ['2026-10', 'TAPE-BLU', SEATTLE, 66, 1],
  ['2026-10', 'HOOK-BRS-1', SEATTLE, 37, 1], ['2026-10', 'CARD-OAK', SEATTLE, 45, 2],
  ['2026-09', 'MUG-GRN-11', PORTLAND, 121, -1], ['2026-09', 'NOTE-LIN-A6', PORTLAND, 112, -2],
  ['2026-09', 'WRAP-FERN', PORTLAND, 64, -2],
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
  ...TOLERATED.map(([period, sku, location, book, off]) => ({
    period, sku, location, book, trouble: { count: 'small', off }, tag: null,
  })),
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
  {
    kind: 'stock_out', sku: 'PRESS-8', location: RENO, from: local('2026-10-20'), until: local('2026-11-06'),
    note: 'Supplier late, sold from Portland',
  },
];
