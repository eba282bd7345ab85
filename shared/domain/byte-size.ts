/** The size of a file in words: `14.2 kB`; a reading aid, in steps of a thousand. */

const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

export function bytesWords(byteLength: number): string {
  let value = byteLength;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
