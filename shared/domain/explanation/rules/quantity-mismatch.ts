/** Alignment: both sides posted the event, with other quantities; a factor of the pack size is a unit mismatch. */
import { ONE_UNIT_SCALED } from '../../quantity';
import { totalScaled } from '../events';
import type { EventRule } from '../rule';
import type { EventGap, GapSide } from '../gap';
import type { LineCase } from '../line-case';
import { transfersTo } from '../transfer';
import { capitalised, listed, units } from '../words';
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

/** `Receipt PO-1: the warehouse has 36 units of 2026-10-15 09:52, the ERP 30 units of 2026-10-15 10:31`. */
function bothSides(gap: EventGap, line: LineCase): string {
  const told = (side: GapSide) =>
    `${units(totalScaled(postingsOf(side)))} posted ${listed([...new Set(postingsOf(side).map((posting) => line.words.instant(posting.postedInstant)))])}`;
  return `${capitalised(nameOfPosting(gap.event))}: ${nameOf(gap.left)} has ${told(gap.left)}, ${nameOf(gap.right)} ${told(gap.right)}`;
}

/** What else is known of the difference: the other sign, or what left for here. */
function howTheyDiffer(gap: EventGap, line: LineCase): string {
  if (totalScaled(postingsOf(gap.left)) === -totalScaled(postingsOf(gap.right))) return ', with the opposite sign';
  if (gap.event.type !== 'transfer_in') return '';
  const transfer = transfersTo(line).find(({ document }) => document === gap.event.document);
  const from = transfer && line.names.get(transfer.sent[0]!.stockKeyId)?.location;
  return transfer && from
    ? `; ${units(transfer.sentScaled)} left ${from} ${line.words.instant(transfer.sentInstant)}`
    : '';
}

export const unitMismatch: EventRule = {
  name: 'unit_mismatch',
  version: 2,
  part: 'differingScaled',
  claim: (gap, line) => {
    const leftScaled = totalScaled(postingsOf(gap.left));
    const rightScaled = totalScaled(postingsOf(gap.right));
    if (!isPackFactor(leftScaled, rightScaled, line.packSizeScaled)) return null;
    return claimOf(
      gap,
      'unit_mismatch',
      gap.parts.differingScaled,
      `${bothSides(gap, line)}, a factor of the pack size ${units(line.packSizeScaled ?? 0)}.`,
    );
  },
};

export const quantityMismatch: EventRule = {
  name: 'quantity_mismatch',
  version: 2,
  part: 'differingScaled',
  claim: (gap, line) =>
    claimOf(gap, 'quantity_mismatch', gap.parts.differingScaled, `${bothSides(gap, line)}${howTheyDiffer(gap, line)}.`),
};
