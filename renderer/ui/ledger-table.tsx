/**
 * Lines of an entry: account, what it is for, debit and credit with their totals. The currency stands in the head.
 */
import { NumberText } from './number-text';
import { countText, countWords, moneyText } from './number';
import { differenceColumn, roundingOfDebits } from './rounding';
import { sentenceText } from './sentence';
import { Table } from './table';
import styles from './ledger-table.module.css';

export interface LedgerLine {
  readonly lineNumber: number;
  readonly accountCode: string;
  readonly accountName: string;
  /** Which rule chose the account. */
  readonly accountRule: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  readonly reasonCode: string;
  readonly location: string;
  readonly memo: string;
  /** Decimal text: rounded less exact. */
  readonly roundingDifference: string;
  readonly sourceLines: number;
}

export interface LedgerTableProps {
  readonly caption: string;
  readonly currency: string;
  readonly lines: readonly LedgerLine[];
  readonly debitTotalMinor: number;
  readonly creditTotalMinor: number;
  readonly testId?: string;
  /** Lines can be chosen: what is behind one is then shown. */
  readonly onChooseLine?: (lineNumber: number) => void;
  readonly chosenLine?: number | undefined;
}

/** The memo as the file has it, less the word behind its figure, so that a line takes one row. */
const memoText = (memo: string): string => sentenceText(memo).replace(/\u00a0units?$/, '').replace(/, (?=\S+$)/, ',\u00a0');

/** One side's amount; the other side's cell stays empty, as on paper. */
const side = (amountMinor: number, currency: string) =>
  amountMinor === 0 ? null : <NumberText text={moneyText(amountMinor, currency)} />;

export function LedgerTable({ caption, currency, lines, debitTotalMinor, creditTotalMinor, testId, onChooseLine, chosenLine }: LedgerTableProps) {
  const differences = differenceColumn(lines.map((line) => line.roundingDifference));
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(line) => line.lineNumber}
      {...(testId ? { testId } : {})}
      {...(onChooseLine ? { onChoose: (line: LedgerLine) => onChooseLine(line.lineNumber), chosenKey: chosenLine } : {})}
      columns={[
        { id: 'number', title: '#', align: 'end', width: 36, cell: (line) => line.lineNumber },
        {
          id: 'account',
          title: 'Account',
          width: 190,
          wraps: true,
          cell: (line) => <span title={`Account by ${line.accountRule}`}>{`${line.accountCode} ${line.accountName}`}</span>,
          foot: countWords(lines.length, 'line'),
        },
        { id: 'memo', title: 'Memo', wraps: true, cell: (line) => <span className={styles['memo']}>{memoText(line.memo)}</span> },
        { id: 'reason', title: 'Reason', cell: (line) => line.reasonCode },
        { id: 'sources', title: 'Lines', align: 'end', cell: (line) => countText(line.sourceLines) },
        {
          id: 'debit',
          title: `Debit, ${currency}`,
          align: 'end',
          cell: (line) => side(line.debitMinor, currency),
          foot: moneyText(debitTotalMinor, currency),
        },
        {
          id: 'credit',
          title: `Credit, ${currency}`,
          align: 'end',
          cell: (line) => side(line.creditMinor, currency),
          foot: moneyText(creditTotalMinor, currency),
        },
        {
          id: 'rounding',
          title: `Rounding, ${currency}`,
          align: 'end',
          cell: (_line, index) => <NumberText text={differences[index]!} />,
          foot: roundingOfDebits(lines),
        },
      ]}
    />
  );
}
