/**
 * The sheet "Tie-out" of a journal's Excel file: each stock account before and after the journals, the four causes, and what
 * was found of them, as it stood when the journal was prepared.
 */
import type ExcelJS from 'exceljs';
import type { JournalWorkbookContent } from '@shared/domain/journal-workbook';
import { formatAmount } from '@shared/domain/money';
import type { TestedCause, TieOut, TieOutAccount, TieOutFinding } from '@shared/domain/tie-out';
import { journalHead, sheetOptions } from './paper';
import { setWidths, writeTable, type Column } from './table';
import { cutOffDate, writeTitleBlock } from './title-block';

export const TIE_OUT_SHEET = 'Tie-out';

/** Shared by the three tables, which stand below each other: words, then amounts, then words. */
const WIDTHS = [24, 34, 17, 17, 17, 17, 17, 52];
const HEADING_ROW = 6;

type AmountOf<Row> = (row: Row) => number | null | undefined;

function amountColumn<Row>(heading: string, index: number, content: JournalWorkbookContent, minorOf: AmountOf<Row>, total = false): Column<Row> {
  const { currency, currencyMinorDigits: placesMin } = content.header;
  return {
    kind: 'decimal', heading: `${heading} ${currency}`, width: WIDTHS[index]!, placesMin, zero: 'zero', absent: 'unknown', longAsText: true, total,
    value: (row) => {
      const minor = minorOf(row);
      return minor === null || minor === undefined ? minor : formatAmount(minor, currency);
    },
  };
}

const textColumn = <Row>(heading: string, index: number, value: (row: Row) => string): Column<Row> => ({ kind: 'text', heading, width: WIDTHS[index]!, wrap: true, value });
const nothing = <Row>(index: number): Column<Row> => ({ kind: 'text', heading: '', width: WIDTHS[index]!, value: () => '' });

const accountColumns = (content: JournalWorkbookContent): Column<TieOutAccount>[] => [
  textColumn('Account', 0, ({ accountCode }) => accountCode),
  textColumn('Name', 1, ({ name }) => name),
  amountColumn('Reconciled value', 2, content, ({ valueMinor }) => valueMinor, true),
  amountColumn('Trial balance', 3, content, ({ ledgerMinor }) => ledgerMinor, true),
  amountColumn('Ledger less value', 4, content, ({ differenceMinor }) => differenceMinor, true),
  amountColumn('Journals', 5, content, ({ journalsMinor }) => journalsMinor, true),
  amountColumn('After the journals', 6, content, ({ afterMinor }) => afterMinor, true),
  textColumn('Standing', 7, ({ sentence }) => sentence),
];

const causeColumns = (content: JournalWorkbookContent): Column<TestedCause>[] => [
  textColumn('Cause', 0, ({ title }) => title),
  textColumn('Tested', 1, ({ isTested }) => (isTested ? 'yes' : 'no')),
  { kind: 'whole', heading: 'Found', width: WIDTHS[2]!, value: ({ found }) => found },
  amountColumn('Of the difference', 3, content, ({ amountMinor }) => amountMinor),
  nothing(4), nothing(5), nothing(6),
  textColumn('What was looked at', 7, ({ sentence }) => sentence),
];

const findingColumns = (content: JournalWorkbookContent): Column<TieOutFinding>[] => [
  textColumn('Document', 0, ({ document }) => document),
  textColumn('File and row', 1, ({ place }) => (place === null ? '' : `${place.fileName}, row ${place.rowNumber}`)),
  amountColumn('Worth', 2, content, ({ worthMinor }) => worthMinor),
  amountColumn('Of the difference', 3, content, ({ amountMinor }) => amountMinor),
  textColumn('Account', 4, ({ accountCode }) => accountCode),
  textColumn('Day', 5, ({ day }) => day ?? ''),
  nothing(6),
  textColumn('What it is', 7, ({ sentence }) => sentence),
];

/** Adds the sheet; to be called between the other tables and the sign-off sheet. */
export async function addTieOutSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, content: JournalWorkbookContent, tieOut: TieOut): Promise<void> {
  const { header } = content;
  const worksheet = workbook.addWorksheet(TIE_OUT_SHEET, sheetOptions(journalHead(content), TIE_OUT_SHEET, { orientation: 'landscape', headingRow: HEADING_ROW }));
  setWidths(worksheet, WIDTHS);
  writeTitleBlock(worksheet, header.company, 'Value of the stock against the ledger', [[1, 2], [3, 5]], [
    [['Period', header.period], ['Cut-off', cutOffDate(header)]],
    [['Trial balance', tieOut.trialBalance?.fileName ?? 'none imported'], ['A difference is', 'the ledger less the stock']],
  ]);
  const accounts = await writeTable(worksheet, accountColumns(content), tieOut.accounts, HEADING_ROW);
  const causes = await writeTable(worksheet, causeColumns(content), tieOut.causes, accounts.totalRow + 2, { withoutTotal: true });
  const findings = tieOut.causes.flatMap((cause) => cause.findings);
  if (findings.length > 0) await writeTable(worksheet, findingColumns(content), findings, causes.lastRow + 2, { withoutTotal: true });
  worksheet.commit();
}
