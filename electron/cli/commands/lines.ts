/** `tieout reconcile`, `tieout lines`, `tieout explain`, `tieout tag`. */
import { csvCell } from '@shared/domain/csv-cell';
import { formatDecimal } from '@shared/domain/decimal';
import { CASE_VIEWS } from '@shared/domain/follow-up/views';
import type { LineFilter } from '@shared/domain/lines';
import type { LineJson, LinesJson } from '@shared/domain/lines-json';
import { countText, plural } from '@shared/domain/plural';
import type { ServiceContext } from '../../services/context';
import { explainJson, explainText, lineDetail, linesJson, summaryOfLines } from '../../services/lines';
import { notesAndAttachments } from '../../services/notes/notes';
import { lineOverPeriods } from '../../services/overview';
import { reconcilePeriod } from '../../services/reconciliation/reconcile';
import { findView, listViews } from '../../services/saved-views';
import { type Arguments, type Command, CommandFailure, EXIT, type OptionSpec } from '../command';
import { printJson, printLine, say, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';
import { FILTER_OPTIONS, filterBy } from './line-filter';
import { GROUP_WORDS, printGroups } from './line-groups';

export const reconcileCommand: Command = {
  name: 'reconcile',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: PERIOD_OPTION,
  notes: 'Ends with 1 while exceptions are open.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'write', (context) => {
      const { periodId } = neededPeriod(context, args);
      expectDone(reconcilePeriod(context, periodId));
      const summary = summaryOfLines(context.workbook, periodId)!;
      if (args.flag('json')) printJson(summary);
      else {
        const share = summary.explained.unitsShareHundredths;
        printLine(`${plural(summary.lines, 'line')}, ${countText(summary.linesWithVariance)} with a variance, ${plural(summary.exceptions, 'exception')}.`);
        if (share !== null) printLine(`Explained ${formatDecimal(share, 2, 2)} % of the units; ${plural(summary.unexplainedLines, 'line holds', 'lines hold')} an unexplained rest.`);
      }
      return summary.byStatus.open.lines > 0 ? EXIT.findings : EXIT.done;
    }),
};

const CSV_COLUMNS: readonly (readonly [string, (line: LineJson) => string | null])[] = [
  ['sku', (line) => line.sku],
  ['location', (line) => line.location],
  ['erp_on_hand', (line) => line.positions.erp?.onHand ?? null],
  ['storefront_available', (line) => line.positions.storefront?.available ?? null],
  ['counted', (line) => line.positions.count?.counted ?? null],
  ...(['count', 'channel', 'ledger'] as const).flatMap(
    (kind) =>
      [
        [`${kind}_variance`, (line: LineJson) => line.variances.find((each) => each.kind === kind)?.quantity ?? null],
        [`${kind}_residual`, (line: LineJson) => line.variances.find((each) => each.kind === kind)?.residual ?? null],
      ] as const,
  ),
  ['class', (line) => line.class],
  ['cause', (line) => line.cause],
  ['status', (line) => line.status],
  ['reason', (line) => line.reason],
  ['owner', (line) => line.owner],
  ['due', (line) => line.due],
  ['next_step', (line) => line.nextStep],
  ['age_closes', (line) => (line.followUp.ageCloses === null ? null : String(line.followUp.ageCloses))],
  ['changed_since_tag', (line) => (line.followUp.changedSinceTag ? 'yes' : 'no')],
  ['checks', (line) => (line.followUp.checks === null ? null : line.followUp.checks.waiting ? 'waiting' : 'done')],
  ['recount', (line) => line.followUp.recountAsked],
];

function printCsv(lines: LinesJson): void {
  printLine(CSV_COLUMNS.map(([title]) => title).join(','));
  for (const line of lines.lines) printLine(CSV_COLUMNS.map(([, value]) => csvCell(value(line))).join(','));
}

const shortened = (text: string, width: number) => (text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`);
const variance = (line: LineJson, kind: string) => line.variances.find((each) => each.kind === kind)?.quantity ?? '?';

function printTable(lines: LinesJson): void {
  printLine(
    table(
      ['sku', 'location', 'ERP', 'store', 'count', 'count var', 'channel var', 'ledger var', 'class', 'status', 'reason', 'next step'],
      lines.lines.map((line) => [
        line.sku, line.location, line.positions.erp?.atCutOff ?? '?', line.positions.storefront?.atCutOff ?? '?', line.positions.count?.atCutOff ?? '?',
        variance(line, 'count'), variance(line, 'channel'), variance(line, 'ledger'), line.class ?? '', line.status, line.reason ?? '', shortened(line.nextStep, 60),
      ]),
      [2, 3, 4, 5, 6, 7],
    ),
  );
}

/** What `--only` knows; the same words as the window's views. */
export const ONLY: Readonly<Record<string, LineFilter>> = {
  exceptions: { onlyExceptions: true },
  open: { statuses: ['open'] },
  attached: { onlyAttached: true },
  ...Object.fromEntries(CASE_VIEWS.map(({ id, filter }) => [id, filter])),
};

export const ONLY_OPTION: OptionSpec = {
  type: 'string', value: 'WORD', help: `only these lines: ${Object.keys(ONLY).join(', ')}`,
  check: (word) => (word in ONLY ? undefined : `--only knows ${Object.keys(ONLY).join(', ')}; ${word} is none of its words.`),
};

/** What a saved view lets through. */
export function viewFilter(context: ServiceContext, name: string): LineFilter {
  const view = findView(context.workbook, name);
  if (view) return view.definition.filter;
  const known = listViews(context.workbook).map((each) => each.name);
  throw new CommandFailure(`There is no view ${name}. ${known.length > 0 ? `Known: ${known.join(', ')}.` : 'None is saved in this workbook.'}`, EXIT.refused, 'view_missing');
}

export const linesCommand: Command = {
  name: 'lines',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    only: ONLY_OPTION,
    sku: { type: 'string', value: 'SKU', help: 'one item only' },
    ...FILTER_OPTIONS,
    group: {
      type: 'string', value: 'WORD', help: `groups with subtotals instead of lines: by ${Object.keys(GROUP_WORDS).join(', ')}`,
      check: (word) => (word in GROUP_WORDS ? undefined : `--group knows ${Object.keys(GROUP_WORDS).join(', ')}; ${word} is none of its words.`),
    },
    view: { type: 'string', value: 'NAME', help: 'what a view lets through that was saved in the window' },
    csv: { type: 'boolean', help: 'comma-separated instead of a table' },
  },
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const only = args.text('only');
      const sku = args.text('sku');
      const period = neededPeriod(context, args);
      if (period.reconciledInstant === null) say(`${period.code} is not reconciled yet, so it has no lines. Run tieout reconcile.`);
      const name = args.text('view');
      const viewed = name === undefined ? undefined : viewFilter(context, name);
      const filter = filterBy(context.workbook, args, period.periodId, { ...viewed, ...(only !== undefined && ONLY[only]) });
      const word = args.text('group');
      if (word !== undefined) {
        if (sku !== undefined) throw new CommandFailure(`--group adds up lines of many items; for one write --where sku=${sku}.`, EXIT.usage);
        printGroups(context.workbook, { period, currency: period.currency, word, filter, asJson: args.flag('json') });
        return EXIT.done;
      }
      const lines = linesJson(context.workbook, period.periodId, { filter, ...(sku === undefined ? {} : { sku }) });
      if (args.flag('json')) printJson(lines);
      else if (args.flag('csv')) printCsv(lines);
      else printTable(lines);
      return EXIT.done;
    }),
};

/** The line that --sku and --location name. */
export function neededLine(context: ServiceContext, periodId: number, args: Arguments): number {
  const [sku, location] = [args.needed('sku'), args.needed('location')];
  const found = context.workbook.get<{ stock_key_id: number }>(
    `SELECT l.stock_key_id FROM lines l JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations c USING (location_id)
     WHERE l.period_id = ? AND i.sku = ? AND c.code = ?`,
    periodId, sku, location,
  );
  if (found) return found.stock_key_id;
  throw new CommandFailure(`${sku} at ${location} is no line of this period. Reconcile first, or see tieout lines for what there is.`, EXIT.refused, 'line_missing');
}

export const explainCommand: Command = {
  name: 'explain',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    sku: { type: 'string', value: 'SKU', help: 'the item', required: true },
    location: { type: 'string', value: 'CODE', help: 'the location', required: true },
  },
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const { periodId, code } = neededPeriod(context, args);
      const stockKeyId = neededLine(context, periodId, args);
      if (args.flag('json')) printJson(explainJson(context.workbook, periodId, args.needed('sku'), args.needed('location')));
      else process.stdout.write(explainText(lineDetail(context.workbook, periodId, stockKeyId)!, lineOverPeriods(context.workbook, code, stockKeyId), notesAndAttachments(context.workbook, { periodId, stockKeyId })));
      return EXIT.done;
    }),
};
