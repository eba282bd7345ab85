/** Puts the sample's world together: orders, moves, plants, and an opening stock under which the books stand right. */
import { ITEMS, itemOf, keyOf, splitKey, stockedKeys } from './catalogue.mjs';
import { MONTHS, local } from './clock.mjs';
import { makeEvent } from './events.mjs';
import { figuresOf } from './figures.mjs';
import { makeOrders, orderEvents } from './orders.mjs';
import { PLANTED_LINES, QUIET, STILL } from './planted-lines.mjs';
import { plantedMoves } from './planted-moves.mjs';
import { PLANTED_ORDERS, REFUNDED_ORDER } from './planted-orders.mjs';
import { randomStream } from './random.mjs';
import { naturalMoves } from './stock-moves.mjs';

/** Shelf changes that nobody posts, halfway through the month of their plant. */
function shelfChangesOf() {
  const changes = [];
  for (const { period, sku, location, trouble } of PLANTED_LINES) {
    const at = local(`${period}-15`, '13:00');
    if (trouble.shelf) changes.push({ period, sku, location, at, quantity: trouble.shelf });
  }
  return changes;
}

/** The opening stock: what the plants ask for, elsewhere enough for everything that goes out. */
function setOpening(figures, keys) {
  const random = randomStream('opening');
  const wanted = new Map(PLANTED_LINES.map((line) => [keyOf(line.sku, line.location), line]));
  const usual = { Portland: [8, 70], Reno: [4, 48], 'Seattle Store': [0, 24], 'Returns Center': [0, 4] };
  for (const key of keys) {
    const [sku, location] = splitKey(key);
    const item = itemOf(sku);
    const least = Math.max(
      -figures.lowest('shelf', key),
      -figures.lowest('erpOnHand', key),
      -figures.lowest('available', key),
    );
    const drawn = random.whole(...usual[location]);
    const plant = wanted.get(key);
    if (plant) {
      const { cutOff } = MONTHS.find((month) => month.code === plant.period);
      const opening = plant.book - figures.moved('erpOnHand', key, cutOff - 1);
      if (opening < least && !(item.sku === 'MUG-BLU-11'))
        throw new Error(`${key}: books of ${plant.book} would run below zero, ${least - opening} short`);
      figures.opening.set(key, opening);
      continue;
    }
    if (item.parts || item.since === '2026-10') continue;
    const scale = item.costThousandths > 12_000 ? 0.4 : item.costThousandths < 1_500 ? 1.5 : 1;
    const extra = Math.floor(drawn * scale);
    const empty = location !== 'Portland' && random.chance(0.06);
    figures.opening.set(key, least + (empty ? 0 : extra));
  }
}

export function buildWorld() {
  const plantedKeys = new Set(PLANTED_LINES.map((line) => keyOf(line.sku, line.location)));
  const keys = stockedKeys(plantedKeys);
  const stocked = new Set(keys);
  const orders = makeOrders(stocked, STILL, QUIET, PLANTED_ORDERS);
  const refunded = orders.find((order) => order.number === REFUNDED_ORDER.number);
  Object.assign(refunded, {
    label: 'refunded',
    location: REFUNDED_ORDER.location,
    lines: REFUNDED_ORDER.lines,
    cancelled: false,
  });
  const numberOf = (label) => orders.find((order) => order.label === label).number;
  const planted = plantedMoves(numberOf);
  const events = [...orderEvents(orders), ...naturalMoves(orders, stocked, QUIET), ...planted.events.map(makeEvent)];
  const world = {
    keys,
    stocked,
    orders,
    events,
    storefrontChanges: planted.storefrontChanges,
    shelfChanges: shelfChangesOf(),
  };
  for (const event of events) {
    if (!stocked.has(keyOf(event.sku, event.location)))
      throw new Error(`${event.document}: ${event.sku} is not kept in ${event.location}`);
  }
  const figures = figuresOf(world);
  setOpening(figures, keys);
  return { ...world, figures, items: ITEMS };
}
