/**
 * Figures of a count sheet that were typed into the window: written as the file that a person would have filled in, and brought
 * in by the way that such a file takes, so that nothing of it is checked, kept or undone otherwise.
 */
import { countNumbersOf, type TypedCounts, type TypedCountsResult } from '@shared/domain/count-sheet';
import type { ImportFailure } from '@shared/domain/import';
import { formatInstant } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { formatQuantity } from '@shared/domain/quantity';
import { writeSheetCsv } from '../../files/count-sheet/write-csv';
import { countSheetById, printedLines } from '../../workbook/tables/count-sheets';
import type { ServiceContext } from '../context';
import { commitImport } from '../imports/import';
import { workbookRow } from '../workbooks';

/** Brings typed figures in; all rows or, where the file is refused, none. A row that is wrong waits in the quarantine as any other. */
export async function enterCounts(context: ServiceContext, request: TypedCounts): Promise<Outcome<TypedCountsResult, ImportFailure | 'sheet_void' | 'line_unknown'>> {
  const { workbook } = context;
  const sheet = countSheetById(workbook, request.countSheetId);
  if (!sheet) return refused('sheet_unknown', `There is no count sheet ${request.countSheetId}. Read the list again.`);
  if (sheet.void_reason !== null) return refused('sheet_void', `${sheet.number} is void: ${sheet.void_reason}. Count on a sheet that is out.`);
  const lines = printedLines(workbook, sheet.count_sheet_id);
  const countNumbers = countNumbersOf(sheet.first_count_no);
  const figures = new Map(request.figures.map(({ line, countNo, countedScaled }) => [`${line} ${countNo}`, countedScaled]));
  for (const { line, countNo } of request.figures) {
    if (lines.some((each) => each.line === line) && countNumbers.includes(countNo)) continue;
    return refused('line_unknown', `${sheet.number} has ${lines.length} lines and asks for count ${countNumbers.join(' and ')}; line ${line}, count ${countNo} is not on it.`);
  }
  const { time_zone: timeZone } = workbookRow(workbook);
  const countedAt = formatInstant(request.countedInstant, timeZone);
  const textOf = (line: number, countNo: number) => {
    const counted = figures.get(`${line} ${countNo}`);
    return counted === undefined ? '' : formatQuantity(counted);
  };
  const typed = lines.filter(({ line }) => countNumbers.some((countNo) => figures.has(`${line} ${countNo}`)));
  const bytes = writeSheetCsv(
    { firstCountNo: sheet.first_count_no, sheets: [{ number: sheet.number, location: lines[0]!.location, lines: typed }] },
    (_number, line) => [...countNumbers.map((countNo) => textOf(line, countNo)), request.countedBy, countedAt, ''],
  );
  const typedAt = formatInstant(context.now(), timeZone).slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  const fileName = `${sheet.number} typed in ${typedAt}.csv`;
  const outcome = await commitImport(context, { bytes, fileName, periodId: sheet.period_id, profileId: 'tieout-count-sheet' });
  if (!outcome.ok) return outcome;
  const { importId, rehearsal } = outcome.value;
  return done({ importId, fileName, lines: rehearsal.rowsAccepted, waiting: rehearsal.badRows.map(({ detail }) => detail) });
}
