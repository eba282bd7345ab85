/**
 * Patterns that need two lines: equal and opposite residuals of a count. Two items in one location suggest a swap, one
 * item in two locations a transfer that nobody recorded.
 *
 * Small residuals meet by chance, so a twin counts only where it is the only one on either side: in the location (or in
 * the item's category there), or among the item's locations.
 */
import type { LineName } from '../line-case';
import { componentOf, type RuleName, type TracedComponent } from '../rule';
import { units } from '../words';
import type { Cause } from '../../variance';

export interface CountResidual extends LineName {
  readonly category: string | null;
  readonly residualScaled: number;
}

export const itemSwap: RuleName = { name: 'item_swap', version: 1 };
export const unrecordedTransfer: RuleName = { name: 'unrecorded_transfer', version: 1 };

/** The pairs in groups of the same key and size that hold exactly one line with more and one with less. */
function onlyPairs(
  residuals: readonly CountResidual[],
  keyOf: (residual: CountResidual) => string,
): readonly (readonly [CountResidual, CountResidual])[] {
  const groups = new Map<string, CountResidual[]>();
  for (const residual of residuals) {
    const key = `${Math.abs(residual.residualScaled)}\n${keyOf(residual)}`;
    const group = groups.get(key);
    if (group) group.push(residual);
    else groups.set(key, [residual]);
  }
  const pairs: (readonly [CountResidual, CountResidual])[] = [];
  for (const group of groups.values()) {
    const [one, other] = group;
    if (group.length === 2 && one && other && one.residualScaled === -other.residualScaled) pairs.push([one, other]);
  }
  return pairs;
}

function suggest(
  found: Map<number, TracedComponent[]>,
  rule: RuleName,
  cause: Cause,
  own: CountResidual,
  twin: CountResidual,
  sentence: string,
): void {
  const claim = {
    cause,
    quantityScaled: own.residualScaled,
    sentence,
    documents: [],
    evidence: [],
    twinStockKeyId: twin.stockKeyId,
    sinceInstant: null,
  };
  const suggestions = found.get(own.stockKeyId) ?? [];
  if (suggestions.some((each) => each.cause === cause)) return;
  found.set(own.stockKeyId, [...suggestions, componentOf(rule, claim, true)]);
}

const moreOrFewer = (residual: CountResidual): string =>
  `${units(residual.residualScaled)} ${residual.residualScaled > 0 ? 'more' : 'fewer'}`;

/** Suggestions by line, for all count residuals of a period at once. */
export function suggestTwins(residuals: readonly CountResidual[]): ReadonlyMap<number, readonly TracedComponent[]> {
  const found = new Map<number, TracedComponent[]>();
  const some = residuals.filter((residual) => residual.residualScaled !== 0);
  const swaps = [
    ...onlyPairs(some, (residual) => `${residual.locationId}`),
    ...onlyPairs(
      some.filter((residual) => residual.category !== null),
      (residual) => `${residual.locationId}\n${residual.category}`,
    ),
  ];
  for (const [one, other] of swaps) {
    for (const [own, twin] of [
      [one, other],
      [other, one],
    ] as const) {
      suggest(
        found,
        itemSwap,
        'item_swap',
        own,
        twin,
        `${own.sku} has ${moreOrFewer(own)} and ${twin.sku} ${moreOrFewer(twin)} at ${own.location}: ` +
          'one may have been picked or counted as the other.',
      );
    }
  }
  for (const [one, other] of onlyPairs(some, (residual) => `${residual.itemId}`)) {
    for (const [own, twin] of [
      [one, other],
      [other, one],
    ] as const) {
      suggest(
        found,
        unrecordedTransfer,
        'unrecorded_transfer',
        own,
        twin,
        `${own.location} has ${moreOrFewer(own)} and ${twin.location} ${moreOrFewer(twin)} of ${own.sku}: ` +
          'they may have been moved without a transfer.',
      );
    }
  }
  return found;
}
