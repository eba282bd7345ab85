/**
 * Odoo, import of journal entries (`account.move`).
 *
 * Technical names are the header: labels are translated, they are not. What belongs to the entry stands on its first row
 * only; a row without it is a further line of the entry above. Accounts go by code. The entry arrives as a draft. There is
 * no External ID: a second import with one would add the lines to the same entry again. Source: Odoo's own import template
 * of miscellaneous operations; files in use.
 */
import { creditCell, dayCell, debitCell, noteCell } from './cells';
import type { PostingSystem } from './shapes';

export const odoo: PostingSystem = {
  id: 'odoo',
  name: 'Odoo journal entry',
  source: 'odoo',
  books: 'journal',
  linesMax: null,
  numberCharactersMax: 99,
  placesMax: 4,
  encoding: 'UTF-8',
  quotes: 'always',
  settings: [
    { id: 'journal', label: 'Journal', help: 'Its name in Odoo, Accounting, Configuration, Journals.', usual: 'Miscellaneous Operations', choices: null },
  ],
  advice: 'Import it under Accounting, Journal Entries, Import records. The entry is a draft until somebody posts it.',
  columns: [
    { header: 'ref', holds: 'key', value: ({ isFirst, number }) => (isFirst ? number : '') },
    { header: 'date', holds: 'figure', value: (row) => (row.isFirst ? dayCell(row) : '') },
    { header: 'journal_id', holds: 'key', value: ({ isFirst, settings }) => (isFirst ? (settings['journal'] ?? '') : '') },
    { header: 'line_ids/account_id', holds: 'key', isNeeded: true, charactersMax: 64, value: ({ line }) => line.accountCode },
    { header: 'line_ids/name', holds: 'free', charactersMax: 4_000, value: (row) => noteCell(row, row.line.memo) },
    { header: 'line_ids/debit', holds: 'figure', value: debitCell },
    { header: 'line_ids/credit', holds: 'figure', value: creditCell },
  ],
};
