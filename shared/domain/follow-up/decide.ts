/**
 * Decisions on a line after it was explained: whether a second count is asked for, whether counters contradict each other,
 * whether a system's figures add up, where systems disagree.
 */
import type { StatesAtCutOff, SystemPosition } from '../explanation/positions';
import { FALLBACK_ORDER } from '../explanation/positions';
import { listed, signed, SYSTEM_NAMES, units } from '../explanation/words';
import { exactValue, EXACT_VALUE_PLACES, formatAmount, minorDigits, roundToMinor } from '../money';
import { formatDecimal } from '../decimal';
import { formatQuantity } from '../quantity';
import { TRUTH_STATES, type CountPolicy, type TierBounds, type TruthState } from '../rules';
import { SYSTEMS, type System } from '../states';
import type { CountConflict, Disagreement, IdentityCheck } from './shapes';

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

export interface CountedLine {
  /** The count variance less its timing. */
  readonly adjustmentScaled: number;
  readonly bookScaled: number | null;
  readonly unitCostScaled: number | null;
  readonly currency: string;
  /** Goods moved between the count and the cut-off. */
  readonly hasMoved: boolean;
}

/**
 * Why a line that was counted once needs a second count; null where it needs none. Over any one bound is over: units, percent of
 * the book quantity, value. Without a unit cost the value says nothing.
 */
export function whyRecount(line: CountedLine, bounds: TierBounds | null, whenMoved: CountPolicy): string | null {
  const quantity = absolute(BigInt(line.adjustmentScaled));
  const over: string[] = [];
  if (bounds && quantity > 0n) {
    if (quantity > BigInt(bounds.unitsScaled)) over.push(`${units(line.adjustmentScaled)} (bound ${formatQuantity(bounds.unitsScaled)})`);
    const book = absolute(BigInt(line.bookScaled ?? 0));
    if (quantity * 10_000n > BigInt(bounds.percentHundredths) * book) {
      const percent = book === 0n ? 'of nothing in the books' : `${formatDecimal((quantity * 10_000n) / book, 2)} % of the books`;
      over.push(`${percent} (bound ${formatDecimal(bounds.percentHundredths, 2)} %)`);
    }
    if (line.unitCostScaled !== null) {
      const value = absolute(exactValue(line.adjustmentScaled, line.unitCostScaled));
      if (value > BigInt(bounds.valueMinor) * 10n ** BigInt(EXACT_VALUE_PLACES - minorDigits(line.currency))) {
        const amount = formatAmount(roundToMinor(value, line.currency), line.currency);
        over.push(`${amount} ${line.currency} (bound ${formatAmount(bounds.valueMinor, line.currency)})`);
      }
    }
  }
  const reasons = over.length > 0 ? [`over the recount rule: ${listed(over)}`] : [];
  if (line.hasMoved && whenMoved === 'recount') reasons.push('goods moved between the count and the cut-off');
  return reasons.length > 0 ? reasons.join('; ') : null;
}

interface CountRowOfLine {
  readonly sheet: string;
  readonly line: string;
  readonly bin: string;
  readonly countNo: number;
  readonly countedScaled: number | null;
  readonly countedBy: string;
  readonly isUsed: boolean;
}

/** Bins that different people counted in the same count. A row without bin or name contradicts nobody. */
export function countConflicts(rows: readonly CountRowOfLine[]): readonly CountConflict[] {
  const byBin = new Map<string, CountRowOfLine[]>();
  for (const row of rows) {
    if (row.isUsed && row.bin !== '' && row.countedBy !== '') byBin.set(row.bin, [...(byBin.get(row.bin) ?? []), row]);
  }
  return [...byBin]
    .filter(([, counts]) => new Set(counts.map((row) => row.countedBy)).size > 1)
    .map(([bin, counts]) => ({
      bin,
      countNo: counts[0]!.countNo,
      counts: counts.map(({ sheet, line, countedBy, countedScaled }) => ({ sheet, line, countedBy, countedScaled: countedScaled ?? 0 })),
    }));
}

/**
 * Whether a snapshot adds up in itself. What is held is reserved, damaged and quarantined where all three are given, else the sum
 * that a storefront states as unavailable.
 */
export function identityCheckOf(system: System, position: SystemPosition): Omit<IdentityCheck, 'evidence'> {
  const { on_hand: onHand, committed, available, reserved, damaged, quarantined, unavailable } = position.statesScaled;
  const held = reserved !== null && damaged !== null && quarantined !== null ? reserved + damaged + quarantined : unavailable;
  const figures = { system, onHandScaled: onHand, committedScaled: committed, heldScaled: held, availableScaled: available };
  const missing = [
    ...(onHand === null ? ['on hand'] : []),
    ...(committed === null ? ['committed'] : []),
    ...(held === null ? ['what is held'] : []),
    ...(available === null ? ['available'] : []),
  ];
  if (onHand === null || committed === null || held === null || available === null) {
    return { ...figures, state: 'unknown', differenceScaled: null, sentence: `The ${SYSTEM_NAMES[system]} does not give ${listed(missing)}.` };
  }
  const difference = available - (onHand - committed - held);
  const sum = `${formatQuantity(onHand)} on hand - ${formatQuantity(committed)} committed - ${formatQuantity(held)} held = ${formatQuantity(onHand - committed - held)}`;
  return {
    ...figures,
    state: difference === 0 ? 'holds' : 'differs',
    differenceScaled: difference,
    sentence: difference === 0 ? `${sum}, as it states.` : `${sum}, and it states ${formatQuantity(available)} available: ${signed(difference)}.`,
  };
}

/** States of which systems give other figures at the cut-off. */
export function disagreementsOf(
  states: Readonly<Record<System, StatesAtCutOff | null>>,
  unitCosts: Readonly<Record<System, number | null>>,
  truth: Readonly<Record<TruthState, System>>,
): readonly Disagreement[] {
  return TRUTH_STATES.flatMap((state) => {
    const figures = SYSTEMS.flatMap((system) => {
      const quantityScaled = state === 'unit_cost' ? unitCosts[system] : (states[system]?.[state] ?? null);
      return quantityScaled === null ? [] : [{ system, quantityScaled }];
    });
    if (new Set(figures.map(({ quantityScaled }) => quantityScaled)).size < 2) return [];
    const ruledSystem = truth[state];
    const winner = [ruledSystem, ...FALLBACK_ORDER].find((system) => figures.some((figure) => figure.system === system))!;
    return [{ state, figures, winner, ruledSystem }];
  });
}
