/**
 * The way back from a row of a kept file: the lines it stands behind, or what became of it where it stands behind none.
 */
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { LineOfRow, LinesOfRow } from '@shared/domain/row-uses';
import { importById, type ImportRow } from '../../workbook/tables/imports';
import { quarantineRowOf } from '../../workbook/tables/quarantine';
import { type RowUseRow, usesOfRow } from '../../workbook/tables/row-uses';
import type { ReadableWorkbook } from '../../workbook/workbook';

/**
 * @param rowNumber as in the file, counted from 1
 * @returns each line once, with every use of the row; refused where there is no such import
 */
export function linesOfRow(workbook: ReadableWorkbook, importId: number, rowNumber: number): Outcome<LinesOfRow, 'import_unknown'> {
  const row = importById(workbook, importId);
  if (!row) return refused('import_unknown', `There is no import ${importId} in this workbook.`);
  const lines = gathered(usesOfRow(workbook, importId, rowNumber));
  return done({ importId, fileName: row.file_name, rowNumber, lines, whyNone: lines.length > 0 ? '' : whyNone(workbook, row, rowNumber) });
}

/** Uses of one line stand beside each other. */
function gathered(uses: readonly RowUseRow[]): LineOfRow[] {
  const lines: LineOfRow[] = [];
  for (const each of uses) {
    const last = lines.at(-1);
    if (last?.periodId === each.period_id && last.stockKeyId === each.stock_key_id) last.uses.push(each.use);
    else lines.push({ periodId: each.period_id, periodCode: each.period_code, stockKeyId: each.stock_key_id, sku: each.sku, location: each.location, uses: [each.use] });
  }
  return lines;
}

function whyNone(workbook: ReadableWorkbook, row: ImportRow, rowNumber: number): string {
  const named = `Row ${rowNumber} of ${row.file_name}`;
  const bad = quarantineRowOf(workbook, row.import_id, rowNumber);
  if (bad?.state === 'waiting') return `${named} waits in the quarantine: ${QUARANTINE_REASON_WORDS[bad.reason]}. It counts nowhere until it is settled in Map.`;
  if (bad?.state === 'ignored') return `${named} was ignored${bad.settled_note ? `: ${bad.settled_note}` : ''}. It counts nowhere.`;
  if (row.state !== 'standing') return `Import ${row.import_id} is ${row.state}: its rows count nowhere.`;
  return `No line uses row ${rowNumber} of ${row.file_name}: it is the head, was passed over, or its period is not reconciled yet.`;
}
