/** `tieout replay` on the sample company: the same, one difference, nothing to compare; the workbook is never written to. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../support/command-line';
import { openSample } from '../support/sample-session';
import { tamperBy } from '../support/tamper';

test('it ends with 0 where all is the same, with 1 and the difference where not, with 3 where it is not computed', async () => {
  const sample = await openSample(onTestFinished);
  sample.close();
  const workbook = path.join(sample.folder, 'Sample.tieout');
  const tieout = commandLine();
  const before = fs.readFileSync(workbook);

  const same = await tieout.run('replay', workbook, '--period', '2026-09');
  expect(same).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^2026-09 computed again from its source files: 1,075 lines, [\d,]+ rows compared, all the same\.\n/) });
  expect(same.stdout).toMatch(/^Lines +1075 +1075 +1075$/m);
  expect(same.stdout).toMatch(/^Taken over as given: .*people \(3\)/m);
  expect(await tieout.json('replay', workbook, '--period', '2026-09')).toMatchObject({ exitCode: 0, json: { same: true, differences: [], differencesInAll: 0 } });
  expect(await tieout.run('replay', workbook, '--period', '2026-10')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('Run the reconciliation') });
  expect(await tieout.run('replay', workbook, '--period', '2026-09', '--differences', '0')).toMatchObject({ exitCode: 2 });
  expect(await tieout.run('replay', workbook, '--period', '2026-09', '--file', 'none.tieout-audit')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('none.tieout-audit') });
  expect(fs.readFileSync(workbook).equals(before)).toBe(true);

  tamperBy(workbook, 'dropped and put back', 'UPDATE lines SET counted_scaled = counted_scaled + 10000 WHERE period_id = 1 AND counted_scaled IS NOT NULL');
  const differs = await tieout.run('replay', workbook, '--period', '2026-09', '--differences', '2');
  expect(differs.exitCode).toBe(1);
  expect(differs.stdout).toMatch(/^The first 2 of \d+ differences:$/m);
  expect(differs.stdout).toMatch(/^Lines +\S+ at \S.* counted_scaled +\d+ +\d+ +\S+, row \d+$/m);
});
