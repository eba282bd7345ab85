/**
 * The look of a sheet on screen and on paper: type, rules, number places, page set-up. Journals, count sheets and reports.
 *
 * Black on white, thin rules, one family: a working paper to file. What the sheets say is in the sheet files.
 */
import type ExcelJS from 'exceljs';
import type { JournalWorkbookContent, PaperFormat } from '@shared/domain/journal-workbook';
import { pageText } from './cell-text';

const FAMILY = 'Calibri';
const BLACK = { argb: 'FF000000' };
const QUIET = { argb: 'FF595959' };
const RULE = { argb: 'FFBFBFBF' };

type Style = Partial<ExcelJS.Style>;
/** `after-number`: text that keeps a distance from the numbers in the column before it. */
export type Horizontal = 'left' | 'right' | 'after-number';

const rule = (style: ExcelJS.BorderStyle, color = BLACK): Partial<ExcelJS.Border> => ({ style, color });

export const DATE_FORMAT = 'yyyy-mm-dd hh:mm:ss';

export const COMPANY: Style = { font: { name: FAMILY, size: 14, bold: true }, alignment: { vertical: 'middle' } };
export const TITLE: Style = { font: { name: FAMILY, size: 11, bold: true }, alignment: { vertical: 'middle' } };
export const LABEL: Style = { font: { name: FAMILY, size: 10, color: QUIET }, alignment: { vertical: 'middle' } };
export const VALUE: Style = {
  font: { name: FAMILY, size: 10 },
  alignment: { horizontal: 'left', vertical: 'middle' },
};
export const WRAPPED_VALUE: Style = { ...VALUE, alignment: { horizontal: 'left', vertical: 'middle', wrapText: true } };
export const DATE_VALUE: Style = { ...VALUE, numFmt: DATE_FORMAT };
export const NOTE: Style = {
  font: { name: FAMILY, size: 9, color: QUIET },
  alignment: { horizontal: 'left', vertical: 'middle', wrapText: true },
};
export const SECTION: Style = {
  font: { name: FAMILY, size: 10, bold: true },
  alignment: { vertical: 'bottom' },
  border: { bottom: rule('thin') },
};

export function valueWithFormat(numFmt: string): Style {
  return { ...VALUE, numFmt };
}

function aligned(horizontal: Horizontal): Partial<ExcelJS.Alignment> {
  if (horizontal === 'after-number') return { horizontal: 'left', vertical: 'middle', indent: 1 };
  return { horizontal, vertical: 'middle' };
}

export function headingStyle(horizontal: Horizontal): Style {
  return {
    font: { name: FAMILY, size: 10, bold: true },
    alignment: { ...aligned(horizontal), vertical: 'bottom', wrapText: true },
    border: { top: rule('thin'), bottom: rule('thin') },
  };
}

export function bodyStyle(
  horizontal: Horizontal,
  options: { readonly wrap?: boolean; readonly numFmt?: string } = {},
): Style {
  return {
    font: { name: FAMILY, size: 10 },
    alignment: { ...aligned(horizontal), ...(options.wrap ? { wrapText: true } : {}) },
    border: { bottom: rule('hair', RULE) },
    ...(options.numFmt === undefined ? {} : { numFmt: options.numFmt }),
  };
}

/** An unknown value: in words, in grey, never blank and never 0. */
export function unknownStyle(): Style {
  return {
    font: { name: FAMILY, size: 10, italic: true, color: QUIET },
    alignment: aligned('right'),
    border: { bottom: rule('hair', RULE) },
  };
}

/** A single rule above and a double rule below, as totals have them on paper. */
export function totalStyle(horizontal: Horizontal, numFmt?: string): Style {
  return {
    font: { name: FAMILY, size: 10, bold: true },
    alignment: aligned(horizontal),
    border: { top: rule('thin'), bottom: rule('double') },
    ...(numFmt === undefined ? {} : { numFmt }),
  };
}

/** A single rule above: part of what stands over it, added up. */
export function subtotalStyle(horizontal: Horizontal, numFmt?: string): Style {
  return {
    font: { name: FAMILY, size: 10, bold: true },
    alignment: aligned(horizontal),
    border: { top: rule('hair'), bottom: rule('hair', RULE) },
    ...(numFmt === undefined ? {} : { numFmt }),
  };
}

/** Over several columns that belong together; each of them has the style, the first the text. */
export const GROUP: Style = {
  font: { name: FAMILY, size: 10, bold: true },
  alignment: { horizontal: 'centerContinuous', vertical: 'middle' },
  border: { top: rule('thin') },
};

/** What nobody may overlook. */
export const WARNING: Style = {
  font: { name: FAMILY, size: 10, bold: true, color: { argb: 'FFB0241C' } },
  alignment: { horizontal: 'left', vertical: 'middle' },
};

export function checkStyle(horizontal: Horizontal, numFmt?: string): Style {
  return {
    font: { name: FAMILY, size: 10 },
    alignment: aligned(horizontal),
    ...(numFmt === undefined ? {} : { numFmt }),
  };
}

const LINE_POINTS = 13;
const ROW_PADDING_POINTS = 3;
/** A column's unit is a digit of the 11 point default font, half an em; the body is 10 point. A little is kept free. */
const EM_PER_WIDTH = (0.507 * 11) / 10 / 1.03;

/** Advance widths of Calibri in ems, by group of characters; rounded up. */
function emsOf(character: string): number {
  if (/[ijl.,:;'|!]/.test(character)) return 0.26;
  if (/[ ftr()[\]"/-]/.test(character)) return 0.34;
  if (/[mwMW@%]/.test(character)) return 0.86;
  if (/[A-Z]/.test(character)) return 0.6;
  return character < '\u0250' ? 0.52 : 1;
}

function widthOf(text: string): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems / EM_PER_WIDTH;
}

/** How many lines a text takes in a column, wrapped at words. */
export function wrappedLines(text: string, width: number): number {
  const space = widthOf(' ');
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    lines += 1;
    let used = 0;
    for (const word of paragraph.split(' ')) {
      const needed = widthOf(word);
      if (used === 0 || used + space + needed <= width) {
        used += (used === 0 ? 0 : space) + needed;
      } else {
        lines += 1;
        used = needed;
      }
      while (used > width) {
        lines += 1;
        used -= width;
      }
    }
  }
  return lines;
}

/** The height of a row with so many lines; stated in the file, since not every reader works it out. */
export function rowPoints(lines: number): number {
  return Math.min(409, Math.max(1, lines) * LINE_POINTS + ROW_PADDING_POINTS);
}

/** ECMA-376 part 1, 18.18.50: the numbers of the paper sizes. */
export const PAPER_SIZES = { a4: 9, letter: 1 } as const;

export interface PageOptions {
  readonly orientation: 'landscape' | 'portrait';
  /** The row of column headings, repeated on each printed page; rows above it stay in view on screen. */
  readonly headingRow?: number;
  /** The first row that is repeated, where it is not the headings' own. */
  readonly repeatedFrom?: number;
  /** Columns that stay in view on screen. */
  readonly frozenColumns?: number;
}

/** What stands in the header and the footer of every page. */
export interface PageHead {
  readonly paper: PaperFormat;
  readonly company: string;
  readonly period: string;
  /** At the foot: what the pages are part of. */
  readonly document: string;
}

/** The head of a journal's pages. */
export const journalHead = ({ paper, header }: JournalWorkbookContent): PageHead => ({
  paper, company: header.company, period: header.period, document: header.journalNumber,
});

/** What a sheet is made with: page, view, header and footer. */
export function sheetOptions({ paper, company, period, document }: PageHead, sheet: string, page: PageOptions) {
  const { headingRow, frozenColumns, repeatedFrom } = page;
  return {
    properties: { defaultRowHeight: 15, dyDescent: 0.25 } as ExcelJS.WorksheetProperties,
    pageSetup: {
      paperSize: PAPER_SIZES[paper] as ExcelJS.PaperSize,
      orientation: page.orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.8, bottom: 0.7, header: 0.35, footer: 0.35 },
      ...(headingRow === undefined ? {} : { printTitlesRow: `${repeatedFrom ?? headingRow}:${headingRow}` }),
    },
    headerFooter: {
      oddHeader: `&L&8${spaced(pageText(company))}&C&8${spaced(sheet)}&R&8${spaced(pageText(period))}`,
      oddFooter: `&L&8${spaced(pageText(document))}&R&8 Page &P of &N`,
    },
    views: [
      {
        showGridLines: false,
        ...(headingRow === undefined
          ? { state: 'normal' }
          : { state: 'frozen', xSplit: frozenColumns ?? 0, ySplit: headingRow }),
      } as ExcelJS.WorksheetView,
    ],
  };
}

/** A space after the font size, so that a text that starts with a digit does not become part of it. */
export function spaced(text: string): string {
  return ` ${text}`;
}
