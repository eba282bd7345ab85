/**
 * What became of the rows of a file; what could not be written goes to the quarantine.
 */
import { BAD_ROWS_LISTED, type BadRow, type IgnoreReason, type QuarantineReason, type Rehearsal } from '@shared/domain/import';
import { assertNever } from '@shared/domain/outcome';
import type { RowProblem } from '../../../files/profiles/row-values';
import type { SourceRow } from '../../../files/readers/limits';
import { insertQuarantineRow } from '../../../workbook/tables/quarantine';
import type { SqliteWorkbook } from '../../../workbook/workbook';
import { Extent } from '../extent';
import { whatWouldMend } from '../mend';
import type { Verdict } from '../writers/writer';

/** Groups of bad rows that are told apart by their value; more than that share the group of their reason. */
const GROUPS_MAX = 20_000;

/** What became of the rows. */
export class RowLedger {
  accepted = 0;
  quarantined = 0;
  ignored = 0;
  duplicates = 0;
  /** Rows whose verdict came, or comes, when all were read. */
  deferred = 0;
  readonly extent = new Extent();
  readonly #ignoredByReason = new Map<IgnoreReason, number>();
  readonly #groups = new Map<string, { readonly reason: QuarantineReason; readonly subject: string; rows: number }>();
  readonly #badRows: BadRow[] = [];

  constructor(
    readonly workbook: SqliteWorkbook,
    readonly importId: number,
  ) {}

  get read(): number {
    return this.accepted + this.quarantined + this.ignored;
  }

  take(row: Pick<SourceRow, 'rowNumber' | 'raw'>, verdict: Verdict): void {
    switch (verdict.verdict) {
      case 'accepted':
        this.accepted += 1;
        return;
      case 'ignored':
        this.ignored += 1;
        this.#ignoredByReason.set(verdict.reason, (this.#ignoredByReason.get(verdict.reason) ?? 0) + 1);
        if (verdict.reason === 'already_held') this.duplicates += 1;
        return;
      case 'bad':
        this.#quarantine(row, verdict.problem);
        return;
      case 'deferred':
        this.deferred += 1;
        return;
      default:
        assertNever(verdict);
    }
  }

  #quarantine(row: Pick<SourceRow, 'rowNumber' | 'raw'>, { reason, subject, detail }: RowProblem): void {
    this.quarantined += 1;
    if (reason === 'duplicate_row') this.duplicates += 1;
    const groupSubject = this.#groups.size < GROUPS_MAX ? subject : '';
    const key = `${reason}\n${groupSubject}`;
    const group = this.#groups.get(key) ?? { reason, subject: groupSubject, rows: 0 };
    group.rows += 1;
    this.#groups.set(key, group);
    if (this.#badRows.length < BAD_ROWS_LISTED) {
      this.#badRows.push({ rowNumber: row.rowNumber, raw: row.raw, reason, subject, detail, whatWouldMend: whatWouldMend(reason, subject) });
    }
    insertQuarantineRow(this.workbook, {
      import_id: this.importId, row_number: row.rowNumber, raw_text: row.raw, reason, detail, subject,
    });
  }

  /** In the file's order. */
  badRows(): BadRow[] {
    return this.#badRows.sort((left, right) => left.rowNumber - right.rowNumber);
  }

  ignoredByReason(): Rehearsal['ignoredByReason'] {
    return [...this.#ignoredByReason].map(([reason, rows]) => ({ reason, rows })).sort((left, right) => right.rows - left.rows);
  }

  quarantinedByReason(): Rehearsal['quarantinedByReason'] {
    return [...this.#groups.values()]
      .map((group) => ({ ...group, whatWouldMend: whatWouldMend(group.reason, group.subject) }))
      .sort((left, right) => right.rows - left.rows);
  }
}
