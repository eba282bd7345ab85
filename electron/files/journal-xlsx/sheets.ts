/**
 * The three sheets that are tables: the journal, the variance lines behind it, the summary by reason.
 */
import type ExcelJS from 'exceljs';
import type {
  JournalReasonSummary,
  JournalSupportingLine,
  JournalWorkbookContent,
  JournalWorkbookLine,
} from '@shared/domain/journal-workbook';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import { differenceOf, numberFormat, sumOf } from './decimal-cells';
import { checkStyle, journalHead, NOTE, sheetOptions } from './paper';
import { addFilter, exactNumber, setWidths, writeTable, type Column, type WrittenTable } from './table';
import { cutOffDate, journalTitle, preparedDate, writeTitleBlock } from './title-block';

export const JOURNAL_SHEET = 'Journal';
export const VARIANCE_SHEET = 'Variance lines';
export const REASON_SHEET = 'Reason summary';

type Workbook = ExcelJS.stream.xlsx.WorkbookWriter;

/** Cells of the journal that other sheets refer to, with the values that they show. */
export interface JournalTotals {
  readonly debitCell: string;
  readonly creditCell: string;
  readonly differenceCell: string;
  readonly debit: string;
  readonly credit: string;
  readonly difference: string;
}

function journalColumns(content: JournalWorkbookContent): Column<JournalWorkbookLine>[] {
  const { currency, currencyMinorDigits: digits } = content.header;
  const amount = { kind: 'decimal', placesMin: digits, zero: 'zero', absent: 'blank', total: true } as const;
  return [
    { kind: 'whole', heading: 'Line', width: 6, value: (line) => line.lineNumber },
    { kind: 'text', heading: 'Account', width: 11, value: (line) => line.accountCode },
    { kind: 'text', heading: 'Account name', width: 31, wrap: true, value: (line) => line.accountName },
    { ...amount, heading: `Debit ${currency}`, width: 16, value: (line) => line.debit },
    { ...amount, heading: `Credit ${currency}`, width: 19, value: (line) => line.credit },
    { kind: 'text', heading: 'Reason', width: 18, wrap: true, value: (line) => line.reasonCode },
    { kind: 'text', heading: 'Location', width: 16, value: (line) => line.location },
    { kind: 'text', heading: 'Memo', width: 50, wrap: true, value: (line) => line.memo },
    {
      ...amount,
      heading: `Exact amount ${currency}`,
      width: 16,
      longAsText: true,
      value: (line) => line.exactAmount,
    },
    {
      ...amount,
      heading: 'Rounding difference',
      width: 13,
      zero: 'dash',
      longAsText: true,
      value: (line) => line.roundingDifference,
    },
    { kind: 'text', heading: 'Account chosen by', width: 34, wrap: true, value: (line) => line.accountRule },
  ];
}

const DEBIT_COLUMN = 'D';
const CREDIT_COLUMN = 'E';

/** Debits less credits as a formula, and the verdict in words; rounded, since Excel adds binary fractions. */
function writeBalanceCheck(
  worksheet: ExcelJS.Worksheet,
  content: JournalWorkbookContent,
  table: WrittenTable,
): JournalTotals {
  const digits = content.header.currencyMinorDigits;
  const format = numberFormat(digits, 'zero');
  const debit = sumOf(content.lines.map((line) => line.debit));
  const credit = sumOf(content.lines.map((line) => line.credit));
  const difference = differenceOf(debit, credit);
  const checkRow = table.totalRow + 1;
  const debitCell = `${DEBIT_COLUMN}${table.totalRow}`;
  const creditCell = `${CREDIT_COLUMN}${table.totalRow}`;
  const differenceCell = `${DEBIT_COLUMN}${checkRow}`;

  const row = worksheet.getRow(checkRow);
  row.getCell(1).value = 'Balance check: debits less credits';
  row.getCell(1).style = checkStyle('left');
  const result = exactNumber(JOURNAL_SHEET, differenceCell, difference);
  row.getCell(DEBIT_COLUMN).value = { formula: `ROUND(${debitCell}-${creditCell},${digits})`, result };
  row.getCell(DEBIT_COLUMN).style = checkStyle('right', format);
  row.getCell(CREDIT_COLUMN).value = {
    formula: `IF(${differenceCell}=0,"balanced","out of balance")`,
    result: result === 0 ? 'balanced' : 'out of balance',
  };
  row.getCell(CREDIT_COLUMN).style = checkStyle('right');
  row.commit();
  return { debitCell, creditCell, differenceCell, debit, credit, difference };
}

function writeTextNotice(worksheet: ExcelJS.Worksheet, rowNumber: number, decimalsAsText: number): void {
  if (decimalsAsText === 0) return;
  const cell = worksheet.getRow(rowNumber).getCell(1);
  const values = decimalsAsText === 1 ? '1 value has' : `${decimalsAsText} values have`;
  cell.value = `${values} more than 15 significant digits, which an Excel number cannot hold, and stand as exact text.`;
  cell.style = { ...NOTE, alignment: { horizontal: 'left', vertical: 'top' } };
  worksheet.getRow(rowNumber).commit();
}

/** Adds the sheet "Journal". */
export async function addJournalSheet(workbook: Workbook, content: JournalWorkbookContent): Promise<JournalTotals> {
  const { header, signOff } = content;
  const columns = journalColumns(content);
  const headingRow = 8;
  const options = sheetOptions(journalHead(content), JOURNAL_SHEET, { orientation: 'landscape', headingRow });
  const worksheet = workbook.addWorksheet(JOURNAL_SHEET, options);
  setWidths(
    worksheet,
    columns.map(({ width }) => width),
  );
  writeTitleBlock(
    worksheet,
    header.company,
    journalTitle(header),
    [
      [1, 3],
      [4, 5],
      [7, 8],
      [9, 11],
    ],
    [
      [
        ['Journal number', header.journalNumber],
        ['Kind', header.kind],
        ['Status', header.status],
        ['Currency', header.currency],
      ],
      [
        ['Period', header.period],
        ['Cut-off', cutOffDate(header)],
        ['Time zone', header.timeZone],
        ['Variance lines', content.supportingLines.length],
      ],
      [
        ['Prepared by', signOff.preparer.name],
        ['Prepared at', preparedDate(header)],
        ['Approver', signOff.approver?.name ?? (signOff.noSecondPerson === null ? 'not named' : NO_SECOND_PERSON)],
        ['Journal lines', content.lines.length],
      ],
      [
        ['Version', header.version],
        ['Booked on', header.bookingDay],
        ['Reverses', header.reverses ?? 'nothing'],
        ['Rounding', `${header.rounding}; moved ${header.roundingTotal}`],
      ],
    ],
  );
  const table = await writeTable(worksheet, columns, content.lines, headingRow);
  const totals = writeBalanceCheck(worksheet, content, table);
  writeTextNotice(worksheet, table.totalRow + 3, table.decimalsAsText);
  addFilter(worksheet, table, columns.length);
  worksheet.commit();
  return totals;
}

function varianceColumns(content: JournalWorkbookContent): Column<JournalSupportingLine>[] {
  const { currency, currencyMinorDigits: digits } = content.header;
  const component = { kind: 'decimal', placesMin: 0, width: 9.5, zero: 'dash', absent: 'blank', total: true } as const;
  return [
    { kind: 'text', heading: 'SKU', width: 15, value: (line) => line.sku },
    { kind: 'text', heading: 'Item', width: 30, wrap: true, value: (line) => line.itemName },
    { kind: 'text', heading: 'Location', width: 13, wrap: true, value: (line) => line.location },
    { kind: 'text', heading: 'Tier', width: 5, value: (line) => line.tier },
    { kind: 'text', heading: 'Reason', width: 20, wrap: true, value: (line) => line.reasonCode },
    { kind: 'text', heading: 'Owner', width: 12, wrap: true, value: (line) => line.owner },
    { ...component, heading: 'Count variance', zero: 'zero', absent: 'unknown', value: (line) => line.countVariance },
    { ...component, heading: 'Timing', value: (line) => line.timing },
    { ...component, heading: 'Alignment', value: (line) => line.alignment },
    { ...component, heading: 'Physical', value: (line) => line.physical },
    { ...component, heading: 'Unex-\nplained', value: (line) => line.unexplained },
    { ...component, heading: 'Adjust-\nment', zero: 'zero', value: (line) => line.adjustmentQuantity },
    {
      kind: 'decimal',
      heading: `Unit cost ${currency}`,
      width: 12,
      placesMin: digits,
      zero: 'zero',
      absent: 'unknown',
      value: (line) => line.unitCost,
    },
    {
      kind: 'decimal',
      heading: `Exact value ${currency}`,
      width: 15,
      placesMin: digits,
      zero: 'zero',
      absent: 'unknown',
      longAsText: true,
      total: true,
      value: (line) => line.exactValue,
    },
    { kind: 'text', heading: 'Documents', width: 26, wrap: true, value: (line) => line.documents.join(', ') },
    { kind: 'text', heading: 'Note', width: 36, wrap: true, value: (line) => line.note },
  ];
}

/** Adds the sheet "Variance lines". */
export async function addVarianceSheet(workbook: Workbook, content: JournalWorkbookContent): Promise<void> {
  const { header } = content;
  const columns = varianceColumns(content);
  const headingRow = 6;
  const options = sheetOptions(journalHead(content), VARIANCE_SHEET, { orientation: 'landscape', headingRow, frozenColumns: 1 });
  const worksheet = workbook.addWorksheet(VARIANCE_SHEET, options);
  setWidths(
    worksheet,
    columns.map(({ width }) => width),
  );
  writeTitleBlock(
    worksheet,
    header.company,
    `Variance lines behind ${header.journalNumber}`,
    [
      [1, 2],
      [3, 5],
    ],
    [
      [
        ['Period', header.period],
        ['Cut-off', cutOffDate(header)],
      ],
      [
        ['Lines', content.supportingLines.length],
        ['Time zone', header.timeZone],
      ],
    ],
  );
  const table = await writeTable(worksheet, columns, content.supportingLines, headingRow);
  writeTextNotice(worksheet, table.totalRow + 2, table.decimalsAsText);
  addFilter(worksheet, table, columns.length);
  worksheet.commit();
}

/** Adds the sheet "Reason summary". */
export async function addReasonSheet(workbook: Workbook, content: JournalWorkbookContent): Promise<void> {
  const { header } = content;
  const { currency, currencyMinorDigits: digits } = header;
  const amount = { kind: 'decimal', placesMin: digits, width: 18, zero: 'dash', absent: 'blank', total: true } as const;
  const columns: Column<JournalReasonSummary>[] = [
    { kind: 'text', heading: 'Reason', width: 26, value: (reason) => reason.reasonCode },
    { kind: 'text', heading: 'Name', width: 42, wrap: true, value: (reason) => reason.name },
    { kind: 'text', heading: 'Class', width: 16, value: (reason) => reason.class },
    { kind: 'whole', heading: 'Lines', width: 10, total: true, value: (reason) => reason.lines },
    { ...amount, heading: 'Quantity', width: 14, placesMin: 0, zero: 'zero', value: (reason) => reason.quantity },
    { ...amount, heading: `Debit ${currency}`, value: (reason) => reason.debit },
    { ...amount, heading: `Credit ${currency}`, value: (reason) => reason.credit },
  ];
  const headingRow = 6;
  const options = sheetOptions(journalHead(content), REASON_SHEET, { orientation: 'landscape', headingRow });
  const worksheet = workbook.addWorksheet(REASON_SHEET, options);
  setWidths(
    worksheet,
    columns.map(({ width }) => width),
  );
  writeTitleBlock(
    worksheet,
    header.company,
    `Reasons behind ${header.journalNumber}`,
    [[1, 2]],
    [
      [
        ['Period', header.period],
        ['Cut-off', cutOffDate(header)],
      ],
    ],
  );
  await writeTable(worksheet, columns, content.reasons, headingRow);
  worksheet.commit();
}
