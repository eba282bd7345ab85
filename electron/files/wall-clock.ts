/**
 * A time zone's wall clock for many instants: the offsets are asked for once per quarter of an hour and kept.
 */
import { instantOfLocal } from '@shared/domain/instant';

const QUARTER_MS = 900_000;

export class WallClock {
  readonly #byWall = new Map<number, number>();

  constructor(readonly timeZone: string) {}

  /** The instant at which this clock shows what a clock in UTC shows at `wallMs`. */
  instantAt(wallMs: number): number {
    const quarter = Math.floor(wallMs / QUARTER_MS) * QUARTER_MS;
    let instant = this.#byWall.get(quarter);
    if (instant === undefined) {
      const wall = new Date(quarter);
      instant = instantOfLocal(
        wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate(), this.timeZone, wall.getUTCHours(), wall.getUTCMinutes(),
      );
      this.#byWall.set(quarter, instant);
    }
    return instant + (wallMs - quarter);
  }

  /** ISO 8601 with this clock's offset, for what a clock in UTC shows at `wallMs`; seconds at the finest. */
  textAt(wallMs: number): string {
    const offsetMinutes = Math.round((wallMs - this.instantAt(wallMs)) / 60_000);
    const size = Math.abs(offsetMinutes);
    const two = (value: number) => String(value).padStart(2, '0');
    const offset = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    return `${new Date(wallMs).toISOString().slice(0, 19)}${offset}`;
  }
}
