/** `tieout count-sheet`: issue blind count sheets, say where each stands, take one back. */
import fs from 'node:fs';
import { lineRanges, LINES_PER_SHEET, LINES_PER_SHEET_MAX, SHEET_SCOPES, SHEET_STATE_WORDS, SheetChoice, type CountSheet } from '@shared/domain/count-sheet';
import { PaperFormat } from '@shared/domain/journal-workbook';
import { plural } from '@shared/domain/plural';
import type { Period } from '@shared/contract/workbook';
import type { ServiceContext } from '../../services/context';
import { exportCountSheets } from '../../services/count-sheets/export';
import { issueCountSheets } from '../../services/count-sheets/issue';
import { notCountedBySheet, sheetStanding } from '../../services/count-sheets/standing';
import { voidCountSheets } from '../../services/count-sheets/void';
import { type Arguments, type Command, CommandFailure, EXIT, type ExitCode } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const scopeWords = SHEET_SCOPES.map((scope) => scope.replaceAll('_', '-'));
const oneOf = (option: string, words: readonly string[]) => (value: string) =>
  words.includes(value) ? undefined : `--${option} ${value} is none of ${words.join(', ')}.`;

/** Items named one by one and in a file, one SKU a line. */
function skusOf(args: Arguments): string[] {
  const file = args.text('sku-file');
  if (file === undefined) return [...args.all('sku')];
  try {
    const listed = fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '').split(/\r?\n/).map((line) => line.trim());
    return [...args.all('sku'), ...listed.filter((line) => line !== '')];
  } catch (error) {
    throw new CommandFailure(`--sku-file ${file} cannot be read: ${(error as Error).message}.`, EXIT.refused, 'file_missing');
  }
}

function choiceOf(args: Arguments, periodId: number): SheetChoice {
  return SheetChoice.parse({
    periodId,
    scope: args.needed('only').replaceAll('-', '_'),
    locations: [...args.all('location')],
    category: args.text('category') ?? null,
    tier: args.text('tier') ?? null,
    skus: skusOf(args),
    recount: args.flag('recount'),
    linesPerSheet: Number(args.needed('lines')),
  });
}

const paperOf = (args: Arguments) => (args.text('paper') === undefined ? null : PaperFormat.parse(args.text('paper')));

type SheetWork = (context: ServiceContext, period: Period) => Promise<ExitCode> | ExitCode;

async function issue(args: Arguments, target: string, context: ServiceContext, period: Period): Promise<ExitCode> {
  const issued = expectDone(await issueCountSheets(context, { ...choiceOf(args, period.periodId), path: target, paper: paperOf(args) }));
  if (args.flag('json')) printJson(issued);
  else {
    printLine(`Wrote ${plural(issued.sheets.length, 'count sheet')} with ${plural(issued.lines, 'line')} to ${issued.path} (${issued.byteLength} bytes, SHA-256 ${issued.sha256}).`);
    printLine(table(['sheet', 'location', 'lines'], issued.sheets.map((sheet) => [sheet.number, sheet.location, String(sheet.lines)]), [2]));
    if (issued.firstCountNo > 1) printLine(`It asks for count ${issued.firstCountNo}.`);
    if (issued.alreadyOut > 0) printLine(`${plural(issued.alreadyOut, 'line stands', 'lines stand')} on a sheet that is out already for the same count: void one of the two.`);
  }
  return EXIT.done;
}

const stateOf = (sheet: CountSheet): string => SHEET_STATE_WORDS[sheet.state] + (sheet.voidReason === null ? '' : `: ${sheet.voidReason}`);

function list(args: Arguments, context: ServiceContext, period: Period): ExitCode {
  const standing = sheetStanding(context.workbook, period.periodId);
  const notCounted = notCountedBySheet(context.workbook, period.periodId);
  const sheets = standing.sheets.map((sheet) => ({ ...sheet, notCounted: notCounted.get(sheet.countSheetId) ?? [] }));
  const open = sheets.filter((sheet) => sheet.state === 'issued' || sheet.state === 'partly_back');
  if (args.flag('json')) printJson({ period: period.code, sheets, strays: standing.strays });
  else {
    const issuedOnly = sheets.filter((sheet) => sheet.state === 'issued').length;
    printLine(`${plural(sheets.length, 'count sheet')} in ${period.code}: ${open.length} not back whole, of ${issuedOnly} of them nothing.`);
    if (sheets.length > 0) {
      printLine(
        table(
          ['sheet', 'location', 'count', 'counted', 'lines', 'state', 'not counted'],
          sheets.map((sheet) => [
            sheet.number, sheet.location, String(sheet.firstCountNo), String(sheet.linesCounted), String(sheet.lines), stateOf(sheet),
            // Of a sheet that is out whole it goes without saying.
            sheet.state === 'partly_back' ? lineRanges(sheet.notCounted) : '',
          ]),
          [2, 3, 4],
        ),
      );
    }
    for (const stray of standing.strays) printLine(`extra: ${stray.fileName}, row ${stray.rowNumber}: ${stray.detail}`);
  }
  return open.length > 0 || standing.strays.length > 0 ? EXIT.findings : EXIT.done;
}

/** The sheets that numbers name. */
function sheetsNamed(context: ServiceContext, period: Period, numbers: readonly string[]): number[] {
  const { sheets } = sheetStanding(context.workbook, period.periodId);
  return numbers.map((number) => {
    const sheet = sheets.find((each) => each.number === number);
    if (!sheet) throw new CommandFailure(`There is no count sheet ${number} in ${period.code}. tieout count-sheet WORKBOOK list shows all.`, EXIT.refused, 'sheet_unknown');
    return sheet.countSheetId;
  });
}

/** Writes sheets again: those that are named, else all that are not back and not void. */
async function writeAgain(args: Arguments, target: string, context: ServiceContext, period: Period): Promise<ExitCode> {
  const out = sheetStanding(context.workbook, period.periodId).sheets.filter((sheet) => sheet.state === 'issued' || sheet.state === 'partly_back');
  const numbers = args.all('number').length > 0 ? args.all('number') : out.map(({ number }) => number);
  const countSheetIds = sheetsNamed(context, period, numbers);
  const written = expectDone(await exportCountSheets(context, { countSheetIds, path: target, paper: paperOf(args) }));
  if (args.flag('json')) printJson({ ...written, sheets: numbers });
  else printLine(`Wrote ${numbers.join(', ')} to ${written.path} (${written.byteLength} bytes, SHA-256 ${written.sha256}).`);
  return EXIT.done;
}

function takeBack(args: Arguments, numbers: readonly string[], why: string, context: ServiceContext, period: Period): ExitCode {
  const voided = expectDone(voidCountSheets(context, { countSheetIds: sheetsNamed(context, period, numbers), why }));
  if (args.flag('json')) printJson({ ...voided, sheets: numbers });
  else printLine(`Voided ${numbers.join(', ')}.`);
  return EXIT.done;
}

/** What each word does: the options it needs are asked for at once, the work is done on the open workbook. */
const ACTIONS: Readonly<Record<string, (args: Arguments) => SheetWork>> = {
  list: (args) => (context, period) => list(args, context, period),
  new: (args) => {
    const target = args.text('out');
    if (target === undefined) throw new CommandFailure('tieout count-sheet new needs --out FILE.xlsx or FILE.csv.', EXIT.usage);
    return (context, period) => issue(args, target, context, period);
  },
  export: (args) => {
    const target = args.text('out');
    if (target === undefined) throw new CommandFailure('tieout count-sheet export needs --out FILE.xlsx or FILE.csv.', EXIT.usage);
    return (context, period) => writeAgain(args, target, context, period);
  },
  void: (args) => {
    const [numbers, why] = [args.all('number'), args.text('why')?.trim() ?? ''];
    if (numbers.length === 0) throw new CommandFailure('tieout count-sheet void needs --number NUMBER.', EXIT.usage);
    if (why === '') throw new CommandFailure('tieout count-sheet void needs --why TEXT.', EXIT.usage);
    return (context, period) => takeBack(args, numbers, why, context, period);
  },
};

export const countSheetCommand: Command = {
  name: 'count-sheet',
  words: 'WORKBOOK [list | new | export | void]',
  wordsLeast: 1,
  wordsMost: 2,
  options: {
    ...PERIOD_OPTION,
    only: { type: 'string', value: 'SCOPE', help: `new: which lines: ${scopeWords.join(', ')}`, default: 'in-use', check: oneOf('only', scopeWords) },
    location: { type: 'string', value: 'CODE', help: 'new: only this location', repeats: true },
    category: { type: 'string', value: 'NAME', help: 'new: only items of this category' },
    tier: { type: 'string', value: 'A|B|C', help: 'new: only items of this risk tier', check: oneOf('tier', ['A', 'B', 'C']) },
    sku: { type: 'string', value: 'SKU', help: 'new: only this item', repeats: true },
    'sku-file': { type: 'string', value: 'FILE', help: 'new: only the items listed in a file, one SKU a line' },
    recount: { type: 'boolean', help: 'new: asks for the count after those that are in' },
    lines: {
      type: 'string', value: 'N', help: 'new: the most lines on a sheet', default: String(LINES_PER_SHEET),
      check: (value) =>
        /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= LINES_PER_SHEET_MAX ? undefined : `--lines ${value} is no whole number from 1 to ${LINES_PER_SHEET_MAX}.`,
    },
    paper: { type: 'string', value: 'a4|letter', help: 'new, export: the paper; what the country of the time zone prints on unless given', check: oneOf('paper', PaperFormat.options) },
    out: { type: 'string', value: 'FILE', help: 'new, export: where to write the sheets, as .xlsx or .csv' },
    number: { type: 'string', value: 'NUMBER', help: 'export, void: which sheet; export writes all that are out unless given', repeats: true },
    why: { type: 'string', value: 'TEXT', help: 'void: the reason' },
  },
  notes: 'variance, over-tolerance and recount-asked make a recount of the last reconciliation. list ends with 1 while a sheet is not back whole or a row is extra.',
  run: (args) => {
    const [workbookPath, action = 'list'] = args.words as [string, string?];
    const carryOut = ACTIONS[action];
    if (!carryOut) throw new CommandFailure(`tieout count-sheet knows ${Object.keys(ACTIONS).join(', ')}; ${action} is none of them.`, EXIT.usage);
    const work = carryOut(args);
    return withWorkbook(workbookPath, action === 'list' ? 'read' : 'write', (context) => work(context, neededPeriod(context, args)));
  },
};
