/**
 * The lodged code: the beginning of a seal's root, short enough to be printed, read out and typed, with check characters.
 *
 * 125 bits of the root in 25 characters of Crockford's base 32 (no I, L, O, U), then three that check them: the remainder of the
 * number by a prime under 32^3, which one wrong character or two neighbours changed about always alter. A workbook written anew
 * has another root; whoever makes two on purpose that share a code has some 2^62 to try.
 *
 * https://www.crockford.com/base32.html
 */
import { done, type Outcome, refused } from './outcome';

const FIGURES = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 125n;
const LENGTH = 25;
const CHECK_LENGTH = 3;
const CHECK_PRIME = 32_749n;
const GROUP = 4;
/** What seals of the first format show: twenty hexadecimal figures of the root. */
const HEX_LENGTH = 20;

function written(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 32n) text = FIGURES[Number(rest % 32n)]! + text;
  return text;
}

const grouped = (text: string): string => text.match(new RegExp(`.{1,${GROUP}}`, 'g'))!.join('-');

/** @param root 64 hexadecimal figures */
export function lodgedCode(root: string): string {
  const value = BigInt(`0x${root}`) >> (256n - BITS);
  return grouped(written(value, LENGTH) + written(value % CHECK_PRIME, CHECK_LENGTH));
}

/** The code of a seal of the first format. */
export const firstLodgedCode = (root: string): string => grouped(root.slice(0, HEX_LENGTH).toUpperCase());

/**
 * A typed code as `lodgedCode` writes it. Spaces, dashes and small letters are as good; O is read as 0, I and L as 1.
 *
 * Refusals: `code_incomplete`, `code_mistyped` where the check characters do not fit.
 */
export function readLodgedCode(typed: string): Outcome<string, 'code_incomplete' | 'code_mistyped'> {
  const text = typed.toUpperCase().replaceAll(/[\s‐-―-]/g, '');
  if (text.length === HEX_LENGTH && /^[0-9A-F]+$/.test(text)) return done(grouped(text));
  const figures = text.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const foreign = [...figures].find((figure) => !FIGURES.includes(figure));
  if (foreign !== undefined) return refused('code_mistyped', `“${foreign}” is in no lodged code. It is written with figures and capital letters other than U. Read it again from where it was lodged.`);
  if (figures.length !== LENGTH + CHECK_LENGTH) {
    return refused('code_incomplete', `A lodged code has ${LENGTH + CHECK_LENGTH} characters in groups of four; this one has ${figures.length}. Enter all of it.`);
  }
  const value = [...figures.slice(0, LENGTH)].reduce((sum, figure) => sum * 32n + BigInt(FIGURES.indexOf(figure)), 0n);
  if (written(value % CHECK_PRIME, CHECK_LENGTH) !== figures.slice(LENGTH)) {
    return refused('code_mistyped', `${grouped(figures)} is no lodged code: its last three characters do not fit the others, so one of them was misread. Read it again from where it was lodged.`);
  }
  return done(grouped(figures));
}
