/**
 * The close: the seven questions, the lock with its seal, and verification.
 */
import { z } from 'zod';
import { LineFilter } from '../domain/lines';
import type { ContractArea } from './call';
import { SigningPassPhrase } from './signing';

/** Where what still fails can be seen: a screen with its view, the filter behind it, and the command that prints the same. */
export const ChecklistLink = z.strictObject({
  screen: z.enum(['import', 'map', 'reconcile', 'explain', 'approve', 'journal', 'lock', 'countSheets']),
  /** A view of that screen by name; null shows it as it opens. */
  view: z.string().nullable(),
  /** The lines of that view; null where they are no lines. */
  filter: LineFilter.nullable(),
  /** The command after `tieout`, and its options after the workbook. */
  command: z.strictObject({ name: z.string(), options: z.string() }),
});
export type ChecklistLink = z.infer<typeof ChecklistLink>;

export const ChecklistAnswer = z.strictObject({
  question: z.int(),
  text: z.string(),
  holds: z.boolean(),
  /** The figures behind the answer, in words. */
  figure: z.string(),
  /** What still fails and where to go; empty where the answer holds. */
  nextStep: z.string(),
  step: z.enum(['import', 'map', 'reconcile', 'explain', 'approve', 'journal', 'lock']),
  /** To what still fails; null where the answer holds. */
  link: ChecklistLink.nullable(),
});
export type ChecklistAnswer = z.infer<typeof ChecklistAnswer>;

/** What the lock asks beside the seven questions. */
export const Gate = z.strictObject({
  gate: z.enum(['ledger', 'snapshot_whole', 'snapshot_newer', 'negative']),
  text: z.string(),
  holds: z.boolean(),
  /** The figures behind the answer, in words. */
  figure: z.string(),
  /** What still fails; empty where it holds. */
  nextStep: z.string(),
  link: ChecklistLink.nullable(),
});
export type Gate = z.infer<typeof Gate>;

export const Checklist = z.strictObject({
  periodCode: z.string(),
  answers: z.array(ChecklistAnswer),
  gates: z.array(Gate),
  /** All questions and gates hold. */
  readyToLock: z.boolean(),
});
export type Checklist = z.infer<typeof Checklist>;

/** That a locked period was reopened: who asked, who agreed, why. */
export const Reopening = z.strictObject({
  reason: z.string(),
  askedBy: z.string(),
  /** Null where the workbook has only ever had one person. */
  agreedBy: z.string().nullable(),
  /** Why nobody else agreed; empty where somebody did. */
  noSecondPerson: z.string(),
  reopenedInstant: z.int(),
});
export type Reopening = z.infer<typeof Reopening>;

export const Seal = z.strictObject({
  sealId: z.int(),
  /** From 1 within the period: a period that was reopened is sealed again. */
  sealNumber: z.int(),
  /** 2: a hash tree over every row. 1: as it was made before schema 15. */
  format: z.int(),
  periodCode: z.string(),
  rootHash: z.string(),
  /** The beginning of the root with check characters, to be lodged outside. */
  lodgedCode: z.string(),
  signer: z.string(),
  signerEmail: z.string(),
  signerFingerprint: z.string(),
  sealedInstant: z.int(),
  pieces: z.int(),
  rows: z.int(),
  chainSequence: z.int(),
  /** Why it was locked although something was open; empty where all held. */
  override: z.string(),
  /** The questions and gates that were open, each with its figure. */
  open: z.array(z.string()),
  /** The root of the period's seal before this one; empty for the first. */
  replacesRoot: z.string(),
  /** The reopening that set this seal aside; null while it stands. */
  reopening: Reopening.nullable(),
});
export type Seal = z.infer<typeof Seal>;

export const SealDifference = z.strictObject({
  table: z.string(),
  /** The columns that name the row, with their values. */
  key: z.string(),
  /** SKU and location, where the row is of a line. */
  line: z.string(),
  kind: z.enum(['added', 'gone', 'changed']),
  /** Which column changed; empty for a row that came or went. */
  column: z.string(),
  then: z.string(),
  now: z.string(),
});
export type SealDifference = z.infer<typeof SealDifference>;

/** What changed between two seals of a period, or since the last one where the period is open again. */
export const SealChanges = z.strictObject({
  periodCode: z.string(),
  currency: z.string(),
  from: Seal,
  /** Null: as the open period stands now. */
  to: Seal.nullable(),
  figures: z.array(z.strictObject({ name: z.string(), then: z.string(), now: z.string() })),
  /** Tables in which something changed, with how many rows. */
  tables: z.array(z.strictObject({ table: z.string(), added: z.int(), gone: z.int(), changed: z.int() })),
  /** The first of them, column by column. */
  differences: z.array(SealDifference),
  differencesInAll: z.int(),
});
export type SealChanges = z.infer<typeof SealChanges>;

/** One row of a sealed period with the way up to the signed root. */
export const RowProof = z.strictObject({
  periodCode: z.string(),
  sealNumber: z.int(),
  table: z.string(),
  key: z.string(),
  /** The text whose hash, after a zero byte, is the leaf. */
  leaf: z.string(),
  leafIndex: z.int(),
  leaves: z.int(),
  /** From the leaf up: what is hashed beside it after a one byte, and on which side it stands. */
  path: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash: z.string() })),
  root: z.string(),
});
export type RowProof = z.infer<typeof RowProof>;

/** One thing that verification looked at. */
export const VerificationCheck = z.strictObject({
  name: z.string(),
  holds: z.boolean(),
  /** What was checked, with figures, or what differs: table, key, column, then and now. */
  message: z.string(),
  /** Each difference by name; empty where it holds. */
  findings: z.array(z.string()),
  /** How to check the same without Tieout, with tools that anybody has. */
  howToCheck: z.string(),
});
export type VerificationCheck = z.infer<typeof VerificationCheck>;

export const Verification = z.strictObject({
  /** The file, with its path. */
  subject: z.string(),
  kind: z.enum(['workbook', 'journal', 'pack']),
  holds: z.boolean(),
  /** What it is about, to be compared with what was lodged or told by another way: codes, signers, certificates. */
  facts: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  checks: z.array(VerificationCheck),
});
export type Verification = z.infer<typeof Verification>;

const PeriodInput = z.strictObject({ periodId: z.int() });
/** Two people stand at one machine to reopen: both type, whatever it keeps. */
const Signing = z.strictObject({ fingerprint: z.string(), passPhrase: z.string() });
const ChangesInput = z.strictObject({ periodId: z.int(), sealNumber: z.int().min(1) });

export const signOffContract = {
  'signOff:checklist': { input: PeriodInput, output: Checklist, failures: ['period_missing'] },
  'signOff:seals': { input: PeriodInput, output: z.array(Seal), failures: ['period_missing'] },
  'signOff:lock': {
    input: z.strictObject({
      periodId: z.int(),
      fingerprint: z.string(),
      passPhrase: SigningPassPhrase,
      /** Why the period is locked although a question or a gate fails; empty where all hold. */
      override: z.string(),
    }),
    output: Seal,
    failures: ['period_missing', 'period_locked', 'earlier_reopened', 'not_reconciled', 'questions_open', 'identity_missing', 'wrong_pass_phrase', 'identity_damaged', 'identity_refused', 'role_refused'],
    writes: true,
    signs: true,
    long: true,
  },
  /** Opens a locked period again: one asks, a controller who is somebody else agrees, both sign. */
  'signOff:reopen': {
    input: z.strictObject({
      periodId: z.int(),
      reason: z.string(),
      asker: Signing,
      /** Null only where the workbook has only ever had one person. */
      controller: Signing.nullable(),
      /** Why nobody else agrees; empty where somebody does. */
      noSecondPerson: z.string(),
    }),
    output: Reopening,
    failures: [
      'period_missing', 'not_locked', 'no_seal', 'later_locked', 'reason_needed', 'second_person_needed', 'same_person', 'identity_missing', 'wrong_pass_phrase',
      'identity_damaged', 'identity_refused', 'role_refused',
    ],
    writes: true,
  },
  /** What changed from a seal of the period to the next, or to what the open period holds now. */
  'signOff:changes': { input: ChangesInput, output: SealChanges, failures: ['period_missing', 'seal_missing', 'nothing_after'], long: true },
  /** The same as a report file: .xlsx, .html or .csv by its extension. */
  'signOff:saveChanges': {
    input: ChangesInput.extend({ path: z.string().min(1) }),
    output: z.strictObject({ path: z.string() }),
    failures: ['period_missing', 'seal_missing', 'nothing_after', 'not_reconciled', 'format_unknown', 'file_unwritable'],
    long: true,
  },
  /** Verifies this workbook: chain, schema, seals, sources; and that it holds the seal of a code that was lodged outside. */
  'signOff:verifyWorkbook': {
    input: z.strictObject({ lodgedCode: z.string().default('') }),
    output: Verification,
    failures: ['code_incomplete', 'code_mistyped'],
    long: true,
  },
  /** Verifies an Excel journal by itself, and against this workbook where it came from it. */
  /** Writes a verification as a page for paper, an `.html` file. */
  'signOff:saveVerification': {
    input: z.strictObject({ verification: Verification, atInstant: z.int(), path: z.string().min(1) }),
    output: z.strictObject({ path: z.string() }),
    failures: ['format_unknown', 'file_unwritable'],
  },
  'signOff:verifyFile': {
    /** Roots that are trusted besides those of the workbook; with one, each signer must lead to a root. */
    input: z.strictObject({ path: z.string(), rootPaths: z.array(z.string()).max(20).default([]) }),
    output: Verification,
    failures: ['file_missing', 'certificate_unreadable', 'list_unreadable', 'issuer_not_trusted'],
    long: true,
  },
} as const satisfies ContractArea;
