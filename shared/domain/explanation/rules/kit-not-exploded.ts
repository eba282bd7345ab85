/**
 * Alignment: a bundle was ordered or shipped in the storefront, and the ERP moved the bundle or nothing, and not the
 * parts. A hypothesis on both the part's line and the bundle's own.
 */
import { divideHalfEven, toSafeInteger } from '../../decimal';
import { ONE_UNIT_SCALED } from '../../quantity';
import type { Posting, VarianceKind } from '../../variance';
import { happenings, matchEvents, totalScaled, type StockEvent } from '../events';
import { heldExactly } from '../hold';
import { partsPerKitAt, type KitTie, type LineCase } from '../line-case';
import { documentsOf, evidenceOf, nameOfPosting, oldestInstant, type Claim, type EventRule, type Hypothesis } from '../rule';
import { capitalised, units } from '../words';
import { claimOf, postingsOf } from './gap-words';
import { areRelated, isUnsettled } from './related';

/** What the recipe of the event's instant takes for that many bundles. */
const partsOf = (kitsScaled: number, tie: KitTie, instant: number): number =>
  toSafeInteger(divideHalfEven(BigInt(kitsScaled) * BigInt(partsPerKitAt(tie, instant)), BigInt(ONE_UNIT_SCALED)));

/** What of the bundle left by the cut-off: shipped for the shelf, ordered and not cancelled for the storefront. */
function sold(kind: VarianceKind, events: readonly StockEvent[], line: LineCase): readonly (readonly Posting[])[] {
  if (kind === 'count') {
    return events
      .filter((event) => event.type === 'shipment')
      .map((event) =>
        happenings(event).filter(
          (posting) => posting.system !== 'erp' && posting.occurredInstant <= line.cutOffInstant,
        ),
      );
  }
  const taken = (event: StockEvent) =>
    event.postings.storefront.filter((posting) => posting.postedInstant <= line.cutOffInstant);
  const cancelled = events.filter((event) => event.type === 'cancellation').flatMap(taken);
  return events
    .filter((event) => event.type === 'order')
    .map((event) => taken(event).filter((order) => !cancelled.some((posting) => areRelated(order, posting))));
}

function claimOnPart(kind: VarianceKind, tie: KitTie, line: LineCase): readonly Claim[] {
  // A use of parts that any system posted is an event by itself.
  const own = line.postings.filter((posting) => posting.system === 'erp' || posting.type === 'component');
  return sold(kind, matchEvents(tie.postings), line).flatMap((postings) => {
    const open = postings.filter(
      (posting) => isUnsettled(posting, line) && !own.some((each) => areRelated(posting, each)),
    );
    if (open.length === 0) return [];
    const kitsScaled = totalScaled(open);
    const partsScaled = partsOf(kitsScaled, tie, open[0]!.occurredInstant);
    if (partsScaled === 0) return [];
    const booked = tie.postings.some(
      (posting) =>
        posting.system === 'erp' && posting.type === 'shipment' && open.some((each) => areRelated(each, posting)),
    );
    return [
      {
        cause: 'kit_not_exploded' as const,
        quantityScaled: -partsScaled,
        sentence:
          `${capitalised(nameOfPosting(open[0]!))} of ${units(kitsScaled)} of bundle ${tie.sku} took ${units(partsScaled)} of ` +
          `${line.sku}; the ERP moved ${booked ? 'the bundle' : 'nothing'}, and not its parts.`,
        documents: documentsOf(open),
        evidence: evidenceOf(open),
        twinStockKeyId: open[0]!.stockKeyId,
        sinceInstant: oldestInstant(open),
      },
    ];
  });
}

/** The parts of a bundle that somebody used, and the ERP did not, though it knows of the bundle. */
export const partsNotMoved: EventRule = {
  name: 'kit_not_exploded',
  version: 2,
  part: 'overdueScaled',
  claim: (gap, line) => {
    if (gap.event.type !== 'component' || gap.event.postings.erp.length > 0) return null;
    const used = [...postingsOf(gap.left), ...postingsOf(gap.right)];
    const found = line.kits
      .map((tie) => ({
        tie,
        sold: tie.postings.filter(
          (posting) => (posting.type === 'shipment' || posting.type === 'order') && used.some((each) => areRelated(each, posting)),
        ),
      }))
      .find(({ sold }) => sold.length > 0);
    if (!found) return null;
    const { tie, sold } = found;
    const shipped = sold.filter((posting) => posting.type === 'shipment');
    const booked = shipped.some((posting) => posting.system === 'erp');
    const first = shipped[0] ?? sold[0]!;
    const claim = claimOf(
      gap,
      'kit_not_exploded',
      gap.parts.overdueScaled,
      `${capitalised(nameOfPosting(first))} of ${units(first.quantityScaled)} of bundle ${tie.sku} took ${units(gap.parts.overdueScaled)} of ` +
        `${line.sku} ${line.words.instant(oldestInstant(used))}; the ERP moved ${booked ? 'the bundle' : 'nothing'}, and not its parts, ` +
        `and the window ended ${line.words.instant(gap.deadlineInstant)}.`,
    );
    return {
      ...claim,
      documents: [...new Set([...documentsOf(sold), ...claim.documents])],
      evidence: [...evidenceOf(sold), ...claim.evidence],
      twinStockKeyId: first.stockKeyId,
    };
  },
};

/** The bundle's own line: the ERP took out a bundle that never stood on a shelf. */
function claimOnBundle(kind: VarianceKind, line: LineCase): readonly Claim[] {
  if (kind !== 'count' || line.parts.length === 0) return [];
  const isExploded = (posting: Posting) =>
    line.parts.some((part) =>
      part.postings.some((own) => own.system === 'erp' && own.type === 'component' && areRelated(own, posting)),
    );
  const events = matchEvents(
    line.postings.filter((posting) => posting.system === 'erp' && posting.type === 'shipment'),
  );
  return events.flatMap((event) => {
    const taken = event.postings.erp.filter(
      (posting) => posting.postedInstant <= line.cutOffInstant && isUnsettled(posting, line) && !isExploded(posting),
    );
    if (taken.length === 0 || !line.parts.some((part) => partsPerKitAt(part, taken[0]!.occurredInstant) > 0)) return [];
    return [
      {
        cause: 'kit_not_exploded' as const,
        quantityScaled: totalScaled(taken),
        sentence: `${capitalised(nameOfPosting(event))} of ${units(totalScaled(taken))}: the ERP took out the bundle, and not its parts.`,
        documents: documentsOf(taken),
        evidence: evidenceOf(taken),
        twinStockKeyId: null,
        sinceInstant: oldestInstant(taken),
      },
    ];
  });
}

export const kitNotExploded: Hypothesis = {
  name: 'kit_not_exploded',
  version: 2,
  candidates: (kind, line, restScaled) => {
    if (kind === 'ledger') return [];
    const onParts = line.kits.flatMap((tie) => claimOnPart(kind, tie, line));
    // Whether a storefront takes a bundle's parts off sale is its own affair: only the rest to the unit says that it does.
    return kind === 'channel' ? heldExactly(restScaled, onParts) : [...onParts, ...claimOnBundle(kind, line)];
  },
};
