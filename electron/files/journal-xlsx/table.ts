/**
 * A table on a sheet: headings, rows written one by one, totals as formulas with their results.
 *
 * Rows are committed as they are written, so that a hundred thousand of them need no more memory than one; every few
 * hundred rows other work gets its turn.
 */
import type ExcelJS from 'exceljs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { cellText } from './cell-text';
import {
  DecimalTooLongForExcel,
  fitsExcelNumber,
  groupedText,
  numberFormat,
  placesOf,
  sumOf,
  type ZeroStyle,
} from './decimal-cells';
import { bodyStyle, DATE_FORMAT, headingStyle, rowPoints, subtotalStyle, totalStyle, unknownStyle, wrappedLines, type Horizontal } from './paper';

interface ColumnBase {
  readonly heading: string;
  /** In characters of the default font. */
  readonly width: number;
}

export interface TextColumn<Row> extends ColumnBase {
  readonly kind: 'text';
  readonly wrap?: boolean;
  readonly value: (row: Row) => string;
}

export interface WholeColumn<Row> extends ColumnBase {
  readonly kind: 'whole';
  readonly value: (row: Row) => number;
  readonly total?: boolean;
}

export interface DecimalColumn<Row> extends ColumnBase {
  readonly kind: 'decimal';
  /** Null: unknown; undefined: nothing is to stand there. */
  readonly value: (row: Row) => string | null | undefined;
  /** At least so many decimal places; more where a value has more, for the whole column. */
  readonly placesMin: number;
  readonly zero: ZeroStyle;
  /** What stands where there is no value. */
  readonly absent: 'blank' | 'unknown';
  /** Whether a value past Excel's 15 digits becomes text; otherwise it is refused. */
  readonly longAsText?: boolean;
  readonly total?: boolean;
}

export interface DateColumn<Row> extends ColumnBase {
  readonly kind: 'date';
  /** As the clock on the wall shows it. */
  readonly value: (row: Row) => Date | null;
}

export type Column<Row> = TextColumn<Row> | WholeColumn<Row> | DecimalColumn<Row> | DateColumn<Row>;

export interface TableOptions<Row> {
  /** Rows that add up the rows above them, back to the subtotal before: sums of the table pass over them. */
  readonly isSubtotal?: (row: Row) => boolean;
  /** No row of totals. */
  readonly withoutTotal?: boolean;
  /** What stands in the row of totals under columns that are not added up. */
  readonly totals?: readonly (string | null)[];
}

export interface WrittenTable {
  readonly headingRow: number;
  readonly firstRow: number;
  /** Before the first row when there are none. */
  readonly lastRow: number;
  readonly totalRow: number;
  /** How many decimals were written as text because Excel's numbers cannot hold them. */
  readonly decimalsAsText: number;
}

const ROWS_PER_TURN = 500;

export function columnLetter(columnNumber: number): string {
  const rest = Math.floor((columnNumber - 1) / 26);
  return (rest > 0 ? columnLetter(rest) : '') + String.fromCharCode(65 + ((columnNumber - 1) % 26));
}

/** A number for a cell, which must be exact in Excel. */
export function exactNumber(sheet: string, cell: string, decimal: string): number {
  if (!fitsExcelNumber(decimal)) throw new DecimalTooLongForExcel(sheet, cell, decimal);
  return Number(decimal);
}

interface PreparedColumn {
  readonly format: string;
  readonly asText: boolean;
  readonly sum: string;
}

function prepared<Row>(column: Column<Row>, rows: readonly Row[], isSubtotal: (row: Row) => boolean): PreparedColumn {
  if (column.kind === 'text') return { format: '@', asText: false, sum: '0' };
  if (column.kind === 'date') return { format: DATE_FORMAT, asText: false, sum: '0' };
  if (column.kind === 'whole') {
    const sum = sumOf(rows.filter((row) => !isSubtotal(row)).map((row) => String(column.value(row))));
    return { format: numberFormat(0, 'zero'), asText: false, sum };
  }
  let places = column.placesMin;
  let asText = false;
  for (const row of rows) {
    const value = column.value(row);
    if (value == null) continue;
    places = Math.max(places, placesOf(value));
    asText ||= column.longAsText === true && !fitsExcelNumber(value);
  }
  const sum = column.total === true ? sumOf(rows.filter((row) => !isSubtotal(row)).map((row) => column.value(row) ?? null)) : '0';
  asText ||= column.longAsText === true && !fitsExcelNumber(sum);
  return { format: numberFormat(places, column.zero), asText, sum };
}

/** Widths for the columns of a sheet; to be set before its first row is written. */
export function setWidths(worksheet: ExcelJS.Worksheet, widths: readonly number[]): void {
  worksheet.columns = widths.map((width) => ({ width }));
}

/**
 * Writes a table from `headingRow` on.
 *
 * @throws DecimalTooLongForExcel for a number that must be a number and that Excel cannot hold exactly
 */
export async function writeTable<Row>(
  worksheet: ExcelJS.Worksheet,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  headingRow: number,
  options: TableOptions<Row> = {},
): Promise<WrittenTable> {
  const isSubtotal = options.isSubtotal ?? (() => false);
  const plans = columns.map((column) => prepared(column, rows, isSubtotal));
  const alignments = columns.map((column, index): Horizontal => {
    if (column.kind !== 'text' && column.kind !== 'date') return 'right';
    return index > 0 && columns[index - 1]?.kind !== 'text' ? 'after-number' : 'left';
  });
  const alignmentOf = (index: number): Horizontal => alignments[index] ?? 'left';
  const headings = worksheet.getRow(headingRow);
  columns.forEach((column, index) => {
    const cell = headings.getCell(index + 1);
    cell.value = column.heading;
    cell.style = headingStyle(alignmentOf(index));
  });
  headings.height = 30;
  headings.commit();

  const styles = columns.map((column, index) =>
    column.kind === 'text'
      ? bodyStyle(alignmentOf(index), { wrap: column.wrap === true })
      : bodyStyle(alignmentOf(index), { numFmt: plans[index]?.format ?? '' }),
  );
  const subtotalStyles = columns.map((column, index) => subtotalStyle(alignmentOf(index), column.kind === 'text' ? undefined : plans[index]?.format));
  const textNumber = bodyStyle('right');
  const unknown = unknownStyle();
  const firstRow = headingRow + 1;
  let rowNumber = headingRow;
  let decimalsAsText = 0;
  let runStart = firstRow;
  for (const row of rows) {
    rowNumber += 1;
    const closesRun = isSubtotal(row);
    const written = worksheet.getRow(rowNumber);
    let lines = 1;
    columns.forEach((column, index) => {
      const cell = written.getCell(index + 1);
      cell.style = (closesRun ? subtotalStyles[index] : styles[index]) ?? {};
      if (column.kind === 'date') {
        const date = column.value(row);
        if (date !== null) cell.value = date;
      } else if (column.kind === 'text') {
        const text = cellText(column.value(row));
        if (text !== '') cell.value = text;
        if (column.wrap === true) lines = Math.max(lines, wrappedLines(text, column.width));
      } else if (column.kind === 'whole') {
        cell.value = column.value(row);
      } else {
        const decimal = column.value(row);
        if (decimal === undefined) return;
        if (decimal === null) {
          if (column.absent === 'unknown') {
            cell.value = 'unknown';
            cell.style = unknown;
          }
        } else if (column.longAsText === true && !fitsExcelNumber(decimal)) {
          cell.value = groupedText(decimal);
          cell.style = textNumber;
          decimalsAsText += 1;
        } else {
          const letter = columnLetter(index + 1);
          const result = exactNumber(worksheet.name, `${letter}${rowNumber}`, decimal);
          cell.value = closesRun && column.total === true ? { formula: `SUBTOTAL(9,${letter}${runStart}:${letter}${rowNumber - 1})`, result } : result;
        }
      }
    });
    if (closesRun) runStart = rowNumber + 1;
    written.height = rowPoints(lines);
    written.commit();
    if (rowNumber % ROWS_PER_TURN === 0) await nextTurn();
  }

  const lastRow = rowNumber;
  const written = { headingRow, firstRow, lastRow, totalRow: lastRow + 1, decimalsAsText };
  if (options.withoutTotal !== true) writeTotals(worksheet, columns, plans, alignments, written, options);
  return written;
}

/** Sums as formulas with their results; where there are subtotals, by the function that passes over them. */
function writeTotals<Row>(
  worksheet: ExcelJS.Worksheet,
  columns: readonly Column<Row>[],
  plans: readonly PreparedColumn[],
  alignments: readonly Horizontal[],
  { firstRow, lastRow, totalRow }: WrittenTable,
  options: TableOptions<Row>,
): void {
  const totals = worksheet.getRow(totalRow);
  columns.forEach((column, index) => {
    const cell = totals.getCell(index + 1);
    const plan = plans[index]!;
    if (index === 0) {
      cell.value = 'Total';
      cell.style = totalStyle('left');
      return;
    }
    cell.style = totalStyle(alignments[index] ?? 'left', column.kind === 'text' ? undefined : plan.format);
    const letter = columnLetter(index + 1);
    const given = options.totals?.[index] ?? null;
    if (column.kind === 'text' || column.kind === 'date' || column.total !== true) {
      if (given !== null && given !== '') cell.value = column.kind === 'decimal' && /^-?\d/.test(given) ? exactNumber(worksheet.name, `${letter}${totalRow}`, given) : cellText(given);
      return;
    }
    if (plan.asText) {
      cell.value = groupedText(plan.sum);
      cell.style = totalStyle('right');
    } else if (lastRow < firstRow) {
      cell.value = 0;
    } else {
      const result = exactNumber(worksheet.name, `${letter}${totalRow}`, plan.sum);
      const range = `${letter}${firstRow}:${letter}${lastRow}`;
      cell.value = { formula: options.isSubtotal ? `SUBTOTAL(9,${range})` : `SUM(${range})`, result };
    }
  });
  totals.height = rowPoints(1);
  totals.commit();
}

/** Filter buttons over the rows of a table, the totals left out. */
export function addFilter(worksheet: ExcelJS.Worksheet, table: WrittenTable, columnCount: number): void {
  if (table.lastRow < table.firstRow) return;
  worksheet.autoFilter = `A${table.headingRow}:${columnLetter(columnCount)}${table.lastRow}`;
}
