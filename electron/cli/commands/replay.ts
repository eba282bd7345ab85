/** `tieout replay`: a period computed again from its stored files, and what differs. */
import { carriedOverText, REPLAY_DIFFERENCES_TOLD, REPLAY_PART_WORDS, type ReplayAnswer, rowBehindText } from '@shared/domain/replay';
import { replayForAuditor } from '../../services/audit-room/replay-told';
import { type Command, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const DIFFERENCES_MOST = 10_000;
const numberCheck = (text: string) =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= DIFFERENCES_MOST ? undefined : `--differences ${text} is no whole number from 1 to ${DIFFERENCES_MOST}.`;

function printAnswer({ message, rulesKept, rulesComputed, parts, differences, differencesInAll, carriedOver, notComputed }: ReplayAnswer): void {
  printLine(message);
  if (rulesKept !== rulesComputed) printLine(`The lines were computed by ${rulesKept}; this program computes by ${rulesComputed}.`);
  printLine();
  printLine(table(['part', 'kept', 'computed', 'same'], parts.map(({ part, kept, computed, same }) => [REPLAY_PART_WORDS[part], String(kept), String(computed), String(same)]), [1, 2, 3]));
  if (differences.length > 0) {
    printLine();
    if (differencesInAll > differences.length) printLine(`The first ${differences.length} of ${differencesInAll} differences:`);
    printLine(
      table(
        ['part', 'key', 'column', 'kept', 'computed', 'source row'],
        differences.map((each) => [REPLAY_PART_WORDS[each.part], each.key, each.column, each.kept, each.computed, rowBehindText(each)]),
      ),
    );
  }
  printLine();
  printLine(`Taken over as given: ${carriedOverText(carriedOver)}.`);
  for (const each of notComputed) printLine(`Not computed: ${each}`);
}

export const replayCommand: Command = {
  name: 'replay',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    file: { type: 'string', value: 'NAME', help: 'an auditor\'s file beside the workbook, whose trail tells the outcome' },
    differences: { type: 'string', value: 'N', help: 'how many differences are told', default: String(REPLAY_DIFFERENCES_TOLD), check: numberCheck },
  },
  notes: 'Works in a folder for temporary files that is removed at the end, and writes nothing to the workbook. Ends with 1 where something differs.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', async (context) => {
      // Ended from the keyboard, it still takes its folder away.
      process.once('SIGINT', () => process.exit(EXIT.refused));
      const { periodId } = neededPeriod(context, args);
      const answer = expectDone(await replayForAuditor(context, { periodId, file: args.text('file') ?? null, differencesMax: Number(args.needed('differences')) }));
      if (args.flag('json')) printJson(answer);
      else printAnswer(answer);
      return answer.same ? EXIT.done : EXIT.findings;
    }),
};
