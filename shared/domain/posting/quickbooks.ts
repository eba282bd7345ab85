/**
 * QuickBooks Online, import of journal entries, in the layout of Intuit's sample file.
 *
 * Accounts go by name, sub-accounts as `Parent:Sub`; account numbers have to be off during the upload. One of debit and
 * credit is empty, not 0. Intuit takes 1,000 rows at a time. Uploads failed where a text held a comma, so none does.
 * Source: Intuit's help on importing journal entries; files in use.
 */
import { creditCell, dayCell, daySetting, debitCell, noteCell } from './cells';
import type { PostingSystem } from './shapes';

export const quickbooks: PostingSystem = {
  id: 'quickbooks',
  name: 'QuickBooks Online journal entry',
  source: 'quickbooks',
  books: 'journal',
  linesMax: 1_000,
  numberCharactersMax: 21,
  placesMax: 2,
  encoding: 'UTF-8',
  quotes: 'where needed',
  settings: [daySetting('MM/DD/YYYY', 'DD/MM/YYYY', 'YYYY-MM-DD')],
  advice: 'Turn account numbers off while it is uploaded (Settings, Advanced, Chart of accounts), and choose the date format that the file has.',
  columns: [
    { header: '*JournalNo', holds: 'key', value: ({ number }) => number },
    { header: '*JournalDate', holds: 'figure', value: dayCell },
    { header: '*AccountName', holds: 'key', isNeeded: true, charactersMax: 100, value: ({ line }) => line.accountName },
    { header: '*Debits', holds: 'figure', value: debitCell },
    { header: '*Credits', holds: 'figure', value: creditCell },
    { header: 'Description', holds: 'free', charactersMax: 4_000, value: (row) => noteCell(row, row.line.memo).replaceAll(/,\s*/g, ' - ') },
    { header: 'Name', holds: 'key', value: () => '' },
    { header: 'Currency', holds: 'key', value: ({ journal }) => journal.currency },
    { header: 'Location', holds: 'key', value: () => '' },
    { header: 'Class', holds: 'key', value: () => '' },
  ],
};
