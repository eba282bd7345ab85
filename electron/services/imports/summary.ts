/**
 * What a period has been given so far, and what a reconciliation still lacks.
 */
import type { ImportListing, ImportSummary } from '@shared/domain/import';
import { listImports } from '../../workbook/tables/imports';
import { importsWithWaitingRows } from '../../workbook/tables/quarantine';
import type { ReadableWorkbook } from '../../workbook/workbook';

/** The imports of a period with their waiting rows, and the sources that are missing. */
export function importSummary(workbook: ReadableWorkbook, periodId: number): ImportSummary {
  const waitingOf = new Map(importsWithWaitingRows(workbook, periodId).map((row) => [row.import_id, row.waiting]));
  const spans = workbook.all<{ import_id: number; first: number; last: number }>(
    `SELECT s.import_id, min(s.as_of_instant) AS first, max(s.as_of_instant) AS last
     FROM snapshots s JOIN imports i USING (import_id) WHERE i.period_id = ? GROUP BY s.import_id`,
    periodId,
  );
  const spanOf = new Map(spans.map((span) => [span.import_id, span]));
  const imports = listImports(workbook, periodId).map((row): ImportListing => ({
    importId: row.import_id,
    fileName: row.file_name,
    sha256: row.sha256,
    profileId: row.profile_id,
    profileName: row.profile_name,
    source: row.source,
    kind: row.kind,
    system: row.system,
    sheet: row.sheet,
    asOfFromInstant: spanOf.get(row.import_id)?.first ?? null,
    asOfUntilInstant: spanOf.get(row.import_id)?.last ?? null,
    rowsRead: row.rows_read,
    rowsAccepted: row.rows_accepted,
    rowsQuarantined: row.rows_quarantined,
    rowsIgnored: row.rows_ignored,
    waiting: waitingOf.get(row.import_id) ?? 0,
    importedInstant: row.imported_instant,
    importedBy: row.imported_by,
    state: row.state,
    stateInstant: row.state_instant,
    stateBy: row.state_by,
    stateWhy: row.state_why,
    supersedesImportId: row.supersedes_import_id,
  }));
  const held = (sql: string) => workbook.get(sql, periodId) !== undefined;
  const snapshotOf = (system: string) =>
    held(`SELECT 1 FROM snapshots s JOIN imports i USING (import_id) WHERE i.period_id = ? AND s.system = '${system}' LIMIT 1`);
  const missing: ImportSummary['missing'] = [];
  if (!snapshotOf('erp')) missing.push('erp_snapshot');
  if (!snapshotOf('storefront')) missing.push('storefront_snapshot');
  if (!held('SELECT 1 FROM counts c JOIN imports i USING (import_id) WHERE i.period_id = ? LIMIT 1')) missing.push('count');
  if (!held('SELECT 1 FROM movements m JOIN imports i USING (import_id) WHERE i.period_id = ? LIMIT 1')) missing.push('movements');
  return { imports, waiting: imports.reduce((sum, each) => sum + each.waiting, 0), missing };
}
