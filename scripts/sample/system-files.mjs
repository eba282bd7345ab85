/** The files that the systems export: items, NetSuite's and Shopify's positions, and what each system posted. */
import { LOCATIONS, itemOf, keyOf, splitKey } from './catalogue.mjs';
import { iso } from './clock.mjs';
import { costText } from './csv.mjs';
import { postingsOf } from './events.mjs';
import { QUIET } from './planted-lines.mjs';
import { randomStream } from './random.mjs';

const firstOfMonth = (month) => (item) => item.since <= month.code;

/** Average cost in thousandths: for a few items October's deliveries came at another price. */
export function costsOf(items) {
  const random = randomStream('costs');
  const drifted = new Map(
    random
      .sample(
        items.filter((item) => item.tier === 'C' && !item.parts && !QUIET.has(item.sku)),
        12,
      )
      .map((item) => [item.sku, Math.round(item.costThousandths * (1 + random.whole(2, 6) / 100))]),
  );
  return (sku, period) => (period === '2026-10' && drifted.get(sku)) || itemOf(sku).costThousandths;
}

export function itemsFile(items, month) {
  const header = ['sku', 'name', 'barcode', 'category', 'uom', 'pack_size', 'tier', 'unit_cost', 'currency', 'kit_of'];
  return [
    header,
    ...items
      .filter((item) => item.since === month.code)
      .map((item) => [
        item.sku,
        item.name,
        item.barcode,
        item.category,
        'each',
        item.packSize,
        item.tier,
        costText(item.costThousandths),
        'USD',
        (item.parts ?? []).map(([part, count]) => `${part}*${count}`).join(';'),
      ]),
  ];
}

/** What is on order with suppliers: the same in both systems, and no business of the reconciliation. */
function incomingOf(key, month) {
  const [sku, location] = splitKey(key);
  const random = randomStream(`incoming ${month.code} ${key}`);
  const supplied = location === 'Portland' || location === 'Reno';
  return supplied && !itemOf(sku).parts && random.chance(0.08) ? itemOf(sku).packSize * random.whole(1, 3) : 0;
}

const orEmpty = (quantity) => (quantity === 0 ? '' : quantity);

/** NetSuite's saved search: sub-items and sub-locations with their parents, nothing where there is none. */
export function netsuiteFile(world, month, costOf) {
  const { figures } = world;
  const at = month.erpAsOf;
  const rows = [
    [
      'Internal ID',
      'Name',
      'Display Name',
      'Inventory Location',
      'Location On Hand',
      'Location Committed',
      'Location Available',
      'Location On Order',
      'Location Back Ordered',
      'Location In Transit',
      'Location Average Cost',
    ],
  ];
  for (const location of LOCATIONS) {
    for (const item of world.items.filter(firstOfMonth(month))) {
      const key = keyOf(item.sku, location.code);
      if (!world.stocked.has(key)) continue;
      const onHand = figures.at('erpOnHand', key, at);
      const committed = figures.at('erpCommitted', key, at);
      rows.push([
        item.internalId,
        item.options.length > 0 ? `${item.parent} : ${item.sku}` : item.sku,
        item.name,
        location.netsuite,
        orEmpty(onHand),
        orEmpty(committed),
        orEmpty(Math.max(0, onHand - committed)),
        orEmpty(incomingOf(key, month)),
        orEmpty(Math.max(0, committed - Math.max(0, onHand))),
        orEmpty(figures.at('erpInTransit', key, at)),
        costText(costOf(item.sku, month.code)).replace(/0+$/, '').replace(/\.$/, ''),
      ]);
    }
  }
  return rows;
}

const handleOf = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
const ORIGINS = {
  Kitchen: ['691200', 'PT'],
  Home: ['340600', 'US'],
  Apparel: ['610910', 'PE'],
  Stationery: ['482010', 'US'],
};

/** Shopify's inventory export: every variant with every location, `not stocked` where it is not kept. */
export function shopifyFile(world, month) {
  const { figures } = world;
  const at = month.storefrontAsOf;
  const options = [1, 2, 3].flatMap((number) => [`Option${number} Name`, `Option${number} Value`]);
  const rows = [
    [
      'Handle',
      'Title',
      ...options,
      'SKU',
      'HS Code',
      'COO',
      'Location',
      'Bin name',
      'Incoming (not editable)',
      'Unavailable (not editable)',
      'Committed (not editable)',
      'Available (not editable)',
      'On hand (current)',
      'On hand (new)',
    ],
  ];
  for (const item of world.items.filter(firstOfMonth(month))) {
    const [first = ['Title', 'Default Title'], second = ['', '']] = item.options;
    const handle = handleOf(item.title);
    LOCATIONS.forEach((location) => {
      const key = keyOf(item.sku, location.code);
      const figure = (name) => figures.at(name, key, at);
      const held = [figure('unavailable'), figure('committed'), figure('available')];
      const quantities =
        item.parts || !world.stocked.has(key)
          ? Array(5).fill('not stocked')
          : [incomingOf(key, month), ...held, held.reduce((sum, each) => sum + each, 0)];
      rows.push([
        handle,
        item.title,
        first[0],
        first[1],
        second[0],
        second[1],
        '',
        '',
        item.sku,
        ...ORIGINS[item.category],
        location.shopify[month.code],
        '',
        ...quantities,
        '',
      ]);
    });
  }
  return rows;
}

const MOVEMENTS = [
  'system',
  'type',
  'document',
  'line',
  'sku',
  'location',
  'quantity',
  'occurred_at',
  'posted_at',
  'reference',
  'reason',
];

/** What one system posted from the first of the month until the window after its end is over. */
export function movementsFile(world, month, system) {
  const rows = [];
  for (const event of world.events) {
    for (const posting of postingsOf(event)) {
      if (posting.system !== system || posting.hidden || posting.at < month.start || posting.at >= month.files)
        continue;
      rows.push({ event, posting });
    }
  }
  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  rows.sort(
    (one, other) =>
      one.posting.at - other.posting.at ||
      compare(one.event.type, other.event.type) ||
      compare(one.event.document, other.event.document) ||
      Number(one.event.line) - Number(other.event.line) ||
      compare(one.posting.sku, other.posting.sku),
  );
  return [
    MOVEMENTS,
    ...rows.map(({ event, posting }) => [
      system,
      event.type,
      event.document,
      event.line,
      posting.sku,
      posting.location,
      posting.quantity,
      iso(posting.occurred),
      iso(posting.at),
      event.reference,
      event.reason,
    ]),
  ];
}
