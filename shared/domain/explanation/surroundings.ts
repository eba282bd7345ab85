/** What other lines tell of an event: whether it took place there and not here. */
import type { System } from '../states';
import type { Posting } from '../variance';
import { happenings, totalScaled, type StockEvent } from './events';
import type { LineCase } from './line-case';

/** Where the other side put the event instead. */
export interface Misplacement {
  readonly cause: 'location_mismatch' | 'item_mismatch';
  readonly posting: Posting;
}

const hasSystem = (postings: readonly Posting[], system: System): boolean =>
  postings.some((posting) => posting.system === system);
const ofSystem = (postings: readonly Posting[], system: System) =>
  postings.filter((posting) => posting.system === system);

/** What of a line tells whether an event belongs to another line. */
export type Surroundings = Pick<LineCase, 'stockKeyId' | 'itemId' | 'locationId' | 'elsewhere' | 'names'>;

/**
 * The same document and line posted by another system on another line, where the systems trade places: the one has it
 * only here, the other only there. More than one such place says nothing.
 */
export function findMisplacement(
  event: StockEvent,
  line: Surroundings,
  own: readonly System[],
  others: readonly System[],
): Misplacement | null {
  const here = own.flatMap((system) => event.postings[system]);
  if (here.length === 0) return null;
  const places = new Map<number, Posting[]>();
  for (const posting of line.elsewhere) {
    if (posting.type !== event.type || posting.stockKeyId === line.stockKeyId) continue;
    if (!here.some((mine) => mine.document === posting.document && mine.line === posting.line)) continue;
    const place = places.get(posting.stockKeyId);
    if (place) place.push(posting);
    else places.set(posting.stockKeyId, [posting]);
  }
  const found: Misplacement[] = [];
  for (const [stockKeyId, postings] of places) {
    const there = postings.filter((posting) => others.includes(posting.system));
    if (there.length === 0 || own.some((system) => hasSystem(postings, system))) continue;
    if (totalScaled(ofSystem(there, there[0]!.system)) !== totalScaled(ofSystem(here, here[0]!.system))) continue;
    const name = line.names.get(stockKeyId);
    if (!name) continue;
    if (name.itemId === line.itemId) found.push({ cause: 'location_mismatch', posting: there[0]! });
    else if (name.locationId === line.locationId) found.push({ cause: 'item_mismatch', posting: there[0]! });
  }
  const sameItem = found.filter((misplacement) => misplacement.cause === 'location_mismatch');
  if (sameItem.length === 1) return sameItem[0]!;
  return sameItem.length === 0 && found.length === 1 ? found[0]! : null;
}

/** Systems other than the ERP: whoever may know better what happened on the shelf. */
export const BESIDE_ERP = ['warehouse', 'storefront'] as const satisfies readonly System[];

/** Where an event that only the ERP has here took place according to another system. */
export const misplacedByErp = (event: StockEvent, line: Surroundings): Misplacement | null =>
  BESIDE_ERP.some((system) => event.postings[system].length > 0)
    ? null
    : findMisplacement(event, line, ['erp'], BESIDE_ERP);

/** Where the warehouse saw an event that here only the storefront has: it did not happen here. */
const seenElsewhere = (event: StockEvent, line: Surroundings): boolean =>
  event.postings.warehouse.length === 0 &&
  event.postings.erp.length === 0 &&
  findMisplacement(event, line, ['storefront'], ['warehouse']) !== null;

/** What happened on this line's shelf: an event that others saw elsewhere did not happen here. */
export const happeningsHere = (event: StockEvent, line: Surroundings): readonly Posting[] =>
  misplacedByErp(event, line) || seenElsewhere(event, line) ? [] : happenings(event);

/**
 * Where the warehouse has an event that here the ERP and the storefront have. The warehouse sees the goods, but the others
 * agree with each other: only a count can tell which of them is right.
 */
export const misplacedByOthers = (event: StockEvent, line: Surroundings): Misplacement | null =>
  event.postings.warehouse.length > 0 || event.postings.erp.length === 0 || event.postings.storefront.length === 0
    ? null
    : findMisplacement(event, line, ['erp', 'storefront'], ['warehouse']);
