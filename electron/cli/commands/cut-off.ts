/** `tieout cut-off`: the postings around the cut-off, judged. */
import { JUDGEMENT_WORDS, JUDGEMENTS } from '@shared/domain/audit/cut-off';
import { formatInstant } from '@shared/domain/instant';
import { formatAmount, roundToMinor } from '@shared/domain/money';
import { plural } from '@shared/domain/plural';
import { formatQuantity } from '@shared/domain/quantity';
import { runCutOffTest, type CutOffTest } from '../../services/audit-room/cut-off';
import { workbookRow } from '../../services/workbooks';
import { type Command, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const COUNT_MOST = 500;
const countCheck = (text: string) => (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= COUNT_MOST ? undefined : `--count ${text} is no whole number from 1 to ${COUNT_MOST}.`);

function printTest({ periodCode, cutOffInstant, count, items }: CutOffTest, currency: string, timeZone: string): void {
  const at = (instant: number) => formatInstant(instant, timeZone).slice(0, 16).replace('T', ' ');
  printLine(`Cut-off of ${periodCode}, ${at(cutOffInstant)} ${timeZone}: up to ${count} on either side of each system and kind.`);
  printLine(JUDGEMENTS.map((judgement) => `${items.filter((item) => item.judgement === judgement).length} ${JUDGEMENT_WORDS[judgement]}`).join(', ') + '.');
  if (items.length === 0) return;
  printLine();
  printLine(
    table(
      ['system', 'kind', 'side', 'document', 'SKU', 'location', 'quantity', 'occurred', 'posted', 'judged', 'units', currency],
      items.map((item) => [
        item.system, item.kind, item.side, item.document, item.sku, item.location, formatQuantity(item.quantityScaled), at(item.occurredInstant), at(item.postedInstant), JUDGEMENT_WORDS[item.judgement],
        item.correctionScaled === 0 ? '' : formatQuantity(item.correctionScaled),
        item.correctionScaled === 0 ? '' : item.correctionExact === null ? 'unknown' : formatAmount(roundToMinor(BigInt(item.correctionExact), currency), currency),
      ]),
      [6, 10, 11],
    ),
  );
  const drafted = items.filter(({ draft }) => draft !== '');
  if (drafted.length === 0) return;
  printLine();
  printLine(`${plural(drafted.length, 'entry is', 'entries are')} drafted:`);
  for (const { draft } of drafted) printLine(`  ${draft}`);
}

export const cutOffCommand: Command = {
  name: 'cut-off',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    count: { type: 'string', value: 'N', help: 'how many on either side, of each system and kind', default: '10', check: countCheck },
  },
  notes: 'Reads the workbook and writes nothing. Ends with 1 where a posting stands in the wrong period.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const { periodId, currency } = neededPeriod(context, args);
      const test = expectDone(runCutOffTest(context.workbook, periodId, Number(args.needed('count'))));
      const { time_zone } = workbookRow(context.workbook);
      if (args.flag('json')) printJson(test);
      else printTest(test, currency, time_zone);
      return test.items.some(({ judgement }) => judgement === 'posted_early' || judgement === 'posted_late') ? EXIT.findings : EXIT.done;
    }),
};
