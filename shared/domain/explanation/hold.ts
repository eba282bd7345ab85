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

/** The fewest candidates that make up the rest exactly; none where no choice does. */
export function heldExactly<T extends { readonly quantityScaled: number }>(restScaled: number, candidates: readonly T[]): readonly T[] {
  const searched = candidates.filter(({ quantityScaled }) => quantityScaled !== 0).slice(0, SEARCHED_MAX);
  let best: readonly T[] = [];
  let bestBits = Infinity;
  for (let choice = 1; restScaled !== 0 && choice < 1 << searched.length; choice += 1) {
    const bits = bitsOf(choice);
    if (bits >= bestBits) continue;
    const chosen = searched.filter((_, index) => (choice >> index) & 1);
    if (chosen.reduce((total, { quantityScaled }) => total + quantityScaled, 0) === restScaled) [best, bestBits] = [chosen, bits];
  }
  return best;
}

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
    const exact = heldExactly(restScaled, fitting.map((candidate) => ({ candidate, quantityScaled: candidate.claim.quantityScaled })));
    if (exact.length > 0) return exact.map(({ candidate }) => candidate);
  }
  const taken: T[] = [];
  for (const candidate of fitting) {
    if (Math.abs(sum(taken) + candidate.claim.quantityScaled) <= Math.abs(restScaled)) taken.push(candidate);
  }
  return taken;
}
