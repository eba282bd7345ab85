/**
 * What a posting file is made from, and what a system says of the files that it imports.
 *
 * A posting file carries an approved journal into the system that keeps the ledger. How each system wants it is one file
 * beside this one; laying it out is `lay-out.ts`; bytes and places are `electron/files/posting`.
 *
 * Texts that a spreadsheet would take for a formula: a mark in front (`csvCell`) would be imported with the text by every
 * system here, so none is written. A free text begins with the journal's number instead, which is no formula and makes it
 * found again; a text that the system looks up (an account, an item) must arrive as it is, and is refused by name.
 */

/** The systems and what of theirs the file is for; the identifiers are an interface of the command line. */
export const POSTING_SYSTEM_IDS = [
  'netsuite-journal', 'netsuite-adjustment', 'quickbooks', 'xero', 'business-central', 'odoo', 'erpnext',
] as const;
export type PostingSystemId = (typeof POSTING_SYSTEM_IDS)[number];

/** A line of the journal in the words of the system that receives it. */
export interface PostedLine {
  readonly lineNumber: number;
  readonly accountCode: string;
  readonly accountName: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  /** What the receiving system calls the location. */
  readonly location: string;
  readonly memo: string;
}

/** The units behind the journal: what a system that keeps stock books of its own adjusts. */
export interface StockAdjustment {
  /** What the receiving system calls item and location. */
  readonly item: string;
  readonly location: string;
  /** The account that takes the other side of the stock account. */
  readonly accountCode: string;
  readonly accountName: string;
  readonly quantityScaled: number;
  readonly unitCostScaled: number;
  readonly reason: string;
}

export interface PostedJournal {
  readonly number: string;
  /** `Inventory adjustment 2026-10`. */
  readonly title: string;
  readonly company: string;
  /** ISO 4217. */
  readonly currency: string;
  /** That the workbook is kept in: a system without a field for it takes amounts for this one. */
  readonly ownCurrency: string;
  /** The day it is booked on, `YYYY-MM-DD`. */
  readonly bookDay: string;
  readonly lines: readonly PostedLine[];
  readonly adjustments: readonly StockAdjustment[];
}

/** One entry of the receiving system: the whole journal, or a part that balances where its limit asks for several. */
export interface PostedEntry {
  /** The journal's number, with `/2` behind it for the second of several. */
  readonly number: string;
  readonly journal: PostedJournal;
  readonly settings: PostingSettings;
}

export interface JournalCell extends PostedEntry {
  readonly line: PostedLine;
  readonly isFirst: boolean;
}

export interface AdjustmentCell extends PostedEntry {
  readonly line: StockAdjustment;
  readonly isFirst: boolean;
  /** From 1 within the entry. */
  readonly lineInEntry: number;
}

/**
 * A column of the file. `free`: a text for people, cut at the limit. `key`: looked up by the system, so it arrives as it is
 * or the file is refused. `figure`: an amount, quantity or day that is written here.
 */
export interface PostingColumn<Row> {
  readonly header: string;
  readonly holds: 'free' | 'key' | 'figure';
  /** In UTF-16 units. */
  readonly charactersMax?: number;
  /** Empty on no row. */
  readonly isNeeded?: boolean;
  readonly value: (row: Row) => string;
}

/** What only the person who imports the file can know of their system. */
export interface PostingSetting {
  readonly id: string;
  readonly label: string;
  /** One sentence: what it is and where it is found. */
  readonly help: string;
  /** Null: has to be given. */
  readonly usual: string | null;
  /** Null: any text. */
  readonly choices: readonly string[] | null;
}

export type PostingSettings = Readonly<Record<string, string>>;

interface SystemFacts {
  readonly id: PostingSystemId;
  readonly name: string;
  /** Where names of items and locations come from: the source of import profiles and aliases. */
  readonly source: string;
  /** Lines of one file, and with it of one entry; null: no limit is known. */
  readonly linesMax: number | null;
  /** Of the number of an entry. */
  readonly numberCharactersMax: number;
  /** Decimal places of an amount, at most. */
  readonly placesMax: number;
  /** A byte order mark only where the file is opened by a spreadsheet on its way: elsewhere it would become part of the first header. */
  readonly encoding: 'UTF-8' | 'UTF-8 with byte order mark';
  readonly quotes: 'where needed' | 'always';
  readonly settings: readonly PostingSetting[];
  /** What the person has to do or to know at the import, in one sentence. */
  readonly advice: string;
}

export type PostingSystem =
  | (SystemFacts & { readonly books: 'journal'; readonly columns: readonly PostingColumn<JournalCell>[] })
  | (SystemFacts & { readonly books: 'stock'; readonly columns: readonly PostingColumn<AdjustmentCell>[] });

/** One file as rows of text, before it becomes bytes. */
export interface PostingFile {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly encoding: SystemFacts['encoding'];
  readonly quotes: SystemFacts['quotes'];
  /** The numbers of the entries in it. */
  readonly entries: readonly string[];
}

/** Refusals in the order in which they are looked for. */
export const POSTING_FAILURES = [
  'setting_unknown', 'setting_missing', 'currency_unfit', 'nothing_to_post', 'text_unfit', 'entry_too_long',
] as const;
export type PostingFailure = (typeof POSTING_FAILURES)[number];
