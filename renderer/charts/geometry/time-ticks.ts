/** Marks of a time axis at round hours and midnights of a time zone, also on days when its clocks change. */
import { DAY_MS, HOUR_MS, instantOfLocal } from '@shared/domain/instant';
import type { Stretch } from './lanes';

const STEPS_HOURS = [1, 2, 3, 6, 12, 24, 48, 168, 336, 744] as const;

export interface TimeTick {
  readonly instant: number;
  /** A midnight: its day is written, otherwise the hour. */
  readonly isDay: boolean;
}

/**
 * @param most how many marks there is room for
 */
export function timeTicks({ startInstant, endInstant }: Stretch, timeZone: string, most: number): readonly TimeTick[] {
  const hours = (endInstant - startInstant) / HOUR_MS;
  const step = STEPS_HOURS.find((each) => hours / each <= Math.max(1, most)) ?? Math.ceil(hours / Math.max(1, most) / 24) * 24;
  const first = new Date(startInstant - 2 * DAY_MS);
  const days = Math.ceil((endInstant - startInstant) / DAY_MS) + 4;
  const ticks: TimeTick[] = [];
  const everyDays = Math.max(1, Math.round(step / 24));
  for (let day = 0; day < days; day += 1) {
    const date = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate() + day));
    // Counted from a fixed day, so that the marks stay where they are while the picture moves.
    if (step >= 24 && Math.floor(date.getTime() / DAY_MS) % everyDays !== 0) continue;
    for (let hour = 0; hour < 24; hour += Math.min(24, step)) {
      const instant = instantOfLocal(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), timeZone, hour);
      if (instant >= startInstant && instant <= endInstant) ticks.push({ instant, isDay: hour === 0 });
    }
  }
  return ticks;
}
