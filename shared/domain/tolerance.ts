/**
 * When a line passes without a person: no variance, timing inside its window, or tolerance by risk tier.
 *
 * A tolerance holds in units, percent of the book quantity and value, all three. In a risk window only a share of it is
 * granted, and without a unit cost the value cannot be shown to be small, so none is granted.
 */
import { formatDecimal } from './decimal';
import { EXACT_VALUE_PLACES, exactValue, formatAmount, minorDigits } from './money';
import { formatQuantity } from './quantity';
import { RISK_KINDS, RISK_WORDS, WHOLE_SHARE_HUNDREDTHS, type RiskKind, type RuleSet, type TierBounds } from './rules';
import type { Tier } from './terms';
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

/** The tolerance that is left to a line. */
export interface GrantedTolerance {
  readonly bounds: TierBounds;
  /** The kind of the risk window that tightened it; null where it is whole. */
  readonly window: RiskKind | null;
}

const part = (bound: number, shareHundredths: number): number =>
  Number((BigInt(bound) * BigInt(shareHundredths)) / BigInt(WHOLE_SHARE_HUNDREDTHS));

/**
 * What the rules grant a line of this tier; null where that is nothing. Of several risk windows the one that leaves least
 * counts. A tightened bound is rounded down.
 *
 * @param windows the kinds of the risk windows that are in force for the line
 */
export function grantedTolerance(
  rules: Pick<RuleSet, 'tolerances' | 'toleranceInRiskWindow'>,
  tier: Tier,
  windows: readonly RiskKind[],
): GrantedTolerance | null {
  const whole = rules.tolerances.find((each) => each.tier === tier);
  if (!whole) return null;
  let share = WHOLE_SHARE_HUNDREDTHS;
  let window: RiskKind | null = null;
  for (const kind of RISK_KINDS) {
    if (!windows.includes(kind) || rules.toleranceInRiskWindow[kind] >= share) continue;
    share = rules.toleranceInRiskWindow[kind];
    window = kind;
  }
  if (share === 0) return null;
  const bounds = {
    tier,
    unitsScaled: part(whole.unitsScaled, share),
    percentHundredths: part(whole.percentHundredths, share),
    valueMinor: part(whole.valueMinor, share),
  };
  return { bounds, window };
}

/** Under which name a tolerance clears: `tolerance tier B`, `tolerance tier B in a promotion`. */
export const toleranceName = ({ bounds, window }: GrantedTolerance): string =>
  `tolerance tier ${bounds.tier}${window === null ? '' : ` in a ${RISK_WORDS[window]}`}`;

/** What every clearing by tolerance begins with. */
export const TOLERANCE_PREFIX = 'tolerance tier ';

/** `tolerance tier B in a promotion: 0.5 units, 1 %, 12.50 USD`. */
export function toleranceText(granted: GrantedTolerance, currency: string): string {
  const { bounds } = granted;
  const quantity = formatQuantity(bounds.unitsScaled);
  return (
    `${toleranceName(granted)}: ${quantity} ${quantity === '1' ? 'unit' : 'units'}, ` +
    `${formatDecimal(bounds.percentHundredths, 2)} %, ${formatAmount(bounds.valueMinor, currency)} ${currency}`
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
  readonly tolerance: GrantedTolerance | null;
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
  if (!tolerance) return null;
  const allWithin = exceptions.every((exceptional) =>
    isWithinTolerance(tolerance.bounds, exceptional, unitCostScaled, currency),
  );
  return allWithin ? toleranceText(tolerance, currency) : null;
}
