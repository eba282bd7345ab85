/** Alignment: both sides posted the event, with other quantities; a factor of the pack size is a unit mismatch. */
import { ONE_UNIT_SCALED } from '../../quantity';
import { totalScaled } from '../events';
import type { EventRule } from '../rule';
import type { GapSide } from '../gap';
import { capitalised, units } from '../words';
import { nameOfPosting } from '../rule';
import { claimOf, postingsOf } from './gap-words';

/** The shelf's quantity is its witness's, who is named. */
const nameOf = (side: GapSide): string =>
  side.system === null
    ? postingsOf(side)[0]?.system === 'storefront'
      ? 'the storefront'
      : 'the warehouse'
    : side.name;

function isPackFactor(oneScaled: number, otherScaled: number, packSizeScaled: number | null): boolean {
  if (!packSizeScaled || packSizeScaled === ONE_UNIT_SCALED || oneScaled === 0 || otherScaled === 0) return false;
  const pack = BigInt(packSizeScaled);
  const one = BigInt(ONE_UNIT_SCALED);
  return (
    BigInt(oneScaled) * one === BigInt(otherScaled) * pack || BigInt(otherScaled) * one === BigInt(oneScaled) * pack
  );
}

export const unitMismatch: EventRule = {
  name: 'unit_mismatch',
  version: 1,
  part: 'differingScaled',
  claim: (gap, line) => {
    const leftScaled = totalScaled(postingsOf(gap.left));
    const rightScaled = totalScaled(postingsOf(gap.right));
    if (!isPackFactor(leftScaled, rightScaled, line.packSizeScaled)) return null;
    return claimOf(
      gap,
      'unit_mismatch',
      gap.parts.differingScaled,
      `${capitalised(nameOfPosting(gap.event))}: ${nameOf(gap.left)} has ${units(leftScaled)}, ${nameOf(gap.right)} ` +
        `${units(rightScaled)}, a factor of the pack size ${units(line.packSizeScaled ?? 0)}.`,
    );
  },
};

export const quantityMismatch: EventRule = {
  name: 'quantity_mismatch',
  version: 1,
  part: 'differingScaled',
  claim: (gap) =>
    claimOf(
      gap,
      'quantity_mismatch',
      gap.parts.differingScaled,
      `${capitalised(nameOfPosting(gap.event))}: ${nameOf(gap.left)} has ${units(totalScaled(postingsOf(gap.left)))}, ` +
        `${nameOf(gap.right)} ${units(totalScaled(postingsOf(gap.right)))}.`,
    ),
};
