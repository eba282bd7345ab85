/** `tieout journal`: draft, prepare, approve, export, post, reverse. */
import type { Journal, JournalDraft } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { DRAFTED_KINDS, type DraftedKind } from '@shared/domain/journal-kinds';
import { costWords, NO_SECOND_PERSON_TITLE } from '@shared/domain/journal-words';
import { formatAmount, formatUnitCost } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { ROUNDING_WORDS } from '@shared/domain/rule-words';
import type { ServiceContext } from '../../services/context';
import { draftJournal, listJournals } from '../../services/journals/read';
import { lineSources } from '../../services/journals/reviewed';
import { approveJournal, exportJournal, prepareJournal, redraftJournal, reverseJournal, statePosted } from '../../services/journals/sign';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { exportFor, POSTING_NOTES, POSTING_OPTIONS } from './journal-posting';
import { expectDone, identitiesFolder, neededIdentity, neededPassPhrase, neededPeriod, PERIOD_OPTION, SIGNING_OPTIONS, withWorkbook } from '../session';

function neededEmail(args: Arguments, option: string): string {
  const email = args.text(option);
  if (email === undefined) throw new CommandFailure(`tieout journal needs --${option} EMAIL here. See tieout journal --help.`, EXIT.usage);
  return email;
}

/** The journal that --number names, else the newest in the wanted state; an automatic reversal only by its number. */
function chosenJournal(context: ServiceContext, args: Arguments, periodId: number, states: readonly Journal['state'][]): Journal {
  const journals = listJournals(context.workbook, periodId);
  const number = args.text('number');
  const chosen =
    number === undefined ? journals.filter((journal) => states.includes(journal.state) && !journal.isAutomatic).at(-1) : journals.find((journal) => journal.number === number);
  if (chosen) return chosen;
  const known = journals.map((journal) => `${journal.number} (${journal.state})`).join(', ') || 'none';
  throw new CommandFailure(`No journal is ${states.join(' or ')}. The period has: ${known}.`, EXIT.refused, 'journal_missing');
}

type Printed = Pick<Journal | JournalDraft, 'lines' | 'costs' | 'currency' | 'debitTotalMinor' | 'creditTotalMinor' | 'rounding' | 'roundingTotal' | 'bookingDay'>;

function printJournal(journal: Printed, title: string): void {
  const amount = (minor: number) => (minor === 0 ? '' : formatAmount(minor, journal.currency));
  printLine(title);
  printLine();
  printLine(
    table(
      ['line', 'account', 'name', `debit ${journal.currency}`, `credit ${journal.currency}`, 'reason', 'memo', 'account by'],
      [
        ...journal.lines.map((line) => [String(line.lineNumber), line.accountCode, line.accountName, amount(line.debitMinor), amount(line.creditMinor), line.reasonCode, line.memo, line.accountRule]),
        ['', '', 'Total', formatAmount(journal.debitTotalMinor, journal.currency), formatAmount(journal.creditTotalMinor, journal.currency), '', '', ''],
      ],
      [0, 3, 4],
    ),
  );
  printLine();
  printLine(`Booked on ${journal.bookingDay}. Each line rounded once, ${ROUNDING_WORDS[journal.rounding]}; rounding moved ${journal.roundingTotal} ${journal.currency}.`);
  for (const cost of journal.costs) printLine(`Unit cost of ${costWords(cost)}.`);
}

/** What else is to be known of a journal that was made. */
function printStanding(journal: Journal): void {
  if (journal.noSecondPerson !== null) printLine(`${NO_SECOND_PERSON_TITLE}: ${journal.noSecondPerson}`);
  if (journal.reverses) printLine(`Reverses ${journal.reverses.number} of ${journal.reverses.periodCode}.`);
  if (journal.reversedBy) printLine(`Reversed by ${journal.reversedBy.number} on ${journal.reversedBy.bookingDay}.`);
  if (journal.posting) printLine(`Posted as ${journal.posting.document} on ${journal.posting.day}, stated by ${journal.posting.statedBy}.`);
  if (journal.withdrawnWhy !== null) printLine(`Withdrawn: ${journal.withdrawnWhy}.`);
  if (journal.parted.length > 0) printLine(`Not as they were signed: ${journal.parted.join(', ')}.`);
  for (const version of journal.versions) printLine(`Version ${version.version} (${version.state}) ended: ${version.why}`);
}

type JournalWork = (context: ServiceContext, period: Period) => Promise<void> | void;

function show(args: Arguments, journal: Journal, title: string): void {
  if (args.flag('json')) return printJson(journal);
  printJournal(journal, title);
  printStanding(journal);
}

/** The preparer, and either the approver or the reason why there is nobody else. */
function neededSigners(args: Arguments) {
  const preparer = neededEmail(args, 'as');
  const noSecondPerson = args.text('no-second-person')?.trim() ?? '';
  const approverFingerprint = noSecondPerson === '' ? neededIdentity(neededEmail(args, 'approver')).fingerprintSha256 : null;
  return { fingerprint: neededIdentity(preparer).fingerprintSha256, passPhrase: neededPassPhrase(args), approverFingerprint, noSecondPerson };
}

function neededOption(args: Arguments, action: string, option: string, value: string): string {
  const text = args.text(option)?.trim() ?? '';
  if (text === '') throw new CommandFailure(`tieout journal ${action} needs --${option} ${value}.`, EXIT.usage);
  return text;
}

function printLineSources(context: ServiceContext, args: Arguments, journal: Journal): void {
  const lines = journal.lines.map((line) => ({ ...line, sources: lineSources(context.workbook, journal.journalId, line.lineNumber)! }));
  if (args.flag('json')) return printJson({ number: journal.number, lines });
  printLine(`${journal.number}: the variance lines behind each line.`);
  printLine();
  printLine(
    table(
      ['line', 'account', 'sku', 'location', 'quantity', 'unit cost', `exact ${journal.currency}`],
      lines.flatMap((line) =>
        line.sources.map((source) => [
          String(line.lineNumber), line.accountCode, source.sku, source.location, formatQuantity(source.quantityScaled), formatUnitCost(source.unitCostScaled), source.exactValue,
        ]),
      ),
      [0, 4, 5, 6],
    ),
  );
}

const SIGNED: readonly Journal['state'][] = ['approved', 'exported', 'posted'];

/** What each word does: the options it needs are asked for at once, the work is done on the open workbook. */
const ACTIONS: Readonly<Record<string, (args: Arguments) => JournalWork>> = {
  draft: (args) => (context, period) => {
    if (period.reconciledInstant === null) {
      throw new CommandFailure(`${period.code} is not reconciled yet. Run tieout reconcile first.`, EXIT.refused, 'not_reconciled');
    }
    const draft = draftJournal(context.workbook, period, args.needed('kind') as DraftedKind);
    if (args.flag('json')) printJson(draft);
    else {
      printJournal(draft, `${period.code}: what a journal of kind ${draft.kind} would book now. ${draft.untaggedLines} exceptions are not tagged yet, ${draft.notPostingLines} tagged lines post nothing.`);
      const others = draft.kindsWaiting.filter((kind) => kind !== draft.kind);
      if (others.length > 0) printLine(`Lines wait for other kinds: ${others.join(', ')}.`);
    }
  },
  prepare: (args) => {
    const signers = neededSigners(args);
    return async (context, { periodId }) => {
      const journal = expectDone(await prepareJournal(context, identitiesFolder(), { periodId, kind: args.needed('kind') as DraftedKind, ...signers }));
      show(args, journal, `Prepared ${journal.number}, signed by ${journal.preparer}; ${journal.namedApprover} is to approve.`);
    };
  },
  reverse: (args) => {
    const number = neededOption(args, 'reverse', 'number', 'NUMBER');
    const why = neededOption(args, 'reverse', 'why', 'TEXT');
    const signers = neededSigners(args);
    return async (context, { periodId }) => {
      const found = context.workbook.get<{ journal_id: number }>('SELECT journal_id FROM journals WHERE number = ?', number);
      if (!found) throw new CommandFailure(`This workbook has no journal ${number}.`, EXIT.refused, 'journal_missing');
      const journal = expectDone(await reverseJournal(context, identitiesFolder(), { journalId: found.journal_id, periodId, why, ...signers }));
      show(args, journal, `Prepared ${journal.number}, which reverses ${number}; ${journal.namedApprover} is to approve.`);
    };
  },
  redraft: (args) => {
    const why = neededOption(args, 'redraft', 'why', 'TEXT');
    return (context, { periodId }) => {
      const { journalId } = chosenJournal(context, args, periodId, ['prepared', 'approved']);
      const journal = expectDone(redraftJournal(context, { journalId, why }));
      if (args.flag('json')) printJson(journal);
      else printLine(`${journal.number} is in draft again; version ${journal.version} is kept as it was signed. Prepare it again when its lines are right.`);
    };
  },
  posted: (args) => {
    const document = neededOption(args, 'posted', 'document', 'TEXT');
    const day = neededOption(args, 'posted', 'day', 'YYYY-MM-DD');
    return (context, { periodId }) => {
      const { journalId } = chosenJournal(context, args, periodId, SIGNED);
      const journal = expectDone(statePosted(context, { journalId, document, day }));
      if (args.flag('json')) printJson(journal);
      else printLine(`${journal.number} is posted as ${document} on ${day}.`);
    };
  },
  show: (args) => (context, { periodId }) => {
    const journal = chosenJournal(context, args, periodId, ['prepared', 'approved', 'exported', 'posted', 'reversed']);
    if (args.flag('lines')) printLineSources(context, args, journal);
    else show(args, journal, `${journal.number}, ${journal.kind}, version ${journal.version}: ${journal.state}.`);
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
      const { journalId, number } = chosenJournal(context, args, periodId, SIGNED);
      if (otherSystem) return otherSystem(context, journalId);
      const written = expectDone(exportJournal(context, { journalId, path: target }));
      if (args.flag('json')) printJson({ number, ...written });
      else printLine(`Wrote ${number} to ${written.path} (${written.byteLength} bytes, SHA-256 ${written.sha256}).`);
    };
  },
};

export const journalCommand: Command = {
  name: 'journal',
  words: 'WORKBOOK [draft | prepare | approve | export | posted | redraft | reverse | show]',
  wordsLeast: 1,
  wordsMost: 2,
  options: {
    ...PERIOD_OPTION,
    ...SIGNING_OPTIONS,
    kind: {
      type: 'string', value: 'KIND', help: `draft, prepare: ${DRAFTED_KINDS.join(', ')}`, default: 'adjustment',
      check: (value) => ((DRAFTED_KINDS as readonly string[]).includes(value) ? undefined : `--kind ${value} is none of ${DRAFTED_KINDS.join(', ')}.`),
    },
    approver: { type: 'string', value: 'EMAIL', help: 'prepare, reverse: who is to approve' },
    'no-second-person': { type: 'string', value: 'TEXT', help: 'prepare, reverse: why nobody else approves; only where the workbook knows nobody else' },
    comment: { type: 'string', value: 'TEXT', help: 'approve: why lines over materiality are approved', default: '' },
    number: { type: 'string', value: 'NUMBER', help: 'which journal; the newest unless given; reverse: needed' },
    why: { type: 'string', value: 'TEXT', help: 'redraft, reverse: the reason' },
    document: { type: 'string', value: 'TEXT', help: 'posted: its number in the ledger' },
    day: { type: 'string', value: 'YYYY-MM-DD', help: 'posted: its day in the ledger', check: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : `--day ${value} is no day. Write it as 2026-10-31.`) },
    lines: { type: 'boolean', help: 'show: the variance lines behind each line' },
    out: { type: 'string', value: 'FILE', help: 'export: where to write the signed Excel file, or the file for another system' },
    ...POSTING_OPTIONS,
  },
  notes: POSTING_NOTES,
  run: (args) => {
    const [workbookPath, action = 'draft'] = args.words as [string, string?];
    const carryOut = ACTIONS[action];
    if (!carryOut) throw new CommandFailure(`tieout journal knows ${Object.keys(ACTIONS).join(', ')}; ${action} is none of them.`, EXIT.usage);
    const work = carryOut(args);
    return withWorkbook(workbookPath, action === 'draft' || action === 'show' ? 'read' : 'write', async (context) => {
      await work(context, neededPeriod(context, args));
      return EXIT.done;
    });
  },
};
