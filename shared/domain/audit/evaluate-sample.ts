/**
 * What a sample says so far: the method decides whether there is a limit or only a projection.
 */
import { toSafeInteger } from '../decimal';
import { formatAmount } from '../money';
import { plural } from '../plural';
import { evaluationFactorHundredths } from './confidence-factor';
import { decide, decisionWords, evaluateMonetaryUnits, projectByRatio, type DirectionLimit } from './monetary-unit';
import { rational, rounded, roundedUp, times } from './rational';
import type { DirectionFigures, SampleEvaluation, SampleItem, SamplePlan, SampleTerms } from './sample';
import { TIERS } from './selection';

const MILLION = rational(1_000_000n);

const figuresOf = (limit: DirectionLimit): DirectionFigures => ({
  projectedMinor: toSafeInteger(rounded(limit.projected)),
  basicPrecisionMinor: toSafeInteger(rounded(limit.basicPrecision)),
  incrementalMinor: toSafeInteger(rounded(limit.incrementalAllowance)),
  upperLimitMinor: toSafeInteger(roundedUp(limit.upperLimit)),
});

/** Evaluates the lines of a sample. While a line is not counted nothing is projected. */
export function evaluateSample(terms: SampleTerms, plan: SamplePlan, items: readonly SampleItem[], currency: string): SampleEvaluation {
  const tested = items.flatMap(({ number, tier, bookMinor, auditedMinor }) => (auditedMinor === null ? [] : [{ number, tier, bookMinor, auditedMinor }]));
  const itemsOpen = items.length - tested.length;
  const known = {
    itemsOpen,
    misstatements: tested.filter(({ bookMinor, auditedMinor }) => bookMinor !== auditedMinor).length,
    knownMinor: tested.reduce((sum, { bookMinor, auditedMinor }) => sum + bookMinor - auditedMinor, 0),
  };
  if (itemsOpen > 0) {
    return {
      ...known, ratioMinor: null, overstatement: null, understatement: null, rows: [], decision: 'open',
      words: `${plural(itemsOpen, 'line waits', 'lines wait')} for a test count: nothing is projected until each has one.`,
    };
  }
  if (terms.method !== 'mus') {
    const strata = terms.method === 'stratified'
      ? TIERS.map((tier) => ({ populationMinor: BigInt(plan.tierMinor[tier]), items: tested.filter((item) => item.tier === tier) })).filter((stratum) => stratum.items.length > 0)
      : [{ populationMinor: BigInt(plan.populationMinor), items: tested }];
    const ratioMinor = toSafeInteger(rounded(projectByRatio(strata)));
    const untested = terms.method === 'stratified' ? TIERS.filter((tier) => plan.tierMinor[tier] > 0 && !tested.some((item) => item.tier === tier)) : [];
    return {
      ...known, ratioMinor, overstatement: null, understatement: null, rows: [], decision: 'judged',
      words:
        `Projected by ratio, the books are ${ratioMinor < 0 ? 'understated' : 'overstated'} by ${formatAmount(Math.abs(ratioMinor), currency)} ${currency}. ` +
        `${untested.length > 0 ? `Nothing was drawn of tier ${untested.join(' and ')}, and nothing is projected for it. ` : ''}This method gives no upper limit: the risk of sampling is for the auditor to judge.`,
    };
  }
  const evaluation = evaluateMonetaryUnits(tested, BigInt(plan.intervalMinor!), (misstatements) => evaluationFactorHundredths(terms.confidencePercent, misstatements));
  const rows = [
    ...evaluation.overstatement.items.map((item) => ({ item, sign: 1 })),
    ...evaluation.understatement.items.map((item) => ({ item, sign: -1 })),
  ].map(({ item, sign }) => ({
    number: tested[item.index]!.number,
    taintMillionths: item.taint === null ? null : sign * toSafeInteger(rounded(times(item.taint, MILLION))),
    projectedMinor: sign * toSafeInteger(rounded(item.projected)),
    stepHundredths: item.stepHundredths,
  }));
  return {
    ...known, ratioMinor: null, overstatement: figuresOf(evaluation.overstatement), understatement: figuresOf(evaluation.understatement), rows,
    decision: decide(evaluation, terms.tolerableMinor), words: decisionWords(evaluation, terms, currency),
  };
}
