/**
 * The rows of a table through reader and writer, each with its verdict.
 */
import type { ImportKind } from '@shared/domain/import-profile';
import type { RowReader } from '../../../files/profiles/read-row';
import type { HeaderMatch } from '../../../files/profiles/recognise';
import type { SourceRow, TableFile } from '../../../files/readers/table';
import type { Job } from '../../context';
import type { Extent } from '../extent';
import type { FileThread } from './file-thread';
import { PlainRows } from './plain-batch';
import type { PlainPlan } from './plain-plan';
import { PlainRowTaker } from './plain-taker';
import { rowBatches } from './row-batches';
import type { RowLedger } from './row-ledger';
import { CountWriter } from '../writers/count';
import { ItemWriter } from '../writers/items';
import { MovementWriter } from '../writers/movements';
import { SnapshotWriter } from '../writers/snapshot';
import { TagWriter } from '../writers/tags';
import { LedgerEntryWriter } from '../writers/ledger-entries';
import { TrialBalanceWriter } from '../writers/trial-balance';
import { toldOfCurrency, type RowToWrite, type RowWriter, type Verdict, type WriterSetting } from '../writers/writer';

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

/** One row through reader and writer. */
export function verdictOf(reader: RowReader, writer: RowWriter, row: SourceRow, extent?: Extent): Verdict {
  const reading = reader.read(row.cells);
  if (reading.outcome === 'ignored') return { verdict: 'ignored', reason: reading.reason };
  if (reading.outcome === 'bad') {
    writer.unreadable?.(reading.values, row.rowNumber, reading.problem);
    const { problem, values } = reading;
    return { verdict: 'bad', problem: problem.reason === 'currency_mismatch' ? toldOfCurrency(writer.setting, values, problem) : problem };
  }
  if (extent) for (const values of reading.records) extent.note(values);
  return writer.write({ rowNumber: row.rowNumber, records: reading.records, raw: reader.kept(row.raw) });
}

/** What reads the rows: nearly all of them in one pass over their bytes, and each that is unusual with all rules. */
export interface RowReaders {
  readonly reader: RowReader;
  /** How plain rows are read; undefined where the profile has none. */
  readonly plan: PlainPlan | undefined;
  /** Reads a large file's rows by the plan; undefined where this thread is to do it. */
  readonly thread?: FileThread | undefined;
}

/**
 * Which rows each pass over the file takes, by whether they are the ERP's; undefined takes all. Where only the ERP's rows
 * may create items and locations, they come first, so that the order of rows makes no difference.
 */
function passesOf({ profile, matched }: HeaderMatch): readonly (boolean | undefined)[] {
  const creates = profile.createsItems === 'erp_rows' || profile.createsLocations === 'erp_rows';
  return creates && matched.some(({ column }) => column.field === 'system') ? [true, false] : [undefined];
}

/** One pass over the rows of a file. */
class Pass {
  /** Rows that were left to the next pass. */
  left = 0;
  readonly #systemColumn: number;

  constructor(
    readonly ofErp: boolean | undefined,
    readonly match: HeaderMatch,
    readonly reader: RowReader,
    readonly plain: PlainRowTaker | undefined,
    readonly writer: RowWriter,
    readonly ledger: RowLedger,
  ) {
    this.#systemColumn = match.matched.find(({ column }) => column.field === 'system')?.index ?? -1;
  }

  #leaves(isErp: () => boolean): boolean {
    if (this.ofErp === undefined || isErp() === this.ofErp) return false;
    this.left += 1;
    return true;
  }

  takeRow(row: SourceRow): void {
    if (row.rowNumber <= this.match.headerRow || this.#leaves(() => (row.cells[this.#systemColumn] ?? '').trim().toLowerCase() === 'erp')) return;
    const verdict = verdictOf(this.reader, this.writer, row, this.ledger.extent);
    this.ledger.take(verdict.verdict === 'bad' ? { rowNumber: row.rowNumber, raw: this.reader.kept(row.raw) } : row, verdict);
  }

  takeBatch(rows: PlainRows): void {
    const plain = this.plain!;
    for (let at = 0; at < rows.count; at += 1) {
      if (!rows.isPlain(at)) this.takeRow(rows.rowOf(at));
      else if (rows.rowNumber(at) > this.match.headerRow && !this.#leaves(() => plain.isErp(rows, at))) plain.take(rows, at);
    }
  }
}

/** Writes every row of the table below its header. */
export async function writeRows(
  table: TableFile,
  sheet: string | null,
  match: HeaderMatch,
  { reader, plan, thread }: RowReaders,
  writer: RowWriter,
  ledger: RowLedger,
  job: Job,
): Promise<void> {
  const plain = plan && new PlainRowTaker(plan, writer, ledger);
  const seen = () => ledger.read + ledger.deferred;
  for (const ofErp of passesOf(match)) {
    const pass = new Pass(ofErp, match, reader, plain, writer, ledger);
    for await (const batch of plan ? rowBatches(table, sheet, plan, thread) : table.batches(sheet ?? undefined)) {
      if (batch instanceof PlainRows) pass.takeBatch(batch);
      else for (const row of batch) pass.takeRow(row);
      job.checkCancelled();
      job.progress('Reading rows', seen(), null);
    }
    if (pass.left === 0) break;
  }
  plain?.finish(reader.controlTotals);
  const read = seen();
  for (const { row, verdict } of writer.finish() as Iterable<{ row: RowToWrite; verdict: Verdict }>) ledger.take(row, verdict);
  job.checkCancelled();
  job.progress('Reading rows', read, read);
}
