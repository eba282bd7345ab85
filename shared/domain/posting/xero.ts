/**
 * Xero, import of manual journals.
 *
 * Rows with the same narration and date are one journal, whose amounts add up to zero: debits positive, credits negative.
 * At most 300 lines in a file, so that a longer journal becomes several files, each with a narration of its own and each
 * adding up to zero. Accounts go by code alone. Each line names a tax rate as the organisation calls it, which differs by
 * country and stands in no file that Tieout reads. Source: Xero's help on importing manual journals; six writers of it.
 */
import { dayCell, daySetting, noteCell, signedCell } from './cells';
import type { PostingSystem } from './shapes';

export const xero: PostingSystem = {
  id: 'xero',
  name: 'Xero manual journal',
  source: 'xero',
  books: 'journal',
  linesMax: 300,
  numberCharactersMax: 99,
  placesMax: 2,
  encoding: 'UTF-8',
  quotes: 'where needed',
  settings: [
    {
      id: 'tax-rate', label: 'Tax rate', help: 'Its full name as in Xero, Accounting settings, Tax rates: Tax Exempt (0%), No VAT, BAS Excluded.',
      usual: null, choices: null,
    },
    daySetting('DD/MM/YYYY', 'MM/DD/YYYY'),
    { id: 'tracking', label: 'Tracking category', help: 'The category whose options are the locations; empty where there is none.', usual: '', choices: null },
  ],
  advice: 'Journals arrive as drafts; where there are several files, import each of them. Organisations in the United States want the month first.',
  columns: [
    { header: '*Narration', holds: 'free', charactersMax: 4_000, value: (row) => noteCell(row, row.journal.title) },
    { header: '*Date', holds: 'figure', value: dayCell },
    { header: 'Description', holds: 'free', charactersMax: 4_000, value: (row) => noteCell(row, row.line.memo) },
    { header: '*AccountCode', holds: 'key', isNeeded: true, charactersMax: 10, value: ({ line }) => line.accountCode },
    { header: '*TaxRate', holds: 'key', isNeeded: true, value: ({ settings }) => settings['tax-rate'] ?? '' },
    { header: '*Amount', holds: 'figure', value: signedCell },
    { header: 'TrackingName1', holds: 'key', value: ({ settings }) => settings['tracking'] ?? '' },
    { header: 'TrackingOption1', holds: 'key', value: ({ line, settings }) => (settings['tracking'] ? line.location : '') },
    { header: 'TrackingName2', holds: 'key', value: () => '' },
    { header: 'TrackingOption2', holds: 'key', value: () => '' },
  ],
};
