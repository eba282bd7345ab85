/** `tieout checklist`, `tieout lock`, `tieout verify`. */
import path from 'node:path';
import type { Verification } from '@shared/contract/sign-off';
import { readLodgedCode } from '@shared/domain/lodged-code';
import { verifyPack } from '../../services/audit-pack/verify';
import { checklistFor } from '../../services/sign-off/checklist';
import { lockPeriod } from '../../services/sign-off/lock';
import { saveVerification } from '../../services/sign-off/save-verification';
import { verifyJournalFile } from '../../services/sign-off/verify-file';
import { verifyWorkbook } from '../../services/sign-off/verify-workbook';
import { type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, terminalJob } from '../print';
import { expectDone, identitiesFolder, neededIdentity, neededPassPhrase, neededPeriod, PERIOD_OPTION, SIGNING_OPTIONS, withWorkbook } from '../session';

export const checklistCommand: Command = {
  name: 'checklist',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: PERIOD_OPTION,
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const checklist = checklistFor(context.workbook, neededPeriod(context, args));
      if (args.flag('json')) printJson(checklist);
      else {
        for (const answer of checklist.answers) {
          printLine(`${answer.holds ? 'holds' : 'OPEN '}  ${answer.question}. ${answer.text}`);
          printLine(`          ${answer.figure}`);
          if (!answer.holds) printLine(`          ${answer.nextStep}`);
          if (answer.link) printLine(`          tieout ${answer.link.command.name} "${args.words[0]!}" ${answer.link.command.options}`);
        }
        for (const gate of checklist.gates) {
          printLine(`${gate.holds ? 'holds' : 'OPEN '}  ${gate.text}`);
          printLine(`          ${gate.figure}`);
          if (!gate.holds) printLine(`          ${gate.nextStep}`);
          if (gate.link) printLine(`          tieout ${gate.link.command.name} "${args.words[0]!}" ${gate.link.command.options}`);
        }
      }
      return checklist.readyToLock ? EXIT.done : EXIT.findings;
    }),
};

export const lockCommand: Command = {
  name: 'lock',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    ...SIGNING_OPTIONS,
    override: { type: 'string', value: 'REASON', help: 'locks although a question or a gate is open; stays visible for ever', default: '' },
  },
  run: (args) => {
    const email = args.text('as');
    if (email === undefined) throw new CommandFailure('tieout lock needs --as EMAIL of a controller.', EXIT.usage);
    const passPhrase = neededPassPhrase(args);
    const fingerprint = neededIdentity(email).fingerprintSha256;
    return withWorkbook(args.words[0]!, 'write', (context) => {
      const { periodId } = neededPeriod(context, args);
      const seal = expectDone(lockPeriod(context, identitiesFolder(), { periodId, fingerprint, passPhrase, override: args.needed('override') }));
      if (args.flag('json')) printJson(seal);
      else {
        printLine(`Locked ${seal.periodCode}: ${seal.rows} rows in ${seal.pieces} pieces, sealed by ${seal.signer}.`);
        printLine(`Lodged code ${seal.lodgedCode}. Keep it outside: on the sign-off page, in a mail, in the auditor's file.`);
        for (const open of seal.open) printLine(`Locked with ${open}`);
      }
      return EXIT.done;
    });
  },
};

function printVerification(verification: Verification): void {
  printLine(`${verification.holds ? 'Holds' : 'DOES NOT HOLD'}: ${path.basename(verification.subject)}`);
  printLine(verification.subject);
  for (const { name, value } of verification.facts) printLine(`  ${name}: ${value}`);
  for (const check of verification.checks) {
    printLine(`  ${check.holds ? 'holds  ' : 'DIFFERS'}  ${check.name}: ${check.message}`);
    for (const finding of check.findings) printLine(`             ${finding}`);
    printLine(`             Without Tieout: ${check.howToCheck}`);
  }
}

export const verifyCommand: Command = {
  name: 'verify',
  words: 'FILE.tieout | FILE.xlsx | PACK.zip',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    workbook: { type: 'string', value: 'FILE.tieout', help: 'for a journal: the workbook it came from, so that changed cells are named' },
    lodged: {
      type: 'string', value: 'CODE', help: 'for a workbook: the code that was lodged outside when it was locked, which its seal must have',
      check: (code) => {
        const lodged = readLodgedCode(code);
        return lodged.ok ? undefined : lodged.message;
      },
    },
    trust: { type: 'string', value: 'FILE.pem', help: 'for a journal: a root that each signer must lead to', repeats: true },
    crl: { type: 'string', value: 'FILE', help: 'for a journal: a list of revoked certificates, signed by such a root', repeats: true },
    out: { type: 'string', value: 'FILE.html', help: 'writes it as a page for paper too' },
  },
  run: async (args) => {
    const [file] = args.words as [string];
    let verification: Verification;
    if (/\.xlsx$/i.test(file)) {
      const workbookPath = args.text('workbook');
      const given = { rootPaths: args.all('trust'), listPaths: args.all('crl') };
      verification = expectDone(
        workbookPath === undefined ? await verifyJournalFile(file, undefined, given) : await withWorkbook(workbookPath, 'read', (context) => verifyJournalFile(file, context.workbook, given)),
      );
    } else if (/\.zip$/i.test(file)) {
      verification = expectDone(await verifyPack(file, terminalJob()));
    } else {
      const code = args.text('lodged');
      const lodged = code === undefined ? undefined : expectDone(readLodgedCode(code));
      verification = await withWorkbook(file, 'read', (context) => verifyWorkbook(context.workbook, terminalJob(), lodged));
    }
    const out = args.text('out');
    if (out !== undefined) expectDone(saveVerification({ verification, atInstant: Date.now(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, path: out }));
    if (args.flag('json')) printJson(verification);
    else printVerification(verification);
    return verification.holds ? EXIT.done : EXIT.findings;
  },
};
