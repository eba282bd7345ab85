/**
 * The recipe by which anybody checks a seal without Tieout, followed to the letter: its SQL by another SQLite, its commands by openssl.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { HOW_TO_CHECK } from '../../electron/services/sign-off/how-to-check';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { PASS_PHRASE, signOffBench } from '../support/sign-off';
import { temporaryFolder } from '../support/workbooks';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!hasOpenssl)('the recipe for a seal, followed word by word, ends with Verified OK, and not for a changed root', async () => {
  const { context, identitiesFolder, periodId, approver } = await signOffBench();
  const locked = lockPeriod(context, identitiesFolder, { periodId, fingerprint: approver, passPhrase: PASS_PHRASE, override: 'The recipe is tried.' });
  if (!locked.ok) throw new Error(locked.message);
  const folder = temporaryFolder(onTestFinished);
  const [, sql, commands] = /sqlite3 FILE "(.*?)"; (openssl x509 .*?) prints Verified OK/s.exec(HOW_TO_CHECK.seal)!;
  const follow = (change: string): string => {
    const copy = path.join(folder, 'copy.tieout');
    fs.rmSync(copy, { force: true });
    context.workbook.run('VACUUM INTO ?', copy);
    const workbook = new DatabaseSync(copy);
    // As the command line's own function does.
    workbook.function('writefile', (name, content) => {
      fs.writeFileSync(path.join(folder, String(name)), content as string | Uint8Array);
      return 1;
    });
    const { seal_id: id } = workbook.prepare('SELECT max(seal_id) AS seal_id FROM seals').get() as { seal_id: number };
    for (const statement of sql!.replaceAll('= ID', `= ${id}`).split(';')) workbook.prepare(statement).all();
    workbook.close();
    const text = path.join(folder, 'seal.txt');
    fs.writeFileSync(text, fs.readFileSync(text, 'utf8').replace('root ', `root ${change}`));
    return spawnSync('sh', ['-c', commands!], { cwd: folder, encoding: 'utf8' }).stdout.trim();
  };
  expect(follow('')).toBe('Verified OK');
  expect(fs.readFileSync(path.join(folder, 'seal.txt'), 'utf8')).toMatch(/^Tieout seal 2\nworkbook \S+\nperiod \S+\nseal 1\nleaves \d+\nroot [0-9a-f]{64}\n$/);
  expect(follow('0')).not.toBe('Verified OK');
});
