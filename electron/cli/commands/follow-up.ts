/** `tieout cases`, `tieout waived`: what lines wait for after they were explained, and what tolerance let pass. */
import { SYSTEM_NAMES } from '@shared/domain/explanation/words';
import type { CountLists, FollowUpLists, WaivedLedger } from '@shared/domain/follow-up/shapes';
import { formatAmount } from '@shared/domain/money';
import { countText, plural } from '@shared/domain/plural';
import { formatQuantity } from '@shared/domain/quantity';
import { FOLLOW_UP_LINES_MAX } from '@shared/contract/follow-up';
import type { Period } from '@shared/contract/workbook';
import type { ServiceContext } from '../../services/context';
import { confirmTags } from '../../services/follow-up/confirm';
import { countLists, followUpLists } from '../../services/follow-up/lists';
import { checkLines } from '../../services/follow-up/person-check';
import { acceptWaived, waivedLedger } from '../../services/follow-up/waived';
import { figuresText } from '../../services/follow-up/text';
import { type Arguments, type Command, CommandFailure, EXIT, type ExitCode } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, identitiesFolder, neededIdentity, neededPassPhrase, neededPeriod, PERIOD_OPTION, SIGNING_OPTIONS, withWorkbook } from '../session';

const quantity = (quantityScaled: number | null) => (quantityScaled === null ? '?' : formatQuantity(quantityScaled));

/** One list with its heading; nothing where it is empty. */
function printList<Row extends { readonly sku: string; readonly location: string }>(
  heading: string,
  { total, lines }: { readonly total: number; readonly lines: readonly Row[] },
  columns: readonly (readonly [string, (row: Row) => string])[],
): void {
  if (total === 0) return;
  printLine();
  printLine(`${heading}: ${plural(total, 'line')}${lines.length < total ? `, the first ${countText(lines.length)} shown` : ''}`);
  printLine(table(['sku', 'location', ...columns.map(([title]) => title)], lines.map((row) => [row.sku, row.location, ...columns.map(([, cell]) => cell(row))])));
}

function printLists(lists: FollowUpLists & CountLists): void {
  printList('Changed since they were tagged', lists.changed, [
    ['reason', (row) => row.reasonCode ?? ''],
    ['then', (row) => figuresText(row.then)],
    ['now', (row) => (row.now ? figuresText(row.now) : 'no such line')],
    ['next step', (row) => row.nextStep],
  ]);
  printList('Adjustments that wait for a check', lists.checks, [
    ['adjustment', (row) => quantity(row.adjustmentScaled)],
    ['not answered by a file', (row) => row.unanswered.join(', ')],
    ['found', (row) => row.sentence],
  ]);
  printList('Second counts asked for', lists.recounts, [['count variance', (row) => quantity(row.countScaled)], ['why', (row) => row.why]]);
  printList('Not counted', lists.notCounted, [
    ['in the books', (row) => quantity(row.bookScaled)],
    ['why', (row) => (row.why === 'no_figure' ? `on ${row.sheet === '' ? 'a sheet' : `sheet ${row.sheet}`} without a figure` : 'on no sheet of a location that was counted')],
  ]);
  printList('One bin counted by two people', lists.conflicts, [
    ['bin', (row) => row.bin],
    ['counts', (row) => row.counts.map((each) => `${each.countedBy} ${quantity(each.countedScaled)}`).join(', ')],
  ]);
  printList('Postings that came in after the count', lists.late, [
    ['postings', (row) => String(row.postings)],
    ['on hand', (row) => quantity(row.onHandScaled)],
    ['count variance', (row) => quantity(row.countScaled)],
  ]);
  printList('Systems whose own figures do not add up', lists.identities, [
    ['system', (row) => SYSTEM_NAMES[row.system]],
    ['on hand', (row) => quantity(row.onHandScaled)],
    ['committed', (row) => quantity(row.committedScaled)],
    ['held', (row) => quantity(row.heldScaled)],
    ['available', (row) => quantity(row.availableScaled)],
    ['difference', (row) => quantity(row.differenceScaled)],
    ['row', (row) => `${row.evidence.file} row ${row.evidence.row}`],
  ]);
}

/** The lines that --sku and --location name; null where --all asks for every line that waits. */
function chosenKeys(args: Arguments, context: ServiceContext): number[] | null {
  if (args.flag('all')) return null;
  const [sku, location] = [args.text('sku'), args.text('location')];
  if (sku === undefined || location === undefined) throw new CommandFailure('tieout cases needs --sku SKU and --location CODE here, or --all.', EXIT.usage);
  const row = context.workbook.get<{ stock_key_id: number }>(
    'SELECT k.stock_key_id FROM stock_keys k JOIN items i USING (item_id) JOIN locations o USING (location_id) WHERE i.sku = ? AND o.code = ?', sku, location,
  );
  if (!row) throw new CommandFailure(`${sku} at ${location} is no line of this workbook. See tieout lines for what there is.`, EXIT.refused, 'line_missing');
  return [row.stock_key_id];
}

type Work = (context: ServiceContext, period: Period) => ExitCode;

const ACTIONS: Readonly<Record<string, (args: Arguments) => Work>> = {
  list: (args) => (context, period) => {
    const [{ workbook }, limit] = [context, FOLLOW_UP_LINES_MAX];
    const lists = { ...followUpLists(workbook, period.periodId, limit), ...countLists(workbook, period.periodId, limit) };
    const waiting = lists.changed.total + lists.checks.total + lists.recounts.total;
    if (args.flag('json')) printJson({ period: period.code, ...lists });
    else {
      printLine(
        `${period.code}: ${plural(lists.changed.total, 'reason')} given for other figures, ${plural(lists.checks.total, 'adjustment')} waiting for a check, ` +
          `${plural(lists.recounts.total, 'second count')} asked for, ${plural(lists.notCounted.total, 'line')} not counted.`,
      );
      printLists(lists);
    }
    return waiting > 0 ? EXIT.findings : EXIT.done;
  },
  confirm: (args) => (context, period) => {
    const confirmed = expectDone(confirmTags(context, { periodId: period.periodId, stockKeyIds: chosenKeys(args, context) }));
    if (args.flag('json')) printJson(confirmed);
    else printLine(`Confirmed ${plural(confirmed.tags.length, 'reason')} for the figures that stand now.`);
    return EXIT.done;
  },
  check: (args) => {
    const note = args.text('note')?.trim() ?? '';
    if (note === '') throw new CommandFailure('tieout cases check needs --note TEXT: what was found.', EXIT.usage);
    return (context, period) => {
      const { checked } = expectDone(checkLines(context, { periodId: period.periodId, stockKeyIds: chosenKeys(args, context), note }));
      if (args.flag('json')) printJson({ checked });
      else printLine(`Recorded the check of ${plural(checked, 'line')}.`);
      return EXIT.done;
    };
  },
};

export const casesCommand: Command = {
  name: 'cases',
  words: 'WORKBOOK [list | confirm | check]',
  wordsLeast: 1,
  wordsMost: 2,
  options: {
    ...PERIOD_OPTION,
    sku: { type: 'string', value: 'SKU', help: 'confirm, check: which item' },
    location: { type: 'string', value: 'CODE', help: 'confirm, check: at which location' },
    all: { type: 'boolean', help: 'confirm, check: every line that waits' },
    note: { type: 'string', value: 'TEXT', help: 'check: what was found of open orders, reservations and returns' },
  },
  notes: 'list ends with 1 while a reason, a check or a second count is waited for.',
  run: (args) => {
    const [workbookPath, action = 'list'] = args.words as [string, string?];
    const carryOut = ACTIONS[action];
    if (!carryOut) throw new CommandFailure(`tieout cases knows ${Object.keys(ACTIONS).join(', ')}; ${action} is none of them.`, EXIT.usage);
    const work = carryOut(args);
    return withWorkbook(workbookPath, action === 'list' ? 'read' : 'write', (context) => work(context, neededPeriod(context, args)));
  },
};

function printWaived(ledger: WaivedLedger, period: Period): void {
  const { currency, plus, minus } = ledger;
  const amount = (minor: number) => formatAmount(minor, currency);
  printLine(
    `${period.code}: tolerance let pass ${plural(plus.differences + minus.differences, 'difference')}, ${amount(ledger.absoluteMinor)} ${currency} without sign; ` +
      `plus ${formatQuantity(plus.unitsScaled)} units ${amount(plus.valueMinor)}, minus ${formatQuantity(minus.unitsScaled)} units ${amount(minus.valueMinor)}, ` +
      `net ${formatQuantity(ledger.netUnitsScaled)} units ${amount(ledger.netMinor)}.`,
  );
  if (ledger.rows.length > 0) {
    printLine(
      table(
        ['sign', 'rule', 'owner', 'location', 'variance', 'differences', 'units', `value ${currency}`],
        ledger.rows.map((row) => [row.sign, row.rule, row.owner, row.location, row.kind, String(row.differences), formatQuantity(row.unitsScaled), amount(row.valueMinor)]),
        [5, 6, 7],
      ),
    );
  }
  if (ledger.limitMinor === null) printLine('The rules set no limit.');
  else printLine(`The limit is ${amount(ledger.limitMinor)} ${currency}: ${ledger.isOverLimit ? 'it is crossed' : 'it holds'}.`);
  const { acceptance } = ledger;
  if (acceptance) {
    const standing = acceptance.holds ? 'That holds.' : 'It has grown since: a controller has to accept it again.';
    printLine(`${acceptance.acceptedBy} accepted ${amount(acceptance.acceptedMinor)} ${currency}: ${acceptance.note}. ${standing}`);
  } else if (ledger.needsAcceptance) printLine('A controller who prepared no journal of the period has to accept it: tieout waived WORKBOOK accept.');
}

export const waivedCommand: Command = {
  name: 'waived',
  words: 'WORKBOOK [list | accept]',
  wordsLeast: 1,
  wordsMost: 2,
  options: {
    ...PERIOD_OPTION,
    ...SIGNING_OPTIONS,
    note: { type: 'string', value: 'TEXT', help: 'accept: why it is accepted' },
  },
  notes: 'list ends with 1 while the limit is crossed and nobody has accepted it. Only a controller accepts, and none who prepared a journal of the period.',
  run: (args) => {
    const [workbookPath, action = 'list'] = args.words as [string, string?];
    const show = (ledger: WaivedLedger, period: Period) => {
      if (args.flag('json')) printJson({ period: period.code, ...ledger });
      else printWaived(ledger, period);
      return ledger.needsAcceptance ? EXIT.findings : EXIT.done;
    };
    if (action === 'list') {
      return withWorkbook(workbookPath, 'read', (context) => {
        const period = neededPeriod(context, args);
        return show(waivedLedger(context.workbook, period.periodId)!, period);
      });
    }
    if (action !== 'accept') throw new CommandFailure(`tieout waived knows list, accept; ${action} is none of them.`, EXIT.usage);
    const [email, note] = [args.text('as'), args.text('note')?.trim() ?? ''];
    if (email === undefined) throw new CommandFailure('tieout waived accept needs --as EMAIL of a controller.', EXIT.usage);
    if (note === '') throw new CommandFailure('tieout waived accept needs --note TEXT.', EXIT.usage);
    const passPhrase = neededPassPhrase(args);
    const fingerprint = neededIdentity(email).fingerprintSha256;
    return withWorkbook(workbookPath, 'write', (context) => {
      const period = neededPeriod(context, args);
      const { absoluteMinor } = waivedLedger(context.workbook, period.periodId)!;
      return show(expectDone(acceptWaived(context, identitiesFolder(), { periodId: period.periodId, fingerprint, passPhrase, note, absoluteMinor })), period);
    });
  },
};
