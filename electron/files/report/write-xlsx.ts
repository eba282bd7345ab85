/**
 * A report as an Excel workbook: a sheet per section, each with what the report stands for at its head.
 *
 * Figures are numbers, texts are texts whatever they look like, totals are formulas with their results. Rows are written as
 * a stream, so that a million of them need no more memory than the report itself.
 */
import type ExcelJS from 'exceljs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { formatInstant, formatInstantUtc } from '@shared/domain/instant';
import type { PaperFormat } from '@shared/domain/journal-workbook';
import { minorDigits } from '@shared/domain/money';
import { plainCell, STALE_WORDS, type Report, type ReportColumn, type ReportRow, type ReportSection } from '@shared/domain/report';
import { cellText } from '../journal-xlsx/cell-text';
import { GROUP, NOTE, rowPoints, sheetOptions, WARNING, wrappedLines } from '../journal-xlsx/paper';
import { addFilter, setWidths, writeTable, type Column } from '../journal-xlsx/table';
import { writeTitleBlock, type Fact } from '../journal-xlsx/title-block';
import { wallClockDate } from '../journal-xlsx/wall-clock';

/** In characters; a text's own length decides between the two ends. */
const WIDTH = { text: [9, 34], wide: [18, 46], count: [9, 12], quantity: [11, 15], amount: [13, 17], percent: [10, 10], days: [8, 8], instant: [19, 19] } as const;
/** How many rows are looked at for the width of a column. */
const ROWS_MEASURED = 300;
const SHEET_NAME_MAX = 31;

/** A section's title up to its first comma, without what no sheet may be called. */
const sheetName = ({ title }: ReportSection): string => title.split(',')[0]!.replace(/[[\]:*?/\\]/g, ' ').slice(0, SHEET_NAME_MAX);

function widthOf(column: ReportColumn, index: number, section: ReportSection): number {
  const [least, most] = WIDTH[column.kind === 'text' && column.wide ? 'wide' : column.kind];
  const lengths = section.rows.slice(0, ROWS_MEASURED).map(({ cells }) => {
    const cell = cells[index];
    return typeof cell === 'string' ? cell.length : 0;
  });
  // A heading may break at its spaces.
  const heading = Math.max(...column.title.split(' ').map((word) => word.length));
  return Math.min(most, Math.max(least, heading + 2, ...lengths.map((length) => length + 1)));
}

function columnsOf(report: Report, section: ReportSection): Column<ReportRow>[] {
  const { currency, timeZone } = report.standsFor;
  return section.columns.map((column, index): Column<ReportRow> => {
    const base = { heading: column.title, width: widthOf(column, index, section) };
    const cellOf = (row: ReportRow) => row.cells[index] ?? null;
    if (column.kind === 'text') return { ...base, kind: 'text', wrap: column.wide, value: (row) => String(cellOf(row) ?? '') };
    if (column.kind === 'instant') {
      return {
        ...base, kind: 'date',
        value: (row) => {
          const instant = cellOf(row);
          return typeof instant === 'number' ? wallClockDate(formatInstantUtc(instant), timeZone) : null;
        },
      };
    }
    return {
      ...base, kind: 'decimal', zero: 'zero', absent: 'unknown', longAsText: true,
      placesMin: column.kind === 'amount' ? minorDigits(currency) : column.kind === 'percent' ? 2 : 0,
      total: column.sums && typeof section.total?.[index] === 'number',
      value: (row) => {
        const cell = cellOf(row);
        // A row that only fills up a sum has nothing to say elsewhere.
        return cell === null && row.kind !== 'line' ? undefined : plainCell(cell, column.kind, report.standsFor);
      },
    };
  });
}

function writeGroups(worksheet: ExcelJS.Worksheet, section: ReportSection, rowNumber: number): void {
  const row = worksheet.getRow(rowNumber);
  section.columns.forEach(({ group }, index) => {
    if (group === null) return;
    const cell = row.getCell(index + 1);
    cell.style = GROUP;
    if (section.columns[index - 1]?.group !== group) cell.value = cellText(group);
  });
  row.commit();
}

function writeNotes(worksheet: ExcelJS.Worksheet, notes: readonly string[], firstRow: number, columns: number, width: number): void {
  notes.forEach((note, index) => {
    const rowNumber = firstRow + index;
    const row = worksheet.getRow(rowNumber);
    row.getCell(1).value = cellText(note);
    row.getCell(1).style = { ...NOTE, alignment: { horizontal: 'left', vertical: 'top', wrapText: true } };
    row.height = rowPoints(wrappedLines(note, width));
    worksheet.mergeCells(rowNumber, 1, rowNumber, columns);
    row.commit();
  });
}

async function addSection(workbook: ExcelJS.stream.xlsx.WorkbookWriter, report: Report, section: ReportSection, paper: PaperFormat, name: string): Promise<void> {
  const { standsFor, choice } = report;
  const { timeZone } = standsFor;
  const columns = columnsOf(report, section);
  const hasGroups = section.columns.some(({ group }) => group !== null);
  // As text: the columns below are too narrow for a date, and a text may go on into the next one.
  const at = (instant: number) => formatInstant(instant, timeZone).slice(0, 16).replace('T', ' ');
  const facts: readonly (readonly Fact[])[] = [
    [['Period', `${standsFor.periodCode}, ${standsFor.periodState}`], ['Cut-off', at(standsFor.cutOffInstant)], ['Reconciled', at(standsFor.reconciledInstant)]],
    [['Rules', standsFor.ruleVersions.join('; ')], ['Currency', standsFor.currency], ['Time zone', timeZone]],
  ];
  const warned = standsFor.isStale ? 1 : 0;
  const headingRow = 3 + 3 + warned + 1 + (hasGroups ? 1 : 0);
  const options = sheetOptions(
    { paper, company: standsFor.company, period: standsFor.periodCode, document: report.title }, section.title,
    { orientation: 'landscape', headingRow, ...(hasGroups ? { repeatedFrom: headingRow - 1 } : {}), frozenColumns: Math.min(1, section.columns.length - 1) },
  );
  const worksheet = workbook.addWorksheet(name, options);
  setWidths(worksheet, columns.map(({ width }) => width));
  const secondPlace = Math.min(5, columns.length - 1);
  writeTitleBlock(
    worksheet, standsFor.company, `${report.title}${choice === '' ? '' : `, ${choice}`}: ${section.title}`,
    columns.length >= 5 ? [[1, 2], [secondPlace - 1, secondPlace]] : [[1, 2]],
    columns.length >= 5 ? facts : [facts.flat().slice(0, 3)],
  );
  if (warned) {
    const row = worksheet.getRow(6);
    row.getCell(1).value = STALE_WORDS;
    row.getCell(1).style = WARNING;
    row.commit();
  }
  if (hasGroups) writeGroups(worksheet, section, headingRow - 1);
  const table = await writeTable(worksheet, columns, section.rows, headingRow, {
    withoutTotal: section.total === null,
    ...(section.rows.some(({ kind }) => kind === 'subtotal') ? { isSubtotal: (row: ReportRow) => row.kind === 'subtotal' } : {}),
    totals: (section.total ?? []).map((cell, index) => (cell === null ? (section.columns[index]!.sums ? 'unknown' : null) : plainCell(cell, section.columns[index]!.kind, standsFor))),
  });
  addFilter(worksheet, table, columns.length);
  const notes = [
    ...(section.note === '' ? [] : [section.note]),
    ...(table.decimalsAsText > 0 ? [`${table.decimalsAsText} values have more than 15 significant digits, which an Excel number cannot hold, and stand as exact text.`] : []),
    ...report.notes,
    ...report.proposals.map(({ sku, from, to, evidence }) => `Proposed: ${sku} from tier ${from} to tier ${to}. ${evidence}`),
  ];
  writeNotes(worksheet, notes, table.totalRow + 2, columns.length, columns.reduce((total, { width }) => total + width, 0));
  worksheet.commit();
}

/** Writes the report. */
export async function writeReportXlsx(report: Report, paper: PaperFormat): Promise<Uint8Array> {
  const stream = new PassThrough();
  const collected = buffer(stream);
  // Loaded with the first file: it is half of the program, and no window waits for it at its start.
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  workbook.creator = 'Tieout';
  workbook.lastModifiedBy = 'Tieout';
  workbook.created = new Date(report.standsFor.reconciledInstant);
  workbook.modified = workbook.created;
  workbook.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: 'visible' }];
  const taken = new Set<string>();
  for (const section of report.sections) {
    let name = sheetName(section);
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${sheetName(section).slice(0, SHEET_NAME_MAX - 3)} ${number}`;
    taken.add(name.toLowerCase());
    await addSection(workbook, report, section, paper, name);
  }
  await workbook.commit();
  return new Uint8Array(await collected);
}
