/** `tieout new`: a new workbook, empty or of the sample company. */
import path from 'node:path';
import { createSampleWorkbook } from '../../services/sample';
import { createWorkbook } from '../../services/workbooks';
import { type Command, EXIT } from '../command';
import { printJson, printLine, say, terminalJob } from '../print';
import { currentActor, expectDone, identitiesFolder } from '../session';

export const newCommand: Command = {
  name: 'new',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    company: { type: 'string', value: 'NAME', help: "the company's name; the file's name unless given" },
    currency: { type: 'string', value: 'USD', help: 'ISO 4217 code of the books', default: 'USD' },
    'time-zone': { type: 'string', value: 'ZONE', help: 'where the day of the cut-off ends, such as America/New_York', default: 'UTC' },
    sample: { type: 'boolean', help: 'the sample company, with one month closed and one to close' },
  },
  run: async (args) => {
    const [given] = args.words as [string];
    const target = given.endsWith('.tieout') ? given : `${given}.tieout`;
    if (args.flag('sample')) {
      say('Making the sample company: its first month is imported, closed and locked.');
      expectDone(await createSampleWorkbook(target, identitiesFolder(), Date.now(), terminalJob()));
    } else {
      const company = args.text('company') ?? path.basename(target, '.tieout');
      expectDone(createWorkbook(target, { company, currency: args.needed('currency'), timeZone: args.needed('time-zone') }, currentActor(), Date.now())).close();
    }
    if (args.flag('json')) printJson({ ok: true, workbook: path.resolve(target) });
    else printLine(`Made ${path.resolve(target)}`);
    return EXIT.done;
  },
};
