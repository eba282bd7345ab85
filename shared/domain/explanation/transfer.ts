/** Transfers: what was sent towards a line meets what was received there, document by document. */
import { SYSTEMS } from '../states';
import type { Posting } from '../variance';
import { totalScaled, type StockEvent } from './events';
import type { LineCase } from './line-case';

export interface Transfer {
  readonly document: string;
  /** As one system told it: the ERP where it told any. */
  readonly sent: readonly Posting[];
  readonly sentScaled: number;
  readonly sentInstant: number;
}

/** The dispatches towards this line, each document once. */
export function transfersTo(line: LineCase): readonly Transfer[] {
  const byDocument = new Map<string, Posting[]>();
  for (const posting of line.inboundTransfers) {
    const known = byDocument.get(posting.document);
    if (known) known.push(posting);
    else byDocument.set(posting.document, [posting]);
  }
  return [...byDocument].map(([document, postings]) => {
    const system = SYSTEMS.find((each) => postings.some((posting) => posting.system === each));
    const sent = postings.filter((posting) => posting.system === system);
    return {
      document,
      sent,
      sentScaled: totalScaled(sent),
      sentInstant: Math.min(...sent.map((posting) => posting.occurredInstant)),
    };
  });
}

/** The transfer whose receipt the ERP posted by the cut-off, before anybody saw the goods come; null for any other event. */
export function transferOf(event: StockEvent, line: LineCase): Transfer | null {
  if (event.type !== 'transfer_in') return null;
  const { erp, storefront, warehouse } = event.postings;
  if (!erp.some((posting) => posting.postedInstant <= line.cutOffInstant)) return null;
  if ([...storefront, ...warehouse].some((posting) => posting.occurredInstant <= line.cutOffInstant)) return null;
  return transfersTo(line).find((transfer) => transfer.document === event.document) ?? null;
}
