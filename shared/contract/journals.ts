/**
 * Journals: built from tagged lines, prepared by one person, approved by another, exported signed.
 */
import { z } from 'zod';
import { type ContractArea, Nothing } from './call';

export const JournalLine = z.strictObject({
  lineNumber: z.int(),
  accountCode: z.string(),
  accountName: z.string(),
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

export const Journal = z.strictObject({
  journalId: z.int(),
  number: z.string(),
  state: z.enum(['prepared', 'approved', 'exported']),
  currency: z.string(),
  debitTotalMinor: z.int(),
  creditTotalMinor: z.int(),
  lines: z.array(JournalLine),
  preparer: z.string(),
  preparerEmail: z.string(),
  preparedInstant: z.int(),
  namedApprover: z.string(),
  namedApproverEmail: z.string(),
  approvedInstant: z.int().nullable(),
  approvalComment: z.string(),
  exportedInstant: z.int().nullable(),
  contentHash: z.string(),
  /** When and why a prepared journal was withdrawn from its approver: its lines changed. Discard it and prepare it again. */
  withdrawnInstant: z.int().nullable(),
  withdrawnWhy: z.string().nullable(),
});
export type Journal = z.infer<typeof Journal>;

/** What a journal would hold if it were prepared now. */
export const JournalDraft = z.strictObject({
  currency: z.string(),
  debitTotalMinor: z.int(),
  creditTotalMinor: z.int(),
  lines: z.array(JournalLine),
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

const PeriodInput = z.strictObject({ periodId: z.int() });
const Signing = { fingerprint: z.string(), passPhrase: z.string() };
const SIGNING_FAILURES = ['identity_missing', 'wrong_pass_phrase', 'identity_damaged', 'identity_refused'] as const;

export const journalsContract = {
  'journals:list': { input: PeriodInput, output: z.array(Journal), failures: ['period_missing'] },
  'journals:draft': { input: PeriodInput, output: JournalDraft, failures: ['period_missing', 'not_reconciled'] },
  /** Builds the journal and its Excel file and signs it as preparer. */
  'journals:prepare': {
    input: z.strictObject({ periodId: z.int(), ...Signing, approverFingerprint: z.string() }),
    output: Journal,
    failures: ['period_missing', 'period_locked', 'not_reconciled', 'nothing_to_post', 'checks_waiting', 'cost_missing', 'not_balanced', 'approver_is_preparer', 'approver_missing', ...SIGNING_FAILURES],
    writes: true,
    long: true,
  },
  /** Adds the approver's signature. */
  'journals:approve': {
    input: z.strictObject({ journalId: z.int(), ...Signing, comment: z.string().max(2000) }),
    output: Journal,
    failures: ['journal_missing', 'period_locked', 'journal_state', 'approver_is_preparer', 'not_named_approver', 'lines_changed', 'waived_over_limit', 'comment_needed', 'file_changed', ...SIGNING_FAILURES],
    writes: true,
    long: true,
  },
  /** Takes a journal that nobody approved back, with a reason. */
  'journals:discard': {
    input: z.strictObject({ journalId: z.int(), why: z.string().trim().min(1) }),
    output: Nothing,
    failures: ['journal_missing', 'period_locked', 'journal_state'],
    writes: true,
  },
  /** Writes the signed Excel file to `path`. */
  'journals:export': {
    input: z.strictObject({ journalId: z.int(), path: z.string() }),
    output: z.strictObject({ path: z.string(), sha256: z.string(), byteLength: z.int() }),
    failures: ['journal_missing', 'journal_state', 'file_unwritable'],
    writes: true,
    long: true,
  },
} as const satisfies ContractArea;
