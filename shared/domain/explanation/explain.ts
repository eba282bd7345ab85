/**
 * A line's variances taken apart: events first, then hypotheses on the rest, then patterns on the residual.
 *
 * Of each variance, firm components and residual add up to it, whatever the rules say: the residual is what is left.
 */
import { HOUR_MS } from '../instant';
import type { Posting, VarianceKind } from '../variance';
import { comparePostings, matchEvents, type StockEvent } from './events';
import { gapOf, type EventGap } from './gap';
import { heldBy, heldExactly } from './hold';
import type { LineCase } from './line-case';
import { countedAsZero } from './patterns/counted-as-zero';
import { doubleCount } from './patterns/double-count';
import { keyingError } from './patterns/keying-error';
import { recurring } from './patterns/recurring';
import { signFlip } from './patterns/sign-flip';
import { unitCountError } from './patterns/unit-count-error';
import {
  componentOf,
  type EventRule,
  type Hypothesis,
  type Pattern,
  type RuleName,
  type TracedComponent,
} from './rule';
import { duplicatePosting, ledgerRepeats, possibleRepeats, type RepeatCandidate } from './rules/duplicate-posting';
import { inTransit, receivedTooEarly } from './rules/in-transit';
import { kitNotExploded, partsNotMoved } from './rules/kit-not-exploded';
import { itemMismatch, locationMismatch } from './rules/misplaced-posting';
import { missingPosting } from './rules/missing-posting';
import { olderFigure } from './rules/older-figure';
import { postedLater } from './rules/posted-later';
import { quantityMismatch, unitMismatch } from './rules/quantity-mismatch';
import { refundRestocked, uninspectedRestock } from './rules/refund-restocked';
import { restockNotFollowed, returnNotRestocked } from './rules/return-not-restocked';
import { lostConnection, staleSync } from './rules/stale-sync';

/** The rules in force: changes with every change of what a rule claims, and is stamped on each line. */
export const RULE_VERSION = '2026.11-2';

/** For each part of a gap the first rule that claims it. */
export const EVENT_RULES: readonly EventRule[] = [
  duplicatePosting,
  locationMismatch,
  itemMismatch,
  unitMismatch,
  quantityMismatch,
  receivedTooEarly,
  postedLater,
  partsNotMoved,
  uninspectedRestock,
  restockNotFollowed,
  missingPosting,
];
/** Those that name documents come before the one that names only an instant. */
export const HYPOTHESES: readonly Hypothesis[] = [olderFigure, refundRestocked, returnNotRestocked, inTransit, kitNotExploded];
/** In the order in which they are shown; twins stand between them, and what merely came back comes last. */
export const PATTERNS: readonly Pattern[] = [keyingError, unitCountError, doubleCount, countedAsZero, signFlip];
export const LAST_PATTERNS: readonly Pattern[] = [recurring];

export interface TracedVariance {
  readonly kind: VarianceKind;
  readonly quantityScaled: number;
  readonly components: readonly TracedComponent[];
  readonly residualScaled: number;
}

type GapPart = keyof EventGap['parts'];

/** What a system posted twice is so whatever the shelf says. */
const isRepeat = (part: GapPart): boolean => part === 'repeatedScaled';

function claimGap(gap: EventGap, line: LineCase, isWanted: (part: GapPart) => boolean = () => true): readonly TracedComponent[] {
  const components: TracedComponent[] = [];
  for (const part of Object.keys(gap.parts) as GapPart[]) {
    if (gap.parts[part] === 0 || !isWanted(part)) continue;
    for (const rule of EVENT_RULES) {
      const claim = rule.part === part ? rule.claim(gap, line) : null;
      if (!claim) continue;
      components.push(componentOf(rule, claim, false));
      break;
    }
  }
  return components;
}

const HOURS_A_DAY = 24;

/** How long an event had been open when the period ended. */
function ageOf({ sinceInstant }: TracedComponent, line: LineCase): string {
  const hours = sinceInstant === null ? -1 : Math.floor((line.cutOffInstant - sinceInstant) / HOUR_MS);
  if (hours < 0) return '';
  const [count, unit] = hours < HOURS_A_DAY ? [hours, 'hour'] : [Math.floor(hours / HOURS_A_DAY), 'day'];
  return ` Open for ${count} ${unit}${count === 1 ? '' : 's'} at the cut-off.`;
}

const withAge = (component: TracedComponent, line: LineCase): TracedComponent =>
  component.documents.length === 0 || component.sinceInstant === null
    ? component
    : { ...component, sentence: component.sentence + ageOf(component, line) };

function isSettled(event: StockEvent, line: LineCase): boolean {
  const limit = line.settledBeforeInstant;
  if (limit === null) return false;
  const all = [event.postings, event.repeats].flatMap((part) => [...part.erp, ...part.storefront, ...part.warehouse]);
  return all.every((posting) => posting.occurredInstant < limit && posting.postedInstant < limit);
}

/** One variance in the making: what is claimed, and what is left to claim. */
class Account {
  readonly components: TracedComponent[] = [];
  /** What the systems dispute and the rest did not decide. */
  readonly undecided: TracedComponent[] = [];
  restScaled: number;

  constructor(
    readonly kind: VarianceKind,
    readonly quantityScaled: number,
  ) {
    this.restScaled = quantityScaled;
  }

  take(...components: readonly TracedComponent[]): void {
    for (const component of components) {
      this.components.push(component);
      this.restScaled -= component.quantityScaled;
    }
  }

  claimedDocuments(): ReadonlySet<string> {
    return new Set(this.components.flatMap((component) => component.documents));
  }

  /** Takes those candidates that the rest holds. */
  takeHeld<T extends Pick<RepeatCandidate, 'claim'>>(rule: RuleName, candidates: readonly T[]): readonly T[] {
    if (this.restScaled === 0) return [];
    const wholeScaled = candidates.reduce((sum, { claim }) => sum + claim.quantityScaled, 0);
    const held = wholeScaled === this.restScaled ? candidates.filter(({ claim }) => claim.quantityScaled !== 0) : heldBy(this.restScaled, candidates);
    this.take(...held.map(({ claim }) => componentOf(rule, claim, false)));
    return held;
  }
}

/** What was found in the ledger variance, which the others must agree with. */
interface LedgerFindings {
  /** Postings that the ERP's figure never took in. */
  readonly repeats: ReadonlySet<Posting>;
  /** Transfers that its figure holds without a posting; null where the ledger variance is unknown. */
  readonly transfers: ReadonlySet<string> | null;
}

function explainVariance(
  kind: VarianceKind,
  quantityScaled: number,
  events: readonly StockEvent[],
  line: LineCase,
  ledger: LedgerFindings,
): Account {
  const account = new Account(kind, quantityScaled);
  const ledgerOnly = ledger.repeats;
  const gaps = events.map((event) => gapOf(kind, event, line, ledgerOnly)).filter((gap) => gap !== null);
  const told = gaps.filter((gap) => gap.certainty === 'told');
  const lost = lostConnection(told, line);
  if (lost?.claim) account.take(componentOf(staleSync, lost.claim, false));
  // A storefront that does not post such movements may take the ERP's figure over, repeats and all.
  const isFollowing = (type: StockEvent['type']): boolean => kind === 'channel' && !line.reach.storefront.coveredTypes.has(type);
  const isFirm = (gap: EventGap) => (part: GapPart) =>
    isRepeat(part) ? !isFollowing(gap.event.type) : gap.certainty === 'told';
  for (const gap of gaps) if (!lost?.gaps.has(gap)) account.take(...claimGap(gap, line, isFirm(gap)));
  const isTransferTold = ledger.transfers !== null && !isFollowing('transfer_in');
  if (ledger.transfers && isTransferTold) {
    const { transfers } = ledger;
    const known = inTransit
      .candidates(kind, line, account.restScaled, account.claimedDocuments())
      .filter((claim) => claim.documents.every((document) => transfers.has(document)));
    account.take(...known.map((claim) => componentOf(inTransit, claim, false)));
  }

  const claimsOf = (certainty: EventGap['certainty']) =>
    gaps
      .filter((gap) => gap.certainty === certainty)
      .map((gap) => claimGap(gap, line, (part) => !isRepeat(part)))
      .filter((components) => components.length > 0)
      .map((components) => ({ components, quantityScaled: components.reduce((sum, each) => sum + each.quantityScaled, 0) }));
  const disputed = claimsOf('disputed');
  const decideDisputes = (): boolean => {
    const decided = heldExactly(account.restScaled, disputed);
    for (const { components } of decided) {
      account.take(...components);
      disputed.splice(0);
    }
    return decided.length > 0;
  };
  const isDecided = decideDisputes();
  const repeatsFollowed = gaps
    .filter((gap) => isFollowing(gap.event.type))
    .map((gap) => claimGap(gap, line, isRepeat))
    .map((components) => ({ components, quantityScaled: components.reduce((sum, each) => sum + each.quantityScaled, 0) }));
  for (const { components, quantityScaled: heldScaled } of [...claimsOf('held'), ...heldExactly(account.restScaled, repeatsFollowed)]) {
    if (components.length > 0 && Math.sign(heldScaled) === Math.sign(account.restScaled) && Math.abs(heldScaled) <= Math.abs(account.restScaled))
      account.take(...components);
  }
  for (const hypothesis of HYPOTHESES) {
    // Where the ledger variance is known, it has told which transfers the ERP's figure holds.
    if (hypothesis === inTransit && isTransferTold) continue;
    const claims = hypothesis
      .candidates(kind, line, account.restScaled, account.claimedDocuments())
      .filter(({ documents }) => hypothesis !== inTransit || !ledger.transfers || documents.every((document) => ledger.transfers!.has(document)));
    account.takeHeld(
      hypothesis,
      claims.map((claim) => ({ claim })),
    );
  }
  if (!isDecided) decideDisputes();
  account.undecided.push(...disputed.flatMap(({ components }) => components));
  account.takeHeld(duplicatePosting, possibleRepeats(kind, events, line, ledgerOnly));
  const stale = staleSync.candidates(kind, line, account.restScaled, account.claimedDocuments());
  account.takeHeld(
    staleSync,
    stale.map((claim) => ({ claim })),
  );
  return account;
}

const isHeld = ({ quantityScaled }: TracedComponent, restScaled: number): boolean =>
  Math.sign(quantityScaled) === Math.sign(restScaled) && Math.abs(quantityScaled) <= Math.abs(restScaled);

const suggestions = (patterns: readonly Pattern[], account: Account, line: LineCase): readonly TracedComponent[] =>
  patterns.flatMap((pattern) =>
    pattern.suggest(account.kind, line, account.restScaled).map((claim) => componentOf(pattern, claim, true)),
  );

/** Rules read postings in one order, so that nothing depends on how they were gathered. */
const inOrder = (line: LineCase): LineCase => ({
  ...line,
  postings: [...line.postings].sort(comparePostings),
  elsewhere: [...line.elsewhere].sort(comparePostings),
  inboundTransfers: [...line.inboundTransfers].sort(comparePostings),
});

/**
 * Explains every known variance of a line that is not zero, in the order count, channel, ledger.
 *
 * @param twins what `patterns/twins.ts` found for the line among all lines of the period
 */
export function explainLine(given: LineCase, twins: readonly TracedComponent[] = []): readonly TracedVariance[] {
  const line = inOrder(given);
  const events = matchEvents(line.postings).filter((event) => !isSettled(event, line));
  const repeatsOfLedger = new Set<Posting>();
  let transfersOfLedger: ReadonlySet<string> | null = line.variances.ledger === null ? null : new Set();
  const accounts: Account[] = [];
  const { count, channel, ledger } = line.variances;
  let ledgerAccount: Account | null = null;
  if (ledger) {
    ledgerAccount = new Account('ledger', ledger);
    const repeated = ledgerRepeats(events, line).map(({ claim, repeats }) => ({ rule: duplicatePosting as RuleName, claim, repeats }));
    const sent = inTransit
      .candidates('ledger', line, ledger, new Set())
      .map((claim) => ({ rule: inTransit as RuleName, claim, repeats: [] as readonly Posting[] }));
    const held = heldExactly(ledger, [...repeated, ...sent].map((each) => ({ ...each, quantityScaled: each.claim.quantityScaled })));
    ledgerAccount.take(...held.map(({ rule, claim }) => componentOf(rule, claim, false)));
    for (const { repeats } of held) for (const posting of repeats) repeatsOfLedger.add(posting);
    transfersOfLedger = new Set(held.filter(({ rule }) => rule === inTransit).flatMap(({ claim }) => claim.documents));
  }
  const found: LedgerFindings = { repeats: repeatsOfLedger, transfers: transfersOfLedger };
  if (count) accounts.push(explainVariance('count', count, events, line, found));
  if (channel) accounts.push(explainVariance('channel', channel, events, line, found));
  if (ledgerAccount) accounts.push(ledgerAccount);
  return accounts.map((account) => ({
    kind: account.kind,
    quantityScaled: account.quantityScaled,
    components: [
      ...account.components.map((component) => withAge(component, line)),
      ...(account.restScaled === 0
        ? []
        : [
            ...account.undecided.filter((each) => isHeld(each, account.restScaled)).map((each) => ({ ...withAge(each, line), suggested: true })),
            ...suggestions(PATTERNS, account, line),
            ...(account.kind === 'count' ? twins : []),
            ...suggestions(LAST_PATTERNS, account, line),
          ]),
    ],
    residualScaled: account.restScaled,
  }));
}
