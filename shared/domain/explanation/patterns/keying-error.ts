/**
 * Two neighbouring digits changed places, a digit was dropped or typed once too often, or one digit from the hundreds up is
 * another, in one row of the count.
 */
import { formatQuantity } from '../../quantity';
import { evidenceOf, type Pattern } from '../rule';
import { capitalised } from '../words';
import { isWhole, nameOfRow, suspectRows } from './count-rows';

/** `124` for `142`. */
export function isTransposed(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((digit, index) => digit !== other[index]);
  return at >= 0 && one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}

/** `1118` or `18` for `118`: the longer without one of its digits is the shorter. One digit alone is too little to tell. */
export function isSlipped(one: string, other: string): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  if (longer.length !== shorter.length + 1 || shorter.length < 2) return false;
  return [...longer].some((_, index) => longer.slice(0, index) + longer.slice(index + 1) === shorter);
}

/** The lowest place whose digit alone may be mistyped: a few units more or less change the last digits of any figure. */
const HUNDREDS = 2;

/** `742` for `142`: one digit is another, from the hundreds up. */
export function isMistyped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const differing = [...one].flatMap((digit, index) => (digit === other[index] ? [] : [one.length - 1 - index]));
  return differing.length === 1 && differing[0]! >= HUNDREDS;
}

export const keyingError: Pattern = {
  name: 'keying_error',
  version: 2,
  suggest: (kind, line, residualScaled) => {
    if (kind !== 'count') return [];
    return suspectRows(line, residualScaled).flatMap(({ row, countedScaled, expectedScaled }) => {
      if (!isWhole(countedScaled) || !isWhole(expectedScaled)) return [];
      const [counted, expected] = [formatQuantity(countedScaled), formatQuantity(expectedScaled)];
      const how = isTransposed(counted, expected)
        ? 'two digits changed places'
        : isSlipped(counted, expected)
          ? 'one digit slipped'
          : line.counted.length === 1 && isMistyped(counted, expected)
            ? 'one digit is another'
            : null;
      if (!how) return [];
      return [
        {
          cause: 'keying_error' as const,
          quantityScaled: residualScaled,
          sentence: `${capitalised(nameOfRow(row))} says ${counted}; ${expected} would leave no residual: ${how}.`,
          documents: row.sheet ? [row.sheet] : [],
          evidence: evidenceOf([row]),
          twinStockKeyId: null,
          sinceInstant: null,
        },
      ];
    });
  },
};
