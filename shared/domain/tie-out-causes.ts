/**
 * The four classic reasons why a ledger and the stock part, each tested against what was imported.
 *
 * A tested cause always says what was looked at, also where nothing was found; one that the files cannot tell says which
 * file would. The money of a document is told by the first cause that explains it. No cause is a guess: where the files show that
 * something is odd but not what it made of the balance, it is told with what it is worth and no amount.
 */
import { formatAmount, roundToMinor } from './money';
import { plural } from './plural';
import { formatQuantity } from './quantity';
import { CAUSE_TITLES, type TestedCause, type TieOutCause, type TieOutFinding } from './tie-out';

export interface RowPlace {
  readonly importId: number;
  readonly fileName: string;
  readonly rowNumber: number;
}

/** What the ledger booked on one stock account under one document. */
export interface LedgerDocument {
  readonly document: string;
  readonly accountCode: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly amountMinor: number;
  readonly rows: number;
  readonly memo: string;
  readonly place: RowPlace;
}

/** What the ERP moved on hand under one document on one stock account; `valueExact` at the cost of the closing, ten places. */
export interface DocumentMovement {
  readonly document: string;
  readonly accountCode: string;
  /** The day it was posted, in the workbook's time zone. */
  readonly postedDay: string;
  readonly valueExact: bigint;
  readonly postings: number;
}

/** An ERP posting that happened in one period and was posted in another. */
export interface StrayPosting {
  readonly document: string;
  readonly accountCode: string;
  readonly sku: string;
  readonly location: string;
  readonly quantityScaled: number;
  readonly valueExact: bigint;
  readonly occurredDay: string;
  readonly postedDay: string;
  readonly place: RowPlace;
}

/** A transfer of an item whose dispatch and receipt are not equal at the cut-off; in scaled units. */
export interface OpenTransfer {
  readonly document: string;
  readonly accountCode: string;
  readonly sku: string;
  readonly from: string;
  readonly to: string;
  readonly outScaled: number;
  readonly inScaled: number;
  readonly unitCostScaled: number | null;
  readonly day: string;
  readonly place: RowPlace;
}

/** A line whose cost is another than at the close before. `effectExact`: what its older units are worth less now. */
export interface CostChange {
  readonly accountCode: string;
  readonly sku: string;
  readonly location: string;
  readonly beforeText: string;
  readonly nowText: string;
  readonly quantityScaled: number;
  readonly effectExact: bigint;
}

export interface CauseFacts {
  readonly periodCode: string;
  readonly currency: string;
  /** Numbers of this period's journals, as a ledger that imported them calls them. */
  readonly ownJournals: readonly string[];
  readonly ledger: { readonly files: number; readonly documents: readonly LedgerDocument[] };
  readonly movements: { readonly files: number; readonly ofDocuments: readonly DocumentMovement[] };
  /** Documents of movements, also as the reference of one. */
  readonly knownDocuments: ReadonlySet<string>;
  readonly strays: readonly StrayPosting[];
  readonly transfers: { readonly documents: number; readonly open: readonly OpenTransfer[] };
  readonly costs: { readonly previousPeriod: string | null; readonly linesCompared: number; readonly changes: readonly CostChange[] };
}

/** Listed of each cause; the sums are of all. */
export const FINDINGS_LISTED = 200;

const monthOf = (day: string): string => day.slice(0, 7);
const isOwn = ({ ownJournals }: CauseFacts, document: string): boolean => ownJournals.some((number) => document === number || document.startsWith(`${number}/`));

const bySize = (one: TieOutFinding, other: TieOutFinding): number =>
  Math.abs(other.amountMinor ?? other.worthMinor) - Math.abs(one.amountMinor ?? one.worthMinor) ||
  (one.document < other.document ? -1 : one.document > other.document ? 1 : 0);

/** A cause with all that it found, before what is listed of it is cut. */
interface Tested {
  readonly cause: TieOutCause;
  readonly sentence: string;
  readonly findings: readonly TieOutFinding[];
  readonly isTested: boolean;
}

const tested = (cause: TieOutCause, sentence: string, findings: readonly TieOutFinding[], isTested = true): Tested => ({ cause, sentence, findings, isTested });

function listed({ cause, sentence, findings, isTested }: Tested): TestedCause {
  const byAccount = new Map<string, number>();
  for (const { accountCode, amountMinor } of findings) byAccount.set(accountCode, (byAccount.get(accountCode) ?? 0) + (amountMinor ?? 0));
  return {
    cause, title: CAUSE_TITLES[cause], isTested, sentence, found: findings.length,
    byAccount: [...byAccount].map(([accountCode, amountMinor]) => ({ accountCode, amountMinor })),
    amountMinor: [...byAccount.values()].reduce((sum, amountMinor) => sum + amountMinor, 0),
    findings: [...findings].sort(bySize).slice(0, FINDINGS_LISTED),
  };
}

const NO_LEDGER = 'Not tested: no journal entries of the ledger were imported. Import those of the period.';
const NO_MOVEMENTS = 'Not tested: no movements of the ERP were imported. Import those of the period.';
const looked = (what: string, found: number, nothing: string): string => `Looked at ${what}: ${found === 0 ? nothing : `${found.toLocaleString('en-US')} found`}.`;

/** An entry on a stock account under a document that no movement bears: the stock does not know of it. */
function directJournals(facts: CauseFacts): Tested {
  const { ledger, currency, knownDocuments } = facts;
  if (ledger.files === 0) return tested('direct_journal', NO_LEDGER, [], false);
  const findings = ledger.documents
    .filter(({ document, amountMinor }) => amountMinor !== 0 && !isOwn(facts, document) && !knownDocuments.has(document.toLowerCase()))
    .map(({ document, accountCode, day, amountMinor, memo, rows, place }): TieOutFinding => ({
      cause: 'direct_journal', accountCode, document, day, worthMinor: amountMinor, amountMinor, place,
      sentence: `${document} of ${day} books ${formatAmount(amountMinor, currency)} on ${accountCode} in ${plural(rows, 'row')}, and no movement bears that number${memo === '' ? '' : `: ${memo}`}`,
    }));
  return tested('direct_journal', looked(`${plural(ledger.documents.length, 'document')} of the ledger on stock accounts`, findings.length, 'each is borne by a movement, or is a journal of this period'), findings);
}

/** Posted in another month than it happened, or dated by the ledger in another month than the ERP posted it. */
function wrongPeriod(facts: CauseFacts): Tested {
  const { ledger, movements, strays, currency, periodCode } = facts;
  if (movements.files === 0) return tested('wrong_period', NO_MOVEMENTS, [], false);
  const postedOf = new Map(movements.ofDocuments.map((each) => [`${each.accountCode}\n${each.document.toLowerCase()}`, each]));
  const byLedger = ledger.documents.flatMap((entry): TieOutFinding[] => {
    const movement = postedOf.get(`${entry.accountCode}\n${entry.document.toLowerCase()}`);
    if (!movement || monthOf(entry.day) === monthOf(movement.postedDay)) return [];
    const worthMinor = roundToMinor(movement.valueExact, currency);
    // The stock of the period holds what was posted in it, the ledger what is dated in it.
    const [inLedger, inStock] = [monthOf(entry.day) <= periodCode, monthOf(movement.postedDay) <= periodCode];
    const amountMinor = inLedger === inStock ? null : inLedger ? entry.amountMinor : -worthMinor;
    return [{
      cause: 'wrong_period', accountCode: entry.accountCode, document: entry.document, day: entry.day, worthMinor, amountMinor, place: entry.place,
      sentence: `${entry.document} is dated ${entry.day} by the ledger and was posted on ${movement.postedDay} by the ERP, ${formatAmount(worthMinor, currency)} at cost`,
    }];
  });
  const told = new Set(byLedger.map(({ document }) => document));
  const byDay = strays.filter(({ document }) => !told.has(document)).map(({ document, accountCode, sku, location, quantityScaled, valueExact, occurredDay, postedDay, place }): TieOutFinding => ({
    cause: 'wrong_period', accountCode, document, day: postedDay, worthMinor: roundToMinor(valueExact, currency), amountMinor: null, place,
    sentence: `${document}: ${formatQuantity(quantityScaled)} ${sku} at ${location} happened on ${occurredDay} and was posted on ${postedDay}; it parts the two where the ledger goes by the day it happened`,
  }));
  const ledgerWords = ledger.files === 0 ? 'no ledger entries to hold them against' : `${plural(movements.ofDocuments.length, 'document')} that the ledger has too`;
  return tested(
    'wrong_period',
    looked(`the ERP’s postings of ${plural(movements.files, 'movement file')} by the month they happened and were posted, and ${ledgerWords}`, byLedger.length + byDay.length, 'none lies in two periods'),
    [...byLedger, ...byDay],
  );
}

/** Sent and not received, or received and never sent: the units lie on no location, or on two. */
function halfTransfers({ movements, transfers, currency }: CauseFacts): Tested {
  if (movements.files === 0) return tested('half_transfer', NO_MOVEMENTS, [], false);
  const findings = transfers.open.map(({ document, accountCode, sku, from, to, outScaled, inScaled, unitCostScaled, day, place }): TieOutFinding => {
    const missing = outScaled - inScaled;
    const worthMinor = roundToMinor(BigInt(missing) * BigInt(unitCostScaled ?? 0), currency);
    const worth = unitCostScaled === null ? 'of unknown cost' : `worth ${formatAmount(Math.abs(worthMinor), currency)}`;
    return {
      cause: 'half_transfer', accountCode, document, day, worthMinor, amountMinor: null, place,
      sentence: missing > 0
        ? `${document}: ${formatQuantity(missing)} ${sku} left ${from} on ${day} and had not come to ${to === '' ? 'its destination' : to} by the cut-off, ${worth}; the ledger holds them on the account of goods in transit, or still on the stock’s`
        : `${document}: ${formatQuantity(-missing)} ${sku} came to ${to} on ${day} and never left ${from === '' ? 'anywhere' : from}, ${worth}; the stock counts them twice`,
    };
  });
  return tested('half_transfer', looked(`${plural(transfers.documents, 'transfer')} of the ERP up to the cut-off, out against in by document and item`, findings.length, 'each came in as it went out'), findings);
}

/** Another cost than the ledger's: of units that lay there before, or of a document against what the ledger booked for it. */
function costTiming(facts: CauseFacts, toldBefore: ReadonlySet<string>): Tested {
  const { costs, ledger, movements, currency } = facts;
  const entries = new Map(ledger.documents.map((each) => [`${each.accountCode}\n${each.document.toLowerCase()}`, each]));
  const byDocument = movements.ofDocuments.flatMap((movement): TieOutFinding[] => {
    const entry = entries.get(`${movement.accountCode}\n${movement.document.toLowerCase()}`);
    if (!entry || toldBefore.has(entry.document)) return [];
    const worthMinor = roundToMinor(movement.valueExact, currency);
    const amountMinor = entry.amountMinor - worthMinor;
    // The ledger rounds each posting once.
    if (Math.abs(amountMinor) <= Math.ceil(movement.postings / 2)) return [];
    return [{
      cause: 'cost_timing', accountCode: entry.accountCode, document: entry.document, day: entry.day, worthMinor, amountMinor, place: entry.place,
      sentence: `${entry.document}: the ledger booked ${formatAmount(entry.amountMinor, currency)}, at the cost of the closing it is ${formatAmount(worthMinor, currency)}`,
    }];
  });
  const byLine = costs.changes.map(({ accountCode, sku, location, beforeText, nowText, quantityScaled, effectExact }): TieOutFinding => {
    const worthMinor = roundToMinor(effectExact, currency);
    return {
      cause: 'cost_timing', accountCode, document: sku, day: null, worthMinor, amountMinor: null, place: null,
      sentence: `${sku} at ${location} cost ${beforeText} at the close of ${costs.previousPeriod} and costs ${nowText} now: ${formatQuantity(quantityScaled)} that lay there before are worth ${formatAmount(Math.abs(worthMinor), currency)} ${worthMinor < 0 ? 'more' : 'less'}, which parts the two where the ledger was not revalued`,
    };
  });
  const what = [
    ...(costs.previousPeriod === null ? [] : [`the unit cost of ${plural(costs.linesCompared, 'line')} now and at the close of ${costs.previousPeriod}`]),
    ...(ledger.files === 0 ? [] : [`${plural(movements.ofDocuments.length, 'document')} of the ledger against its movements at the cost of the closing`]),
  ];
  if (what.length === 0) return tested('cost_timing', 'Not tested: there is no period before to compare costs with, and no journal entries of the ledger were imported.', [], false);
  const silent = ledger.files === 0 ? ' No journal entries of the ledger were imported, so the cost it booked at is not known.' : '';
  return tested('cost_timing', `${looked(what.join(', and '), byLine.length + byDocument.length, 'no cost differs')}${silent}`, [...byDocument, ...byLine]);
}

/** All four, in their order. */
export function testCauses(facts: CauseFacts): TestedCause[] {
  const direct = directJournals(facts);
  const period = wrongPeriod(facts);
  const transfer = halfTransfers(facts);
  const told = new Set([direct, period, transfer].flatMap(({ findings }) => findings.map(({ document }) => document)));
  return [direct, period, transfer, costTiming(facts, told)].map(listed);
}
