/**
 * Codes and names as they are compared: what makes no difference between two of them, and what makes a small one.
 *
 * Only `normaliseIdentifier` decides a match by itself. The other forms find suggestions, which a person accepts.
 */

/** Hyphens, dashes and the minus sign, which spreadsheets and web pages put in each other's place. */
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\uff07]/g;
/** Signs that take no room: joiners, direction marks, the byte order mark, the soft hyphen. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const SEPARATORS = /[\s\-_./\\|:,;'"()[\]#*+]/g;

/** ASCII without spaces at the ends or two in a row: nothing but its case makes no difference. */
const ALL_BUT_CASE_NORMAL = /^[!-~]+(?: [!-~]+)*$/;

/** Case, spaces, and the ways Unicode has to write the same character make no difference. Leading zeros do. */
export const normaliseIdentifier = (text: string): string =>
  ALL_BUT_CASE_NORMAL.test(text) ? text.toLowerCase() : withoutOddities(text).toLowerCase();

const withoutOddities = (text: string): string =>
  text.normalize('NFKC').replace(INVISIBLE, '').replace(DASHES, '-').replace(APOSTROPHES, "'").replace(/\s+/g, ' ').trim();

/** Letters and figures alone. */
export const withoutSeparators = (normalised: string): string => normalised.replace(SEPARATORS, '');

/** `00417-v` as `417-v`. */
export const withoutLeadingZeros = (normalised: string): string => normalised.replace(/^0+(?=.)/, '');

/** `PARENT : CHILD` as `CHILD`; the colon stands between spaces, so that one inside a code is none. */
export const lastPartAfterColon = (text: string): string => text.split(/\s:\s/).at(-1)!.trim();

/** The last part of a path in any of the ways that systems write one; the text itself where it is none. */
export const lastPartOfPath = (text: string): string => text.split(/\s*(?::|>|\/|\\|\|)\s*/).at(-1)!.trim();

/** The text without each of its characters in turn, and the text itself: two texts that differ by one have one of these in common. */
export function deletionsOf(text: string): Set<string> {
  const letters = [...text];
  const deletions = new Set([text]);
  for (let place = 0; place < letters.length; place += 1) deletions.add(letters.toSpliced(place, 1).join(''));
  return deletions;
}

/**
 * What one change makes of one text the other: a character put in, left out, replaced, or changed places with its
 * neighbour (optimal string alignment distance 1). Undefined where it takes none or more than one.
 */
export function oneChange(one: string, other: string): 'added' | 'removed' | 'replaced' | 'transposed' | undefined {
  const [left, right] = [[...one], [...other]];
  if (Math.abs(left.length - right.length) > 1 || one === other) return undefined;
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const changed = [left.slice(start, left.length - end), right.slice(start, right.length - end)] as const;
  const lengths = `${changed[0].length}:${changed[1].length}`;
  if (lengths === '0:1') return 'added';
  if (lengths === '1:0') return 'removed';
  if (lengths === '1:1') return 'replaced';
  return lengths === '2:2' && changed[0][0] === changed[1][1] && changed[0][1] === changed[1][0] ? 'transposed' : undefined;
}

/** Whether two texts differ in one figure alone, as the numbers of two articles in a row do. */
export function differsInFigure(one: string, other: string): boolean {
  const [left, right] = [[...one], [...other]];
  if (left.length !== right.length) return false;
  const places = left.flatMap((letter, place) => (letter === right[place] ? [] : [place]));
  return places.length === 1 && /\d/.test(left[places[0]!]!) && /\d/.test(right[places[0]!]!);
}
