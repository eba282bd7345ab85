/**
 * Alignment: the storefront put a refund back on sale that nobody has inspected.
 *
 * Where the storefront says that it restocked, the event rule claims it. Where only the refund is known, it is a
 * hypothesis: a refund is money and by itself moves nothing.
 */
import { matchEvents, totalScaled } from '../events';
import { heldExactly } from '../hold';
import type { LineCase } from '../line-case';
import { documentsOf, evidenceOf, oldestInstant, type EventRule, type Hypothesis } from '../rule';
import { listed, units } from '../words';
import type { Posting } from '../../variance';
import { areRelated, isUnsettled } from './related';
import { claimOf, postingsOf, subjectOf, whenTaken } from './gap-words';

const INSPECTIONS = new Set(['return_restocked', 'return_scrapped']);

const refundsOf = (line: LineCase): readonly Posting[] =>
  line.postings.filter((posting) => posting.type === 'refund' && posting.system === 'storefront');

export const uninspectedRestock: EventRule = {
  name: 'refund_restocked',
  version: 2,
  part: 'overdueScaled',
  claim: (gap, line) => {
    if (gap.kind !== 'channel' || gap.event.type !== 'return_restocked' || postingsOf(gap.right).length > 0)
      return null;
    const restocked = postingsOf(gap.left);
    const refunds = refundsOf(line).filter((refund) => restocked.some((posting) => areRelated(posting, refund)));
    const isInspected = line.postings.some(
      (posting) => INSPECTIONS.has(posting.type) && posting.system !== 'storefront' && restocked.some((each) => areRelated(each, posting)),
    );
    if (refunds.length === 0 || isInspected) return null;
    const received = line.postings.filter(
      (posting) => posting.type === 'return_received' && [...restocked, ...refunds].some((each) => areRelated(each, posting)),
    );
    const goods = received[0]
      ? `the goods of ${received[0].document} came back ${line.words.instant(received[0].occurredInstant)}, and no inspection is known`
      : 'neither a return nor an inspection is known';
    const quantityScaled = gap.parts.overdueScaled;
    const claim = claimOf(
      gap,
      'refund_restocked',
      quantityScaled,
      `${subjectOf(gap, quantityScaled)}: ${whenTaken(gap.left, line)} ` +
        `after refund ${listed(documentsOf(refunds))} of ${line.words.instant(refunds[0]!.postedInstant)}; ${goods}, ` +
        `and the window ended ${line.words.instant(gap.deadlineInstant)}.`,
    );
    return {
      ...claim,
      documents: [...new Set([...documentsOf(refunds), ...claim.documents])],
      evidence: [...evidenceOf(refunds), ...claim.evidence],
    };
  },
};

export const refundRestocked: Hypothesis = {
  name: 'refund_restocked',
  version: 2,
  candidates: (kind, line, restScaled) => {
    if (kind !== 'channel') return [];
    const restockedByStorefront = line.postings.filter(
      (posting) => posting.type === 'return_restocked' && posting.system === 'storefront',
    );
    const inspections = line.postings.filter(
      (posting) => INSPECTIONS.has(posting.type) && posting.system !== 'storefront',
    );
    const taken = refundsOf(line).filter(
      (refund) =>
        refund.postedInstant <= line.cutOffInstant &&
        isUnsettled(refund, line) &&
        !restockedByStorefront.some((posting) => areRelated(refund, posting)),
    );
    const claims = matchEvents(taken).flatMap((event) => {
      const refunds = event.postings.storefront;
      const inspected = inspections.filter((inspection) => refunds.some((refund) => areRelated(refund, inspection)));
      const inTime = inspected.filter((inspection) => inspection.postedInstant <= line.cutOffInstant);
      const openScaled = totalScaled(refunds) - totalScaled(inTime);
      if (openScaled <= 0) return [];
      const late = inspected.filter((inspection) => !inTime.includes(inspection));
      const ending =
        late.length > 0
          ? `inspected only ${line.words.instant(late[0]!.postedInstant)}, after the cut-off`
          : 'and nobody has inspected the goods';
      return [
        {
          cause: 'refund_restocked' as const,
          quantityScaled: openScaled,
          sentence:
            `Refund ${event.document} of ${units(openScaled)}: posted by the storefront ` +
            `${line.words.instant(refunds[0]!.postedInstant)}, offered for sale again, ${ending}.`,
          documents: documentsOf(refunds),
          evidence: evidenceOf([...refunds, ...inspected]),
          twinStockKeyId: null,
          sinceInstant: oldestInstant(refunds),
        },
      ];
    });
    // Where the storefront posts what it restocks, its silence is doubted only if that explains the rest to the unit.
    return line.reach.storefront.coveredTypes.has('return_restocked') ? heldExactly(restScaled, claims) : claims;
  },
};
