/** What Harbor & Pine sells and where it keeps it. Nothing here happens: movements are `simulate.mjs`. */
import { FAMILIES, KITS, NEW_IN_OCTOBER, SINGLES } from './families.mjs';
import { randomStream } from './random.mjs';

export const LOCATIONS = [
  {
    code: 'Portland',
    name: 'Portland warehouse',
    netsuite: 'Portland',
    shopify: { '2026-09': 'Portland Warehouse', '2026-10': 'Portland Warehouse' },
  },
  {
    code: 'Reno',
    name: 'Reno warehouse',
    netsuite: 'Reno',
    shopify: { '2026-09': 'Reno Fulfillment', '2026-10': 'Reno Fulfillment' },
  },
  // The shop was renamed in the storefront in October: the one name that the user maps.
  {
    code: 'Seattle Store',
    name: 'Seattle store',
    netsuite: 'Retail : Seattle Store',
    shopify: { '2026-09': 'Seattle Pike Street', '2026-10': 'Seattle Flagship' },
  },
  {
    code: 'Returns Center',
    name: 'Returns center',
    netsuite: 'Operations : Returns Center',
    shopify: { '2026-09': 'H&P Returns', '2026-10': 'H&P Returns' },
  },
];

const FIXED_COSTS = { 'MUG-BLU-11': 4125 };

/** A 13-digit code under the company's prefix, which starts with a zero, with its check digit. */
function barcode(number) {
  const digits = `0790123${String(number).padStart(5, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function buildItems() {
  const random = randomStream('catalogue');
  const items = [];
  const add = (parent, sku, name, category, packSize, tier, costThousandths, more = {}) =>
    items.push({
      parent,
      sku,
      name,
      category,
      packSize,
      tier,
      costThousandths,
      title: name,
      options: [],
      parts: null,
      since: '2026-09',
      internalId: String(1101 + items.length),
      barcode: random.chance(0.07) ? '' : barcode(45678 + items.length * 7),
      ...more,
    });
  for (const [parent, prefix, product, category, packSize, tier, [low, high], axes] of FAMILIES) {
    const [first, second = ['', [['', '']]]] = axes;
    for (const [firstCode, firstName] of first[1]) {
      for (const [secondCode, secondName] of second[1]) {
        const sku = [prefix, firstCode, secondCode].filter(Boolean).join('-');
        const name = [product, firstName, secondName].filter(Boolean).join(', ');
        const options = [
          [first[0], firstName],
          [second[0], secondName],
        ].filter(([axis]) => axis);
        add(parent, sku, name, category, packSize, tier, FIXED_COSTS[sku] ?? random.whole(low / 25, high / 25) * 25, {
          title: product,
          options,
        });
      }
    }
  }
  for (const single of SINGLES) add(...single);
  for (const [sku, name, parts] of KITS) {
    const cost = parts.reduce(
      (sum, [part, count]) => sum + items.find((each) => each.sku === part).costThousandths * count,
      0,
    );
    add('GIFT SETS', sku, name, 'Home', 1, 'B', cost, { parts });
  }
  for (const fresh of NEW_IN_OCTOBER) add(...fresh, { since: '2026-10' });
  return items;
}

export const ITEMS = buildItems();
const bySku = new Map(ITEMS.map((each) => [each.sku, each]));
export function itemOf(sku) {
  const item = bySku.get(sku);
  if (!item) throw new Error(`no such item: ${sku}`);
  return item;
}

/** Which items each location keeps, `wanted` keys always among them. Kits are put together in Portland only. */
export function stockedKeys(wanted) {
  const random = randomStream('stocked');
  const share = { Portland: 0.97, Reno: 0.95, 'Seattle Store': 0.9, 'Returns Center': 0.88 };
  const keys = [];
  for (const { sku, parts, since } of ITEMS) {
    for (const { code } of LOCATIONS) {
      const kept = random.chance(share[code]);
      const key = keyOf(sku, code);
      if (parts ? code === 'Portland' : kept || wanted.has(key) || (since === '2026-10' && code === 'Portland'))
        keys.push(key);
    }
  }
  return keys;
}

/** An item at a location as one text, and back. */
export const keyOf = (sku, location) => `${sku}|${location}`;
export const splitKey = (key) => key.split('|');
