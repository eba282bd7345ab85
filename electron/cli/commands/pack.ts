/** `tieout pack`. */
import { countText, plural } from '@shared/domain/plural';
import { makePack } from '../../services/audit-pack/make';
import { type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine } from '../print';
import { expectDone, identitiesFolder, neededIdentity, neededPassPhrase, neededPeriod, PERIOD_OPTION, SIGNING_OPTIONS, withWorkbook } from '../session';

export const packCommand: Command = {
  name: 'pack',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: { ...PERIOD_OPTION, ...SIGNING_OPTIONS, out: { type: 'string', value: 'FILE.zip', help: 'where the pack is written', required: true } },
  notes: 'CHECK-THIS.txt in the pack says how everything is checked without Tieout; tieout verify PACK.zip does it too.',
  run: (args) => {
    const email = args.text('as');
    if (email === undefined) throw new CommandFailure('tieout pack needs --as EMAIL of whoever signs the pack.', EXIT.usage);
    const passPhrase = neededPassPhrase(args);
    const fingerprint = neededIdentity(email).fingerprintSha256;
    return withWorkbook(args.words[0]!, 'read', (context) => {
      const { periodId } = neededPeriod(context, args);
      const pack = expectDone(makePack(context, identitiesFolder(), { periodId, fingerprint, passPhrase, path: args.needed('out') }));
      if (args.flag('json')) printJson(pack);
      else {
        printLine(`Packed ${pack.periodCode}: ${plural(pack.files, 'file')}, ${countText(pack.bytes)} bytes, in ${pack.path}.`);
        printLine(`Signed by ${pack.signer}. Tell the auditor the fingerprint by another way than the pack goes: ${pack.fingerprint}`);
        printLine(`SHA-256 of MANIFEST.txt: ${pack.manifestSha256}`);
      }
      return EXIT.done;
    });
  },
};
