/**
 * The gap that one event leaves in one variance, parted by what the rules may claim of it.
 *
 * A variance is left figure minus right figure: the shelf minus the ERP, or the storefront's available minus the
 * identity. Each event is compared by what each side had taken in at the cut-off. The parts of a gap add up to the gap,
 * and each belongs to exactly one rule, so that no event is counted twice.
 */
import { EFFECTS, type MovementType, type System } from '../states';
import type { Posting, VarianceKind } from '../variance';
import { totalScaled, type StockEvent } from './events';
import { IDENTITY_STATES, type LineCase } from './line-case';
import {
  BESIDE_ERP,
  findMisplacement,
  happeningsHere,
  misplacedByErp,
  misplacedByOthers,
  type Misplacement,
} from './surroundings';
import { transferOf, type Transfer } from './transfer';
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

/**
 * How sure an event is of what it left in a variance.
 *
 * - `told`: the systems' postings leave no other reading;
 * - `held`: true if the rest of the variance holds at least as much;
 * - `disputed`: the systems contradict each other about the shelf, and only a rest of exactly that size decides.
 */
export type Certainty = 'told' | 'held' | 'disputed';

export interface EventGap {
  readonly kind: VarianceKind;
  readonly event: StockEvent;
  readonly left: GapSide;
  readonly right: GapSide;
  /** What one unit on the left adds to the variance; one unit on the right takes it away. */
  readonly weight: 1 | -1;
  readonly certainty: Certainty;
  readonly misplacement: Misplacement | null;
  /** The transfer that a receipt belongs to, where the books had received it before the goods came. */
  readonly transfer: Transfer | null;
  /** The instant by which the side that is behind had to follow. */
  readonly deadlineInstant: number;
  /** Postings of the side ahead that the other side lacks, where it has the event's other parts. */
  readonly missingParts: readonly Posting[];
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

interface Sides {
  readonly left: GapSide;
  readonly right: GapSide;
  readonly weight: 1 | -1;
  readonly certainty: Certainty;
  readonly misplacement: Misplacement | null;
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

const shelfOf = (happened: readonly Posting[], cutOffInstant: number): GapSide => ({
  system: null,
  name: 'the shelf',
  taken: happened.filter((posting) => posting.occurredInstant <= cutOffInstant),
  late: happened.filter((posting) => posting.occurredInstant > cutOffInstant),
  instantOf: (posting) => posting.occurredInstant,
});

/** Whether the storefront bears the ERP out against the warehouse, in what had happened by the cut-off. */
function isDisputed(event: StockEvent, line: LineCase): boolean {
  const [erp, storefront, warehouse] = (['erp', 'storefront', 'warehouse'] as const).map((system) =>
    event.postings[system].filter((posting) => posting.occurredInstant <= line.cutOffInstant),
  ) as [Posting[], Posting[], Posting[]];
  if (erp.length === 0 || storefront.length === 0 || warehouse.length === 0) return false;
  return totalScaled(erp) === totalScaled(storefront) && totalScaled(erp) !== totalScaled(warehouse);
}

/** A count without any variance on the other line says that the shelf there is as its books have it. */
const isBorneOut = (elsewhere: Misplacement, line: LineCase): boolean =>
  line.countVarianceOf(elsewhere.posting.stockKeyId) !== 0;

/**
 * The ERP alone has it, all of it in the past, and others would have told: it may not have happened at all. A bundle may well
 * be on the ERP's line alone, and an adjustment is nothing that anybody sees happen.
 */
function isErpAlone(event: StockEvent, line: LineCase): boolean {
  const { erp } = event.postings;
  return (
    line.parts.length === 0 &&
    event.type !== 'adjustment' &&
    BESIDE_ERP.every((system) => event.postings[system].length === 0) &&
    BESIDE_ERP.some((system) => line.reach[system].coveredTypes.has(event.type)) &&
    erp.every((posting) => Math.max(posting.occurredInstant, posting.postedInstant) <= line.cutOffInstant)
  );
}

function countSides(event: StockEvent, line: LineCase, transfer: Transfer | null): Sides | null {
  const weight = EFFECTS[event.type].on_hand;
  if (!weight || event.type === 'count_post') return null;
  const right = sideOf('erp', event, line.cutOffInstant);
  const empty = shelfOf([], line.cutOffInstant);
  const elsewhere = misplacedByOthers(event, line);
  if (elsewhere && isBorneOut(elsewhere, line)) return { left: empty, right, weight, certainty: 'disputed', misplacement: elsewhere };
  const misplacement = misplacedByErp(event, line);
  if (!misplacement && isErpAlone(event, line)) {
    // Goods on the road are awaited; whoever sees goods come would have told.
    const certainty = !transfer ? 'disputed' : line.reach.warehouse.coveredTypes.has(event.type) ? 'told' : 'held';
    return { left: empty, right, weight, certainty, misplacement: null };
  }
  const left = shelfOf(happeningsHere(event, line), line.cutOffInstant);
  if (misplacement) return { left, right, weight, certainty: 'told', misplacement };
  if (event.postings.erp.length > 0) return { left, right, weight, certainty: isDisputed(event, line) ? 'disputed' : 'told', misplacement: null };
  const here = BESIDE_ERP.filter((system) => event.postings[system].length > 0);
  const there = findMisplacement(event, line, here, ['erp']);
  const isAgreedThere =
    there !== null && !here.includes('storefront') && findMisplacement(event, line, here, ['storefront']) !== null;
  if (isAgreedThere && !isBorneOut(there, line)) return null;
  return { left, right, weight, certainty: isAgreedThere ? 'disputed' : 'told', misplacement: there };
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
  const left = sideOf(leftSystem, event, line.cutOffInstant);
  const right = sideOf(rightSystem, event, line.cutOffInstant);
  return { left, right, weight: weight > 0 ? 1 : -1, certainty: 'told', misplacement: misplacedOnOneSide(event, line, left, right) };
}

function misplacedOnOneSide(event: StockEvent, line: LineCase, left: GapSide, right: GapSide): Misplacement | null {
  if (left.system === null || right.system === null) return null;
  if (allOf(left).length === 0) return findMisplacement(event, line, [right.system], [left.system]);
  if (allOf(right).length === 0) return findMisplacement(event, line, [left.system], [right.system]);
  return null;
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

/** What one side has of an event that the other lacks, where the other has all the rest of it posting by posting. */
function missingPartsOf(ahead: GapSide, behind: GapSide): readonly Posting[] {
  const left = [...allOf(behind)];
  const missing: Posting[] = [];
  const take = (isSame: (posting: Posting) => boolean): boolean => {
    const at = left.findIndex(isSame);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  for (const posting of [...allOf(ahead)].sort((one, next) => ahead.instantOf(one) - ahead.instantOf(next))) {
    if (!take((other) => other.quantityScaled === posting.quantityScaled)) missing.push(posting);
  }
  return left.length === 0 && allOf(behind).length > 0 ? missing : [];
}

/** Without the parts that one side took in after the cut-off and the other not at all: they are in no figure yet. */
function withoutFuture(left: GapSide, right: GapSide): { readonly left: GapSide; readonly right: GapSide } {
  const strip = (ahead: GapSide, behind: GapSide): GapSide => {
    const future = missingPartsOf(ahead, behind);
    return { ...ahead, late: ahead.late.filter((posting) => !future.includes(posting)) };
  };
  return { left: strip(left, right), right: strip(right, left) };
}

/** Null where the event leaves nothing in this variance, or nothing that the files let anybody say. */
export function gapOf(
  kind: VarianceKind,
  event: StockEvent,
  line: LineCase,
  withoutRepeatsOf: ReadonlySet<Posting>,
): EventGap | null {
  if (kind === 'ledger') return null;
  const underWay = transferOf(event, line);
  const sides = kind === 'count' ? countSides(event, line, underWay) : channelSides(event, line);
  if (!sides) return null;
  const { weight, certainty, misplacement } = sides;
  const { left, right } = withoutFuture(sides.left, sides.right);
  const repeatsOf = (side: GapSide): readonly Posting[] =>
    side.system === null
      ? []
      : event.repeats[side.system].filter(
          (posting) => posting.postedInstant <= line.cutOffInstant && !withoutRepeatsOf.has(posting),
        );
  const repeatedScaled = weight * (totalScaled(repeatsOf(left)) - totalScaled(repeatsOf(right)));
  const gapScaled = weight * (totalScaled(left.taken) - totalScaled(right.taken));
  const leftAll = allOf(left);
  const rightAll = allOf(right);
  const behind = absoluteTotalScaled(leftAll) < absoluteTotalScaled(rightAll) ? left : right;
  const ahead = behind === left ? right : left;
  // Goods on the road are awaited from their dispatch on, and for as long as a transfer may take.
  const transfer = gapScaled === 0 ? null : underWay;
  const windowMs = transfer ? line.transferWindowMs : line.windowMs;
  const none = { repeatedScaled, misplacedScaled: 0, differingScaled: 0, timelyScaled: 0, overdueScaled: 0 };
  const base = {
    kind, event, left, right, weight, certainty, transfer,
    misplacement: null,
    missingParts: [],
    deadlineInstant: line.cutOffInstant,
    parts: none,
    repeatsTaken: [...repeatsOf(left), ...repeatsOf(right)],
  };
  const onlyRepeats = repeatedScaled === 0 ? null : { ...base, certainty: 'told' as const };
  if (gapScaled === 0) return onlyRepeats;
  if (misplacement) return { ...base, misplacement, parts: { ...none, misplacedScaled: gapScaled } };

  const missingParts = missingPartsOf(ahead, behind);
  const firstSign = (postings: readonly Posting[]): number =>
    Math.min(...postings.map((posting) => (posting.system === behind.system ? posting.occurredInstant : posting.postedInstant)));
  const pendingSignInstant =
    transfer?.sentInstant ??
    (missingParts.length > 0 ? firstSign(missingParts) : signInstant(behind, ahead, absoluteTotalScaled(allOf(behind))));
  const pendingDeadlineInstant = pendingSignInstant + windowMs;
  const behindReachInstant = reachOf(behind, event, line);
  if (leftAll.length === 0 || rightAll.length === 0) {
    if (behind.system !== null && !line.reach[behind.system].coveredTypes.has(event.type)) return onlyRepeats;
    const part = behindReachInstant >= pendingDeadlineInstant ? 'overdueScaled' : 'timelyScaled';
    return { ...base, deadlineInstant: pendingDeadlineInstant, parts: { ...none, [part]: gapScaled } };
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
      deadlineInstant = (transfer?.sentInstant ?? signInstant(side, other, reachedScaled)) + windowMs;
      if (side.instantOf(posting) <= deadlineInstant) timelyScaled += sign * posting.quantityScaled;
      else overdueScaled += sign * posting.quantityScaled;
      reachedScaled += Math.abs(posting.quantityScaled);
    }
  }
  const finalScaled = weight * (totalScaled(leftAll) - totalScaled(rightAll));
  const isPending = finalScaled !== 0 && behindReachInstant < pendingDeadlineInstant;
  if (isPending) timelyScaled += finalScaled;
  else if (missingParts.length > 0) {
    overdueScaled += finalScaled;
    deadlineInstant = pendingDeadlineInstant;
  }
  return {
    ...base,
    missingParts,
    deadlineInstant,
    parts: { ...none, differingScaled: isPending || missingParts.length > 0 ? 0 : finalScaled, timelyScaled, overdueScaled },
  };
}

/** Until when the side that is behind had told anything: for the shelf, whoever would have told of the goods. */
function reachOf(side: GapSide, event: StockEvent, line: LineCase): number {
  if (side.system !== null) return line.reach[side.system].reachInstant ?? Infinity;
  if (BESIDE_ERP.some((system) => event.postings[system].length > 0)) return Infinity;
  const telling = BESIDE_ERP.filter((system) => line.reach[system].coveredTypes.has(event.type));
  return Math.max(-Infinity, ...telling.map((system) => line.reach[system].reachInstant ?? -Infinity));
}
