/**
 * Journals: built from tagged lines or from an earlier journal, prepared by one person, approved by another, exported signed,
 * posted in the ledger, reversed by another journal.
 */
import { z } from 'zod';
import { DRAFTED_KINDS, JOURNAL_KINDS, JOURNAL_STATES } from '../domain/journal-kinds';
import { ROUNDINGS } from '../domain/money';
import { ROLES } from '../domain/terms';
import { SYSTEMS } from '../domain/states';
import type { ContractArea } from './call';
import { SigningPassPhrase } from './signing';

export const JournalLine = z.strictObject({
  lineNumber: z.int(),
  accountCode: z.string(),
  accountName: z.string(),
  /** Which rule chose the account, in words. */
  accountRule: z.string(),
  debitMinor: z.int(),
  creditMinor: z.int(),
  reasonCode: z.string(),
  location: z.string(),
  memo: z.string(),
  /** Exact value before rounding, decimal text with ten places at most. */
  exactAmount: z.string(),
  roundingDifference: z.string(),
  sourceLines: z.int(),
});
export type JournalLine = z.infer<typeof JournalLine>;

/** Where unit costs of a journal came from. */
export const JournalCost = z.strictObject({
  /** Null: the item's own cost, from an item list. */
  system: z.enum(SYSTEMS).nullable(),
  importId: z.int().nullable(),
  fileName: z.string(),
  /** The column as the file heads it; empty where it is not known. */
  heading: z.string(),
  method: z.enum(['average', 'standard', 'fifo', 'last', 'not stated']),
  lines: z.int(),
});
export type JournalCost = z.infer<typeof JournalCost>;

/** What an approval needs for the lines of one tier, the highest tier first. */
export const ApprovalNeed = z.strictObject({
  overMinor: z.int(),
  roles: z.array(z.enum(ROLES)),
  comment: z.boolean(),
  attachment: z.boolean(),
  lines: z.array(z.string()),
  withoutAttachment: z.array(z.string()),
});
export type ApprovalNeed = z.infer<typeof ApprovalNeed>;

export const JournalVersion = z.strictObject({
  version: z.int(),
  state: z.enum(['prepared', 'approved']),
  preparer: z.string(),
  preparedInstant: z.int(),
  approver: z.string().nullable(),
  approvedInstant: z.int().nullable(),
  endedInstant: z.int(),
  endedBy: z.string(),
  why: z.string(),
  contentHash: z.string(),
  fileSha256: z.string(),
});
export type JournalVersion = z.infer<typeof JournalVersion>;

const JournalLink = z.strictObject({ journalId: z.int(), number: z.string(), periodId: z.int(), periodCode: z.string(), bookingDay: z.string(), isAutomatic: z.boolean() });

export const Journal = z.strictObject({
  journalId: z.int(),
  number: z.string(),
  kind: z.enum(JOURNAL_KINDS),
  version: z.int(),
  state: z.enum(JOURNAL_STATES),
  /** The period it was made in; an accrual's automatic reversal is due in the next. */
  periodId: z.int(),
  periodCode: z.string(),
  /** `YYYY-MM-DD`. */
  bookingDay: z.string(),
  currency: z.string(),
  rounding: z.enum(ROUNDINGS),
  debitTotalMinor: z.int(),
  creditTotalMinor: z.int(),
  /** What rounding moved on one side, decimal text. */
  roundingTotal: z.string(),
  lines: z.array(JournalLine),
  costs: z.array(JournalCost),
  preparer: z.string(),
  preparerEmail: z.string(),
  preparedInstant: z.int(),
  /** Who is to approve; the preparer where nobody else can. */
  namedApprover: z.string(),
  namedApproverEmail: z.string(),
  /** Why nobody else approves; null where somebody does. */
  noSecondPerson: z.string().nullable(),
  approvedInstant: z.int().nullable(),
  approvalComment: z.string(),
  exportedInstant: z.int().nullable(),
  contentHash: z.string(),
  /** When and why it was withdrawn from its approver, or its approval from it: its lines changed. Take it back to draft and prepare it again. */
  withdrawnInstant: z.int().nullable(),
  withdrawnWhy: z.string().nullable(),
  /** What its approval needs; empty once it is approved. */
  needs: z.array(ApprovalNeed),
  reverses: JournalLink.nullable(),
  reversedBy: JournalLink.nullable(),
  /** It goes its way with the accrual that it reverses. */
  isAutomatic: z.boolean(),
  /** What the ledger made of it. */
  posting: z.strictObject({ document: z.string(), day: z.string(), statedInstant: z.int(), statedBy: z.string() }).nullable(),
  /** Lines that are not as they were put before the approver; the way on is another version, or a reversal. */
  parted: z.array(z.string()),
  versions: z.array(JournalVersion),
});
export type Journal = z.infer<typeof Journal>;

/** What a journal would hold if it were prepared now. */
export const JournalDraft = z.strictObject({
  kind: z.enum(DRAFTED_KINDS),
  /** Every kind that lines wait for. */
  kindsWaiting: z.array(z.enum(DRAFTED_KINDS)),
  /** The journal that was taken back to draft and would be prepared again. */
  number: z.string().nullable(),
  version: z.int(),
  bookingDay: z.string(),
  currency: z.string(),
  rounding: z.enum(ROUNDINGS),
  debitTotalMinor: z.int(),
  creditTotalMinor: z.int(),
  roundingTotal: z.string(),
  lines: z.array(JournalLine),
  costs: z.array(JournalCost),
  needs: z.array(ApprovalNeed),
  /** Lines that still want a reason code and an owner. */
  untaggedLines: z.int(),
  /** Tagged lines whose reason posts nothing. */
  notPostingLines: z.int(),
  /** Tagged lines that would post but have no unit cost. */
  withoutCost: z.array(z.string()),
  /** Tagged lines that would post but wait for a check of open orders, reservations and returns. */
  checksWaiting: z.array(z.string()),
});
export type JournalDraft = z.infer<typeof JournalDraft>;

/** A variance line behind a journal line. */
export const JournalSource = z.strictObject({
  periodId: z.int(),
  stockKeyId: z.int(),
  sku: z.string(),
  itemName: z.string(),
  location: z.string(),
  quantityScaled: z.int(),
  unitCostScaled: z.int(),
  /** Decimal text. */
  exactValue: z.string(),
});
export type JournalSource = z.infer<typeof JournalSource>;

/** A journal line that a variance line stands behind. */
export const LineJournal = z.strictObject({
  journalId: z.int(),
  number: z.string(),
  kind: z.enum(JOURNAL_KINDS),
  state: z.enum(JOURNAL_STATES),
  /** Null where its reason books nothing and it was only put before the approver. */
  lineNumber: z.int().nullable(),
  accountCode: z.string(),
  accountName: z.string(),
  debitMinor: z.int(),
  creditMinor: z.int(),
  currency: z.string(),
});
export type LineJournal = z.infer<typeof LineJournal>;

const PeriodInput = z.strictObject({ periodId: z.int() });
const JournalInput = z.strictObject({ journalId: z.int() });
const Why = z.string().trim().min(1).max(2000);
const Signing = { fingerprint: z.string(), passPhrase: SigningPassPhrase };
/** A named approver, or the reason why the preparer is alone. */
const Approving = { approverFingerprint: z.string().nullable(), noSecondPerson: z.string().trim().max(500).default('') };
const SIGNING_FAILURES = ['identity_missing', 'wrong_pass_phrase', 'identity_damaged', 'identity_refused'] as const;
const APPROVER_FAILURES = ['approver_is_preparer', 'approver_missing', 'second_person_known', 'role_refused'] as const;

export const journalsContract = {
  /** The journals of a period, and reversals of accruals that are due in it. */
  'journals:list': { input: PeriodInput, output: z.array(Journal), failures: ['period_missing'] },
  'journals:draft': {
    input: z.strictObject({ periodId: z.int(), kind: z.enum(DRAFTED_KINDS).default('adjustment') }),
    output: JournalDraft,
    failures: ['period_missing', 'not_reconciled'],
  },
  /** Builds the journal and its Excel file and signs it as preparer; an accrual with its reversal. */
  'journals:prepare': {
    input: z.strictObject({ periodId: z.int(), kind: z.enum(DRAFTED_KINDS).default('adjustment'), ...Signing, ...Approving }),
    output: Journal,
    failures: [
      'period_missing', 'period_locked', 'not_reconciled', 'nothing_to_post', 'checks_waiting', 'cost_missing', 'account_wrong', 'not_balanced',
      ...APPROVER_FAILURES, ...SIGNING_FAILURES,
    ],
    writes: true,
    signs: true,
    long: true,
  },
  /** Prepares the reversal of a journal, booked in an open period. */
  'journals:reverse': {
    input: z.strictObject({ journalId: z.int(), periodId: z.int(), why: Why, ...Signing, ...Approving }),
    output: Journal,
    failures: ['journal_missing', 'period_missing', 'period_locked', 'journal_state', 'journal_reversed', ...APPROVER_FAILURES, ...SIGNING_FAILURES],
    writes: true,
    signs: true,
    long: true,
  },
  /** Adds the approver's signature. */
  'journals:approve': {
    input: z.strictObject({ journalId: z.int(), ...Signing, comment: z.string().max(2000) }),
    output: Journal,
    failures: [
      'journal_missing', 'period_locked', 'journal_state', 'approver_is_preparer', 'not_named_approver', 'role_refused', 'lines_changed', 'waived_over_limit',
      'comment_needed', 'attachment_needed', 'file_changed', ...SIGNING_FAILURES,
    ],
    writes: true,
    signs: true,
    long: true,
  },
  /** Takes a journal that was not exported back to draft, with a reason; what it was is kept as a version. */
  'journals:redraft': {
    input: z.strictObject({ journalId: z.int(), why: Why }),
    output: Journal,
    failures: ['journal_missing', 'period_locked', 'journal_state'],
    writes: true,
  },
  /** Writes the signed Excel file to `path`; that of an earlier version where one is given. */
  'journals:export': {
    input: z.strictObject({ journalId: z.int(), path: z.string(), version: z.int().optional() }),
    output: z.strictObject({ path: z.string(), sha256: z.string(), byteLength: z.int() }),
    failures: ['journal_missing', 'journal_state', 'version_missing', 'file_unwritable'],
    writes: true,
    long: true,
  },
  /** States the ledger's document and day, also after the period was locked. */
  'journals:statePosted': {
    input: z.strictObject({ journalId: z.int(), document: z.string().trim().min(1).max(100), day: z.iso.date() }),
    output: Journal,
    failures: ['journal_missing', 'journal_state', 'nothing_changed'],
    writes: true,
  },
  /** The variance lines behind a journal line. */
  'journals:lineSources': { input: z.strictObject({ ...JournalInput.shape, lineNumber: z.int() }), output: z.array(JournalSource), failures: ['journal_missing'] },
  /** The journal lines that a variance line stands behind. */
  'journals:ofLine': { input: z.strictObject({ periodId: z.int(), stockKeyId: z.int() }), output: z.array(LineJournal), failures: ['period_missing'] },
} as const satisfies ContractArea;
