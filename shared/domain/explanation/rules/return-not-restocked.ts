/**
 * Alignment: goods came back and stand on hand by the books, and the storefront does not offer them.
 *
 * Where the storefront is known to post restocked returns, its silence is an event rule's; otherwise the documents
 * are a hypothesis.
 */
import { matchEvents, systemsPosting, totalScaled } from '../events';
import { documentsOf, evidenceOf, nameOfPosting, oldestInstant, type EventRule, type Hypothesis } from '../rule';
import { capitalised, SYSTEM_NAMES, units } from '../words';
import { areRelated, isUnsettled } from './related';
import { claimOf, postingsOf, subjectOf, whenTaken } from './gap-words';

export const restockNotFollowed: EventRule = {
  name: 'return_not_restocked',
  version: 2,
  part: 'overdueScaled',
  claim: (gap, line) => {
    if (gap.kind !== 'channel' || gap.event.type !== 'return_restocked' || postingsOf(gap.left).length > 0) return null;
    const quantityScaled = gap.parts.overdueScaled;
    const sentence = `${subjectOf(gap, quantityScaled)}: ${whenTaken(gap.right, line)}; the storefront never put it back on sale, and the window ended ${line.words.instant(gap.deadlineInstant)}.`;
    return claimOf(gap, 'return_not_restocked', quantityScaled, sentence);
  },
};

export const returnNotRestocked: Hypothesis = {
  name: 'return_not_restocked',
  version: 1,
  candidates: (kind, line) => {
    if (kind !== 'channel') return [];
    const isUncovered = !line.reach.storefront.coveredTypes.has('return_restocked');
    // Nobody holds returned goods apart: received ones count as available by the identity.
    const isReceiptEnough = line.heldBy.quarantined === null;
    // The storefront's own sum of what is unavailable stands for them, and says nothing of single returns.
    const isHeldByStorefront = line.heldBy.quarantined === 'storefront';
    const system = isReceiptEnough || isHeldByStorefront ? line.heldBy.on_hand : line.heldBy.quarantined;
    if (!system || system === 'storefront' || (!isReceiptEnough && !isHeldByStorefront && !isUncovered)) return [];
    const type = isReceiptEnough ? 'return_received' : 'return_restocked';
    const offered = line.postings.filter(
      (posting) => posting.type === 'return_restocked' && posting.system === 'storefront',
    );
    const taken = line.postings.filter(
      (posting) =>
        posting.type === type &&
        posting.system === system &&
        posting.postedInstant <= line.cutOffInstant &&
        isUnsettled(posting, line) &&
        !offered.some((restock) => restock.postedInstant <= line.cutOffInstant && areRelated(restock, posting)),
    );
    return matchEvents(taken)
      .filter((event) => systemsPosting(event).length > 0)
      .map((event) => {
        const returns = event.postings[system];
        const quantityScaled = totalScaled(returns);
        return {
          cause: 'return_not_restocked' as const,
          quantityScaled: -quantityScaled,
          sentence:
            `${capitalised(nameOfPosting(event))} of ${units(quantityScaled)}: posted by the ${SYSTEM_NAMES[system]} ` +
            `${line.words.instant(returns[0]!.postedInstant)}; the storefront does not offer it again.`,
          documents: documentsOf(returns),
          evidence: evidenceOf(returns),
          twinStockKeyId: null,
          sinceInstant: oldestInstant(returns),
        };
      });
  },
};
