/** `tieout profiles`, `tieout import`. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { reportSentences } from '@shared/domain/count-sheet';
import { SYSTEM_NAMES } from '@shared/domain/explanation/words';
import type { FileInspection, ImportRequest, ProfileListing, Rehearsal } from '@shared/domain/import';
import { formatInstantUtc } from '@shared/domain/instant';
import type { ServiceContext } from '../../services/context';
import { commitImport, inspectFile, listProfiles, profilesWhole } from '../../services/imports/index';
import { inLongTransaction } from '../../services/imports/loading/long-transaction';
import { findPeriodByCode } from '../../services/periods';
import { backUpWorkbook } from '../../workbook/backup';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, say, table } from '../print';
import { contextFor, currentActor, expectDone, PERIOD_OPTION, periodOrNew, withWorkbook } from '../session';
import { openWorkbook } from '../../services/workbooks';
import { GIVEN_OPTIONS, givens } from './import-givens';
import { printProfile } from './print-profile';
import { printDifference } from './print-difference';

/** Items first, then what sets, then what adds: so that files given together know one another's items. */
const KIND_ORDER = ['items', 'snapshot', 'movements', 'count', 'trial_balance', 'ledger_entries', 'tags'];
const DEFAULT_WINDOW_HOURS = 48;

export const profilesCommand: Command = {
  name: 'profiles',
  words: '[WORKBOOK]',
  wordsLeast: 0,
  wordsMost: 1,
  options: { show: { type: 'string', value: 'ID', help: 'prints one profile as a page: what it holds, which columns it reads, which rows are no data' } },
  run: async (args) => {
    const [workbookPath] = args.words;
    const id = args.text('show');
    if (id !== undefined) return showProfile(args, id, workbookPath);
    const profiles = workbookPath === undefined ? listProfiles() : await withWorkbook(workbookPath, 'read', (context) => listProfiles(context.workbook));
    if (args.flag('json')) printJson({ profiles });
    else printLine(table(['profile', 'name', 'kind', 'system', 'holds', 'effect'], profiles.map(rowOfProfile)));
    return EXIT.done;
  },
};

async function showProfile(args: Arguments, id: string, workbookPath: string | undefined) {
  const known = workbookPath === undefined ? profilesWhole() : await withWorkbook(workbookPath, 'read', (context) => profilesWhole(context.workbook));
  const found = known.find(({ profile }) => profile.id === id);
  if (!found) throw new CommandFailure(`There is no profile ${id}. tieout profiles lists all.`, EXIT.refused, 'profile_unknown');
  if (args.flag('json')) printJson({ profile: found.profile });
  else printProfile(found.profile);
  return EXIT.done;
}

/** A profile as one line; what it says in full is told by --show. */
const rowOfProfile = ({ id, name, kind, system, statesHeld, effect }: ProfileListing): string[] => [
  id, name, kind.replaceAll('_', ' '), system ?? (kind === 'snapshot' || kind === 'movements' ? 'as the file says' : ''),
  statesHeld.map((state) => state.replaceAll('_', ' ')).join(', '), effect,
];

/** What an inspection says that an import would be refused for, with the options that would mend it. */
function objectionTo(inspection: FileInspection, given: Partial<ImportRequest>): readonly [failure: string, message: string] | undefined {
  const { fileName, needs, alreadyImported: held } = inspection;
  if (held && held.importId !== given.supersedesImportId) return ['already_imported', `${fileName} is import ${held.importId} of this period already (${held.fileName}, ${formatInstantUtc(held.atInstant)}). Nothing of it is missing; to write it anew, undo import ${held.importId} first.`];
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
      const inspection = expectDone(await inspectFile(context, { filePath: path.resolve(file), fileName: path.basename(file), periodId, encoding: given.encoding }));
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
  if (rehearsal.countSheets) for (const sentence of reportSentences(rehearsal.countSheets)) printLine(`  ${sentence}`);
  if (rehearsal.supersedes && rehearsal.difference) printDifference(rehearsal.supersedes, rehearsal.difference, rehearsedOnly);
  for (const each of rehearsal.replaceable.filter(({ isProposed }) => isProposed)) {
    printLine(`  looks like a later state of import ${each.importId} (${each.fileName}). ${each.why} --supersedes ${each.importId} writes it in that one's place.`);
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
  options: {
    ...PERIOD_OPTION,
    ...GIVEN_OPTIONS,
    supersedes: {
      type: 'string', value: 'N', help: 'writes the one file in the place of import N, whose rows leave the figures',
      check: (text) => (/^[1-9]\d{0,9}$/.test(text) ? undefined : `--supersedes ${text} is no number of an import. tieout imports lists them.`),
    },
    rehearse: { type: 'boolean', help: 'shows what would be written and writes nothing' },
  },
  notes: 'Ends with 1 when rows went to the quarantine.',
  run: (args) => {
    const [workbookPath, ...files] = args.words as [string, ...string[]];
    const supersedes = args.text('supersedes');
    if (supersedes !== undefined && files.length > 1) {
      throw new CommandFailure(`--supersedes ${supersedes} is about one file; ${files.length} were given. Import them one by one.`, EXIT.usage);
    }
    const given = { ...givens(args), ...(supersedes === undefined ? {} : { supersedesImportId: Number(supersedes) }) };
    if (args.flag('rehearse')) {
      return withWorkbook(workbookPath, 'read', async (context) => ((await onCopy(context, (copy) => importFiles(copy, args, files, given))) ? EXIT.findings : EXIT.done));
    }
    return withWorkbook(workbookPath, 'write', async (context) => ((await importFiles(context, args, files, given)) ? EXIT.findings : EXIT.done));
  },
};
