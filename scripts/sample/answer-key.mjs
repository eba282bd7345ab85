/**
 * What a reconciliation of the sample should find, worked out from the simulation by the rules in `DECISIONS.md`: for
 * every line with a variance its components and residual, and whether it clears by itself.
 *
 * It also refuses a sample whose troubles touch each other: a residual that looks like another pattern by chance, or
 * two residuals that look like twins.
 */
import { readFileSync } from 'node:fs';
import { itemOf, keyOf, splitKey } from './catalogue.mjs';
import { WINDOW_HOURS, HOUR, MONTHS } from './clock.mjs';
import { AVAILABLE, COMMITTED, FEEDS, ON_HAND, UNAVAILABLE, postingsOf } from './events.mjs';
import { PLANTED_LINES, RISK_WINDOWS } from './planted-lines.mjs';

const CLASSES = {
  posted_later: 'timing',
  in_transit: 'timing',
  missing_posting: 'alignment',
  duplicate_posting: 'alignment',
  quantity_mismatch: 'alignment',
  unit_mismatch: 'alignment',
  location_mismatch: 'alignment',
  item_mismatch: 'alignment',
  return_not_restocked: 'alignment',
  refund_restocked: 'alignment',
  kit_not_exploded: 'alignment',
  stale_sync: 'alignment',
  item_swap: 'physical',
  unrecorded_transfer: 'physical',
  keying_error: 'physical',
  sign_flip: 'physical',
  double_count: 'physical',
  unit_count_error: 'physical',
  counted_as_zero: 'physical',
  recurring: 'physical',
};
const SUGGESTED = new Set([
  'item_swap',
  'unrecorded_transfer',
  'keying_error',
  'sign_flip',
  'double_count',
  'unit_count_error',
  'counted_as_zero',
  'recurring',
]);
const TOLERANCES = JSON.parse(readFileSync(new URL('../../resources/rules.json', import.meta.url), 'utf8')).tolerances;

/** What each side of each variance had taken in of an event by `cutOff`, by key: `{ kind: Map(key, quantity) }`. */
function gapsOf(event, cutOff) {
  const gaps = { count: new Map(), channel: new Map(), ledger: new Map() };
  const add = (kind, key, quantity) => quantity && gaps[kind].set(key, (gaps[kind].get(key) ?? 0) + quantity);
  const { type } = event;
  if (event.happened && event.occurred < cutOff) {
    add('count', keyOf(event.sku, event.location), (ON_HAND[type] ?? 0) * (event.floorQuantity ?? event.quantity));
  }
  const follows = FEEDS.storefront.includes(type) ? 'storefront' : 'erp';
  for (const { system, sku, location, quantity, at, hidden } of postingsOf(event)) {
    if (at >= cutOff) continue;
    const key = keyOf(sku, location);
    if (system === 'erp') {
      // A booking of a count brings the books to the shelf; it is not compared with anything that happened.
      if (type !== 'count_post') add('count', key, -(ON_HAND[type] ?? 0) * quantity);
      add('channel', key, -(ON_HAND[type] ?? 0) * quantity);
      if (hidden) add('ledger', key, (ON_HAND[type] ?? 0) * quantity);
    }
    if (system === follows && !event.noSync) {
      add('channel', key, ((AVAILABLE[type] ?? 0) + (COMMITTED[type] ?? 0) + (UNAVAILABLE[type] ?? 0)) * quantity);
    }
  }
  return gaps;
}

/** A timing gap must close inside the window, or it would be no timing. */
function assertInTime(event, cutOff) {
  const instants = [...postingsOf(event)].map((posting) => posting.at);
  const last = Math.max(event.occurred, ...instants);
  if (last < cutOff || last > Math.min(...instants) + WINDOW_HOURS * HOUR)
    throw new Error(`${event.type} ${event.document} is no timing difference`);
}

const isTransposed = (one, other) => {
  const at = [...one].findIndex((digit, index) => digit !== other[index]);
  return (
    one.length === other.length &&
    at >= 0 &&
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
};
const isSlipped = (one, other) => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return (
    long.length === short.length + 1 &&
    [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short)
  );
};

function assertNoChancePattern({ sku, location }, pattern, residual, rows) {
  const place = `${sku} in ${location}`;
  for (const { counted } of rows) {
    const [one, other] = [counted, counted - residual];
    if (other < 0) continue;
    const keyed = isTransposed(String(one), String(other)) || isSlipped(String(one), String(other));
    if (keyed !== (pattern === 'keying_error'))
      throw new Error(`${place}: ${one} for ${other} looks like a slip of the keys by chance`);
    const { packSize } = itemOf(sku);
    const packs = one * packSize === other || other * packSize === one;
    if (packs !== (pattern === 'unit_count_error'))
      throw new Error(`${place}: ${one} for ${other} looks like packs by chance`);
    if ((one === 0 && other > 0) !== (pattern === 'counted_as_zero'))
      throw new Error(`${place}: ${one} for ${other} looks as if nobody had counted, by chance`);
  }
}

/** The document by which goods left a shelf first after it was counted empty: nothing may have come in before. */
function firstToLeave(world, key, countedAt) {
  const [first] = world.events
    .filter((event) => event.happened && event.occurred > countedAt && ON_HAND[event.type])
    .filter((event) => keyOf(event.sku, event.location) === key)
    .sort((left, right) => left.occurred - right.occurred);
  if (!first || ON_HAND[first.type] > 0) throw new Error(`${key}: nothing says that the shelf was not empty`);
  return first.document;
}

function assertNoChanceTwins(residuals) {
  const groups = new Map();
  for (const residual of residuals) {
    for (const place of [residual.location, residual.sku]) {
      const group = `${place} ${Math.abs(residual.quantity)}`;
      groups.set(group, [...(groups.get(group) ?? []), residual]);
    }
  }
  for (const [group, members] of groups) {
    const signs = new Set(members.map((each) => Math.sign(each.quantity)));
    const planted =
      members.length === 2 && members.every((each) => ['item_swap', 'unrecorded_transfer'].includes(each.pattern));
    if (signs.size > 1 && !planted)
      throw new Error(`twins by chance: ${group} ${members.map((each) => each.sku).join(', ')}`);
  }
}

/**
 * The lines of a month that have a variance, in the order of SKU and location.
 *
 * @param counts of the month, as `makeCounts` gives them
 * @param costOf unit cost in thousandths by item and month
 */
export function answersFor(world, month, counts, costOf, previousResiduals) {
  const { cutOff, start } = month;
  const gaps = { count: new Map(), channel: new Map(), ledger: new Map() };
  const note = (kind, key, component) => {
    const list = gaps[kind].get(key);
    if (list) list.push(component);
    else gaps[kind].set(key, [component]);
  };
  for (const event of world.events) {
    const found = gapsOf(event, cutOff);
    for (const kind of ['count', 'channel', 'ledger']) {
      for (const [key, quantity] of found[kind]) {
        if (!quantity || (kind === 'ledger' && event.occurred < start)) continue;
        const cause = event.causes[kind] ?? 'posted_later';
        if (cause === 'posted_later') assertInTime(event, cutOff);
        note(kind, key, { cause, quantity, documents: event.document ? [event.document] : [] });
      }
    }
  }
  for (const { sku, location, at, quantity, cause, documents } of world.storefrontChanges) {
    if (at < cutOff) note('channel', keyOf(sku, location), { cause, quantity, documents });
  }
  for (const { sku, location, at, quantity } of world.shelfChanges) {
    if (at < cutOff) note('count', keyOf(sku, location), { cause: 'residual', quantity, documents: [] });
  }

  const plants = new Map(
    PLANTED_LINES.filter((line) => line.period === month.code).map((line) => [keyOf(line.sku, line.location), line]),
  );
  const { figures } = world;
  const residuals = [];
  const lines = [];
  for (const key of [...world.keys].sort()) {
    const [sku, location] = splitKey(key);
    const { tier, since } = itemOf(sku);
    if (since > month.code) continue;
    const erp = figures.at('erpOnHand', key, cutOff - 1);
    const plant = plants.get(key);
    const variances = [];
    const counted = counts.found.get(key);
    const quantities = {
      count: counted
        ? counted.counted +
          figures.moved('shelf', key, cutOff - 1) -
          figures.moved('shelf', key, counted.countedAt) -
          erp
        : null,
      channel: itemOf(sku).parts
        ? null
        : ['available', 'committed', 'unavailable'].reduce(
            (sum, figure) => sum + figures.at(figure, key, cutOff - 1),
            0,
          ) - erp,
      ledger:
        month.code === MONTHS[0].code || since === month.code
          ? null
          : (gaps.ledger.get(key) ?? []).reduce((sum, each) => sum + each.quantity, 0),
    };
    for (const [kind, quantity] of Object.entries(quantities)) {
      if (!quantity) continue;
      const merged = [];
      let residual = quantity;
      for (const each of gaps[kind].get(key) ?? []) {
        if (each.cause === 'residual' || SUGGESTED.has(each.cause)) continue;
        // What an earlier month left and a later booking took away again.
        const opposite = merged.findIndex(
          (other) =>
            other.cause === each.cause && other.quantity === -each.quantity && other.documents[0] === each.documents[0],
        );
        if (opposite >= 0) merged.splice(opposite, 1);
        else merged.push({ ...each, suggested: false });
        residual -= each.quantity;
      }
      const rows = [...counts.full, ...counts.cycle].filter((row) => row.key === key && row.counted !== null);
      if (kind === 'count' && residual !== 0) {
        const pattern =
          plant?.trouble.pattern ?? (gaps.count.get(key) ?? []).find((each) => SUGGESTED.has(each.cause))?.cause;
        const last = Math.max(...rows.map((row) => row.countNo));
        const final = rows.filter((row) => row.countNo === last);
        assertNoChancePattern({ sku, location }, pattern, residual, final);
        if ((previousResiduals.get(key) === residual) !== (pattern === 'recurring'))
          throw new Error(`${key}: recurs by chance, or not at all`);
        residuals.push({ sku, location, quantity: residual, pattern, key });
        if (pattern) {
          const bySheet = ['keying_error', 'double_count', 'unit_count_error', 'counted_as_zero'].includes(pattern);
          const documents = bySheet
            ? [...new Set(final.map((row) => row.sheet))]
            : pattern === 'sign_flip'
              ? ['ADJ-702']
              : [];
          if (pattern === 'counted_as_zero') documents.push(firstToLeave(world, key, counted.countedAt));
          merged.push({ cause: pattern, quantity: residual, documents, suggested: true });
        }
      }
      variances.push({ kind, quantity, components: merged, residual });
    }
    if (variances.length === 0) continue;
    lines.push({
      key,
      sku,
      location,
      tier,
      erp,
      variances,
      cleared: clearedBy(sku, location, tier, erp, costOf(sku, month.code), variances, month),
      plant,
    });
  }
  assertNoChanceTwins(residuals);
  for (const key of plants.keys())
    if (!lines.some((line) => line.key === key)) throw new Error(`${key}: the plant left no variance`);
  for (const line of lines) {
    const stray = !line.plant && line.cleared !== 'timing';
    if (stray) throw new Error(`${line.key}: a variance that nobody planted`);
    if (line.plant && (line.plant.tag === null) !== (line.cleared !== null))
      throw new Error(`${line.key}: ${line.cleared ?? 'not cleared'}, and the tag says otherwise`);
  }
  return { lines, residuals: new Map(residuals.map((each) => [each.key, each.quantity])) };
}

/** `timing`, `tolerance A`, or null where a person has to look. */
function clearedBy(sku, location, tier, erp, costThousandths, variances, month) {
  const exceptional = variances
    .map(({ quantity, components }) =>
      components.reduce((rest, each) => (CLASSES[each.cause] === 'timing' ? rest - each.quantity : rest), quantity),
    )
    .map(Math.abs);
  if (exceptional.every((quantity) => quantity === 0)) return 'timing';
  const atRisk = RISK_WINDOWS.some(
    (window) =>
      window.sku === sku &&
      (!window.location || window.location === location) &&
      window.from < month.cutOff &&
      window.until > month.start,
  );
  const limit = TOLERANCES.find((each) => each.tier === tier);
  const within = exceptional.every(
    (quantity) =>
      quantity * 10_000 <= limit.unitsScaled &&
      quantity * 10_000 <= limit.percentHundredths * Math.abs(erp) &&
      quantity * costThousandths <= limit.valueMinor * 10,
  );
  return within && !atRisk ? `tolerance ${tier}` : null;
}

/** The key as the tests and the lead's comparison read it: decimal text, classes beside causes. */
export const keyFile = (period, lines) =>
  lines.map(({ sku, location, tier, cleared, variances, plant }) => ({
    period,
    sku,
    location,
    tier,
    cleared,
    reason: plant?.tag?.reason ?? null,
    confirmed: plant?.trouble.confirmed ?? null,
    variances: variances.map(({ kind, quantity, components, residual }) => ({
      kind,
      quantity: String(quantity),
      components: components.map(({ cause, quantity: part, suggested, documents }) => ({
        class: CLASSES[cause],
        cause,
        quantity: String(part),
        suggested,
        documents,
      })),
      residual: String(residual),
    })),
  }));
