/**
 * A profile as a page that an accountant reads: what the file holds, which columns fill what, which rows are no data.
 *
 * Sentences only; the window lays them out and the command line prints them.
 */
import { BY_COLUMN, TARGET_FIELDS, type TargetField } from './import-fields';
import type { ImportProfile } from './import-profile';
import { IGNORE_REASON_WORDS, SYSTEM_WORDS, STATE_WORDS } from './import-words';
import type { CellTest, ColumnName, IgnoreRule, ProfileColumn, ProfileRecord } from './profile-rules';

export interface PageFact {
  readonly name: string;
  readonly value: string;
}

export interface PageColumn {
  readonly field: string;
  /** The headers it is known by, any of which names it. */
  readonly headers: string;
  /** How its cells are read; empty where as they stand. */
  readonly how: string;
}

export interface ProfilePage {
  readonly facts: readonly PageFact[];
  readonly recognised: string;
  readonly columns: readonly PageColumn[];
  /** What a row tells, where it is more than its cells. */
  readonly records: readonly string[];
  readonly noData: readonly string[];
}

const quoted = (texts: readonly string[]): string => texts.map((text) => (text === '' ? 'no header' : `"${text}"`)).join(', ');
const listed = (texts: readonly string[], last: 'and' | 'or'): string =>
  texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} ${last} ${texts.at(-1)!}`;
const nth = (occurrence: number): string => (occurrence === 1 ? '' : `, the ${occurrence}${['th', 'st', 'nd', 'rd'][occurrence] ?? 'th'} of that name`);
const nameOf = ({ headers, occurrence }: ColumnName): string => `"${headers[0]!}"${nth(occurrence)}`;
const label = (field: TargetField): string => TARGET_FIELDS[field].label;
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
const withComment = (text: string, comment: string | undefined): string => (comment ? `${sentence(text)} ${comment}` : sentence(text));

/** One test of a cell: `"Entry Type" is Purchase`. */
function testWords(test: CellTest): string {
  const parts: string[] = [];
  if (test.is) parts.push(`is ${listed(test.is.map((text) => text || 'empty'), 'or')}`);
  if (test.isNot) parts.push(`is not ${listed(test.isNot.map((text) => text || 'empty'), 'or')}`);
  if (test.startsWith) parts.push(`begins with ${listed(test.startsWith, 'or')}`);
  if (test.lists !== undefined) parts.push(`lists ${test.lists}`);
  if (test.empty !== undefined) parts.push(test.empty ? 'is empty' : 'is filled');
  if (test.zero) parts.push('is zero');
  if (test.negative !== undefined) parts.push(test.negative ? 'is below zero' : 'is not below zero');
  return `${nameOf(test)} ${parts.join(' and ')}`;
}

const COMBINE_WORDS: Readonly<Record<NonNullable<ProfileColumn['combine']>, (columns: string) => string>> = {
  sum: (columns) => `added up with ${columns}`,
  in_less_out: (columns) => `less ${columns}`,
  divide: (columns) => `divided by ${columns}`,
  join: (columns) => `joined with ${columns}`,
  first_filled: (columns) => `or, where it is empty, ${columns}`,
  first_present: (columns) => `or, where the file has no such column, ${columns}`,
};

const PART_WORDS = {
  in_square_brackets: 'the part in square brackets, where there is one',
  before_first_hyphen: 'the part before the first hyphen',
  after_first_hyphen: 'the part after the first hyphen',
} as const;

function howRead(column: ProfileColumn): string {
  const words: string[] = [];
  if (column.occurrence > 1) words.push(`the ${column.occurrence}${['th', 'st', 'nd', 'rd'][column.occurrence] ?? 'th'} column of that name`);
  if (column.combine) words.push(COMBINE_WORDS[column.combine](listed(column.and.map(nameOf), 'and')));
  if (column.part) words.push(PART_WORDS[column.part]);
  if (column.countNo !== undefined) words.push(`count ${column.countNo}`);
  if (column.empty === 'zero') words.push('empty means zero');
  if (column.emptyTexts.length > 0) words.push(`${quoted(column.emptyTexts)} means empty`);
  if (column.orGiven) words.push('where it is empty, what is given at import');
  if (column.excessPlaces === 'round') words.push('more decimal places than are kept are rounded half-even');
  if (column.dateMeans) words.push(`a date means the ${column.dateMeans === 'end_of_day' ? 'end' : 'start'} of its day`);
  if (column.onlyFor.length > 0) words.push(`only for ${listed(column.onlyFor.map((name) => name.replaceAll('_', ' ')), 'and')}`);
  return [words.length > 0 ? sentence(words.join('; ')) : '', column.comment ?? ''].filter(Boolean).join(' ');
}

function recordWords(record: ProfileRecord): string {
  const when = record.when.map(testWords);
  if (record.sign) when.push(`the quantity is ${record.sign === 'zero' ? 'zero' : record.sign === 'positive' ? 'above zero' : 'below zero'}`);
  const what = (record.type ?? record.name).replaceAll('_', ' ');
  const told = `${what}${when.length > 0 ? `, where ${listed(when, 'and')}` : ''}`;
  const dated = record.atAsOf.length > 0 ? '; dated by the as-of instant given at import, and not told without one' : '';
  return withComment(`${told}${dated}`, record.comment);
}

function ignoreWords(rule: IgnoreRule): string {
  switch (rule.rule) {
    case 'not_stocked':
      return withComment(`${IGNORE_REASON_WORDS.not_stocked}: every quantity is "${rule.text}" or empty`, rule.comment);
    case 'total_row':
    case 'label_row':
      return withComment(`${IGNORE_REASON_WORDS[rule.rule]}: begins with ${listed(rule.startsWith.map((text) => `"${text}"`), 'or')}`, rule.comment);
    case 'where':
      return withComment(`${IGNORE_REASON_WORDS[rule.reason]}: ${listed(rule.tests.map(testWords), 'and')}`, rule.comment);
    case 'lone_cell':
      return withComment(
        `${IGNORE_REASON_WORDS[rule.reason]}: only one cell is filled${rule.startsWith.length > 0 ? ` and begins with ${listed(rule.startsWith.map((text) => `"${text}"`), 'or')}` : ''}`,
        rule.comment,
      );
    case 'group_row':
      return withComment(`${IGNORE_REASON_WORDS.group_row}: the first cell ends with a count in brackets`, rule.comment);
    case 'ruler':
      return withComment(`${IGNORE_REASON_WORDS.ruler}: every filled cell is dashes`, rule.comment);
    case 'named_by_header':
      return withComment(`${IGNORE_REASON_WORDS[rule.reason]}: the first cell is named by the header "${rule.headerLike}"`, rule.comment);
  }
}

function recognisedWords({ recognise }: ImportProfile): string {
  const parts = [
    ...(recognise.requiredFields.length > 0 ? [`a header that names ${listed(recognise.requiredFields.map(label), 'and')}`] : []),
    ...(recognise.oneOfFields.length > 0 ? [`one of ${listed(recognise.oneOfFields.map(label), 'or')}`] : []),
    ...recognise.withHeaders.map((group) => `a column ${listed(group.map((text) => `"${text}"`), 'or')}`),
    ...(recognise.minimumColumns > 1 ? [`at least ${recognise.minimumColumns} of its columns`] : []),
    ...(recognise.onlyKnownHeaders ? ['no column that it does not know'] : []),
  ];
  const without = recognise.withoutHeaders.length > 0 ? ` Never with ${listed(recognise.withoutHeaders.map((text) => `"${text}"`), 'or')}.` : '';
  const asked = recognise.onlyWhenAskedFor ? ' Another profile knows the same file: this one is taken only when a person chooses it.' : '';
  return `${sentence(`By ${listed(parts, 'and')}`)}${without}${asked}`;
}

const DATE_WORDS = {
  iso: 'with offset, as 2026-10-31T22:30:00-07:00',
  iso_local: 'as 2026-10-31 22:30, in the time zone of the workbook',
  month_day_year: 'month first, as 10/31/2026',
  day_month_year: 'day first, as 31/10/2026',
} as const;

const CREATES_WORDS = { always: 'yes', never: 'no: rows with unknown ones wait', erp_rows: 'rows of the ERP only' } as const;

function factsOf(profile: ImportProfile): readonly PageFact[] {
  const states = (list: ImportProfile['statesHeld']) => list.map((state) => STATE_WORDS[state]).join(', ');
  const fields = new Set(profile.columns.map(({ field }) => field));
  const speaksFor = profile.system === null ? (fields.has('system') ? 'a column says it' : 'no system of record') : SYSTEM_WORDS[profile.system];
  const dated = profile.columns.some(({ field }) => ['instant', 'date', 'calendar_date'].includes(TARGET_FIELDS[field].shape));
  const { numberStyle, dateStyle } = profile;
  return [
    { name: 'Speaks for', value: speaksFor },
    { name: 'Effect', value: profile.effect === 'sets' ? 'sets what it names' : 'adds to what is there' },
    ...(profile.kind === 'snapshot'
      ? [
          { name: 'States it holds', value: states(profile.statesHeld) || 'none' },
          { name: 'States unknown', value: profile.statesUnknown.length > 0 ? `${states(profile.statesUnknown)}: unknown, never zero` : 'none' },
        ]
      : []),
    ...(profile.kind === 'snapshot' ? [{ name: 'As of', value: fields.has('as_of') ? 'each row says it' : 'asked for' }] : []),
    ...(profile.asOfFills.length > 0 ? [{ name: 'Asked for', value: listed(profile.asOfFills.map(label), 'and') }] : []),
    { name: 'New items', value: CREATES_WORDS[profile.createsItems] },
    { name: 'New locations', value: CREATES_WORDS[profile.createsLocations] },
    ...(profile.sameKey === 'add_up' ? [{ name: 'Same item and location', value: 'rows are parts and add up' }] : []),
    {
      name: 'Numbers',
      value: numberStyle === BY_COLUMN ? 'point or comma, decided by the whole column' : numberStyle.decimal === ',' ? 'decimal comma' : 'decimal point',
    },
    ...(dated ? [{ name: 'Dates', value: dateStyle === BY_COLUMN ? 'day or month first, decided by the whole column' : DATE_WORDS[dateStyle] }] : []),
    { name: 'Names kept for', value: profile.source },
    ...(profile.personalData ? [{ name: 'People', value: 'the file names people: none of it is written to the tables' }] : []),
  ];
}

/** What a profile says, in the words of the page. */
export function pageOfProfile(profile: ImportProfile): ProfilePage {
  const places = profile.locationColumns;
  return {
    facts: factsOf(profile),
    recognised: recognisedWords(profile),
    columns: [
      ...profile.columns.map((column) => ({
        field: label(column.field),
        headers: quoted([...column.headers, ...column.headersLike]),
        how: howRead(column),
      })),
      ...(places
        ? [{ field: label(places.field), headers: `every column after ${nameOf(places.after)} that no other rule knows`, how: withComment('the header is the location', places.comment) }]
        : []),
    ],
    records: profile.records.map(recordWords).map(sentence),
    noData: profile.ignore.map(ignoreWords).map(sentence),
  };
}
