/**
 * Confidence factors of monetary unit sampling: upper limits of the Poisson distribution, the way the AICPA's Audit Guide
 * *Audit Sampling* tabulates them (appendix C; the theory is in T. R. Stewart, *Technical Notes on the AICPA Audit Guide
 * Audit Sampling*). A factor is the number of misstatements that, with the confidence asked for, is not exceeded.
 *
 * They are computed, not looked up: the incomplete gamma function in forty decimal places, then the least factor of so many
 * places that reaches the confidence. Factors are therefore rounded up, as in the guide's tables, and never let more pass.
 */
import { FIXED_ONE, fixedExp, fixedLn, fixedOver, fixedRatio, fixedTimes } from './fixed-point';

/** The confidence in whole per cent that can be asked for. */
export const CONFIDENCE_PERCENT_LEAST = 50;
export const CONFIDENCE_PERCENT_MOST = 99;

/** Places of the factors that a sample is evaluated with: as printed in the guide's tables. */
export const EVALUATION_FACTOR_PLACES = 2;
/** Places of the factor that a sample size is computed with, which is not rounded before it is used. */
export const PLANNING_FACTOR_PLACES = 6;

/** The expected misstatement may be this part of the tolerable one, in per cent: where the guide's tables end. */
export const EXPECTED_SHARE_PERCENT_MOST = 60;

/** x + x²/(a+1) + … over a: what the incomplete gamma function is made of beside powers. Scaled. */
function gammaSeries(shape: bigint, x: bigint): bigint {
  let term = fixedOver(FIXED_ONE, shape);
  let sum = term;
  for (let divisor = shape + FIXED_ONE; term !== 0n; divisor += FIXED_ONE) {
    term = (term * x) / divisor;
    sum += term;
  }
  return sum;
}

/**
 * The probability that a gamma variable of this shape is at most `x`.
 *
 * The whole gamma function is taken as the incomplete one up to where what is left is below 10⁻³⁰, so that powers divide out.
 */
class GammaDistribution {
  readonly #far: bigint;
  readonly #farLn: bigint;
  readonly #farSeries: bigint;

  constructor(readonly shape: bigint) {
    this.#far = 4n * shape + 120n * FIXED_ONE;
    this.#farLn = fixedLn(this.#far);
    this.#farSeries = gammaSeries(shape, this.#far);
  }

  atMost(x: bigint): bigint {
    if (x <= 0n) return 0n;
    const power = fixedTimes(this.shape, fixedLn(x) - this.#farLn) + this.#far - x;
    return (fixedExp(power) * gammaSeries(this.shape, x)) / this.#farSeries;
  }
}

/** The least whole number from 0 on for which `holds` is true; it stays true from there on. */
function leastWhere(holds: (value: bigint) => boolean): bigint {
  let above = 1n;
  while (!holds(above)) above *= 2n;
  let below = -1n;
  while (above - below > 1n) {
    const middle = (above + below) / 2n;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

const reaches = (probability: bigint, confidencePercent: number): boolean => probability * 100n >= BigInt(confidencePercent) * FIXED_ONE;

const limits = new Map<string, number>();

/**
 * The upper limit for so many misstatements found: 3.00, 4.75, 6.30 … at 95 %.
 *
 * @param misstatements whole, from 0
 * @returns hundredths, rounded up
 */
export function evaluationFactorHundredths(confidencePercent: number, misstatements: number): number {
  const key = `${confidencePercent} ${misstatements}`;
  const known = limits.get(key);
  if (known !== undefined) return known;
  const distribution = new GammaDistribution(BigInt(misstatements + 1) * FIXED_ONE);
  const step = 10n ** BigInt(EVALUATION_FACTOR_PLACES);
  const factor = Number(leastWhere((hundredths) => reaches(distribution.atMost(fixedRatio(hundredths, step)), confidencePercent)));
  limits.set(key, factor);
  return factor;
}

/**
 * The factor that a sample size is planned with: the least F so that F reaches the confidence when the expected share of it
 * is misstated. Where nothing is expected it is the limit for no misstatement.
 *
 * @param expectedMinor @param tolerableMinor the expected and the tolerable misstatement; the share is at most
 *   `EXPECTED_SHARE_PERCENT_MOST`
 * @returns millionths, rounded up
 */
export function planningFactorMillionths(confidencePercent: number, expectedMinor: bigint, tolerableMinor: bigint): bigint {
  const unit = 10n ** BigInt(PLANNING_FACTOR_PLACES);
  return leastWhere((millionths) => {
    const factor = fixedRatio(millionths, unit);
    const expected = (factor * expectedMinor) / tolerableMinor;
    return reaches(new GammaDistribution(FIXED_ONE + expected).atMost(factor), confidencePercent);
  });
}

/**
 * Expansion factors for expected misstatement, in hundredths, by the risk of incorrect acceptance in per cent: the short
 * cut of the guide's editions before 2008 and of many textbooks. Only these risks were tabulated.
 */
export const EXPANSION_FACTOR_HUNDREDTHS: Readonly<Record<number, number>> = { 1: 190, 5: 160, 10: 150, 15: 140, 20: 130, 25: 125, 30: 120, 37: 115, 50: 100 };
