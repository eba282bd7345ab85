/** What a person says of a file that the file does not: the options of every command that reads one. */
import fs from 'node:fs';
import { ImportProfile, TEXT_ENCODINGS, type DateStyle, type ImportRequest, type NumberStyle } from '@shared/domain/import';
import { parseInstant } from '@shared/domain/instant';
import { type Arguments, CommandFailure, EXIT, type OptionSpec } from '../command';

const DATE_ORDERS: Readonly<Record<string, DateStyle>> = { 'day-first': 'day_month_year', 'month-first': 'month_day_year', iso: 'iso_local' };
const NUMBER_WORDS: Readonly<Record<string, NumberStyle>> = { point: { decimal: '.', thousands: ',' }, comma: { decimal: ',', thousands: '.' } };

const encodingNamed = (text: string | undefined) => TEXT_ENCODINGS.find((each) => each === text?.toLowerCase());

export const GIVEN_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  profile: { type: 'string', value: 'ID', help: 'how to read the files; recognised by their header unless given' },
  mapping: { type: 'string', value: 'FILE', help: 'a profile of your own as JSON, for a file that no profile knows' },
  'as-of': {
    type: 'string', value: 'INSTANT', help: 'when a snapshot was taken or a count made, where the file does not say it',
    check: (text) => (parseInstant(text) === undefined ? `--as-of ${text} is no instant. Write it as 2026-10-31T22:00:00-07:00.` : undefined),
  },
  location: { type: 'string', value: 'CODE', help: 'the location of every row, where the file does not say it' },
  encoding: {
    type: 'string', value: 'NAME', help: 'the encoding of text files, where the one found is wrong',
    check: (text) => (encodingNamed(text) ? undefined : `--encoding ${text} is none of ${TEXT_ENCODINGS.join(', ')}.`),
  },
  'date-style': {
    type: 'string', value: 'STYLE', help: 'day-first, month-first or iso, where no date of the file tells',
    check: (text) => (Object.hasOwn(DATE_ORDERS, text) ? undefined : `--date-style ${text}: write day-first, month-first or iso.`),
  },
  'number-style': {
    type: 'string', value: 'SIGN', help: 'point or comma: the decimal sign, where no number of the file tells',
    check: (text) => (Object.hasOwn(NUMBER_WORDS, text) ? undefined : `--number-style ${text}: write point or comma.`),
  },
};

function readMapping(file: string): ImportRequest['mapping'] {
  let content: unknown;
  try {
    content = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(`--mapping ${file} cannot be read: ${(error as Error).message}.`, EXIT.refused, 'file_missing');
  }
  const parsed = ImportProfile.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandFailure(`--mapping ${file} is no profile: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`, EXIT.refused, 'profile_invalid');
}

/** What the options say about every file given. */
export function givens(args: Arguments): Partial<ImportRequest> {
  const asOfInstant = parseInstant(args.text('as-of') ?? '');
  const mapping = args.text('mapping');
  return {
    ...(args.text('profile') === undefined ? {} : { profileId: args.text('profile')! }),
    ...(args.text('encoding') === undefined ? {} : { encoding: encodingNamed(args.text('encoding'))! }),
    ...(mapping === undefined ? {} : { mapping: readMapping(mapping) }),
    ...(asOfInstant === undefined ? {} : { asOfInstant }),
    ...(args.text('location') === undefined ? {} : { locationCode: args.text('location')! }),
    ...(args.text('date-style') === undefined ? {} : { dateStyle: DATE_ORDERS[args.text('date-style')!]! }),
    ...(args.text('number-style') === undefined ? {} : { numberStyle: NUMBER_WORDS[args.text('number-style')!]! }),
  };
}
