/**
 * Preparing journals: from tagged lines, with the automatic reversal where it is an accrual, or as the reversal of an earlier
 * journal. The Excel file is written and signed by the preparer; a journal in draft is prepared again under its number.
 */
import type { Journal, JournalCost } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { firstDayOf, lastDayOf, nextPeriodCode } from '@shared/domain/instant';
import { buildJournalLines, type JournalLineDraft, journalTotals, mirrored } from '@shared/domain/journal';
import { type DraftedKind, type JournalKind, journalNumber } from '@shared/domain/journal-kinds';
import type { JournalSigner } from '@shared/domain/journal-workbook';
import { formatAmount } from '@shared/domain/money';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import type { Signer } from '../../files/identities/unlock-identity';
import { writeJournalWorkbook } from '../../files/journal-xlsx/write-journal-workbook';
import { signPackage } from '../../files/signatures/sign-package';
import { appendAudit } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import {
  automaticReversalOf, draftRow, type JournalRow, journalRow, type PreparedJournal, reversalsOf, type ReviewRow, writeJournalRows, writePrepared,
} from '../../workbook/tables/journals';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { waitingNames, waitingSentence } from '../follow-up/person-check';
import { addPerson, type PersonRow, type SigningFailure, unlockPerson } from '../people';
import { findPeriod, periodLocked, periodMissing } from '../periods';
import { needsReconciliation } from '../reconciliation/staleness';
import { type ApproverFailure, chooseApprover, roleObstacle } from './approvers';
import { journalContentHash, journalWorkbookContent, reversalContentHash } from './content';
import { costsOf } from './costs';
import { linesToPost, needsOf, postingLines, posts, type TaggedLine, withoutCost } from './gather';
import { costsOfJournal, findJournal, journalMissing } from './read';
import { entriesOfJournal, reviewedLines } from './reviewed';

export interface Preparing {
  readonly fingerprint: string;
  readonly passPhrase: string;
  /** Null where nobody else can approve; `noSecondPerson` says why. */
  readonly approverFingerprint: string | null;
  readonly noSecondPerson?: string | undefined;
}

export interface PrepareRequest extends Preparing {
  readonly periodId: number;
  readonly kind?: DraftedKind;
}

type PrepareFailure =
  | 'period_missing' | 'period_locked' | 'not_reconciled' | 'nothing_to_post' | 'checks_waiting' | 'cost_missing' | 'account_wrong' | 'not_balanced'
  | ApproverFailure | SigningFailure;

const signerOf = (person: PersonRow): JournalSigner => ({ name: person.name, email: person.email, fingerprintSha256: person.fingerprint });

/** One more than the highest number of the kind that the period ever had: a number is never given twice. */
function nextNumber(workbook: ReadableWorkbook, kind: JournalKind, period: Period): string {
  const prefix = journalNumber(kind, period.code, 0).slice(0, -1);
  const highest = workbook.get<{ highest: number | null }>(
    `SELECT max(CAST(substr(subject, ?) AS INTEGER)) AS highest FROM audit_events WHERE period_id = ? AND action = 'journal.prepare' AND substr(subject, 1, ?) = ?`,
    'journal:'.length + prefix.length + 1, period.periodId, 'journal:'.length + prefix.length, `journal:${prefix}`,
  );
  return journalNumber(kind, period.code, (highest?.highest ?? 0) + 1);
}

/** What is written and signed as one journal. */
interface Planned {
  readonly kind: JournalKind;
  readonly bookingDay: string;
  readonly entries: readonly JournalLineDraft[];
  readonly lines: readonly TaggedLine[];
  readonly reviews: readonly ReviewRow[];
  readonly costs: readonly JournalCost[];
  readonly contentHash: string;
  readonly rounding: Journal['rounding'];
  readonly draft: JournalRow | undefined;
  readonly reverses: { readonly journalId: number | null; readonly number: string } | null;
  readonly isAutomatic: boolean;
  readonly why: string;
}

interface Signatures {
  readonly preparer: PersonRow;
  readonly approver: PersonRow | null;
  readonly noSecondPerson: string | null;
  readonly signer: Signer;
}

interface SignedPlan extends Planned {
  readonly number: string;
  readonly version: number;
  readonly signedFile: Uint8Array;
}

/** Writes the Excel file of a plan and signs it as preparer. */
async function signPlan(context: ServiceContext, period: Period, plan: Planned, { preparer, approver, noSecondPerson, signer }: Signatures, number: string, preparedInstant: number): Promise<SignedPlan> {
  const version = (plan.draft?.version ?? 0) + 1;
  const file = await writeJournalWorkbook(
    journalWorkbookContent(context.workbook, {
      period, kind: plan.kind, number, version, bookingDay: plan.bookingDay, reverses: plan.reverses?.number ?? null, rounding: plan.rounding, preparedInstant,
      preparer: signerOf(preparer), approver: approver && signerOf(approver), noSecondPerson, lines: plan.lines, entries: plan.entries, costs: plan.costs,
      contentHash: plan.contentHash,
    }),
  );
  context.job.checkCancelled();
  const signedFile = signPackage(file, signer, {
    signedAtInstant: preparedInstant,
    role: 'Preparer',
    commitment: 'creation',
    purpose: `Prepared journal ${number}${version > 1 ? `, version ${version},` : ''} of ${period.code}`,
  });
  return { ...plan, number, version, signedFile };
}

/** Keeps a signed journal; answers its id. */
function keep(context: ServiceContext, period: Period, plan: SignedPlan, { preparer, approver, noSecondPerson }: Signatures, preparedInstant: number, reversesId: number | null): number {
  const { workbook } = context;
  const row: PreparedJournal = {
    period_id: period.periodId, number: plan.number, kind: plan.kind, version: plan.version, currency: period.currency, booking_day: plan.bookingDay,
    rounding: plan.rounding, rule_set_id: ruleSetFor(workbook, period.code).ruleSetId, content_hash: plan.contentHash, preparer_id: preparer.person_id,
    prepared_instant: preparedInstant, named_approver_id: approver?.person_id ?? null, no_second_person: noSecondPerson, reverses_journal_id: reversesId,
    is_automatic: plan.isAutomatic ? 1 : 0, signed_file: plan.signedFile,
  };
  const journalId = writePrepared(workbook, row, plan.draft?.journal_id);
  writeJournalRows(workbook, journalId, { lines: plan.entries, reviews: plan.reviews, costs: plan.costs });
  appendAudit(workbook, {
    atInstant: preparedInstant,
    actor: actorText(context.actor),
    action: 'journal.prepare',
    periodId: period.periodId,
    subject: `journal:${plan.number}`,
    detail: {
      kind: plan.kind, version: plan.version, bookingDay: plan.bookingDay, contentHash: plan.contentHash, ...journalTotals(plan.entries), lines: plan.lines.length,
      postingLines: plan.lines.filter(posts).length, reverses: plan.reverses?.number ?? null, why: plan.why, preparer: `${preparer.name} <${preparer.email}>`,
      namedApprover: approver ? `${approver.name} <${approver.email}>` : null, noSecondPerson, fileSha256: sha256Hex(plan.signedFile),
    },
  });
  return journalId;
}

const reviewsOf = (lines: readonly TaggedLine[]): ReviewRow[] =>
  lines.map(({ stock_key_id, reason_code, owner, adjustment_scaled, tag_revision, booked_scaled }) => ({ stock_key_id, reason_code, owner, adjustment_scaled, tag_revision, booked_scaled }));

const negated = (line: TaggedLine): TaggedLine => ({ ...line, booked_scaled: -line.booked_scaled });

/** The reversal that goes with an accrual, on the first day of the next period. */
function automaticReversal(workbook: ReadableWorkbook, period: Period, accrual: Planned, accrualNumber: string): Planned {
  const bookingDay = firstDayOf(nextPeriodCode(period.code));
  return {
    ...accrual,
    kind: 'reversal', bookingDay, entries: mirrored(accrual.entries, accrualNumber), lines: accrual.lines.map(negated), reviews: [], isAutomatic: true, why: '',
    contentHash: reversalContentHash(workbook, { number: accrualNumber, contentHash: accrual.contentHash }, bookingDay),
    draft: accrual.draft && automaticReversalOf(workbook, accrual.draft.journal_id),
    reverses: { journalId: null, number: accrualNumber },
  };
}

/** Accounts that are missing or of the wrong kind, in a sentence; undefined where all fit. */
function accountObstacle(workbook: ReadableWorkbook, lines: readonly TaggedLine[]): string | undefined {
  const kinds = new Map(workbook.all<{ account_code: string; kind: string }>('SELECT account_code, kind FROM accounts').map((account) => [account.account_code, account.kind]));
  const wrong = lines.filter((line) => posts(line) && line.posting === 'reclassify' && kinds.get(line.offset_account!) !== 'asset');
  if (wrong.length === 0) return undefined;
  const [first] = wrong;
  return `${plural(wrong.length, 'line')} would be reclassified to ${first!.offset_account!}, which is no asset account (${first!.sku} ${first!.location}, by the ${first!.offset_rule}). Name an asset account in the rules.`;
}

function planOf(workbook: ReadableWorkbook, period: Period, kind: DraftedKind, lines: readonly TaggedLine[]): Planned {
  const { rounding } = ruleSetFor(workbook, period.code).rules;
  return {
    kind, rounding, lines, bookingDay: lastDayOf(period.code), reviews: reviewsOf(lines), isAutomatic: false, reverses: null, why: '',
    entries: buildJournalLines(postingLines(lines), period.currency, rounding),
    costs: costsOf(workbook, period.periodId, lines),
    contentHash: journalContentHash(workbook, period, lines, kind),
    draft: draftRow(workbook, period.periodId, kind, null),
  };
}

/** What stands in the way of these lines becoming a journal; undefined where nothing does. */
function lineObstacle(workbook: ReadableWorkbook, period: Period, lines: readonly TaggedLine[]) {
  if (lines.length === 0) return refused('nothing_to_post', `No line of ${period.code} has a reason code and an owner that a journal does not hold yet.`);
  const unchecked = waitingNames(workbook, period.periodId, lines.filter(posts).map((line) => line.stock_key_id));
  if (unchecked.length > 0) return refused('checks_waiting', waitingSentence(unchecked));
  const uncosted = withoutCost(lines);
  if (uncosted.length > 0) {
    return refused('cost_missing', `${uncosted.length} lines have no unit cost: ${uncosted.slice(0, 5).join(', ')}. Import a cost from the system that owns it.`);
  }
  const wrongAccount = accountObstacle(workbook, lines);
  return wrongAccount === undefined ? undefined : refused('account_wrong', wrongAccount);
}

/** Builds a journal of one kind from the tagged lines, writes its Excel file and signs it as preparer. */
export async function prepareJournal(context: ServiceContext, identitiesFolder: string, request: PrepareRequest): Promise<Outcome<Journal, PrepareFailure>> {
  const { workbook } = context;
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  if (period.state === 'locked') return periodLocked(period);
  if (needsReconciliation(workbook, period)) {
    return refused('not_reconciled', `${period.code} has changed since it was reconciled. Run the reconciliation, then prepare the journal.`);
  }
  const kind = request.kind ?? 'adjustment';
  const { lines } = linesToPost(workbook, period, kind);
  const obstacle = lineObstacle(workbook, period, lines);
  if (obstacle) return obstacle;
  const people = signaturesOf(context, identitiesFolder, request);
  if (!people.ok) return people;
  const beyond = people.value.approver === null ? people.value.preparer : people.value.approver;
  const wrongRole = roleObstacle(beyond, needsOf(workbook, period, lines), period.currency);
  if (wrongRole !== undefined) return refused('role_refused', wrongRole);
  const plan = planOf(workbook, period, kind, lines);
  const { currency } = period;
  const totals = journalTotals(plan.entries);
  if (totals.debitTotalMinor !== totals.creditTotalMinor) {
    return refused('not_balanced', `Debits ${formatAmount(totals.debitTotalMinor, currency)} and credits ${formatAmount(totals.creditTotalMinor, currency)} differ. Nothing was kept.`);
  }
  return writeAndKeep(context, period, plan, people.value);
}

/** Unlocks the preparer and finds who approves. */
function signaturesOf(context: ServiceContext, identitiesFolder: string, request: Preparing): Outcome<Signatures, ApproverFailure | SigningFailure> {
  if (request.approverFingerprint === request.fingerprint) {
    return refused('approver_is_preparer', 'Preparer and approver are the same person. Name somebody else to approve.');
  }
  const unlocked = unlockPerson(context, identitiesFolder, request.fingerprint, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const chosen = chooseApprover(context, identitiesFolder, unlocked.value.identity, request);
  if (!chosen.ok) return chosen;
  return done({ preparer: addPerson(context, unlocked.value.identity), ...chosen.value, signer: unlocked.value.signer });
}

async function writeAndKeep(context: ServiceContext, period: Period, plan: Planned, people: Signatures): Promise<Outcome<Journal, never>> {
  const { workbook } = context;
  const preparedInstant = context.now();
  const files = plan.kind === 'accrual' ? 2 : 1;
  context.job.progress('Writing the Excel file', 0, files);
  const number = plan.draft?.number ?? nextNumber(workbook, plan.kind, period);
  const signed = await signPlan(context, period, plan, people, number, preparedInstant);
  const reversal = plan.kind === 'accrual' ? automaticReversal(workbook, period, plan, number) : undefined;
  context.job.progress('Writing the Excel file', 1, files);
  const signedReversal =
    reversal && (await signPlan(context, period, reversal, people, reversal.draft?.number ?? nextNumber(workbook, 'reversal', period), preparedInstant));
  return inTransaction(workbook, () => {
    const journalId = keep(context, period, signed, people, preparedInstant, plan.reverses?.journalId ?? null);
    if (signedReversal) keep(context, period, signedReversal, people, preparedInstant, journalId);
    context.job.progress('Writing the Excel file', files, files);
    return done(findJournal(workbook, journalId)!);
  });
}

export interface ReverseRequest extends Preparing {
  readonly journalId: number;
  /** The open period that the reversal is booked in. */
  readonly periodId: number;
  readonly why: string;
}

type ReverseFailure = 'journal_missing' | 'period_missing' | 'period_locked' | 'journal_state' | 'journal_reversed' | ApproverFailure | SigningFailure;

/** Whether a journal can be reversed by hand. */
function reversalObstacle(workbook: ReadableWorkbook, row: JournalRow, madeIn: Period) {
  const isSigned = row.state === 'approved' || row.state === 'exported';
  if (row.kind === 'reversal') return refused('journal_state', `${row.number} is a reversal itself. Prepare the entry anew from its lines instead.`);
  if (row.state === 'approved' && madeIn.state === 'open') return refused('journal_state', `Journal ${row.number} is approved and was not exported yet. Take it back to draft instead.`);
  if (!isSigned) return refused('journal_state', `Journal ${row.number} is ${row.state}. Only a journal that was exported or posted is reversed.`);
  const standing = reversalsOf(workbook, row.journal_id).find((each) => each.state !== 'draft');
  if (standing) return refused('journal_reversed', `Journal ${row.number} is reversed by ${standing.number} already.`);
  return undefined;
}

/** Prepares the reversal of a journal: its lines mirrored, booked in an open period, also one after that of the journal. */
export async function reverseJournal(context: ServiceContext, identitiesFolder: string, request: ReverseRequest): Promise<Outcome<Journal, ReverseFailure>> {
  const { workbook } = context;
  const row = journalRow(workbook, request.journalId);
  if (!row) return journalMissing(request.journalId);
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  if (period.state === 'locked') return periodLocked(period);
  const madeIn = findPeriod(workbook, row.period_id)!;
  if (period.code < madeIn.code) return refused('journal_state', `Journal ${row.number} is of ${madeIn.code}. Reverse it there or in a later period.`);
  const obstacle = reversalObstacle(workbook, row, madeIn);
  if (obstacle) return obstacle;
  const people = signaturesOf(context, identitiesFolder, request);
  if (!people.ok) return people;
  const bookingDay = period.code === madeIn.code ? (row.booking_day ?? lastDayOf(period.code)) : firstDayOf(period.code);
  return writeAndKeep(
    context, period,
    {
      kind: 'reversal', bookingDay, rounding: row.rounding, isAutomatic: false, why: request.why, reviews: [],
      entries: mirrored(entriesOfJournal(workbook, row.journal_id), row.number),
      lines: reviewedLines(workbook, row).map(negated),
      costs: costsOfJournal(workbook, row.journal_id),
      contentHash: reversalContentHash(workbook, { number: row.number, contentHash: row.content_hash }, bookingDay),
      draft: draftRow(workbook, period.periodId, 'reversal', row.journal_id),
      reverses: { journalId: row.journal_id, number: row.number },
    },
    people.value,
  );
}
