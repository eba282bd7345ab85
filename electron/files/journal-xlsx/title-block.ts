/**
 * The head of a sheet: the company, what the sheet is, and a few facts in pairs of label and value.
 */
import type ExcelJS from 'exceljs';
import type { JournalWorkbookHeader } from '@shared/domain/journal-workbook';
import { cellText } from './cell-text';
import { COMPANY, DATE_VALUE, LABEL, TITLE, VALUE, valueWithFormat } from './paper';
import { wallClockDate } from './wall-clock';

export type Fact = readonly [label: string, value: string | number | Date];

/** Where a column of facts stands: its label and its value, by column number. */
export type FactPlace = readonly [labelColumn: number, valueColumn: number];

function putFact(row: ExcelJS.Row, [label, value]: Fact, [labelColumn, valueColumn]: FactPlace): void {
  const labelCell = row.getCell(labelColumn);
  labelCell.value = label;
  labelCell.style = LABEL;
  const valueCell = row.getCell(valueColumn);
  valueCell.value = typeof value === 'string' ? cellText(value) : value;
  valueCell.style = value instanceof Date ? DATE_VALUE : typeof value === 'number' ? valueWithFormat('#,##0') : VALUE;
}

/**
 * Writes the head from row 1 on.
 *
 * @param facts one list for each place, from the top down
 * @returns the row for the headings of the table below, after one empty row
 */
export function writeTitleBlock(
  worksheet: ExcelJS.Worksheet,
  companyName: string,
  title: string,
  places: readonly FactPlace[],
  facts: readonly (readonly Fact[])[],
): number {
  const company = worksheet.getRow(1);
  company.getCell(1).value = cellText(companyName);
  company.getCell(1).style = COMPANY;
  company.height = 21;
  company.commit();
  const titleRow = worksheet.getRow(2);
  titleRow.getCell(1).value = cellText(title);
  titleRow.getCell(1).style = TITLE;
  titleRow.height = 18;
  titleRow.commit();

  const depth = Math.max(0, ...facts.map((column) => column.length));
  for (let index = 0; index < depth; index += 1) {
    const row = worksheet.getRow(3 + index);
    places.forEach((place, placeIndex) => {
      const fact = facts[placeIndex]?.[index];
      if (fact !== undefined) putFact(row, fact, place);
    });
    row.commit();
  }
  return 3 + depth + 1;
}

/** The title of the journal in words: `Adjustment journal HP-2026-10-001`. */
export function journalTitle(header: JournalWorkbookHeader): string {
  return `${header.kind.charAt(0).toUpperCase()}${header.kind.slice(1)} journal ${header.journalNumber}`;
}

export function cutOffDate(header: JournalWorkbookHeader): Date {
  return wallClockDate(header.cutOff, header.timeZone);
}

export function preparedDate(header: JournalWorkbookHeader): Date {
  return wallClockDate(header.preparedAt, header.timeZone);
}
