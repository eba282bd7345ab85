/**
 * A date and time typed on the workbook's wall clock, as the browser's date-time field gives it, and back.
 */
import { formatInstant, instantOfLocal } from '@shared/domain/instant';

const FIELD = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/;

/** `2026-10-31T22:30` on the wall clock of `timeZone` as an instant; undefined where the field is empty or half filled. */
export function instantOfField(text: string, timeZone: string): number | undefined {
  const match = FIELD.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return instantOfLocal(year, month, day, timeZone, hour, minute, second);
}

/** What the field shows for an instant: minutes, on the wall clock of `timeZone`. */
export const fieldOfInstant = (instant: number, timeZone: string): string =>
  formatInstant(instant, timeZone).slice(0, 16);
