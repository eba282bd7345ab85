/**
 * Quantities: exact decimals with four places, kept as whole ten-thousandths of the item's unit of measure.
 */
import { DecimalOverflow, formatDecimal, parseDecimal } from './decimal';

/** How many decimal places a quantity keeps. */
export const QUANTITY_PLACES = 4;
/** One whole unit, scaled. */
export const ONE_UNIT_SCALED = 10_000;

/** Reads `-12.5` as -125000; undefined where the text is no decimal of at most four places that fits. */
export const parseQuantity = (text: string): number | undefined => parseDecimal(text, QUANTITY_PLACES);

/** Writes -125000 as `-12.5`. */
export const formatQuantity = (quantityScaled: number | bigint): string => formatDecimal(quantityScaled, QUANTITY_PLACES);

/** Adds scaled quantities; throws `DecimalOverflow` rather than lose exactness. */
export function addQuantities(...quantitiesScaled: readonly number[]): number {
  let sum = 0;
  for (const quantityScaled of quantitiesScaled) {
    sum += quantityScaled;
    if (!Number.isSafeInteger(sum)) throw new DecimalOverflow('a sum of quantities does not fit an exact integer');
  }
  return sum;
}
