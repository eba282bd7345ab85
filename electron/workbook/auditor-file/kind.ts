/**
 * The auditor's file: a SQLite file of its own kind beside a workbook, opened, locked and brought up to date as a workbook is.
 */
import type { FileKind } from '../open';
import { auditorMigration0001 } from './0001-create-auditor-file';
import { auditorMigration0002 } from './0002-audited-costs-and-cut-off';

/** "TieA" in SQLite's application_id. */
export const AUDITOR_APPLICATION_ID = 0x5469_6541;

export const AUDITOR_FILE: FileKind = {
  applicationId: AUDITOR_APPLICATION_ID,
  extension: '.tieout-audit',
  name: 'an auditor\'s file of Tieout',
  advice: 'Choose one that ends in .tieout-audit, or begin a new one.',
  migrations: [auditorMigration0001, auditorMigration0002],
};
