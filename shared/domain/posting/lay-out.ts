/**
 * Lays an approved journal out as the file, or the files, that a system imports.
 *
 * Decisions only: which system wants what is the table of systems; writing bytes is `electron/files/posting`.
 */
import { looksLikeFormula } from '../csv-cell';
import { formatAmount, minorDigits } from '../money';
import { done, refused, type Outcome } from '../outcome';
import { plural } from '../plural';
import { cutText } from './cells';
import { journalEntries, stockEntries } from './entries';
import type { PostedJournal, PostingColumn, PostingFailure, PostingFile, PostingSettings, PostingSystem } from './shapes';

export interface LaidOut {
  readonly files: readonly PostingFile[];
  /** What was cut, split or left out, each a sentence; the last is what to do at the import. */
  readonly notes: readonly string[];
  readonly settings: PostingSettings;
}

/** The settings with what is usual where nothing was given. Refusals: `setting_unknown`, then `setting_missing`. */
export function settingsFor(system: PostingSystem, given: PostingSettings): Outcome<PostingSettings, 'setting_unknown' | 'setting_missing'> {
  const known = system.settings.map(({ id }) => id);
  const stranger = Object.keys(given).find((id) => !known.includes(id));
  if (stranger !== undefined) return refused('setting_unknown', `${system.name} knows no setting ${stranger}. It has ${known.join(', ') || 'none'}.`);
  const settings: Record<string, string> = {};
  for (const { id, label, help, usual, choices } of system.settings) {
    const value = given[id]?.trim() || usual;
    if (value === null) return refused('setting_missing', `${system.name} wants ${label.toLowerCase()}, which no file tells. Give it as ${id}. ${help}`);
    if (choices && !choices.includes(value)) return refused('setting_unknown', `${id} is one of ${choices.join('; ')}; ${value} is none of them.`);
    settings[id] = value;
  }
  return done(settings);
}

class TextUnfit extends Error {
  override readonly name = 'TextUnfit';
}

/** A text that the system looks up, or the refusal that says why it cannot arrive as it is. */
function keyCell(system: PostingSystem, { header, charactersMax, isNeeded }: PostingColumn<never>, text: string, place: string): string {
  const why =
    isNeeded && text === '' ? 'it is empty'
    : looksLikeFormula(text) ? `a spreadsheet takes ${text} for a formula, and a mark before it would be imported with it`
    : /[\p{Cc}\u2028\u2029]/u.test(text) ? 'it holds a line break or another control character'
    : charactersMax !== undefined && text.length > charactersMax ? `${text} is longer than the ${charactersMax} characters it may have`
    : undefined;
  if (why === undefined) return text;
  throw new TextUnfit(`${header} of ${system.name} cannot be written, ${place}: ${why}. Correct the name in the workbook, or enter this line by hand.`);
}

/** The cells of a row; counts the texts that were cut. @throws TextUnfit */
function cellsOf<Row>(system: PostingSystem, columns: readonly PostingColumn<Row>[], row: Row, place: string, cut: { texts: number }): string[] {
  return columns.map((column) => {
    const text = column.value(row);
    if (column.holds === 'key') return keyCell(system, column, text, place);
    if (column.holds === 'figure') return text;
    const kept = cutText(text, column.charactersMax);
    if (kept.wasCut) cut.texts += 1;
    return kept.text;
  });
}

const CURRENCY_HEADER = 'Currency';

/** Refusals in the order of `POSTING_FAILURES`. */
export function layOut(system: PostingSystem, journal: PostedJournal, given: PostingSettings): Outcome<LaidOut, PostingFailure> {
  const outcome = settingsFor(system, given);
  if (!outcome.ok) return outcome;
  const settings = outcome.value;
  if (minorDigits(journal.currency) > system.placesMax) {
    return refused('currency_unfit', `${system.name} takes ${system.placesMax} decimal places, and ${journal.currency} has ${minorDigits(journal.currency)}. Enter the journal by hand.`);
  }
  if (journal.currency !== journal.ownCurrency && !system.columns.some(({ header }) => header === CURRENCY_HEADER)) {
    return refused('currency_unfit', `A file for ${system.name} has no field for a currency: the amounts of ${journal.number} are in ${journal.currency} and would be read as another, ${journal.ownCurrency} perhaps. Enter the journal by hand, or take the Excel file.`);
  }
  const cut = { texts: 0 };
  try {
    const laidOut = system.books === 'journal' ? journalFiles(system, journal, settings, cut) : stockFiles(system, journal, settings, cut);
    if (!laidOut.ok) return laidOut;
    const { files, notes } = laidOut.value;
    const cutNote = cut.texts === 0 ? [] : [`${plural(cut.texts, 'text was', 'texts were')} cut at the length that ${system.name} takes; ${cut.texts === 1 ? 'it ends' : 'they end'} in three points.`];
    return done({ files, notes: [...notes, ...cutNote, system.advice], settings });
  } catch (error) {
    if (error instanceof TextUnfit) return refused('text_unfit', error.message);
    throw error;
  }
}

type Files = Outcome<Pick<LaidOut, 'files' | 'notes'>, PostingFailure>;
const nothingToPost = ({ number }: PostedJournal, what: string) =>
  refused('nothing_to_post', `${number} ${what}. There is nothing to import; it stands as it is.`);

/** The number of an entry: the journal's, with `/2` where there are several. Its length was chosen with room for both. */
function entryNumber(system: PostingSystem, number: string, index: number, count: number): string {
  const own = count === 1 ? number : `${number}/${index + 1}`;
  if (own.length > system.numberCharactersMax) {
    throw new TextUnfit(`${system.name} takes ${system.numberCharactersMax} characters as the number of an entry, and ${own} has ${own.length}. Enter the journal by hand.`);
  }
  return own;
}

function journalFiles(system: PostingSystem & { readonly books: 'journal' }, journal: PostedJournal, settings: PostingSettings, cut: { texts: number }): Files {
  const { linesMax, columns, encoding, quotes } = system;
  const { parts, leftOut, tooLong } = journalEntries(journal, linesMax);
  if (tooLong) {
    return refused(
      'entry_too_long',
      `${system.name} takes ${linesMax} lines at a time, and lines ${tooLong[0]!.lineNumber} to ${tooLong.at(-1)!.lineNumber} of ${journal.number} balance only together. Enter the journal by hand.`,
    );
  }
  if (parts.length === 0) return nothingToPost(journal, 'books no amount');
  const files = parts.map((lines, index): PostingFile => {
    const number = entryNumber(system, journal.number, index, parts.length);
    return {
      header: columns.map(({ header }) => header),
      rows: lines.map((line, place) =>
        cellsOf(system, columns, { number, journal, settings, line, isFirst: place === 0 }, `line ${line.lineNumber} of ${journal.number}, account ${line.accountCode}`, cut),
      ),
      encoding, quotes, entries: [number],
    };
  });
  const zero = formatAmount(0, journal.currency);
  return done({
    files,
    notes: [
      ...(leftOut > 0 ? [`${plural(leftOut, 'line of', 'lines of')} ${zero} ${leftOut === 1 ? 'is' : 'are'} left out: ${leftOut === 1 ? 'it books' : 'they book'} nothing.`] : []),
      ...(files.length > 1 ? [`${system.name} takes ${linesMax} lines at a time: there are ${files.length} files, each an entry in balance. Import all of them.`] : []),
    ],
  });
}

function stockFiles(system: PostingSystem & { readonly books: 'stock' }, journal: PostedJournal, settings: PostingSettings, cut: { texts: number }): Files {
  const { linesMax, columns, encoding, quotes } = system;
  const groups = stockEntries(journal, linesMax);
  if (groups.length === 0) return nothingToPost(journal, 'moves no units');
  const files: { rows: string[][]; entries: string[] }[] = [];
  groups.forEach((group, index) => {
    const number = entryNumber(system, journal.number, index, groups.length);
    const rows = group.map((line, place) =>
      cellsOf(system, columns, { number, journal, settings, line, isFirst: place === 0, lineInEntry: place + 1 }, `item ${line.item} at ${line.location}`, cut),
    );
    const last = files.at(-1);
    if (last && last.rows.length + rows.length <= (linesMax ?? Infinity)) {
      last.rows.push(...rows);
      last.entries.push(number);
    } else files.push({ rows, entries: [number] });
  });
  return done({
    files: files.map(({ rows, entries }): PostingFile => ({ header: columns.map(({ header }) => header), rows, encoding, quotes, entries })),
    notes: groups.length > 1 ? [`${plural(groups.length, 'adjustment')}: one for each account and location.`] : [],
  });
}
