/**
 * What stretch of time a zoomed picture shows, and where marks stand on a lane.
 *
 * Zoom works in shares of the whole stretch, so that it does not depend on how wide the picture is drawn.
 */

export interface Stretch {
  readonly startInstant: number;
  readonly endInstant: number;
}

/** How far a picture is zoomed and moved; the names are those of a transformation matrix. */
export interface View {
  readonly scaleX: number;
  /** In shares of the picture. */
  readonly translateX: number;
}

/** The stretch that a view shows of the whole. */
export function shownStretch({ scaleX, translateX }: View, whole: Stretch): Stretch {
  const length = whole.endInstant - whole.startInstant;
  const start = whole.startInstant + (-translateX / scaleX) * length;
  return { startInstant: start, endInstant: start + length / scaleX };
}

/** The view that shows a stretch. */
export function viewOf(shown: Stretch, whole: Stretch): View {
  const length = whole.endInstant - whole.startInstant;
  const scaleX = length / (shown.endInstant - shown.startInstant);
  return { scaleX, translateX: (-(shown.startInstant - whole.startInstant) / length) * scaleX };
}

/**
 * Keeps a view inside the whole: never further out than all of it, never further in than `mostScale`, never beside it.
 *
 * @param before what it goes back to where a zoom would pass the closest view
 */
export function withinWhole<AnyView extends View>(wanted: AnyView, before: AnyView, mostScale: number): AnyView {
  if (wanted.scaleX > mostScale) return before.scaleX <= mostScale ? before : { ...wanted, scaleX: mostScale, translateX: Math.max(1 - mostScale, Math.min(0, wanted.translateX)) };
  const scaleX = Math.max(1, wanted.scaleX);
  return { ...wanted, scaleX, translateX: Math.max(1 - scaleX, Math.min(0, wanted.translateX)) };
}

/**
 * Shares in order, pushed apart so that no mark hides another, inside the stretch they belong to.
 *
 * @param gap the least distance, as a share of the width
 */
export function spreadShares(shares: readonly number[], gap: number, least = 0, most = 1): readonly number[] {
  const spread: number[] = [];
  for (const share of shares) spread.push(Math.max(share, spread.length === 0 ? least : spread.at(-1)! + gap));
  for (let index = spread.length - 1, limit = most; index >= 0; index -= 1) {
    spread[index] = Math.min(spread[index]!, limit);
    limit = spread[index]! - gap;
  }
  return spread;
}

export interface LanePlaces {
  /** By place in the list that was given; undefined where the instant is not shown. */
  readonly shares: readonly (number | undefined)[];
  readonly before: number;
  readonly after: number;
}

/**
 * Where the marks of one lane stand. A mark before the cut never slides past it, nor one after it before.
 *
 * @param gap the width of a mark as a share of the picture
 */
export function lanePlaces(instants: readonly number[], shown: Stretch, cutInstant: number, gap: number): LanePlaces {
  const length = shown.endInstant - shown.startInstant;
  const shareAt = (instant: number) => (instant - shown.startInstant) / length;
  const cut = shareAt(cutInstant);
  const order = instants.map((_instant, index) => index).sort((one, other) => instants[one]! - instants[other]! || one - other);
  const visible = order.filter((index) => instants[index]! >= shown.startInstant && instants[index]! <= shown.endInstant);
  const shares: (number | undefined)[] = instants.map(() => undefined);
  const place = (indexes: readonly number[], least: number, most: number) =>
    spreadShares(indexes.map((index) => shareAt(instants[index]!)), gap, least, most).forEach((share, at) => (shares[indexes[at]!] = share));
  const [first, last] = [gap / 2, 1 - gap / 2];
  place(visible.filter((index) => instants[index]! <= cutInstant), first, Math.min(last, cut - gap / 2));
  place(visible.filter((index) => instants[index]! > cutInstant), Math.max(first, cut + gap / 2), last);
  return {
    shares,
    before: instants.filter((instant) => instant < shown.startInstant).length,
    after: instants.filter((instant) => instant > shown.endInstant).length,
  };
}
