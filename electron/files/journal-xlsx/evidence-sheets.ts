/**
 * The sheets that say what a journal stands on: unit costs, roll-forward, source files, attachments.
 */
import type ExcelJS from 'exceljs';
import type { JournalAttachment, JournalCostRow, JournalEvidence, JournalRollForward, JournalWorkbookContent } from '@shared/domain/journal-workbook';
import { ROLL_FORWARD_COLUMNS, type RollForwardColumn } from '@shared/domain/lines';
import { journalHead, sheetOptions } from './paper';
import { addFilter, type Column, setWidths, writeTable } from './table';
import { cutOffDate, writeTitleBlock } from './title-block';
import { wallClockDate } from './wall-clock';

export const COST_SHEET = 'Unit costs';
export const ROLL_FORWARD_SHEET = 'Roll-forward';
export const SOURCE_SHEET = 'Source files';
export const ATTACHMENT_SHEET = 'Attachments';

type Workbook = ExcelJS.stream.xlsx.WorkbookWriter;

const HEADING_ROW = 6;

/** One table on a sheet of its own: head, filter, printed on its side with the headings on each page. */
async function addTableSheet<Row>(workbook: Workbook, content: JournalWorkbookContent, sheet: string, title: string, columns: readonly Column<Row>[], rows: readonly Row[], hasTotals: boolean): Promise<void> {
  const worksheet = workbook.addWorksheet(sheet, sheetOptions(journalHead(content), sheet, { orientation: 'landscape', headingRow: HEADING_ROW, frozenColumns: 1 }));
  setWidths(worksheet, columns.map(({ width }) => width));
  const { header } = content;
  writeTitleBlock(worksheet, header.company, `${title} ${header.journalNumber}`, [[1, 2]], [[['Period', header.period], ['Cut-off', cutOffDate(header)]]]);
  const table = await writeTable(worksheet, columns, rows, HEADING_ROW, hasTotals ? {} : { withoutTotal: true });
  addFilter(worksheet, table, columns.length);
  worksheet.commit();
}

const COST_COLUMNS: readonly Column<JournalCostRow>[] = [
  { kind: 'text', heading: 'Cost by', width: 24, value: (cost) => cost.owner },
  { kind: 'text', heading: 'File', width: 44, wrap: true, value: (cost) => cost.file },
  { kind: 'text', heading: 'Column', width: 26, wrap: true, value: (cost) => cost.column },
  { kind: 'text', heading: 'Method', width: 18, value: (cost) => cost.method },
  { kind: 'whole', heading: 'Lines', width: 10, total: true, value: (cost) => cost.lines },
];

const TITLES: Readonly<Record<RollForwardColumn, string>> = {
  opening: 'Opening', receipts: 'Receipts', shipments: 'Shipments', returns: 'Returns', transfers: 'Transfers', assembly: 'Assembly',
  adjustments: 'Adjustments', expected: 'Expected closing', reported: 'Reported closing', difference: 'Difference',
};
const ROLL_FORWARD: readonly Column<JournalRollForward>[] = [
  { kind: 'text', heading: 'Location', width: 22, value: (row) => row.location },
  { kind: 'whole', heading: 'Lines', width: 10, total: true, value: (row) => row.lines },
  ...ROLL_FORWARD_COLUMNS.map((column): Column<JournalRollForward> => ({
    kind: 'decimal', heading: TITLES[column], width: 13, placesMin: 0, zero: 'zero', absent: 'unknown', total: true, value: (row) => row.columns[column] ?? null,
  })),
];

const sourceColumns = (timeZone: string): readonly Column<JournalEvidence>[] => [
  { kind: 'text', heading: 'System', width: 18, wrap: true, value: (file) => file.system },
  { kind: 'text', heading: 'Kind', width: 14, value: (file) => file.kind },
  { kind: 'text', heading: 'File', width: 34, wrap: true, value: (file) => file.file },
  { kind: 'text', heading: 'SHA-256', width: 40, wrap: true, value: (file) => `${file.sha256.slice(0, 32)} ${file.sha256.slice(32)}` },
  { kind: 'date', heading: 'Imported at', width: 19, value: (file) => wallClockDate(file.importedAt, timeZone) },
  { kind: 'text', heading: 'Imported by', width: 24, wrap: true, value: (file) => file.importedBy },
  { kind: 'whole', heading: 'Rows in', width: 10, total: true, value: (file) => file.rowsRead },
  { kind: 'whole', heading: 'Accepted', width: 10, total: true, value: (file) => file.rowsAccepted },
  { kind: 'whole', heading: 'Rejected', width: 10, total: true, value: (file) => file.rowsRejected },
  { kind: 'whole', heading: 'Passed over', width: 10, total: true, value: (file) => file.rowsPassedOver },
  { kind: 'text', heading: 'Control totals', width: 34, wrap: true, value: (file) => file.controlTotals },
];

const ATTACHMENT_COLUMNS: readonly Column<JournalAttachment>[] = [
  { kind: 'text', heading: 'SKU', width: 18, value: (file) => file.sku },
  { kind: 'text', heading: 'Location', width: 18, value: (file) => file.location },
  { kind: 'text', heading: 'File', width: 36, wrap: true, value: (file) => file.file },
  { kind: 'text', heading: 'SHA-256', width: 40, wrap: true, value: (file) => `${file.sha256.slice(0, 32)} ${file.sha256.slice(32)}` },
  { kind: 'whole', heading: 'Bytes', width: 12, value: (file) => file.byteLength },
  { kind: 'text', heading: 'Added by', width: 26, wrap: true, value: (file) => file.addedBy },
  { kind: 'text', heading: 'Said', width: 40, wrap: true, value: (file) => file.said },
];

/** Adds the sheets "Unit costs", "Roll-forward", "Source files" and "Attachments". */
export async function addEvidenceSheets(workbook: Workbook, content: JournalWorkbookContent): Promise<void> {
  await addTableSheet(workbook, content, COST_SHEET, 'Unit costs of', COST_COLUMNS, content.costs, true);
  await addTableSheet(workbook, content, ROLL_FORWARD_SHEET, 'Roll-forward in units behind', ROLL_FORWARD, content.rollForward, true);
  await addTableSheet(workbook, content, SOURCE_SHEET, 'Source files behind', sourceColumns(content.header.timeZone), content.evidence, true);
  await addTableSheet(workbook, content, ATTACHMENT_SHEET, 'Attachments of the lines of', ATTACHMENT_COLUMNS, content.attachments, false);
}
