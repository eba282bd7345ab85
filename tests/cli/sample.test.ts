/** `tieout sample` and `tieout cut-off` on the sample company, which they never write to. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../support/command-line';
import { openSample } from '../support/sample-session';

const hashOf = (filePath: string) => createHash('sha256').update(fs.readFileSync(filePath)).digest('hex');

test('a sample is planned, drawn, counted, concluded and written as a working paper, and the workbook stays as it is', async () => {
  const sample = await openSample(onTestFinished);
  sample.close();
  const workbook = path.join(sample.folder, 'Sample.tieout');
  const before = hashOf(workbook);
  const tieout = commandLine();
  const september = ['--period', '2026-09'];
  const mus = ['--method', 'mus', '--tolerable', '20000', '--expected', '0', '--confidence', '90'];

  const plan = await tieout.run('sample', workbook, ...september, ...mus, '--plan');
  expect(plan).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/Confidence factor 2\.31 .*interval 8658\.00 USD/) });
  expect(fs.existsSync(`${workbook}-audit`)).toBe(false);

  expect(await tieout.run('sample', workbook, ...september, ...mus)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Name the auditor to begin it') });
  const drawn = await tieout.json('sample', workbook, ...september, ...mus, '--seed', 'harbor', '--auditor', 'Noor Haddad', '--purpose', 'Existence');
  expect(drawn).toMatchObject({ exitCode: 0, json: { sampleId: 1, seed: 'harbor', drawnBy: 'Noor Haddad', evaluation: { decision: 'open' } } });
  const items = drawn.json['items'] as { number: number; bookScaled: number }[];

  expect(await tieout.run('sample', workbook, '--sample', '1')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('wait for a test count') });
  const counts = items.flatMap(({ number, bookScaled }) => ['--count', `${number}=${bookScaled / 10_000}`]);
  const concluded = await tieout.run('sample', workbook, '--sample', '1', ...counts, '--tick', `${items[0]!.number}=✓T`, '--conclude', 'Supported.', '--repeat', '--out', path.join(sample.folder, 'paper.xlsx'));
  expect(concluded).toMatchObject({ exitCode: 0 });
  expect(concluded.stdout).toContain('the sample supports the book value');
  expect(concluded.stdout).toContain(`Drawn again from seed harbor: the same ${items.length} lines`);
  expect(concluded.stdout).toContain('Conclusion of Noor Haddad: Supported.');
  expect(fs.statSync(path.join(sample.folder, 'paper.xlsx')).size).toBeGreaterThan(5_000);
  expect(await tieout.run('sample', workbook)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The trail holds: ') });

  const cutOff = await tieout.json('cut-off', workbook, ...september, '--count', '3');
  const judged = cutOff.json['items'] as { judgement: string }[];
  expect(judged.length).toBeGreaterThan(5);
  expect(cutOff.exitCode).toBe(judged.some(({ judgement }) => judgement.startsWith('posted')) ? 1 : 0);
  expect((await tieout.run('cut-off', workbook, ...september)).stdout).toContain('either side of each system and kind');
  expect(hashOf(workbook)).toBe(before);
});
