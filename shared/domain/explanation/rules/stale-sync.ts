/**
 * Alignment: the storefront's figure equals the identity at an earlier instant, and the storefront has moved nothing
 * since. Claimed only where it holds the rest of the variance to the unit.
 */
import { formatQuantity } from '../../quantity';
import { effectOn } from '../../states';
import type { Posting } from '../../variance';
import { IDENTITY_STATES, type LineCase } from '../line-case';
import { documentsOf, evidenceOf, type Hypothesis } from '../rule';
import { listed } from '../words';

/** What a posting adds to the available figure that the identity gives. */
function identityEffectScaled(posting: Posting, line: LineCase): number {
  let effectScaled = 0;
  for (const state of IDENTITY_STATES) {
    if (line.heldBy[state] !== posting.system) continue;
    effectScaled += effectOn(state, posting.type, posting.quantityScaled) * (state === 'on_hand' ? 1 : -1);
  }
  return effectScaled;
}

interface Move {
  readonly posting: Posting;
  readonly effectScaled: number;
}

export const staleSync: Hypothesis = {
  name: 'stale_sync',
  version: 1,
  candidates: (kind, line, restScaled, claimed) => {
    if (kind !== 'channel' || !line.storefront || line.identityScaled === null) return [];
    const { asOfInstant, quantityScaled } = line.storefront;
    const moves: Move[] = line.postings
      .map((posting) => ({ posting, effectScaled: identityEffectScaled(posting, line) }))
      .filter((move) => move.effectScaled !== 0)
      .sort((one, next) => next.posting.postedInstant - one.posting.postedInstant);
    const between = (from: number, until: number) =>
      moves.filter(({ posting }) => posting.postedInstant > from && posting.postedInstant <= until);
    const sum = (some: readonly Move[]) => some.reduce((total, move) => total + move.effectScaled, 0);
    let identityScaled =
      line.identityScaled -
      sum(between(asOfInstant, line.cutOffInstant)) +
      sum(between(line.cutOffInstant, asOfInstant));
    const lastOwnInstant = Math.max(
      -Infinity,
      ...line.postings
        .filter(
          ({ system, postedInstant, type }) =>
            system === 'storefront' && postedInstant <= asOfInstant && effectOn('available', type, 1) !== 0,
        )
        .map((posting) => posting.postedInstant),
    );
    const since: Move[] = [];
    const earlier = between(-Infinity, asOfInstant);
    for (const [index, move] of earlier.entries()) {
      if (move.posting.postedInstant <= lastOwnInstant) return [];
      identityScaled -= move.effectScaled;
      since.push(move);
      // Postings of one instant are taken together: between them there was no moment to compare.
      if (earlier[index + 1]?.posting.postedInstant === move.posting.postedInstant) continue;
      if (identityScaled !== quantityScaled) continue;
      const unclaimed = since.filter(({ posting }) => !claimed.has(posting.document));
      const staleScaled = -sum(unclaimed);
      if (staleScaled === 0 || staleScaled !== restScaled) return [];
      const postings = unclaimed.map(({ posting }) => posting).reverse();
      const first = postings[0]!;
      return [
        {
          cause: 'stale_sync',
          quantityScaled: staleScaled,
          sentence:
            `The storefront's ${formatQuantity(quantityScaled)} at ${line.words.instant(asOfInstant)} are what was available before ` +
            `${line.words.instant(first.postedInstant)}; it has not taken in ${listed(documentsOf(postings))} since.`,
          documents: documentsOf(postings),
          evidence: evidenceOf(postings),
          twinStockKeyId: null,
          sinceInstant: first.postedInstant,
        },
      ];
    }
    return [];
  },
};
