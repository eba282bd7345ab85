/** Troubles of postings: late, lost, doubled, mistaken or misplaced, each with documents that tell of it. */
import { postOf, withoutPosts } from './author';
import { momentIn } from './company';
import { CUT_OFF, DAY, HOUR, placeKey, type Fact, type Place, type System } from './facts';
import { isAtOutlet, isElsewhere, type Planting } from './planting';

type Plant = (planting: Planting) => void;

const because = (fact: Fact, cause: string): Fact => {
  fact.causes = { count: cause, channel: cause };
  return fact;
};

const MOVES = ['shipment', 'receipt', 'adjustment', 'transfer_in', 'transfer_out', 'component', 'damage'] as const;
/** Types whose loss by the ERP shows in a count. */
const SHELF_MOVES = ['shipment', 'receipt', 'adjustment', 'transfer_in', 'transfer_out', 'component', 'assembly', 'return_received'] as const;

function eventOf(planting: Planting, types: readonly string[], at: number, place: Place, quantity = planting.size(), ownNumbersPercent = 35): Fact {
  const { author, chance } = planting;
  const type = chance.pick(types);
  const root = author.number({ receipt: 'PO', shipment: 'SO', transfer_in: 'TO', transfer_out: 'TO' }[type] ?? 'DOC');
  if (type === 'shipment') author.fact('order', place, quantity, at - 2 * HOUR, { root, delay: { erp: 300_000, storefront: 60_000 } });
  return author.fact(type, place, quantity, at, { root, reference: type === 'shipment' ? root : '', ownNumbers: chance.maybe(ownNumbersPercent) });
}

/** Without a shipment at the outlet, where it shows in no channel variance. */
const movesAt = (place: Place, types: readonly string[]) => (isAtOutlet(place) ? types.filter((type) => type !== 'shipment') : types);

const lateBy = (system: System, types: readonly string[]): Plant => (planting) => {
  const line = planting.line();
  const at = planting.justBefore();
  const fact = eventOf(planting, movesAt(line, types), at, line);
  for (const post of fact.posts) post.posted = post.system === system ? CUT_OFF + planting.chance.int(1, 18) * HOUR : at + 600_000;
};

const erpAhead: Plant = (planting) => {
  const line = planting.line();
  const fact = eventOf(planting, ['shipment', 'receipt'], planting.justBefore(), line);
  const happened = CUT_OFF + planting.chance.int(1, 12) * HOUR;
  for (const post of fact.posts) {
    if (post.system === 'erp') post.posted = post.occurred + 600_000;
    else [post.occurred, post.posted] = [happened, happened + 600_000];
  }
  fact.shelf = fact.shelf.map((move) => ({ ...move, at: happened }));
};

const lostBy = (system: System, types: readonly string[]): Plant => (planting) => {
  const line = planting.line();
  const fact = eventOf(planting, system === 'storefront' ? movesAt(line, types) : types, planting.settled(), line);
  withoutPosts(fact, system);
  because(fact, 'missing_posting');
  if (system === 'storefront') planting.goOnSelling(line);
};

const postedTooLate: Plant = (planting) => {
  const line = planting.line();
  const fact = eventOf(planting, SHELF_MOVES, CUT_OFF - planting.chance.int(5 * 24, 12 * 24) * HOUR, line);
  postOf(fact, 'erp').posted = CUT_OFF + planting.chance.int(1, 60) * HOUR;
  because(fact, 'missing_posting');
};

/** The second of two deliveries never reached the ERP, under the same document or under one of its own. */
const lostPart: Plant = (planting) => {
  const { author, chance } = planting;
  const line = planting.line();
  const at = planting.settled();
  const document = author.number('PO');
  const ownNumbers = chance.maybe(40);
  author.fact('receipt', line, planting.size(), at, { document, ownNumbers });
  const second = author.fact('receipt', line, planting.size(), at + 20 * HOUR, { document, ownNumbers });
  withoutPosts(second, 'erp');
  because(second, 'missing_posting');
};

/** The ERP alone has it, and on the shelf nothing moved. */
const neverHappened: Plant = (planting) => {
  const fact = eventOf(planting, ['shipment', 'receipt'], planting.settled(), planting.line(isElsewhere));
  withoutPosts(fact, 'warehouse', 'storefront');
  fact.shelf = [];
  fact.isDisputed = true;
  because(fact, 'missing_posting');
  planting.goOnSelling(planting.company.lineAt.get(placeKey(fact.posts[0]!))!);
};

const lostOrder = (type: 'order' | 'cancellation', system: System): Plant => (planting) => {
  const { author } = planting;
  const line = planting.line(isAtOutlet);
  const root = author.number('SO');
  const at = planting.settled();
  if (type === 'cancellation') author.fact('order', line, 3, at - 5 * HOUR, { root });
  const fact = author.fact(type, line, 3, at, { root });
  withoutPosts(fact, system);
  because(fact, 'missing_posting');
  if (system === 'storefront') planting.goOnSelling(line);
};

/** Cancelled in the storefront, and shipped all the same. */
const shippedThoughCancelled: Plant = (planting) => {
  const { author } = planting;
  const line = planting.line(isElsewhere);
  const root = author.number('SO');
  const at = planting.settled();
  author.fact('order', line, 2, at - 9 * HOUR, { root });
  author.fact('cancellation', line, 2, at - 4 * HOUR, { root });
  const fact = author.fact('shipment', line, 2, at, { root, reference: root });
  withoutPosts(fact, 'storefront');
  because(fact, 'missing_posting');
  planting.goOnSelling(line);
};

const doubledBy = (system: System, isSameInstant: boolean): Plant => (planting) => {
  const line = system === 'erp' ? planting.freshLedger() : planting.line();
  const every = system === 'warehouse' ? ['shipment', 'receipt', 'transfer_in'] : ['shipment', 'receipt', 'adjustment', 'transfer_in'];
  const types = system === 'storefront' ? movesAt(line, every) : every;
  const fact = eventOf(planting, types, planting.settled(), line);
  const first = postOf(fact, system);
  const later = planting.chance.int(1, 20) * HOUR;
  fact.posts.push({ ...first, occurred: isSameInstant ? first.occurred : first.occurred + later, posted: first.posted + later });
  because(fact, 'duplicate_posting');
};

const doubledInFileOnly: Plant = (planting) => {
  const fact = eventOf(planting, ['shipment', 'receipt'], planting.settled(), planting.freshLedger());
  const first = postOf(fact, 'erp');
  fact.posts.push({ ...first, posted: first.posted + planting.chance.int(1, 9) * HOUR, isUnfelt: true });
  fact.causes = { ledger: 'duplicate_posting' };
};

const mistakenBy = (systems: readonly System[]): Plant => (planting) => {
  // A loss of just the size of the warehouse's mistake would bear the mistake out.
  const line = planting.line((each) => !systems.includes('warehouse') || planting.lossAt(each) === 0 || Math.abs(planting.lossAt(each)) > 3);
  const quantity = planting.chance.int(5, 40);
  const fact = eventOf(planting, movesAt(line, ['shipment', 'receipt', 'transfer_in', 'component']), planting.settled(), line, quantity);
  const off = planting.chance.pick([-3, -2, -1, 1, 2, 3]);
  for (const system of systems) postOf(fact, system).quantity = quantity + off;
  fact.isDisputed = systems.length > 1;
  because(fact, 'quantity_mismatch');
};

const inPacksBy = (system: System): Plant => (planting) => {
  const line = planting.line((each) => each.item.pack > 1);
  const packs = planting.chance.int(1, 3);
  const isPacksPosted = planting.chance.maybe(60);
  const quantity = isPacksPosted ? packs * line.item.pack : packs;
  const fact = eventOf(planting, ['receipt', 'transfer_in'], planting.settled(), line, quantity);
  postOf(fact, system).quantity = isPacksPosted ? packs : packs * line.item.pack;
  because(fact, 'unit_mismatch');
};

const misplacedBy = (systems: readonly System[], what: 'location' | 'item', hasHappenedThere: boolean): Plant => (planting) => {
  const line = planting.line();
  const there = what === 'location' ? planting.elsewhere(line) : planting.otherItem(line);
  // Lines meet by the document's number: what each system numbers for itself can only meet on its own line.
  const fact = eventOf(planting, ['receipt', 'transfer_in'], planting.settled(), line, planting.size(), 0);
  for (const system of systems) Object.assign(postOf(fact, system), { sku: there.sku, location: there.location });
  if (hasHappenedThere) fact.shelf = fact.shelf.map((move) => ({ ...move, sku: there.sku, location: there.location }));
  fact.isDisputed = hasHappenedThere;
  because(fact, `${what}_mismatch`);
  if (systems.includes('storefront')) for (const each of [line, there]) planting.goOnSelling(each);
};

const onTheRoad = (isPosted: boolean): Plant => (planting) => {
  const { author, chance } = planting;
  const to = isPosted ? planting.line() : planting.freshLedger();
  const from = planting.elsewhere(to);
  const document = author.number('TO');
  const left = CUT_OFF - chance.int(6, 50) * HOUR;
  const arrived = CUT_OFF + chance.int(2, 18) * HOUR;
  const quantity = planting.size();
  author.fact('transfer_out', from, quantity, left, { document, reference: to.location, delay: { erp: 600_000, storefront: 900_000 } });
  const fact = author.fact('transfer_in', to, quantity, arrived, { document });
  const own = postOf(fact, 'erp');
  Object.assign(own, { occurred: left, posted: left + 600_000 });
  if (!isPosted) own.isHidden = true;
  fact.causes = { count: 'in_transit', channel: 'in_transit', ledger: 'in_transit' };
};

const neverArrived: Plant = (planting) => {
  const { author } = planting;
  const from = planting.line();
  const to = planting.elsewhere(from);
  const document = author.number('TO');
  const left = planting.settled();
  const quantity = planting.size();
  author.fact('transfer_out', from, quantity, left, { document, reference: to.location });
  const fact = author.fact('transfer_in', to, quantity, left, { document });
  withoutPosts(fact, 'warehouse', 'storefront');
  fact.shelf = [];
  because(fact, 'missing_posting');
  planting.goOnSelling(to);
};

/** The ERP received what was sent, the warehouse what came. */
const arrivedShort: Plant = (planting) => {
  const { author, chance } = planting;
  const from = planting.line();
  const to = planting.elsewhere(from);
  const document = author.number('TO');
  const left = planting.settled();
  author.fact('transfer_out', from, 12, left, { document, reference: to.location });
  const came = chance.pick([7, 8, 9, 10, 11]);
  const fact = author.fact('transfer_in', to, came, left + 20 * HOUR, { document });
  postOf(fact, 'erp').quantity = 12;
  because(fact, 'quantity_mismatch');
};

/** Every system but one knows that the goods were inspected and go back on sale. */
const restockLostBy = (system: System): Plant => (planting) => {
  const { author } = planting;
  const line = planting.line();
  const root = author.number('SO');
  const document = author.number('RMA');
  const at = planting.settled();
  const quantity = planting.chance.int(1, 4);
  author.fact('return_received', line, quantity, at, { root, document, reference: root });
  author.fact('refund', line, quantity, at + HOUR, { root, document: author.number('CM'), reference: root });
  const fact = author.fact('return_restocked', line, quantity, at + 5 * HOUR, { root, document, reference: root });
  withoutPosts(fact, system);
  because(fact, system === 'storefront' ? 'return_not_restocked' : 'missing_posting');
  if (system === 'storefront') planting.goOnSelling(line);
};

const restockedAtOnce = (hasComeBack: boolean): Plant => (planting) => {
  const { author } = planting;
  const line = planting.line();
  const root = author.number('SO');
  const at = planting.settled();
  const quantity = planting.chance.int(1, 4);
  if (hasComeBack) author.fact('return_received', line, quantity, at - 3 * HOUR, { root, document: author.number('RMA'), reference: root });
  author.fact('refund', line, quantity, at, { root, document: author.number('CM'), reference: root });
  const fact = author.fact('return_restocked', line, quantity, at, { root, document: author.number('CM'), reference: root });
  withoutPosts(fact, 'erp', 'warehouse');
  because(fact, 'refund_restocked');
};

/** The bundle was sold and shipped as one; the ERP moved the bundle, and not its parts. */
const wholeBundle = (isPickedInParts: boolean): Plant => (planting) => {
  const { author, chance, company } = planting;
  const kit = chance.pick(company.kits);
  const location = planting.line((line) => kit.parts.every(({ sku }) => company.lineAt.get(placeKey({ sku, location: line.location }))!.quietFrom === Infinity)).location;
  const root = author.number('SO');
  const at = planting.settled();
  const quantity = chance.int(1, 3);
  author.fact('order', { sku: kit.sku, location }, quantity, at - 4 * HOUR, { root });
  author.fact('shipment', { sku: kit.sku, location }, quantity, at, { root, reference: root });
  for (const part of kit.parts) {
    const fact = author.fact('component', { sku: part.sku, location }, quantity * part.quantity, at, { root, document: author.number('WO'), reference: root });
    withoutPosts(fact, ...(isPickedInParts ? (['erp'] as const) : (['erp', 'warehouse'] as const)));
    because(fact, 'kit_not_exploded');
    planting.goOnSelling(company.lineAt.get(placeKey({ sku: part.sku, location }))!);
  }
};

/** Planted on one quiet line after the other: the storefront has heard nothing since, while stock went on moving. */
function lostConnection(planting: Planting, index: number): void {
  const line = planting.quietLines()[index];
  if (!line) return;
  const { author, chance } = planting;
  const steps = chance.int(2, 4);
  for (let step = 0; step < steps; step += 1) {
    const from = line.quietFrom + (step * (CUT_OFF - line.quietFrom - 5 * HOUR)) / steps;
    const at = momentIn(chance, from, from + DAY);
    const fact = author.fact(chance.pick(['receipt', 'adjustment', 'damage']), line, planting.size(), at, { document: author.number('ST'), delay: { erp: 1_200_000, warehouse: 600_000 } });
    withoutPosts(fact, 'storefront');
    fact.causes = { channel: 'stale_sync' };
  }
}

/** Each is planted `times` times per thousand lines. */
const POSTING_PLANTS: readonly (readonly [times: number, plant: Plant])[] = [
  [5, lateBy('erp', SHELF_MOVES)], [5, lateBy('storefront', MOVES)], [3, erpAhead],
  [8, lostBy('erp', [...SHELF_MOVES, 'damage'])], [6, lostBy('storefront', MOVES)], [4, postedTooLate], [4, lostPart], [4, neverHappened],
  [2, lostOrder('order', 'erp')], [2, lostOrder('order', 'storefront')], [2, lostOrder('cancellation', 'erp')], [2, lostOrder('cancellation', 'storefront')],
  [2, shippedThoughCancelled],
  [5, doubledBy('erp', true)], [4, doubledBy('erp', false)], [4, doubledBy('storefront', true)], [4, doubledInFileOnly],
  [6, mistakenBy(['erp'])], [4, mistakenBy(['storefront'])], [3, mistakenBy(['erp', 'storefront'])],
  [5, inPacksBy('erp')], [3, inPacksBy('storefront')],
  [5, misplacedBy(['erp'], 'location', false)], [3, misplacedBy(['storefront'], 'location', false)], [3, misplacedBy(['warehouse'], 'location', true)],
  [5, misplacedBy(['erp'], 'item', false)], [3, misplacedBy(['storefront'], 'item', false)],
  [5, onTheRoad(true)], [4, onTheRoad(false)], [4, neverArrived], [4, arrivedShort],
  [5, restockLostBy('storefront')], [3, restockLostBy('erp')], [4, restockedAtOnce(true)], [4, restockedAtOnce(false)],
  [4, wholeBundle(false)], [4, wholeBundle(true)],
];

/** Mistakes that leave no variance of their own, so that nothing may be claimed for them. */
const HARMLESS_PLANTS: readonly (readonly [times: number, plant: Plant])[] = [
  [3, lostBy('warehouse', ['shipment', 'receipt', 'transfer_in', 'component'])],
  [3, doubledBy('warehouse', true)],
];

/** Mistakes of the warehouse that only a third witness can tell from mistakes of the ERP. */
const REFUTED_PLANTS: readonly (readonly [times: number, plant: Plant])[] = [
  [3, mistakenBy(['warehouse'])],
  [2, misplacedBy(['warehouse'], 'location', false)],
];

/** @param hasThirdWitness the storefront posts what it sees of stock, beside its sales */
export function plantPostings(planting: Planting, hasThirdWitness: boolean): void {
  const { chance, company } = planting;
  for (const [times, plant] of [...POSTING_PLANTS, ...HARMLESS_PLANTS, ...(hasThirdWitness ? REFUTED_PLANTS : [])]) {
    const exact = (times * company.lines.length) / 1000;
    const whole = Math.max(1, Math.floor(exact) + (chance.next() < exact % 1 ? 1 : 0));
    for (let left = whole; left > 0; left -= 1) plant(planting);
  }
  for (let index = 0; index < planting.quietLines().length; index += 1) lostConnection(planting, index);
}
