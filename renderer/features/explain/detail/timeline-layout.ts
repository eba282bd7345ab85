/**
 * The timeline of a line: events as each system saw them, and where they stand on the picture.
 */
import type { TimelineEntry } from '@shared/domain/lines';
import { HOUR_MS } from '@shared/domain/instant';

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
}

/**
 * The stretch of time the picture shows at first: the window around the cut-off and whatever lies near it, a week before the
 * cut-off at the most.
 */
export function scaleOf(entries: readonly TimelineEntry[], cutOffInstant: number, windowHours: number): TimelineScale {
  const windowMs = Math.max(windowHours, 12) * HOUR_MS;
  const earliestShown = cutOffInstant - Math.max(7 * 24 * HOUR_MS, windowMs * 1.25);
  const instants = entries.map(instantOn);
  const start = Math.min(cutOffInstant - windowMs * 1.15, ...instants.filter((instant) => instant >= earliestShown).map((instant) => instant - windowMs * 0.1));
  const end = Math.max(cutOffInstant + windowMs * 1.15, ...instants.map((instant) => instant + windowMs * 0.1));
  return { startInstant: start, endInstant: end };
}
