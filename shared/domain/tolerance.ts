/**
 * When a line passes without a person: no variance, timing inside its window, or tolerance by risk tier.
 *
 * A tolerance holds in units, percent of the book quantity and value, all three. In a risk window none is granted, and
 * without a unit cost the value cannot be shown to be small, so none is granted either.
 */
import { formatDecimal } from './decimal';
import { EXACT_VALUE_PLACES, exactValue, formatAmount, minorDigits } from './money';
import { formatQuantity } from './quantity';
import type { TierBounds } from './rules';
import type { VarianceKind } from './variance';

/** A variance as clearing sees it. */
export interface Exceptional {
  readonly kind: VarianceKind;
  readonly quantityScaled: number;
  /** What is not timing. */
  readonly exceptionalScaled: number;
  /** The figure the percentage is of: ERP on hand, the identity, the roll-forward. */
  readonly bookScaled: number;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** Whether a quantity is small enough in units, percent and value. */
export function isWithinTolerance(
  tolerance: TierBounds,
  exceptional: Exceptional,
  unitCostScaled: number | null,
  currency: string,
): boolean {
  if (unitCostScaled === null) return false;
  const quantity = absolute(BigInt(exceptional.exceptionalScaled));
  const value = absolute(exactValue(exceptional.exceptionalScaled, unitCostScaled));
  return (
    quantity <= BigInt(tolerance.unitsScaled) &&
    quantity * 10_000n <= BigInt(tolerance.percentHundredths) * absolute(BigInt(exceptional.bookScaled)) &&
    value <= BigInt(tolerance.valueMinor) * 10n ** BigInt(EXACT_VALUE_PLACES - minorDigits(currency))
  );
}

/** `tolerance tier B: 1 unit, 2 %, 25.00 USD`. */
export function toleranceText(tolerance: TierBounds, currency: string): string {
  const quantity = formatQuantity(tolerance.unitsScaled);
  return (
    `tolerance tier ${tolerance.tier}: ${quantity} ${quantity === '1' ? 'unit' : 'units'}, ` +
    `${formatDecimal(tolerance.percentHundredths, 2)} %, ${formatAmount(tolerance.valueMinor, currency)} ${currency}`
  );
}

export const NO_VARIANCE = 'no variance';
export const TIMING_WITHIN_WINDOW = 'timing within the window';
/** A sheet lists the line and says that nobody counted it: unknown, which no rule may turn into a difference. */
export const NOT_COUNTED = 'not counted: the sheet holds no figure';
/** No other system says anything of the line. */
export const NOTHING_TO_COMPARE = 'nothing to compare: no count and no storefront figure';

export interface ClearingInput {
  readonly variances: readonly Exceptional[];
  readonly tolerance: TierBounds | null;
  readonly isInRiskWindow: boolean;
  readonly unitCostScaled: number | null;
  readonly currency: string;
}

/** The rule that lets a line pass, with its figures; null where a person has to look. */
export function clearedBy(input: ClearingInput): string | null {
  const { variances, tolerance, unitCostScaled, currency } = input;
  const exceptions = variances.filter((variance) => variance.exceptionalScaled !== 0);
  if (exceptions.length === 0) {
    return variances.every((variance) => variance.quantityScaled === 0) ? NO_VARIANCE : TIMING_WITHIN_WINDOW;
  }
  if (!tolerance || input.isInRiskWindow) return null;
  const allWithin = exceptions.every((exceptional) =>
    isWithinTolerance(tolerance, exceptional, unitCostScaled, currency),
  );
  return allWithin ? toleranceText(tolerance, currency) : null;
}
