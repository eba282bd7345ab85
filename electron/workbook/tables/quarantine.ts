/**
 * Rows that wait: what could not be written, why, and what became of it. What was done to one is `quarantine-steps.ts`.
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
  /** As a person corrected it; null where the file's own text is tried. */
  readonly corrected_text: string | null;
}

export type NewQuarantineRow = Pick<QuarantineTableRow, 'import_id' | 'row_number' | 'raw_text' | 'reason' | 'detail' | 'subject'>;

/** Answers the row's number. */
export const insertQuarantineRow = (workbook: WritableWorkbook, row: NewQuarantineRow): number =>
  workbook.run(
    'INSERT INTO quarantine_rows (import_id, row_number, raw_text, reason, detail, subject) VALUES (?, ?, ?, ?, ?, ?)',
    row.import_id, row.row_number, row.raw_text, row.reason, row.detail, row.subject,
  ).lastInsertRowid;

export const quarantineRowById = (workbook: ReadableWorkbook, quarantineRowId: number): QuarantineTableRow | undefined =>
  workbook.get('SELECT * FROM quarantine_rows WHERE quarantine_row_id = ?', quarantineRowId);

export const quarantineRowOf = (workbook: ReadableWorkbook, importId: number, rowNumber: number): QuarantineTableRow | undefined =>
  workbook.get('SELECT * FROM quarantine_rows WHERE import_id = ? AND row_number = ?', importId, rowNumber);

type Problem = Pick<QuarantineTableRow, 'reason' | 'subject' | 'detail'>;

/** Why a waiting row still waits, after another try. */
export function updateReason(workbook: WritableWorkbook, quarantineRowId: number, problem: Problem): void {
  workbook.run(
    "UPDATE quarantine_rows SET reason = ?, subject = ?, detail = ? WHERE quarantine_row_id = ? AND state = 'waiting'",
    problem.reason, problem.subject, problem.detail, quarantineRowId,
  );
}

/** Keeps a person's correction beside the file's own text. */
export function setCorrectedText(workbook: WritableWorkbook, quarantineRowId: number, correctedText: string): void {
  workbook.run('UPDATE quarantine_rows SET corrected_text = ? WHERE quarantine_row_id = ?', correctedText, quarantineRowId);
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

/** Makes a settled row wait again; for what it waits stays, unless a problem is given. */
export function waitAgain(workbook: WritableWorkbook, row: QuarantineTableRow, problem: Problem = row): void {
  workbook.run(
    "UPDATE quarantine_rows SET state = 'waiting', settled_note = NULL, reason = ?, subject = ?, detail = ? WHERE quarantine_row_id = ?",
    problem.reason, problem.subject, problem.detail, row.quarantine_row_id,
  );
}

/** Says of a row that was written that another import holds it now; answers its number, or nothing where it never waited. */
export const settleAsHeld = (workbook: WritableWorkbook, importId: number, rowNumber: number): number | undefined =>
  workbook.get<{ quarantine_row_id: number }>(
    `UPDATE quarantine_rows SET state = 'ignored', settled_note = 'held already' WHERE import_id = ? AND row_number = ? AND state = 'replayed'
     RETURNING quarantine_row_id`,
    importId, rowNumber,
  )?.quarantine_row_id;

/** Rows that were passed over because another import held them, and that nobody touched since. */
export const passedOverRows = (workbook: ReadableWorkbook, importId: number): QuarantineTableRow[] =>
  workbook.all(
    `SELECT q.* FROM quarantine_rows q WHERE q.import_id = ? AND q.state = 'ignored' AND 'passed_over' =
       (SELECT s.step FROM quarantine_steps s WHERE s.quarantine_row_id = q.quarantine_row_id ORDER BY s.sequence DESC LIMIT 1)
     ORDER BY q.row_number`,
    importId,
  );

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

/** Waiting rows of a period by what one action could mend: reason by reason, the largest first. */
export const waitingGroups = (workbook: ReadableWorkbook, periodId: number): QuarantineGroupRow[] =>
  workbook.all(
    `SELECT source, reason, subject, rows FROM (
       SELECT i.source, q.reason, q.subject, count(*) AS rows, sum(count(*)) OVER (PARTITION BY q.reason) AS of_reason
       FROM quarantine_rows q JOIN imports i USING (import_id)
       WHERE i.period_id = ? AND i.state = 'standing' AND q.state = 'waiting' GROUP BY i.source, q.reason, q.subject)
     ORDER BY of_reason DESC, reason, rows DESC, source, subject`,
    periodId,
  );

export type ListedQuarantineRow = QuarantineTableRow & {
  readonly file_name: string;
  readonly source: string;
  readonly definition: string;
};

/** Which rows of a period are meant; what is left out does not matter. */
export interface QuarantineFilter {
  readonly periodId: number;
  readonly state?: 'waiting' | 'settled' | undefined;
  readonly source?: string | undefined;
  readonly reason?: QuarantineReason | undefined;
  readonly subject?: string | undefined;
}

const MATCHING = `FROM quarantine_rows q JOIN imports i USING (import_id)
  WHERE i.period_id = @periodId AND i.state = 'standing' AND (@state IS NULL OR (@state = 'waiting') = (q.state = 'waiting'))
    AND (@source IS NULL OR i.source = @source) AND (@reason IS NULL OR q.reason = @reason) AND (@subject IS NULL OR q.subject = @subject)`;

const parametersOf = ({ periodId, state, source, reason, subject }: QuarantineFilter) => ({
  periodId, state: state ?? null, source: source ?? null, reason: reason ?? null, subject: subject ?? null,
});

const IN_ORDER = "q.state <> 'waiting', q.import_id, q.row_number";
/** What was settled last stands first, so that it is found again. */
const LAST_SETTLED_FIRST = `(SELECT max(s.sequence) FROM quarantine_steps s WHERE s.quarantine_row_id = q.quarantine_row_id) DESC, q.import_id, q.row_number`;

/** Rows in order of import and row, waiting ones first; settled rows alone by what was settled last. */
export const listQuarantineRows = (workbook: ReadableWorkbook, filter: QuarantineFilter, limit: number, offset: number): ListedQuarantineRow[] =>
  workbook.all(
    `SELECT q.*, i.file_name, i.source, i.definition ${MATCHING}
     ORDER BY ${filter.state === 'settled' ? LAST_SETTLED_FIRST : IN_ORDER} LIMIT @limit OFFSET @offset`,
    { ...parametersOf(filter), limit, offset },
  );

export const countQuarantineRows = (workbook: ReadableWorkbook, filter: QuarantineFilter): number =>
  Number(workbook.sum(`SELECT count(*) ${MATCHING}`, parametersOf(filter)));

export const quarantineRowIds = (workbook: ReadableWorkbook, filter: QuarantineFilter): number[] =>
  workbook
    .all<{ quarantine_row_id: number }>(`SELECT q.quarantine_row_id ${MATCHING} ORDER BY q.import_id, q.row_number`, parametersOf(filter))
    .map((row) => row.quarantine_row_id);

export interface WaitingNameRow {
  readonly import_id: number;
  readonly source: string;
  readonly subject: string;
  readonly raw_text: string;
  readonly corrected_text: string | null;
}

/** Of each unknown name and import the first rows that use it: for what else they say of the name. */
export const rowsOfUnknownNames = (
  workbook: ReadableWorkbook,
  periodId: number,
  reason: 'unknown_item' | 'unknown_location',
  rowsEach: number,
): WaitingNameRow[] =>
  workbook.all(
    `SELECT import_id, source, subject, raw_text, corrected_text FROM (
       SELECT q.import_id, i.source, q.subject, q.raw_text, q.corrected_text,
         row_number() OVER (PARTITION BY q.import_id, q.subject ORDER BY q.row_number) AS place
       FROM quarantine_rows q JOIN imports i USING (import_id) WHERE i.period_id = ? AND i.state = 'standing' AND q.state = 'waiting' AND q.reason = ?)
     WHERE place <= ?`,
    periodId, reason, rowsEach,
  );
