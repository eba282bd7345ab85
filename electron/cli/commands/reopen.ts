/** `tieout reopen`, `tieout seals`. */
import type { Seal, SealChanges } from '@shared/contract/sign-off';
import { instantWords } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { agreedWords } from '@shared/domain/journal-words';
import { saveFile } from '../../services/save-file';
import { reopenPeriod } from '../../services/sign-off/reopen';
import { proveRow, sealFiles } from '../../services/sign-off/prove-row';
import { saveChanges } from '../../services/sign-off/save-changes';
import { listSeals } from '../../services/sign-off/seal';
import { changesSince } from '../../services/sign-off/seal-changes';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, say, table } from '../print';
import { expectDone, identitiesFolder, neededIdentity, neededPassPhrase, neededPeriod, passPhraseFrom, PERIOD_OPTION, SIGNING_OPTIONS, withWorkbook } from '../session';

export const reopenCommand: Command = {
  name: 'reopen',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    ...SIGNING_OPTIONS,
    why: { type: 'string', value: 'REASON', help: 'signed by both; stays visible for ever', required: true },
    controller: { type: 'string', value: 'EMAIL', help: 'who agrees: a controller who is somebody else' },
    'controller-pass-phrase-file': { type: 'string', value: 'FILE', help: 'holds the controller’s pass phrase; else TIEOUT_CONTROLLER_PASS_PHRASE is read' },
    'no-second-person': { type: 'string', value: 'REASON', help: 'where the workbook has only ever had one person: why nobody else agrees', default: '' },
  },
  run: (args) => {
    const email = args.text('as');
    if (email === undefined) throw new CommandFailure('tieout reopen needs --as EMAIL of the person who asks.', EXIT.usage);
    const second = args.text('controller');
    const secondPassPhrase = passPhraseFrom(args, 'controller-pass-phrase-file', 'TIEOUT_CONTROLLER_PASS_PHRASE');
    if (second !== undefined && secondPassPhrase === undefined) throw new CommandFailure('tieout reopen needs --controller-pass-phrase-file FILE for the controller.', EXIT.usage);
    const asker = { fingerprint: neededIdentity(email).fingerprintSha256, passPhrase: neededPassPhrase(args) };
    const controller = second === undefined ? null : { fingerprint: neededIdentity(second).fingerprintSha256, passPhrase: secondPassPhrase! };
    return withWorkbook(args.words[0]!, 'write', (context) => {
      const { periodId, code } = neededPeriod(context, args);
      const reopening = expectDone(reopenPeriod(context, identitiesFolder(), { periodId, reason: args.needed('why'), asker, controller, noSecondPerson: args.needed('no-second-person') }));
      if (args.flag('json')) printJson(reopening);
      else {
        printLine(`Reopened ${code}: asked by ${reopening.askedBy}, ${agreedWords(reopening.agreedBy, null)}. Its seal is kept.`);
        printLine('Change what has to be changed, reconcile, and lock it again: the new seal names the old one and the reopening.');
      }
      return EXIT.done;
    });
  },
};

function printSeal(seal: Seal): void {
  printLine(`Seal ${seal.sealNumber} of ${seal.periodCode}: ${seal.lodgedCode}`);
  printLine(`  signed by ${seal.signer} <${seal.signerEmail}> ${instantWords(seal.sealedInstant)}; ${plural(seal.rows, 'row')}, root ${seal.rootHash}`);
  if (seal.override) printLine(`  locked with ${seal.open.join('; ')}, because: ${seal.override}`);
  const { reopening } = seal;
  if (reopening) {
    const agreed = agreedWords(reopening.agreedBy, reopening.noSecondPerson);
    printLine(`  set aside: reopened ${instantWords(reopening.reopenedInstant)}, asked by ${reopening.askedBy}, ${agreed}, because: ${reopening.reason}`);
  } else printLine('  stands');
}

function printChanges(changes: SealChanges): void {
  printLine(`${changes.periodCode}: seal ${changes.from.sealNumber} against ${changes.to ? `seal ${changes.to.sealNumber}` : 'the open period as it stands'}, values in ${changes.currency}`);
  printLine(table(['Figure', 'Then', 'Now'], changes.figures.map(({ name, then, now }) => [name, then, now]), [1, 2]));
  if (changes.tables.length === 0) return printLine('Nothing changed.');
  printLine(table(['Table', 'Added', 'Gone', 'Changed'], changes.tables.map((each) => [each.table, countText(each.added), countText(each.gone), countText(each.changed)]), [1, 2, 3]));
  for (const each of changes.differences) {
    const place = `${each.table}, ${each.key}${each.line ? ` (${each.line})` : ''}`;
    printLine(each.kind === 'changed' ? `${place}: ${each.column} was ${each.then}, is ${each.now}` : `${place}: the row ${each.kind === 'gone' ? 'is gone' : 'was added'}`);
  }
  const further = changes.differencesInAll - changes.differences.length;
  if (further > 0) printLine(`and ${plural(further, 'further difference')}: --out FILE.xlsx writes them all.`);
}

const DIFFERENCES_PRINTED = 100;
const numberCheck = (text: string) => (/^[1-9]\d{0,4}$/.test(text) ? undefined : `--seal ${text} is no number of a seal. Seals are counted from 1.`);

/** `lines stock_key_id=7` as a table and the values of its columns. */
function rowNamed(text: string): { readonly table: string; readonly where: Readonly<Record<string, string>> } {
  const [name = '', ...conditions] = text.trim().split(/\s+/);
  const where = conditions.map((condition) => condition.split(/=(.*)/s).slice(0, 2));
  if (name === '' || where.length === 0 || where.some(([, value]) => value === undefined)) {
    throw new CommandFailure(`--prove ${text} names no row. Write the table and what names the row, as in --prove "lines stock_key_id=7".`, EXIT.usage);
  }
  return { table: name, where: Object.fromEntries(where) as Record<string, string> };
}

function writeSealFiles(args: Arguments, files: Readonly<Record<string, Uint8Array>>, folder: string): void {
  const names = Object.keys(files);
  for (const name of names) expectDone(saveFile(`${folder}/${name}`, files[name]!));
  const message = names.find((name) => name.endsWith('.txt'))!;
  const stem = message.replace(/\.txt$/, '');
  if (args.flag('json')) return;
  printLine(`Wrote ${names.join(', ')}.`);
  printLine(`openssl x509 -in ${stem}.pem -pubkey -noout > ${stem}.key && openssl dgst -sha256 -verify ${stem}.key -signature ${stem}.sig ${message}`);
}

export const sealsCommand: Command = {
  name: 'seals',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    seal: { type: 'string', value: 'NUMBER', help: 'which seal of the period; else the newest, and for --changes the one before it', check: numberCheck },
    changes: { type: 'boolean', help: 'what changed from that seal to the next, or to the open period as it stands' },
    out: { type: 'string', value: 'FILE', help: 'with --changes: writes them all as .xlsx, .html or .csv' },
    prove: { type: 'string', value: 'ROW', help: 'one sealed row, as in "lines stock_key_id=7", with the path of hashes up to the root' },
    files: { type: 'string', value: 'FOLDER', help: 'writes message, signature and certificate, to be checked by openssl' },
  },
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', async (context) => {
      const { workbook, job } = context;
      const period = neededPeriod(context, args);
      const { periodId } = period;
      const seals = listSeals(workbook, periodId);
      const chosen = args.text('seal');
      const newest = Math.max(1, seals.length);
      if (args.flag('changes')) {
        const sealNumber = chosen === undefined ? (period.state === 'locked' ? Math.max(1, newest - 1) : newest) : Number(chosen);
        const out = args.text('out');
        if (out !== undefined) say(`Wrote ${expectDone(await saveChanges(workbook, job, { periodId, sealNumber, path: out })).path}.`);
        const changes = expectDone(changesSince(workbook, job, { periodId, sealNumber, differencesMax: DIFFERENCES_PRINTED }));
        if (args.flag('json')) printJson(changes);
        else if (out === undefined) printChanges(changes);
        return changes.differencesInAll > 0 ? EXIT.findings : EXIT.done;
      }
      const sealNumber = chosen === undefined ? newest : Number(chosen);
      const row = args.text('prove');
      const folder = args.text('files');
      if (row !== undefined) {
        printJson(expectDone(proveRow(workbook, { periodId, sealNumber, ...rowNamed(row) })));
        return EXIT.done;
      }
      if (folder !== undefined) {
        const files = sealFiles(workbook, periodId, sealNumber);
        if (!files) throw new CommandFailure(`${period.code} has no seal ${sealNumber}.`, EXIT.refused, 'seal_missing');
        writeSealFiles(args, files, folder);
        if (args.flag('json')) printJson({ files: Object.keys(files) });
        return EXIT.done;
      }
      if (args.flag('json')) printJson(seals);
      else if (seals.length === 0) printLine(`${period.code} has no seal: it was never locked.`);
      else for (const seal of seals) printSeal(seal);
      return EXIT.done;
    }),
};
