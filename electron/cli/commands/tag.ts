/** `tieout tag`: reasons and owners from a file. */
import path from 'node:path';
import { commitImport } from '../../services/imports/index';
import { type Command, EXIT } from '../command';
import { printJson, printLine } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

export const tagCommand: Command = {
  name: 'tag',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: { ...PERIOD_OPTION, from: { type: 'string', value: 'FILE.csv', help: 'sku,location,reason,owner,note,due', required: true } },
  run: (args) =>
    withWorkbook(args.words[0]!, 'write', async (context) => {
      const file = args.needed('from');
      const { rehearsal } = expectDone(
        await commitImport(context, { filePath: path.resolve(file), fileName: path.basename(file), periodId: neededPeriod(context, args).periodId, profileId: 'plain-tags' }),
      );
      if (args.flag('json')) printJson(rehearsal);
      else {
        printLine(`${rehearsal.rowsAccepted} of ${rehearsal.rowsRead} lines tagged, ${rehearsal.rowsQuarantined} to the quarantine.`);
        for (const bad of rehearsal.badRows) printLine(`  row ${bad.rowNumber}, ${bad.reason}: ${bad.detail} ${bad.whatWouldMend}`);
      }
      return rehearsal.rowsQuarantined > 0 ? EXIT.findings : EXIT.done;
    }),
};
