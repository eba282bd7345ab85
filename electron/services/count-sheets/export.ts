/**
 * Writing sheets again that were issued before: a lost print, the other format. Numbers and lines stay as issued.
 */
import path from 'node:path';
import type { PaperFormat } from '@shared/domain/journal-workbook';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { appendAudit } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { countSheetById, printedLines, type CountSheetRow } from '../../workbook/tables/count-sheets';
import { inTransaction } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { findPeriod } from '../periods';
import { saveFile } from '../save-file';
import { sheetBytes, sheetFormat } from './sheet-file';

export interface ExportRequest {
  readonly countSheetIds: readonly number[];
  readonly path: string;
  readonly paper: PaperFormat | null;
}

export interface ExportedSheets {
  readonly path: string;
  readonly sheets: number;
  readonly sha256: string;
  readonly byteLength: number;
}

type ExportFailure = 'format_unknown' | 'sheet_unknown' | 'sheet_void' | 'counts_differ' | 'file_unwritable';

/** Writes issued sheets to a file once more. All of them ask for the same counts, which are its columns. */
export async function exportCountSheets(context: ServiceContext, request: ExportRequest): Promise<Outcome<ExportedSheets, ExportFailure>> {
  const { workbook } = context;
  const format = sheetFormat(request.path);
  if (!format.ok) return format;
  const rows: CountSheetRow[] = [];
  for (const countSheetId of new Set(request.countSheetIds)) {
    const row = countSheetById(workbook, countSheetId);
    if (!row) return refused('sheet_unknown', `There is no count sheet ${countSheetId}. Read the list again.`);
    if (row.void_reason !== null) return refused('sheet_void', `${row.number} is void: ${row.void_reason}. Issue a new sheet instead.`);
    rows.push(row);
  }
  const [first] = rows;
  if (!first) return refused('sheet_unknown', 'No count sheet is out that could be written. Issue one first.');
  const other = rows.find((row) => row.first_count_no !== first.first_count_no || row.period_id !== first.period_id);
  if (other) {
    return refused('counts_differ', `${first.number} begins with count ${first.first_count_no}, ${other.number} with count ${other.first_count_no}: write them to files of their own.`);
  }
  const instant = context.now();
  const bytes = await sheetBytes(workbook, format.value, {
    periodCode: findPeriod(workbook, first.period_id)!.code,
    firstCountNo: first.first_count_no,
    paper: request.paper,
    instant,
    sheets: rows.map((row) => ({ number: row.number, lines: printedLines(workbook, row.count_sheet_id) })),
  });
  const sha256 = sha256Hex(bytes);
  return inTransaction(workbook, (): Outcome<ExportedSheets, ExportFailure> => {
    appendAudit(workbook, {
      atInstant: instant,
      actor: actorText(context.actor),
      action: 'countSheet.export',
      periodId: first.period_id,
      subject: `countSheet:${first.number}`,
      detail: { sheets: rows.map(({ number }) => number), fileName: path.basename(request.path), sha256 },
    });
    const written = saveFile(request.path, bytes);
    return written.ok ? done({ path: request.path, sheets: rows.length, sha256, byteLength: bytes.length }) : written;
  });
}
