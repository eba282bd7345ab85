/**
 * A row of a kept source file as it came: for tracing a figure back to file, sheet, row and column.
 */
import type { OriginalRow } from '@shared/domain/import';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { importById, sourceFileBySha256 } from '../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { readColumns } from '../../files/profiles/read-row';
import { matchOfDefinition, parseDefinition } from './profiles/definition';
import { openKeptFile } from './loading/keep-file';

/** So many rows before and after are read along, so that a row is seen in its file. */
const NEIGHBOURS = 2;

/**
 * Reads the row from the kept file, not from what was made of it. Of a file with personal data, only the cells that the
 * import read are answered.
 *
 * @param rowNumber as in the file, counted from 1
 */
export async function originalRow(
  workbook: ReadableWorkbook,
  importId: number,
  rowNumber: number,
): Promise<Outcome<OriginalRow, 'import_unknown' | 'row_unknown'>> {
  const row = importById(workbook, importId);
  const kept = row && sourceFileBySha256(workbook, row.sha256);
  const zone = workbook.get<{ time_zone: string }>('SELECT time_zone FROM workbook');
  if (!row || !kept || !zone) return refused('import_unknown', `There is no import ${importId} in this workbook.`);
  const definition = parseDefinition(row.definition);
  const { delimiter } = definition;
  const readOnly = definition.profile.personalData ? readColumns(matchOfDefinition(definition, row.header_row)) : undefined;
  const table = await openKeptFile(kept, { import: row, delimiter, timeZone: zone.time_zone });
  let header: readonly string[] = [];
  const readable = (cells: readonly string[]) => cells.map((cell, index) => (!readOnly || readOnly.has(index) ? cell : ''));
  const neighbours: { rowNumber: number; cells: string[] }[] = [];
  let found: readonly string[] | undefined;
  for await (const each of table.rows(row.sheet ?? undefined)) {
    if (each.rowNumber === row.header_row) header = each.cells;
    if (each.rowNumber > rowNumber + NEIGHBOURS) break;
    if (each.rowNumber === rowNumber) found = each.cells;
    else if (each.rowNumber > row.header_row && each.rowNumber >= rowNumber - NEIGHBOURS) neighbours.push({ rowNumber: each.rowNumber, cells: readable(each.cells) });
  }
  if (found) {
    return done({
      importId,
      fileName: row.file_name,
      sha256: row.sha256,
      sheet: row.sheet,
      headerRow: row.header_row,
      rowNumber,
      header: [...header],
      cells: readable(found),
      neighbours,
    });
  }
  return refused('row_unknown', `${row.file_name} has no row ${rowNumber}.`);
}
