/**
 * Positions of one line: carried to the cut-off, and put together to the identity.
 *
 * The reconciliation does the same for all lines at once in SQL; here it is done for one line, to explain and to show
 * it, and a test holds the two against each other.
 */
import { effectOn, EFFECTS, type MovementType, type QuantityState, type System } from '../states';
import type { EvidenceRef, Posting } from '../variance';
import { IDENTITY_STATES, type IdentityState } from './line-case';

/** The states a snapshot may give that the reconciliation uses. */
export const POSITION_STATES = [
  'on_hand',
  'available',
  'committed',
  'reserved',
  'damaged',
  'quarantined',
  'unavailable',
] as const;
export type PositionState = (typeof POSITION_STATES)[number];

export interface SystemPosition extends EvidenceRef {
  readonly asOfInstant: number;
  /** As the file gave them; null is unknown. */
  readonly statesScaled: Readonly<Record<PositionState, number | null>>;
  readonly unitCostScaled: number | null;
}

/** The held states that Shopify sums up as unavailable. */
export const UNAVAILABLE_STATES = ['reserved', 'damaged', 'quarantined'] as const;

/** How one unit of a movement moves a state; unavailable moves with the states it sums up. */
export const weightOn = (state: PositionState, type: MovementType): number =>
  state === 'unavailable'
    ? UNAVAILABLE_STATES.reduce((sum, held) => sum + (EFFECTS[type][held] ?? 0), 0)
    : (EFFECTS[type][state as QuantityState] ?? 0);

export interface RolledPosting {
  readonly posting: Posting;
  /** What the posting adds to the position on its way to the cut-off. */
  readonly effectScaled: number;
}

/**
 * The postings between an instant and the cut-off, with what they add: an older figure takes in what came after it, a
 * younger one gives back what came after the cut-off.
 */
export function rollToCutOff(
  state: PositionState,
  fromInstant: number,
  cutOffInstant: number,
  postings: readonly Posting[],
  instantOf: (posting: Posting) => number,
): readonly RolledPosting[] {
  const [after, until] = fromInstant < cutOffInstant ? [fromInstant, cutOffInstant] : [cutOffInstant, fromInstant];
  const direction = fromInstant < cutOffInstant ? 1 : -1;
  return postings
    .filter((posting) => instantOf(posting) > after && instantOf(posting) <= until)
    .map((posting) => ({
      posting,
      effectScaled: direction * weightOn(state, posting.type) * posting.quantityScaled || 0,
    }))
    .filter(({ effectScaled }) => effectScaled !== 0);
}

/** What a system's own postings add to one of its states between its figure and the cut-off. */
export const ownRolls = (
  system: System,
  state: PositionState,
  position: SystemPosition,
  cutOffInstant: number,
  postings: readonly Posting[],
): readonly RolledPosting[] =>
  rollToCutOff(
    state,
    position.asOfInstant,
    cutOffInstant,
    postings.filter((posting) => posting.system === system),
    (posting) => posting.postedInstant,
  );

export const sumOfEffects = (rolls: readonly RolledPosting[]): number =>
  rolls.reduce((sum, { effectScaled }) => sum + effectScaled, 0);

export type StatesAtCutOff = Readonly<Record<PositionState, number | null>>;

/** Every state a system gave, at the cut-off. */
export function statesAtCutOff(
  system: System,
  position: SystemPosition,
  cutOffInstant: number,
  postings: readonly Posting[],
): StatesAtCutOff {
  const rolled = (state: PositionState): number | null => {
    const given = position.statesScaled[state];
    return given === null ? null : given + sumOfEffects(ownRolls(system, state, position, cutOffInstant, postings));
  };
  return Object.fromEntries(POSITION_STATES.map((state) => [state, rolled(state)])) as Record<
    PositionState,
    number | null
  >;
}

/** After the system the source-of-truth rule names, the others are asked in this order. */
export const FALLBACK_ORDER: readonly System[] = ['erp', 'warehouse', 'storefront'];

export type TruthOfStates = Readonly<Record<IdentityState, System>>;
/** The general rule where the workbook has none. */
export const GENERAL_TRUTH: TruthOfStates & { readonly unit_cost: System } = {
  on_hand: 'erp',
  committed: 'storefront',
  reserved: 'erp',
  damaged: 'erp',
  quarantined: 'erp',
  unit_cost: 'erp',
};

export interface IdentityPart {
  readonly state: IdentityState | 'unavailable';
  readonly sign: 1 | -1;
  readonly quantityScaled: number | null;
  readonly system: System | null;
  readonly ruledSystem: System;
}

export interface Identity {
  /** Null where nobody knows on hand. A held state nobody knows is taken as none. */
  readonly quantityScaled: number | null;
  readonly parts: readonly IdentityPart[];
  readonly heldBy: Readonly<Record<IdentityState, System | null>>;
}

/** on hand - committed - reserved - damaged - quarantined, each from the system that the rule names or the next that knows it. */
export function identityOf(states: Readonly<Record<System, StatesAtCutOff | null>>, truth: TruthOfStates): Identity {
  const find = (state: IdentityState): IdentityPart => {
    const ruledSystem = truth[state];
    const order = [ruledSystem, ...FALLBACK_ORDER.filter((system) => system !== ruledSystem)];
    const system = order.find((each) => (states[each]?.[state] ?? null) !== null) ?? null;
    const quantityScaled = system === null ? null : (states[system]?.[state] ?? null);
    return { state, sign: state === 'on_hand' ? 1 : -1, quantityScaled, system, ruledSystem };
  };
  let parts: readonly IdentityPart[] = IDENTITY_STATES.map(find);
  const unavailableScaled = states.storefront?.unavailable ?? null;
  const isSummedUp = (part: IdentityPart) => (UNAVAILABLE_STATES as readonly string[]).includes(part.state);
  if (unavailableScaled !== null && parts.filter(isSummedUp).every((part) => part.system === null)) {
    parts = [
      ...parts.filter((part) => !isSummedUp(part)),
      {
        state: 'unavailable',
        sign: -1,
        quantityScaled: unavailableScaled,
        system: 'storefront',
        ruledSystem: 'storefront',
      },
    ];
  }
  const holder = (state: IdentityState): System | null =>
    (parts.find((part) => part.state === state) ?? parts.find((part) => part.state === 'unavailable'))?.system ?? null;
  const onHand = parts[0]!.quantityScaled;
  return {
    quantityScaled:
      onHand === null ? null : parts.reduce((sum, part) => sum + part.sign * (part.quantityScaled ?? 0), 0),
    parts,
    heldBy: {
      on_hand: holder('on_hand'),
      committed: holder('committed'),
      reserved: holder('reserved'),
      damaged: holder('damaged'),
      quarantined: holder('quarantined'),
    },
  };
}

/** The columns of a roll-forward and the movement types behind each. */
export const ROLL_FORWARD_TYPES = {
  receipts: ['receipt'],
  shipments: ['shipment'],
  returns: ['return_received'],
  transfers: ['transfer_out', 'transfer_in'],
  assembly: ['assembly', 'component'],
  adjustments: ['adjustment', 'count_post'],
} as const satisfies Record<string, readonly MovementType[]>;

/** The ERP's own on-hand postings of the period, by roll-forward column. */
export function rollForwardScaled(
  postings: readonly Posting[],
  startInstant: number,
  cutOffInstant: number,
): Readonly<Record<keyof typeof ROLL_FORWARD_TYPES, number>> {
  const own = postings.filter(
    (posting) =>
      posting.system === 'erp' && posting.postedInstant > startInstant && posting.postedInstant <= cutOffInstant,
  );
  const sumOf = (types: readonly MovementType[]): number =>
    own
      .filter((posting) => types.includes(posting.type))
      .reduce((sum, posting) => sum + effectOn('on_hand', posting.type, posting.quantityScaled), 0);
  return {
    receipts: sumOf(ROLL_FORWARD_TYPES.receipts),
    shipments: sumOf(ROLL_FORWARD_TYPES.shipments),
    returns: sumOf(ROLL_FORWARD_TYPES.returns),
    transfers: sumOf(ROLL_FORWARD_TYPES.transfers),
    assembly: sumOf(ROLL_FORWARD_TYPES.assembly),
    adjustments: sumOf(ROLL_FORWARD_TYPES.adjustments),
  };
}
