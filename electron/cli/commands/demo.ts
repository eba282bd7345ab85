/** `tieout demo`: the whole close on the sample company, no window. */
import fs from 'node:fs';
import path from 'node:path';
import { closeSampleMonth, createSampleWorkbook, readSampleManifest } from '../../services/sample';
import { verifyJournalFile } from '../../services/sign-off/verify-file';
import { verifyWorkbook } from '../../services/sign-off/verify-workbook';
import { formatAmount } from '@shared/domain/money';
import { type Command, EXIT } from '../command';
import { printJson, printLine, say, terminalJob } from '../print';
import { expectDone, identitiesFolder, withWorkbook } from '../session';

export const demoCommand: Command = {
  name: 'demo',
  words: '',
  wordsLeast: 0,
  wordsMost: 0,
  summary: 'closes both months of the sample company and verifies the result',
  options: { out: { type: 'string', value: 'FOLDER', help: 'where workbook and journal go', required: true } },
  run: async (args) => {
    const folder = path.resolve(args.needed('out'));
    const workbookPath = path.join(folder, 'Harbor & Pine.tieout');
    fs.mkdirSync(folder, { recursive: true });
    fs.rmSync(workbookPath, { force: true });
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
      if (args.flag('json')) printJson({ workbook: workbookPath, journal: journalPath, balanced, sealCode: closed.seal.shortCode, summary: closed.summary, verified: { workbook: workbook.holds, journal: file.holds } });
      return balanced && workbook.holds && file.holds ? EXIT.done : EXIT.findings;
    });
  },
};
