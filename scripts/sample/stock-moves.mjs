/** What happens to the stock besides orders: returns, receipts, transfers, corrections. Everything here ties out. */
import { ITEMS, itemOf } from './catalogue.mjs';
import { DAY, MINUTE, MONTHS, local, nextDate, weekday } from './clock.mjs';
import { makeEvent } from './events.mjs';
import { isShipped } from './orders.mjs';
import { randomStream } from './random.mjs';

/** Every working day of a month and of the days its late postings fall in, Saturdays as asked. */
function workingDays(from, until, saturdays) {
  const days = [];
  for (let date = from; date < until; date = nextDate(date)) {
    const day = weekday(local(date, '12:00'));
    if (day !== 0 && (saturdays || day !== 6)) days.push(date);
  }
  return days;
}
const DAYS = workingDays('2026-09-01', '2026-11-03', false);

/** The goods of one document counted into a location: `lines` are `[sku, quantity]`. */
function documentEvents(type, document, location, lines, occurred, postings, more) {
  return lines.map(([sku, quantity], index) =>
    makeEvent({
      type,
      document,
      line: String(index + 1),
      sku,
      location,
      quantity,
      occurred: occurred + index * 30_000,
      postings: Object.fromEntries(Object.entries(postings).map(([system, at]) => [system, at + index * 30_000])),
      ...more,
    }),
  );
}

/** Customers send back, the returns desk inspects, the storefront refunds. */
function returns(orders, stocked, quiet) {
  const random = randomStream('returns');
  const events = [];
  let number = 3301;
  const taken = new Set();
  for (const date of workingDays('2026-09-08', '2026-11-01', true)) {
    if (!random.chance(0.78)) continue;
    const candidates = orders.filter(
      (order) =>
        isShipped(order, local(date)) &&
        !order.label &&
        !taken.has(order.number) &&
        order.lines.every(({ sku }) => !quiet.has(sku)),
    );
    if (candidates.length === 0) continue;
    const order = random.pick(candidates);
    taken.add(order.number);
    const lineIndex = random.whole(0, order.lines.length - 1);
    const { sku, quantity } = order.lines[lineIndex];
    if (itemOf(sku).parts) continue;
    const desks = ['Returns Center', 'Returns Center', 'Seattle Store'].filter((desk) => stocked.has(`${sku}|${desk}`));
    if (desks.length === 0) continue;
    const location = random.pick(desks);
    const shared = { document: `RMA-${number++}`, line: '1', sku, location, quantity, reference: order.number };
    const received = local(date, '09:30') + random.whole(0, 330) * MINUTE;
    const erpDelay = random.whole(15, 90) * MINUTE;
    events.push(
      makeEvent({
        ...shared,
        type: 'return_received',
        occurred: received,
        postings: { warehouse: received + 2 * MINUTE, erp: received + erpDelay },
      }),
    );
    const refunded = received + random.whole(30, 200) * MINUTE;
    events.push(
      makeEvent({
        ...shared,
        type: 'refund',
        document: order.number,
        line: String(lineIndex + 1),
        location: order.location,
        occurred: refunded,
        reference: order.number,
        postings: { storefront: refunded + 5000 },
      }),
    );
    const inspected = received + DAY + random.whole(0, 90) * MINUTE;
    // What comes in on the last day waits over the cut-off: it is in the building and not for sale.
    if (MONTHS.some((month) => inspected >= local(month.countDate, '12:00') && inspected < month.cutOff)) continue;
    const type = random.chance(0.14) ? 'return_scrapped' : 'return_restocked';
    const systems = { warehouse: inspected + 2 * MINUTE, erp: inspected + 20 * MINUTE };
    events.push(
      makeEvent({
        ...shared,
        type,
        occurred: inspected,
        reason: type === 'return_scrapped' ? 'not fit for sale' : '',
        postings: type === 'return_restocked' ? { ...systems, storefront: inspected + 25 * MINUTE } : systems,
      }),
    );
  }
  return events;
}

/** Suppliers deliver, in whole packs. */
function receipts(stocked, quiet) {
  const random = randomStream('receipts');
  const events = [];
  let number = 5401;
  for (const date of DAYS) {
    const deliveries = random.chance(0.35) ? 2 : 1;
    for (let each = 0; each < deliveries; each += 1) {
      const location = random.chance(0.65) ? 'Portland' : 'Reno';
      const choices = ITEMS.filter(
        (item) =>
          !item.parts &&
          !quiet.has(item.sku) &&
          stocked.has(`${item.sku}|${location}`) &&
          (item.since === '2026-09' || date > '2026-10-05'),
      );
      const lines = random
        .sample(choices, random.whole(3, 6))
        .map((item) => [item.sku, item.packSize * random.whole(1, item.packSize > 30 ? 1 : 2)]);
      const occurred = local(date, '08:30') + random.whole(0, 300) * MINUTE;
      const erp = occurred + random.whole(20, 170) * MINUTE;
      events.push(
        ...documentEvents('receipt', `PO-${number++}`, location, lines, occurred, {
          warehouse: occurred + 3 * MINUTE,
          erp,
        }),
      );
    }
  }
  // The last truck of each month: unloaded before the cut-off, posted by the ERP after it.
  for (const [document, date, erp, lines] of [
    [
      'PO-5456',
      '2026-09-30',
      local('2026-10-01', '08:15'),
      [
        ['TEE-BLK-S', 24],
        ['FRAME-WAL-57', 10],
      ],
    ],
    [
      'PO-5512',
      '2026-10-31',
      local('2026-11-02', '08:15'),
      [
        ['TEE-BLK-M', 24],
        ['BOARD-MAP-L', 6],
      ],
    ],
  ]) {
    const occurred = local(date, '16:40');
    events.push(
      ...documentEvents('receipt', document, 'Portland', lines, occurred, { warehouse: occurred + 3 * MINUTE, erp }),
    );
  }
  return events;
}

/** Stock goes from place to place; on the road it is in transit. */
function transfers(stocked, quiet) {
  const random = randomStream('transfers');
  const events = [];
  let number = 2151;
  const routes = {
    1: ['Portland', 'Seattle Store', 12],
    2: ['Reno', 'Portland', 6],
    3: ['Portland', 'Reno', 8],
    4: ['Returns Center', 'Portland', 5],
  };
  for (const date of [...DAYS, '2026-10-31'].sort()) {
    // The truck of the last Saturday is on the road over the cut-off.
    const route = date === '2026-10-31' ? ['Portland', 'Reno', 4] : routes[weekday(local(date, '12:00'))];
    const lastFriday = MONTHS.some((month) => date === nextDate(month.countDate, -1));
    if (!route && !lastFriday) continue;
    const [origin, destination, count] = route ?? ['Portland', 'Seattle Store', 6];
    const choices = ITEMS.filter(
      ({ sku, parts, since }) =>
        !parts &&
        !quiet.has(sku) &&
        since === '2026-09' &&
        stocked.has(`${sku}|${origin}`) &&
        stocked.has(`${sku}|${destination}`),
    );
    const lines = random
      .sample(choices, count)
      .map((item) => [item.sku, origin === 'Returns Center' ? 1 : random.whole(2, 6)]);
    const document = `TO-${number++}`;
    const sent = local(date, '10:00') + random.whole(0, 200) * MINUTE;
    events.push(
      ...documentEvents(
        'transfer_out',
        document,
        origin,
        lines,
        sent,
        { warehouse: sent + 2 * MINUTE, erp: sent + random.whole(10, 80) * MINUTE },
        { reference: destination },
      ),
    );
    let arrival = local(nextDate(date), '09:00');
    while (weekday(arrival) === 0) arrival += DAY;
    // The transfer of the month's last Friday is unpacked on Saturday afternoon, when the interface stands still.
    const late = lastFriday && !route ? local('2026-11-01', '08:40') : null;
    const received = late ? local('2026-10-31', '16:30') : arrival + random.whole(0, 240) * MINUTE;
    const postings = { warehouse: received + 4 * MINUTE, erp: late ?? received + random.whole(15, 120) * MINUTE };
    events.push(
      ...documentEvents('transfer_in', document, destination, lines, received, postings, { reference: origin }),
    );
  }
  return events;
}

/** Small corrections and breakages that the floor reported and the ERP booked. */
function corrections(stocked, quiet) {
  const random = randomStream('corrections');
  const events = [];
  let number = 611;
  const keys = [...stocked].filter((key) => {
    const [sku, location] = key.split('|');
    return !quiet.has(sku) && location !== 'Returns Center' && !itemOf(sku).parts && itemOf(sku).since === '2026-09';
  });
  const reasons = ['used for photographs', 'sample for a buyer', 'found behind the rack', 'shop display'];
  for (const date of DAYS) {
    for (const type of ['adjustment', 'damage']) {
      if (!random.chance(type === 'damage' ? 0.4 : 0.5)) continue;
      const [sku, location] = random.pick(keys).split('|');
      const reason = type === 'damage' ? random.pick(['broken', 'water', 'torn packing']) : random.pick(reasons);
      const size = random.whole(1, 2);
      const occurred = local(date, '11:00') + random.whole(0, 240) * MINUTE;
      events.push(
        makeEvent({
          type,
          document: `${type === 'damage' ? 'DM' : 'ADJ'}-${number++}`,
          sku,
          location,
          occurred,
          reason,
          quantity: type === 'damage' || reason.startsWith('found') ? size : -size,
          postings: { erp: occurred + random.whole(5, 60) * MINUTE },
        }),
      );
    }
  }
  return events;
}

export const naturalMoves = (orders, stocked, quiet) => [
  ...returns(orders, stocked, quiet),
  ...receipts(stocked, quiet),
  ...transfers(stocked, quiet),
  ...corrections(stocked, quiet),
];
