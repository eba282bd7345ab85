/** `tieout journal`: prepare, approve, export. */
import type { Journal } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { formatAmount } from '@shared/domain/money';
import type { ServiceContext } from '../../services/context';
import { draftJournal, listJournals } from '../../services/journals/read';
import { approveJournal, exportJournal, prepareJournal } from '../../services/journals/sign';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { exportFor, POSTING_NOTES, POSTING_OPTIONS } from './journal-posting';
import { expectDone, identitiesFolder, neededIdentity, neededPassPhrase, neededPeriod, PERIOD_OPTION, SIGNING_OPTIONS, withWorkbook } from '../session';

function neededEmail(args: Arguments, option: string): string {
  const email = args.text(option);
  if (email === undefined) throw new CommandFailure(`tieout journal needs --${option} EMAIL here. See tieout journal --help.`, EXIT.usage);
  return email;
}

/** The journal that --number names, else the newest in the wanted state. */
function chosenJournal(context: ServiceContext, args: Arguments, periodId: number, states: readonly Journal['state'][]): Journal {
  const journals = listJournals(context.workbook, periodId);
  const number = args.text('number');
  const chosen = number === undefined ? journals.filter((journal) => states.includes(journal.state)).at(-1) : journals.find((journal) => journal.number === number);
  if (chosen) return chosen;
  const known = journals.map((journal) => `${journal.number} (${journal.state})`).join(', ') || 'none';
  throw new CommandFailure(`No journal is ${states.join(' or ')}. The period has: ${known}.`, EXIT.refused, 'journal_missing');
}

function printJournal(journal: Pick<Journal, 'lines' | 'currency' | 'debitTotalMinor' | 'creditTotalMinor'>, title: string): void {
  const amount = (minor: number) => (minor === 0 ? '' : formatAmount(minor, journal.currency));
  printLine(title);
  printLine();
  printLine(
    table(
      ['line', 'account', 'name', `debit ${journal.currency}`, `credit ${journal.currency}`, 'reason', 'memo'],
      [
        ...journal.lines.map((line) => [String(line.lineNumber), line.accountCode, line.accountName, amount(line.debitMinor), amount(line.creditMinor), line.reasonCode, line.memo]),
        ['', '', 'Total', formatAmount(journal.debitTotalMinor, journal.currency), formatAmount(journal.creditTotalMinor, journal.currency), '', ''],
      ],
      [0, 3, 4],
    ),
  );
}

type JournalWork = (context: ServiceContext, period: Period) => Promise<void> | void;

const show = (args: Arguments, journal: Journal, title: string) => (args.flag('json') ? printJson(journal) : printJournal(journal, title));

/** What each word does: the options it needs are asked for at once, the work is done on the open workbook. */
const ACTIONS: Readonly<Record<string, (args: Arguments) => JournalWork>> = {
  draft: (args) => (context, period) => {
    if (period.reconciledInstant === null) {
      throw new CommandFailure(`${period.code} is not reconciled yet. Run tieout reconcile first.`, EXIT.refused, 'not_reconciled');
    }
    const draft = draftJournal(context.workbook, period);
    if (args.flag('json')) printJson(draft);
    else printJournal(draft, `${period.code}: what a journal would book now. ${draft.untaggedLines} exceptions are not tagged yet, ${draft.notPostingLines} tagged lines post nothing.`);
  },
  prepare: (args) => {
    const [preparer, approver] = [neededEmail(args, 'as'), neededEmail(args, 'approver')];
    const passPhrase = neededPassPhrase(args);
    const fingerprint = neededIdentity(preparer).fingerprintSha256;
    const approverFingerprint = neededIdentity(approver).fingerprintSha256;
    return async (context, { periodId }) => {
      const journal = expectDone(await prepareJournal(context, identitiesFolder(), { periodId, fingerprint, approverFingerprint, passPhrase }));
      show(args, journal, `Prepared ${journal.number}, signed by ${journal.preparer}; ${journal.namedApprover} is to approve.`);
    };
  },
  approve: (args) => {
    const approver = neededEmail(args, 'as');
    const passPhrase = neededPassPhrase(args);
    const fingerprint = neededIdentity(approver).fingerprintSha256;
    return (context, { periodId }) => {
      const { journalId } = chosenJournal(context, args, periodId, ['prepared']);
      const journal = expectDone(approveJournal(context, identitiesFolder(), { journalId, fingerprint, passPhrase, comment: args.needed('comment') }));
      show(args, journal, `Approved ${journal.number}, signed by ${journal.namedApprover}.`);
    };
  },
  export: (args) => {
    const target = args.text('out');
    if (target === undefined) throw new CommandFailure('tieout journal export needs --out FILE.', EXIT.usage);
    const otherSystem = args.text('for') === undefined ? undefined : exportFor(args, target);
    return (context, { periodId }) => {
      const { journalId, number } = chosenJournal(context, args, periodId, ['approved', 'exported']);
      if (otherSystem) return otherSystem(context, journalId);
      const written = expectDone(exportJournal(context, { journalId, path: target }));
      if (args.flag('json')) printJson({ number, ...written });
      else printLine(`Wrote ${number} to ${written.path} (${written.byteLength} bytes, SHA-256 ${written.sha256}).`);
    };
  },
};

export const journalCommand: Command = {
  name: 'journal',
  words: 'WORKBOOK [draft | prepare | approve | export]',
  wordsLeast: 1,
  wordsMost: 2,
  options: {
    ...PERIOD_OPTION,
    ...SIGNING_OPTIONS,
    approver: { type: 'string', value: 'EMAIL', help: 'prepare: who is to approve' },
    comment: { type: 'string', value: 'TEXT', help: 'approve: why lines over materiality are approved', default: '' },
    number: { type: 'string', value: 'NUMBER', help: 'approve, export: which journal; the newest unless given' },
    out: { type: 'string', value: 'FILE', help: 'export: where to write the signed Excel file, or the file for another system' },
    ...POSTING_OPTIONS,
  },
  notes: POSTING_NOTES,
  run: (args) => {
    const [workbookPath, action = 'draft'] = args.words as [string, string?];
    const carryOut = ACTIONS[action];
    if (!carryOut) throw new CommandFailure(`tieout journal knows ${Object.keys(ACTIONS).join(', ')}; ${action} is none of them.`, EXIT.usage);
    const work = carryOut(args);
    return withWorkbook(workbookPath, action === 'draft' ? 'read' : 'write', async (context) => {
      await work(context, neededPeriod(context, args));
      return EXIT.done;
    });
  },
};
