/**
 * Timing: what the books posted between the instant of the storefront's figure and the cut-off, of a type that the storefront
 * does not post itself. A figure is rolled with its own system's postings only, so it cannot hold what came after it, and
 * already holds what it took in by the time it was read.
 */
import { matchEvents, totalScaled } from '../events';
import { channelWeights } from '../gap';
import { heldExactly } from '../hold';
import { documentsOf, evidenceOf, nameOfPosting, oldestInstant, type Claim, type Hypothesis } from '../rule';
import { capitalised, SYSTEM_NAMES, units } from '../words';

export const olderFigure: Hypothesis = {
  name: 'posted_later',
  version: 3,
  candidates: (kind, line, restScaled) => {
    if (kind !== 'channel' || !line.storefront) return [];
    const { asOfInstant } = line.storefront;
    const [after, until] = [Math.min(asOfInstant, line.cutOffInstant), Math.max(asOfInstant, line.cutOffInstant)];
    const isOlder = asOfInstant < line.cutOffInstant;
    const between = line.postings.filter(
      ({ type, postedInstant }) =>
        !line.reach.storefront.coveredTypes.has(type) && postedInstant > after && postedInstant <= until,
    );
    const claims = matchEvents(between).flatMap((event): Claim[] =>
      [...channelWeights(event.type, line)].flatMap(([system, weight]): Claim[] => {
        const postings = event.postings[system];
        if (system === 'storefront' || postings.length === 0) return [];
        const posted = line.words.instant(postings[0]!.postedInstant);
        const read = line.words.instant(asOfInstant);
        return [
          {
            cause: 'posted_later',
            quantityScaled: (isOlder ? weight : -weight) * totalScaled(postings),
            sentence:
              `${capitalised(nameOfPosting(event))} of ${units(totalScaled(postings))}: posted by the ${SYSTEM_NAMES[system]} ${posted}, ` +
              (isOlder
                ? `after the storefront's figure was read ${read}, and the storefront posts no such movements that would carry it on.`
                : `after the cut-off; the storefront's figure, read ${read}, holds it already and posts no such movements that would take it out.`),
            documents: documentsOf(postings),
            evidence: evidenceOf(postings),
            twinStockKeyId: null,
            sinceInstant: oldestInstant(postings),
          },
        ];
      }),
    );
    // In and out on one line cancel each other, so the choice that meets the rest comes before the size of each.
    const exact = heldExactly(restScaled, claims);
    return exact.length > 0 ? exact : claims;
  },
};
