/** `tieout demo`: the whole close on the sample company, no window. */
import fs from 'node:fs';
import path from 'node:path';
import { closeSampleMonth, createSampleWorkbook, readSampleManifest } from '../../services/sample';
import { verifyJournalFile } from '../../services/sign-off/verify-file';
import { verifyWorkbook } from '../../services/sign-off/verify-workbook';
import { workbookRow } from '../../services/workbooks';
import { formatAmount } from '@shared/domain/money';
import { type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, say, terminalJob } from '../print';
import { expectDone, identitiesFolder, withWorkbook } from '../session';

/** The workbook of an earlier demo is made anew; any other file of that name is somebody's own. */
async function removeEarlierDemo(workbookPath: string): Promise<void> {
  if (!fs.existsSync(workbookPath)) return;
  const isSample = await withWorkbook(workbookPath, 'write', ({ workbook }) => workbookRow(workbook).is_sample === 1);
  if (!isSample) throw new CommandFailure(`${workbookPath} is there already and is no sample workbook. Choose another folder.`, EXIT.refused, 'file_exists');
  fs.rmSync(workbookPath);
}

export const demoCommand: Command = {
  name: 'demo',
  words: '',
  wordsLeast: 0,
  wordsMost: 0,
  options: { out: { type: 'string', value: 'FOLDER', help: 'where workbook and journal go', required: true } },
  run: async (args) => {
    const folder = path.resolve(args.needed('out'));
    const workbookPath = path.join(folder, 'Harbor & Pine.tieout');
    fs.mkdirSync(folder, { recursive: true });
    await removeEarlierDemo(workbookPath);
    const announce = (sentence: string) => (args.flag('json') ? say(sentence) : printLine(sentence));
    const [, month] = readSampleManifest().periods;
    announce('Making the sample company, with September closed and locked.');
    expectDone(await createSampleWorkbook(workbookPath, identitiesFolder(), Date.now(), terminalJob()));
    const journalPath = path.join(folder, `journal-${month!.code}.xlsx`);
    return withWorkbook(workbookPath, 'write', async (context) => {
      const closed = expectDone(await closeSampleMonth(context, month!.code, identitiesFolder(), { exportPath: journalPath, announce }));
      const { journal } = closed;
      const balanced = journal.debitTotalMinor === journal.creditTotalMinor;
      const workbook = verifyWorkbook(context.workbook, terminalJob());
      const file = expectDone(await verifyJournalFile(journalPath, context.workbook));
      announce(`Journal ${journal.number}: debits ${formatAmount(journal.debitTotalMinor, journal.currency)}, credits ${formatAmount(journal.creditTotalMinor, journal.currency)} ${journal.currency}; it ${balanced ? 'balances' : 'DOES NOT BALANCE'}.`);
      announce(`Verification: workbook ${workbook.holds ? 'holds' : 'DOES NOT HOLD'}, journal ${file.holds ? 'holds' : 'DOES NOT HOLD'}.`);
      announce(`Look into it: tieout explain "${workbookPath}" --period ${month!.code} --sku MUG-BLU-11 --location Portland`);
      if (args.flag('json')) printJson({ workbook: workbookPath, journal: journalPath, balanced, sealCode: closed.seal.lodgedCode, summary: closed.summary, verified: { workbook: workbook.holds, journal: file.holds } });
      return balanced && workbook.holds && file.holds ? EXIT.done : EXIT.findings;
    });
  },
};
