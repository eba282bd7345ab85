/**
 * Timing: a transfer towards here was sent and not received, and the ERP already holds it on hand here.
 *
 * Past its window it is no longer timing but a receipt that nobody posted.
 */
import { matchEvents, totalScaled } from '../events';
import type { LineCase } from '../line-case';
import { SYSTEMS } from '../../states';
import type { Posting } from '../../variance';
import { documentsOf, evidenceOf, oldestInstant, type Hypothesis } from '../rule';
import { units } from '../words';
import { isUnsettled } from './related';

/** The transfer's quantity as each system told it: the ERP's where it told any. */
function sentBy(postings: readonly Posting[]): readonly Posting[] {
  const system = SYSTEMS.find((each) => postings.some((posting) => posting.system === each));
  return postings.filter((posting) => posting.system === system);
}

function reachOfReceipts(line: LineCase): number {
  const covering = SYSTEMS.filter((system) => line.reach[system].coveredTypes.has('transfer_in'));
  return Math.max(-Infinity, ...covering.map((system) => line.reach[system].reachInstant ?? -Infinity));
}

export const inTransit: Hypothesis = {
  name: 'in_transit',
  version: 1,
  candidates: (kind, line) => {
    const sent = line.inboundTransfers.filter(
      (posting) => posting.occurredInstant <= line.cutOffInstant && isUnsettled(posting, line),
    );
    const byDocument = new Map<string, Posting[]>();
    for (const posting of sent)
      byDocument.set(posting.document, [...(byDocument.get(posting.document) ?? []), posting]);
    const receipts = matchEvents(line.postings.filter((posting) => posting.type === 'transfer_in'));
    return [...byDocument.values()].flatMap((postings) => {
      const out = sentBy(postings);
      const first = out[0]!;
      const own = receipts
        .filter((event) => event.document === first.document)
        .flatMap((event) => sentBy(SYSTEMS.flatMap((system) => event.postings[system])));
      // A receipt that either happened or was posted by the cut-off is an event's business.
      const isIn = (posting: Posting) => Math.min(posting.occurredInstant, posting.postedInstant) <= line.cutOffInstant;
      const openScaled = totalScaled(out) - totalScaled(own.filter(isIn));
      if (openScaled <= 0) return [];
      const late = own.filter((posting) => !isIn(posting));
      const deadlineInstant = oldestInstant(out) + line.windowMs;
      const received = late[0];
      const isOverdue = received
        ? received.occurredInstant > deadlineInstant
        : deadlineInstant < line.cutOffInstant || reachOfReceipts(line) >= deadlineInstant;
      const from = line.names.get(first.stockKeyId)?.location ?? 'another location';
      const outcome = received
        ? `received at ${line.location} ${line.words.instant(received.occurredInstant)}`
        : isOverdue
          ? `not received at ${line.location}, and its window ended ${line.words.instant(deadlineInstant)}`
          : `not yet received at ${line.location}; its window runs until ${line.words.instant(deadlineInstant)}`;
      const sentence =
        `Transfer ${first.document} of ${units(openScaled)}: left ${from} ${line.words.instant(first.occurredInstant)}, ${outcome}. ` +
        (kind === 'channel'
          ? 'The storefront does not offer it.'
          : `The ERP already holds it on hand at ${line.location}.`);
      return [
        {
          cause: isOverdue ? ('missing_posting' as const) : ('in_transit' as const),
          quantityScaled: kind === 'ledger' ? openScaled : -openScaled,
          sentence,
          documents: documentsOf(out),
          evidence: evidenceOf([...out, ...late]),
          twinStockKeyId: first.stockKeyId,
          sinceInstant: oldestInstant(out),
        },
      ];
    });
  },
};
