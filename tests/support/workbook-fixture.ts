/**
 * A small open workbook in a real file, for tests of services: one company, one open period, accounts and reason codes.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { periodBounds } from '@shared/domain/instant';
import { silentJob, type Job, type ServiceContext } from '../../electron/services/context';
import { migration0001 } from '../../electron/workbook/migrations/0001-create-workbook';
import { SqliteWorkbook } from '../../electron/workbook/workbook';

export const TIME_ZONE = 'America/Los_Angeles';

export interface WorkbookFixture {
  readonly workbook: SqliteWorkbook;
  readonly context: ServiceContext;
  readonly folder: string;
  /** 2026-10, open, with a window of 48 hours. */
  readonly periodId: number;
  contextWith(job: Job): ServiceContext;
}

/** A folder of its own that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tieout-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openFixtureWorkbook(): WorkbookFixture {
  const folder = temporaryFolder();
  const file = path.join(folder, 'close.tieout');
  const database = new Database(file);
  onTestFinished(() => {
    database.close();
  });
  database.pragma('foreign_keys = ON');
  database.pragma('journal_mode = WAL');
  database.exec(migration0001.sql);
  const workbook = new SqliteWorkbook(database, file);
  workbook.run(
    "INSERT INTO workbook (workbook_id, workbook_uuid, company, currency, time_zone, created_instant) VALUES (1, ?, 'Example', 'USD', ?, 0)",
    randomUUID(), TIME_ZONE,
  );
  workbook.run("INSERT INTO accounts (account_code, name, kind) VALUES ('1300', 'Inventory', 'asset'), ('5190', 'Shrinkage', 'expense')");
  workbook.run(
    `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, inventory_account, offset_account, next_step) VALUES
       ('SHRINK', 'Shrinkage', 'physical', 'warehouse', 'adjust', '1300', '5190', 'Post the adjustment.'),
       ('TIMING', 'Timing', 'timing', 'operations', 'none', NULL, NULL, 'Wait for the posting.')`,
  );
  const { startInstant, cutOffInstant } = periodBounds('2026-10', TIME_ZONE);
  const periodId = workbook.run(
    'INSERT INTO periods (code, start_instant, cut_off_instant, window_hours) VALUES (?, ?, ?, 48)', '2026-10', startInstant, cutOffInstant,
  ).lastInsertRowid;
  const contextWith = (job: Job): ServiceContext => ({
    workbook,
    actor: { name: 'Ana Reyes', email: 'ana@example.com' },
    now: () => Date.UTC(2026, 10, 2, 9),
    job,
  });
  return { workbook, context: contextWith(silentJob), folder, periodId, contextWith };
}
