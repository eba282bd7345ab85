/** When locations close, as a person sets it on the command line. */
import { expect, test } from 'vitest';
import { MONTH_FILES, withEmptyWorkbook } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];

test('a location gets a time zone, closes by it, and the lines say so once they are reconciled again', async () => {
  const tieout = await withEmptyWorkbook();
  await tieout.run('import', tieout.workbook, ...MONTH_FILES, ...PERIOD);
  const all = await tieout.json('locations', tieout.workbook, ...PERIOD);
  const location = 'Portland';
  const asPeriod = { timeZone: null, cutOff: '2026-11-01T00:00:00-07:00', windowHours: 48, ownCutOff: false };
  expect(all).toMatchObject({ exitCode: 0, json: { locations: [{ location, ...asPeriod }, { location: 'Reno', ...asPeriod }] } });
  const change = ['locations', tieout.workbook, ...PERIOD, '--location', location] as const;
  expect(await tieout.run(...change, '--by-time-zone')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--why TEXT') as string });
  expect(await tieout.json(...change, '--by-time-zone', '--why', 'x')).toMatchObject({ exitCode: 3, json: { failure: 'time_zone_missing' } });
  const set = await tieout.json(...change, '--time-zone', 'America/New_York', '--by-time-zone', '--window-hours', '24', '--why', 'It is in New York');
  expect(set).toMatchObject({ exitCode: 0, json: { locations: [{ location, timeZone: 'America/New_York', cutOff: '2026-11-01T00:00:00-04:00', windowHours: 24, ownCutOff: true }] } });
  await tieout.run('reconcile', tieout.workbook, ...PERIOD);
  const { json } = await tieout.json('lines', tieout.workbook, ...PERIOD);
  const lines = (json['lines'] as { location: string; cutOff: string; windowHours: number }[]).filter((line) => line.location === location);
  expect(new Set(lines.map((line) => `${line.cutOff} ${line.windowHours}`))).toEqual(new Set(['2026-10-31T21:00:00-07:00 24']));
  const back = await tieout.run(...change, '--with-period', '--window-hours', 'period', '--time-zone', 'workbook', '--why', 'It is not');
  expect(back).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/as the workbook\s+2026-10-01T00:00:00-07:00\s+2026-11-01T00:00:00-07:00\s+48\s+as the period/) as string });
});

test('words that do not go together are refused before the workbook is opened', async () => {
  const tieout = await withEmptyWorkbook();
  const asked = ['locations', tieout.workbook, ...PERIOD];
  for (const [words, part] of [
    [['--cut-off', '2026-11-01T00:00:00-07:00'], '--location goes with'],
    [['--location', 'Reno', '--cut-off', 'midnight', '--why', 'x'], 'write an instant with its offset'],
    [['--location', 'Reno', '--by-time-zone', '--with-period', '--why', 'x'], 'exclude one another'],
    [['--location', 'Reno', '--start', '2026-10-01T00:00:00-07:00', '--why', 'x'], '--start goes with --cut-off'],
    [['--location', 'Reno', '--window-hours', '900', '--why', 'x'], 'give 0 to 744 hours'],
  ] as const) {
    expect(await tieout.run(...asked, ...words), words.join(' ')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(part) as string });
  }
});
