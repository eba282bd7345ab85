/**
 * NetSuite, CSV import of journal entries.
 *
 * Rows with one External ID are one entry. The import assistant lets a person map each header, so the field labels are the
 * header; the memo of a line has a name of its own, as two fields are called Memo. Account as number and name, as number,
 * or as name alone where account numbers are off. Line memo: 999 characters, the shorter of the two limits in use.
 * Source: Oracle's help on importing journal entries (fields of header and lines).
 */
import { creditCell, dayCell, debitCell, daySetting, noteCell } from './cells';
import type { PostedLine, PostingSetting, PostingSettings, PostingSystem, StockAdjustment } from './shapes';

/** Rows of one import file, as NetSuite states it. */
export const NETSUITE_LINES_MAX = 25_000;

export const NETSUITE_SETTINGS: readonly PostingSetting[] = [
  daySetting('MM/DD/YYYY', 'DD/MM/YYYY', 'DD-Mon-YYYY', 'DD.MM.YYYY', 'YYYY-MM-DD'),
  {
    id: 'accounts', label: 'Accounts', help: 'How NetSuite names accounts: Set Up > Accounting Preferences, Use Account Numbers.',
    usual: 'number and name', choices: ['number and name', 'number', 'name'],
  },
  { id: 'subsidiary', label: 'Subsidiary', help: 'Its full name with its parents, where the account is of NetSuite OneWorld; else empty.', usual: '', choices: null },
];

export function netsuiteAccount({ accountCode, accountName }: PostedLine | StockAdjustment, settings: PostingSettings): string {
  switch (settings['accounts']) {
    case 'number':
      return accountCode;
    case 'name':
      return accountName;
    default:
      return `${accountCode} ${accountName}`.trimEnd();
  }
}

export const netsuiteJournal: PostingSystem = {
  id: 'netsuite-journal',
  name: 'NetSuite journal entry',
  source: 'netsuite',
  books: 'journal',
  linesMax: NETSUITE_LINES_MAX,
  numberCharactersMax: 99,
  placesMax: 2,
  encoding: 'UTF-8',
  quotes: 'where needed',
  settings: NETSUITE_SETTINGS,
  advice: 'Import it under Transactions, Journal Entry, and choose UTF-8. Import either this or the inventory adjustment, never both.',
  columns: [
    { header: 'External ID', holds: 'key', value: ({ number }) => number },
    { header: 'Subsidiary', holds: 'key', value: ({ settings }) => settings['subsidiary'] ?? '' },
    { header: 'Currency', holds: 'key', value: ({ journal }) => journal.currency },
    { header: 'Date', holds: 'figure', value: dayCell },
    { header: 'Memo', holds: 'free', charactersMax: 999, value: (row) => noteCell(row, row.journal.title) },
    { header: 'Account', holds: 'key', isNeeded: true, value: ({ line, settings }) => netsuiteAccount(line, settings) },
    { header: 'Debit', holds: 'figure', value: debitCell },
    { header: 'Credit', holds: 'figure', value: creditCell },
    { header: 'Line Memo', holds: 'free', charactersMax: 999, value: (row) => noteCell(row, row.line.memo) },
    { header: 'Department', holds: 'key', value: () => '' },
    { header: 'Class', holds: 'key', value: () => '' },
    { header: 'Location', holds: 'key', value: ({ line }) => line.location },
  ],
};
