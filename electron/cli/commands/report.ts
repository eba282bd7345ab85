/** `tieout report`: the reports of a period, printed or saved. */
import { plainCell, REPORT_IDS, REPORT_LINES_MAX, REPORT_LINES_SHOWN, ReportRequest, STALE_WORDS, standsForFacts, type Report, type ReportSection } from '@shared/domain/report';
import { SYSTEMS } from '@shared/domain/states';
import { readReport } from '../../services/reports/index';
import { saveReport } from '../../services/reports/save';
import { type Arguments, type Command, EXIT } from '../command';
import { printJson, printLine, say, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const oneOf = (option: string, words: readonly string[]) => (word: string) =>
  words.includes(word) ? undefined : `--${option} knows ${words.join(', ')}; ${word} is none of them.`;
const rowsCheck = (text: string) =>
  /^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= REPORT_LINES_MAX ? undefined : `--rows ${text} is no whole number from 1 to ${REPORT_LINES_MAX}.`;

const LONGEST_CELL = 48;
const shortened = (text: string) => (text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL - 1).trimEnd()}…`);

function printSection(section: ReportSection, { standsFor }: Report): void {
  const { columns } = section;
  const titles = columns.map(({ title, group }) => (group === null ? title : `${group}: ${title}`));
  const cellsOf = (cells: ReportSection['rows'][number]['cells'], isLine: boolean) =>
    columns.map(({ kind }, index) => shortened(plainCell(cells[index] ?? null, kind, standsFor) ?? (isLine ? '?' : '')));
  const rows = section.rows.map(({ cells, kind }) => cellsOf(cells, kind === 'line'));
  printLine();
  printLine(section.title);
  if (section.note !== '') printLine(section.note);
  if (rows.length === 0) return printLine('Nothing.');
  printLine(table(titles, [...rows, ...(section.total === null ? [] : [cellsOf(section.total, false)])], columns.flatMap(({ kind }, index) => (kind === 'text' || kind === 'instant' ? [] : [index]))));
}

function printReport(report: Report): void {
  printLine(`${report.title}, ${report.standsFor.company}`);
  for (const [name, value] of standsForFacts(report)) printLine(`  ${name.padEnd(12)}${value}`);
  for (const section of report.sections) printSection(section, report);
  if (report.proposals.length > 0) printLine();
  for (const { sku, from, to, evidence } of report.proposals) printLine(`Proposed: ${sku} from tier ${from} to tier ${to}. ${evidence}`);
  printLine();
  for (const note of report.notes) printLine(note);
}

/** The report with its figures as decimal text, each row by the ids of its columns. */
function reportJson(report: Report) {
  return {
    ...report,
    sections: report.sections.map(({ columns, rows, total, ...section }) => {
      const named = (cells: readonly (string | number | null)[]) =>
        Object.fromEntries(columns.map(({ id, kind }, index) => [id, plainCell(cells[index] ?? null, kind, report.standsFor)]));
      return { ...section, columns, rows: rows.map(({ kind, cells }) => ({ row: kind, ...named(cells) })), total: total && named(total) };
    }),
  };
}

const requestOf = (args: Arguments, periodId: number, linesMax: number): ReportRequest =>
  ReportRequest.parse({
    periodId,
    report: args.needed('report'),
    location: args.text('location') ?? null,
    systems: { left: args.needed('left'), right: args.needed('right') },
    linesMax: Number(args.text('rows') ?? linesMax),
  });

export const reportCommand: Command = {
  name: 'report',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    report: { type: 'string', value: 'NAME', help: REPORT_IDS.join(', '), required: true, check: oneOf('report', REPORT_IDS) },
    location: { type: 'string', value: 'CODE', help: 'one location only' },
    left: { type: 'string', value: 'SYSTEM', help: 'first system of a proof of quantity', default: 'erp', check: oneOf('left', SYSTEMS) },
    right: { type: 'string', value: 'SYSTEM', help: 'second system of a proof of quantity', default: 'storefront', check: oneOf('right', SYSTEMS) },
    rows: { type: 'string', value: 'N', help: 'lines of a section before the rest is one row', check: rowsCheck },
    out: { type: 'string', value: 'FILE', help: 'writes it as .xlsx, .html or .csv instead of printing' },
    section: { type: 'string', value: 'ID', help: 'the section that a .csv holds; the finest unless given' },
  },
  notes: 'Ends with 1 where something came in after the reconciliation: the report says so on its face. A period that was never reconciled is refused.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', async (context) => {
      const { periodId } = neededPeriod(context, args);
      const out = args.text('out');
      if (out !== undefined) {
        const saved = expectDone(await saveReport(context.workbook, requestOf(args, periodId, REPORT_LINES_MAX), { path: out, section: args.text('section') ?? null }));
        if (saved.isStale) say(STALE_WORDS);
        if (args.flag('json')) printJson(saved);
        else printLine(`${saved.title} is saved as ${saved.path}.`);
        return saved.isStale ? EXIT.findings : EXIT.done;
      }
      const report = expectDone(readReport(context.workbook, requestOf(args, periodId, REPORT_LINES_SHOWN)));
      if (report.standsFor.isStale) say(STALE_WORDS);
      if (args.flag('json')) printJson(reportJson(report));
      else printReport(report);
      return report.standsFor.isStale ? EXIT.findings : EXIT.done;
    }),
};
