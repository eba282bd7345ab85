/** `tieout sample`: audit samples in the auditor's file; the workbook is only read. */
import { evaluationWords, methodWords, populationWords, repeatWords } from '@shared/domain/audit/paper-words';
import { BASES, type Sample, SampleTerms } from '@shared/domain/audit/sample';
import { SIZINGS } from '@shared/domain/audit/monetary-unit';
import { METHOD_WORDS, SAMPLE_METHODS } from '@shared/domain/audit/selection';
import { formatAmount, parseAmount, parseUnitCost } from '@shared/domain/money';
import { plural } from '@shared/domain/plural';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import { z } from 'zod';
import { createAuditorFile, listAuditorFiles, usualFileName, withAuditorFile } from '../../services/audit-room/auditor-file';
import { drawSample, planSample } from '../../services/audit-room/draw';
import { keptSample, repeatKeptSample } from '../../services/audit-room/kept-sample';
import { listSamples } from '../../services/audit-room/read';
import { verifyAuditorFile } from '../../services/audit-room/trail';
import { changeSample } from '../../services/audit-room/work';
import { saveWorkingPaper } from '../../services/audit-room/working-paper';
import type { ServiceContext } from '../../services/context';
import { type Arguments, type Command, CommandFailure, EXIT, type ExitCode } from '../command';
import { printJson, printLine, say, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const oneOf = (option: string, words: readonly string[]) => (word: string) =>
  words.includes(word) ? undefined : `--${option} knows ${words.join(', ')}; ${word} is none of them.`;
const whole = (option: string) => (text: string) => (/^\d{1,5}$/.test(text) ? undefined : `--${option} ${text} is no whole number.`);

const usage = (message: string) => new CommandFailure(message, EXIT.usage);

function amountOf(args: Arguments, name: string, currency: string): number {
  const text = args.text(name);
  if (text === undefined) throw usage(`--method mus needs --${name} AMOUNT.`);
  const minor = parseAmount(text, currency);
  if (minor === undefined || minor < 0) throw usage(`--${name} ${text} is no amount in ${currency}.`);
  return minor;
}

/** What was asked for, by the options that belong to the method. */
function termsOf(args: Arguments, currency: string): SampleTerms {
  const method = args.needed('method');
  const basis = args.needed('basis');
  const number = (name: string) => Number(args.text(name) ?? '0');
  const terms =
    method === 'mus'
      ? { method, basis, confidencePercent: number('confidence'), tolerableMinor: amountOf(args, 'tolerable', currency), expectedMinor: amountOf(args, 'expected', currency), sizing: args.needed('sizing') }
    : method === 'random' ? { method, basis, size: number('size') }
    : method === 'stratified' ? { method, basis, sizes: { A: number('size-a'), B: number('size-b'), C: number('size-c') } }
    : { method, basis, step: number('step') };
  const read = SampleTerms.safeParse(terms);
  if (!read.success) throw usage(`These options do not make a sample: ${z.prettifyError(read.error).replaceAll('\n', ' ')}.`);
  return read.data;
}

function printSample(sample: Sample): void {
  const { currency, terms, plan, items } = sample;
  printLine(`Sample ${sample.sampleId}, ${sample.periodCode}: ${plural(items.length, 'line')}, ${sample.counted} counted${sample.conclusion === null ? '' : '; concluded'}.`);
  printLine(populationWords(plan, terms.basis, currency));
  printLine(methodWords(terms, plan, currency));
  printLine(repeatWords(sample));
  printLine();
  const amount = (minor: number | null) => (minor === null ? '' : formatAmount(minor, currency));
  const quantity = (scaled: number | null) => (scaled === null ? '' : formatQuantity(scaled));
  printLine(
    table(
      ['number', 'SKU', 'location', 'tier', 'book', `book ${currency}`, 'counted', 'difference', `audited ${currency}`, 'ticks', 'note'],
      items.map((item) => [
        String(item.number), item.sku, item.location, item.isCertain ? `${item.tier} *` : item.tier, quantity(item.bookScaled), amount(item.bookMinor), quantity(item.countedScaled),
        quantity(item.differenceScaled), amount(item.auditedMinor), item.ticks, item.note,
      ]),
      [0, 4, 5, 6, 7, 8],
    ),
  );
  printLine();
  for (const words of evaluationWords(sample)) printLine(words);
  if (sample.conclusion !== null) printLine(`Conclusion of ${sample.concludedBy}: ${sample.conclusion}`);
}

/** `LINE=VALUE` of a repeated option. */
function pairsOf(args: Arguments, option: 'count' | 'cost' | 'tick'): { readonly number: number; readonly value: string }[] {
  return args.all(option).map((text) => {
    const match = /^(\d+)=(.+)$/s.exec(text);
    if (!match) throw usage(`--${option} ${text}: write NUMBER=${{ count: 'QUANTITY', cost: 'COST', tick: 'MARKS' }[option]}.`);
    return { number: Number(match[1]), value: match[2]! };
  });
}

async function workOn(context: ServiceContext, args: Arguments, file: string, sampleId: number): Promise<ExitCode> {
  const change = async (asked: Parameters<typeof changeSample>[1]['change']) => void expectDone(await changeSample(context, { file, sampleId, change: asked }));
  for (const { number, value } of pairsOf(args, 'count')) {
    const countedScaled = parseQuantity(value);
    if (countedScaled === undefined || countedScaled < 0) throw usage(`--count ${number}=${value} is no quantity of 0 or more.`);
    await change({ kind: 'item', number, countedScaled });
  }
  for (const { number, value } of pairsOf(args, 'cost')) {
    const auditedCostScaled = parseUnitCost(value);
    if (auditedCostScaled === undefined || auditedCostScaled < 0) throw usage(`--cost ${number}=${value} is no cost of 0 or more with at most six places.`);
    await change({ kind: 'item', number, auditedCostScaled });
  }
  for (const { number, value } of pairsOf(args, 'tick')) await change({ kind: 'item', number, ticks: value });
  const conclusion = args.text('conclude');
  if (conclusion !== undefined) await change({ kind: 'conclude', conclusion });
  const out = args.text('out');
  if (out !== undefined) say(`The working paper is saved as ${expectDone(await saveWorkingPaper(context, { file, sampleId, path: out })).path}.`);
  const repeated = args.flag('repeat') ? expectDone(await repeatKeptSample(context, file, sampleId)) : undefined;
  const sample = expectDone(await keptSample(context, file, sampleId));
  if (args.flag('json')) printJson(repeated ? { ...sample, repeated } : sample);
  else {
    printSample(sample);
    if (repeated) printLine(repeated.message);
  }
  const isOpen = sample.evaluation.decision !== 'supported' && sample.evaluation.decision !== 'judged';
  return isOpen || (repeated && repeated.state !== 'same') ? EXIT.findings : EXIT.done;
}

async function draw(context: ServiceContext, args: Arguments, file: string): Promise<ExitCode> {
  const { periodId, currency } = neededPeriod(context, args);
  const terms = termsOf(args, currency);
  if (args.flag('plan')) {
    const plan = expectDone(planSample(context.workbook, periodId, terms));
    if (args.flag('json')) printJson(plan);
    else for (const words of [populationWords(plan, terms.basis, currency), methodWords(terms, plan, currency)]) printLine(words);
    return EXIT.done;
  }
  const auditor = args.text('auditor');
  const isThere = (await listAuditorFiles(context)).some((each) => each.file === file);
  if (!isThere && auditor === undefined) throw usage(`${file} is not there yet. Name the auditor to begin it: --auditor NAME.`);
  if (!isThere) expectDone(await createAuditorFile(context, { file, auditor: auditor! }));
  const { sampleId } = expectDone(await drawSample(context, { file, periodId, purpose: args.needed('purpose'), terms, seed: args.needed('seed') }));
  const sample = expectDone(await keptSample(context, file, sampleId));
  if (args.flag('json')) printJson(sample);
  else printSample(sample);
  return EXIT.done;
}

async function list(context: ServiceContext, args: Arguments, file: string): Promise<ExitCode> {
  const samples = expectDone(await withAuditorFile(context, file, 'read', listSamples));
  const trail = expectDone(await withAuditorFile(context, file, 'read', verifyAuditorFile));
  if (args.flag('json')) printJson({ file, samples, trail });
  else {
    printLine(`${file}: ${plural(samples.length, 'sample')}.`);
    if (samples.length > 0) {
      printLine(table(['sample', 'period', 'method', 'lines', 'counted', 'conclusion'], samples.map((each) => [
        String(each.sampleId), each.periodCode, METHOD_WORDS[each.method], String(each.lines), String(each.counted), each.conclusion ?? 'open',
      ]), [0, 3, 4]));
    }
    printLine(trail.holds ? `The trail holds: ${trail.message}` : trail.findings.join('\n'));
  }
  return trail.holds ? EXIT.done : EXIT.findings;
}

export const sampleCommand: Command = {
  name: 'sample',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    period: { ...PERIOD_OPTION.period, required: false, help: 'the month that is drawn from' },
    method: { type: 'string', value: 'NAME', help: `draws a sample: ${SAMPLE_METHODS.join(', ')}`, check: oneOf('method', SAMPLE_METHODS) },
    confidence: { type: 'string', value: 'PERCENT', help: 'of a monetary unit sample: 50 to 99', default: '95', check: whole('confidence') },
    tolerable: { type: 'string', value: 'AMOUNT', help: 'tolerable misstatement of a monetary unit sample' },
    expected: { type: 'string', value: 'AMOUNT', help: 'expected misstatement of a monetary unit sample', default: '0' },
    sizing: { type: 'string', value: 'RULE', help: 'factor (the guide\'s tables since 2008) or expansion (the short cut before)', default: 'factor', check: oneOf('sizing', SIZINGS) },
    size: { type: 'string', value: 'N', help: 'lines of a random sample', check: whole('size') },
    'size-a': { type: 'string', value: 'N', help: 'lines of tier A of a stratified sample', check: whole('size-a') },
    'size-b': { type: 'string', value: 'N', help: 'lines of tier B', check: whole('size-b') },
    'size-c': { type: 'string', value: 'N', help: 'lines of tier C', check: whole('size-c') },
    step: { type: 'string', value: 'N', help: 'every how many lines', check: whole('step') },
    basis: { type: 'string', value: 'WHEN', help: 'before or after the adjustments of the period', default: 'before', check: oneOf('basis', BASES) },
    purpose: { type: 'string', value: 'TEXT', help: 'what the sample is to show', default: '' },
    seed: { type: 'string', value: 'TEXT', help: 'draws from this seed; a new one is made unless given', default: '' },
    plan: { type: 'boolean', help: 'says what the sample would be, and draws nothing' },
    file: { type: 'string', value: 'NAME', help: 'the auditor\'s file beside the workbook; named after the workbook unless given' },
    auditor: { type: 'string', value: 'NAME', help: 'begins the auditor\'s file in this name where it is not there' },
    sample: { type: 'string', value: 'N', help: 'a sample of the file: shows it, or takes what is given below', check: whole('sample') },
    count: { type: 'string', value: 'NUMBER=QUANTITY', help: 'the test count of a line, by its number', repeats: true },
    cost: { type: 'string', value: 'NUMBER=COST', help: 'what a unit of a line should have cost, where the invoice says otherwise than the books', repeats: true },
    tick: { type: 'string', value: 'NUMBER=MARKS', help: 'the tick marks of a line', repeats: true },
    conclude: { type: 'string', value: 'TEXT', help: 'concludes the sample; it then stays as it is' },
    repeat: { type: 'boolean', help: 'draws it again from its seed and compares' },
    out: { type: 'string', value: 'FILE.xlsx', help: 'writes the working paper' },
  },
  notes:
    'The workbook is opened for reading only; everything is kept in the auditor\'s file. Without --method or --sample it lists the samples and checks the file\'s trail. ' +
    'Ends with 1 while lines are open, where the sample does not support the books, or where something differs.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const file = args.text('file') ?? usualFileName(context.workbook.originPath);
      const sampleId = args.text('sample');
      if (sampleId !== undefined) return workOn(context, args, file, Number(sampleId));
      if (args.text('method') === undefined) return list(context, args, file);
      if (args.text('period') === undefined) throw usage('--method needs --period YYYY-MM.');
      return draw(context, args, file);
    }),
};
