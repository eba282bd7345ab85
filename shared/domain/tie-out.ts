/**
 * The tie-out: what the stock is worth by the reconciliation against what the ledger's trial balance says, account by
 * account, before and after the period's journals; and what was looked at where the two part.
 *
 * Decisions only; what they are made from is read by `electron/services/tie-out`. Every difference is the ledger less the
 * stock: positive where the ledger has more.
 */
import { z } from 'zod';
import { formatAmount, roundToMinor } from './money';
import { plural } from './plural';

/** The four classic causes, in the order in which they are tested. */
export const TIE_OUT_CAUSES = ['direct_journal', 'wrong_period', 'half_transfer', 'cost_timing'] as const;
export type TieOutCause = (typeof TIE_OUT_CAUSES)[number];

export const CAUSE_TITLES: Readonly<Record<TieOutCause, string>> = {
  direct_journal: 'Journal straight to the stock account',
  wrong_period: 'Wrong period',
  half_transfer: 'Half-done transfer',
  cost_timing: 'Costing timing',
};

/** One thing that was found: the document, what it is worth, and where it stands. */
export const TieOutFinding = z.strictObject({
  cause: z.enum(TIE_OUT_CAUSES),
  accountCode: z.string(),
  document: z.string(),
  /** `YYYY-MM-DD`; null where it has none. */
  day: z.string().nullable(),
  sentence: z.string(),
  /** What it is worth at unit cost, or as the ledger booked it. */
  worthMinor: z.int(),
  /** What it makes the ledger more than the stock; null where the files do not tell. */
  amountMinor: z.int().nullable(),
  place: z.strictObject({ importId: z.int(), fileName: z.string(), rowNumber: z.int() }).nullable(),
});
export type TieOutFinding = z.infer<typeof TieOutFinding>;

export const TestedCause = z.strictObject({
  cause: z.enum(TIE_OUT_CAUSES),
  title: z.string(),
  /** False: the files that would tell were not imported. */
  isTested: z.boolean(),
  /** What was looked at, and what was found; also where that is nothing. */
  sentence: z.string(),
  found: z.int(),
  /** What all of it makes the ledger more than the stock, as far as the files tell; and of that on each account. */
  amountMinor: z.int(),
  byAccount: z.array(z.strictObject({ accountCode: z.string(), amountMinor: z.int() })),
  /** The largest; `found` says how many there are. */
  findings: z.array(TieOutFinding),
});
export type TestedCause = z.infer<typeof TestedCause>;

export const TieOutJournal = z.strictObject({
  number: z.string(),
  state: z.string(),
  effectMinor: z.int(),
  /** The ledger held it before the trial balance was drawn: it is in the balance, and not added again. */
  isInLedger: z.boolean(),
});

/** `explained`: it differs, and documents that the causes name make the whole of it. */
export const ACCOUNT_STANDINGS = ['ties', 'rounding', 'explained', 'differs', 'unknown'] as const;

export const TieOutAccount = z.strictObject({
  accountCode: z.string(),
  name: z.string(),
  /** `stock`: lines lie on it. `transit`: goods under way. `other`: the journals touch it, and nothing says what should be on it. */
  holds: z.enum(['stock', 'transit', 'other']),
  lines: z.int(),
  /** Lines with a quantity and no unit cost: they are in no value. */
  linesWithoutCost: z.int(),
  /** Before the adjustments of the period; null where nothing says. */
  bookMinor: z.int().nullable(),
  /** By the reconciled closing quantities, rounded once. */
  valueMinor: z.int().nullable(),
  /** Null where the trial balance does not name the account: it counts as nothing. */
  ledgerMinor: z.int().nullable(),
  differenceMinor: z.int().nullable(),
  journals: z.array(TieOutJournal),
  /** Of the journals that the ledger does not hold yet. */
  journalsMinor: z.int(),
  afterMinor: z.int().nullable(),
  /** What the reasons of lines book and no journal holds yet: a journal over them would take it from the difference after. */
  waitingMinor: z.int(),
  /** As much as rounding each journal line and the value once can move. */
  roundingMinor: z.int(),
  /** What the four causes tell of the difference, and what they leave. */
  toldMinor: z.int(),
  leftMinor: z.int().nullable(),
  standing: z.enum(ACCOUNT_STANDINGS),
  sentence: z.string(),
});
export type TieOutAccount = z.infer<typeof TieOutAccount>;

export const TieOut = z.strictObject({
  periodCode: z.string(),
  currency: z.string(),
  /** Null where no trial balance was imported. */
  trialBalance: z.strictObject({ importId: z.int(), fileName: z.string(), importedInstant: z.int() }).nullable(),
  accounts: z.array(TieOutAccount),
  causes: z.array(TestedCause),
  /** Something came in after the reconciliation: the value does not hold it. */
  isStale: z.boolean(),
});
export type TieOut = z.infer<typeof TieOut>;

/** How a period stands for its lock. */
export const TieOutStands = z.strictObject({
  standing: z.enum(['ties', 'differs', 'no_trial_balance', 'not_reconciled']),
  /** Sum of the differences of the stock accounts that do not tie, without sign; 0 where there is nothing to hold against. */
  differenceMinor: z.int(),
  sentence: z.string(),
});
export type TieOutStands = z.infer<typeof TieOutStands>;

/** What is known of an account before anything is decided. Exact values have ten places. */
export interface AccountFacts {
  readonly accountCode: string;
  readonly name: string;
  readonly holds: 'stock' | 'transit' | 'other';
  readonly lines: number;
  readonly linesWithoutCost: number;
  readonly bookExact: bigint | null;
  readonly valueExact: bigint | null;
  readonly ledgerMinor: number | null;
  readonly journals: readonly (z.infer<typeof TieOutJournal> & { readonly lines: number })[];
}

export interface TieOutFacts {
  readonly periodCode: string;
  readonly currency: string;
  readonly trialBalance: TieOut['trialBalance'];
  readonly accounts: readonly AccountFacts[];
  readonly isStale: boolean;
}

function standingOf(hasBalance: boolean, afterMinor: number | null, roundingMinor: number, toldMinor: number): TieOutAccount['standing'] {
  if (!hasBalance || afterMinor === null) return 'unknown';
  if (afterMinor === 0) return 'ties';
  if (Math.abs(afterMinor) <= roundingMinor) return 'rounding';
  return toldMinor !== 0 && Math.abs(afterMinor - toldMinor) <= roundingMinor ? 'explained' : 'differs';
}

function sentenceOf(account: Omit<TieOutAccount, 'sentence'>, hasBalance: boolean, currency: string): string {
  const { standing, afterMinor, ledgerMinor, waitingMinor, linesWithoutCost, leftMinor, toldMinor } = account;
  const money = (minor: number) => `${formatAmount(minor, currency)} ${currency}`;
  const whichHasMore = (minor: number) => `the ledger has ${money(Math.abs(minor))} ${minor > 0 ? 'more' : 'less'}`;
  const told: string[] = [];
  if (!hasBalance) told.push('No trial balance was imported: what the ledger says is unknown.');
  else if (account.valueMinor === null) told.push('Nothing in the workbook says what should be on this account; the journals move it.');
  else {
    if (ledgerMinor === null) told.push('The trial balance does not name the account.');
    if (account.journals.some(({ isInLedger }) => isInLedger)) told.push('The ledger holds journals of the period already.');
    if (standing === 'ties') told.push('Ties to the cent after the journals.');
    else if (standing === 'rounding') told.push(`Ties after the journals but for rounding: ${whichHasMore(afterMinor!)}.`);
    else if (standing === 'explained') told.push(`Ties after the journals but for what the causes below name: ${whichHasMore(afterMinor!)}, and they tell ${money(toldMinor)}.`);
    else told.push(`Does not tie after the journals: ${whichHasMore(afterMinor!)}.`);
    if (standing === 'differs' && toldMinor !== 0) told.push(`The causes below tell ${money(toldMinor)} of it and leave ${money(leftMinor!)}.`);
    if (standing === 'differs' && waitingMinor !== 0) told.push(`Reasons book ${money(waitingMinor)} that no journal holds yet.`);
  }
  if (linesWithoutCost > 0) told.push(`${plural(linesWithoutCost, 'line has', 'lines have')} a quantity and no unit cost, and no value here.`);
  return told.join(' ');
}

/** The ledger equals the reconciled value before any journal is added, and would not with them: it was drawn after they were booked. */
function holdsJournalsAlready({ ledgerMinor, journals }: AccountFacts, valueMinor: number | null, roundingMinor: number): boolean {
  const journalsMinor = journals.reduce((sum, { effectMinor }) => sum + effectMinor, 0);
  return ledgerMinor !== null && valueMinor !== null && Math.abs(ledgerMinor - valueMinor) <= roundingMinor && Math.abs(ledgerMinor + journalsMinor - valueMinor) > roundingMinor;
}

function decideAccount(facts: AccountFacts, hasBalance: boolean, causes: readonly TestedCause[], currency: string): TieOutAccount {
  const round = (exact: bigint | null) => (exact === null ? null : roundToMinor(exact, currency));
  const { bookExact, valueExact, ledgerMinor, journals: signed, ...names } = facts;
  const bookMinor = round(bookExact);
  const valueMinor = round(valueExact);
  // Half a minor unit for each journal line and for both values, the reconciled and the one by the books.
  const roundings = signed.reduce((sum, { lines }) => sum + lines, 0) + 2;
  const roundingMinor = names.holds === 'other' ? 0 : Math.floor(roundings / 2);
  const hasAll = hasBalance && holdsJournalsAlready(facts, valueMinor, roundingMinor);
  const journals = signed.map((each) => (hasAll ? { ...each, isInLedger: true } : each));
  const journalsMinor = journals.reduce((sum, each) => (each.isInLedger ? sum : sum + each.effectMinor), 0);
  const allJournalsMinor = journals.reduce((sum, each) => sum + each.effectMinor, 0);
  const differenceMinor = hasBalance && valueMinor !== null ? (ledgerMinor ?? 0) - valueMinor : null;
  const afterMinor = differenceMinor === null ? null : differenceMinor + journalsMinor;
  const waiting = valueMinor === null || bookMinor === null ? 0 : valueMinor - bookMinor - allJournalsMinor;
  const toldMinor = causes
    .flatMap(({ byAccount }) => byAccount)
    .reduce((sum, { accountCode, amountMinor }) => (accountCode === names.accountCode ? sum + amountMinor : sum), 0);
  const account = {
    ...names,
    bookMinor, valueMinor, ledgerMinor, differenceMinor,
    journals: journals.map(({ number, state, effectMinor, isInLedger }) => ({ number, state, effectMinor, isInLedger })),
    journalsMinor, afterMinor,
    waitingMinor: names.holds === 'stock' && Math.abs(waiting) > roundingMinor ? waiting : 0,
    roundingMinor, toldMinor,
    leftMinor: afterMinor === null ? null : afterMinor - toldMinor,
    standing: standingOf(hasBalance, afterMinor, roundingMinor, toldMinor),
  };
  return { ...account, sentence: sentenceOf(account, hasBalance, currency) };
}

/** Account by account, in the order of their codes; the causes are tested before (`tie-out-causes.ts`). */
export function decideTieOut(facts: TieOutFacts, causes: readonly TestedCause[]): TieOut {
  const { accounts, ...rest } = facts;
  const hasBalance = facts.trialBalance !== null;
  return {
    ...rest,
    accounts: [...accounts]
      .sort((one, other) => (one.accountCode < other.accountCode ? -1 : 1))
      .map((account) => decideAccount(account, hasBalance, causes, facts.currency)),
    causes: [...causes],
  };
}

const DOCUMENTS_NAMED = 3;

/** The documents that make the difference of an account, the largest first. */
function documentsOf(causes: readonly TestedCause[], accountCode: string): string {
  const documents = causes.flatMap(({ findings }) => findings).filter((each) => each.accountCode === accountCode && (each.amountMinor ?? 0) !== 0).map(({ document }) => document);
  const named = documents.slice(0, DOCUMENTS_NAMED).join(', ');
  if (documents.length > DOCUMENTS_NAMED) return `${named} and others explain`;
  return documents.length === 1 ? `${named} explains` : `${named} explain`;
}

/**
 * What the lock asks. The one rule: before the journals the ledger holds the books' value, after them the reconciled one; an account
 * ties where nothing is left after the journals, nothing but rounding, or nothing but what named documents make.
 *
 * Every account that holds stock decides, goods under way among them: what their account holds beside the stock, freight or duty,
 * was booked by an entry, and the ledger's entries name it. Where nothing is under way and the ledger has no such account, there is
 * nothing to ask.
 */
export function standsOf({ trialBalance, accounts, causes, currency }: TieOut): TieOutStands {
  if (!trialBalance) {
    return { standing: 'no_trial_balance', differenceMinor: 0, sentence: 'No trial balance was imported. Import the ledger’s trial balance of the period.' };
  }
  const money = (minor: number) => `${formatAmount(minor, currency)} ${currency}`;
  const held = accounts.filter(({ holds, ledgerMinor, afterMinor }) => holds === 'stock' || (holds === 'transit' && (ledgerMinor !== null || afterMinor !== 0)));
  const apart = held.filter(({ standing }) => standing === 'differs');
  const explained = held
    .filter(({ standing }) => standing === 'explained')
    .map(({ accountCode, name, afterMinor }) => `${accountCode} ${name} differs by ${money(afterMinor!)}, which ${documentsOf(causes, accountCode)}`);
  const ties = held.length - apart.length - explained.length;
  const rounding = held.filter(({ standing }) => standing === 'rounding').length;
  const first = apart.length > 0
    ? [`${plural(apart.length, 'stock account does', 'stock accounts do')} not tie to the ledger: ${apart.map(({ accountCode, afterMinor }) => `${accountCode} by ${money(afterMinor!)}`).join(', ')}`]
    : ties > 0 || explained.length === 0 ? [`${plural(ties, 'stock account ties', 'stock accounts tie')} to the ledger${rounding > 0 ? `, ${rounding} but for rounding` : ''}`] : [];
  return {
    standing: apart.length === 0 ? 'ties' : 'differs',
    differenceMinor: apart.reduce((sum, { afterMinor }) => sum + Math.abs(afterMinor!), 0),
    sentence: [...first, ...explained].join('; '),
  };
}

/** What ledgers write for an account: its code, its name, code and name, or the last of `Parent:Sub`. */
export function matchAccount(written: string, accounts: readonly { readonly accountCode: string; readonly name: string }[]): string | undefined {
  const plain = (text: string) => text.trim().toLowerCase();
  const text = plain(written);
  const last = plain(text.split(':').at(-1)!);
  const byCode = accounts.find(({ accountCode }) => plain(accountCode) === text || plain(accountCode) === last);
  if (byCode) return byCode.accountCode;
  const byName = accounts.filter(({ name }) => name !== '' && (plain(name) === text || plain(name) === last));
  if (byName.length === 1) return byName[0]!.accountCode;
  return accounts.find(({ accountCode, name }) => name !== '' && [' ', ' - ', ' · '].some((between) => plain(`${accountCode}${between}${name}`) === last))?.accountCode;
}
