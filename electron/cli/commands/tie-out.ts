/** `tieout tie-out`: the value of the stock against the trial balance, account by account, and why the two part. */
import { formatAmount } from '@shared/domain/money';
import { standsOf, type TestedCause, type TieOut } from '@shared/domain/tie-out';
import { readTieOut } from '../../services/tie-out/read';
import { type Command, EXIT } from '../command';
import { printJson, printLine, say, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

/** Printed of each cause; `--json` has all that are listed. */
const FINDINGS_SHOWN = 10;

function printCause({ title, sentence, findings, found }: TestedCause): void {
  printLine();
  printLine(title);
  printLine(`  ${sentence}`);
  for (const { sentence: told, place } of findings.slice(0, FINDINGS_SHOWN)) {
    printLine(`  - ${told}${place === null ? '' : ` (${place.fileName}, row ${place.rowNumber})`}.`);
  }
  if (found > FINDINGS_SHOWN) printLine(`  - and ${found - FINDINGS_SHOWN} more.`);
}

function printTieOut(tieOut: TieOut): void {
  const { currency, accounts, causes, trialBalance } = tieOut;
  const amount = (minor: number | null) => (minor === null ? '?' : formatAmount(minor, currency));
  printLine(`Tie-out of ${tieOut.periodCode} in ${currency}, ${trialBalance ? `against ${trialBalance.fileName}` : 'without a trial balance'}.`);
  printLine();
  printLine(
    table(
      ['account', 'name', 'by the books', 'reconciled value', 'ledger', 'difference', 'journals', 'after'],
      accounts.map((each) => [
        each.accountCode, each.name, amount(each.bookMinor), amount(each.valueMinor), amount(each.ledgerMinor), amount(each.differenceMinor), amount(each.journalsMinor), amount(each.afterMinor),
      ]),
      [2, 3, 4, 5, 6, 7],
    ),
  );
  for (const { accountCode, sentence } of accounts) printLine(`${accountCode}: ${sentence}`);
  causes.forEach(printCause);
}

export const tieOutCommand: Command = {
  name: 'tie-out',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: PERIOD_OPTION,
  notes: 'A difference is the ledger less the stock. Ends with 1 where an account does not tie, or no trial balance was imported.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const tieOut = expectDone(readTieOut(context.workbook, neededPeriod(context, args).periodId));
      const stands = standsOf(tieOut);
      if (tieOut.isStale) say('Something came in after the reconciliation, and the values do not hold it. Run tieout reconcile.');
      if (args.flag('json')) printJson({ ...tieOut, stands });
      else printTieOut(tieOut);
      return stands.standing === 'ties' ? EXIT.done : EXIT.findings;
    }),
};
