/**
 * Where the bars of a waterfall stand: from one figure, step by step, to the other.
 *
 * The scale starts at zero where the steps stay visible so; else it is cut, and says where it begins.
 */

export interface WaterfallSpan {
  /** Left edge and width as shares of the scale's length, 0 to 1. */
  readonly start: number;
  readonly width: number;
}

export interface WaterfallGeometry {
  readonly from: WaterfallSpan;
  readonly steps: readonly WaterfallSpan[];
  readonly to: WaterfallSpan;
  /** Where the first figure and each step ends, as shares: what connects one bar to the next. */
  readonly levels: readonly number[];
  /** The figure at the left edge of the scale. */
  readonly origin: number;
  /** The scale does not start at zero. */
  readonly isCut: boolean;
}

/** The steps take at least this share of the scale together. */
const STEPS_SHARE_LEAST = 0.35;

/**
 * @param from the figure the waterfall starts from
 * @param steps what leads to the other figure, in order; their sum is the difference
 */
export function waterfallGeometry(from: number, steps: readonly number[]): WaterfallGeometry {
  const levels = [from];
  for (const step of steps) levels.push(levels.at(-1)! + step);
  const lowest = Math.min(...levels);
  const highest = Math.max(...levels);
  const span = highest - lowest;
  const lengthFromZero = Math.max(highest, 0) - Math.min(lowest, 0);
  const isCut = lowest > 0 && span > 0 && span / lengthFromZero < STEPS_SHARE_LEAST;
  const origin = isCut ? lowest - span : Math.min(lowest, 0);
  // Zero belongs to the scale unless it is cut: bars below it end there.
  const length = (isCut ? highest : Math.max(highest, 0)) - origin || 1;
  const at = (level: number) => (level - origin) / length;
  const base = isCut ? 0 : at(Math.max(0, origin));
  const whole = (level: number): WaterfallSpan => ({ start: Math.min(base, at(level)), width: Math.abs(at(level) - base) });
  return {
    from: whole(from),
    levels: levels.map(at),
    steps: steps.map((step, index) => ({
      start: Math.min(at(levels[index]!), at(levels[index + 1]!)),
      width: Math.abs(step) / length,
    })),
    to: whole(levels.at(-1)!),
    origin,
    isCut,
  };
}

/** A step of a waterfall before it is drawn. */
export interface FoldableStep {
  readonly value: number;
}

export interface FoldedSteps<Step extends FoldableStep> {
  /** The steps that are drawn one by one, in their order. */
  readonly shown: readonly Step[];
  /** The rest, as one step; undefined where all are drawn. */
  readonly rest: { readonly value: number; readonly count: number } | undefined;
}

/**
 * Keeps the largest steps and adds the others up, so that a picture of very many steps can still be read.
 *
 * @param most how many bars there may be, the one of the rest included
 */
export function foldSteps<Step extends FoldableStep>(steps: readonly Step[], most: number): FoldedSteps<Step> {
  if (steps.length <= most) return { shown: steps, rest: undefined };
  const bySize = steps.map((_step, index) => index).sort((one, other) => Math.abs(steps[other]!.value) - Math.abs(steps[one]!.value) || one - other);
  const kept = new Set(bySize.slice(0, most - 1));
  const others = steps.filter((_step, index) => !kept.has(index));
  return { shown: steps.filter((_step, index) => kept.has(index)), rest: { value: others.reduce((sum, step) => sum + step.value, 0), count: others.length } };
}
