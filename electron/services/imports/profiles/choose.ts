/**
 * Which profile reads a table, on which sheet, and why; or why none does.
 */
import type { ImportFailure } from '@shared/domain/import';
import { TARGET_FIELDS, type ImportProfile, type TargetField } from '@shared/domain/import-profile';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { MovementType } from '@shared/domain/states';
import { matchHeader, missingFields, recognise, whyMatched, type HeaderMatch } from '../../../files/profiles/recognise';
import { firstRows, UnreadableFile, type SourceRow, type TableFile } from '../../../files/readers/table';
import type { KnownProfiles } from './known-profiles';

/** The deepest that any profile looks for its header. */
const SEARCH_ROWS_MAX = 200;

export interface Choice {
  readonly match: HeaderMatch;
  readonly sheet: string | null;
  readonly why: string;
}

export interface ChoiceRequest {
  readonly profileId?: string | undefined;
  readonly mapping?: ImportProfile | undefined;
  readonly sheet?: string | undefined;
}

type ChoiceFailure = Extract<
  ImportFailure,
  'file_empty' | 'sheet_unknown' | 'profile_unknown' | 'profile_refused' | 'file_unrecognised' | 'header_not_found'
>;

/** The first rows of a sheet, with the sheet's name; null for text. */
export interface SheetHead {
  readonly sheet: string | null;
  readonly rows: readonly SourceRow[];
}

/** The beginnings of the sheets that come into question. */
export async function sheetHeads(table: TableFile, sheet: string | undefined): Promise<SheetHead[]> {
  if (table.format === 'csv') return [{ sheet: null, rows: await firstRows(table, SEARCH_ROWS_MAX) }];
  const names = sheet === undefined ? table.sheets : [sheet];
  const heads: SheetHead[] = [];
  for (const name of names) heads.push({ sheet: name, rows: await firstRows(table, SEARCH_ROWS_MAX, name) });
  return heads;
}

const where = (table: TableFile, head: SheetHead) => (head.sheet === null ? table.source.fileName : `${table.source.fileName}, sheet ${head.sheet}`);

function byProfile(table: TableFile, heads: readonly SheetHead[], profile: ImportProfile): Outcome<Choice, ChoiceFailure> {
  for (const head of heads) {
    const match = matchHeader(profile, head.rows);
    if (match) return done({ match, sheet: head.sheet, why: whyMatched(match).replace('; no other profile fits.', ', as asked for.') });
  }
  const closest = heads
    .map((head) => missingFields(profile, head.rows))
    .reduce((fewest, each) => (each.length < fewest.length ? each : fewest));
  const names = closest.map((field) => {
    const column = profile.columns.find((each) => each.field === field);
    return column ? `"${column.headers[0]}"` : TARGET_FIELDS[field].label;
  });
  const lacking = names.length > 0 ? `no row names ${names.join(', ')}` : 'no row names enough of its columns';
  return refused('header_not_found', `${table.source.fileName} is no ${profile.name}: ${lacking} in the first ${profile.recognise.searchRows} rows.`);
}

/** The profile for a table: the one asked for, or the one its header names. */
export function chooseProfile(
  table: TableFile,
  heads: readonly SheetHead[],
  known: KnownProfiles,
  request: ChoiceRequest,
): Outcome<Choice, ChoiceFailure> {
  const { fileName } = table.source;
  if (heads.every((head) => head.rows.every((row) => row.cells.every((cell) => cell.trim() === '')))) {
    throw new UnreadableFile('file_empty', `${fileName} holds no rows.`);
  }
  if (request.mapping) return byProfile(table, heads, request.mapping);
  if (request.profileId !== undefined) {
    const profile = known.all.find(({ id }) => id === request.profileId);
    if (profile) return byProfile(table, heads, profile);
    return refused('profile_unknown', `There is no profile ${request.profileId}. Known are: ${known.all.map(({ id }) => id).join(', ')}.`);
  }
  let refusal: string | undefined;
  for (const head of heads) {
    const recognition = recognise(known.all, head.rows, known.saved);
    if (recognition.found) return done({ match: recognition.match, sheet: head.sheet, why: recognition.why });
    refusal ??= recognition.refusal && `${where(table, head)}: ${recognition.refusal}`;
  }
  if (refusal) return refused('profile_refused', refusal);
  return refused(
    'file_unrecognised',
    `${fileName} is of no kind that a profile knows: none of its first rows is a header of theirs. Map its columns, or name a profile.`,
  );
}

/** What a person has to give because the file does not say it. */
export function needsOf(match: HeaderMatch): { readonly asOf: boolean; readonly location: boolean } {
  const { profile, matched } = match;
  const fields = fieldsOfFile(match);
  const isPlaced = !['items', 'trial_balance', 'ledger_entries'].includes(profile.kind);
  const mayLackLocation = matched.some(({ column }) => column.field === 'location' && column.orGiven);
  return {
    asOf: (profile.kind === 'snapshot' && !fields.has('as_of')) || profile.asOfFills.some((field) => !fields.has(field)),
    location: isPlaced && (!fields.has('location') || mayLackLocation),
  };
}

/** Movements of a profile that only an as-of instant given at import can date. */
export const toldAtAsOf = ({ records }: ImportProfile): MovementType[] => [
  ...new Set(records.flatMap(({ type, atAsOf }) => (type !== undefined && atAsOf.length > 0 ? [type] : []))),
];

/** The fields that the columns of a file fill. */
export function fieldsOfFile({ profile, matched, places }: HeaderMatch): ReadonlySet<TargetField> {
  const fields = new Set(matched.map(({ column }) => column.field));
  return places.length > 0 && profile.locationColumns ? fields.add('location').add(profile.locationColumns.field) : fields;
}

/** Whether an as-of instant given at import says anything of such a file: a count takes it for rows that do not say their own. */
export const takesAsOf = ({ kind, asOfFills, records }: ImportProfile): boolean =>
  kind === 'snapshot' || kind === 'count' || asOfFills.length > 0 || records.some((record) => record.atAsOf.length > 0);
