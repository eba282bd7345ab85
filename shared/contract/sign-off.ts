/**
 * The close: the seven questions, the lock with its seal, and verification.
 */
import { z } from 'zod';
import { LineFilter } from '../domain/lines';
import type { ContractArea } from './call';

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

export const Checklist = z.strictObject({ periodCode: z.string(), answers: z.array(ChecklistAnswer), readyToLock: z.boolean() });
export type Checklist = z.infer<typeof Checklist>;

export const Seal = z.strictObject({
  periodCode: z.string(),
  rootHash: z.string(),
  /** The first figures of the root, to be lodged outside. */
  shortCode: z.string(),
  signer: z.string(),
  signerEmail: z.string(),
  sealedInstant: z.int(),
  pieces: z.int(),
  rows: z.int(),
  chainSequence: z.int(),
  override: z.string(),
});
export type Seal = z.infer<typeof Seal>;

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
  subject: z.string(),
  kind: z.enum(['workbook', 'journal']),
  holds: z.boolean(),
  checks: z.array(VerificationCheck),
});
export type Verification = z.infer<typeof Verification>;

const PeriodInput = z.strictObject({ periodId: z.int() });

export const signOffContract = {
  'signOff:checklist': { input: PeriodInput, output: Checklist, failures: ['period_missing'] },
  'signOff:seals': { input: PeriodInput, output: z.array(Seal), failures: ['period_missing'] },
  'signOff:lock': {
    input: z.strictObject({
      periodId: z.int(),
      fingerprint: z.string(),
      passPhrase: z.string(),
      /** Why the period is locked although a question fails; empty where all hold. */
      override: z.string(),
    }),
    output: Seal,
    failures: ['period_missing', 'period_locked', 'not_reconciled', 'questions_open', 'identity_missing', 'wrong_pass_phrase', 'identity_damaged', 'identity_refused', 'role_refused'],
    writes: true,
    long: true,
  },
  /** Verifies this workbook: chain, schema, seals, sources. */
  'signOff:verifyWorkbook': { input: z.strictObject({}), output: Verification, failures: [], long: true },
  /** Verifies an Excel journal by itself, and against this workbook where it came from it. */
  'signOff:verifyFile': {
    input: z.strictObject({ path: z.string() }),
    output: Verification,
    failures: ['file_missing', 'certificate_unreadable', 'list_unreadable', 'issuer_not_trusted'],
    long: true,
  },
} as const satisfies ContractArea;
