/** The company: items with packs, costs, tiers and recipes, locations, and an ordinary month of events on every line. */
import { Author } from './author';
import type { Chance } from './chance';
import { CUT_OFF, DAY, HOUR, placeKey, START, type Place } from './facts';

export interface Item {
  readonly sku: string;
  readonly category: string;
  readonly pack: number;
  readonly tier: string;
  readonly unitCost: string;
  /** The recipe of a bundle. */
  readonly parts: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface Line extends Place {
  readonly item: Item;
  readonly opening: number;
  /** No ordinary event begins later: the line is kept for a storefront that stops listening. */
  readonly quietFrom: number;
}

export const LOCATIONS = ['Portland', 'Reno', 'Seattle Store', 'Outlet'] as const;
/** Here the ERP's committed figure stands in the identity, so that orders and cancellations matter. */
export const COMMITTED_BY_ERP = 'Outlet';
const isReadLate = (location: string): boolean => LOCATIONS.indexOf(location as (typeof LOCATIONS)[number]) % 2 === 1;
/** Half of the locations are exported after the cut-off, half before. */
export const erpReadAt = (location: string): number => CUT_OFF + (isReadLate(location) ? 3 : -0.5) * HOUR;
export const storefrontReadAt = (location: string): number => CUT_OFF + (isReadLate(location) ? 1 : -2) * HOUR;
const CATEGORIES = ['Kitchen', 'Bath', 'Garden', 'Paper', 'Apparel', 'Lighting'] as const;
const PACKS = [1, 1, 6, 10, 12, 24] as const;

export interface Company {
  readonly items: readonly Item[];
  readonly kits: readonly Item[];
  readonly lines: readonly Line[];
  readonly lineAt: ReadonlyMap<string, Line>;
}

export function makeCompany(chance: Chance, itemCount: number, quietPercent: number): Company {
  const items = Array.from({ length: itemCount }, (_none, index): Item => ({
    sku: `${'ABCDEFGHJK'[index % 10]}${String(index + 100).padStart(4, '0')}`,
    category: chance.pick(CATEGORIES),
    pack: chance.pick(PACKS),
    tier: chance.pick(['A', 'B', 'C']),
    unitCost: `${chance.int(1, 80)}.${String(chance.int(0, 999)).padStart(3, '0')}`,
    parts: [],
  }));
  const kits = Array.from({ length: Math.max(2, Math.round(itemCount / 20)) }, (_none, index): Item => {
    const first = (index * 7) % itemCount;
    return {
      sku: `KIT-${index + 1}`,
      category: 'Kits',
      pack: 1,
      tier: 'B',
      unitCost: '25',
      parts: [
        { sku: items[first]!.sku, quantity: 1 },
        { sku: items[(first + 3) % itemCount]!.sku, quantity: chance.int(1, 3) },
      ],
    };
  });
  const lines = items.flatMap((item) =>
    LOCATIONS.map((location): Line => ({
      item,
      sku: item.sku,
      location,
      opening: chance.int(90, 480),
      quietFrom: chance.maybe(quietPercent) ? START + chance.int(14, 21) * DAY : Infinity,
    })),
  );
  return { items, kits, lines, lineAt: new Map(lines.map((line) => [placeKey(line), line])) };
}

/** Within the working hours of a day between two instants. */
export const momentIn = (chance: Chance, from: number, until: number): number =>
  from + Math.floor(((until - from) / 60_000) * chance.next()) * 60_000;

/** An order and what became of it. */
export function sale(author: Author, place: Place, quantity: number, at: number): void {
  const { chance } = author;
  const root = author.number('SO');
  author.fact('order', place, quantity, at, { root });
  if (chance.maybe(8)) {
    author.fact('cancellation', place, quantity, at + chance.int(1, 20) * HOUR, { root });
    return;
  }
  const shipped = at + chance.int(1, 20) * HOUR;
  const style = chance.int(1, 10);
  if (style <= 5) author.fact('shipment', place, quantity, shipped, { root, reference: root });
  else if (style <= 8 || quantity < 2) author.fact('shipment', place, quantity, shipped, { root, ownNumbers: true });
  else splitShipment(author, place, root, quantity, shipped);
}

/** Two parcels with numbers of their own by the warehouse; the other systems post the order's shipment once. */
export function splitShipment(author: Author, place: Place, root: string, quantity: number, at: number): void {
  const { chance } = author;
  const fact = author.fact('shipment', place, quantity, at, { root, reference: chance.maybe(50) ? root : '' });
  const first = chance.int(1, quantity - 1);
  const whole = fact.posts.find((post) => post.system === 'warehouse')!;
  const second = at + chance.int(10, 90) * 60_000;
  fact.posts = [
    ...fact.posts.filter((post) => post !== whole).map((post) => ({ ...post, occurred: second, posted: post.posted - at + second })),
    { ...whole, document: author.number('P'), line: '', reference: root, quantity: first },
    { ...whole, document: author.number('P'), line: '', reference: root, quantity: quantity - first, occurred: second, posted: second + 600_000 },
  ];
  fact.shelf = [
    { ...place, quantity: -first, at },
    { ...place, quantity: first - quantity, at: second },
  ];
}

/** Goods on order: whole, in two deliveries, or on two lines of the ERP's receipt where the warehouse has one. */
function purchase(author: Author, place: Place, quantity: number, at: number): void {
  const { chance } = author;
  const document = author.number('PO');
  const style = chance.int(1, 10);
  if (style <= 6) {
    author.fact('receipt', place, quantity, at, { document, ownNumbers: chance.maybe(30) });
  } else if (style <= 8) {
    const first = chance.int(1, quantity - 1);
    author.fact('receipt', place, first, at, { document });
    author.fact('receipt', place, quantity - first, at + chance.int(20, 70) * HOUR, { document });
  } else {
    const fact = author.fact('receipt', place, quantity, at, { document });
    const own = fact.posts.find((post) => post.system === 'erp')!;
    const first = chance.int(1, quantity - 1);
    fact.posts = [...fact.posts.filter((post) => post !== own), { ...own, quantity: first }, { ...own, line: '2', quantity: quantity - first }];
  }
}

function comeBack(author: Author, place: Place, quantity: number, at: number): void {
  const { chance } = author;
  const root = author.number('SO');
  const document = author.number('RMA');
  const given = { root, document, reference: root };
  if (chance.maybe(20)) {
    // Money back, and the customer keeps the goods.
    author.fact('refund', place, quantity, at, { root, document: author.number('CM'), reference: root });
    return;
  }
  author.fact('return_received', place, quantity, at, given);
  author.fact('refund', place, quantity, at + HOUR, { root, document: author.number('CM'), reference: root });
  const inspected = at + chance.int(3, 40) * HOUR;
  author.fact(chance.maybe(75) ? 'return_restocked' : 'return_scrapped', place, quantity, inspected, given);
}

export function transfer(author: Author, from: Place, location: string, quantity: number, at: number, arrived: number): void {
  const document = author.number('TO');
  author.fact('transfer_out', from, quantity, at, { document, reference: location });
  author.fact('transfer_in', { sku: from.sku, location }, quantity, arrived, { document });
}

/** Bundles built on the day they are shipped: the parts leave the shelf, in every system. */
function bundle(author: Author, company: Company, location: string, at: number): void {
  const { chance } = author;
  const kit = chance.pick(company.kits);
  if (kit.parts.some(({ sku }) => company.lineAt.get(placeKey({ sku, location }))!.quietFrom !== Infinity)) return;
  const root = author.number('SO');
  const quantity = chance.int(1, 3);
  author.fact('order', { sku: kit.sku, location }, quantity, at, { root });
  for (const part of kit.parts)
    author.fact('component', { sku: part.sku, location }, quantity * part.quantity, at + 2 * HOUR, { root, document: author.number('WO'), reference: root });
  author.fact('assembly', { sku: kit.sku, location }, quantity, at + 2 * HOUR, { root, document: author.number('WO'), reference: root });
  author.fact('shipment', { sku: kit.sku, location }, quantity, at + 4 * HOUR, { root, reference: root });
}

/** The month of every line, from its first day until three days after the cut-off. */
export function ordinaryMonth(author: Author, company: Company): void {
  const { chance } = author;
  const until = CUT_OFF + 70 * HOUR;
  for (const line of company.lines) {
    const isQuiet = line.quietFrom !== Infinity;
    const last = Math.min(until, line.quietFrom - 3 * DAY);
    for (let left = chance.int(3, 7); left > 0; left -= 1) {
      const at = momentIn(chance, START + 3 * HOUR, last);
      const what = chance.int(1, 100);
      if (what <= 62 || isQuiet) sale(author, line, chance.int(1, 4), at);
      else if (what <= 76) purchase(author, line, chance.int(6, 60), at);
      else if (what <= 84) comeBack(author, line, chance.int(1, 3), at);
      else if (what <= 90) {
        const other = chance.pick(LOCATIONS.filter((each) => each !== line.location));
        const to = company.lineAt.get(placeKey({ sku: line.sku, location: other }))!;
        if (to.quietFrom === Infinity) transfer(author, line, other, chance.int(2, 12), at, at + chance.int(6, 40) * HOUR);
      } else if (what <= 95) author.fact('adjustment', line, chance.pick([-3, -2, -1, 1, 2]), at);
      else author.fact('damage', line, chance.int(1, 2), at);
    }
  }
  for (let count = Math.round(company.lines.length / 40); count > 0; count -= 1)
    bundle(author, company, chance.pick(LOCATIONS), momentIn(chance, START + DAY, until));
}
