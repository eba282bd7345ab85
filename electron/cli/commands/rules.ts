/** `tieout rules`, `tieout risk-window`, `tieout tier`: what the firm decides about its reconciliation. */
import fs from 'node:fs';
import { accountPlace } from '@shared/domain/account-map';
import { formatDecimal } from '@shared/domain/decimal';
import { wordsFor } from '@shared/domain/explanation/words';
import { parseInstant } from '@shared/domain/instant';
import { formatAmount } from '@shared/domain/money';
import { countText, plural } from '@shared/domain/plural';
import { formatQuantity } from '@shared/domain/quantity';
import type { LineStanding, RiskWindowFields, RulePreview, RulesInForce, Tally } from '@shared/domain/rule-effects';
import { accountsText, approvalText, boundsText, COUNT_POLICY_WORDS, ROUNDING_WORDS, routeText, TRUTH_SYSTEM_WORDS, truthPlace } from '@shared/domain/rule-words';
import { RISK_KINDS, RISK_WORDS, RuleSet, type RiskKind } from '@shared/domain/rules';
import { TIERS, type Tier } from '@shared/domain/terms';
import type { Period } from '@shared/contract/workbook';
import type { ServiceContext } from '../../services/context';
import { ruleEvidence } from '../../services/rules/evidence';
import { setItemTier } from '../../services/rules/item-tier';
import { previewRules, rehearseRules } from '../../services/rules/preview';
import { addRiskWindow, changeRiskWindow, endRiskWindow, listRiskWindows } from '../../services/rules/risk-windows';
import { readRules, saveRules } from '../../services/rules/versions';
import { workbookRow } from '../../services/workbooks';
import { type Arguments, type Command, CommandFailure, EXIT, type ExitCode } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const RuleChange = RuleSet.partial();

/** The rules in force with what the file changes; a file may also be what `--json` printed. */
function rulesFrom(file: string, inForce: RulesInForce): RuleSet {
  let read: unknown;
  try {
    read = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read as JSON: ${(error as Error).message}.`, EXIT.refused, 'file_missing');
  }
  const holder = read as { readonly rules?: unknown } | null;
  const parsed = RuleChange.safeParse(holder?.rules ?? read);
  if (parsed.success) {
    const given = Object.fromEntries(Object.keys((holder?.rules ?? read) as object).map((key) => [key, parsed.data[key as keyof typeof parsed.data]]));
    return RuleSet.parse({ ...inForce.rules, ...given });
  }
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('; ');
  throw new CommandFailure(`${file} is no set of rules: ${wrong}. tieout rules --json prints one to begin with.`, EXIT.refused, 'invalid_input');
}

function printRules({ ruleSetId, fromPeriod, rules, currency }: RulesInForce, period: Period): void {
  const since = fromPeriod === '' ? 'from the beginning' : `from ${fromPeriod} on`;
  printLine(`Rules of ${period.code}: version ${ruleSetId}, in force ${since}.`);
  printLine();
  for (const bounds of rules.tolerances) printLine(`Tolerance tier ${bounds.tier}: ${boundsText(bounds, currency)}`);
  for (const kind of RISK_KINDS) printLine(`  left in a ${RISK_WORDS[kind]}: ${formatDecimal(rules.toleranceInRiskWindow[kind], 2)} %`);
  printLine();
  for (const rule of rules.truth) printLine(`Source of truth for ${truthPlace(rule)}: ${TRUTH_SYSTEM_WORDS[rule.system]}`);
  printLine();
  rules.routes.forEach((route, index) => printLine(`Route ${index + 1}, ${route.name}: ${routeText(route, currency)}`));
  printLine('Where no route fits: over materiality to finance, else by class.');
  printLine();
  printLine(`Due after ${plural(rules.due.days, 'day')}, ${rules.due.urgentDays} where it is urgent. A fast seller sells ${formatQuantity(rules.fastSellerUnitsScaled)} units in a period.`);
  for (const bounds of rules.count.recount ?? []) printLine(`Second count over, tier ${bounds.tier}: ${boundsText(bounds, currency)}`);
  printLine(`Where goods moved during a count: ${COUNT_POLICY_WORDS[rules.count.whenMoved]}.`);
  for (const rule of rules.accounts) printLine(`Accounts for ${accountPlace(rule)}: ${accountsText(rule)}`);
  for (const tier of rules.approvals) printLine(`Approval ${approvalText(tier, currency)}`);
  printLine(`A journal line rounds ${ROUNDING_WORDS[rules.rounding]}.`);
  printLine(`Let pass by tolerance in a period, at most: ${rules.waivedLimitMinor === null ? 'no limit' : `${formatAmount(rules.waivedLimitMinor, currency)} ${currency}`}.`);
}

function printHistory({ history }: RulesInForce, timeZone: string): void {
  const words = wordsFor(timeZone);
  for (const version of history) {
    const inForce = version.inForceFor.length > 0 ? `, in force for ${version.inForceFor.join(', ')}` : '';
    printLine(`Version ${version.ruleSetId}, from ${version.fromPeriod || 'the beginning'}${inForce}`);
    printLine(`  ${words.instant(version.madeInstant)} by ${version.madeBy}: ${version.why}`);
    for (const difference of version.differences) printLine(`  ${difference}`);
  }
}

const standing = (line: LineStanding | null): string => {
  if (line === null) return 'not there';
  return line.clearedBy ?? (line.owner === null ? 'open' : `${line.owner}, ${line.routedBy ?? 'no route on record'}`);
};

function printPreview(preview: RulePreview, currency: string): void {
  const money = ({ valueMinor }: Tally) => `${formatAmount(valueMinor, currency)} ${currency}`;
  const counted = (tally: Tally) => `${plural(tally.lines, 'line')}, ${money(tally)}`;
  for (const difference of preview.differences) printLine(difference);
  if (preview.differences.length === 0) printLine('These are the rules in force.');
  if (preview.isStale) printLine('The lines are older than what the workbook holds: run tieout reconcile for a preview of today.');
  printLine();
  printLine(`${plural(preview.changed, 'line changes', 'lines change')} in ${preview.periodCode}.`);
  for (const [effect, tally] of Object.entries(preview.byEffect)) if (tally.lines > 0) printLine(`  ${effect}: ${counted(tally)}`);
  const { before, after, limitMinor } = preview.letPass;
  const limit = limitMinor === null ? '' : ` (limit ${formatAmount(limitMinor, currency)} ${currency})`;
  printLine(`Let pass by tolerance: ${counted(before)} before; ${counted(after)} after${limit}.`);
  if (preview.effects.length > 0) {
    printLine();
    printLine(
      table(
        ['sku', 'location', 'effect', 'stands', 'value', 'before', 'after'],
        preview.effects.map((each) => [
          each.sku, each.location, each.effect, formatQuantity(each.standsScaled), formatAmount(each.standsMinor, currency), standing(each.before), standing(each.after),
        ]),
        [3, 4],
      ),
    );
    if (preview.effects.length < preview.changed) printLine(`and ${countText(preview.changed - preview.effects.length)} more`);
  }
  for (const past of preview.past) {
    const parts = [
      ...(past.opened.lines > 0 ? [`${counted(past.opened)} would have become exceptions, of these ${counted(past.openedReal)} real`] : []),
      ...(past.cleared.lines > 0 ? [`${counted(past.cleared)} would have cleared, of these ${counted(past.clearedReal)} booked by people`] : []),
      ...(past.ownerChanged > 0 ? [`${plural(past.ownerChanged, 'line')} would have gone to another owner`] : []),
    ];
    printLine(`${past.periodCode} (${past.state}): ${parts.join('; ') || 'nothing would have been different'}.`);
  }
}

function printEvidence(context: ServiceContext, currency: string, isJson: boolean): ExitCode {
  const evidence = ruleEvidence(context.workbook, currency);
  if (isJson) printJson({ currency, rules: evidence });
  else if (evidence.length === 0) printLine('No rule has cleared or sent anything yet.');
  else {
    printLine(
      table(
        ['rule', 'period', 'lines', 'units +', 'units -', `${currency} +`, `${currency} -`, 'real', `${currency} real`, 'handed on'],
        evidence.flatMap(({ rule, periods }) =>
          periods.map((each) => [
            rule, each.periodCode, String(each.lines), formatQuantity(each.moreScaled), formatQuantity(each.lessScaled),
            formatAmount(each.moreMinor, currency), formatAmount(each.lessMinor, currency),
            String(each.real.lines), formatAmount(each.real.valueMinor, currency), String(each.handedOn),
          ]),
        ),
        [2, 3, 4, 5, 6, 7, 8, 9],
      ),
    );
  }
  return EXIT.done;
}

function preview(args: Arguments, file: string, context: ServiceContext, period: Period): ExitCode {
  const inForce = expectDone(readRules(context.workbook, period.periodId));
  const request = { periodId: period.periodId, rules: rulesFrom(file, inForce), limit: 1000 };
  const decided = expectDone(previewRules(context, request));
  const shown = decided.movesVariances ? expectDone(rehearseRules(context, request)) : decided;
  if (args.flag('json')) printJson(shown);
  else printPreview(shown, inForce.currency);
  return shown.changed > 0 ? EXIT.findings : EXIT.done;
}

function set(args: Arguments, file: string, why: string, context: ServiceContext, period: Period): ExitCode {
  const inForce = expectDone(readRules(context.workbook, period.periodId));
  const saved = expectDone(saveRules(context, { periodId: period.periodId, rules: rulesFrom(file, inForce), why, basedOn: inForce.ruleSetId }));
  if (args.flag('json')) printJson(saved);
  else {
    printLine(`Version ${saved.ruleSetId} of the rules is in force from ${saved.fromPeriod} on. Run tieout reconcile.`);
    for (const difference of saved.history[0]!.differences) printLine(`  ${difference}`);
  }
  return EXIT.done;
}

export const rulesCommand: Command = {
  name: 'rules',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    preview: { type: 'string', value: 'FILE.json', help: 'what these rules would change; what the file leaves out stays' },
    set: { type: 'string', value: 'FILE.json', help: 'saves these rules as a new version from the period on; needs --why' },
    why: { type: 'string', value: 'TEXT', help: 'the reason of the change' },
    history: { type: 'boolean', help: 'every version: who, when, why, what differed' },
    evidence: { type: 'boolean', help: 'what each rule cleared or sent in all periods, and what of it was real' },
  },
  notes: '--json prints the rules as --set and --preview read them. --preview ends with 1 where lines would change; nothing is written.',
  run: (args) => {
    const [previewFile, setFile] = [args.text('preview'), args.text('set')];
    const wanted = [previewFile !== undefined && 'preview', setFile !== undefined && 'set', args.flag('history') && 'history', args.flag('evidence') && 'evidence'].filter((word) => word !== false);
    if (wanted.length > 1) throw new CommandFailure(`tieout rules does one thing at a time; --${wanted.join(' and --')} were given.`, EXIT.usage);
    const why = args.text('why')?.trim() ?? '';
    if (setFile !== undefined && why === '') throw new CommandFailure('tieout rules --set needs --why TEXT.', EXIT.usage);
    const mode = setFile !== undefined || previewFile !== undefined ? 'write' : 'read';
    return withWorkbook(args.words[0]!, mode, (context) => {
      const period = neededPeriod(context, args);
      if (previewFile !== undefined) return preview(args, previewFile, context, period);
      if (setFile !== undefined) return set(args, setFile, why, context, period);
      if (args.flag('evidence')) return printEvidence(context, period.currency, args.flag('json'));
      const inForce = expectDone(readRules(context.workbook, period.periodId));
      if (args.flag('json')) printJson(inForce);
      else if (args.flag('history')) printHistory(inForce, workbookRow(context.workbook).time_zone);
      else printRules(inForce, period);
      return EXIT.done;
    });
  },
};

const kindWords = RISK_KINDS.map((kind) => kind.replace('_', '-'));
const instantCheck = (option: string) => (value: string) =>
  parseInstant(value) === undefined ? `--${option} ${value} is no instant. Write it as 2026-11-20T00:00:00Z, with the offset.` : undefined;

function neededText(args: Arguments, action: string, option: string, value: string): string {
  const text = args.text(option)?.trim() ?? '';
  if (text === '') throw new CommandFailure(`tieout risk-window ${action} needs --${option} ${value}.`, EXIT.usage);
  return text;
}

/** The window that the options give; what a change leaves out stays as it is. */
function windowOf(args: Arguments, before?: RiskWindowFields): RiskWindowFields {
  const given = (option: string) => args.text(option)?.trim();
  const kind = given('kind') ?? before?.kind;
  const [from, until] = [given('from'), given('until')];
  const named = (option: 'sku' | 'location', then: string | null | undefined) => (given(option) === undefined ? (then ?? null) : given(option)! === '' ? null : given(option)!);
  return {
    kind: kind!.replace('-', '_') as RiskKind,
    sku: named('sku', before?.sku),
    location: named('location', before?.location),
    fromInstant: from === undefined ? before!.fromInstant : parseInstant(from)!,
    untilInstant: until === undefined ? before!.untilInstant : parseInstant(until)!,
    note: given('note') ?? before?.note ?? '',
  };
}

function listWindows(args: Arguments, context: ServiceContext): ExitCode {
  const windows = listRiskWindows(context.workbook);
  const words = wordsFor(workbookRow(context.workbook).time_zone);
  if (args.flag('json')) printJson({ riskWindows: windows });
  else if (windows.length === 0) printLine('There is no risk window.');
  else {
    printLine(
      table(
        ['id', 'kind', 'item', 'location', 'from', 'until', 'periods', 'note'],
        windows.map((each) => [
          String(each.riskWindowId), RISK_WORDS[each.kind], each.sku ?? 'every', each.location ?? 'every',
          words.instant(each.fromInstant), words.instant(each.untilInstant), each.periods.join(' '), each.note,
        ]),
        [0],
      ),
    );
  }
  return EXIT.done;
}

type WindowWork = (context: ServiceContext) => ExitCode;

const WINDOW_ACTIONS: Readonly<Record<string, (args: Arguments) => WindowWork>> = {
  list: (args) => (context) => listWindows(args, context),
  add: (args) => {
    for (const [option, value] of [['kind', 'KIND'], ['from', 'INSTANT'], ['until', 'INSTANT']] as const) neededText(args, 'add', option, value);
    const why = neededText(args, 'add', 'why', 'TEXT');
    return (context) => {
      const added = expectDone(addRiskWindow(context, windowOf(args), why));
      if (args.flag('json')) printJson(added);
      else printLine(`Risk window ${added.riskWindowId} is there${added.periods.length > 0 ? ` and touches ${added.periods.join(', ')}: reconcile again` : ''}.`);
      return EXIT.done;
    };
  },
  change: (args) => {
    const riskWindowId = Number(neededText(args, 'change', 'id', 'N'));
    const why = neededText(args, 'change', 'why', 'TEXT');
    return (context) => {
      const before = listRiskWindows(context.workbook).find((each) => each.riskWindowId === riskWindowId);
      if (!before) throw new CommandFailure(`There is no risk window ${riskWindowId}. tieout risk-window WORKBOOK list shows all.`, EXIT.refused, 'window_missing');
      const changed = expectDone(changeRiskWindow(context, riskWindowId, windowOf(args, before), why));
      if (args.flag('json')) printJson(changed);
      else printLine(`Risk window ${riskWindowId} is changed.`);
      return EXIT.done;
    };
  },
  end: (args) => {
    const riskWindowId = Number(neededText(args, 'end', 'id', 'N'));
    const untilInstant = parseInstant(neededText(args, 'end', 'until', 'INSTANT'))!;
    const why = neededText(args, 'end', 'why', 'TEXT');
    return (context) => {
      const ended = expectDone(endRiskWindow(context, riskWindowId, untilInstant, why));
      if (args.flag('json')) printJson(ended);
      else printLine(ended.removed ? `Risk window ${riskWindowId} had not begun and is taken away.` : `Risk window ${riskWindowId} ends then.`);
      return EXIT.done;
    };
  },
};

export const riskWindowCommand: Command = {
  name: 'risk-window',
  words: 'WORKBOOK [list | add | change | end]',
  wordsLeast: 1,
  wordsMost: 2,
  options: {
    id: { type: 'string', value: 'N', help: 'change, end: which window', check: (value) => (/^\d{1,9}$/.test(value) ? undefined : `--id ${value} is no number of a window.`) },
    kind: {
      type: 'string', value: 'KIND', help: `add, change: ${kindWords.join(', ')}`,
      check: (value) => (kindWords.includes(value) ? undefined : `--kind ${value} is none of ${kindWords.join(', ')}.`),
    },
    sku: { type: 'string', value: 'SKU', help: 'add, change: only this item; empty for every item' },
    location: { type: 'string', value: 'CODE', help: 'add, change: only this location; empty for every location' },
    from: { type: 'string', value: 'INSTANT', help: 'add, change: when it begins', check: instantCheck('from') },
    until: { type: 'string', value: 'INSTANT', help: 'add, change, end: when it ends', check: instantCheck('until') },
    note: { type: 'string', value: 'TEXT', help: 'add, change: what it is' },
    why: { type: 'string', value: 'TEXT', help: 'add, change, end: the reason' },
  },
  run: (args) => {
    const [workbookPath, action = 'list'] = args.words as [string, string?];
    const carryOut = WINDOW_ACTIONS[action];
    if (!carryOut) throw new CommandFailure(`tieout risk-window knows ${Object.keys(WINDOW_ACTIONS).join(', ')}; ${action} is none of them.`, EXIT.usage);
    const work = carryOut(args);
    return withWorkbook(workbookPath, action === 'list' ? 'read' : 'write', (context) => work(context));
  },
};

export const tierCommand: Command = {
  name: 'tier',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    sku: { type: 'string', value: 'SKU', help: 'the item', required: true },
    to: { type: 'string', value: 'A|B|C', help: 'its new risk tier', required: true, check: (value) => ((TIERS as readonly string[]).includes(value) ? undefined : `--to ${value} is none of ${TIERS.join(', ')}.`) },
    why: { type: 'string', value: 'TEXT', help: 'the reason of the change', required: true },
  },
  run: (args) =>
    withWorkbook(args.words[0]!, 'write', (context) => {
      const changed = expectDone(setItemTier(context, args.needed('sku'), args.needed('to') as Tier, args.needed('why').trim()));
      if (args.flag('json')) printJson(changed);
      else printLine(`${changed.sku} was of tier ${changed.before} and is of tier ${changed.tier} now. Reconcile open periods again.`);
      return EXIT.done;
    }),
};
