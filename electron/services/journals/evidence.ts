/**
 * What a journal's Excel file says of the period beside the journal: where unit costs came from, the roll-forward, the source
 * files, the attachments of its lines.
 */
import type { JournalCost } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { formatInstant } from '@shared/domain/instant';
import type { JournalAttachment, JournalCostRow, JournalEvidence, JournalRollForward } from '@shared/domain/journal-workbook';
import { ROLL_FORWARD_COLUMNS } from '@shared/domain/lines';
import { formatQuantity } from '@shared/domain/quantity';
import { TRUTH_SYSTEM_WORDS } from '@shared/domain/rule-words';
import { listStandingImports } from '../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { parseKeptSummary } from '../imports/life/kept-summary';
import { readScope } from '../reconciliation/scope';
import { rollForwardByLocation } from '../roll-forward';

export const costRows = (costs: readonly JournalCost[]): JournalCostRow[] =>
  costs.map(({ system, fileName, heading, method, lines }) => ({
    owner: system === null ? "the item's own cost" : TRUTH_SYSTEM_WORDS[system], file: fileName, column: heading, method, lines,
  }));

/** Per location, of lines whose opening is known. */
export function rollForwardRows(workbook: ReadableWorkbook, period: Period): JournalRollForward[] {
  const scope = readScope(workbook, period.periodId);
  if (!scope) return [];
  return rollForwardByLocation(workbook, scope).map(({ location, lines, columns }) => ({
    location,
    lines,
    columns: Object.fromEntries(ROLL_FORWARD_COLUMNS.map((column) => [column, columns[column] === null ? null : formatQuantity(columns[column])])) as JournalRollForward['columns'],
  }));
}

/** The files whose rows stand in the period, with what became of their rows. */
export const evidenceRows = (workbook: ReadableWorkbook, period: Period, timeZone: string): JournalEvidence[] =>
  listStandingImports(workbook, period.periodId).map((row) => {
    const summary = parseKeptSummary(row);
    const systems = summary?.systems ?? (row.system === null ? [] : [row.system]);
    return {
      system: systems.map((system) => TRUTH_SYSTEM_WORDS[system]).join(', ') || row.source,
      kind: row.kind.replaceAll('_', ' '),
      file: row.file_name,
      sha256: row.sha256,
      importedAt: formatInstant(row.imported_instant, timeZone),
      importedBy: row.imported_by,
      rowsRead: row.rows_read,
      rowsAccepted: row.rows_accepted,
      rowsRejected: row.rows_quarantined,
      rowsPassedOver: row.rows_ignored,
      controlTotals: (summary?.controlTotals ?? []).map(({ header, sum }) => `${header} ${sum}`).join('; '),
    };
  });

/** The attachments of the journal's lines that were not withdrawn. */
export const attachmentRows = (workbook: ReadableWorkbook, period: Period, stockKeyIds: readonly number[]): JournalAttachment[] =>
  workbook.all<JournalAttachment>(
    `SELECT i.sku, o.code AS location, a.file_name AS file, a.sha256, f.byte_length AS byteLength, a.added_by AS addedBy, a.said
     FROM attachments a JOIN attached_files f USING (sha256) JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations o USING (location_id)
     WHERE a.period_id = ? AND a.withdrawn_instant IS NULL AND a.stock_key_id IN (SELECT value FROM json_each(?)) ORDER BY i.sku, o.code, a.attachment_id`,
    period.periodId, JSON.stringify(stockKeyIds),
  );
