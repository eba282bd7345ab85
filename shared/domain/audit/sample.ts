/**
 * A sample as it is asked for, kept and shown: terms, chosen lines with what the auditor counted, evaluation, conclusion.
 */
import { z } from 'zod';
import { CONFIDENCE_PERCENT_LEAST, CONFIDENCE_PERCENT_MOST } from './confidence-factor';
import { SIZINGS } from './monetary-unit';
import { SAMPLE_METHODS } from './selection';

/** `before`: the books as they stand; `after`: with the adjustments of the period. */
export const BASES = ['before', 'after'] as const;
export type Basis = (typeof BASES)[number];

export const SAMPLE_SIZE_MOST = 10_000;
const size = z.int().min(0).max(SAMPLE_SIZE_MOST);
const basis = z.enum(BASES).default('before');

export const SampleTerms = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('mus'),
    basis,
    confidencePercent: z.int().min(CONFIDENCE_PERCENT_LEAST).max(CONFIDENCE_PERCENT_MOST),
    tolerableMinor: z.int(),
    expectedMinor: z.int().min(0),
    sizing: z.enum(SIZINGS).default('factor'),
  }),
  z.strictObject({ method: z.literal('random'), basis, size: size.min(1) }),
  z.strictObject({ method: z.literal('stratified'), basis, sizes: z.strictObject({ A: size, B: size, C: size }) }),
  z.strictObject({ method: z.literal('nth'), basis, step: z.int().min(1) }),
]);
export type SampleTerms = z.infer<typeof SampleTerms>;

const SetAsideTotal = z.strictObject({ items: z.int(), valueMinor: z.int() });

/** What a method makes of the terms on a population. */
export const SamplePlan = z.strictObject({
  populationItems: z.int(),
  populationMinor: z.int(),
  /** Book value of each tier, for a projection by stratum. */
  tierMinor: z.strictObject({ A: z.int(), B: z.int(), C: z.int() }),
  setAside: z.strictObject({ no_value: SetAsideTotal, zero: SetAsideTotal, negative: SetAsideTotal }),
  /** How many units or lines are drawn at least; fewer lines where one is hit more than once. */
  sampleSize: z.int(),
  /** Null where units are not drawn. */
  intervalMinor: z.int().nullable(),
  factorMillionths: z.int().nullable(),
  expansionHundredths: z.int().nullable(),
});
export type SamplePlan = z.infer<typeof SamplePlan>;

export const SampleItem = z.strictObject({
  number: z.int(),
  stockKeyId: z.int(),
  sku: z.string(),
  itemName: z.string(),
  location: z.string(),
  tier: z.enum(['A', 'B', 'C']),
  bookScaled: z.int(),
  unitCostScaled: z.int(),
  bookMinor: z.int(),
  hits: z.int(),
  isCertain: z.boolean(),
  countedScaled: z.int().nullable(),
  /** What a unit should have cost by the auditor's evidence, in millionths; null where the books' cost was not found wrong. */
  auditedCostScaled: z.int().nullable(),
  /** Counted less book; null until it is counted. */
  differenceScaled: z.int().nullable(),
  /**
   * Counted at the audited unit cost, else the books', rounded half-even; null until it is counted. The audited value of a line holds
   * every misstatement of it, of quantity and of price: AICPA Audit Guide *Audit Sampling*, chapter 6; ISA 530, paragraph 5(e).
   */
  auditedMinor: z.int().nullable(),
  /** The marks, one character each. */
  ticks: z.string(),
  note: z.string(),
});
export type SampleItem = z.infer<typeof SampleItem>;

export const FloorCount = z.strictObject({
  floorCountId: z.int(),
  sku: z.string(),
  location: z.string(),
  stockKeyId: z.int().nullable(),
  countedScaled: z.int(),
  /** Null: the books have no such line. */
  bookScaled: z.int().nullable(),
  note: z.string(),
  countedBy: z.string(),
  countedInstant: z.int(),
});
export type FloorCount = z.infer<typeof FloorCount>;

export const TickMark = z.strictObject({ mark: z.string(), meaning: z.string(), isOwn: z.boolean() });
export type TickMark = z.infer<typeof TickMark>;

/** What is typed for a mark that keyboards do not have. */
export const TICK_KEYS: Readonly<Record<string, string>> = { v: '✓', x: '✗' };

/** Marks as they were meant: each once, letters in either case, and the keys of `TICK_KEYS`; what is unknown stays as it was typed. */
export function readTicks(text: string, known: ReadonlySet<string>): string {
  const marks = [...text.replace(/\s/g, '')].map((typed) => [typed, TICK_KEYS[typed.toLowerCase()], typed.toUpperCase()].find((mark) => mark !== undefined && known.has(mark)) ?? typed);
  return [...new Set(marks)].join('');
}

/** Limits of one direction, rounded for showing; the decision was made on the exact ones. */
export const DirectionFigures = z.strictObject({
  projectedMinor: z.int(),
  basicPrecisionMinor: z.int(),
  incrementalMinor: z.int(),
  upperLimitMinor: z.int(),
});
export type DirectionFigures = z.infer<typeof DirectionFigures>;

export const SampleEvaluation = z.strictObject({
  itemsOpen: z.int(),
  misstatements: z.int(),
  /** Book less audited value of the sample itself. */
  knownMinor: z.int(),
  /** By ratio for methods without a limit, overstatement positive; null while lines are open. */
  ratioMinor: z.int().nullable(),
  /** Null for methods without a limit, and while lines are open. */
  overstatement: DirectionFigures.nullable(),
  understatement: DirectionFigures.nullable(),
  rows: z.array(
    z.strictObject({ number: z.int(), taintMillionths: z.int().nullable(), projectedMinor: z.int(), stepHundredths: z.int().nullable() }),
  ),
  decision: z.enum(['open', 'supported', 'limit_over', 'projected_over', 'judged']),
  words: z.string(),
});
export type SampleEvaluation = z.infer<typeof SampleEvaluation>;

export const SampleSummary = z.strictObject({
  sampleId: z.int(),
  periodCode: z.string(),
  purpose: z.string(),
  method: z.enum(SAMPLE_METHODS),
  lines: z.int(),
  counted: z.int(),
  drawnBy: z.string(),
  drawnInstant: z.int(),
  conclusion: z.string().nullable(),
});
export type SampleSummary = z.infer<typeof SampleSummary>;

export const Sample = SampleSummary.extend({
  terms: SampleTerms,
  plan: SamplePlan,
  seed: z.string(),
  /** From 1; null where the method has no start. */
  start: z.string().nullable(),
  populationHash: z.string(),
  sealRoot: z.string().nullable(),
  chainSequence: z.int(),
  chainHash: z.string(),
  concludedBy: z.string().nullable(),
  concludedInstant: z.int().nullable(),
  currency: z.string(),
  items: z.array(SampleItem),
  floorCounts: z.array(FloorCount),
  tickMarks: z.array(TickMark),
  evaluation: SampleEvaluation,
});
export type Sample = z.infer<typeof Sample>;

/** What the auditor writes into a sample. Nothing drawn can be changed by it. */
export const SampleChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), number: z.int().min(1), countedScaled: z.int().min(0).nullable().optional(), auditedCostScaled: z.int().min(0).nullable().optional(), ticks: z.string().max(12).optional(), note: z.string().max(2_000).optional() }),
  z.strictObject({ kind: z.literal('floor'), sku: z.string().min(1).max(200), location: z.string().min(1).max(200), countedScaled: z.int().min(0), note: z.string().max(2_000).default('') }),
  z.strictObject({ kind: z.literal('mark'), mark: z.string().length(1), meaning: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('conclude'), conclusion: z.string().min(1).max(10_000) }),
]);
export type SampleChange = z.infer<typeof SampleChange>;
