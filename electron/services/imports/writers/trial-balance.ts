/**
 * Trial balance rows: what the ledger says of an account in the period.
 */
import { ACCEPTED, bad, type RowToWrite, type RowWriter, type Verdict, type WriterSetting } from './writer';

const INSERT = `INSERT INTO trial_balances (import_id, row_number, account_code, name, debit_minor, credit_minor)
  VALUES (?, ?, ?, ?, ?, ?)`;

export class TrialBalanceWriter implements RowWriter {
  readonly #rowOf = new Map<string, number>();

  constructor(readonly setting: WriterSetting) {}

  write({ rowNumber, records: [values], raw }: RowToWrite): Verdict {
    const { setting } = this;
    const { text, numbers } = values;
    const account = text.account!;
    if (text.period !== undefined && text.period !== setting.frame.code) {
      return bad('outside_period', text.period, `The row is of period ${text.period}; the file is imported into ${setting.frame.code}.`);
    }
    const first = this.#rowOf.get(raw);
    if (first !== undefined) return bad('duplicate_row', account, `Row ${first} says the same of account ${account}.`);
    this.#rowOf.set(raw, rowNumber);
    setting.context.workbook.run(
      INSERT, setting.importId, rowNumber, account, text.name ?? '', numbers.debit ?? 0, numbers.credit ?? 0,
    );
    return ACCEPTED;
  }

  finish(): [] {
    return [];
  }
}
