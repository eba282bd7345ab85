/**
 * Ledger entry rows: the lines of journals that were made elsewhere, for holding against the period's own.
 *
 * An entry is one thing. Where the rows of one do not balance, the file was cut or changed, and half an entry would be
 * a wrong ledger: the file is refused whole, with the entries that do not balance.
 */
import { formatAmount } from '@shared/domain/money';
import type { RowProblem, RowValues } from '../../../files/profiles/read-row';
import { ACCEPTED, bad, type RowToWrite, type RowWriter, type Verdict, type WriterSetting } from './writer';

const INSERT = `INSERT INTO ledger_entries (import_id, row_number, document, line, entry_date, account_code, debit_minor, credit_minor, memo)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const WRITTEN = `SELECT document, CAST(sum(debit_minor) AS TEXT) AS debit, CAST(sum(credit_minor) AS TEXT) AS credit
  FROM ledger_entries WHERE import_id = ? GROUP BY document HAVING sum(debit_minor) <> sum(credit_minor) ORDER BY document`;
const LISTED = 5;

/** Thrown when the file has been read: its entries do not balance. Answered as a refusal. */
export class UnbalancedEntries extends Error {
  override readonly name = 'UnbalancedEntries';
}

interface Sides {
  readonly debit: number;
  readonly credit: number;
}

/** Debit and credit of a row: two columns, or one amount whose sign says the side. */
function sidesOf({ numbers }: RowValues): Sides | undefined {
  const { debit = 0, credit = 0, amount } = numbers;
  if (amount !== undefined) return amount < 0 ? { debit: 0, credit: -amount } : { debit: amount, credit: 0 };
  return debit === 0 && credit === 0 ? undefined : { debit, credit };
}

export class LedgerEntryWriter implements RowWriter {
  readonly #unread: string[] = [];

  constructor(readonly setting: WriterSetting) {}

  write({ rowNumber, records: [values] }: RowToWrite): Verdict {
    const { setting } = this;
    const { text } = values;
    const document = text.document!;
    if (setting.replay) {
      return bad('missing_key', document, `A row of entry ${document} cannot be written by itself: its rows balance together only. Correct the file and import it again.`);
    }
    const sides = sidesOf(values);
    if (!sides) return bad('missing_key', 'amount', `Row ${rowNumber} of entry ${document} has neither a debit nor a credit.`);
    // Equal rows are data: an entry may book the same amount to one account twice.
    setting.context.workbook.run(
      INSERT, setting.importId, rowNumber, document, text.line ?? '', text.date!, text.account!, sides.debit, sides.credit, text.memo ?? '',
    );
    return ACCEPTED;
  }

  /** An entry lacks the row: it is told with the entries that do not balance. */
  unreadable(_values: RowValues, rowNumber: number, { detail }: RowProblem): void {
    if (this.#unread.length < LISTED) this.#unread.push(`row ${rowNumber}: ${detail}`);
  }

  /** @throws UnbalancedEntries */
  finish(): [] {
    const { workbook } = this.setting.context;
    const { currency } = this.setting.frame;
    const unbalanced = workbook.all<{ document: string; debit: string; credit: string }>(WRITTEN, this.setting.importId);
    if (unbalanced.length === 0) return [];
    const told = unbalanced.slice(0, LISTED).map(({ document, debit, credit }) => {
      const difference = formatAmount(BigInt(debit) - BigInt(credit), currency);
      return `${document} (debit ${formatAmount(BigInt(debit), currency)}, credit ${formatAmount(BigInt(credit), currency)}, difference ${difference})`;
    });
    const more = unbalanced.length > LISTED ? `, and ${unbalanced.length - LISTED} more` : '';
    const unread = this.#unread.length > 0 ? ` Not read: ${this.#unread.join(' ')}` : '';
    throw new UnbalancedEntries(`Entries do not balance: ${told.join(', ')}${more}.${unread} Export the file again, whole.`);
  }
}
