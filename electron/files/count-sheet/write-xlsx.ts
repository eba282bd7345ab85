/**
 * Count sheets as one Excel file, made to be printed, written on by hand, and typed into afterwards.
 *
 * All sheets stand on one worksheet, each beginning on a page of its own: whoever types a stack of paper in goes
 * straight down one list, finds a line with one search, and sends one table back of which no part can be overlooked.
 * The title, the instruction and the headings repeat on each printed page, each sheet has its number above its lines
 * and on every one of them, so that a page which is cut off or copied still says what it belongs to. Only the cells in
 * which people write can be changed.
 */
import type ExcelJS from 'exceljs';
import { countHeading, countNumbersOf, SHEET_COLUMNS } from '@shared/domain/count-sheet';
import { plural } from '@shared/domain/plural';
import { cellText, pageText } from '../journal-xlsx/cell-text';
import { bodyStyle, COMPANY, headingStyle, NOTE, PAPER_SIZES, spaced, TITLE, type Horizontal } from '../journal-xlsx/paper';
import { columnLetter } from '../journal-xlsx/table';
import type { SheetFileContent, SheetFileLine, SheetFileSheet } from './content';

const HEADING_ROW = 3;
const HEAD_POINTS = [22, 16, 18] as const;
const TITLE_POINTS = 22;
const SIGNATURE_POINTS = 30;
/** Lower rows cannot be written in by hand; higher ones are waste. */
const LINE_POINTS_MIN = 17;
const LINE_POINTS_MAX = 30;
/** Of lines that go over several pages anyway. */
const LINE_POINTS_USUAL = 22;
/** In inches, as the file has them. */
const MARGINS = { left: 0.4, right: 0.4, top: 0.6, bottom: 0.55, header: 0.3, footer: 0.25 };
/** On its long side, in points. */
const PAPER_POINTS = { a4: { width: 842, height: 595 }, letter: { width: 792, height: 612 } } as const;
/** Programs differ a little in how they set a page. */
const PAGE_SHARE = 0.98;
const COUNTED_AT_FORMAT = 'yyyy-mm-dd hh:mm';
const INSTRUCTION =
  'Count what is there and write it beside the line. 0 means that none were there; leave the cell empty where you did not count. ' +
  'Say who counted, and when: date and time.';

const BLACK = { argb: 'FF000000' };
const FONT = { name: 'Calibri', size: 11 };
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
  readonly isNumber?: boolean;
}

const columnsFor = (firstCountNo: number): SheetColumn[] => [
  { heading: SHEET_COLUMNS.sheet, width: 15, printed: (sheet) => sheet.number },
  { heading: SHEET_COLUMNS.line, width: 6, printed: (_sheet, { line }) => line, isNumber: true },
  { heading: SHEET_COLUMNS.location, width: 13, printed: (_sheet, { location }) => location },
  { heading: SHEET_COLUMNS.bin, width: 10, printed: (_sheet, { bin }) => bin },
  { heading: SHEET_COLUMNS.sku, width: 17, printed: (_sheet, { sku }) => sku },
  { heading: SHEET_COLUMNS.item, width: 30, printed: (_sheet, { item }) => item },
  { heading: SHEET_COLUMNS.barcode, width: 15, printed: (_sheet, { barcode }) => barcode },
  { heading: SHEET_COLUMNS.unit, width: 7, printed: (_sheet, { unit }) => unit },
  ...countNumbersOf(firstCountNo).map((countNo) => ({ heading: countHeading(countNo), width: 11, isCount: true })),
  { heading: SHEET_COLUMNS.countedBy, width: 13, format: '@' },
  { heading: SHEET_COLUMNS.countedAt, width: 17, format: COUNTED_AT_FORMAT },
  { heading: SHEET_COLUMNS.note, width: 16, format: '@' },
];

/** A text that is too long is set smaller: half a SKU is none. */
function printedStyle(horizontal: Horizontal): Partial<ExcelJS.Style> {
  const style = bodyStyle(horizontal, horizontal === 'right' ? {} : { numFmt: '@' });
  return { ...style, font: FONT, alignment: { ...style.alignment, shrinkToFit: true } };
}

/** Refuses what is no quantity as it is typed. */
function allowQuantitiesOnly(worksheet: ExcelJS.Worksheet, columns: readonly SheetColumn[], firstRow: number, lastRow: number): void {
  const letters = columns.flatMap((column, index) => (column.isCount ? [columnLetter(index + 1)] : []));
  // exceljs has no type for it: one rule for the whole block, where its own way by cells gives ranges that overlap.
  const { dataValidations } = worksheet as unknown as { dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void } };
  dataValidations.add(`${letters[0]}${firstRow}:${letters.at(-1)}${lastRow}`, {
    type: 'decimal',
    operator: 'greaterThanOrEqual',
    formulae: [0],
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: 'No quantity',
    error: 'Write how many there are: 0 or more. Leave the cell empty where nobody counted.',
  });
}

/**
 * How high a line is: as high as lets the longest sheet stand on one page, within what a hand can write in.
 *
 * A column is 7 pixels a character and 5 beside it, at 0.75 points a pixel (ECMA-376 part 1, 18.3.1.13).
 */
function linePoints(content: SheetFileContent, columns: readonly SheetColumn[]): number {
  const { width, height } = PAPER_POINTS[content.paper];
  const scale = (width - (MARGINS.left + MARGINS.right) * 72) / columns.reduce((sum, column) => sum + (column.width * 7 + 5) * 0.75, 0);
  const usable = ((height - (MARGINS.top + MARGINS.bottom) * 72) / Math.min(1, scale)) * PAGE_SHARE;
  const beside = HEAD_POINTS.reduce((sum, points) => sum + points, 0) + TITLE_POINTS + SIGNATURE_POINTS;
  const linesMost = Math.max(1, ...content.sheets.map(({ lines }) => lines.length));
  const points = Math.floor(((usable - beside) / linesMost) * 4) / 4;
  return points < LINE_POINTS_MIN ? LINE_POINTS_USUAL : Math.min(LINE_POINTS_MAX, points);
}

/** Everything but the sheet's own lines repeats on each page. */
function addHead(worksheet: ExcelJS.Worksheet, content: SheetFileContent, columns: readonly SheetColumn[]): void {
  const texts: readonly [text: string, style: Partial<ExcelJS.Style>][] = [
    [`${content.company}, ${content.firstCountNo > 1 ? 'recount' : 'count'} of ${content.period}`, COMPANY],
    [INSTRUCTION, { ...NOTE, alignment: { horizontal: 'left', vertical: 'top' } }],
  ];
  for (const [index, [text, style]] of texts.entries()) {
    const row = worksheet.getRow(index + 1);
    row.getCell(1).value = cellText(text);
    row.getCell(1).style = style;
    row.height = HEAD_POINTS[index]!;
  }
  const headings = worksheet.getRow(HEADING_ROW);
  for (const [index, column] of columns.entries()) {
    const cell = headings.getCell(index + 1);
    cell.value = column.heading;
    const style = headingStyle(column.isNumber ? 'right' : index > 0 && columns[index - 1]!.isNumber ? 'after-number' : 'left');
    cell.style = column.isCount ? { ...style, alignment: { ...style.alignment, horizontal: 'center' } } : style;
  }
  headings.height = HEAD_POINTS[HEADING_ROW - 1]!;
}

function addTitle(row: ExcelJS.Row, sheet: SheetFileSheet): void {
  row.getCell(1).value = cellText(`Count sheet ${sheet.number}, ${sheet.location}, ${plural(sheet.lines.length, 'line')}`);
  row.getCell(1).style = { ...TITLE, alignment: { vertical: 'bottom' } };
  row.height = TITLE_POINTS;
}

function addLine(worksheet: ExcelJS.Worksheet, rowNumber: number, columns: readonly SheetColumn[], sheet: SheetFileSheet, line: SheetFileLine): void {
  const row = worksheet.getRow(rowNumber);
  for (const [index, column] of columns.entries()) {
    const cell = row.getCell(index + 1);
    if (column.printed) {
      const value = column.printed(sheet, line);
      cell.style = printedStyle(typeof value === 'number' ? 'right' : index > 0 && columns[index - 1]!.isNumber ? 'after-number' : 'left');
      if (value !== '') cell.value = typeof value === 'number' ? value : cellText(value);
      continue;
    }
    cell.style = {
      font: FONT,
      alignment: { horizontal: column.isCount ? 'center' : 'left', vertical: 'middle' },
      border: box,
      protection: { locked: false },
      ...(column.format === undefined ? {} : { numFmt: column.format }),
    };
  }
}

/** Where counter and checker sign for the sheet. */
function addSignatures(row: ExcelJS.Row, columns: readonly SheetColumn[]): void {
  const place = (heading: string) => columns.findIndex((column) => column.heading === heading) + 1;
  const counts = columns.flatMap((column, index) => (column.isCount ? [index + 1] : []));
  row.height = SIGNATURE_POINTS;
  const label = (column: number, text: string) => {
    row.getCell(column).value = text;
    row.getCell(column).style = { font: FONT, alignment: { horizontal: 'left', vertical: 'bottom' } };
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
  // Loaded with the first file: it is half of the program, and no window waits for it at its start.
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.Workbook();
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
      margins: MARGINS,
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
  const points = linePoints(content, columns);
  let rowNumber = HEADING_ROW;
  for (const sheet of content.sheets) {
    addTitle(worksheet.getRow((rowNumber += 1)), sheet);
    const firstRow = rowNumber + 1;
    for (const line of sheet.lines) {
      addLine(worksheet, (rowNumber += 1), columns, sheet, line);
      worksheet.getRow(rowNumber).height = points;
    }
    allowQuantitiesOnly(worksheet, columns, firstRow, rowNumber);
    const signatures = worksheet.getRow((rowNumber += 1));
    addSignatures(signatures, columns);
    if (sheet !== last) signatures.addPageBreak();
  }
  worksheet.pageSetup.printArea = `A1:${columnLetter(columns.length)}${rowNumber}`;
  // Without a password: it keeps the fingers off the printed cells, and nothing from whoever wants to see.
  await worksheet.protect('', { formatColumns: true, formatRows: true, selectLockedCells: true, selectUnlockedCells: true });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
