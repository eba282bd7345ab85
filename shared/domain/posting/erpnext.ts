/**
 * ERPNext, Data Import of Journal Entry.
 *
 * A column of the table of lines has the table's label behind its own: `Debit (Accounting Entries)`. What belongs to the
 * entry stands on its first row only. An account is called by number, name and the company's abbreviation, which no file
 * that Tieout reads holds: `1300 - Inventory - HP`. A Data field holds 140 characters. Source: Frappe's data import and the
 * doctypes Journal Entry and Journal Entry Account; files in use.
 */
import { creditCell, dayCell, debitCell, noteCell } from './cells';
import type { JournalCell, PostingSystem } from './shapes';

const onFirst = (value: (row: JournalCell) => string) => (row: JournalCell): string => (row.isFirst ? value(row) : '');

export const erpnext: PostingSystem = {
  id: 'erpnext',
  name: 'ERPNext journal entry',
  source: 'erpnext',
  books: 'journal',
  linesMax: null,
  numberCharactersMax: 140,
  placesMax: 4,
  encoding: 'UTF-8',
  quotes: 'always',
  settings: [
    { id: 'abbreviation', label: 'Company abbreviation', help: 'Behind every account in ERPNext, and on the company’s page: HP.', usual: null, choices: null },
    { id: 'company', label: 'Company', help: 'Its name in ERPNext; empty for the name of this workbook.', usual: '', choices: null },
    {
      id: 'accounts', label: 'Accounts', help: 'Whether the names of accounts begin with their numbers: 1300 - Inventory - HP, or Inventory - HP.',
      usual: 'number and name', choices: ['number and name', 'name'],
    },
  ],
  advice: 'Import it under Data Import with the document type Journal Entry and Insert New Records. The entry is a draft until somebody submits it.',
  columns: [
    { header: 'Entry Type', holds: 'key', value: onFirst(() => 'Journal Entry') },
    { header: 'Company', holds: 'key', charactersMax: 140, value: onFirst(({ settings, journal }) => settings['company'] || journal.company) },
    { header: 'Posting Date', holds: 'figure', value: onFirst(dayCell) },
    { header: 'Reference Number', holds: 'key', charactersMax: 140, value: onFirst(({ number }) => number) },
    { header: 'Reference Date', holds: 'figure', value: onFirst(dayCell) },
    { header: 'User Remark', holds: 'free', charactersMax: 140, value: onFirst((row) => noteCell(row, row.journal.title)) },
    {
      header: 'Account (Accounting Entries)', holds: 'key', charactersMax: 140,
      value: ({ line, settings }) =>
        [...(settings['accounts'] === 'name' ? [] : [line.accountCode]), line.accountName, settings['abbreviation']].filter((part) => part !== '').join(' - '),
    },
    { header: 'Debit (Accounting Entries)', holds: 'figure', value: debitCell },
    { header: 'Credit (Accounting Entries)', holds: 'figure', value: creditCell },
    { header: 'User Remark (Accounting Entries)', holds: 'free', charactersMax: 4_000, value: (row) => noteCell(row, row.line.memo) },
  ],
};
