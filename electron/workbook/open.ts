/**
 * Making and opening workbook files: recognise, lock, check, migrate, set up the connection, close.
 *
 * The only place that constructs a SQLite connection. A file that is no workbook, is damaged, is newer or is held
 * elsewhere is told apart before anything is written to it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { backUpWorkbook } from './backup';
import { lockWorkbookFile } from './file-lock';
export { isFreeToLock as isFreeToOpen } from './file-lock';
import { MIGRATIONS, type Migration } from './migrations/index';
import { nativeBindingPath } from './native-binding';
import { SqliteWorkbook } from './workbook';

/** "TieO" in SQLite's application_id, so that file(1) and Tieout itself know a workbook by its header. */
export const APPLICATION_ID = 0x5469_654f;

/** What a SQLite file of Tieout is: how it is recognised, what it is called, and how it is brought up to date. */
export interface FileKind {
  readonly applicationId: number;
  /** With the point. */
  readonly extension: string;
  /** As a message names it, with its article. */
  readonly name: string;
  /** What to do with a file that is none. */
  readonly advice: string;
  readonly migrations: readonly Migration[];
}

export const WORKBOOK_FILE: FileKind = {
  applicationId: APPLICATION_ID,
  extension: '.tieout',
  name: 'a Tieout workbook',
  advice: 'Open the .tieout file first; other files are imported into it.',
  migrations: MIGRATIONS,
};

export interface OpenedWorkbook {
  readonly workbook: SqliteWorkbook;
  readonly readOnly: boolean;
  /** Why it is open for reading only; empty where it may be written. */
  readonly readOnlyReason: string;
  /** Where the copy lies that was made before migrating; undefined where nothing was migrated. */
  readonly backupPath: string | undefined;
  /** Its pages were not looked through yet: `damageIn` has to, before anything is written. */
  readonly isUnchecked?: boolean;
  close(): void;
}

export type CreateFailure = 'file_exists' | 'file_unwritable';
export type OpenFailure = 'file_missing' | 'not_a_workbook' | 'schema_newer' | 'workbook_damaged' | 'backup_failed';

interface Opener {
  /** Shown to whoever opens the file second. */
  readonly person: string;
  readonly now: number;
  /** Never write, whoever holds the file: verification and auditors. */
  readonly readOnly?: boolean;
  /** Leaves looking through a large file for damage to the caller, who shows it meanwhile. */
  readonly checksLater?: boolean;
  /** The file that a person knows, where this one was unpacked from it. */
  readonly originPath?: string;
}

/** From here on looking through a file, or every line of it, takes longer than a person waits. */
const LARGE_BYTES = 64 * 2 ** 20;

/** Whether a workbook's file is so large that what reads all of it has to run beside. */
export const isLargeFile = (filePath: string): boolean => (fs.statSync(filePath, { throwIfNoEntry: false })?.size ?? 0) >= LARGE_BYTES;

/** What is damaged in the file, with the next step; empty where nothing is. Reads every page. */
export function damageIn({ database, path: filePath }: SqliteWorkbook): string {
  const findings = (database.pragma('quick_check(3)') as { quick_check: string }[]).map((finding) => finding.quick_check);
  return findings[0] === 'ok' ? '' : `${path.basename(filePath)} is damaged: ${findings.join('; ')}. Open the last backup beside it.`;
}

function connect(filePath: string, readonly: boolean): Database.Database {
  const nativeBinding = nativeBindingPath();
  const database = new Database(filePath, { readonly, ...(nativeBinding ? { nativeBinding } : {}) });
  database.pragma('busy_timeout = 5000');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  // In KiB: reconciling reads a period many times, and SQLite's own 2 MB would fetch it from the disk each time.
  database.pragma('cache_size = -65536');
  if (!readonly) {
    database.pragma('journal_mode = WAL');
    // A committed action survives a power cut: what a person saw saved is saved.
    database.pragma('synchronous = FULL');
  }
  return database;
}

function applyMigrations(database: Database.Database, fromVersion: number, { migrations }: FileKind): void {
  // A table that others refer to can only be made anew while references are not enforced: they are checked at the end
  // instead (https://www.sqlite.org/lang_altertable.html, section 7).
  database.pragma('foreign_keys = OFF');
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(fromVersion)) database.exec(migration.sql);
    const dangling = database.pragma('foreign_key_check') as { readonly table: string }[];
    if (dangling[0]) throw new Error(`a row of ${dangling[0].table} refers to a row that is not there`);
    database.pragma(`user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  } finally {
    database.pragma('foreign_keys = ON');
  }
  // Whoever opens the file second reads its header before its log.
  database.pragma('wal_checkpoint(TRUNCATE)');
}

function opened(
  database: Database.Database,
  filePath: string,
  readOnlyReason: string,
  release: (() => void) | undefined,
  backupPath?: string,
  originPath = filePath,
): OpenedWorkbook {
  const readOnly = database.readonly;
  return {
    workbook: new SqliteWorkbook(database, filePath, originPath),
    readOnly,
    readOnlyReason,
    backupPath,
    close: () => {
      if (!database.open) return;
      // Whoever holds the file leaves one plain file behind, so that it can be mailed, and read from a folder that
      // nobody may write to.
      if (!readOnly && release) {
        try {
          database.pragma('wal_checkpoint(TRUNCATE)');
          database.pragma('journal_mode = DELETE');
        } catch {
          // A reader still has it open: its log stays beside it and is taken in at the next opening.
        }
      }
      database.close();
      release?.();
    },
  };
}

/** Makes an empty file with the current schema, a workbook unless another kind is asked for, and opens it for writing. */
export function createWorkbookFile(filePath: string, opener: Opener, kind = WORKBOOK_FILE): Outcome<OpenedWorkbook, CreateFailure> {
  if (fs.existsSync(filePath)) {
    return refused('file_exists', `${filePath} exists already. Choose another name, or open it.`);
  }
  const lock = lockWorkbookFile(filePath, opener.person, opener.now);
  if (!lock.held) return refused('file_unwritable', `${filePath} cannot be made. ${lock.message} Choose another name or folder.`);
  try {
    const database = connect(filePath, false);
    database.pragma(`application_id = ${kind.applicationId}`);
    applyMigrations(database, 0, kind);
    return done(opened(database, filePath, '', lock.release));
  } catch (error) {
    lock.release();
    return refused('file_unwritable', `${filePath} cannot be written: ${(error as Error).message}.`);
  }
}

const SQLITE_MAGIC = 'SQLite format 3\u0000';

/** What the first hundred bytes of a SQLite file say (https://www.sqlite.org/fileformat.html, section 1.3). */
function readHeader(filePath: string): { readonly applicationId: number; readonly schemaVersion: number } | undefined {
  const header = Buffer.alloc(100);
  const file = fs.openSync(filePath, 'r');
  try {
    if (fs.readSync(file, header, 0, 100, 0) < 100) return undefined;
  } finally {
    fs.closeSync(file);
  }
  if (header.toString('latin1', 0, 16) !== SQLITE_MAGIC) return undefined;
  return { applicationId: header.readUInt32BE(68), schemaVersion: header.readUInt32BE(60) };
}

/**
 * An older workbook that may not be written is read from a copy that was brought up to date: whoever only reads, an auditor
 * above all, needs no newer file for it. The copy is gone when it is closed.
 */
async function openUpToDateCopy(
  database: Database.Database, filePath: string, originPath: string, reason: string, release: () => void, kind: FileKind,
): Promise<Outcome<OpenedWorkbook, OpenFailure>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-older-'));
  const remove = () => {
    fs.rmSync(folder, { recursive: true, force: true });
    release();
  };
  const copyPath = path.join(folder, path.basename(filePath));
  try {
    const copied = await backUpWorkbook(new SqliteWorkbook(database, filePath), copyPath);
    if (!copied.ok) {
      remove();
      return refused('backup_failed', `${path.basename(filePath)} was written by an older Tieout, and no copy of it could be made to be read: ${copied.message}`);
    }
    const copy = connect(copyPath, false);
    applyMigrations(copy, copy.pragma('user_version', { simple: true }) as number, kind);
    copy.pragma('journal_mode = DELETE');
    copy.close();
    return done(opened(connect(copyPath, true), copyPath, `${reason} It was written by an older Tieout and is read from a copy.`.trim(), remove, undefined, originPath));
  } catch (error) {
    remove();
    throw error;
  } finally {
    database.close();
  }
}

/** Why a file that is a workbook by its header could not be read, with the next step. */
function whyUnread(filePath: string, schemaVersion: number, { migrations }: FileKind, problem: string): string {
  const name = path.basename(filePath);
  const journal = `${filePath}-journal`;
  if (fs.existsSync(journal)) {
    return `${name} cannot be read: ${path.basename(journal)} beside it holds a change that was not finished, and who only reads may not take it back (${problem}). Keep a copy of both, then open the workbook once for writing, or move the journal away.`;
  }
  if (schemaVersion < migrations.length) {
    return `${name} is marked as of schema ${schemaVersion} and cannot be brought to schema ${migrations.length}: ${problem}. Open the last backup beside it.`;
  }
  return `${name} cannot be read: ${problem}. Open the last backup beside it.`;
}

/**
 * Opens a workbook: for writing where it is free, else for reading with the reason. An older schema is migrated
 * after a verified backup beside the file; where the file may not be written, in a copy.
 *
 * @param kind a workbook unless another is asked for
 */
export async function openWorkbookFile(filePath: string, opener: Opener, kind = WORKBOOK_FILE): Promise<Outcome<OpenedWorkbook, OpenFailure>> {
  const name = path.basename(filePath);
  const found = fs.statSync(filePath, { throwIfNoEntry: false });
  if (!found) return refused('file_missing', `${filePath} is not there. Check its name and folder, or open it from where it lies now.`);
  if (!found.isFile()) return refused('not_a_workbook', `${filePath} is a folder. Give the ${kind.extension} file itself.`);
  const header = readHeader(filePath);
  if (!header || header.applicationId !== kind.applicationId) {
    return refused('not_a_workbook', `${name} is not ${kind.name}. ${kind.advice}`);
  }
  const known = kind.migrations.length;
  if (header.schemaVersion > known) {
    return refused(
      'schema_newer',
      `${name} was written by a newer Tieout (schema ${header.schemaVersion}; this one knows ${known}). Update Tieout to open it.`,
    );
  }
  const lock = opener.readOnly ? undefined : lockWorkbookFile(filePath, opener.person, opener.now);
  const writable = lock?.held === true;
  const release = lock?.held ? lock.release : () => undefined;
  const reason = opener.readOnly ? 'Opened for reading only.' : lock && !lock.held ? lock.message : '';
  try {
    const database = connect(filePath, !writable);
    const isUnchecked = opener.checksLater === true && header.schemaVersion === known && isLargeFile(filePath);
    const damage = isUnchecked ? '' : damageIn(new SqliteWorkbook(database, filePath));
    if (damage !== '') {
      database.close();
      release();
      return refused('workbook_damaged', damage);
    }
    const version = database.pragma('user_version', { simple: true }) as number;
    const { originPath = filePath } = opener;
    if (version === known) return done({ ...opened(database, filePath, reason, release, undefined, originPath), isUnchecked });
    if (!writable) return await openUpToDateCopy(database, filePath, originPath, reason, release, kind);
    const backupPath = `${filePath.endsWith(kind.extension) ? filePath.slice(0, -kind.extension.length) : filePath} (schema ${version} backup)${kind.extension}`;
    const backup = await backUpWorkbook(new SqliteWorkbook(database, filePath), backupPath);
    if (!backup.ok) {
      database.close();
      release();
      return refused('backup_failed', `${name} was left as it is: ${backup.message}`);
    }
    applyMigrations(database, version, kind);
    return done(opened(database, filePath, '', release, backupPath));
  } catch (error) {
    release();
    return refused('workbook_damaged', whyUnread(filePath, header.schemaVersion, kind, (error as Error).message));
  }
}

/** A further connection to a workbook that this program has open already: the job worker's own. */
export function attachToWorkbookFile(filePath: string, readOnly: boolean, originPath = filePath): OpenedWorkbook {
  return opened(connect(filePath, readOnly), filePath, '', undefined, undefined, originPath);
}

/** A workbook in memory with the current schema: what the schema check and the tests compare with. */
export function memoryWorkbook(): SqliteWorkbook {
  const nativeBinding = nativeBindingPath();
  const database = new Database(':memory:', nativeBinding ? { nativeBinding } : {});
  database.pragma('foreign_keys = ON');
  applyMigrations(database, 0, WORKBOOK_FILE);
  return new SqliteWorkbook(database, ':memory:');
}
