/**
 * Alignment: one system posted the same event more than once.
 *
 * Repeats beyond doubt are an event rule. A second posting of the same document and quantity at another time may be a
 * second delivery, so it is a hypothesis. And where the ledger variance shows that the ERP's figure never took the
 * repeat in, the repeat belongs there.
 */
import { EFFECTS } from '../../states';
import type { Posting, VarianceKind } from '../../variance';
import { totalScaled, type StockEvent } from '../events';
import { channelWeights } from '../gap';
import type { LineCase } from '../line-case';
import { documentsOf, evidenceOf, nameOfPosting, oldestInstant, type Claim, type EventRule } from '../rule';
import { capitalised, listed, SYSTEM_NAMES, units } from '../words';

function claimOfRepeats(
  repeats: readonly Posting[],
  originals: readonly Posting[],
  quantityScaled: number,
  line: LineCase,
  ending: string,
): Claim {
  const first = repeats[0]!;
  const all = [...originals, ...repeats];
  const instants = all.map((posting) => line.words.instant(posting.postedInstant));
  return {
    cause: 'duplicate_posting',
    quantityScaled,
    sentence:
      `${capitalised(nameOfPosting(first))} of ${units(first.quantityScaled)}: posted ${all.length} times ` +
      `by the ${SYSTEM_NAMES[first.system]}, ${listed(instants)}${ending}.`,
    documents: documentsOf(all),
    evidence: evidenceOf(all),
    twinStockKeyId: null,
    sinceInstant: oldestInstant(repeats),
  };
}

/** What the repeats repeat: postings of the same system, document, line and quantity. */
function originalsOf(event: StockEvent, repeat: Posting): readonly Posting[] {
  return event.postings[repeat.system].filter(
    (posting) =>
      posting.document === repeat.document &&
      posting.line === repeat.line &&
      posting.quantityScaled === repeat.quantityScaled,
  );
}

export const duplicatePosting: EventRule = {
  name: 'duplicate_posting',
  version: 1,
  part: 'repeatedScaled',
  claim: (gap, line) =>
    claimOfRepeats(
      gap.repeatsTaken,
      gap.repeatsTaken[0] ? originalsOf(gap.event, gap.repeatsTaken[0]) : [],
      gap.parts.repeatedScaled,
      line,
      '',
    ),
};

export interface RepeatCandidate {
  readonly claim: Claim;
  readonly repeats: readonly Posting[];
}

/** Repeats of the ERP inside the period, as what they would leave between the roll-forward and the ERP's figure. */
export function ledgerRepeats(events: readonly StockEvent[], line: LineCase): readonly RepeatCandidate[] {
  return events.flatMap((event) => {
    const effect = EFFECTS[event.type].on_hand ?? 0;
    return [...event.repeats.erp, ...event.possibleRepeats.erp]
      .filter((posting) => posting.postedInstant > line.startInstant && posting.postedInstant <= line.cutOffInstant)
      .map((posting) => ({
        repeats: [posting],
        claim: claimOfRepeats(
          [posting],
          originalsOf(event, posting).filter((original) => original !== posting),
          -effect * posting.quantityScaled,
          line,
          ', though its on hand took it in once',
        ),
      }))
      .filter(({ claim }) => claim.quantityScaled !== 0);
  });
}

/** Postings that may be repeats, as what they would leave in the count or channel variance. */
export function possibleRepeats(
  kind: VarianceKind,
  events: readonly StockEvent[],
  line: LineCase,
  leftOut: ReadonlySet<Posting>,
): readonly RepeatCandidate[] {
  if (kind === 'ledger') return [];
  return events.flatMap((event) => {
    const weights =
      kind === 'count'
        ? new Map([['erp', -(EFFECTS[event.type].on_hand ?? 0)] as const])
        : channelWeights(event.type, line);
    if (kind === 'count' && event.type === 'count_post') return [];
    return [...weights].flatMap(([system, weight]) =>
      event.possibleRepeats[system]
        .filter((posting) => posting.postedInstant <= line.cutOffInstant && !leftOut.has(posting))
        .map((posting) => ({
          repeats: [posting],
          claim: claimOfRepeats(
            [posting],
            originalsOf(event, posting).filter((original) => original !== posting),
            weight * totalScaled([posting]),
            line,
            '',
          ),
        }))
        .filter(({ claim }) => claim.quantityScaled !== 0),
    );
  });
}
