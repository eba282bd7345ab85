/**
 * Alignment: the storefront's figure equals the identity at an earlier instant, and the storefront has moved nothing
 * since. Claimed only where it holds the rest of the variance to the unit.
 *
 * Where the storefront posts such movements itself, each that it missed is told by its event. Several in a row, with nothing
 * of its own after the first, are one lost connection and not as many lost postings.
 */
import { formatQuantity } from '../../quantity';
import { effectOn } from '../../states';
import type { Posting } from '../../variance';
import { IDENTITY_STATES, type LineCase } from '../line-case';
import { documentsOf, evidenceOf, oldestInstant, type Claim, type Hypothesis } from '../rule';
import type { EventGap } from '../gap';
import { signed, listed } from '../words';
import { claimOf } from './gap-words';

/** What a posting adds to the available figure that the identity gives. */
function identityEffectScaled(posting: Posting, line: LineCase): number {
  let effectScaled = 0;
  for (const state of IDENTITY_STATES) {
    if (line.heldBy[state] !== posting.system) continue;
    effectScaled += effectOn(state, posting.type, posting.quantityScaled) * (state === 'on_hand' ? 1 : -1);
  }
  return effectScaled;
}

/** When the storefront last posted anything that moves its available, up to its figure. */
const lastOwnInstant = (line: LineCase, untilInstant: number): number =>
  Math.max(
    -Infinity,
    ...line.postings
      .filter(
        ({ system, postedInstant, type }) =>
          system === 'storefront' && postedInstant <= untilInstant && effectOn('available', type, 1) !== 0,
      )
      .map((posting) => posting.postedInstant),
  );

export interface LostConnection {
  readonly gaps: ReadonlySet<EventGap>;
  /** Null where what was missed adds up to nothing. */
  readonly claim: Claim | null;
}

/** The events of a channel variance that the storefront missed in a row since it last posted anything; null where it did not. */
export function lostConnection(gaps: readonly EventGap[], line: LineCase): LostConnection | null {
  const lastInstant = lastOwnInstant(line, line.cutOffInstant);
  const missed = gaps.filter(
    ({ kind, left, right, parts }) =>
      kind === 'channel' &&
      left.system === 'storefront' &&
      left.taken.length + left.late.length === 0 &&
      parts.overdueScaled + parts.timelyScaled !== 0 &&
      parts.repeatedScaled === 0 &&
      oldestInstant(right.taken) > lastInstant,
  );
  const documents = new Set(missed.flatMap(({ right }) => documentsOf(right.taken)));
  if (documents.size < 2 || !missed.some(({ parts }) => parts.overdueScaled !== 0)) return null;
  const quantityScaled = missed.reduce((sum, { parts }) => sum + parts.overdueScaled + parts.timelyScaled, 0);
  const [first, ...others] = missed.map((gap) => claimOf(gap, 'stale_sync', 0, ''));
  const since = line.words.instant(Math.min(...missed.map(({ right }) => Math.min(...right.taken.map(right.instantOf)))));
  const heard = lastInstant === -Infinity ? 'in these files' : `since ${line.words.instant(lastInstant)}`;
  return {
    gaps: new Set(missed),
    claim: quantityScaled === 0 ? null : {
      cause: 'stale_sync',
      quantityScaled,
      sentence:
        `The storefront has posted nothing ${heard} and took in none of ${listed([...documents])}, posted from ${since} on, ` +
        `which leaves ${signed(quantityScaled)}.`,
      documents: [...documents],
      evidence: [...first!.evidence, ...others.flatMap(({ evidence }) => evidence)],
      twinStockKeyId: null,
      sinceInstant: Math.min(...missed.map(({ right }) => oldestInstant(right.taken))),
    },
  };
}

interface Move {
  readonly posting: Posting;
  readonly effectScaled: number;
}

export const staleSync: Hypothesis = {
  name: 'stale_sync',
  version: 2,
  candidates: (kind, line, restScaled, claimed) => {
    if (kind !== 'channel' || !line.storefront || line.identityScaled === null) return [];
    const { asOfInstant, quantityScaled } = line.storefront;
    // What the storefront posts itself is told by its events.
    const moves: Move[] = line.postings
      .filter((posting) => !line.reach.storefront.coveredTypes.has(posting.type))
      .map((posting) => ({ posting, effectScaled: identityEffectScaled(posting, line) }))
      .filter(
        ({ posting, effectScaled }) =>
          effectScaled !== 0 && posting.postedInstant <= asOfInstant && !claimed.has(posting.document),
      )
      .sort((one, next) => next.posting.postedInstant - one.posting.postedInstant);
    const lastInstant = lastOwnInstant(line, asOfInstant);
    const since: Move[] = [];
    let staleScaled = 0;
    for (const [index, move] of moves.entries()) {
      if (move.posting.postedInstant <= lastInstant) return [];
      staleScaled -= move.effectScaled;
      since.push(move);
      // Postings of one instant are taken together: between them there was no moment to compare.
      if (moves[index + 1]?.posting.postedInstant === move.posting.postedInstant) continue;
      if (staleScaled === 0 || staleScaled !== restScaled) continue;
      const postings = since.map(({ posting }) => posting).reverse();
      const first = postings[0]!;
      const before = claimed.size === 0 ? '' : ', but for what is told above,';
      return [
        {
          cause: 'stale_sync',
          quantityScaled: staleScaled,
          sentence:
            `The storefront's ${formatQuantity(quantityScaled)} at ${line.words.instant(asOfInstant)}${before} are what was available before ` +
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
