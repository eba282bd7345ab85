/**
 * Count sheets as one Excel file, made to be printed, written on by hand, and typed into afterwards.
 *
 * All sheets stand on one worksheet, each beginning on a page of its own: whoever types a stack of paper in goes
 * straight down one list, finds a line with one search, and sends one table back of which no part can be overlooked.
 * The title, the instruction and the headings repeat on each printed page, each sheet has its number above its lines
 * and on every one of them, so that a page which is cut off or copied still says what it belongs to. Only the cells in
 * which people write can be changed.
 */
import ExcelJS from 'exceljs';
import { countHeading, countNumbersOf, SHEET_COLUMNS, sheetHeader } from '@shared/domain/count-sheet';
import { plural } from '@shared/domain/plural';
import { cellText, pageText } from '../journal-xlsx/cell-text';
import { bodyStyle, COMPANY, headingStyle, NOTE, PAPER_SIZES, spaced, TITLE } from '../journal-xlsx/paper';
import type { SheetFileContent, SheetFileLine, SheetFileSheet } from './content';

const HEADING_ROW = 4;
/** High enough to write a figure by hand. */
const LINE_POINTS = 22;
const SIGNATURE_POINTS = 34;
const COUNTED_AT_FORMAT = 'yyyy-mm-dd hh:mm';
const INSTRUCTION =
  'Count what is there and write it beside the line. 0 means that none were there; leave the cell empty where you did not count. ' +
  'Say who counted, and when: date and time.';

const BLACK = { argb: 'FF000000' };
const box: Partial<ExcelJS.Borders> = Object.fromEntries(
  ['top', 'bottom', 'left', 'right'].map((side) => [side, { style: 'thin', color: BLACK }]),
);

interface SheetColumn {
  readonly heading: string;
  readonly width: number;
  /** What is printed; undefined where people write. */
  readonly printed?: (sheet: SheetFileSheet, line: SheetFileLine) => string | number;
  readonly format?: string;
  readonly isCount?: boolean;
}

const columnsFor = (firstCountNo: number): SheetColumn[] => [
  { heading: SHEET_COLUMNS.sheet, width: 16, printed: (sheet) => sheet.number },
  { heading: SHEET_COLUMNS.line, width: 6, printed: (_sheet, { line }) => line },
  { heading: SHEET_COLUMNS.location, width: 14, printed: (_sheet, { location }) => location },
  { heading: SHEET_COLUMNS.bin, width: 10, printed: (_sheet, { bin }) => bin },
  { heading: SHEET_COLUMNS.sku, width: 18, printed: (_sheet, { sku }) => sku },
  { heading: SHEET_COLUMNS.item, width: 32, printed: (_sheet, { item }) => item },
  { heading: SHEET_COLUMNS.barcode, width: 16, printed: (_sheet, { barcode }) => barcode },
  { heading: SHEET_COLUMNS.unit, width: 7, printed: (_sheet, { unit }) => unit },
  ...countNumbersOf(firstCountNo).map((countNo) => ({ heading: countHeading(countNo), width: 12, isCount: true })),
  { heading: SHEET_COLUMNS.countedBy, width: 14, format: '@' },
  { heading: SHEET_COLUMNS.countedAt, width: 17, format: COUNTED_AT_FORMAT },
  { heading: SHEET_COLUMNS.note, width: 20, format: '@' },
];

/** Everything but the sheet's own lines repeats on each page. */
function addHead(worksheet: ExcelJS.Worksheet, content: SheetFileContent, columns: readonly SheetColumn[]): void {
  const texts: readonly [text: string, style: Partial<ExcelJS.Style>, points: number][] = [
    [content.company, COMPANY, 21],
    [`Count sheets, ${content.period}${content.firstCountNo > 1 ? ', recount' : ''}`, TITLE, 18],
    [INSTRUCTION, { ...NOTE, alignment: { horizontal: 'left', vertical: 'top' } }, 18],
  ];
  for (const [index, [text, style, points]] of texts.entries()) {
    const row = worksheet.getRow(index + 1);
    row.getCell(1).value = cellText(text);
    row.getCell(1).style = style;
    row.height = points;
  }
  const headings = worksheet.getRow(HEADING_ROW);
  for (const [index, column] of columns.entries()) {
    const cell = headings.getCell(index + 1);
    cell.value = column.heading;
    cell.style = headingStyle(column.isCount === true || column.heading === SHEET_COLUMNS.line ? 'right' : 'left');
  }
  headings.height = 20;
}

function addTitle(row: ExcelJS.Row, sheet: SheetFileSheet): void {
  row.getCell(1).value = cellText(`Count sheet ${sheet.number}, ${sheet.location}, ${plural(sheet.lines.length, 'line')}`);
  row.getCell(1).style = { ...TITLE, alignment: { vertical: 'bottom' } };
  row.height = 24;
}

function addLine(worksheet: ExcelJS.Worksheet, rowNumber: number, columns: readonly SheetColumn[], sheet: SheetFileSheet, line: SheetFileLine): void {
  const row = worksheet.getRow(rowNumber);
  row.height = LINE_POINTS;
  for (const [index, column] of columns.entries()) {
    const cell = row.getCell(index + 1);
    if (column.printed) {
      const value = column.printed(sheet, line);
      cell.style = typeof value === 'number' ? bodyStyle('right') : bodyStyle('left', { numFmt: '@' });
      if (value !== '') cell.value = typeof value === 'number' ? value : cellText(value);
      continue;
    }
    cell.style = {
      font: { name: 'Calibri', size: 10 },
      alignment: { horizontal: column.isCount ? 'right' : 'left', vertical: 'middle' },
      border: box,
      protection: { locked: false },
      ...(column.format === undefined ? {} : { numFmt: column.format }),
    };
    if (column.isCount) {
      cell.dataValidation = {
        type: 'decimal',
        operator: 'greaterThanOrEqual',
        formulae: [0],
        allowBlank: true,
        showErrorMessage: true,
        errorStyle: 'stop',
        errorTitle: 'No quantity',
        error: 'Write how many there are: 0 or more. Leave the cell empty where nobody counted.',
      };
    }
  }
}

/** Where counter and checker sign for the sheet. */
function addSignatures(row: ExcelJS.Row, columns: readonly SheetColumn[]): void {
  const place = (heading: string) => columns.findIndex((column) => column.heading === heading) + 1;
  const counts = columns.flatMap((column, index) => (column.isCount ? [index + 1] : []));
  row.height = SIGNATURE_POINTS;
  const label = (column: number, text: string) => {
    row.getCell(column).value = text;
    row.getCell(column).style = { font: { name: 'Calibri', size: 10 }, alignment: { horizontal: 'left', vertical: 'bottom' } };
  };
  const blank = (column: number) => {
    row.getCell(column).style = { border: { bottom: { style: 'thin', color: BLACK } }, protection: { locked: false } };
  };
  label(1, 'Signatures');
  label(place(SHEET_COLUMNS.bin), 'Counter');
  blank(place(SHEET_COLUMNS.item));
  row.getCell(place(SHEET_COLUMNS.sku)).style = { border: { bottom: { style: 'thin', color: BLACK } } };
  label(place(SHEET_COLUMNS.unit), 'Checker');
  for (const column of [...counts, place(SHEET_COLUMNS.countedBy)]) blank(column);
  label(place(SHEET_COLUMNS.countedAt), 'Date and time');
  blank(place(SHEET_COLUMNS.note));
}

/** The bytes of the file. */
export async function writeSheetXlsx(content: SheetFileContent): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Tieout';
  workbook.lastModifiedBy = 'Tieout';
  workbook.created = new Date(content.issuedInstant);
  workbook.modified = workbook.created;
  const columns = columnsFor(content.firstCountNo);
  const [first, last] = [content.sheets[0], content.sheets.at(-1)];
  const numbers = first && last && first !== last ? `${first.number} to ${last.number}` : (first?.number ?? '');
  const worksheet = workbook.addWorksheet('Count sheets', {
    pageSetup: {
      paperSize: PAPER_SIZES[content.paper] as ExcelJS.PaperSize,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.7, bottom: 0.6, header: 0.3, footer: 0.3 },
      printTitlesRow: `1:${HEADING_ROW}`,
    },
    headerFooter: {
      oddHeader: `&L&8${spaced(pageText(content.company))}&R&8${spaced(pageText(numbers))}`,
      oddFooter: `&L&8${spaced(pageText(`Blind count, ${content.period}`))}&R&8 Page &P of &N`,
    },
    views: [{ showGridLines: false, state: 'frozen', xSplit: 0, ySplit: HEADING_ROW }],
  });
  worksheet.columns = columns.map(({ width }) => ({ width }));
  addHead(worksheet, content, columns);
  let rowNumber = HEADING_ROW;
  for (const sheet of content.sheets) {
    addTitle(worksheet.getRow((rowNumber += 1)), sheet);
    for (const line of sheet.lines) addLine(worksheet, (rowNumber += 1), columns, sheet, line);
    const signatures = worksheet.getRow((rowNumber += 1));
    addSignatures(signatures, columns);
    if (sheet !== last) signatures.addPageBreak();
  }
  worksheet.pageSetup.printArea = `A1:${worksheet.getColumn(sheetHeader(content.firstCountNo).length).letter}${rowNumber}`;
  // Without a password: it keeps the fingers off the printed cells, and nothing from whoever wants to see.
  await worksheet.protect('', { formatColumns: true, formatRows: true, selectLockedCells: true, selectUnlockedCells: true });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
