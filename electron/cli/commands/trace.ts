/** `tieout trace`: from a row of a file as it came to the lines that it stands behind. */
import { plural } from '@shared/domain/plural';
import { useWords } from '@shared/domain/row-uses';
import { importsOfFile, linesOfRow, originalRow } from '../../services/imports/index';
import { type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine } from '../print';
import { expectDone, withWorkbook } from '../session';

export const traceCommand: Command = {
  name: 'trace',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    file: { type: 'string', value: 'NAME', help: 'the name of an imported file; each of its imports is told', required: true },
    row: {
      type: 'string', value: 'N', help: 'the row, as the file counts it from 1', required: true,
      check: (text) => (/^[1-9]\d{0,8}$/.test(text) ? undefined : `--row ${text} is no row. The first row of a file is 1.`),
    },
  },
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', async ({ workbook }) => {
      const name = args.needed('file');
      const rowNumber = Number(args.needed('row'));
      const imports = importsOfFile(workbook, name);
      if (imports.length === 0) throw new CommandFailure(`No file ${name} was imported into this workbook. tieout imports lists those of a period.`, EXIT.refused, 'import_unknown');
      const traced = [];
      for (const { import_id: importId } of imports) {
        const row = expectDone(await originalRow(workbook, importId, rowNumber));
        traced.push({ row, ...expectDone(linesOfRow(workbook, importId, rowNumber)) });
      }
      if (args.flag('json')) printJson(traced);
      else {
        for (const { row, lines, whyNone } of traced) {
          printLine(`Row ${rowNumber} of ${row.fileName}${row.sheet === null ? '' : `, sheet ${row.sheet}`}, import ${row.importId}, SHA-256 ${row.sha256}`);
          for (const [index, cell] of row.cells.entries()) if (cell !== '') printLine(`  ${row.header[index] || `Column ${index + 1}`}: ${cell}`);
          printLine(lines.length > 0 ? `${plural(lines.length, 'line uses', 'lines use')} this row:` : whyNone);
          for (const line of lines) printLine(`  ${line.periodCode}  ${line.sku} at ${line.location}: ${useWords(line.uses)}`);
        }
      }
      return EXIT.done;
    }),
};
