/**
 * Which of several hypotheses the rest of a variance holds in full: same sign, and together no more than the rest.
 *
 * Where not all fit, the fewest that meet the rest exactly are taken; without such a choice they are taken in their
 * order while they fit.
 */
import type { Claim } from './rule';

/** Beyond this many the exact choice is not searched: the number of choices doubles with each. */
const SEARCHED_MAX = 12;

const bitsOf = (choice: number): number => {
  let bits = 0;
  for (let rest = choice; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
};

export function heldBy<T extends { readonly claim: Claim }>(
  restScaled: number,
  candidates: readonly T[],
): readonly T[] {
  const fitting = candidates.filter(
    ({ claim }) =>
      Math.sign(claim.quantityScaled) === Math.sign(restScaled) &&
      Math.abs(claim.quantityScaled) <= Math.abs(restScaled),
  );
  const sum = (some: readonly T[]) => some.reduce((total, { claim }) => total + claim.quantityScaled, 0);
  if (Math.abs(sum(fitting)) <= Math.abs(restScaled)) return fitting;
  if (fitting.length <= SEARCHED_MAX) {
    let best: readonly T[] | null = null;
    let bestBits = Infinity;
    for (let choice = 1; choice < 1 << fitting.length; choice += 1) {
      const bits = bitsOf(choice);
      if (bits >= bestBits) continue;
      const chosen = fitting.filter((_, index) => (choice >> index) & 1);
      if (sum(chosen) === restScaled) [best, bestBits] = [chosen, bits];
    }
    if (best) return best;
  }
  const taken: T[] = [];
  for (const candidate of fitting) {
    if (Math.abs(sum(taken) + candidate.claim.quantityScaled) <= Math.abs(restScaled)) taken.push(candidate);
  }
  return taken;
}
