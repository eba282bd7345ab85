/**
 * What a journal workbook says: the journal, the variance lines behind it, the reasons, and who signs.
 *
 * Shapes only. The service gathers the content; `electron/files/journal-xlsx` writes it as an .xlsx file. Quantities,
 * costs and amounts are decimal texts, exact as in the workbook: `-12.5`, `1043.20`.
 */
import { z } from 'zod';

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
  /** What kind of journal: `adjustment`, `accrual`, `reversal`. */
  kind: z.string().min(1).max(40),
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
  /** What both put their names to. */
  statement: z.string().min(1),
});
export type JournalSignOff = z.infer<typeof JournalSignOff>;

/** Written for A4 unless the company prints on Letter. */
export const PaperFormat = z.enum(['a4', 'letter']);
export type PaperFormat = z.infer<typeof PaperFormat>;

export const JournalWorkbookContent = z.strictObject({
  header: JournalWorkbookHeader,
  lines: z.array(JournalWorkbookLine).readonly(),
  supportingLines: z.array(JournalSupportingLine).readonly(),
  reasons: z.array(JournalReasonSummary).readonly(),
  signOff: JournalSignOff,
  paper: PaperFormat,
});
export type JournalWorkbookContent = z.infer<typeof JournalWorkbookContent>;
