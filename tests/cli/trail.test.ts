/** `tieout trail` on the sample company: searched, and written as JSON lines. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../support/command-line';
import { openSample } from '../support/sample-session';

test('the trail is searched by person, line, action, reason and day, and written whole or in part', async () => {
  const sample = await openSample(onTestFinished);
  sample.close();
  const workbook = path.join(sample.folder, 'Sample.tieout');
  const tieout = commandLine();
  const all = await tieout.json('trail', workbook, '--last', '5');
  const inAll = all.json['inAll'] as number;
  expect(all).toMatchObject({ exitCode: 0, json: { total: inAll, events: [{ sequence: inAll }, { sequence: inAll - 1 }, {}, {}, {}] } });

  const locked = await tieout.run('trail', workbook, '--period', '2026-09', '--action', 'period.lock');
  expect(locked).toMatchObject({ exitCode: 0, stderr: '' });
  expect(locked.stdout).toMatch(new RegExp(`^1 of ${inAll.toLocaleString('en-US')} events\\n\\nevent +time +person +action +period +what happened\\n[- ]+\\n *\\d+ .*period\\.lock +2026-09 +Locked period`));
  const tagged = await tieout.json('trail', workbook, '--action', 'tag', '--reason', 'PHY-', '--line', 'Portland', '--person', 'Ana');
  expect((tagged.json['events'] as { subject: string }[]).map(({ subject }) => subject)).toEqual(
    ['TUM-GRN-12', 'PEN-RED', 'NOTE-DOT-A6', 'CREW-OAT-S', 'CREW-OAT-M'].map((sku) => `${sku}, Portland`),
  );
  expect(await tieout.run('trail', workbook, '--to', '1999-12-31')).toEqual({
    exitCode: 1, stderr: '', stdout: `0 of ${inAll.toLocaleString('en-US')} events\nLeave out a condition, or write less of it.\n`,
  });
  expect(await tieout.run('trail', workbook, '--period', '2031-01')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('2031-01 is not in this workbook') });

  const whole = path.join(sample.folder, 'trail.jsonl');
  expect(await tieout.run('trail', workbook, '--jsonl', whole)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`Wrote all ${inAll.toLocaleString('en-US')} events to `) });
  const lines = fs.readFileSync(whole, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(inAll);
  const part = path.join(sample.folder, 'part.jsonl');
  expect(await tieout.json('trail', workbook, '--action', 'period.lock', '--jsonl', part)).toMatchObject({ exitCode: 0, json: { events: 1, inAll, isPart: true } });
  const [first, event] = fs.readFileSync(part, 'utf8').trimEnd().split('\n');
  expect(JSON.parse(first!)).toMatchObject({ part: { events: 1, of: { events: inAll }, where: { action: 'period.lock' } } });
  expect(lines).toContain(event);
  expect(await tieout.run('trail', workbook, '--jsonl', path.join(sample.folder, 'trail.csv'))).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('End its name with .jsonl') });
});
