/** `tieout imports`, `tieout undo`, `tieout evidence`, `tieout compare`: what becomes of imports later. */
import path from 'node:path';
import type { AffectedList, Comparison, ComparisonLine, UndoPreview } from '@shared/domain/import-life';
import { KIND_WORDS, measureWords, SYSTEM_WORDS } from '@shared/domain/import-words';
import { formatInstantUtc } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { compareWithPeriod, evidenceOf, importSummary, previewUndo, undoImport } from '../../services/imports/index';
import { saveComparison, saveEvidence } from '../../services/imports/life/save-text';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';
import { GIVEN_OPTIONS, givens } from './import-givens';

const IMPORT_OPTION = {
  import: {
    type: 'string', value: 'N', help: 'the import, as tieout imports numbers it', required: true,
    check: (text: string) => (/^[1-9]\d{0,9}$/.test(text) ? undefined : `--import ${text} is no number of an import. tieout imports lists them.`),
  },
} as const;

export const importsCommand: Command = {
  name: 'imports',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: { ...PERIOD_OPTION },
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const period = neededPeriod(context, args);
      const { imports } = importSummary(context.workbook, period.periodId);
      if (args.flag('json')) printJson({ period: period.code, imports });
      else {
        printLine(
          table(
            ['import', 'file', 'kind', 'state', 'rows', 'waiting', 'by', 'why'],
            imports.map((each) => [
              String(each.importId), each.fileName, `${KIND_WORDS[each.kind]}${each.system === null ? '' : `, ${SYSTEM_WORDS[each.system]}`}`, each.state,
              countText(each.rowsAccepted), countText(each.waiting), each.importedBy, each.stateWhy ?? '',
            ]),
            [0, 4, 5],
          ),
        );
      }
      return EXIT.done;
    }),
};

function printList(title: string, list: AffectedList): void {
  if (list.count === 0) return;
  printLine(`${title}: ${countText(list.count)}`);
  for (const { name, note } of list.named) printLine(`  ${name}: ${note}`);
  if (list.count > list.named.length) printLine(`  and ${countText(list.count - list.named.length)} more`);
}

function printUndo(preview: UndoPreview, isPreview: boolean): void {
  const [verb, word] = isPreview ? ['Undoing it would take', 'Would undo'] : ['It took', 'Undid'];
  printLine(`${word} import ${preview.importId}, ${preview.fileName}. ${verb} ${plural(preview.rowsLeaving, 'row')} out of the figures.`);
  for (const { name, note } of preview.blockedBy) printLine(`  Cannot be undone: ${name} ${note}`);
  if (preview.bringsBack) printLine(`  Brings back import ${preview.bringsBack.importId}, ${preview.bringsBack.fileName}, with ${plural(preview.bringsBack.rows, 'row')}.`);
  for (const each of preview.takesIn) {
    printLine(`  Import ${each.importId}, ${each.fileName}, takes in ${plural(each.accepted, 'row')} that this one held${each.quarantined > 0 ? `, and ${plural(each.quarantined, 'row')} go to the quarantine` : ''}.`);
  }
  if (preview.reconciliationStale) printLine('  The reconciliation has to run again.');
  const { waiting, mended, ignored } = preview.quarantine;
  if (waiting + mended + ignored > 0) printLine(`  Rows of its quarantine that go with it: ${waiting} waiting, ${mended} mended, ${ignored} ignored.`);
  for (const total of preview.totals) {
    const what = [total.system === null ? '' : SYSTEM_WORDS[total.system], measureWords(total.measure).toLowerCase()].filter(Boolean).join(' ');
    printLine(`  ${what}${total.location === null ? '' : `, ${total.location}`}: ${total.before ?? 'unknown'} -> ${total.after ?? 'unknown'}`);
  }
  printList('Lines that a person tagged', preview.taggedLines);
  printList('Goes with it', preview.removed);
  printList('Stays, because it is in use', preview.kept);
  printList('Is put back', preview.restored);
  printList('Stays as it is now', preview.leftAsTheyAre);
  for (const note of preview.notes) printLine(note);
}

export const undoCommand: Command = {
  name: 'undo',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...IMPORT_OPTION,
    why: { type: 'string', value: 'TEXT', help: 'the reason, kept with the import; needed unless --preview' },
    preview: { type: 'boolean', help: 'lists what undoing would do and touch, and changes nothing' },
  },
  notes: 'With --preview ends with 1 where a journal rests on the import.',
  run: (args) => {
    const importId = Number(args.needed('import'));
    const why = args.text('why')?.trim() ?? '';
    const isPreview = args.flag('preview');
    if (!isPreview && why === '') throw new CommandFailure('tieout undo needs --why TEXT, or --preview to see what it would do.', EXIT.usage);
    return withWorkbook(args.words[0]!, 'write', async (context) => {
      const done = expectDone(isPreview ? await previewUndo(context, importId) : await undoImport(context, { importId, why }));
      if (args.flag('json')) printJson({ undone: !isPreview, ...done, token: undefined });
      else printUndo(done, isPreview);
      return done.blockedBy.length > 0 ? EXIT.findings : EXIT.done;
    });
  },
};

export const evidenceCommand: Command = {
  name: 'evidence',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: { ...IMPORT_OPTION, out: { type: 'string', value: 'FILE.html', help: 'where to; needed unless --json' } },
  run: (args) => {
    const out = args.text('out');
    if (out === undefined && !args.flag('json')) throw new CommandFailure('tieout evidence needs --out FILE.html, or --json.', EXIT.usage);
    return withWorkbook(args.words[0]!, 'read', ({ workbook }) => {
      const sheet = expectDone(evidenceOf(workbook, Number(args.needed('import'))));
      const saved = out === undefined ? undefined : expectDone(saveEvidence(sheet, out));
      if (args.flag('json')) printJson(sheet);
      else printLine(`Wrote the evidence sheet of import ${sheet.importId}, ${sheet.fileName}, to ${saved!.path}.`);
      return EXIT.done;
    });
  },
};

const LINES_PRINTED = 50;

function printComparison(comparison: Comparison): void {
  const span = (instants: readonly number[]) => [...new Set(instants)].map(formatInstantUtc).join(' to ') || 'no instants';
  printLine(`${comparison.fileName} against ${comparison.periodCode}: ${comparison.against.map(({ importId, fileName }) => `import ${importId}, ${fileName}`).join('; ')}`);
  printLine(`At the close ${span(comparison.spans.before)}; now ${span(comparison.spans.after)}. Nothing of the period was changed.`);
  const { added, removed, changed, unchanged } = comparison.counts;
  printLine(`${countText(changed)} changed, ${countText(added)} new, ${countText(removed)} gone, ${countText(unchanged)} as they were. ${plural(comparison.rowsQuarantined, 'row')} could not be used${comparison.rowsAsMended > 0 ? `; ${countText(comparison.rowsAsMended)} of them are taken as they were mended at the close` : ''}.`);
  for (const { name, rows } of comparison.quarantined) printLine(`  ${name}: ${plural(rows, 'row')}`);
  const worth = (value: string | null, withoutCost: number) =>
    value === null ? '' : `${value} ${comparison.currency}${withoutCost > 0 ? `, and ${plural(withoutCost, 'line')} of unknown cost` : ''}`;
  printLine();
  printLine(table(
    ['system', 'figure', 'at the close', 'now', 'delta', 'value'],
    comparison.totals.map((total) => [total.system ?? '', measureWords(total.measure), total.before, total.after, total.delta, worth(total.value, total.withoutCost)]),
    [2, 3, 4, 5],
  ));
  if (comparison.lines.length === 0) return;
  printLine();
  const named = (line: ComparisonLine) => [line.document, line.line].filter(Boolean).join(' ');
  printLine(table(
    ['change', 'system', 'sku', 'location', 'document', 'figure', 'at the close', 'now', 'delta', 'value'],
    comparison.lines.slice(0, LINES_PRINTED).map((line) => [
      line.change, line.system ?? '', line.sku, line.location, named(line), measureWords(line.measure), line.before ?? 'unknown', line.after ?? 'unknown', line.delta,
      line.value ?? (line.unitCost === null ? 'unknown' : ''),
    ]),
    [6, 7, 8, 9],
  ));
  if (comparison.lines.length > LINES_PRINTED) printLine(`and ${countText(comparison.lines.length - LINES_PRINTED)} more: --out FILE.csv holds all.`);
}

const request = (args: Arguments, file: string) => ({ ...givens(args), filePath: path.resolve(file), fileName: path.basename(file) });

export const compareCommand: Command = {
  name: 'compare',
  words: 'WORKBOOK FILE',
  wordsLeast: 2,
  wordsMost: 2,
  options: { ...PERIOD_OPTION, ...GIVEN_OPTIONS, out: { type: 'string', value: 'FILE.csv', help: 'writes every line that differs' } },
  notes: 'Ends with 1 where something differs. The period is not changed; that it was compared is told in the audit trail.',
  run: (args) => {
    const [workbookPath, file] = args.words as [string, string];
    return withWorkbook(workbookPath, 'write', async (context) => {
      const { periodId } = neededPeriod(context, args);
      const comparison = expectDone(await compareWithPeriod(context, { ...request(args, file), periodId }));
      const out = args.text('out');
      if (out !== undefined) expectDone(saveComparison(comparison, out));
      if (args.flag('json')) printJson(comparison);
      else printComparison(comparison);
      const { added, removed, changed } = comparison.counts;
      return added + removed + changed > 0 ? EXIT.findings : EXIT.done;
    });
  },
};
