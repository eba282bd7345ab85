/** What customers order, cancel and have shipped over the two months: about ten orders a day. */
import { ITEMS, itemOf } from './catalogue.mjs';
import { DAY, MINUTE, MONTHS, local, localDate, localHour, nextDate, weekday } from './clock.mjs';
import { makeEvent } from './events.mjs';
import { randomStream } from './random.mjs';

/** The order at the heart of the story carries this number; all others follow from it. */
const HEART_ORDER_NUMBER = 10481;

/** When the warehouse picks: orders before two in the afternoon the same day, later ones the next working morning. */
function pickInstant(at, random) {
  const date = localDate(at);
  if (weekday(at) !== 0 && localHour(at) < 14) return local(date, '14:30') + random.whole(0, 10_500) * 1000;
  let next = nextDate(date);
  while (weekday(local(next, '12:00')) === 0) next = nextDate(next);
  return local(next, '07:45') + random.whole(0, 12_600) * 1000;
}

/** On the last day of a month the interface to the ERP stood still from a quarter to four until the next morning. */
const interfaceStopped = (at) => MONTHS.some((month) => at >= local(month.countDate, '15:45') && at < month.cutOff);

/** When each system posts a shipment picked at `occurred`; `position` keeps the rows of one order apart. */
export function shipmentPostings(occurred, position, random) {
  const warehouse = occurred + random.whole(20, 240) * 1000;
  if (interfaceStopped(occurred)) {
    const erp = local(nextDate(localDate(occurred)), '08:05') + random.whole(0, 25) * MINUTE + position * 4000;
    return { warehouse, erp, storefront: random.chance(0.5) ? warehouse + random.whole(60, 400) * 1000 : erp + 90_000 };
  }
  const erp = occurred + random.whole(6, 150) * MINUTE + position * 4000;
  return { warehouse, erp, storefront: erp + random.whole(50, 240) * 1000 };
}

function naturalOrders(stocked, still, quiet) {
  const random = randomStream('orders');
  const orders = [];
  const weights = { A: 5, B: 3, C: 2 };
  const reach = { Portland: 0.55, Reno: 0.85, 'Seattle Store': 1 };
  const choices = Object.fromEntries(
    Object.keys(reach).map((location) => [
      location,
      ITEMS.filter(
        (each) =>
          each.since === '2026-09' && !each.parts && stocked.has(`${each.sku}|${location}`) && !still.has(each.sku),
      ),
    ]),
  );
  for (let date = '2026-09-01'; date < '2026-11-03'; date = nextDate(date)) {
    const promotion = date >= '2026-10-15' && date < '2026-11-01';
    const lastDays = MONTHS.some((month) => date === month.countDate || date === nextDate(month.countDate, -1));
    const today = random.whole(8, 12) + (weekday(local(date, '12:00')) === 6 ? 2 : 0);
    for (let each = 0; each < today; each += 1) {
      const at = local(date, '06:00') + random.whole(0, 17 * 3600 + 3000) * 1000;
      const draw = random.whole(0, 99) / 100;
      const location = Object.keys(reach).find((code) => draw < reach[code]);
      const candidates = choices[location].filter((item) => !(lastDays && quiet.has(item.sku)));
      const lines = [];
      for (let left = random.whole(1, 3); left > 0; left -= 1) {
        const item = random.pickWeighted(
          candidates,
          (one) => weights[one.tier] * (promotion && one.parent === 'CANDLES' ? 3 : 1),
        );
        const quantity = item.costThousandths < 1000 ? random.whole(1, 6) : random.chance(0.7) ? 1 : random.whole(2, 3);
        if (!lines.some((line) => line.sku === item.sku)) lines.push({ sku: item.sku, quantity });
      }
      orders.push({ at, location, lines, cancelled: random.chance(0.03), shipAt: pickInstant(at, random) });
    }
  }
  return orders;
}

/**
 * All orders with their numbers, natural and planted, in the order of time.
 *
 * @param plantedOrders like `{ label, at, location, lines, shipAt, postings? }`; `label` finds the order again
 */
export function makeOrders(stocked, still, quiet, plantedOrders) {
  const heart = plantedOrders.find((each) => each.label === 'heart');
  const clear = (order) => Math.abs(order.at - heart.at) > 25 * MINUTE;
  const orders = [...naturalOrders(stocked, still, quiet).filter(clear), ...plantedOrders].sort(
    (left, right) => left.at - right.at,
  );
  const heartIndex = orders.indexOf(heart);
  orders.forEach((order, index) => (order.number = `SO-${HEART_ORDER_NUMBER + index - heartIndex}`));
  return orders;
}

/** Turns orders into events: ordered, then cancelled or shipped. */
export function orderEvents(orders) {
  const random = randomStream('order events');
  const events = [];
  for (const {
    number,
    at,
    location,
    lines,
    cancelled,
    shipAt,
    postings = {},
    causes = {},
    erpOrderAt,
    storefrontOrderAt,
  } of orders) {
    const erpAt = erpOrderAt ?? at + random.whole(60, 420) * 1000;
    const storefrontAt = storefrontOrderAt ?? at + random.whole(2, 30) * 1000;
    lines.forEach(({ sku, quantity }, index) => {
      const line = String(index + 1);
      const shared = { document: number, line, sku, location, quantity };
      events.push(
        makeEvent({
          ...shared,
          type: 'order',
          occurred: at,
          postings: { erp: erpAt + index * 1000, storefront: storefrontAt },
        }),
      );
      if (cancelled) {
        const gone = at + random.whole(10, 50) * MINUTE;
        events.push(
          makeEvent({
            ...shared,
            type: 'cancellation',
            occurred: gone,
            reference: number,
            reason: 'customer changed their mind',
            postings: { erp: gone + random.whole(60, 400) * 1000, storefront: gone + 3000 },
          }),
        );
        return;
      }
      const occurred = shipAt + index * 45_000;
      const natural = shipmentPostings(occurred, index, random);
      events.push(
        makeEvent({
          ...shared,
          type: 'shipment',
          occurred,
          reference: number,
          postings: { ...natural, ...postings },
          causes,
        }),
      );
      if (itemOf(sku).parts) events.push(...explosion(shared, occurred, natural.erp, postings));
    });
  }
  return events;
}

/** A bundle is put together when it is picked: the ERP books it in and its parts out. */
function explosion({ document, line, sku, location, quantity }, occurred, erpAt, postings) {
  const at = postings.erpParts === null ? null : erpAt - MINUTE;
  const causes = at === null ? { count: 'kit_not_exploded' } : {};
  const parts = itemOf(sku).parts.map(([part, count]) =>
    makeEvent({
      type: 'component',
      document,
      line,
      sku: part,
      location,
      quantity: quantity * count,
      occurred,
      reference: document,
      reason: `for ${sku}`,
      postings: { erp: at },
      causes,
    }),
  );
  return [
    makeEvent({
      type: 'assembly',
      document,
      line,
      sku,
      location,
      quantity,
      occurred,
      reference: document,
      postings: { erp: at },
      causes,
    }),
    ...parts,
  ];
}

export const isShipped = (order, before) =>
  !order.cancelled && order.shipAt < before - 5 * DAY && order.shipAt > before - 20 * DAY;
