/** Alignment: one side never posted the event, or only after its window was over. */
import type { EventGap } from '../gap';
import type { LineCase } from '../line-case';
import { evidenceOf, nameOfPosting, type EventRule } from '../rule';
import { capitalised, listed, SYSTEM_NAMES, units } from '../words';
import { claimOf, inOrder, postingsOf, subjectOf, whenTaken, whoElsePosts } from './gap-words';
import { arrival, departure } from './in-transit';
import { areRelated } from './related';

/** Where the order was cancelled by the side that lacks the shipment: the usual reason why it lacks it. */
function cancellationOf(gap: EventGap, line: LineCase): string {
  const { behind, ahead } = inOrder(gap);
  if (gap.event.type !== 'shipment') return '';
  const cancelled = line.postings.find(
    (posting) => posting.type === 'cancellation' && posting.system === behind.system && postingsOf(ahead).some((each) => areRelated(each, posting)),
  );
  return cancelled ? ` It had cancelled order ${cancelled.document} ${line.words.instant(cancelled.postedInstant)}.` : '';
}

function sentenceOf(gap: EventGap, line: LineCase): string {
  const { ahead, behind } = inOrder(gap);
  const quantityScaled = gap.parts.overdueScaled;
  const end = line.words.instant(gap.deadlineInstant);
  if (gap.transfer) {
    const late = postingsOf(behind);
    const came = late.length > 0 ? Math.min(...late.map((posting) => posting.occurredInstant)) : null;
    return (
      `${departure(gap.transfer, quantityScaled, line)}, ${arrival(came, gap.deadlineInstant, true, line)}. ` +
      `The ERP posted it as received ${line.words.instant(gap.event.postings.erp[0]!.postedInstant)}.`
    );
  }
  if (gap.missingParts.length > 0) {
    const first = gap.missingParts[0]!;
    const instants = gap.missingParts.map((posting) => line.words.instant(ahead.instantOf(posting)));
    return (
      `${capitalised(nameOfPosting(first))}, a part of ${units(quantityScaled)}: ${ahead.system === null ? 'happened' : `posted by ${ahead.name}`} ` +
      `${listed(instants)}; ${behind.name} has the other parts and never posted this one, and the window ended ${end}.`
    );
  }
  const subject = `${subjectOf(gap, quantityScaled)}: ${whenTaken(ahead, line)}`;
  if (postingsOf(behind).length > 0) return `${subject}, ${whenTaken(behind, line)}, after the window that ended ${end}.`;
  if (behind.system === null) {
    const others = whoElsePosts(gap, line).map((system) => `the ${SYSTEM_NAMES[system]}`);
    return `${subject}; ${listed(others)} never did, the window ended ${end}, and the shelf is as if it had not happened.`;
  }
  return `${subject}; ${behind.name} never posted it, and its files reach past the end of the window, ${end}.${cancellationOf(gap, line)}`;
}

export const missingPosting: EventRule = {
  name: 'missing_posting',
  version: 2,
  part: 'overdueScaled',
  claim: (gap, line) => {
    const claim = claimOf(gap, 'missing_posting', gap.parts.overdueScaled, sentenceOf(gap, line), gap.missingParts);
    if (!gap.transfer) return claim;
    return {
      ...claim,
      evidence: [...evidenceOf(gap.transfer.sent), ...claim.evidence],
      twinStockKeyId: gap.transfer.sent[0]!.stockKeyId,
      sinceInstant: gap.transfer.sentInstant,
    };
  },
};
