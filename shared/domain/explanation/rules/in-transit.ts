/**
 * Timing: a transfer towards here was sent and not received, and the books already hold it here.
 *
 * Where the ERP posted the receipt when the goods left, the event tells it. Where its figure holds the goods without a
 * posting, the dispatch is a hypothesis. Past the transfer's own window it is no longer timing but a receipt that nobody posted.
 */
import { BESIDE_ERP } from '../surroundings';
import { matchEvents, totalScaled } from '../events';
import type { LineCase } from '../line-case';
import { SYSTEMS } from '../../states';
import type { Posting } from '../../variance';
import { transfersTo, type Transfer } from '../transfer';
import { documentsOf, evidenceOf, type EventRule, type Hypothesis } from '../rule';
import { units } from '../words';
import { claimOf, postingsOf } from './gap-words';
import { isUnsettled } from './related';

/** `Transfer TO-1 of 12 units: left Reno 2026-10-31 15:10`. */
export function departure(transfer: Transfer, quantityScaled: number, line: LineCase): string {
  const from = line.names.get(transfer.sent[0]!.stockKeyId)?.location ?? 'another location';
  return `Transfer ${transfer.document} of ${units(quantityScaled)}: left ${from} ${line.words.instant(transfer.sentInstant)}`;
}

/** When the goods came, or until when they are awaited. */
export function arrival(receivedInstant: number | null, deadlineInstant: number, isOverdue: boolean, line: LineCase): string {
  const end = line.words.instant(deadlineInstant);
  if (receivedInstant !== null) {
    return `received at ${line.location} ${line.words.instant(receivedInstant)}, ${isOverdue ? `after its window that ended ${end}` : `inside its window that ends ${end}`}`;
  }
  return isOverdue
    ? `not received at ${line.location}, and its window ended ${end}`
    : `not yet received at ${line.location}; its window runs until ${end}`;
}

export const receivedTooEarly: EventRule = {
  name: 'in_transit',
  version: 2,
  part: 'timelyScaled',
  claim: (gap, line) => {
    if (!gap.transfer) return null;
    const own = gap.event.postings.erp[0]!;
    const late = [...postingsOf(gap.left), ...postingsOf(gap.right)].filter((posting) => posting.system !== 'erp');
    const quantityScaled = gap.parts.timelyScaled;
    const came = late.length > 0 ? Math.min(...late.map((posting) => posting.occurredInstant)) : null;
    const claim = claimOf(
      gap,
      'in_transit',
      quantityScaled,
      `${departure(gap.transfer, quantityScaled, line)}, ${arrival(came, gap.deadlineInstant, false, line)}. ` +
        `The ERP posted it as received ${line.words.instant(own.postedInstant)}.`,
    );
    return {
      ...claim,
      evidence: [...evidenceOf(gap.transfer.sent), ...claim.evidence],
      twinStockKeyId: gap.transfer.sent[0]!.stockKeyId,
      sinceInstant: gap.transfer.sentInstant,
    };
  },
};

/** Until when those who see goods come had told anything; the ERP where nobody else tells of receipts. */
function reachOfReceipts(line: LineCase): number {
  const covering = SYSTEMS.filter((system) => line.reach[system].coveredTypes.has('transfer_in'));
  const seeing = covering.filter((system) => system !== 'erp');
  return Math.max(-Infinity, ...(seeing.length > 0 ? seeing : covering).map((system) => line.reach[system].reachInstant ?? -Infinity));
}

/** Who saw the goods come, else who booked them. */
function receiptsOf(transfer: Transfer, line: LineCase): readonly Posting[] {
  const events = matchEvents(line.postings.filter((posting) => posting.type === 'transfer_in')).filter(
    (event) => event.document === transfer.document,
  );
  const system = [...BESIDE_ERP, 'erp' as const].find((each) => events.some((event) => event.postings[each].length > 0));
  return system ? events.flatMap((event) => event.postings[system]) : [];
}

export const inTransit: Hypothesis = {
  name: 'in_transit',
  version: 2,
  candidates: (kind, line) =>
    transfersTo(line).flatMap((transfer) => {
      const isSent = transfer.sent.every(
        (posting) => posting.occurredInstant <= line.cutOffInstant && isUnsettled(posting, line),
      );
      if (!isSent) return [];
      const received = receiptsOf(transfer, line);
      // A receipt that either happened or was posted by the cut-off is an event's business.
      const isIn = (posting: Posting) => Math.min(posting.occurredInstant, posting.postedInstant) <= line.cutOffInstant;
      const isPosted = line.postings.some(
        (posting) =>
          posting.type === 'transfer_in' &&
          posting.system === 'erp' &&
          posting.document === transfer.document &&
          posting.postedInstant <= line.cutOffInstant,
      );
      const openScaled = transfer.sentScaled - totalScaled(received.filter(isIn));
      if (openScaled <= 0 || isPosted) return [];
      const late = received.filter((posting) => !isIn(posting));
      const deadlineInstant = transfer.sentInstant + line.transferWindowMs;
      const cameInstant = late.length > 0 ? Math.min(...late.map((posting) => posting.occurredInstant)) : null;
      const isOverdue =
        cameInstant === null
          ? deadlineInstant < line.cutOffInstant || reachOfReceipts(line) >= deadlineInstant
          : cameInstant > deadlineInstant;
      return [
        {
          cause: isOverdue ? ('missing_posting' as const) : ('in_transit' as const),
          quantityScaled: kind === 'ledger' ? openScaled : -openScaled,
          sentence:
            `${departure(transfer, openScaled, line)}, ${arrival(cameInstant, deadlineInstant, isOverdue, line)}. ` +
            (kind === 'channel'
              ? 'The storefront does not offer it.'
              : `The ERP already holds it on hand at ${line.location}.`),
          documents: documentsOf(transfer.sent),
          evidence: evidenceOf([...transfer.sent, ...late]),
          twinStockKeyId: transfer.sent[0]!.stockKeyId,
          sinceInstant: transfer.sentInstant,
        },
      ];
    }),
};
