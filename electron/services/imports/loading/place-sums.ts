/**
 * What rows add up to, by system and location: kept while they are written, because asking SQLite afterwards costs as
 * much as writing them.
 */
import { SYSTEMS, type System } from '@shared/domain/states';
import { ExactSums } from './exact-sums';

/** As many figures as are kept apart: the types of a movement are the most. */
const FIGURES_MAX = 16;
const NEAR_MAX = 1000;

export interface PlaceSum {
  readonly system: System;
  readonly locationId: number;
  /** Which of the figures: the caller's own numbering. */
  readonly figure: number;
  readonly sum: bigint;
}

export class PlaceSums {
  readonly #places = new Map<number, ExactSums>();
  /** The first ones in an array too: looked up for every row. */
  readonly #near: (ExactSums | undefined)[] = [];

  /** The sums of a system at a location, to be added to. */
  at(systemIndex: number, locationId: number): ExactSums {
    const place = locationId * SYSTEMS.length + systemIndex;
    return this.#near[place] ?? this.#places.get(place) ?? this.#begin(place);
  }

  #begin(place: number): ExactSums {
    const sums = new ExactSums(FIGURES_MAX);
    this.#places.set(place, sums);
    if (place < NEAR_MAX) this.#near[place] = sums;
    return sums;
  }

  /** Every sum to which something was added. */
  all(): PlaceSum[] {
    return [...this.#places].flatMap(([place, sums]) => {
      const system = SYSTEMS[place % SYSTEMS.length]!;
      const locationId = Math.floor(place / SYSTEMS.length);
      return Array.from({ length: FIGURES_MAX }, (_none, figure) => ({ system, locationId, figure, sum: sums.of(figure) })).flatMap((each) =>
        each.sum === undefined ? [] : [{ ...each, sum: each.sum }],
      );
    });
  }
}
