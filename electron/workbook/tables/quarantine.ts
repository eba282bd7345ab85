/**
 * Rows that wait: what could not be written, why, and what became of it.
 */
import type { QuarantineReason } from '@shared/domain/import';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export interface QuarantineTableRow {
  readonly quarantine_row_id: number;
  readonly import_id: number;
  readonly row_number: number;
  readonly raw_text: string;
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly subject: string;
  readonly state: 'waiting' | 'replayed' | 'ignored';
  readonly settled_note: string | null;
}

export type NewQuarantineRow = Pick<QuarantineTableRow, 'import_id' | 'row_number' | 'raw_text' | 'reason' | 'detail' | 'subject'>;

export function insertQuarantineRow(workbook: WritableWorkbook, row: NewQuarantineRow): void {
  workbook.run(
    'INSERT INTO quarantine_rows (import_id, row_number, raw_text, reason, detail, subject) VALUES (?, ?, ?, ?, ?, ?)',
    row.import_id, row.row_number, row.raw_text, row.reason, row.detail, row.subject,
  );
}

export const quarantineRowById = (workbook: ReadableWorkbook, quarantineRowId: number): QuarantineTableRow | undefined =>
  workbook.get('SELECT * FROM quarantine_rows WHERE quarantine_row_id = ?', quarantineRowId);

/** Why a waiting row still waits, after another try. */
export function updateReason(
  workbook: WritableWorkbook,
  quarantineRowId: number,
  problem: Pick<QuarantineTableRow, 'reason' | 'subject' | 'detail'>,
): void {
  workbook.run(
    "UPDATE quarantine_rows SET reason = ?, subject = ?, detail = ? WHERE quarantine_row_id = ? AND state = 'waiting'",
    problem.reason, problem.subject, problem.detail, quarantineRowId,
  );
}

/** Takes a waiting row out of the quarantine. */
export function settleRow(
  workbook: WritableWorkbook,
  quarantineRowId: number,
  state: 'replayed' | 'ignored',
  settledNote: string | null,
): void {
  const { changes } = workbook.run(
    "UPDATE quarantine_rows SET state = ?, settled_note = ? WHERE quarantine_row_id = ? AND state = 'waiting'",
    state, settledNote, quarantineRowId,
  );
  if (changes !== 1) throw new Error(`quarantine row ${quarantineRowId} does not wait`);
}

export const waitingRowsOfImport = (workbook: ReadableWorkbook, importId: number): QuarantineTableRow[] =>
  workbook.all("SELECT * FROM quarantine_rows WHERE import_id = ? AND state = 'waiting' ORDER BY row_number", importId);

export const importsWithWaitingRows = (workbook: ReadableWorkbook, periodId: number): { readonly import_id: number; readonly waiting: number }[] =>
  workbook.all(
    `SELECT q.import_id, count(*) AS waiting FROM quarantine_rows q JOIN imports i USING (import_id)
     WHERE i.period_id = ? AND i.state = 'standing' AND q.state = 'waiting' GROUP BY q.import_id ORDER BY q.import_id`,
    periodId,
  );

export const countsByState = (workbook: ReadableWorkbook, periodId: number): { readonly state: QuarantineTableRow['state']; readonly rows: number }[] =>
  workbook.all(
    `SELECT q.state, count(*) AS rows FROM quarantine_rows q JOIN imports i USING (import_id)
     WHERE i.period_id = ? AND i.state = 'standing' GROUP BY q.state`,
    periodId,
  );

export interface QuarantineGroupRow {
  readonly source: string;
  readonly reason: QuarantineReason;
  readonly subject: string;
  readonly rows: number;
}

/** Waiting rows of a period by what one action could mend, the largest first. */
export const waitingGroups = (workbook: ReadableWorkbook, periodId: number): QuarantineGroupRow[] =>
  workbook.all(
    `SELECT i.source, q.reason, q.subject, count(*) AS rows FROM quarantine_rows q JOIN imports i USING (import_id)
     WHERE i.period_id = ? AND i.state = 'standing' AND q.state = 'waiting'
     GROUP BY i.source, q.reason, q.subject ORDER BY rows DESC, i.source, q.reason, q.subject`,
    periodId,
  );

export type ListedQuarantineRow = QuarantineTableRow & {
  readonly file_name: string;
  readonly source: string;
  readonly definition: string;
};

/** Rows of a period in order of import and row; waiting ones first. */
export const listQuarantineRows = (
  workbook: ReadableWorkbook,
  periodId: number,
  limit: number,
  offset: number,
): ListedQuarantineRow[] =>
  workbook.all(
    `SELECT q.*, i.file_name, i.source, i.definition FROM quarantine_rows q JOIN imports i USING (import_id)
     WHERE i.period_id = ? AND i.state = 'standing' ORDER BY q.state <> 'waiting', q.import_id, q.row_number LIMIT ? OFFSET ?`,
    periodId, limit, offset,
  );
