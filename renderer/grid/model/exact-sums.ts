/**
 * What the status bar says of chosen figures: sum, average, count, least and most, exact however many there are.
 */
import { divideHalfEven } from '@shared/domain/decimal';

/** Figures of one scale added up; `bigint`, because a sum over a million lines may pass 2^53. */
export interface FigureSums {
  /** Known figures. */
  readonly count: number;
  /** Figures that nobody knows: not part of the sum, and never taken as zero. */
  readonly unknown: number;
  readonly sum: bigint;
  /** undefined where no figure is known. */
  readonly least: bigint | undefined;
  readonly most: bigint | undefined;
}

export const NO_FIGURES: FigureSums = { count: 0, unknown: 0, sum: 0n, least: undefined, most: undefined };

const lesser = (left: bigint | undefined, right: bigint | undefined) => (left === undefined ? right : right === undefined || left < right ? left : right);
const greater = (left: bigint | undefined, right: bigint | undefined) => (left === undefined ? right : right === undefined || left > right ? left : right);

export const addSums = (left: FigureSums, right: FigureSums): FigureSums => ({
  count: left.count + right.count,
  unknown: left.unknown + right.unknown,
  sum: left.sum + right.sum,
  least: lesser(left.least, right.least),
  most: greater(left.most, right.most),
});

/** Null is a figure that nobody knows. */
export function sumsOf(figures: readonly (number | null)[]): FigureSums {
  let sums = NO_FIGURES;
  for (const figure of figures) {
    if (figure === null) sums = { ...sums, unknown: sums.unknown + 1 };
    else {
      const exact = BigInt(figure);
      sums = addSums(sums, { count: 1, unknown: 0, sum: exact, least: exact, most: exact });
    }
  }
  return sums;
}

/** The average with `furtherPlaces` more decimal places than the figures have, rounded half to even; undefined without figures. */
export const averageOf = ({ sum, count }: FigureSums, furtherPlaces: number): bigint | undefined =>
  count === 0 ? undefined : divideHalfEven(sum * 10n ** BigInt(furtherPlaces), BigInt(count));
