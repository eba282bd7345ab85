/**
 * What a journal workbook says: the journal, the variance lines behind it, the reasons, and who signs.
 *
 * Shapes only. The service gathers the content; `electron/files/journal-xlsx` writes it as an .xlsx file. Quantities,
 * costs and amounts are decimal texts, exact as in the workbook: `-12.5`, `1043.20`.
 */
import { z } from 'zod';
import { JOURNAL_KINDS } from './journal-kinds';
import { ROLL_FORWARD_COLUMNS } from './lines';
import { TieOut } from './tie-out';

/** An exact decimal: an optional minus, digits, an optional fraction. No exponent, no thousands separator. */
export const DecimalText = z.string().regex(/^-?\d+(\.\d+)?$/, 'is not a decimal such as -12.5');

/** ISO 8601 with its offset or Z. */
const IsoInstant = z.iso.datetime({ offset: true });

const Name = z.string().min(1).max(200);

export const JournalWorkbookHeader = z.strictObject({
  company: Name,
  workbookId: z.string().min(1),
  /** The period as people name it: `2026-10`. */
  period: z.string().min(1).max(40),
  cutOff: IsoInstant,
  /** IANA name; dates in the workbook are shown in this zone. */
  timeZone: z.string().min(1),
  journalNumber: z.string().min(1).max(80),
  kind: z.enum(JOURNAL_KINDS),
  /** Of this number: the next after each way back to draft. */
  version: z.int().min(1),
  /** `YYYY-MM-DD`. */
  bookingDay: z.iso.date(),
  /** The number of the journal that it reverses. */
  reverses: z.string().nullable(),
  /** How a line is rounded, in words, and what that moved on one side. */
  rounding: z.string().min(1),
  roundingTotal: DecimalText,
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  currencyMinorDigits: z.int().min(0).max(4),
  status: z.string().min(1).max(40),
  preparedAt: IsoInstant,
  /** Hash over what the journal was made from; null before there is one. */
  seal: z.string().min(1).nullable(),
});
export type JournalWorkbookHeader = z.infer<typeof JournalWorkbookHeader>;

export const JournalWorkbookLine = z.strictObject({
  lineNumber: z.int().min(1),
  accountCode: z.string().min(1),
  accountName: z.string(),
  /** Which rule chose the account. */
  accountRule: z.string(),
  /** One of debit and credit is null. */
  debit: DecimalText.nullable(),
  credit: DecimalText.nullable(),
  reasonCode: z.string(),
  location: z.string(),
  memo: z.string(),
  /** Before rounding to the currency; debits positive, credits negative. */
  exactAmount: DecimalText,
  /** What rounding added to the exact amount. */
  roundingDifference: DecimalText,
});
export type JournalWorkbookLine = z.infer<typeof JournalWorkbookLine>;

/** Null is unknown: a line that was not counted has no count variance. */
export const JournalSupportingLine = z.strictObject({
  sku: z.string().min(1),
  itemName: z.string(),
  location: z.string(),
  tier: z.string(),
  reasonCode: z.string(),
  owner: z.string(),
  countVariance: DecimalText.nullable(),
  timing: DecimalText,
  alignment: DecimalText,
  physical: DecimalText,
  unexplained: DecimalText,
  adjustmentQuantity: DecimalText,
  unitCost: DecimalText.nullable(),
  exactValue: DecimalText.nullable(),
  documents: z.array(z.string()).readonly(),
  note: z.string(),
});
export type JournalSupportingLine = z.infer<typeof JournalSupportingLine>;

export const JournalReasonSummary = z.strictObject({
  reasonCode: z.string().min(1),
  name: z.string(),
  class: z.string(),
  lines: z.int().min(0),
  quantity: DecimalText,
  debit: DecimalText,
  credit: DecimalText,
});
export type JournalReasonSummary = z.infer<typeof JournalReasonSummary>;

export const JournalSigner = z.strictObject({
  name: Name,
  email: z.string().min(3),
  /** SHA-256 of the certificate, 64 hexadecimal digits. */
  fingerprintSha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type JournalSigner = z.infer<typeof JournalSigner>;

export const JournalSignOff = z.strictObject({
  preparer: JournalSigner,
  /** Named when the journal is prepared; may sign later. Null where nobody has been named. */
  approver: JournalSigner.nullable(),
  /** Why nobody else approves; null where somebody does. */
  noSecondPerson: z.string().min(1).nullable(),
  /** What both put their names to. */
  statement: z.string().min(1),
});
export type JournalSignOff = z.infer<typeof JournalSignOff>;

/** Where unit costs came from: the system that owns them, its file and column, and the method if the file says so. */
export const JournalCostRow = z.strictObject({ owner: z.string(), file: z.string(), column: z.string(), method: z.string(), lines: z.int().min(0) });
export type JournalCostRow = z.infer<typeof JournalCostRow>;

/** The roll-forward of a location in units; null is unknown. */
export const JournalRollForward = z.strictObject({ location: z.string(), lines: z.int(), columns: z.record(z.enum(ROLL_FORWARD_COLUMNS), DecimalText.nullable()) });
export type JournalRollForward = z.infer<typeof JournalRollForward>;

/** A source file that the period stands on. */
export const JournalEvidence = z.strictObject({
  system: z.string(),
  kind: z.string(),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  importedAt: IsoInstant,
  importedBy: z.string(),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsRejected: z.int(),
  rowsPassedOver: z.int(),
  /** `Quantity 1204, Unit cost 88.5`. */
  controlTotals: z.string(),
});
export type JournalEvidence = z.infer<typeof JournalEvidence>;

/** A file that stands beside a line. */
export const JournalAttachment = z.strictObject({
  sku: z.string(), location: z.string(), file: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/), byteLength: z.int(), addedBy: z.string(), said: z.string(),
});
export type JournalAttachment = z.infer<typeof JournalAttachment>;

/** Written for A4 unless the company prints on Letter. */
export const PaperFormat = z.enum(['a4', 'letter']);
export type PaperFormat = z.infer<typeof PaperFormat>;

export const JournalWorkbookContent = z.strictObject({
  header: JournalWorkbookHeader,
  lines: z.array(JournalWorkbookLine).readonly(),
  supportingLines: z.array(JournalSupportingLine).readonly(),
  reasons: z.array(JournalReasonSummary).readonly(),
  costs: z.array(JournalCostRow).readonly(),
  rollForward: z.array(JournalRollForward).readonly(),
  evidence: z.array(JournalEvidence).readonly(),
  attachments: z.array(JournalAttachment).readonly(),
  /** How the stock ties to the ledger with this journal in it; null where nothing is reconciled. */
  tieOut: TieOut.nullable(),
  signOff: JournalSignOff,
  paper: PaperFormat,
});
export type JournalWorkbookContent = z.infer<typeof JournalWorkbookContent>;
