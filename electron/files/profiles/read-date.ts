/**
 * Instants and dates as files write them. An order of day and month is never guessed here: the profile states it.
 */
import type { DateStyle } from '@shared/domain/import-profile';
import { DAY_MS, parseInstant } from '@shared/domain/instant';
import type { WallClock } from '../wall-clock';

const ISO_LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?$/;
/** 31-Oct-2026, 31 October 2026, Oct 31, 2026: in one way only, in every style but `iso`. */
const NAMED = /^(?:(\d{1,2})[ -]([a-z]{3,9})\.?[ -]|([a-z]{3,9})\.? (\d{1,2}),? )(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AP]M))?)?$/i;
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const NUMERIC = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AP]M))?)?$/i;

interface WallTime {
  readonly wallMs: number;
  readonly hasTime: boolean;
}

function wallTime(year: number, month: number, day: number, hour: number, minute: number, second: number): number | undefined {
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(wallMs);
  const sameDay = back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  const exists = sameDay && back.getUTCHours() === hour;
  return exists && minute < 60 && second < 60 ? wallMs : undefined;
}

/** The hour of the day where a half of the day is written beside it; undefined where there is none such. */
function hourOf(written: number, half: string | undefined): number | undefined {
  if (half === undefined) return written;
  return written < 1 || written > 12 ? undefined : (written % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function readNamed(text: string): WallTime | undefined {
  const match = NAMED.exec(text);
  if (!match) return undefined;
  const name = (match[2] ?? match[3])!.toLowerCase();
  const months = MONTHS.flatMap((month, index) => (month.startsWith(name) || (name === 'sept' && index === 8) ? [index + 1] : []));
  const hour = hourOf(Number(match[6] ?? 0), match[9]);
  if (months.length !== 1 || hour === undefined) return undefined;
  const wallMs = wallTime(Number(match[5]), months[0]!, Number(match[1] ?? match[4]), hour, Number(match[7] ?? 0), Number(match[8] ?? 0));
  return wallMs === undefined ? undefined : { wallMs, hasTime: match[6] !== undefined };
}

function readWall(text: string, style: DateStyle): WallTime | undefined {
  const iso = ISO_LOCAL.exec(text);
  if (iso) {
    const wallMs = wallTime(Number(iso[1]), Number(iso[2]), Number(iso[3]), Number(iso[4] ?? 0), Number(iso[5] ?? 0), Number(iso[6] ?? 0));
    return wallMs === undefined ? undefined : { wallMs, hasTime: iso[4] !== undefined };
  }
  const match = style === 'month_day_year' || style === 'day_month_year' ? NUMERIC.exec(text) : null;
  if (!match) return style === 'iso' ? undefined : readNamed(text);
  const [first, second] = [Number(match[1]), Number(match[2])];
  const [month, day] = style === 'month_day_year' ? [first, second] : [second, first];
  const hour = hourOf(Number(match[4] ?? 0), match[7]);
  if (hour === undefined) return undefined;
  const wallMs = wallTime(Number(match[3]), month, day, hour, Number(match[5] ?? 0), Number(match[6] ?? 0));
  return wallMs === undefined ? undefined : { wallMs, hasTime: match[4] !== undefined };
}

export type InstantReading = { readonly ok: true; readonly instant: number } | { readonly ok: false; readonly why: string };

/**
 * Reads an instant. Style `iso` demands an offset; the others are read on `clock` where none is written.
 *
 * @param dateMaySuffice whether a date without a time of day is taken as the start of that day,
 * @param dateIsEnd or as its end, the first instant of the day after
 */
export function readInstant(text: string, style: DateStyle, clock: WallClock, dateMaySuffice: boolean, dateIsEnd = false): InstantReading {
  const trimmed = text.trim();
  const exact = parseInstant(trimmed);
  if (exact !== undefined) return { ok: true, instant: exact };
  const wall = readWall(trimmed, style);
  if (!wall) return { ok: false, why: 'is no date that exists' };
  if (!wall.hasTime && !dateMaySuffice) return { ok: false, why: 'has no time of day' };
  if (style === 'iso' && !wall.hasTime) return { ok: false, why: 'has no time of day' };
  if (style === 'iso') return { ok: false, why: 'has no offset from UTC (as in 2026-10-31T22:30:00-07:00)' };
  return { ok: true, instant: clock.instantAt(dateIsEnd && !wall.hasTime ? wall.wallMs + DAY_MS : wall.wallMs) };
}

/** Reads a calendar date as `YYYY-MM-DD`; a time of day beside it is left aside. Undefined where it is none. */
export function readCalendarDate(text: string, style: DateStyle): string | undefined {
  const trimmed = text.trim();
  const wall = readWall(trimmed, style) ?? (parseInstant(trimmed) === undefined ? undefined : readWall(trimmed.slice(0, 10), style));
  return wall && new Date(wall.wallMs).toISOString().slice(0, 10);
}

/** Reads a due date: the last second of that day on `clock`, or the instant where one is written. */
export function readDueDate(text: string, style: DateStyle, clock: WallClock): InstantReading {
  const trimmed = text.trim();
  const exact = parseInstant(trimmed);
  if (exact !== undefined) return { ok: true, instant: exact };
  const wall = readWall(trimmed, style);
  if (!wall) return { ok: false, why: 'is no date that exists' };
  return { ok: true, instant: clock.instantAt(wall.hasTime ? wall.wallMs : wall.wallMs + 86_399_000) };
}
