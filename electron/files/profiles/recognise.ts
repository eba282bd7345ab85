/**
 * Which profile a file's header belongs to, and which column holds which field.
 *
 * Columns are kept by position: two may carry the same header. The most specific profile wins, and the answer says why.
 */
import type { ImportProfile, ProfileColumn, TargetField } from '@shared/domain/import-profile';
import type { SourceRow } from '../readers/limits';

/** A header text as it is compared: case, no-break spaces, doubled spaces and a stray byte order mark make no difference. */
export const normaliseHeader = (text: string): string =>
  text.replace(/[\u00a0\u2007\u202f\ufeff]/g, ' ').replace(/\s+/g, ' ').trim().toLowerCase();

/** A column of the file that fills a field. */
export interface MatchedColumn {
  /** Counted from 0. */
  readonly index: number;
  readonly header: string;
  readonly column: ProfileColumn;
}

/** A profile laid onto a header row. */
export interface HeaderMatch {
  readonly profile: ImportProfile;
  readonly headerRow: number;
  readonly header: readonly string[];
  readonly matched: readonly MatchedColumn[];
}

/** The columns of a header that a profile knows, whether or not they suffice. */
function matchColumns(profile: ImportProfile, normalised: readonly string[], header: readonly string[]): MatchedColumn[] {
  const matched: MatchedColumn[] = [];
  for (const column of profile.columns) {
    const names = new Set(column.headers.map(normaliseHeader));
    let left = column.occurrence;
    const index = normalised.findIndex((text) => names.has(text) && (left -= 1) === 0);
    if (index >= 0) matched.push({ index, header: header[index]!, column });
  }
  return matched;
}

function suffices(profile: ImportProfile, normalised: readonly string[], matched: readonly MatchedColumn[]): boolean {
  const { requiredFields, oneOfFields, minimumColumns, withoutHeaders } = profile.recognise;
  const fields = new Set(matched.map(({ column }) => column.field));
  const forbidden = new Set(withoutHeaders.map(normaliseHeader));
  return (
    matched.length >= minimumColumns &&
    requiredFields.every((field) => fields.has(field)) &&
    (oneOfFields.length === 0 || oneOfFields.some((field) => fields.has(field))) &&
    !normalised.some((text) => forbidden.has(text))
  );
}

/** The first row that a profile accepts as its header; undefined where none is. */
export function matchHeader(profile: ImportProfile, rows: readonly SourceRow[]): HeaderMatch | undefined {
  for (const row of rows.slice(0, profile.recognise.searchRows)) {
    const normalised = row.cells.map(normaliseHeader);
    const matched = matchColumns(profile, normalised, row.cells);
    if (suffices(profile, normalised, matched)) {
      return { profile, headerRow: row.rowNumber, header: row.cells, matched };
    }
  }
  return undefined;
}

/** Required fields that no row names beside the others: for telling why a profile that was asked for does not fit. */
export function missingFields(profile: ImportProfile, rows: readonly SourceRow[]): TargetField[] {
  const { requiredFields } = profile.recognise;
  let fewest: TargetField[] = [...requiredFields];
  for (const row of rows.slice(0, profile.recognise.searchRows)) {
    const fields = new Set(matchColumns(profile, row.cells.map(normaliseHeader), row.cells).map(({ column }) => column.field));
    const missing = requiredFields.filter((field) => !fields.has(field));
    if (missing.length < fewest.length) fewest = missing;
  }
  return fewest;
}

export type Recognition =
  | { readonly found: true; readonly match: HeaderMatch; readonly why: string }
  /** `refusal`: a profile looks alike and says why it cannot read this. */
  | { readonly found: false; readonly refusal: string | undefined };

function refusalOf(profile: ImportProfile, rows: readonly SourceRow[]): string | undefined {
  for (const { headersPresent, fieldsAbsent, message } of profile.refuse) {
    for (const row of rows.slice(0, profile.recognise.searchRows)) {
      const normalised = row.cells.map(normaliseHeader);
      const fields = new Set(matchColumns(profile, normalised, row.cells).map(({ column }) => column.field));
      const present = headersPresent.every((group) => group.some((text) => normalised.includes(normaliseHeader(text))));
      if (present && !fieldsAbsent.some((field) => fields.has(field))) return `${profile.name}: ${message}`;
    }
  }
  return undefined;
}

/** More matched columns first, then more required ones, then the profile that a person made, then by identifier. */
function moreSpecific(left: HeaderMatch, right: HeaderMatch, saved: ReadonlySet<string>): number {
  const required = ({ profile }: HeaderMatch) => profile.recognise.requiredFields.length;
  return (
    right.matched.length - left.matched.length ||
    required(right) - required(left) ||
    Number(saved.has(right.profile.id)) - Number(saved.has(left.profile.id)) ||
    (left.profile.id < right.profile.id ? -1 : 1)
  );
}

/** The sentence that tells why a match was taken. */
export function whyMatched(match: HeaderMatch, others: readonly HeaderMatch[] = []): string {
  const { profile, headerRow, matched } = match;
  const first = `Row ${headerRow} names ${matched.length} of the ${profile.columns.length} columns of ${profile.name}`;
  if (others.length === 0) return `${first}; no other profile fits.`;
  const rest = others.map((other) => `${other.profile.name} (${other.matched.length})`).join(', ');
  return `${first}; also fitting, with fewer columns or demands: ${rest}.`;
}

/**
 * The profile for a table by its first rows.
 *
 * @param saved identifiers of profiles that a person made, preferred on a tie
 */
export function recognise(
  profiles: readonly ImportProfile[],
  rows: readonly SourceRow[],
  saved: ReadonlySet<string> = new Set(),
): Recognition {
  const matches = profiles
    .map((profile) => matchHeader(profile, rows))
    .filter((match) => match !== undefined)
    .sort((left, right) => moreSpecific(left, right, saved));
  const [best, ...others] = matches;
  if (best) return { found: true, match: best, why: whyMatched(best, others) };
  return { found: false, refusal: profiles.map((profile) => refusalOf(profile, rows)).find((text) => text !== undefined) };
}

/** The row that most likely is the header of an unknown table: the first of those with the most distinct texts. */
export function guessHeader(rows: readonly SourceRow[]): SourceRow | undefined {
  const texts = (row: SourceRow) =>
    new Set(row.cells.map(normaliseHeader).filter((text) => text !== '' && !/^[-+]?[\d.,\s]+$/.test(text))).size;
  let best: SourceRow | undefined;
  for (const row of rows.slice(0, 30)) if (!best || texts(row) > texts(best)) best = row;
  return best;
}
