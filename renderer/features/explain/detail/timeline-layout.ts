/**
 * The timeline of a line: events as each system saw them, and where they stand on the picture.
 */
import type { TimelineEntry } from '@shared/domain/lines';
import { HOUR_MS, instantOfLocal } from '@shared/domain/instant';

export const LANES = ['storefront', 'warehouse', 'count', 'erp'] as const;
export type Lane = (typeof LANES)[number];

/** One event with every system's posting of it; a position or a count is an event with one lane. */
export interface TimelineEvent {
  readonly key: string;
  readonly what: TimelineEntry['what'];
  readonly type: TimelineEntry['type'];
  readonly document: string;
  readonly quantityScaled: number | null;
  /** The SKU and location of another line that the posting went to; empty for this line's own. */
  readonly elsewhere: string;
  readonly occurredInstant: number;
  /** The entries by lane; a system that posted it twice has two. */
  readonly entries: readonly TimelineEntry[];
}

const eventKey = (entry: TimelineEntry, index: number): string =>
  entry.what === 'posting' ? `${entry.type} ${entry.document} ${entry.line} ${entry.elsewhere}` : `${entry.what} ${entry.lane} ${index}`;

/** Events in the order in which they happened; what happened first stands first. */
export function eventsOf(entries: readonly TimelineEntry[]): readonly TimelineEvent[] {
  const byKey = new Map<string, TimelineEntry[]>();
  entries.forEach((entry, index) => {
    const key = eventKey(entry, index);
    byKey.set(key, [...(byKey.get(key) ?? []), entry]);
  });
  return [...byKey]
    .map(([key, own]): TimelineEvent => {
      const first = own[0]!;
      return {
        key, what: first.what, type: first.type, document: first.document, quantityScaled: first.quantityScaled, elsewhere: first.elsewhere,
        occurredInstant: Math.min(...own.map((entry) => entry.occurredInstant)), entries: own,
      };
    })
    .sort((left, right) => left.occurredInstant - right.occurredInstant || (left.key < right.key ? -1 : 1));
}

/** The instant at which an entry stands on its lane: when the system took it in. */
export const instantOn = (entry: TimelineEntry): number => (entry.what === 'posting' ? entry.postedInstant : entry.occurredInstant);

export interface TimelineScale {
  readonly startInstant: number;
  readonly endInstant: number;
  /** Entries that lie before the start. */
  readonly earlier: number;
}

/**
 * The stretch of time the picture shows: the window around the cut-off and whatever lies near it, a week before the
 * cut-off at the most.
 */
export function scaleOf(entries: readonly TimelineEntry[], cutOffInstant: number, windowHours: number): TimelineScale {
  const windowMs = Math.max(windowHours, 12) * HOUR_MS;
  const earliestShown = cutOffInstant - Math.max(7 * 24 * HOUR_MS, windowMs * 1.25);
  const instants = entries.map(instantOn);
  const start = Math.min(cutOffInstant - windowMs * 1.15, ...instants.filter((instant) => instant >= earliestShown).map((instant) => instant - windowMs * 0.1));
  const end = Math.max(cutOffInstant + windowMs * 1.15, ...instants.map((instant) => instant + windowMs * 0.1));
  return { startInstant: start, endInstant: end, earlier: instants.filter((instant) => instant < start).length };
}

/** A share of the picture's width, 0 to 1; what lies outside stands at its edge. */
export const shareAt = (instant: number, scale: TimelineScale): number =>
  Math.max(0, Math.min(1, (instant - scale.startInstant) / (scale.endInstant - scale.startInstant)));

/**
 * Shares in order, pushed apart so that no mark hides another, inside the stretch they belong to: a mark before the
 * cut-off never slides past it, nor one after it before.
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

/** Midnights of the time zone inside the scale, for the ticks; thinned out where they would be many. */
export function dayTicks(scale: TimelineScale, timeZone: string): readonly number[] {
  const ticks: number[] = [];
  const first = new Date(scale.startInstant - 24 * HOUR_MS);
  const days = Math.ceil((scale.endInstant - scale.startInstant) / (24 * HOUR_MS)) + 3;
  for (let day = 0; day < days; day += 1) {
    const date = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate() + day));
    const tick = instantOfLocal(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), timeZone);
    if (tick >= scale.startInstant && tick <= scale.endInstant) ticks.push(tick);
  }
  const every = Math.max(1, Math.ceil(ticks.length / 6));
  return ticks.filter((_tick, index) => index % every === 0);
}
