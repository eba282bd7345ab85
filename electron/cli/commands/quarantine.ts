/** `tieout quarantine`: what waits, what would mend it, and mending it. */
import { QUARANTINE_REASONS, type QuarantineReason } from '@shared/domain/import';
import type { AcceptedSuggestion, AddTargetRequest, MapAliasRequest, ReplayResult, SuggestedName } from '@shared/domain/quarantine';
import { SUGGESTION_REASONS, type SuggestionReason } from '@shared/domain/suggestions';
import type { ServiceContext } from '../../services/context';
import {
  acceptSuggestions, addAndReplay, historyOfRow, ignoreRows, listQuarantine, mapAlias, replaceValue, replayQuarantine, restoreRows, setUnit, suggestNames,
  touchedBy,
} from '../../services/quarantine';
import { formatInstantUtc } from '@shared/domain/instant';
import { inTransaction } from '../../workbook/workbook';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

/** More than any quarantine holds: the command line lists all of it. */
const ALL_ROWS = 10_000_000;

const usage = (message: string) => new CommandFailure(message, EXIT.usage);

/** `shopify:Seattle Flagship=Seattle Store` as its three parts. */
function parseMap(text: string | undefined, option: string): { source: string; alias: string; targetCode: string } | undefined {
  if (text === undefined) return undefined;
  const match = /^([^:]+):(.+)=(.+)$/.exec(text);
  if (!match) throw usage(`--${option} ${text}: write SOURCE:NAME=TARGET, as in shopify:Main Street=Seattle Store.`);
  return { source: match[1]!, alias: match[2]!, targetCode: match[3]! };
}

/** `business_central:MAIN` or `business_central:MAIN=Main warehouse`: a name, and what is added for it. */
function parseAdd(text: string | undefined, kind: 'item' | 'location'): AddTargetRequest[] {
  if (text === undefined) return [];
  const match = /^([^:]+):([^=]+)(?:=(.+))?$/.exec(text);
  if (!match) throw usage(`--add-${kind} ${text}: write SOURCE:NAME, as in business_central:MAIN, or SOURCE:NAME=CODE.`);
  const alias = match[2]!.trim();
  return [{ kind, source: match[1]!, alias, code: match[3]?.trim() ?? alias, name: '', unit: 'each' }];
}

/** `RUG-200:case=12` as its three parts. */
function parseUnit(text: string | undefined): { itemCode: string; unit: string; factor: string } | undefined {
  if (text === undefined) return undefined;
  const match = /^(.+):([^:]+)=([\d.]+)$/.exec(text);
  if (!match) throw usage(`--unit ${text}: write SKU:UNIT=FACTOR, as in RUG-200:case=12.`);
  return { itemCode: match[1]!, unit: match[2]!, factor: match[3]! };
}

type Chosen = { readonly quarantineRowIds: number[] } | { readonly reason: QuarantineReason; readonly subject: string | undefined };

/** `12,13` or `unreadable_date` or `unknown_item:CARPET`. */
function parseRows(text: string, option: string): Chosen {
  if (/^\d+(,\d+)*$/.test(text)) return { quarantineRowIds: text.split(',').map(Number) };
  const [reason, ...rest] = text.split(':') as [string, ...string[]];
  if (!(QUARANTINE_REASONS as readonly string[]).includes(reason)) {
    throw usage(`--${option} ${text}: give row ids as the list shows them, or a reason: ${QUARANTINE_REASONS.join(', ')}.`);
  }
  return { reason: reason as QuarantineReason, subject: rest.length > 0 ? rest.join(':') : undefined };
}

function idsOf(context: ServiceContext, periodId: number, chosen: Chosen): number[] {
  if ('quarantineRowIds' in chosen) return chosen.quarantineRowIds;
  const ids = listQuarantine(context.workbook, periodId, ALL_ROWS)
    .rows.filter((row) => row.state === 'waiting' && row.reason === chosen.reason && (chosen.subject === undefined || row.subject === chosen.subject))
    .map((row) => row.quarantineRowId);
  if (ids.length === 0) throw new CommandFailure(`No row waits for ${chosen.reason}${chosen.subject === undefined ? '' : `: ${chosen.subject}`}.`, EXIT.refused, 'nothing_chosen');
  return ids;
}

function parseReasons(text: string | undefined): SuggestionReason[] | undefined {
  if (text === undefined) return undefined;
  const reasons = text.split(',');
  const unknown = reasons.find((reason) => !(SUGGESTION_REASONS as readonly string[]).includes(reason));
  if (unknown !== undefined) throw usage(`--accept-suggestions ${unknown} is none of ${SUGGESTION_REASONS.join(', ')}.`);
  return reasons as SuggestionReason[];
}

/** What is suggested for the given reasons; a name with two answers among them is left to a person. */
function plainAnswers(names: readonly SuggestedName[], reasons: readonly SuggestionReason[]): AcceptedSuggestion[] {
  return names.flatMap(({ source, kind, alias, suggestions }) => {
    const fitting = suggestions.filter(({ reason }) => reasons.includes(reason));
    const [only] = fitting;
    return only && fitting.length === 1 ? [{ source, kind, alias, targetCode: only.targetCode, reason: only.reason }] : [];
  });
}

interface Wishes {
  readonly adds: readonly AddTargetRequest[];
  readonly maps: readonly MapAliasRequest[];
  readonly unit: ReturnType<typeof parseUnit>;
  readonly accept: readonly SuggestionReason[] | undefined;
  readonly correct: { readonly chosen: Chosen; readonly column: string; readonly to: string; readonly from: string | null; readonly why: string } | undefined;
  readonly ignore: { readonly chosen: Chosen; readonly why: string } | undefined;
  readonly restore: { readonly quarantineRowIds: number[]; readonly why: string } | undefined;
  readonly replay: boolean;
}

function parseWishes(args: Arguments): Wishes {
  const why = args.text('why')?.trim();
  const needsWhy = (option: string) => {
    if (!why) throw usage(`--${option} needs --why TEXT.`);
    return why;
  };
  const maps = (['item', 'location', 'unit'] as const).flatMap((kind) => {
    const map = parseMap(args.text(`map-${kind}`), `map-${kind}`);
    return map ? [{ kind, ...map }] : [];
  });
  const adds = (['item', 'location'] as const).flatMap((kind) => parseAdd(args.text(`add-${kind}`), kind));
  const ignore = args.text('ignore');
  const restore = args.text('restore');
  const correct = args.text('correct');
  const rows = args.text('rows');
  if ((correct === undefined) !== (rows === undefined)) throw usage('--correct COLUMN=VALUE and --rows go together.');
  if (why !== undefined && [ignore, restore, correct].every((each) => each === undefined)) throw usage('--why goes with --ignore, --restore or --correct.');
  const cell = correct === undefined ? undefined : /^([^=]+)=(.*)$/.exec(correct);
  if (cell === null) throw usage(`--correct ${correct}: write COLUMN=VALUE, as in counted_at=2026-10-31T22:00:00-07:00.`);
  const restored = restore === undefined ? undefined : parseRows(restore, 'restore');
  if (restored && !('quarantineRowIds' in restored)) throw usage('--restore takes row ids as the list shows them.');
  return {
    adds,
    maps,
    unit: parseUnit(args.text('unit')),
    accept: parseReasons(args.text('accept-suggestions')),
    correct: cell && { chosen: parseRows(rows!, 'rows'), column: cell[1]!.trim(), to: cell[2]!, from: args.text('reads') ?? null, why: needsWhy('correct') },
    ignore: ignore === undefined ? undefined : { chosen: parseRows(ignore, 'ignore'), why: needsWhy('ignore') },
    restore: restored && { ...restored, why: needsWhy('restore') },
    replay: args.flag('replay'),
  };
}

const isWish = (wishes: Wishes): boolean =>
  wishes.adds.length > 0 || wishes.maps.length > 0 || wishes.replay || [wishes.unit, wishes.accept, wishes.correct, wishes.ignore, wishes.restore].some((each) => each !== undefined);

/** All of what was asked for, or none of it; the last replay is what is told. */
function carryOut(context: ServiceContext, periodId: number, wishes: Wishes): ReplayResult | undefined {
  let replayed: ReplayResult | undefined;
  for (const add of wishes.adds) replayed = expectDone(addAndReplay(context, periodId, add));
  for (const map of wishes.maps) expectDone(mapAlias(context, map));
  if (wishes.unit) replayed = expectDone(setUnit(context, { periodId, ...wishes.unit }));
  if (wishes.restore) expectDone(restoreRows(context, wishes.restore));
  if (wishes.correct) {
    const { chosen, ...request } = wishes.correct;
    replayed = expectDone(replaceValue(context, { rows: { quarantineRowIds: idsOf(context, periodId, chosen) }, ...request }));
  }
  if (wishes.ignore) expectDone(ignoreRows(context, { rows: { quarantineRowIds: idsOf(context, periodId, wishes.ignore.chosen) }, why: wishes.ignore.why }));
  if (wishes.accept) {
    const accepted = plainAnswers(suggestNames(context.workbook, periodId, context.job), wishes.accept);
    if (accepted.length === 0) throw new CommandFailure(`No name is suggested for ${wishes.accept.join(' or ')}.`, EXIT.refused, 'nothing_chosen');
    replayed = expectDone(acceptSuggestions(context, periodId, accepted));
  }
  return wishes.replay ? expectDone(replayQuarantine(context, periodId)) : replayed;
}

function printSuggestions(names: readonly SuggestedName[]): void {
  const rows = names.flatMap(({ source, alias, rows: waiting, suggestions }) =>
    suggestions.map((each) => [source, alias, String(waiting), each.targetCode, each.reason, each.sentence]),
  );
  printLine(rows.length === 0 ? 'Nothing is suggested.' : table(['source', 'name', 'rows', 'may be', 'reason', 'because'], rows, [2]));
}

function history(context: ServiceContext, args: Arguments, id: string) {
  if (!/^\d+$/.test(id)) throw usage('--history takes a row id as the list shows it.');
  const steps = expectDone(historyOfRow(context.workbook, Number(id)));
  if (args.flag('json')) printJson({ history: steps });
  else {
    const rows = steps.map((step) => [step.atInstant === null ? '' : formatInstantUtc(step.atInstant), step.actor, step.sentence, step.why]);
    printLine(table(['when', 'who', 'what', 'why'], rows));
  }
  return EXIT.done;
}

/** Says how many rows an action would touch, and carries nothing out. */
function rehearse(context: ServiceContext, args: Arguments, periodId: number, wishes: Wishes) {
  const chosen = wishes.correct?.chosen ?? wishes.ignore?.chosen;
  if (!chosen) throw usage('--rehearse goes with --ignore or --correct.');
  const { correct } = wishes;
  const touched = expectDone(
    touchedBy(context.workbook, { rows: { quarantineRowIds: idsOf(context, periodId, chosen) }, ...(correct && { column: correct.column, from: correct.from }) }),
  );
  if (args.flag('json')) printJson({ touched });
  else printLine(`${touched.rows} rows of ${touched.files.join(', ') || 'no file'} would be touched.`);
  return EXIT.done;
}

export const quarantineCommand: Command = {
  name: 'quarantine',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    'map-item': { type: 'string', value: 'SOURCE:NAME=SKU', help: 'says which item a source means by a name' },
    'map-location': { type: 'string', value: 'SOURCE:NAME=CODE', help: 'says which location a source means by a name' },
    'add-item': { type: 'string', value: 'SOURCE:NAME[=SKU]', help: 'adds an item for a name that rows wait for; without SKU it is called by the name' },
    'add-location': { type: 'string', value: 'SOURCE:NAME[=CODE]', help: 'adds a location for a name that rows wait for; without CODE it is called by the name' },
    'map-unit': { type: 'string', value: 'SOURCE:WORD=UNIT', help: 'says which unit a source means by a word' },
    unit: { type: 'string', value: 'SKU:UNIT=FACTOR', help: 'says how many base units of an item one unit holds, and replays' },
    suggest: { type: 'boolean', help: 'lists what unknown names may stand for, and why' },
    'accept-suggestions': { type: 'string', value: 'REASON,REASON', help: 'takes every suggestion with these reasons that has one answer, and replays' },
    correct: { type: 'string', value: 'COLUMN=VALUE', help: 'puts a value into a column of --rows, and tries them; needs --why' },
    rows: { type: 'string', value: 'ID,ID|REASON[:VALUE]', help: 'the rows to correct: by id, or all that wait for a reason' },
    reads: { type: 'string', value: 'VALUE', help: 'corrects only rows in which the column reads this' },
    ignore: { type: 'string', value: 'ID,ID|REASON[:VALUE]', help: 'settles rows without using them; needs --why' },
    restore: { type: 'string', value: 'ID,ID', help: 'brings ignored rows back; needs --why' },
    why: { type: 'string', value: 'TEXT', help: 'the reason for ignoring, correcting or bringing back' },
    rehearse: { type: 'boolean', help: 'only says how many rows --ignore or --correct would touch' },
    history: { type: 'string', value: 'ID', help: 'lists what happened to a row: who, when, why' },
    replay: { type: 'boolean', help: 'tries every waiting row again' },
  },
  notes: 'Ends with 1 while rows wait.',
  run: (args) => {
    const wishes = parseWishes(args);
    const rehearsed = args.flag('rehearse');
    const writes = isWish(wishes) && !rehearsed;
    return withWorkbook(args.words[0]!, writes ? 'write' : 'read', (context) => {
      const { periodId } = neededPeriod(context, args);
      const historyOf = args.text('history');
      if (historyOf !== undefined) return history(context, args, historyOf);
      if (rehearsed) return rehearse(context, args, periodId, wishes);
      const replayed = writes ? inTransaction(context.workbook, () => carryOut(context, periodId, wishes)) : undefined;
      const listing = listQuarantine(context.workbook, periodId, ALL_ROWS);
      const suggestions = args.flag('suggest') ? suggestNames(context.workbook, periodId, context.job) : undefined;
      if (args.flag('json')) printJson({ ...listing, replay: replayed ?? null, ...(suggestions && { suggestions }) });
      else {
        if (replayed) printLine(`Replayed ${replayed.tried} rows: ${replayed.written} written, ${replayed.stillWaiting} still wait.`);
        printLine(`${listing.waiting} rows wait, ${listing.replayed} were replayed, ${listing.ignored} ignored.`);
        const waiting = listing.rows.filter((row) => row.state === 'waiting');
        if (suggestions) printSuggestions(suggestions);
        else if (waiting.length > 0) {
          printLine(table(['id', 'file', 'row', 'reason', 'what would mend it'], waiting.map((row) => [String(row.quarantineRowId), row.fileName, String(row.rowNumber), `${row.reason}: ${row.subject}`, row.whatWouldMend]), [0, 2]));
        }
      }
      return listing.waiting > 0 ? EXIT.findings : EXIT.done;
    });
  },
};
