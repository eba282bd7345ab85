/**
 * The sentences of the import screen that hold figures: one place, so that button, list and announcement agree.
 */
import type { FileInspection, Rehearsal } from '@shared/domain/import';
import { KIND_WORDS, SYSTEM_WORDS } from '@shared/domain/import-words';
import type { System } from '@shared/domain/states';
import { countText, countWords, periodName } from '../../ui';
import type { QueuedFile } from './queued-file';

export { nameOf } from '../../app/words';

/** `Stock snapshot, ERP`. */
export const kindAndSystem = (kind: keyof typeof KIND_WORDS, system: System | null): string =>
  system === null ? KIND_WORDS[kind] : `${KIND_WORDS[kind]}, ${SYSTEM_WORDS[system]}`;

/** What committing does: `Write 1,132 rows, 4 to quarantine`. */
export function writeAction(rehearsal: Pick<Rehearsal, 'rowsAccepted' | 'rowsQuarantined'> & Partial<Pick<Rehearsal, 'supersedes'>>): string {
  const place = rehearsal.supersedes ? ` in the place of import ${rehearsal.supersedes.importId}` : '';
  const write = `Write ${countWords(rehearsal.rowsAccepted, 'row')}${place}`;
  return rehearsal.rowsQuarantined > 0 ? `${write}, ${countText(rehearsal.rowsQuarantined)} to quarantine` : write;
}

/** Beside the button: in which period, and what comes along with the rows. */
export function writeStatement(rehearsal: Rehearsal): string {
  const along = [
    [rehearsal.newItems.length, 'new item'],
    [rehearsal.newLocations.length, 'new location'],
    [rehearsal.changedItems, 'changed item'],
    [rehearsal.changedTags, 'changed tag'],
  ] as const;
  const words = along.filter(([count]) => count > 0).map(([count, word]) => countWords(count, word));
  const verb = rehearsal.effect === 'sets' ? 'Sets' : 'Adds';
  const what = `${verb} ${countWords(rehearsal.rowsAccepted, 'row')} in ${periodName(rehearsal.periodCode)}`;
  return [what, ...(words.length > 0 ? [words.join(', ')] : [])].join(': ');
}

/** What committing did. */
export const writtenSentence = (rehearsal: Pick<Rehearsal, 'rowsAccepted' | 'rowsQuarantined' | 'fileName'>): string =>
  `${rehearsal.fileName}: ${countWords(rehearsal.rowsAccepted, 'row')} written${
    rehearsal.rowsQuarantined > 0 ? `, ${countText(rehearsal.rowsQuarantined)} in the quarantine` : ''
  }.`;

/**
 * What writing all files that are ready does, with the sums over them. The quarantine can only become smaller on the
 * way: a file that would send more there stops the run.
 */
export function writeAllAction(files: readonly QueuedFile[]): string {
  const ready = files.filter((file) => file.phase === 'ready' && file.rehearsal);
  const sum = (figure: 'rowsAccepted' | 'rowsQuarantined') =>
    ready.reduce((total, file) => total + file.rehearsal![figure], 0);
  const bad = sum('rowsQuarantined');
  return `Write ${countWords(ready.length, 'file')}: ${countWords(sum('rowsAccepted'), 'row')}${bad > 0 ? `, at most ${countText(bad)} bad` : ''}`;
}

/**
 * Files before this one that bring items or locations, where this one has rows that name unknown ones: writing them
 * first may mend those rows.
 */
export function bringsWhatIsUnknown(file: QueuedFile, files: readonly QueuedFile[]): readonly string[] {
  const lacks =
    file.rehearsal?.quarantinedByReason.some(
      ({ reason }) => reason === 'unknown_item' || reason === 'unknown_location',
    ) === true;
  if (!lacks) return [];
  return files
    .slice(
      0,
      files.findIndex((each) => each.key === file.key),
    )
    .filter(
      ({ phase, rehearsal }) =>
        phase === 'ready' && rehearsal && (rehearsal.newItems.length > 0 || rehearsal.newLocations.length > 0),
    )
    .map((each) => each.fileName);
}

/** Where a file stands, in the list. */
export function phaseWords(file: QueuedFile): string {
  switch (file.phase) {
    case 'to_inspect':
      return 'Waits to be read';
    case 'unrecognised':
      return 'Needs a mapping';
    case 'asking':
      return asksFor(file.inspection);
    case 'to_rehearse':
      return 'Rehearsing';
    case 'ready': {
      if (file.isStale) return 'Rehearsed earlier';
      const { rowsAccepted, rowsQuarantined } = file.rehearsal!;
      return `${countWords(rowsAccepted, 'row')}${rowsQuarantined > 0 ? `, ${countText(rowsQuarantined)} bad` : ''}`;
    }
    case 'held':
      return 'Imported before';
    case 'refused':
      return 'Cannot be read';
    case 'writing':
      return 'Being written';
    case 'written':
      return `${countWords(file.rehearsal!.rowsAccepted, 'row')} written`;
  }
}

function asksFor(inspection: FileInspection | undefined): string {
  if (inspection?.needs.asOf && inspection.needs.location) return 'When and where?';
  if (inspection?.needs.location) return 'At which location?';
  if (inspection?.needs.dateStyle && !inspection.needs.asOf) return 'Day or month first?';
  if (inspection?.needs.numberStyle && !inspection.needs.asOf) return 'Point or comma?';
  return 'As of when?';
}

/** What becomes of movements that the file does not date. */
export function undatedSentence(types: FileInspection['toldAtAsOf']): string {
  const what = types.map((type) => `${type.replaceAll('_', ' ')}s`).join(' and ');
  return `The file does not date ${what}: they are dated by this instant, and without one they are not written.`;
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', '^': 'caret', '~': 'tilde', ':': 'colon' };

function delimiterWords(delimiter: string): string {
  const word = DELIMITER_WORDS[delimiter.at(-1)!] ?? delimiter;
  return delimiter.length > 1 ? `${word}, lines quoted as a whole` : word;
}

const ENCODING_WORDS: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little-endian',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252, Western Europe',
  shift_jis: 'Shift-JIS, Japan',
  gb18030: 'GB18030, China',
};

/** An encoding as people call it. */
export const encodingWords = (encoding: string): string => ENCODING_WORDS[encoding.toLowerCase()] ?? encoding.toUpperCase();

/** `UTF-8, comma, header in row 1` or `sheet Stock, header in row 4`. */
export function layoutWords(file: Pick<Rehearsal, 'encoding' | 'delimiter' | 'sheet' | 'headerRow'>): string {
  const how =
    file.sheet === null
      ? [
          encodingWords(file.encoding).replace(/, .*/, ''),
          file.delimiter === null ? '' : delimiterWords(file.delimiter),
        ]
      : [`sheet ${file.sheet}`];
  return [...how, `header in row ${countText(file.headerRow)}`].filter(Boolean).join(', ');
}
