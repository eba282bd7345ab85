/** Instants of the sample's autumn in Los Angeles: epoch milliseconds inside, ISO 8601 with offset in the files. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WINDOW_HOURS = 48;

/** Clocks went back from -07:00 to -08:00 at this instant: 2026-11-01 02:00 local. */
const CLOCKS_BACK = Date.UTC(2026, 10, 1, 9);
const offsetHoursAt = (instant) => (instant < CLOCKS_BACK ? -7 : -8);

/** The instant at which a clock in Los Angeles shows `YYYY-MM-DD` and `HH:MM[:SS]`. */
export function local(date, time = '00:00') {
  const wall = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  const summer = wall + 7 * HOUR;
  return summer < CLOCKS_BACK ? summer : wall + 8 * HOUR;
}

const two = (value) => String(value).padStart(2, '0');

/** ISO 8601 with the offset of the day, to the second. */
export function iso(instant) {
  const offset = offsetHoursAt(instant);
  return `${new Date(instant + offset * HOUR).toISOString().slice(0, 19)}-${two(-offset)}:00`;
}
export const localDate = (instant) => iso(instant).slice(0, 10);
/** Hour of the local day with its fraction: 13.5 is half past one. */
export const localHour = (instant) => Number(iso(instant).slice(11, 13)) + Number(iso(instant).slice(14, 16)) / 60;
/** 0 is Sunday. */
export const weekday = (instant) => new Date(`${localDate(instant)}T12:00:00Z`).getUTCDay();
export const nextDate = (date, days = 1) =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The two months: `files` is the first instant that is no longer in the month's exports. */
export const MONTHS = [
  {
    code: '2026-09',
    start: local('2026-09-01'),
    cutOff: local('2026-10-01'),
    files: local('2026-10-01') + WINDOW_HOURS * HOUR,
    erpAsOf: local('2026-10-02', '23:59'),
    storefrontAsOf: local('2026-10-01', '06:30'),
    countDate: '2026-09-30',
    cycleDate: '2026-09-28',
  },
  {
    code: '2026-10',
    start: local('2026-10-01'),
    cutOff: local('2026-11-01'),
    files: local('2026-11-01') + WINDOW_HOURS * HOUR,
    erpAsOf: local('2026-10-31', '23:59'),
    storefrontAsOf: local('2026-10-31', '22:00'),
    countDate: '2026-10-31',
    cycleDate: '2026-10-28',
  },
];
