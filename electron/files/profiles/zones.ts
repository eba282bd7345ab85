/**
 * Time zones as report headers abbreviate them. An abbreviation that two countries use is none of these.
 */
import { WallClock } from '../wall-clock';

/** Hours ahead of UTC. */
const OFFSET_HOURS: Readonly<Record<string, number>> = {
  utc: 0, gmt: 0, wet: 0, west: 1, cet: 1, cest: 2, eet: 2, eest: 3, msk: 3,
  ndt: -2.5, nst: -3.5, adt: -3, edt: -4, est: -5, cdt: -5, mdt: -6, mst: -7, pdt: -7, pst: -8, akdt: -8, akst: -9, hst: -10,
  jst: 9, kst: 9, hkt: 8, sgt: 8, awst: 8, acst: 9.5, acdt: 10.5, aest: 10, aedt: 11, nzst: 12, nzdt: 13, sast: 2, brt: -3, art: -3,
};
const BY_OFFSET = /^(?:utc|gmt)\s?([+-])(\d{1,2})(?::?([0-5]\d))?$/;

const clocks = new Map<string, WallClock | undefined>();

function isKnownZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
};

function clockOf(zone: string): WallClock | undefined {
  const name = zone.trim().toLowerCase();
  const hours = OFFSET_HOURS[name];
  if (hours !== undefined) return new WallClock(offsetText(hours * 60));
  const written = BY_OFFSET.exec(name);
  if (written) return new WallClock(offsetText((written[1] === '-' ? -1 : 1) * (Number(written[2]) * 60 + Number(written[3] ?? 0))));
  return name.includes('/') && isKnownZone(name) ? new WallClock(name) : undefined;
}

/** The wall clock of a zone that a header names: `CEST`, `UTC+5:30`, `Europe/Paris`; undefined where it is not known. */
export function zoneClock(zone: string): WallClock | undefined {
  if (!clocks.has(zone)) clocks.set(zone, clockOf(zone));
  return clocks.get(zone);
}
