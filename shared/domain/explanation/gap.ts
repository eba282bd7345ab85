/**
 * The gap that one event leaves in one variance, parted by what the rules may claim of it.
 *
 * A variance is left figure minus right figure: the shelf minus the ERP, or the storefront's available minus the
 * identity. Each event is compared by what each side had taken in at the cut-off. The parts of a gap add up to the gap,
 * and each belongs to exactly one rule, so that no event is counted twice.
 */
import { EFFECTS, type MovementType, type System } from '../states';
import type { Posting, VarianceKind } from '../variance';
import { happenings, totalScaled, type StockEvent } from './events';
import { IDENTITY_STATES, type LineCase } from './line-case';
import { SYSTEM_NAMES } from './words';

export interface GapSide {
  /** Null: the shelf, which is told by whoever saw the event happen. */
  readonly system: System | null;
  /** `the ERP`, `the shelf`. */
  readonly name: string;
  readonly taken: readonly Posting[];
  readonly late: readonly Posting[];
  /** When this side took the posting in: its posting, for the shelf its occurrence. */
  readonly instantOf: (posting: Posting) => number;
}

/** Where the other side put the event instead. */
export interface Misplacement {
  readonly cause: 'location_mismatch' | 'item_mismatch';
  readonly posting: Posting;
}

export interface EventGap {
  readonly kind: VarianceKind;
  readonly event: StockEvent;
  readonly left: GapSide;
  readonly right: GapSide;
  /** What one unit on the left adds to the variance; one unit on the right takes it away. */
  readonly weight: 1 | -1;
  readonly misplacement: Misplacement | null;
  /** The instant by which the side that is behind had to follow. */
  readonly deadlineInstant: number;
  /** Signed as the variance is; they add up to what the event holds of it, but for what silence leaves unsaid. */
  readonly parts: {
    readonly repeatedScaled: number;
    readonly misplacedScaled: number;
    readonly differingScaled: number;
    readonly timelyScaled: number;
    readonly overdueScaled: number;
  };
  readonly repeatsTaken: readonly Posting[];
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
const BESIDE_ERP: readonly System[] = ['warehouse', 'storefront'];

/** Where an event that only the ERP has here took place according to another system. */
export const misplacedByErp = (event: StockEvent, line: Surroundings): Misplacement | null =>
  BESIDE_ERP.some((system) => event.postings[system].length > 0)
    ? null
    : findMisplacement(event, line, ['erp'], BESIDE_ERP);

/** What happened on this line's shelf: an event that others saw elsewhere did not happen here. */
export const happeningsHere = (event: StockEvent, line: Surroundings): readonly Posting[] =>
  misplacedByErp(event, line) ? [] : happenings(event);

interface Sides {
  readonly left: GapSide;
  readonly right: GapSide;
  readonly weight: 1 | -1;
}

function sideOf(system: System, event: StockEvent, cutOffInstant: number): GapSide {
  const instantOf = (posting: Posting) => posting.postedInstant;
  const postings = event.postings[system];
  return {
    system,
    name: `the ${SYSTEM_NAMES[system]}`,
    taken: postings.filter((posting) => instantOf(posting) <= cutOffInstant),
    late: postings.filter((posting) => instantOf(posting) > cutOffInstant),
    instantOf,
  };
}

function countSides(event: StockEvent, line: LineCase): Sides | null {
  const weight = EFFECTS[event.type].on_hand;
  if (!weight || event.type === 'count_post') return null;
  const happened = happeningsHere(event, line);
  const instantOf = (posting: Posting) => posting.occurredInstant;
  const shelf: GapSide = {
    system: null,
    name: 'the shelf',
    taken: happened.filter((posting) => instantOf(posting) <= line.cutOffInstant),
    late: happened.filter((posting) => instantOf(posting) > line.cutOffInstant),
    instantOf,
  };
  return { left: shelf, right: sideOf('erp', event, line.cutOffInstant), weight };
}

/** How much a unit posted by each system moves the storefront's available minus the identity. */
export function channelWeights(type: MovementType, line: LineCase): ReadonlyMap<System, number> {
  const weights = new Map<System, number>();
  const add = (system: System | null, weight: number) => {
    if (system && weight) weights.set(system, (weights.get(system) ?? 0) + weight);
  };
  const effects = EFFECTS[type];
  add('storefront', effects.available ?? 0);
  for (const state of IDENTITY_STATES) {
    // The identity takes held states away from on hand, and the variance takes the identity away.
    add(line.heldBy[state], (effects[state] ?? 0) * (state === 'on_hand' ? -1 : 1));
  }
  return new Map([...weights].filter(([, weight]) => weight !== 0));
}

function channelSides(event: StockEvent, line: LineCase): Sides | null {
  const weights = [...channelWeights(event.type, line)];
  if (weights.length !== 2 || weights[0]![1] + weights[1]![1] !== 0) return null;
  weights.sort(([one], [other]) => Number(other === 'storefront') - Number(one === 'storefront'));
  const [[leftSystem, weight], [rightSystem]] = weights as [[System, number], [System, number]];
  return {
    left: sideOf(leftSystem, event, line.cutOffInstant),
    right: sideOf(rightSystem, event, line.cutOffInstant),
    weight: weight > 0 ? 1 : -1,
  };
}

const allOf = (side: GapSide): readonly Posting[] => [...side.taken, ...side.late];

/**
 * When the other side gave the first sign of what this side has not taken in beyond its first `fromScaled`: its posting,
 * or the occurrence where only this side's own system knows of it. Deliveries in parts are met first to first.
 */
function signInstant(side: GapSide, other: GapSide, fromScaled: number): number {
  const signs = allOf(other)
    .map((posting) => ({
      instant: posting.system === side.system ? posting.occurredInstant : posting.postedInstant,
      absoluteScaled: Math.abs(posting.quantityScaled),
    }))
    .sort((one, next) => one.instant - next.instant);
  let reachedScaled = 0;
  for (const sign of signs) {
    reachedScaled += sign.absoluteScaled;
    if (reachedScaled > fromScaled) return sign.instant;
  }
  return signs.at(-1)?.instant ?? Math.min(...allOf(side).map((posting) => posting.occurredInstant));
}

const absoluteTotalScaled = (postings: readonly Posting[]): number =>
  postings.reduce((sum, posting) => sum + Math.abs(posting.quantityScaled), 0);

/** Null where the event leaves nothing in this variance, or nothing that the files let anybody say. */
export function gapOf(
  kind: VarianceKind,
  event: StockEvent,
  line: LineCase,
  withoutRepeatsOf: ReadonlySet<Posting>,
): EventGap | null {
  const sides = kind === 'count' ? countSides(event, line) : kind === 'channel' ? channelSides(event, line) : null;
  if (!sides) return null;
  const { left, right, weight } = sides;
  const repeatsOf = (side: GapSide): readonly Posting[] =>
    side.system === null
      ? []
      : event.repeats[side.system].filter(
          (posting) => posting.postedInstant <= line.cutOffInstant && !withoutRepeatsOf.has(posting),
        );
  const repeatedScaled = weight * (totalScaled(repeatsOf(left)) - totalScaled(repeatsOf(right)));
  const gapScaled = weight * (totalScaled(left.taken) - totalScaled(right.taken));
  const base = { kind, event, left, right, weight, repeatsTaken: [...repeatsOf(left), ...repeatsOf(right)] };
  const none = { repeatedScaled, misplacedScaled: 0, differingScaled: 0, timelyScaled: 0, overdueScaled: 0 };
  if (gapScaled === 0) {
    return repeatedScaled === 0
      ? null
      : { ...base, misplacement: null, deadlineInstant: line.cutOffInstant, parts: none };
  }

  const leftAll = allOf(left);
  const rightAll = allOf(right);
  const misplacement = misplacementOf(kind, event, line, left, right);
  if (misplacement) {
    return {
      ...base,
      misplacement,
      deadlineInstant: line.cutOffInstant,
      parts: { ...none, misplacedScaled: gapScaled },
    };
  }

  const behind = absoluteTotalScaled(leftAll) < absoluteTotalScaled(rightAll) ? left : right;
  const ahead = behind === left ? right : left;
  const pendingDeadlineInstant = signInstant(behind, ahead, absoluteTotalScaled(allOf(behind))) + line.windowMs;
  const behindReachInstant = (behind.system === null ? null : line.reach[behind.system].reachInstant) ?? Infinity;
  if (leftAll.length === 0 || rightAll.length === 0) {
    if (behind.system === null || !line.reach[behind.system].coveredTypes.has(event.type)) {
      return repeatedScaled === 0
        ? null
        : { ...base, misplacement: null, deadlineInstant: pendingDeadlineInstant, parts: none };
    }
    const part = behindReachInstant >= pendingDeadlineInstant ? 'overdueScaled' : 'timelyScaled';
    return {
      ...base,
      misplacement: null,
      deadlineInstant: pendingDeadlineInstant,
      parts: { ...none, [part]: gapScaled },
    };
  }

  let timelyScaled = 0;
  let overdueScaled = 0;
  let deadlineInstant = pendingDeadlineInstant;
  for (const [side, other, sign] of [
    [left, right, -weight],
    [right, left, weight],
  ] as const) {
    let reachedScaled = absoluteTotalScaled(side.taken);
    for (const posting of [...side.late].sort((one, next) => side.instantOf(one) - side.instantOf(next))) {
      deadlineInstant = signInstant(side, other, reachedScaled) + line.windowMs;
      if (side.instantOf(posting) <= deadlineInstant) timelyScaled += sign * posting.quantityScaled;
      else overdueScaled += sign * posting.quantityScaled;
      reachedScaled += Math.abs(posting.quantityScaled);
    }
  }
  const finalScaled = weight * (totalScaled(leftAll) - totalScaled(rightAll));
  const isPending = finalScaled !== 0 && behindReachInstant < pendingDeadlineInstant;
  if (isPending) timelyScaled += finalScaled;
  return {
    ...base,
    misplacement: null,
    deadlineInstant,
    parts: { ...none, differingScaled: isPending ? 0 : finalScaled, timelyScaled, overdueScaled },
  };
}

function misplacementOf(
  kind: VarianceKind,
  event: StockEvent,
  line: LineCase,
  left: GapSide,
  right: GapSide,
): Misplacement | null {
  if (kind === 'count') {
    if (right.taken.length + right.late.length === 0) {
      return findMisplacement(
        event,
        line,
        BESIDE_ERP.filter((system) => event.postings[system].length > 0),
        ['erp'],
      );
    }
    return misplacedByErp(event, line);
  }
  if (left.system === null || right.system === null) return null;
  if (allOf(left).length === 0) return findMisplacement(event, line, [right.system], [left.system]);
  if (allOf(right).length === 0) return findMisplacement(event, line, [left.system], [right.system]);
  return null;
}
