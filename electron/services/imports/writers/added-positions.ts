/**
 * Positions that several rows give together: lots, bins and packages of an item at a place.
 */
import { divideHalfEven, toSafeInteger } from '@shared/domain/decimal';
import { addQuantities } from '@shared/domain/quantity';
import { QUANTITY_STATES, type QuantityState } from '@shared/domain/states';

/** The figures of a position; what is not there is unknown. */
export type PositionFigures = Readonly<Partial<Record<QuantityState | 'unit_cost', number | undefined>>>;

/** The unit cost of two parts together: equal, or weighted by their quantities, half-even; unknown where a part's is. */
function weightedCost(held: PositionFigures, added: PositionFigures): number | undefined {
  if (held.unit_cost === undefined || added.unit_cost === undefined) return undefined;
  if (held.unit_cost === added.unit_cost) return held.unit_cost;
  const [heldScaled, addedScaled] = [held.on_hand ?? held.available, added.on_hand ?? added.available];
  if (heldScaled === undefined || addedScaled === undefined) return undefined;
  const quantity = BigInt(heldScaled) + BigInt(addedScaled);
  if (quantity <= 0n) return undefined;
  return toSafeInteger(divideHalfEven(BigInt(heldScaled) * BigInt(held.unit_cost) + BigInt(addedScaled) * BigInt(added.unit_cost), quantity));
}

/** Two parts as one position: what either does not say is unknown of both. */
export function addFigures(held: PositionFigures, added: PositionFigures): PositionFigures {
  const sums: Partial<Record<QuantityState | 'unit_cost', number>> = {};
  for (const state of QUANTITY_STATES) {
    const [one, other] = [held[state], added[state]];
    if (one !== undefined && other !== undefined) sums[state] = addQuantities(one, other);
  }
  const cost = weightedCost(held, added);
  return cost === undefined ? sums : { ...sums, unit_cost: cost };
}
