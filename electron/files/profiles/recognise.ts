/**
 * Which profile a file's header belongs to, and which column holds which field.
 *
 * Columns are kept by position: two may carry the same header. The most specific profile wins, and the answer says why.
 */
import type { ImportProfile, TargetField } from '@shared/domain/import-profile';
import type { SourceRow } from '../readers/limits';
import { compiledProfile, matchColumns, matchPlaces, normaliseHeader, normalisedRow, type HeaderCell, type HeaderMatch, type MatchedColumn } from './header';

export { normaliseHeader, type HeaderMatch, type MatchedColumn } from './header';

function suffices(
  profile: ImportProfile,
  normalised: readonly string[],
  matched: readonly MatchedColumn[],
  places: readonly HeaderCell[],
): boolean {
  const { requiredFields, oneOfFields, minimumColumns, onlyKnownHeaders } = profile.recognise;
  if (matched.length < minimumColumns || (profile.locationColumns && places.length === 0)) return false;
  const fields = new Set<TargetField>(matched.map(({ column }) => column.field));
  if (profile.locationColumns) fields.add('location').add(profile.locationColumns.field);
  const words = compiledProfile(profile);
  return (
    requiredFields.every((field) => fields.has(field)) &&
    (oneOfFields.length === 0 || oneOfFields.some((field) => fields.has(field))) &&
    words.with.every((texts) => normalised.some((text) => texts.has(text))) &&
    !normalised.some((text) => words.without.has(text)) &&
    (!onlyKnownHeaders || normalised.filter((text) => text !== '').length === new Set(matched.flatMap(({ parts }) => parts.map(({ index }) => index))).size)
  );
}

/** The first row that a profile accepts as its header; undefined where none is. */
export function matchHeader(profile: ImportProfile, rows: readonly SourceRow[]): HeaderMatch | undefined {
  for (const row of rows.slice(0, profile.recognise.searchRows)) {
    const normalised = normalisedRow(row.cells);
    const matched = matchColumns(profile, normalised, row.cells);
    const places = matchPlaces(profile, normalised, row.cells, matched);
    if (suffices(profile, normalised, matched, places)) {
      return { profile, headerRow: row.rowNumber, header: row.cells, matched, places };
    }
  }
  return undefined;
}

/** Required fields that no row names beside the others: for telling why a profile that was asked for does not fit. */
export function missingFields(profile: ImportProfile, rows: readonly SourceRow[]): TargetField[] {
  const { requiredFields } = profile.recognise;
  let fewest: TargetField[] = [...requiredFields];
  for (const row of rows.slice(0, profile.recognise.searchRows)) {
    const fields = new Set(matchColumns(profile, normalisedRow(row.cells), row.cells).map(({ column }) => column.field));
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
      const normalised = normalisedRow(row.cells);
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
export function whyMatched(match: HeaderMatch, others: readonly HeaderMatch[] = [], whenAsked: readonly HeaderMatch[] = []): string {
  const { profile, headerRow, matched } = match;
  const first = `Row ${headerRow} names ${matched.length} of the ${profile.columns.length} columns of ${profile.name}`;
  const asked = whenAsked.map(({ profile: { name } }) => name).join(', ');
  if (others.length === 0) return asked === '' ? `${first}; no other profile fits.` : `${first}; only where it is asked for, it is read as ${asked}.`;
  const rest = others.map((other) => `${other.profile.name} (${other.matched.length})`).join(', ');
  return `${first}; also fitting, with fewer columns or demands: ${rest}${asked === '' ? '' : `; only where it is asked for: ${asked}`}.`;
}

/**
 * Every profile that could read a table by its first rows, the most specific first; those that are taken only when they
 * are asked for come last.
 *
 * @param saved identifiers of profiles that a person made, preferred on a tie
 */
export function fitting(profiles: readonly ImportProfile[], rows: readonly SourceRow[], saved: ReadonlySet<string> = new Set()): HeaderMatch[] {
  const askedFor = ({ profile }: HeaderMatch) => Number(profile.recognise.onlyWhenAskedFor);
  return profiles
    .map((profile) => matchHeader(profile, rows))
    .filter((match) => match !== undefined)
    .sort((left, right) => askedFor(left) - askedFor(right) || moreSpecific(left, right, saved));
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
  const matches = fitting(profiles, rows, saved);
  const [best, ...others] = matches.filter(({ profile }) => !profile.recognise.onlyWhenAskedFor);
  if (best) return { found: true, match: best, why: whyMatched(best, others, matches.filter(({ profile }) => profile.recognise.onlyWhenAskedFor)) };
  return { found: false, refusal: profiles.map((profile) => refusalOf(profile, rows)).find((text) => text !== undefined) };
}

/** The row that most likely is the header of an unknown table: the first of those with the most distinct texts. */
export function guessHeader(rows: readonly SourceRow[]): SourceRow | undefined {
  const texts = (row: SourceRow) =>
    new Set(normalisedRow(row.cells).filter((text) => text !== '' && !/^[-+]?[\d.,\s]+$/.test(text))).size;
  let best: SourceRow | undefined;
  for (const row of rows.slice(0, 30)) if (!best || texts(row) > texts(best)) best = row;
  return best;
}
