/**
 * The words beside a progress bar: done of total, rate, time left. An honest bar says nothing it cannot know.
 */

import { countText } from './number';

export interface Measured {
  readonly stage: string;
  readonly done: number;
  /** null where it cannot be known. */
  readonly total: number | null;
}

const whole = (count: number): string => countText(Math.round(count));

/** A span of time as a person says it: `8 s`, `1 min 20 s`, `2 h 5 min`. */
export function spanWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 60)} h`;
}

/** The stage only in the first two seconds; after that done, total, rate per second and time left. */
export function progressWords({ stage, done, total }: Measured, elapsedMs: number): string {
  if (elapsedMs < 2000 || done <= 0) return stage;
  const perSecond = (done * 1000) / elapsedMs;
  const parts = [total === null ? `${stage} ${whole(done)}` : `${stage} ${whole(done)} of ${whole(total)}`];
  parts.push(`${whole(Math.max(1, perSecond))} per second`);
  if (total !== null && total > done) parts.push(`about ${spanWords(((total - done) / perSecond) * 1000)} left`);
  return parts.join(' · ');
}
