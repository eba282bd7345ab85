/**
 * The selection's figures for the status bar. Sums are exact; one unknown makes the sum unknown.
 */
import { addQuantities } from '@shared/domain/quantity';

/** The sum of figures; null where any of them is unknown. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum = addQuantities(sum, value);
  }
  return sum;
}
