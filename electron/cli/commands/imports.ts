/** `tieout profiles`, `tieout import`, `tieout quarantine`. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SYSTEM_NAMES } from '@shared/domain/explanation/words';
import type { DateStyle, FileInspection, ImportRequest, NumberStyle, ProfileListing, Rehearsal } from '@shared/domain/import';
import { ImportProfile } from '@shared/domain/import';
import { formatInstantUtc, parseInstant } from '@shared/domain/instant';
import type { ServiceContext } from '../../services/context';
import { commitImport, inspectFile, listProfiles } from '../../services/imports/index';
import { inLongTransaction } from '../../services/imports/long-transaction';
import { findPeriodByCode } from '../../services/periods';
import { ignoreRows, listQuarantine, mapAlias, replayQuarantine } from '../../services/quarantine';
import { backUpWorkbook } from '../../workbook/backup';
import { inTransaction } from '../../workbook/workbook';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, say, table } from '../print';
import { contextFor, currentActor, expectDone, neededPeriod, PERIOD_OPTION, periodOrNew, withWorkbook } from '../session';
import { openWorkbook } from '../../services/workbooks';

/** Items first, then what sets, then what adds: so that files given together know one another's items. */
const KIND_ORDER = ['items', 'snapshot', 'movements', 'count', 'trial_balance', 'ledger_entries', 'tags'];

const DATE_ORDERS: Readonly<Record<string, DateStyle>> = { 'day-first': 'day_month_year', 'month-first': 'month_day_year', iso: 'iso_local' };
const NUMBER_WORDS: Readonly<Record<string, NumberStyle>> = { point: { decimal: '.', thousands: ',' }, comma: { decimal: ',', thousands: '.' } };
const DEFAULT_WINDOW_HOURS = 48;

export const profilesCommand: Command = {
  name: 'profiles',
  words: '[WORKBOOK]',
  wordsLeast: 0,
  wordsMost: 1,
  summary: 'lists the import profiles, and those saved in a workbook',
  options: {},
  run: async (args) => {
    const [workbookPath] = args.words;
    const profiles = workbookPath === undefined ? listProfiles() : await withWorkbook(workbookPath, 'read', (context) => listProfiles(context.workbook));
    if (args.flag('json')) printJson({ profiles });
    else printLine(table(['profile', 'name', 'kind', 'system', 'holds', 'effect'], profiles.map(rowOfProfile)));
    return EXIT.done;
  },
};

/** A profile as one line; what it says in full is in the JSON and in the guide. */
const rowOfProfile = ({ id, name, kind, system, statesHeld, effect }: ProfileListing): string[] => [
  id, name, kind.replaceAll('_', ' '), system ?? (kind === 'snapshot' || kind === 'movements' ? 'as the file says' : ''),
  statesHeld.map((state) => state.replaceAll('_', ' ')).join(', '), effect,
];

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
function givens(args: Arguments): Partial<ImportRequest> {
  const asOfInstant = parseInstant(args.text('as-of') ?? '');
  const mapping = args.text('mapping');
  return {
    ...(args.text('profile') === undefined ? {} : { profileId: args.text('profile')! }),
    ...(mapping === undefined ? {} : { mapping: readMapping(mapping) }),
    ...(asOfInstant === undefined ? {} : { asOfInstant }),
    ...(args.text('location') === undefined ? {} : { locationCode: args.text('location')! }),
    ...(args.text('date-style') === undefined ? {} : { dateStyle: DATE_ORDERS[args.text('date-style')!]! }),
    ...(args.text('number-style') === undefined ? {} : { numberStyle: NUMBER_WORDS[args.text('number-style')!]! }),
  };
}

/** What an inspection says that an import would be refused for, with the options that would mend it. */
function objectionTo(inspection: FileInspection, given: Partial<ImportRequest>): readonly [failure: string, message: string] | undefined {
  const { fileName, needs, alreadyImported: held } = inspection;
  if (held) return ['already_imported', `${fileName} is import ${held.importId} of this period already (${held.fileName}, ${formatInstantUtc(held.atInstant)}).`];
  if (given.mapping !== undefined || given.profileId !== undefined) return undefined;
  if (!inspection.profile) {
    return ['file_unrecognised', inspection.refusal ?? `${fileName} is of no kind that a profile knows. Give --profile ID, of which tieout profiles lists all, or --mapping FILE.`];
  }
  if (needs.asOf && given.asOfInstant === undefined) return ['as_of_needed', `${fileName} does not say when it was taken. Give --as-of INSTANT.`];
  if (needs.location && given.locationCode === undefined) return ['location_needed', `${fileName} does not say which location it is of. Give --location CODE.`];
  if (needs.dateStyle && given.dateStyle === undefined) return ['date_style_needed', `${fileName}: no date tells day from month. Give --date-style day-first or month-first.`];
  if (needs.numberStyle && given.numberStyle === undefined) return ['number_style_needed', `${fileName}: no number tells its decimal sign. Give --number-style point or comma.`];
  return undefined;
}

/**
 * Looks at every file before anything is written, and puts them in order. A period that the import would begin is there
 * for that look only.
 */
function lookAtFiles(context: ServiceContext, args: Arguments, files: readonly string[], given: Partial<ImportRequest>): Promise<string[]> {
  return inLongTransaction(context.workbook, async () => {
    const { periodId } = periodOrNew(context, args, DEFAULT_WINDOW_HOURS);
    const ranked: { file: string; rank: number }[] = [];
    for (const file of files) {
      const inspection = expectDone(await inspectFile(context, { filePath: path.resolve(file), fileName: path.basename(file), periodId }));
      const objection = objectionTo(inspection, given);
      if (objection) throw new CommandFailure(objection[1], EXIT.refused, objection[0]);
      ranked.push({ file, rank: inspection.profile ? KIND_ORDER.indexOf(inspection.profile.kind) : KIND_ORDER.length });
    }
    if (given.mapping === undefined) ranked.sort((left, right) => left.rank - right.rank);
    return { keep: false, value: ranked.map(({ file }) => file) };
  });
}

/** Leaves out what only the window needs, and keeps what a program checks. */
const shown = (rehearsal: Rehearsal, importId: number | null) => ({ ...rehearsal, token: undefined, importId });

function printRehearsal(rehearsal: Rehearsal, rehearsedOnly: boolean): void {
  printLine(`${rehearsal.fileName}: ${rehearsal.profile.name} (${rehearsal.profile.id}). ${rehearsal.profile.why}`);
  printLine(`  ${rehearsal.rowsRead} rows read: ${rehearsal.rowsAccepted} ${rehearsedOnly ? 'would be written' : 'written'}, ${rehearsal.rowsQuarantined} to the quarantine, ${rehearsal.rowsIgnored} passed over`);
  if (rehearsal.newItems.length > 0) printLine(`  adds ${rehearsal.newItems.length} items`);
  if (rehearsal.newLocations.length > 0) printLine(`  adds ${rehearsal.newLocations.length} locations: ${rehearsal.newLocations.join(', ')}`);
  for (const total of rehearsal.totals) {
    const what = [total.system && SYSTEM_NAMES[total.system], total.measure.replaceAll('_', ' ')].filter((word) => word !== null).join(' ');
    const where = total.location === null ? '' : `, ${total.location}`;
    const effect = rehearsal.kind === 'movements' ? 'net movement' : '';
    printLine(`  ${[what, effect].filter((word) => word !== '').join(' ')}${where}: ${total.before ?? 'unknown'} -> ${total.after ?? 'unknown'}`);
  }
  for (const bad of rehearsal.badRows) printLine(`  row ${bad.rowNumber}, ${bad.reason}: ${bad.detail} ${bad.whatWouldMend}`);
}

async function importFiles(context: ServiceContext, args: Arguments, files: readonly string[], given: Partial<ImportRequest>): Promise<boolean> {
  const rehearsedOnly = args.flag('rehearse');
  const ordered = await lookAtFiles(context, args, files, given);
  const isNew = !findPeriodByCode(context.workbook, args.needed('period'));
  const period = periodOrNew(context, args, DEFAULT_WINDOW_HOURS);
  if (isNew) say(`${rehearsedOnly ? 'Would begin' : 'Began'} period ${period.code} with a reconciliation window of ${period.windowHours} hours.`);
  const results: { readonly rehearsal: Rehearsal; readonly importId: number }[] = [];
  for (const file of ordered) {
    const outcome = await commitImport(context, { ...given, filePath: path.resolve(file), fileName: path.basename(file), periodId: period.periodId });
    if (!outcome.ok && results.length > 0 && !rehearsedOnly) say(`Written before it: ${results.map(({ rehearsal }) => rehearsal.fileName).join(', ')}.`);
    const result = expectDone(outcome);
    results.push(result);
    if (!args.flag('json')) printRehearsal(result.rehearsal, rehearsedOnly);
  }
  if (args.flag('json')) {
    printJson({ period: period.code, rehearsed: rehearsedOnly, imports: results.map(({ rehearsal, importId }) => shown(rehearsal, rehearsedOnly ? null : importId)) });
  }
  return results.some(({ rehearsal }) => rehearsal.rowsQuarantined > 0);
}

/** Works on a copy of the workbook that is thrown away, so that files given together are rehearsed as they would be written. */
async function onCopy<T>(context: ServiceContext, work: (copy: ServiceContext) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-rehearsal-'));
  try {
    const copyPath = expectDone(await backUpWorkbook(context.workbook, path.join(folder, 'rehearsal.tieout'))).path;
    const opened = expectDone(await openWorkbook(copyPath, currentActor(), Date.now()));
    try {
      return await work(contextFor(opened.workbook));
    } finally {
      opened.close();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export const importCommand: Command = {
  name: 'import',
  words: 'WORKBOOK FILE...',
  wordsLeast: 2,
  wordsMost: 100,
  summary: 'imports CSV and Excel files into a period',
  options: {
    ...PERIOD_OPTION,
    profile: { type: 'string', value: 'ID', help: 'how to read the files; recognised by their header unless given' },
    mapping: { type: 'string', value: 'FILE', help: 'a profile of your own as JSON, for a file that no profile knows' },
    'as-of': {
      type: 'string', value: 'INSTANT', help: 'when the figures were taken, where the file does not say it',
      check: (text) => (parseInstant(text) === undefined ? `--as-of ${text} is no instant. Write it as 2026-10-31T22:00:00-07:00.` : undefined),
    },
    location: { type: 'string', value: 'CODE', help: 'the location of every row, where the file does not say it' },
    'date-style': {
      type: 'string', value: 'STYLE', help: 'day-first, month-first or iso, where no date of the file tells',
      check: (text) => (Object.hasOwn(DATE_ORDERS, text) ? undefined : `--date-style ${text}: write day-first, month-first or iso.`),
    },
    'number-style': {
      type: 'string', value: 'SIGN', help: 'point or comma: the decimal sign, where no number of the file tells',
      check: (text) => (Object.hasOwn(NUMBER_WORDS, text) ? undefined : `--number-style ${text}: write point or comma.`),
    },
    rehearse: { type: 'boolean', help: 'shows what would be written and writes nothing' },
  },
  notes: 'Ends with 1 when rows went to the quarantine.',
  run: (args) => {
    const [workbookPath, ...files] = args.words as [string, ...string[]];
    const given = givens(args);
    if (args.flag('rehearse')) {
      return withWorkbook(workbookPath, 'read', async (context) => ((await onCopy(context, (copy) => importFiles(copy, args, files, given))) ? EXIT.findings : EXIT.done));
    }
    return withWorkbook(workbookPath, 'write', async (context) => ((await importFiles(context, args, files, given)) ? EXIT.findings : EXIT.done));
  },
};

/** `shopify:Seattle Flagship=Seattle Store` as its three parts. */
function parseMap(text: string | undefined, option: string): { source: string; alias: string; targetCode: string } | undefined {
  if (text === undefined) return undefined;
  const match = /^([^:]+):(.+)=(.+)$/.exec(text);
  if (!match) throw new CommandFailure(`--${option} ${text}: write SOURCE:NAME=TARGET, as in shopify:Main Street=Seattle Store.`, EXIT.usage);
  return { source: match[1]!, alias: match[2]!, targetCode: match[3]! };
}

function parseIgnore(args: Arguments): { quarantineRowIds: number[]; why: string } | undefined {
  const ids = args.text('ignore');
  const why = args.text('why')?.trim();
  if (ids === undefined && why === undefined) return undefined;
  if (!ids || !why || !/^\d+(,\d+)*$/.test(ids)) throw new CommandFailure('--ignore takes row ids as the list shows them, and --why TEXT.', EXIT.usage);
  return { quarantineRowIds: ids.split(',').map(Number), why };
}

export const quarantineCommand: Command = {
  name: 'quarantine',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  summary: 'lists the rows that wait, maps names, ignores rows, replays',
  options: {
    ...PERIOD_OPTION,
    'map-item': { type: 'string', value: 'SOURCE:NAME=SKU', help: 'says which item a source means by a name' },
    'map-location': { type: 'string', value: 'SOURCE:NAME=CODE', help: 'says which location a source means by a name' },
    ignore: { type: 'string', value: 'ID,ID', help: 'settles rows without using them; needs --why' },
    why: { type: 'string', value: 'TEXT', help: 'the reason for ignoring' },
    replay: { type: 'boolean', help: 'tries every waiting row again' },
  },
  notes: 'Ends with 1 while rows wait.',
  run: (args) => {
    const maps = (['item', 'location'] as const).flatMap((kind) => {
      const map = parseMap(args.text(`map-${kind}`), `map-${kind}`);
      return map ? [{ kind, ...map }] : [];
    });
    const ignore = parseIgnore(args);
    const writes = maps.length > 0 || ignore !== undefined || args.flag('replay');
    return withWorkbook(args.words[0]!, writes ? 'write' : 'read', (context) => {
      const period = neededPeriod(context, args);
      // All of what was asked for, or none of it.
      const carryOut = () => {
        for (const map of maps) expectDone(mapAlias(context, map));
        if (ignore) expectDone(ignoreRows(context, ignore));
        return args.flag('replay') ? expectDone(replayQuarantine(context, period.periodId)) : undefined;
      };
      const replayed = writes ? inTransaction(context.workbook, carryOut) : undefined;
      const listing = listQuarantine(context.workbook, period.periodId, 100_000);
      if (args.flag('json')) printJson({ ...listing, replay: replayed ?? null });
      else {
        if (replayed) printLine(`Replayed ${replayed.tried} rows: ${replayed.written} written, ${replayed.stillWaiting} still wait.`);
        printLine(`${listing.waiting} rows wait, ${listing.replayed} were replayed, ${listing.ignored} ignored.`);
        const waiting = listing.rows.filter((row) => row.state === 'waiting');
        if (waiting.length > 0) {
          printLine(table(['id', 'file', 'row', 'reason', 'what would mend it'], waiting.map((row) => [String(row.quarantineRowId), row.fileName, String(row.rowNumber), `${row.reason}: ${row.subject}`, row.whatWouldMend]), [0, 2]));
        }
      }
      return listing.waiting > 0 ? EXIT.findings : EXIT.done;
    });
  },
};
