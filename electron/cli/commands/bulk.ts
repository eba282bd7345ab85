/** `tieout bulk`: one change of reason, owner, due date or note for all lines that a filter finds, told before it is made. */
import type { BulkChange, BulkResult, BulkStatement } from '@shared/domain/bulk';
import { BULK_FIELD_WORDS, BULK_REFUSAL_WORDS, bulkOutlook, bulkSummary } from '@shared/domain/bulk-words';
import { formatInstant, instantOfLocal } from '@shared/domain/instant';
import { LINE_STATUSES, type LineFilter, OWNERS } from '@shared/domain/lines';
import { formatAmount } from '@shared/domain/money';
import { countText, plural } from '@shared/domain/plural';
import { VARIANCE_CLASSES } from '@shared/domain/variance';
import type { Period } from '@shared/contract/workbook';
import { applyBulk } from '../../services/bulk/apply';
import { bulkStatement } from '../../services/bulk/statement';
import { undoBulk } from '../../services/bulk/undo';
import type { ServiceContext } from '../../services/context';
import { workbookRow } from '../../services/workbooks';
import { type Arguments, type Command, CommandFailure, EXIT, type ExitCode } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';
import { FILTER_OPTIONS, filterBy } from './line-filter';
import { ONLY, ONLY_OPTION, viewFilter } from './lines';

const oneOf = (option: string, words: readonly string[]) => (word: string) =>
  words.includes(word) ? undefined : `--${option} knows ${words.join(', ')}; ${word} is none of them.`;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The words of an option that may be repeated, each checked. */
function allOf<Word extends string>(args: Arguments, option: string, words: readonly Word[]): Word[] {
  const given = args.all(option);
  for (const word of given) {
    const wrong = oneOf(option, words)(word);
    if (wrong !== undefined) throw new CommandFailure(wrong, EXIT.usage);
  }
  return [...given] as Word[];
}

const FILTERS = ['view', 'only', 'class', 'location', 'owner', 'status', 'where', 'find'] as const;

function filterOf(args: Arguments, context: ServiceContext, periodId: number): LineFilter {
  const [view, only] = [args.text('view'), args.text('only')];
  const [classes, owners, statuses] = [allOf(args, 'class', VARIANCE_CLASSES), allOf(args, 'owner', OWNERS), allOf(args, 'status', LINE_STATUSES)];
  const locations = args.all('location');
  return filterBy(context.workbook, args, periodId, {
    ...(view !== undefined && viewFilter(context, view)),
    ...(only !== undefined && ONLY[only]),
    ...(classes.length > 0 && { classes }),
    ...(locations.length > 0 && { locations: [...locations] }),
    ...(owners.length > 0 && { owners }),
    ...(statuses.length > 0 && { statuses }),
  });
}

/** At most one of two options that say opposite things. */
function either(args: Arguments, one: string, other: string): void {
  const given = [one, other].filter((name) => args.flag(name) || args.text(name) !== undefined);
  if (given.length === 2) throw new CommandFailure(`--${one} and --${other} say opposite things. Give one of them.`, EXIT.usage);
}

function changeOf(args: Arguments, timeZone: string): BulkChange {
  for (const [one, other] of [['set-reason', 'no-reason'], ['set-owner', 'no-owner'], ['set-due', 'no-due'], ['note', 'set-note']] as const) either(args, one, other);
  const [reason, owner, due, note, setNote] = [args.text('set-reason'), args.text('set-owner'), args.text('set-due'), args.text('note'), args.text('set-note')];
  const [, year, month, day] = DAY.exec(due ?? '') ?? [];
  return {
    ...(args.flag('no-reason') ? { reason: null } : reason !== undefined && { reason }),
    ...(args.flag('no-owner') ? { owner: null } : owner !== undefined && { owner: owner as (typeof OWNERS)[number] }),
    ...(args.flag('no-due') ? { dueInstant: null } : due !== undefined && { dueInstant: instantOfLocal(Number(year), Number(month), Number(day), timeZone, 23, 59, 59) }),
    ...(note !== undefined ? { note: { text: note.trim(), how: 'append' as const } } : setNote !== undefined && { note: { text: setNote.trim(), how: 'set' as const } }),
    ...(args.flag('clear') && { clear: true }),
  };
}

function printStatement(statement: BulkStatement, timeZone: string): void {
  const { currency } = statement;
  printLine(bulkSummary(statement));
  for (const { field, lines, replaced, values, otherLines } of statement.fields) {
    const words = values.map(({ before, lines: many }) => `${field === 'due' ? formatInstant(Date.parse(before), timeZone).slice(0, 10) : before.replaceAll('\n', ' ')} on ${countText(many)}`);
    const others = otherLines > 0 ? [`others on ${countText(otherLines)}`] : [];
    printLine(`  ${BULK_FIELD_WORDS[field]}: ${plural(lines, 'line')}${replaced > 0 ? `, ${countText(replaced)} of them set before: ${[...words, ...others].join(', ')}` : ''}`);
  }
  if (statement.value.length > 0) {
    printLine(
      table(
        ['class', 'lines', `value ${currency}`, 'without cost'],
        [
          ...statement.value.map((row) => [row.class ?? 'no variance', countText(row.lines), formatAmount(row.valueMinor, currency), countText(row.linesWithoutCost)]),
          ['all', countText(statement.changes), formatAmount(statement.valueMinor, currency), countText(statement.value.reduce((sum, row) => sum + row.linesWithoutCost, 0))],
        ],
        [1, 2, 3],
      ),
    );
  }
  for (const { why, lines, first } of statement.refusals) {
    const { which, nextStep } = BULK_REFUSAL_WORDS[why];
    const names = first.map(({ sku, location, detail }) => `${sku} at ${location} (${detail})`).join(', ');
    printLine(`Refused, ${plural(lines, 'line')} ${which}: ${names}${lines > first.length ? ` and ${countText(lines - first.length)} more` : ''}. ${nextStep}`);
  }
  for (const sentence of bulkOutlook(statement)) printLine(sentence);
}

type Work = (context: ServiceContext, period: Period) => ExitCode;

const undo = (args: Arguments, sequence: number): Work => (context) => {
  const result = expectDone(undoBulk(context, sequence));
  if (args.flag('json')) printJson(result);
  else {
    printLine(`Took back ${plural(result.undone, 'line')}; event ${result.sequence} takes that back in turn.`);
    if (result.left > 0) printLine(`Left as they are, ${plural(result.left, 'line')}: ${result.leftFirst.map(({ sku, location, detail }) => `${sku} at ${location} (${detail})`).join(', ')}${result.left > result.leftFirst.length ? ' and more' : ''}.`);
  }
  return result.left > 0 ? EXIT.findings : EXIT.done;
};

const change = (args: Arguments): Work => (context, period) => {
  const { time_zone: timeZone } = workbookRow(context.workbook);
  const request = {
    target: { kind: 'filter' as const, query: { periodId: period.periodId, sort: [], filter: filterOf(args, context, period.periodId) } },
    change: changeOf(args, timeZone),
  };
  const statement = expectDone(bulkStatement(context, request));
  const rehearsed = args.flag('rehearse');
  const result: BulkResult | null = rehearsed ? null : expectDone(applyBulk(context, { ...request, fingerprint: args.text('fingerprint') ?? statement.fingerprint }));
  if (args.flag('json')) printJson({ period: period.code, rehearsed, statement, result });
  else {
    printStatement(statement, timeZone);
    if (result) printLine(`Changed ${plural(result.changed, 'line')}; tieout bulk --undo ${result.sequence} takes it back.`);
    else printLine('Nothing was written: this is what it would do.');
  }
  return statement.refused > 0 ? EXIT.findings : EXIT.done;
};

export const bulkCommand: Command = {
  name: 'bulk',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    view: { type: 'string', value: 'NAME', help: 'lines: what a saved view lets through' },
    only: ONLY_OPTION,
    class: { type: 'string', value: 'CLASS', help: `lines: ${VARIANCE_CLASSES.join(', ')}`, repeats: true },
    location: { type: 'string', value: 'CODE', help: 'lines: at this location', repeats: true },
    owner: { type: 'string', value: 'OWNER', help: `lines: ${OWNERS.join(', ')}, set or proposed`, repeats: true },
    status: { type: 'string', value: 'STATUS', help: `lines: ${LINE_STATUSES.join(', ')}`, repeats: true },
    ...FILTER_OPTIONS,
    all: { type: 'boolean', help: 'lines: every line of the period' },
    'set-reason': { type: 'string', value: 'CODE', help: 'change: the reason' },
    'no-reason': { type: 'boolean', help: 'change: takes the reason away' },
    'set-owner': { type: 'string', value: 'OWNER', help: 'change: the owner', check: oneOf('set-owner', OWNERS) },
    'no-owner': { type: 'boolean', help: 'change: takes the owner away' },
    'set-due': { type: 'string', value: 'YYYY-MM-DD', help: 'change: due at the end of that day', check: (day) => (DAY.test(day) ? undefined : `--set-due ${day} is no day. Write it as YYYY-MM-DD.`) },
    'no-due': { type: 'boolean', help: 'change: back to the due date that the rules give' },
    note: { type: 'string', value: 'TEXT', help: 'change: adds to the note' },
    'set-note': { type: 'string', value: 'TEXT', help: 'change: takes the place of the note' },
    clear: { type: 'boolean', help: 'change: settles lines without booking them; needs --note and a reason that posts nothing' },
    rehearse: { type: 'boolean', help: 'only says what it would do' },
    fingerprint: { type: 'string', value: 'HASH', help: 'goes on only where the lines are as in the rehearsal that printed it' },
    undo: { type: 'string', value: 'EVENT', help: 'takes a bulk change back, or its undo', check: (event) => (/^\d+$/.test(event) ? undefined : `--undo ${event} is no number of an event.`) },
  },
  notes: 'Ends with 1 where lines are refused or left; the others are changed.',
  run: (args) => {
    const [workbookPath] = args.words as [string];
    const event = args.text('undo');
    if (event === undefined && !args.flag('all') && !FILTERS.some((name) => args.text(name) !== undefined || args.all(name).length > 0)) {
      throw new CommandFailure('tieout bulk needs to be told which lines: give --only, --view, --class, --location, --owner, --status, --where or --find, or --all.', EXIT.usage);
    }
    const work = event === undefined ? change(args) : undo(args, Number(event));
    return withWorkbook(workbookPath, args.flag('rehearse') && event === undefined ? 'read' : 'write', (context) => work(context, neededPeriod(context, args)));
  },
};
