/**
 * Monetary unit sampling: how many items a sample needs, and what its misstatements say of the whole population.
 *
 * As in the AICPA's Audit Guide *Audit Sampling* (chapter 6, appendices C and D): the sampling interval is the tolerable misstatement
 * over the confidence factor; a misstatement of an item below the interval is projected by its taint; the upper limit is
 * basic precision, projected misstatement and an incremental allowance. Amounts are exact fractions until they are stated.
 */
import { formatAmount } from '../money';
import { done, refused, type Outcome } from '../outcome';
import { EVALUATION_FACTOR_PLACES, evaluationFactorHundredths, EXPANSION_FACTOR_HUNDREDTHS, EXPECTED_SHARE_PERCENT_MOST, PLANNING_FACTOR_PLACES, planningFactorMillionths } from './confidence-factor';
import { compare, plus, rational, rounded, roundedUp, times, total, ZERO, type Rational } from './rational';

/** `factor`: the confidence factor for the expected share; `expansion`: the short cut by expansion factors. */
export const SIZINGS = ['factor', 'expansion'] as const;
export type Sizing = (typeof SIZINGS)[number];

export interface MonetaryUnitTerms {
  readonly confidencePercent: number;
  readonly tolerableMinor: number;
  readonly expectedMinor: number;
  readonly sizing: Sizing;
}

export interface MonetaryUnitPlan {
  /** In millionths: what the sample size is computed with. */
  readonly factorMillionths: bigint;
  /** Null where the size does not come from an expansion factor. */
  readonly expansionHundredths: number | null;
  /** How many units are drawn, rounded up. */
  readonly sampleSize: number;
  /** The room over the factor as it is printed, in whole minor units, rounded down: never too few items. */
  readonly intervalMinor: bigint;
}

export type PlanFailure = 'nothing_to_sample' | 'tolerable_missing' | 'expected_too_high' | 'risk_untabulated';

const FACTOR_UNIT = 10n ** BigInt(PLANNING_FACTOR_PLACES);
const HUNDREDTHS = 10n ** BigInt(EVALUATION_FACTOR_PLACES);

/** The sample size and the interval for a population of this value in minor units. */
export function planMonetaryUnits(populationMinor: bigint, terms: MonetaryUnitTerms, currency: string): Outcome<MonetaryUnitPlan, PlanFailure> {
  const { confidencePercent, sizing } = terms;
  const [tolerable, expected] = [BigInt(terms.tolerableMinor), BigInt(terms.expectedMinor)];
  const amount = (minor: bigint) => `${formatAmount(minor, currency)} ${currency}`;
  if (populationMinor <= 0n) return refused('nothing_to_sample', 'No line of this population has a book value above zero. Reconcile the period, and import unit costs.');
  if (tolerable <= 0n) return refused('tolerable_missing', `A tolerable misstatement of ${amount(tolerable)} leaves nothing to sample for. Give an amount above zero.`);
  if (expected * 100n > tolerable * BigInt(EXPECTED_SHARE_PERCENT_MOST)) {
    return refused(
      'expected_too_high',
      `An expected misstatement of ${amount(expected)} is more than ${EXPECTED_SHARE_PERCENT_MOST} % of the tolerable ${amount(tolerable)}: a sample would have to be too large to be of use. Test all items, or have the misstatements corrected first.`,
    );
  }
  if (sizing === 'factor') {
    const factorMillionths = planningFactorMillionths(confidencePercent, expected, tolerable);
    return done(planWith(populationMinor, tolerable, factorMillionths, null));
  }
  const expansionHundredths = EXPANSION_FACTOR_HUNDREDTHS[100 - confidencePercent];
  if (expansionHundredths === undefined) {
    const known = Object.keys(EXPANSION_FACTOR_HUNDREDTHS).map((risk) => `${100 - Number(risk)} %`).reverse();
    return refused('risk_untabulated', `Expansion factors are tabulated for a confidence of ${known.join(', ')}; ${confidencePercent} % is none of them. Choose one, or size by the confidence factor.`);
  }
  const left = tolerable * HUNDREDTHS - expected * BigInt(expansionHundredths);
  if (left <= 0n) return refused('expected_too_high', `The expected misstatement of ${amount(expected)}, expanded, takes up the whole tolerable ${amount(tolerable)}. Test all items, or size by the confidence factor.`);
  const factorMillionths = (BigInt(evaluationFactorHundredths(confidencePercent, 0)) * FACTOR_UNIT) / HUNDREDTHS;
  return done(planWith(populationMinor, rational(left, HUNDREDTHS), factorMillionths, expansionHundredths));
}

/** A factor as the guide prints it: of two places, rounded up. */
export const printedFactorHundredths = (factorMillionths: bigint): bigint => roundedUp(rational(factorMillionths * HUNDREDTHS, FACTOR_UNIT));

function planWith(populationMinor: bigint, room: bigint | Rational, factorMillionths: bigint, expansionHundredths: number | null): MonetaryUnitPlan {
  const { numerator, denominator } = typeof room === 'bigint' ? rational(room) : room;
  // By the printed factor, as the evaluation has it: a sample that expects nothing and finds nothing then supports the books.
  const interval = (numerator * HUNDREDTHS) / (denominator * printedFactorHundredths(factorMillionths));
  return {
    factorMillionths,
    expansionHundredths,
    sampleSize: Number(roundedUp(rational(populationMinor * factorMillionths * denominator, numerator * FACTOR_UNIT))),
    intervalMinor: interval < 1n ? 1n : interval,
  };
}

/** An item of the sample that was tested. */
export interface TestedItem {
  /** Above zero. */
  readonly bookMinor: number;
  /** What it should be by the test. */
  readonly auditedMinor: number;
}

export interface ProjectedItem {
  /** Its place in what was handed in. */
  readonly index: number;
  /** Book less audited value over book value; null for an item of at least the interval, which stands for itself. */
  readonly taint: Rational | null;
  readonly projected: Rational;
  /** What the factor grows by with this misstatement, in hundredths; null for an item that stands for itself. */
  readonly stepHundredths: number | null;
}

/** One direction of misstatement; amounts are positive. */
export interface DirectionLimit {
  readonly items: readonly ProjectedItem[];
  readonly projected: Rational;
  readonly basicPrecision: Rational;
  readonly incrementalAllowance: Rational;
  readonly upperLimit: Rational;
}

export interface MonetaryUnitEvaluation {
  readonly overstatement: DirectionLimit;
  readonly understatement: DirectionLimit;
}

/**
 * What the misstatements of a sample say of the population, for each direction by itself: understatements do not make up for overstatements.
 *
 * @param factorHundredths the factor for so many misstatements; those of the confidence unless a source's own are tried
 */
export function evaluateMonetaryUnits(
  items: readonly TestedItem[], intervalMinor: bigint, factorHundredths: (misstatements: number) => number,
): MonetaryUnitEvaluation {
  const direction = (sign: bigint): DirectionLimit => {
    const wrong = items.flatMap(({ bookMinor, auditedMinor }, index) => {
      const misstatement = sign * (BigInt(bookMinor) - BigInt(auditedMinor));
      return misstatement > 0n ? [{ index, bookMinor: BigInt(bookMinor), misstatement }] : [];
    });
    const whole = wrong
      .filter(({ bookMinor }) => bookMinor >= intervalMinor)
      .map(({ index, misstatement }): ProjectedItem => ({ index, taint: null, projected: rational(misstatement), stepHundredths: null }));
    // The largest taint meets the largest step of the factor: the limit is never understated.
    const tainted = wrong
      .filter(({ bookMinor }) => bookMinor < intervalMinor)
      .map(({ index, bookMinor, misstatement }) => ({ index, taint: rational(misstatement, bookMinor) }))
      .sort((left, right) => -compare(left.taint, right.taint) || left.index - right.index)
      .map(({ index, taint }, rank): ProjectedItem => ({
        index, taint, projected: times(taint, rational(intervalMinor)), stepHundredths: factorHundredths(rank + 1) - factorHundredths(rank),
      }));
    const projected = total([...tainted, ...whole].map((item) => item.projected));
    const basicPrecision = rational(BigInt(factorHundredths(0)) * intervalMinor, HUNDREDTHS);
    const incrementalAllowance = total(
      tainted.map((item) => times(item.projected, rational(BigInt(item.stepHundredths!) - HUNDREDTHS, HUNDREDTHS))),
    );
    return { items: [...tainted, ...whole], projected, basicPrecision, incrementalAllowance, upperLimit: plus(plus(projected, basicPrecision), incrementalAllowance) };
  };
  return { overstatement: direction(1n), understatement: direction(-1n) };
}

export type Decision = 'supported' | 'limit_over' | 'projected_over';

/** Whether the book value is supported: neither limit may pass the tolerable misstatement. */
export function decide({ overstatement, understatement }: MonetaryUnitEvaluation, tolerableMinor: number): Decision {
  const tolerable = rational(BigInt(tolerableMinor));
  const directions = [overstatement, understatement];
  if (directions.some(({ projected }) => compare(projected, tolerable) > 0)) return 'projected_over';
  return directions.some(({ upperLimit }) => compare(upperLimit, tolerable) > 0) ? 'limit_over' : 'supported';
}

/** The decision as a sentence with its figures. */
export function decisionWords(evaluation: MonetaryUnitEvaluation, { confidencePercent, tolerableMinor }: Pick<MonetaryUnitTerms, 'confidencePercent' | 'tolerableMinor'>, currency: string): string {
  const amount = (minor: bigint) => `${formatAmount(minor, currency)} ${currency}`;
  const { overstatement, understatement } = evaluation;
  const worst = compare(overstatement.upperLimit, understatement.upperLimit) >= 0 ? overstatement : understatement;
  const which = worst === overstatement ? 'overstated' : 'understated';
  const limit = amount(roundedUp(worst.upperLimit));
  const tolerable = amount(BigInt(tolerableMinor));
  const known = `With ${confidencePercent} % confidence the book value is ${which} by at most ${limit}`;
  switch (decide(evaluation, tolerableMinor)) {
    case 'supported':
      return `${known}, within the tolerable ${tolerable}: the sample supports the book value.`;
    case 'limit_over':
      return `${known}, which passes the tolerable ${tolerable}: the sample does not support the book value. Enlarge the sample, do other tests, or have the misstatements corrected.`;
    case 'projected_over':
      return `The misstatement projected from the sample is ${amount(rounded(worst.projected))} and passes the tolerable ${tolerable} by itself: the book value is misstated unless it is corrected.`;
  }
}

/** A stratum of a sample that was not drawn by value. */
export interface TestedStratum {
  readonly populationMinor: bigint;
  readonly items: readonly TestedItem[];
}

/** The net misstatement projected by ratio: of each stratum, what the sample was misstated by for each unit of book value. No limit can be computed for it. */
export const projectByRatio = (strata: readonly TestedStratum[]): Rational =>
  total(
    strata.map(({ populationMinor, items }) => {
      const book = items.reduce((sum, { bookMinor }) => sum + BigInt(bookMinor), 0n);
      if (book === 0n) return ZERO;
      const misstatement = items.reduce((sum, { bookMinor, auditedMinor }) => sum + BigInt(bookMinor) - BigInt(auditedMinor), 0n);
      return rational(misstatement * populationMinor, book);
    }),
  );
