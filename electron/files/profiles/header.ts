/**
 * A profile laid onto a header row: which column holds which field. Columns are kept by position, because two may carry
 * the same header.
 */
import type { ColumnName, ImportProfile, ProfileColumn } from '@shared/domain/import-profile';

/** A header text as it is compared: case, no-break spaces, doubled spaces and a stray byte order mark make no difference. */
export const normaliseHeader = (text: string): string =>
  text.replace(/[\u00a0\u2007\u202f\ufeff]/g, ' ').replace(/\s+/g, ' ').trim().toLowerCase();

const normalisedRows = new WeakMap<readonly string[], readonly string[]>();

/** A row of header texts as they are compared; kept, because every profile asks for the same rows. */
export function normalisedRow(cells: readonly string[]): readonly string[] {
  let found = normalisedRows.get(cells);
  if (!found) {
    found = cells.map(normaliseHeader);
    normalisedRows.set(cells, found);
  }
  return found;
}

export interface HeaderCell {
  /** Counted from 0. */
  readonly index: number;
  readonly header: string;
}

/** A column of the file that fills a field, or the first of several that fill it together. */
export interface MatchedColumn extends HeaderCell {
  readonly column: ProfileColumn;
  /** The columns that fill it, in the profile's order: one unless they are combined. */
  readonly parts: readonly HeaderCell[];
  /** What `<zone>` stands for in the header; undefined where the profile names none. */
  readonly zone: string | undefined;
}

/** A profile laid onto a header row. */
export interface HeaderMatch {
  readonly profile: ImportProfile;
  readonly headerRow: number;
  readonly header: readonly string[];
  readonly matched: readonly MatchedColumn[];
  /** Columns that are a location each. */
  readonly places: readonly HeaderCell[];
}

/** The column that a row's number within its document is kept in, beside the cells of the file. */
export const LINE_HEADER = 'Line (counted)';

const PLACEHOLDER = /<(any|zone)>/;

/** A header with a part that differs, as an expression over normalised headers; the part is its first group. */
export function headerPattern(like: string): RegExp {
  const [before = '', , after = ''] = like.split(PLACEHOLDER);
  const quoted = (text: string) => normaliseHeader(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${quoted(before)}\\s?(.+?)\\s?${quoted(after)}$`);
}

interface ColumnWords {
  readonly texts: ReadonlySet<string>;
  readonly occurrence: number;
}

const wordsOf = ({ headers, occurrence }: ColumnName): ColumnWords => ({ texts: new Set(headers.map(normaliseHeader)), occurrence });

interface CompiledColumn {
  readonly column: ProfileColumn;
  readonly own: ColumnWords;
  readonly patterns: readonly RegExp[];
  readonly namesZone: boolean;
  readonly further: readonly ColumnWords[];
}

export interface CompiledProfile {
  readonly columns: readonly CompiledColumn[];
  readonly with: readonly ReadonlySet<string>[];
  readonly without: ReadonlySet<string>;
}

const compiled = new WeakMap<ImportProfile, CompiledProfile>();

const lineColumn = (): ProfileColumn => ({
  field: 'line', headers: [LINE_HEADER], headersLike: [], occurrence: 1, and: [], separator: ' ', empty: 'unknown', emptyTexts: [], orGiven: false,
  excessPlaces: 'quarantine', onlyFor: [],
});

/** A profile's header words, prepared once. */
export function compiledProfile(profile: ImportProfile): CompiledProfile {
  let found = compiled.get(profile);
  if (!found) {
    const columns = profile.linesNumberedWithin ? [...profile.columns, lineColumn()] : profile.columns;
    found = {
      columns: columns.map((column) => ({
        column,
        own: wordsOf(column),
        patterns: column.headersLike.map(headerPattern),
        namesZone: column.headersLike.some((like) => like.includes('<zone>')),
        further: column.and.map(wordsOf),
      })),
      with: profile.recognise.withHeaders.map((texts) => new Set(texts.map(normaliseHeader))),
      without: new Set(profile.recognise.withoutHeaders.map(normaliseHeader)),
    };
    compiled.set(profile, found);
  }
  return found;
}

/** The place of a column in a header of normalised texts; -1 where the file does not have it. */
function placeOf({ texts, occurrence }: ColumnWords, normalised: readonly string[]): number {
  let left = occurrence;
  for (let index = 0; index < normalised.length; index += 1) {
    if (texts.has(normalised[index]!)) {
      left -= 1;
      if (left === 0) return index;
    }
  }
  return -1;
}

/** The place of a column that a profile names; -1 where the file does not have it. */
export const placeOfColumn = (name: ColumnName, header: readonly string[]): number => placeOf(wordsOf(name), normalisedRow(header));

/** Whether what was found of a combined column is enough to fill its field. */
function isWhole(column: ProfileColumn, places: readonly number[]): boolean {
  switch (column.combine) {
    case 'divide':
    case 'in_less_out':
      return places.every((place) => place >= 0);
    case 'first_filled':
    case 'first_present':
      return places.some((place) => place >= 0);
    default:
      return places[0]! >= 0;
  }
}

/** The columns of a header that a profile knows, whether or not they suffice. */
export function matchColumns(profile: ImportProfile, normalised: readonly string[], header: readonly string[]): MatchedColumn[] {
  const matched: MatchedColumn[] = [];
  for (const { column, own, patterns, namesZone, further } of compiledProfile(profile).columns) {
    let first = placeOf(own, normalised);
    let zone: string | undefined;
    if (first < 0 && patterns.length > 0) {
      first = normalised.findIndex((text) => patterns.some((pattern) => pattern.test(text)));
      if (first >= 0 && namesZone) zone = patterns.map((pattern) => pattern.exec(normalised[first]!)?.[1]).find(Boolean);
    }
    const places = [first, ...further.map((words) => placeOf(words, normalised))];
    if (!isWhole(column, places)) continue;
    const present = places.filter((place) => place >= 0);
    const used = column.combine === 'first_present' ? present.slice(0, 1) : present;
    const parts = used.map((index) => ({ index, header: header[index]! }));
    matched.push({ ...parts[0]!, column, parts, zone });
  }
  return matched;
}

/** Columns that are a location each: those after the named one that fill no field. */
export function matchPlaces(profile: ImportProfile, normalised: readonly string[], header: readonly string[], matched: readonly MatchedColumn[]): HeaderCell[] {
  if (!profile.locationColumns) return [];
  const after = placeOf(wordsOf(profile.locationColumns.after), normalised);
  if (after < 0) return [];
  const used = new Set(matched.flatMap(({ parts }) => parts.map(({ index }) => index)));
  return header.flatMap((text, index) => (index > after && !used.has(index) && normalised[index] !== '' ? [{ index, header: text.trim() }] : []));
}

/** What a column may say and be one plain cell all the same; of the others, only the defaults of those in the check below. */
const PLAIN_KEYS: ReadonlySet<string> = new Set([
  'field', 'headers', 'headersLike', 'occurrence', 'and', 'combine', 'separator', 'part', 'empty', 'emptyTexts', 'orGiven', 'numberStyle', 'excessPlaces',
  'dateMeans', 'onlyFor', 'comment',
]);

/**
 * Whether every row that is data says exactly one record, each field from one cell as it stands there: what a quicker
 * reader than `read-row` may take upon itself.
 */
export function isOneCellPerField({ profile, matched, places }: HeaderMatch): boolean {
  const { records, carriedDown, linesNumberedWithin, rowKey, asOfFills, personalData, sameKey } = profile;
  const isPlainRow =
    records.length === 0 && places.length === 0 && rowKey.length === 0 && asOfFills.length === 0 && sameKey === 'duplicate' &&
    !carriedDown && !linesNumberedWithin && !personalData;
  return isPlainRow && matched.every(({ column, parts, zone }) =>
    Object.keys(column).every((key) => PLAIN_KEYS.has(key)) && parts.length === 1 && zone === undefined && column.part === undefined && column.emptyTexts.length === 0 && column.onlyFor.length === 0 && !column.orGiven &&
    column.combine !== 'sum' && column.combine !== 'in_less_out' && column.combine !== 'divide' && column.dateMeans === undefined);
}
