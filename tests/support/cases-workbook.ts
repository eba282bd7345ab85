/**
 * A workbook with lines that ask something after they were explained, made by the command line, for tests of the window.
 */
import fs from 'node:fs';
import path from 'node:path';
import { CASE_FILES } from './case-files';
import { runTieout } from './command-beside-window';
import { emptyWorkbook, type PreparedWorkbook } from './workbook-files';

type CaseFile = keyof typeof CASE_FILES;

/**
 * October, reconciled and tagged; then movements came in late and it was reconciled again: two reasons ask, one adjustment waits
 * for a check, one line was let pass by tolerance.
 */
export async function casesWorkbook(): Promise<PreparedWorkbook> {
  const workbook = await emptyWorkbook();
  const folder = path.dirname(workbook.workbookPath);
  const run = async (...words: string[]) => {
    const [command, ...rest] = words as [string, ...string[]];
    const { exitCode, stderr } = await runTieout(workbook.userDataFolder, [command, workbook.workbookPath, ...rest, '--period', '2026-10']);
    if (exitCode !== 0 && exitCode !== 1) throw new Error(stderr);
  };
  const file = (name: CaseFile) => {
    const target = path.join(folder, name);
    fs.writeFileSync(target, `${CASE_FILES[name]}\n`);
    return target;
  };
  await run('import', file('items.csv'), file('erp.csv'), file('count.csv'));
  await run('reconcile');
  await run('tag', '--from', file('tags.csv'));
  await run('import', file('late.csv'));
  await run('reconcile');
  return workbook;
}
