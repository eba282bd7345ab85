/**
 * The rows of a table through reader and writer, each with its verdict; what could not be written goes to the quarantine.
 */
import { BAD_ROWS_LISTED, type BadRow, type IgnoreReason, type QuarantineReason, type Rehearsal } from '@shared/domain/import';
import type { ImportKind } from '@shared/domain/import-profile';
import { assertNever } from '@shared/domain/outcome';
import type { RowProblem, RowReader, RowValues } from '../../../files/profiles/read-row';
import type { HeaderMatch } from '../../../files/profiles/recognise';
import type { SourceRow, TableFile } from '../../../files/readers/table';
import { insertQuarantineRow } from '../../../workbook/tables/quarantine';
import type { SqliteWorkbook } from '../../../workbook/workbook';
import type { Job } from '../../context';
import { Extent } from '../extent';
import { whatWouldMend } from '../mend';
import type { PlainRowReader } from './plain-row';
import { CountWriter } from '../writers/count';
import { ItemWriter } from '../writers/items';
import { MovementWriter } from '../writers/movements';
import { SnapshotWriter } from '../writers/snapshot';
import { TagWriter } from '../writers/tags';
import { LedgerEntryWriter } from '../writers/ledger-entries';
import { TrialBalanceWriter } from '../writers/trial-balance';
import type { RowToWrite, RowWriter, Verdict, WriterSetting } from '../writers/writer';

const WRITERS: Readonly<Record<ImportKind, new (setting: WriterSetting) => RowWriter>> = {
  snapshot: SnapshotWriter,
  movements: MovementWriter,
  count: CountWriter,
  items: ItemWriter,
  trial_balance: TrialBalanceWriter,
  ledger_entries: LedgerEntryWriter,
  tags: TagWriter,
};

/** The writer of a kind of file. */
export const writerFor = (setting: WriterSetting): RowWriter => new WRITERS[setting.profile.kind](setting);

/** Groups of bad rows that are told apart by their value; more than that share the group of their reason. */
const GROUPS_MAX = 20_000;

/** What became of the rows. */
export class RowLedger {
  accepted = 0;
  quarantined = 0;
  ignored = 0;
  duplicates = 0;
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

/** One row through reader and writer. */
export function verdictOf(reader: RowReader, writer: RowWriter, row: SourceRow, extent?: Extent): Verdict {
  const reading = reader.read(row.cells);
  if (reading.outcome === 'ignored') return { verdict: 'ignored', reason: reading.reason };
  if (reading.outcome === 'bad') {
    writer.unreadable?.(reading.values, row.rowNumber, reading.problem);
    return { verdict: 'bad', problem: reading.problem };
  }
  if (extent) for (const values of reading.records) extent.note(values);
  return writer.write({ rowNumber: row.rowNumber, records: reading.records, raw: reader.kept(row.raw) });
}

/** What reads the rows: nearly all of them in one pass, and each that is unusual with all rules. */
export interface RowReaders {
  readonly reader: RowReader;
  /** undefined where the profile has no plain rows. */
  readonly plain: PlainRowReader | undefined;
}

/** Whether a pass over the file takes a row; `values` is what a plain row says. */
type Takes = (row: SourceRow, values: RowValues | undefined) => boolean;

/**
 * Which rows each pass over the file takes: where only the ERP's rows may create items and locations, they come first,
 * so that the order of rows makes no difference.
 */
function passesOf({ profile, matched }: HeaderMatch): readonly Takes[] {
  const creates = profile.createsItems === 'erp_rows' || profile.createsLocations === 'erp_rows';
  const system = matched.find(({ column }) => column.field === 'system');
  if (!creates || !system) return [() => true];
  const isErp: Takes = (row, values) => (values ? values.text.system === 'erp' : (row.cells[system.index] ?? '').trim().toLowerCase() === 'erp');
  return [isErp, (row, values) => !isErp(row, values)];
}

/** Writes every row of the table below its header. */
export async function writeRows(
  table: TableFile,
  sheet: string | null,
  match: HeaderMatch,
  { reader, plain }: RowReaders,
  writer: RowWriter,
  ledger: RowLedger,
  job: Job,
): Promise<void> {
  let seen = 0;
  let left = 0;
  for (const [pass, takes] of passesOf(match).entries()) {
    if (pass > 0 && left === 0) break;
    for await (const batch of table.batches(sheet ?? undefined)) {
      for (const row of batch) {
        if (row.rowNumber <= match.headerRow) continue;
        const values = plain?.read(row.raw);
        if (!takes(row, values)) {
          left += 1;
          continue;
        }
        if (values) {
          plain!.count(values);
          ledger.extent.note(values);
          ledger.take(row, writer.write({ rowNumber: row.rowNumber, records: [values], raw: row.raw }));
        } else {
          const verdict = verdictOf(reader, writer, row, ledger.extent);
          ledger.take(verdict.verdict === 'bad' ? { rowNumber: row.rowNumber, raw: reader.kept(row.raw) } : row, verdict);
        }
        seen += 1;
      }
      job.checkCancelled();
      job.progress('Reading rows', seen, null);
    }
  }
  for (const { row, verdict } of writer.finish() as Iterable<{ row: RowToWrite; verdict: Verdict }>) ledger.take(row, verdict);
  job.checkCancelled();
  job.progress('Reading rows', seen, seen);
}
