/** The tie-out as a report: the accounts, the four causes, and what was found of each. */
import type { TieOut } from '@shared/domain/tie-out';
import { tieOutOf } from '../tie-out/read';
import type { Frame, ReportBody } from './frame';
import { figure, makeSection, sum, text } from './section';

export function tieOutReport(frame: Frame): ReportBody {
  const { workbook, scope, currency, linesMax } = frame;
  const tieOut = tieOutOf(workbook, scope);
  return {
    sections: [accountSection(tieOut, currency), causeSection(tieOut, currency), findingSection(tieOut, currency, linesMax)],
    notes: [
      'A difference is the ledger less the stock. The value is the reconciled closing quantity times unit cost, rounded once for each account; the journals are those signed in the period that the ledger does not hold yet.',
      ...(tieOut.trialBalance ? [`The ledger is the trial balance ${tieOut.trialBalance.fileName}.`] : ['No trial balance was imported for the period: what the ledger says is unknown.']),
      ...(frame.locationId === null ? [] : ['A trial balance is of all locations, and so is everything here.']),
    ],
  };
}

const accountSection = ({ accounts }: TieOut, currency: string) =>
  makeSection(
    {
      id: 'accounts',
      title: 'By account',
      columns: [
        text('account', 'Account'), sum('count', 'lines', 'Lines'), sum('amount', 'book', 'Book value'), sum('amount', 'value', 'Reconciled value'), sum('amount', 'ledger', 'Trial balance'),
        sum('amount', 'difference', 'Ledger less value'), sum('amount', 'journals', 'Journals'), sum('amount', 'after', 'After the journals'), sum('amount', 'told', 'Told by causes'), text('standing', 'Standing', { wide: true }),
      ],
      lines: accounts.map((each) => ({
        account: `${each.accountCode} ${each.name}`.trimEnd(), lines: each.lines, book: each.bookMinor, value: each.valueMinor, ledger: each.ledgerMinor,
        difference: each.differenceMinor, journals: each.journalsMinor, after: each.afterMinor, told: each.toldMinor, standing: each.sentence,
      })),
    },
    currency,
  );

const causeSection = ({ causes }: TieOut, currency: string) =>
  makeSection(
    {
      id: 'causes',
      title: 'The four classic causes',
      columns: [text('cause', 'Cause'), sum('count', 'found', 'Found'), sum('amount', 'amount', 'Of the difference'), text('looked', 'What was looked at', { wide: true })],
      lines: causes.map(({ title, found, amountMinor, sentence }) => ({ cause: title, found, amount: amountMinor, looked: sentence })),
    },
    currency,
  );

function findingSection({ causes }: TieOut, currency: string, linesMax: number) {
  const titles = new Map(causes.map(({ cause, title }) => [cause, title]));
  const all = causes.flatMap((each) => each.findings);
  const findings = all.slice(0, linesMax);
  return makeSection(
    {
      id: 'findings',
      title: 'What was found',
      note: causes.reduce((count, { found }) => count + found, 0) > all.length ? 'The largest of each cause.' : '',
      columns: [
        text('document', 'Document'), text('cause', 'Cause'), text('account', 'Account'), text('day', 'Day'), figure('amount', 'worth', 'Worth'), figure('amount', 'amount', 'Of the difference'),
        text('told', 'What it is', { wide: true }), text('file', 'File'), figure('count', 'row', 'Row'),
      ],
      lines: findings.map(({ cause, accountCode, document, day, worthMinor, amountMinor, sentence, place }) => ({
        document, cause: titles.get(cause)!, account: accountCode, day: day ?? '', worth: worthMinor, amount: amountMinor, told: sentence,
        file: place?.fileName ?? '', row: place?.rowNumber ?? null,
      })),
      linesInAll: all.length,
      hasTotal: false,
    },
    currency,
  );
}
