/**
 * What a working paper says of a sample, line by line: the same words in the file, in the window and on the command line.
 */
import { formatDecimal } from '../decimal';
import { formatAmount } from '../money';
import { countText, plural } from '../plural';
import { printedFactorHundredths } from './monetary-unit';
import type { Basis, DirectionFigures, Sample, SamplePlan, SampleTerms } from './sample';
import { METHOD_WORDS, TIERS } from './selection';

export const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  before: 'on hand in the books at the cut-off', after: 'on hand in the books at the cut-off with the adjustments of the period',
};

const ASIDE_WORDS = { no_value: 'without a known quantity or cost', zero: 'of no value', negative: 'of negative value' } as const;

/** The population in a sentence, with what was set aside. */
export function populationWords(plan: SamplePlan, basis: Basis, currency: string): string {
  const aside = (['no_value', 'zero', 'negative'] as const).flatMap((reason) => {
    const { items, valueMinor } = plan.setAside[reason];
    return items === 0 ? [] : [`${plural(items, 'line')} ${ASIDE_WORDS[reason]}${reason === 'negative' ? ` (${formatAmount(valueMinor, currency)} ${currency})` : ''}`];
  });
  return (
    `${plural(plan.populationItems, 'line')} worth ${formatAmount(plan.populationMinor, currency)} ${currency}: ${BASIS_WORDS[basis]}, at unit cost. ` +
    (aside.length === 0 ? 'Nothing was set aside.' : `Set aside and to be tested apart: ${aside.join(', ')}.`)
  );
}

/** How the sample was planned, with its figures. */
export function methodWords(terms: SampleTerms, plan: SamplePlan, currency: string): string {
  const amount = (minor: number) => `${formatAmount(minor, currency)} ${currency}`;
  const first = `${METHOD_WORDS[terms.method].charAt(0).toUpperCase()}${METHOD_WORDS[terms.method].slice(1)}`;
  switch (terms.method) {
    case 'mus':
      return (
        `${first} at ${terms.confidencePercent} % confidence, tolerable misstatement ${amount(terms.tolerableMinor)}, expected ${amount(terms.expectedMinor)}. ` +
        `Confidence factor ${formatDecimal(printedFactorHundredths(BigInt(plan.factorMillionths!)), 2, 2)}${plan.expansionHundredths === null ? '' : `, expansion factor ${formatDecimal(plan.expansionHundredths, 2, 1)}`} ` +
        `(AICPA Audit Guide Audit Sampling, appendix C): interval ${amount(plan.intervalMinor!)}, at least ${plural(plan.sampleSize, 'unit')}. Lines of at least the interval are always in.`
      );
    case 'random': return `${first}: ${plural(terms.size, 'line')}.`;
    case 'stratified': return `${first}: ${TIERS.map((tier) => `${countText(terms.sizes[tier])} of ${tier}`).join(', ')}.`;
    case 'nth': return `${first}: every ${countText(terms.step)}th line.`;
  }
}

/** How anybody draws the same lines again. */
export function repeatWords({ seed, start, terms, populationHash }: Pick<Sample, 'seed' | 'start' | 'terms' | 'populationHash'>): string {
  const drawn =
    terms.method === 'mus' ? `the start is SHA-256 of “${seed}:start” as a number, modulo the interval in minor units, plus 1: ${start}; then every interval further on`
    : terms.method === 'nth' ? `the start is SHA-256 of “${seed}:start” as a number, modulo ${terms.step}, plus 1: line ${start}`
    : `the lines with the least SHA-256 of “${seed}:NUMBER”${terms.method === 'stratified' ? ' within their tier' : ''}`;
  return `Seed ${seed}: ${drawn}. The population in order of SKU and location has SHA-256 ${populationHash}.`;
}

const directionWords = (name: string, figures: DirectionFigures, currency: string): string => {
  const amount = (minor: number) => formatAmount(minor, currency);
  return (
    `${name}: projected ${amount(figures.projectedMinor)}, basic precision ${amount(figures.basicPrecisionMinor)}, incremental allowance ${amount(figures.incrementalMinor)}, ` +
    `upper limit ${amount(figures.upperLimitMinor)} ${currency}.`
  );
};

/** Each figure of the evaluation in words; the last line is what follows from it. */
export function evaluationWords({ evaluation, currency }: Pick<Sample, 'evaluation' | 'currency'>): readonly string[] {
  const { overstatement, understatement, misstatements, knownMinor, words } = evaluation;
  return [
    `${plural(misstatements, 'misstatement')} found, ${formatAmount(knownMinor, currency)} ${currency} net in the sample itself (book less audited value).`,
    ...(overstatement ? [directionWords('Overstatement', overstatement, currency)] : []),
    ...(understatement ? [directionWords('Understatement', understatement, currency)] : []),
    words,
  ];
}
