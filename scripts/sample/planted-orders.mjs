/** Orders that carry a planted trouble, and the ordinary sales of bundles. What they lead to is `planted-moves.mjs`. */
import { local } from './clock.mjs';

const PORTLAND = 'Portland';
const RENO = 'Reno';
const SEATTLE = 'Seattle Store';

/** Orders that are part of a plant, or of the ordinary sale of bundles. `at` is when the customer ordered. */
export const PLANTED_ORDERS = [
  {
    label: 'heart',
    at: local('2026-10-31', '21:52:10'),
    location: PORTLAND,
    lines: [{ sku: 'MUG-BLU-11', quantity: 1 }],
    erpOrderAt: local('2026-10-31', '21:55'),
    storefrontOrderAt: local('2026-10-31', '22:03:41'),
    shipAt: local('2026-10-31', '22:10:30'),
    postings: {
      warehouse: local('2026-10-31', '22:11:05'),
      erp: local('2026-11-01', '08:10'),
      storefront: local('2026-11-01', '08:12'),
    },
  },
  {
    label: 'heart, second',
    at: local('2026-10-31', '21:58:30'),
    location: PORTLAND,
    lines: [{ sku: 'MUG-BLU-11', quantity: 1 }],
    erpOrderAt: local('2026-10-31', '22:01'),
    storefrontOrderAt: local('2026-10-31', '22:04:02'),
    shipAt: local('2026-10-31', '22:19:20'),
    postings: {
      warehouse: local('2026-10-31', '22:20:15'),
      erp: local('2026-11-01', '08:10:30'),
      storefront: local('2026-11-01', '08:12:30'),
    },
  },
  {
    label: 'not in ERP',
    at: local('2026-10-12', '19:14:20'),
    location: PORTLAND,
    lines: [{ sku: 'BOWL-NVY-M', quantity: 4 }],
    shipAt: local('2026-10-13', '09:05'),
    postings: { erp: null, storefront: local('2026-10-13', '09:41') },
    causes: { count: 'missing_posting', channel: 'missing_posting' },
  },
  {
    label: 'not in storefront',
    at: local('2026-10-14', '10:31:05'),
    location: RENO,
    lines: [{ sku: 'TUM-OAT-20', quantity: 3 }],
    shipAt: local('2026-10-14', '15:12'),
    postings: { storefront: null },
    causes: { channel: 'missing_posting' },
  },
  {
    label: 'not in storefront, small',
    at: local('2026-10-20', '08:47:11'),
    location: RENO,
    lines: [{ sku: 'PLAN-BLU-W', quantity: 1 }],
    shipAt: local('2026-10-20', '14:52'),
    postings: { storefront: null },
    causes: { channel: 'missing_posting' },
  },
  {
    label: 'twice in ERP',
    at: local('2026-10-16', '08:05:44'),
    location: PORTLAND,
    lines: [{ sku: 'TEE-NVY-L', quantity: 3 }],
    shipAt: local('2026-10-16', '14:48'),
    postings: {
      erp: [{ at: local('2026-10-16', '15:30') }, { at: local('2026-10-17', '07:58') }],
      storefront: local('2026-10-16', '15:33'),
    },
    causes: { count: 'duplicate_posting', channel: 'duplicate_posting' },
  },
  {
    label: 'bundle not taken apart',
    at: local('2026-10-22', '20:10:09'),
    location: PORTLAND,
    lines: [{ sku: 'GIFT-SET-2', quantity: 3 }],
    shipAt: local('2026-10-23', '08:40'),
    postings: { erpParts: null },
  },
  {
    label: 'restocked refund, Reno',
    at: local('2026-10-08', '16:22:51'),
    location: RENO,
    lines: [{ sku: 'SOCK-RST-M', quantity: 3 }],
    shipAt: local('2026-10-09', '08:31'),
  },
  {
    label: 'return not back on sale',
    at: local('2026-10-05', '11:48:37'),
    location: SEATTLE,
    lines: [{ sku: 'BEANIE-GRN', quantity: 4 }],
    shipAt: local('2026-10-05', '15:02'),
  },
  // Sold since by the storefront: its figure is no older one that merely stood still.
  {
    label: 'sold after the return',
    at: local('2026-10-24', '12:11:30'),
    location: SEATTLE,
    lines: [{ sku: 'BEANIE-GRN', quantity: 1 }],
    shipAt: local('2026-10-24', '15:20'),
  },
  // The last of all orders, so that no other is numbered or drawn anew. Collected in the shop the same evening.
  {
    label: 'from a shelf counted empty',
    at: local('2026-11-02', '19:42:15'),
    location: SEATTLE,
    lines: [{ sku: 'KETTLE-1', quantity: 2 }],
    shipAt: local('2026-11-02', '20:18'),
    postings: {
      warehouse: local('2026-11-02', '20:19:20'),
      erp: local('2026-11-02', '20:41'),
      storefront: local('2026-11-02', '20:42:40'),
    },
  },
  {
    label: 'restocked refund, September',
    at: local('2026-09-10', '17:40:12'),
    location: RENO,
    lines: [{ sku: 'SOCK-BLK-M', quantity: 3 }],
    shipAt: local('2026-09-11', '08:22'),
  },
  ...[
    ['2026-09-04', 'GIFT-SET-1', 1],
    ['2026-09-12', 'GIFT-SET-3', 2],
    ['2026-09-18', 'GIFT-SET-4', 1],
    ['2026-09-22', 'GIFT-SET-2', 1],
    ['2026-10-03', 'GIFT-SET-4', 2],
    ['2026-10-09', 'GIFT-SET-1', 1],
    ['2026-10-17', 'GIFT-SET-3', 1],
    ['2026-10-24', 'GIFT-SET-1', 2],
  ].map(([date, sku, quantity]) => ({
    label: `bundle ${date}`,
    at: local(date, '09:20'),
    location: PORTLAND,
    lines: [{ sku, quantity }],
    shipAt: local(date, '14:40'),
  })),
];

/** The order that the heart's refund belongs to: whichever carries this number gets these lines. */
export const REFUNDED_ORDER = { number: 'SO-10377', location: PORTLAND, lines: [{ sku: 'MUG-BLU-11', quantity: 2 }] };
