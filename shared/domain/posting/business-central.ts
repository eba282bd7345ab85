/**
 * Microsoft Dynamics 365 Business Central, general journal.
 *
 * The captions of the page's columns are the header, in English. Lines are pasted into the general journal or brought in by
 * a configuration package, in both cases from Excel: hence the byte order mark. One amount, debits positive; lines of one
 * document number and date have to balance. Document No. and Account No. hold 20 characters, Description 100. The currency
 * code stays empty: in the company's own currency it has to be. Source: the published base application (page General
 * Journal, table Gen. Journal Line).
 */
import { dayCell, daySetting, noteCell, signedCell } from './cells';
import type { PostingSystem } from './shapes';

export const businessCentral: PostingSystem = {
  id: 'business-central',
  name: 'Business Central general journal',
  source: 'business_central',
  books: 'journal',
  linesMax: null,
  numberCharactersMax: 20,
  placesMax: 2,
  encoding: 'UTF-8 with byte order mark',
  quotes: 'where needed',
  settings: [daySetting('MM/DD/YYYY', 'DD/MM/YYYY', 'DD.MM.YYYY', 'YYYY-MM-DD')],
  advice: 'Open it in Excel and paste the lines into a general journal without number series, or bring them in by a configuration package of table 81.',
  columns: [
    { header: 'Posting Date', holds: 'figure', value: dayCell },
    { header: 'Document Type', holds: 'key', value: () => '' },
    { header: 'Document No.', holds: 'key', charactersMax: 20, value: ({ number }) => number },
    { header: 'External Document No.', holds: 'key', charactersMax: 35, value: ({ journal }) => journal.number },
    { header: 'Account Type', holds: 'key', value: () => 'G/L Account' },
    { header: 'Account No.', holds: 'key', isNeeded: true, charactersMax: 20, value: ({ line }) => line.accountCode },
    { header: 'Description', holds: 'free', charactersMax: 100, value: (row) => noteCell(row, row.line.memo) },
    { header: 'Currency Code', holds: 'key', value: () => '' },
    { header: 'Amount', holds: 'figure', value: signedCell },
  ],
};
