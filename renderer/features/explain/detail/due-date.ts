/**
 * A due date as a person types it: a day in the workbook's time zone; the instant is the day's last second.
 */
import { formatInstant, instantOfLocal } from '@shared/domain/instant';

/** `2026-11-05`, as a date field holds it; empty where there is none. */
export const dueDateText = (dueInstant: number | null, timeZone: string): string =>
  dueInstant === null ? '' : formatInstant(dueInstant, timeZone).slice(0, 10);

/** The instant of a date field's text; null where it is empty, undefined where it is no date. */
export function dueInstantOf(text: string, timeZone: string): number | null | undefined {
  if (text === '') return null;
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? instantOfLocal(Number(match[1]), Number(match[2]), Number(match[3]), timeZone, 23, 59, 59) : undefined;
}
