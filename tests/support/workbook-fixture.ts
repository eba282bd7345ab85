/**
 * A small open workbook in a real file, for tests of imports, the quarantine and tags: one open period, two reason codes.
 */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { periodBounds } from '@shared/domain/instant';
import { silentJob, type Job, type ServiceContext } from '../../electron/services/context';
import type { SqliteWorkbook } from '../../electron/workbook/workbook';
import { newWorkbook, temporaryFolder, type WhenFinished } from './workbooks';

export const TIME_ZONE = 'America/Los_Angeles';

export interface WorkbookFixture {
  readonly workbook: SqliteWorkbook;
  readonly context: ServiceContext;
  readonly folder: string;
  /** 2026-10, open, with a window of 48 hours. */
  readonly periodId: number;
  contextWith(job: Job): ServiceContext;
}

export function openFixtureWorkbook(whenFinished: WhenFinished = onTestFinished): WorkbookFixture {
  const folder = temporaryFolder(whenFinished);
  const { workbook } = newWorkbook(path.join(folder, 'close.tieout'), whenFinished);
  workbook.run(
    `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, inventory_account, offset_account, causes, next_step,
       display_order) VALUES
       ('SHRINK', 'Shrinkage', 'physical', 'warehouse', 'adjust', '1300', '5100', '[]', 'Post the adjustment.', 900),
       ('TIMING', 'Timing', 'timing', 'operations', 'none', NULL, NULL, '[]', 'Wait for the posting.', 901)`,
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
