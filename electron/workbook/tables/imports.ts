/**
 * Imports, the source files they came from, and the profiles that people saved.
 */
import type { ImportState } from '@shared/domain/import-difference';
import type { ImportKind } from '@shared/domain/import-profile';
import type { System } from '@shared/domain/states';
import { currencyOfPeriod } from '@shared/domain/instant';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export interface ImportRow {
  readonly import_id: number;
  readonly period_id: number;
  readonly sha256: string;
  readonly file_name: string;
  readonly profile_id: string;
  readonly profile_name: string;
  readonly profile_version: number;
  readonly source: string;
  readonly kind: ImportKind;
  readonly system: System | null;
  readonly sheet: string | null;
  readonly header_row: number;
  readonly encoding: string;
  readonly as_of_instant: number | null;
  readonly definition: string;
  readonly rows_read: number;
  readonly rows_accepted: number;
  readonly rows_quarantined: number;
  readonly rows_ignored: number;
  readonly imported_instant: number;
  readonly imported_by: string;
  readonly state: ImportState;
  readonly state_instant: number | null;
  readonly state_by: string | null;
  readonly state_why: string | null;
  readonly supersedes_import_id: number | null;
  readonly summary: string | null;
}

export type NewImport = Omit<
  ImportRow,
  | 'import_id' | 'rows_read' | 'rows_accepted' | 'rows_quarantined' | 'rows_ignored'
  | 'state' | 'state_instant' | 'state_by' | 'state_why' | 'supersedes_import_id' | 'summary'
>;

/** Writes an import that has no rows yet; answers its number. */
export function insertImport(workbook: WritableWorkbook, row: NewImport): number {
  return workbook.run(
    `INSERT INTO imports (period_id, sha256, file_name, profile_id, profile_name, profile_version, source, kind, system, sheet,
       header_row, encoding, as_of_instant, definition, rows_read, rows_accepted, rows_quarantined, rows_ignored,
       imported_instant, imported_by)
     VALUES (@period_id, @sha256, @file_name, @profile_id, @profile_name, @profile_version, @source, @kind, @system, @sheet,
       @header_row, @encoding, @as_of_instant, @definition, 0, 0, 0, 0, @imported_instant, @imported_by)`,
    { ...row },
  ).lastInsertRowid;
}

export interface RowCounts {
  readonly accepted: number;
  readonly quarantined: number;
  readonly ignored: number;
}

/** Moves an import's counters by the given numbers; rows read follow as their sum. */
export function addRowCounts(workbook: WritableWorkbook, importId: number, by: RowCounts): void {
  workbook.run(
    `UPDATE imports SET rows_accepted = rows_accepted + @accepted, rows_quarantined = rows_quarantined + @quarantined,
       rows_ignored = rows_ignored + @ignored, rows_read = rows_read + @accepted + @quarantined + @ignored
     WHERE import_id = @import_id`,
    { ...by, import_id: importId },
  );
}

/** Names the one system that all rows of an import speak for. */
export const setImportSystem = (workbook: WritableWorkbook, importId: number, system: System | null): void => {
  workbook.run('UPDATE imports SET system = ? WHERE import_id = ?', system, importId);
};

export const importById = (workbook: ReadableWorkbook, importId: number): ImportRow | undefined =>
  workbook.get('SELECT * FROM imports WHERE import_id = ?', importId);

/** Every import of a file of that name, the earliest first. */
export const importsOfFile = (workbook: ReadableWorkbook, fileName: string): ImportRow[] =>
  workbook.all('SELECT * FROM imports WHERE file_name = ? ORDER BY import_id', fileName);

export const listImports = (workbook: ReadableWorkbook, periodId: number): ImportRow[] =>
  workbook.all('SELECT * FROM imports WHERE period_id = ? ORDER BY import_id', periodId);

/** The imports of a period whose rows count. */
export const listStandingImports = (workbook: ReadableWorkbook, periodId: number): ImportRow[] =>
  workbook.all("SELECT * FROM imports WHERE period_id = ? AND state = 'standing' ORDER BY import_id", periodId);

/** The earliest import of a file in a period that stands; one that was undone or superseded holds nothing. */
export const findImportOfFile = (workbook: ReadableWorkbook, periodId: number, sha256: string): ImportRow | undefined =>
  workbook.get("SELECT * FROM imports WHERE period_id = ? AND sha256 = ? AND state = 'standing' ORDER BY import_id LIMIT 1", periodId, sha256);

/** Keeps what only the moment of the import knows. */
export const setImportSummary = (workbook: WritableWorkbook, importId: number, summary: string): void => {
  workbook.run('UPDATE imports SET summary = ? WHERE import_id = ?', summary, importId);
};

/** Brings an import into another state of its life, with who did it and why. */
export function setImportState(
  workbook: WritableWorkbook,
  importId: number,
  to: { readonly state: ImportState; readonly atInstant: number; readonly by: string; readonly why: string },
): void {
  workbook.run(
    'UPDATE imports SET state = ?, state_instant = ?, state_by = ?, state_why = ? WHERE import_id = ?',
    to.state, to.atInstant, to.by, to.why, importId,
  );
}

/** Says in whose place an import was written. */
export const setSupersededImport = (workbook: WritableWorkbook, importId: number, supersededId: number): void => {
  workbook.run('UPDATE imports SET supersedes_import_id = ? WHERE import_id = ?', supersededId, importId);
};

/** The import that was written in the place of this one and stands. */
export const supersederOf = (workbook: ReadableWorkbook, importId: number): ImportRow | undefined =>
  workbook.get("SELECT * FROM imports WHERE supersedes_import_id = ? AND state <> 'undone' ORDER BY import_id DESC LIMIT 1", importId);

export interface SourceFileRow {
  readonly sha256: string;
  readonly file_name: string;
  readonly byte_length: number;
  /** zlib (RFC 1950). */
  readonly deflated_content: Uint8Array;
}

/** The file whole, from however many parts it was kept in. */
export function sourceFileBySha256(workbook: ReadableWorkbook, sha256: string): SourceFileRow | undefined {
  const row = workbook.get<SourceFileRow>('SELECT * FROM source_files WHERE sha256 = ?', sha256);
  if (!row) return undefined;
  const parts = workbook.all<Pick<SourceFileRow, 'deflated_content'>>(
    'SELECT deflated_content FROM source_file_parts WHERE sha256 = ? ORDER BY part_number', sha256,
  );
  return { ...row, deflated_content: Buffer.concat([row.deflated_content, ...parts.map((part) => part.deflated_content)]) };
}

export const hasSourceFile = (workbook: ReadableWorkbook, sha256: string): boolean =>
  workbook.get('SELECT 1 FROM source_files WHERE sha256 = ?', sha256) !== undefined;

/** Writes a file's name; its content follows in parts. */
export function insertSourceFile(workbook: WritableWorkbook, row: Omit<SourceFileRow, 'deflated_content'>): void {
  workbook.run(
    "INSERT INTO source_files (sha256, file_name, byte_length, deflated_content) VALUES (?, ?, ?, x'')",
    row.sha256, row.file_name, row.byte_length,
  );
}

/** @param partNumber counted from 1 */
export function insertSourceFilePart(workbook: WritableWorkbook, sha256: string, partNumber: number, deflatedContent: Uint8Array): void {
  workbook.run('INSERT INTO source_file_parts (sha256, part_number, deflated_content) VALUES (?, ?, ?)', sha256, partNumber, deflatedContent);
}

export interface SavedProfileRow {
  readonly profile_id: string;
  readonly name: string;
  readonly definition: string;
  readonly saved_instant: number;
}

export const listSavedProfiles = (workbook: ReadableWorkbook): SavedProfileRow[] =>
  workbook.all('SELECT * FROM saved_profiles ORDER BY profile_id');

export const savedProfileById = (workbook: ReadableWorkbook, profileId: string): SavedProfileRow | undefined =>
  workbook.get('SELECT * FROM saved_profiles WHERE profile_id = ?', profileId);

export function upsertSavedProfile(workbook: WritableWorkbook, row: SavedProfileRow): void {
  workbook.run(
    `INSERT INTO saved_profiles (profile_id, name, definition, saved_instant) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, definition = excluded.definition, saved_instant = excluded.saved_instant`,
    row.profile_id, row.name, row.definition, row.saved_instant,
  );
}

/** A period with what imports need of the workbook beside it. */
export interface PeriodFrame {
  readonly periodId: number;
  readonly code: string;
  readonly startInstant: number;
  readonly cutOffInstant: number;
  readonly windowMs: number;
  readonly locked: boolean;
  readonly currency: string;
  readonly timeZone: string;
}

export function periodFrame(workbook: ReadableWorkbook, periodId: number): PeriodFrame | undefined {
  const row = workbook.get<{
    code: string; start_instant: number; cut_off_instant: number; window_hours: number; state: string; currency: string; time_zone: string;
  }>(
    `SELECT p.code, p.start_instant, p.cut_off_instant, p.window_hours, p.state, w.currency, w.time_zone
     FROM periods p, workbook w WHERE p.period_id = ?`,
    periodId,
  );
  return row && {
    periodId,
    code: row.code,
    startInstant: row.start_instant,
    cutOffInstant: row.cut_off_instant,
    windowMs: row.window_hours * 3_600_000,
    locked: row.state === 'locked',
    currency: currencyOfPeriod(row.code) ?? row.currency,
    timeZone: row.time_zone,
  };
}
