/**
 * Events: what postings of different systems share. Here postings of one line meet by document and line, repeats are
 * told from parts, and what an event did to the shelf is chosen among its witnesses.
 *
 * Nothing here depends on the order in which postings come or on the ids of their imports.
 */
import { SYSTEMS, type MovementType, type System } from '../states';
import type { Posting } from '../variance';

export interface StockEvent {
  readonly type: MovementType;
  readonly document: string;
  readonly line: string;
  /** Sorted, repeats left out. */
  readonly postings: Readonly<Record<System, readonly Posting[]>>;
  /** Further postings of the same thing by the same system, beyond doubt. */
  readonly repeats: Readonly<Record<System, readonly Posting[]>>;
  /** Postings of the same document, line and quantity that may be repeats or may be a second delivery. */
  readonly possibleRepeats: Readonly<Record<System, readonly Posting[]>>;
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** One order for postings, made of what the file says and not of where it was imported. */
export const comparePostings = (left: Posting, right: Posting): number =>
  left.occurredInstant - right.occurredInstant ||
  compareText(left.document, right.document) ||
  compareText(left.type, right.type) ||
  compareText(left.line, right.line) ||
  left.postedInstant - right.postedInstant ||
  SYSTEMS.indexOf(left.system) - SYSTEMS.indexOf(right.system) ||
  left.quantityScaled - right.quantityScaled ||
  compareText(left.reference, right.reference) ||
  compareText(left.reason, right.reason) ||
  left.rowNumber - right.rowNumber;

/** Types whose reference names the related document, so that a shipment can meet the order's shipment elsewhere. */
const MEETS_BY_REFERENCE: ReadonlySet<MovementType> = new Set([
  'shipment',
  'cancellation',
  'receipt',
  'return_received',
  'return_restocked',
  'return_scrapped',
  'assembly',
  'component',
]);

export const totalScaled = (postings: readonly Posting[]): number =>
  postings.reduce((sum, posting) => sum + posting.quantityScaled, 0);

const systemsOf = (postings: readonly Posting[]): readonly System[] =>
  SYSTEMS.filter((system) => postings.some((posting) => posting.system === system));

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
}

/** What each system that has any of these has in total; null where two of them differ. */
function agreedTotalScaled(postings: readonly Posting[]): number | null {
  const [first, ...others] = systemsOf(postings).map((system) => totalScaled(postings.filter((posting) => posting.system === system)));
  return first !== undefined && others.every((other) => other === first) ? first : null;
}

/** Splits one document's postings of one type by line, where every system numbers its lines alike. */
function splitByLine(document: readonly Posting[]): Posting[][] {
  if (document.some((posting) => posting.line === '')) return [[...document]];
  const lines = grouped(document, (posting) => posting.line);
  if (lines.length < 2 || systemsOf(document).length < 2) return lines;
  const agreeing = lines.filter((line) => systemsOf(line).length > 1 && agreedTotalScaled(line) !== null);
  const others = lines.filter((line) => !agreeing.includes(line)).flat();
  // One system has on two lines what another has on one: apart they differ, together they agree.
  if (systemsOf(others).length > 1 && agreedTotalScaled(others) !== null) return [...agreeing, others];
  const shared = lines.filter((line) => systemsOf(line).length > 1);
  const lone = lines.filter((line) => systemsOf(line).length === 1);
  const loneSystems = new Set(lone.map((line) => line[0]!.system));
  // Lines that only one system has, on both sides: the systems number their lines differently.
  return loneSystems.size > 1 ? [...shared, lone.flat()] : lines;
}

const relatedDocument = (event: readonly Posting[]): string =>
  event.find((posting) => posting.reference !== '')?.reference ?? event[0]!.document;

/**
 * Documents of one type that name the same related document, put together where the systems number theirs differently:
 * one system's parcels, say, are another's one shipment. What every system of a shared document has once more on its own
 * stays by itself: it is a delivery that another system does not have.
 */
function joinRelated(group: readonly (readonly Posting[])[]): readonly (readonly Posting[])[] {
  const lone = group.filter((event) => systemsOf(event).length === 1);
  const whole = group.flat();
  if (group.length < 2 || lone.length === 0 || systemsOf(whole).length < 2) return group;
  const shared = group.filter((event) => systemsOf(event).length > 1);
  const sharing = systemsOf(shared.flat());
  const isOwnNumbering = systemsOf(lone.flat()).some((system) => !sharing.includes(system));
  return isOwnNumbering || agreedTotalScaled(whole) !== null ? [whole] : group;
}

function joinByReference(events: readonly Posting[][]): readonly (readonly Posting[])[] {
  const meeting = events.filter((event) => MEETS_BY_REFERENCE.has(event[0]!.type));
  return [
    ...events.filter((event) => !MEETS_BY_REFERENCE.has(event[0]!.type)),
    ...grouped(meeting, (event) => `${event[0]!.type}\n${relatedDocument(event)}`).flatMap(joinRelated),
  ];
}

interface Repeats {
  readonly kept: Posting[];
  readonly repeats: Posting[];
  readonly possible: Posting[];
}

/**
 * Tells repeats from parts. The same document, line and quantity by one system is a repeat where it also happened at
 * the same instant, or where leaving it out makes the system agree with another; without either it may be a second
 * delivery, and is only a possibility.
 */
function findRepeats(own: readonly Posting[], otherTotalsScaled: readonly number[]): Repeats {
  const repeats: Posting[] = [];
  const possible: Posting[] = [];
  const total = totalScaled(own);
  if (own.length > 1 && !otherTotalsScaled.includes(total)) {
    for (const alike of grouped(own, (posting) => `${posting.document}\n${posting.line}\n${posting.quantityScaled}`)) {
      if (alike.length < 2) continue;
      const byPosting = [...alike].sort(
        (left, right) => left.postedInstant - right.postedInstant || comparePostings(left, right),
      );
      const further = byPosting.slice(1);
      const agreeing = further.findIndex((_, index) =>
        otherTotalsScaled.includes(total - (index + 1) * byPosting[0]!.quantityScaled),
      );
      if (agreeing >= 0) repeats.push(...further.slice(further.length - agreeing - 1));
      else {
        const seen = new Set<number>();
        for (const posting of byPosting) {
          if (seen.has(posting.occurredInstant)) repeats.push(posting);
          else if (seen.size > 0 && otherTotalsScaled.length === 0) possible.push(posting);
          seen.add(posting.occurredInstant);
        }
      }
    }
  }
  return { kept: own.filter((posting) => !repeats.includes(posting)), repeats, possible };
}

function eventOf(postings: readonly Posting[]): StockEvent {
  const sorted = [...postings].sort(comparePostings);
  const own = (system: System) => sorted.filter((posting) => posting.system === system);
  // A storefront may repeat itself too, so agreement is sought with what each other system has once.
  const distinctTotal = (system: System): number[] => {
    const all = own(system);
    if (all.length === 0) return [];
    const once = grouped(
      all,
      (posting) => `${posting.document}\n${posting.line}\n${posting.quantityScaled}\n${posting.occurredInstant}`,
    );
    return [totalScaled(all), totalScaled(once.map((group) => group[0]!))];
  };
  const found = Object.fromEntries(
    SYSTEMS.map((system) => [
      system,
      findRepeats(own(system), SYSTEMS.filter((other) => other !== system).flatMap(distinctTotal)),
    ]),
  ) as Record<System, Repeats>;
  const pick = (part: keyof Repeats): Readonly<Record<System, readonly Posting[]>> => ({
    erp: found.erp[part],
    storefront: found.storefront[part],
    warehouse: found.warehouse[part],
  });
  const named = sorted.find((posting) => posting.reference === '') ?? sorted[0]!;
  return {
    type: named.type,
    document: named.document,
    line: named.line,
    postings: pick('kept'),
    repeats: pick('repeats'),
    possibleRepeats: pick('possible'),
  };
}

/** The events that a line's postings tell of, in the order in which they happened. */
export function matchEvents(postings: readonly Posting[]): readonly StockEvent[] {
  const sorted = [...postings].sort(comparePostings);
  const byDocument = grouped(sorted, (posting) => `${posting.type}\n${posting.document}`);
  const events = joinByReference(byDocument.flatMap(splitByLine)).map((event) => [...event].sort(comparePostings));
  return events.sort((left, right) => comparePostings(left[0]!, right[0]!)).map(eventOf);
}

export const systemsPosting = (event: StockEvent): readonly System[] =>
  SYSTEMS.filter((system) => event.postings[system].length > 0);

/** Who is believed about what happened on the shelf: those who handle goods before those who book them. */
const WITNESSES: readonly System[] = ['warehouse', 'storefront', 'erp'];

/**
 * The postings that tell what happened on the shelf, each thing once. A booking of a count moves nothing: it states
 * what a count found, so it is nobody's event here.
 */
export function happenings(event: StockEvent): readonly Posting[] {
  if (event.type === 'count_post') return [];
  const witness = WITNESSES.find((system) => event.postings[system].length > 0);
  return witness ? event.postings[witness] : [];
}
