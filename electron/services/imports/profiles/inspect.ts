/**
 * A first look at a file: recognised, or laid out for a person to say what its columns are. Nothing is written.
 */
import type { FileInspection, ImportFailure, InspectRequest } from '@shared/domain/import';
import type { DateStyle, NumberStyle, TargetField } from '@shared/domain/import-profile';
import { done, type Outcome } from '@shared/domain/outcome';
import { fitting, guessHeader, type HeaderMatch } from '../../../files/profiles/recognise';
import { openTable, type SourceRow, type TableFile } from '../../../files/readers/table';
import type { ServiceContext } from '../../context';
import { columnsOf, likelySource } from './column-meanings';
import { chooseProfile, needsOf, sheetHeads, toldAtAsOf, type SheetHead } from './choose';
import { alreadyImported, openPeriod, recognisedProfile, refusingUnreadable, sourceOf } from '../prepare-import';
import { decideStyles } from './styles';
import { knownProfiles, type KnownProfiles } from './known-profiles';

/** How the numbers seem to be written: by cells that can be read in one way only. */
function guessNumberStyle(rows: readonly SourceRow[]): NumberStyle {
  let commaDecimal = 0;
  let pointDecimal = 0;
  let comma = false;
  let point = false;
  for (const cell of rows.flatMap((row) => row.cells.map((text) => text.trim()))) {
    if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(cell) || /^-?\d+,(\d{1,2}|\d{4,})$/.test(cell)) commaDecimal += 1;
    if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(cell) || /^-?\d+\.(\d{1,2}|\d{4,})$/.test(cell)) pointDecimal += 1;
    comma ||= /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(cell);
    point ||= /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(cell);
  }
  if (commaDecimal > pointDecimal) return { decimal: ',', thousands: point ? '.' : 'none' };
  return { decimal: '.', thousands: comma ? ',' : 'none' };
}

/** How the dates seem to be written, judged over every date that is seen; null where both orders fit. */
function guessDateStyle(rows: readonly SourceRow[]): DateStyle | null {
  let numeric = 0;
  let dayFirst = false;
  let monthFirst = false;
  let isoLocal = false;
  for (const cell of rows.flatMap((row) => row.cells.map((text) => text.trim()))) {
    const match = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b/.exec(cell);
    if (match) {
      numeric += 1;
      dayFirst ||= Number(match[1]) > 12;
      monthFirst ||= Number(match[2]) > 12;
    }
    isoLocal ||= /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(cell);
  }
  if (numeric === 0) return isoLocal ? 'iso_local' : 'iso';
  if (dayFirst === monthFirst) return null;
  return dayFirst ? 'day_month_year' : 'month_day_year';
}

/** Whether a count has figures and not one of its first rows says when it was counted: the instant is then asked for. */
function lacksCountInstant({ profile, matched }: HeaderMatch, rows: readonly SourceRow[]): boolean {
  if (profile.kind !== 'count') return false;
  const indexesOf = (field: TargetField) => matched.filter(({ column }) => column.field === field).map(({ index }) => index);
  const isFilled = (row: SourceRow, indexes: readonly number[]) => indexes.some((index) => (row.cells[index] ?? '').trim() !== '');
  const counted = rows.filter((row) => isFilled(row, indexesOf('counted')) && isFilled(row, indexesOf('sku')));
  return counted.length > 0 && !counted.some((row) => isFilled(row, indexesOf('counted_at')));
}

/** The profile that was asked for where it fits one of the sheets; else the recognised one. */
function chooseToInspect(table: TableFile, heads: readonly SheetHead[], known: KnownProfiles, { sheet, profileId }: InspectRequest) {
  const asked = profileId === undefined ? undefined : chooseProfile(table, heads, known, { sheet, profileId });
  return asked?.ok ? asked : chooseProfile(table, heads, known, { sheet });
}

/** Looks at a file without writing anything. */
export async function inspectFile(context: ServiceContext, request: InspectRequest): Promise<Outcome<FileInspection, ImportFailure>> {
  const { workbook, job } = context;
  return refusingUnreadable(async () => {
    const period = openPeriod(workbook, request.periodId);
    if (!period.ok) return period;
    const source = await sourceOf(request);
    const table = await openTable(source, {
      timeZone: period.value.timeZone,
      encoding: request.encoding,
      onBytes: (bytesRead) => {
        job.checkCancelled();
        job.progress('Reading the file', bytesRead, source.byteLength);
      },
    });
    const heads = await sheetHeads(table, request.sheet);
    const known = knownProfiles(workbook);
    const choice = chooseToInspect(table, heads, known, request);
    const styled = choice.ok ? await decideStyles(table, choice.value, {}, job) : undefined;
    const head = (choice.ok && heads.find(({ sheet }) => sheet === choice.value.sheet)) || heads[0]!;
    const header = choice.ok
      ? { rowNumber: choice.value.match.headerRow, cells: choice.value.match.header, raw: '' }
      : (guessHeader(head.rows) ?? { rowNumber: 1, cells: [], raw: '' });
    const below = head.rows.filter((row) => row.rowNumber > header.rowNumber);
    const needs = choice.ok ? needsOf(choice.value.match) : { asOf: false, location: false };
    return done({
      fileName: request.fileName,
      sha256: table.sha256,
      byteLength: source.byteLength,
      encoding: table.encoding,
      delimiter: table.delimiter,
      sheets: [...table.sheets],
      sheet: head.sheet,
      headerRow: header.rowNumber,
      columns: columnsOf(header, below),
      likelySource: choice.ok ? null : likelySource(header.cells),
      profile: choice.ok ? recognisedProfile(styled?.ok ? styled.value : choice.value) : null,
      fits: fitting(known.all, head.rows, known.saved).map(({ profile: { id, name, kind, system, recognise } }, place) => ({
        id, name, kind, system, recognised: place === 0 && !recognise.onlyWhenAskedFor,
      })),
      bringsLocations: choice.ok && choice.value.match.profile.createsLocations === 'always',
      toldAtAsOf: choice.ok ? toldAtAsOf(choice.value.match.profile) : [],
      needs: {
        ...needs,
        asOf: needs.asOf || (choice.ok && lacksCountInstant(choice.value.match, below)),
        dateStyle: styled?.ok === false && styled.failure === 'date_style_needed',
        numberStyle: styled?.ok === false && styled.failure === 'number_style_needed',
      },
      refusal: !choice.ok && choice.failure === 'profile_refused' ? choice.message : null,
      guessedNumberStyle: guessNumberStyle(below),
      guessedDateStyle: guessDateStyle(below),
      alreadyImported: alreadyImported(workbook, request.periodId, table.sha256),
    });
  });
}
