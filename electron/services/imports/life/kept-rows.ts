/**
 * The rows of a kept file as the import's quarantine would keep them: each can be read by itself, under the header of the
 * import's definition.
 */
import { LINE_HEADER } from '../../../files/profiles/header';
import { RowReader } from '../../../files/profiles/read-row';
import type { SourceRow, TableFile } from '../../../files/readers/table';
import { WallClock } from '../../../files/wall-clock';
import type { ImportRow, PeriodFrame } from '../../../workbook/tables/imports';
import { matchOfDefinition, type ImportDefinition } from '../profiles/definition';

/** Every row of the file, in its order: what holds for a row may stand on an earlier one. */
export async function* rowsAsKept(
  file: TableFile,
  { sheet, header_row }: Pick<ImportRow, 'sheet' | 'header_row'>,
  definition: ImportDefinition,
  frame: PeriodFrame,
): AsyncGenerator<SourceRow, void, undefined> {
  const { profile, header, delimiter } = definition;
  if (!profile.carriedDown && !profile.linesNumberedWithin) {
    yield* file.rows(sheet ?? undefined);
    return;
  }
  const inFile = { ...definition, header: header.filter((text) => text !== LINE_HEADER) };
  const reader = new RowReader(matchOfDefinition(inFile, header_row), {
    currency: frame.currency, clock: new WallClock(frame.timeZone), shortRowsAreWhole: delimiter === null, delimiter,
  });
  for await (const row of file.rows(sheet ?? undefined)) {
    if (row.rowNumber <= header_row) {
      yield row;
      continue;
    }
    reader.read(row.cells);
    yield { rowNumber: row.rowNumber, cells: reader.keptCells(), raw: reader.kept(row.raw) };
  }
}
