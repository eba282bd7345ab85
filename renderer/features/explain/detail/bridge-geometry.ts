/**
 * Where the bars of a bridge stand: from one figure, step by step, to the other.
 *
 * The scale starts at zero where the steps stay visible so; else it is cut, and says where it begins.
 */

export interface BridgeStep {
  /** Signed. */
  readonly quantityScaled: number;
}

export interface BridgeBar {
  /** Left edge and width as shares of the scale's length, 0 to 1. */
  readonly start: number;
  readonly width: number;
}

export interface BridgeGeometry {
  readonly from: BridgeBar;
  readonly steps: readonly BridgeBar[];
  readonly to: BridgeBar;
  /** The figure at the left edge of the scale. */
  readonly originScaled: number;
  /** The scale does not start at zero. */
  readonly isCut: boolean;
}

/** The steps take at least this share of the scale together. */
const STEPS_SHARE_LEAST = 0.35;

/**
 * @param fromScaled the figure the bridge starts from
 * @param steps what leads to the other figure, in order; their sum is the variance
 */
export function bridgeGeometry(fromScaled: number, steps: readonly BridgeStep[]): BridgeGeometry {
  const levels = [fromScaled];
  for (const step of steps) levels.push(levels.at(-1)! + step.quantityScaled);
  const lowest = Math.min(...levels);
  const highest = Math.max(...levels);
  const span = highest - lowest;
  const lengthFromZero = Math.max(highest, 0) - Math.min(lowest, 0);
  const isCut = lowest > 0 && span > 0 && span / lengthFromZero < STEPS_SHARE_LEAST;
  const originScaled = isCut ? lowest - span : Math.min(lowest, 0);
  const length = Math.max(highest, originScaled) - originScaled || 1;
  const at = (level: number) => (level - originScaled) / length;
  const base = isCut ? 0 : at(Math.max(0, originScaled));
  const whole = (level: number): BridgeBar => ({ start: Math.min(base, at(level)), width: Math.abs(at(level) - base) });
  return {
    from: whole(fromScaled),
    steps: steps.map((step, index) => ({
      start: Math.min(at(levels[index]!), at(levels[index + 1]!)),
      width: Math.abs(step.quantityScaled) / length,
    })),
    to: whole(levels.at(-1)!),
    originScaled,
    isCut,
  };
}
