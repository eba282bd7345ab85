/**
 * The file of count sheets: its format by its name, and its bytes.
 */
import path from 'node:path';
import { monthName } from '@shared/domain/instant';
import type { PaperFormat } from '@shared/domain/journal-workbook';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { SheetFileLine } from '../../files/count-sheet/content';
import { writeSheetCsv } from '../../files/count-sheet/write-csv';
import { writeSheetXlsx } from '../../files/count-sheet/write-xlsx';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { usualPaper } from '../paper';
import { workbookRow } from '../workbooks';

type SheetFormat = 'xlsx' | 'csv';

/** Which format a file name asks for. */
export function sheetFormat(target: string): Outcome<SheetFormat, 'format_unknown'> {
  const extension = path.extname(target).toLowerCase();
  if (extension === '.xlsx' || extension === '.csv') return done(extension === '.csv' ? 'csv' : 'xlsx');
  return refused('format_unknown', `${target} is neither .xlsx nor .csv. Count sheets are written as one of these.`);
}

export interface SheetsToWrite {
  readonly periodCode: string;
  readonly firstCountNo: number;
  /** null: what people of the workbook's time zone print on. */
  readonly paper: PaperFormat | null;
  readonly instant: number;
  /** Each of one location. */
  readonly sheets: readonly { readonly number: string; readonly lines: readonly SheetFileLine[] }[];
}

/** The bytes of a file of these sheets. Of a line only what is named here is passed on: whatever else is known of it stays behind. */
export async function sheetBytes(workbook: ReadableWorkbook, format: SheetFormat, { periodCode, firstCountNo, paper, instant, sheets }: SheetsToWrite): Promise<Uint8Array> {
  const { company, time_zone: timeZone } = workbookRow(workbook);
  const content = {
    company,
    period: monthName(periodCode),
    firstCountNo,
    paper: paper ?? usualPaper(timeZone),
    issuedInstant: instant,
    sheets: sheets.map(({ number, lines }) => ({
      number,
      location: lines[0]!.location,
      lines: lines.map(({ line, location, bin, sku, item, barcode, unit }) => ({ line, location, bin, sku, item, barcode, unit })),
    })),
  };
  return format === 'csv' ? writeSheetCsv(content) : writeSheetXlsx(content);
}
