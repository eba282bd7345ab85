/** A workbook in dollars with Rotterdam kept in euros, made by the command line, for tests of the window. */
import fs from 'node:fs';
import path from 'node:path';
import { runTieout } from './command-beside-window';
import { emptyWorkbook, type PreparedWorkbook } from './workbook-files';

const AS_OF = '2026-10-31T23:00:00-07:00';
const STOCK = 'system,sku,location,as_of,on_hand,available,committed,unit_cost,currency';
const COUNT = 'sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by,note';

const FILES = {
  'dollars.csv': [STOCK, `erp,MUG,Dock,${AS_OF},100,100,0,7,USD`, `erp,VASE,Dock,${AS_OF},40,40,0,12,USD`],
  'dollars-count.csv': [COUNT, `D-1,1,MUG,Dock,A,1,90,${AS_OF},team,`, `D-1,2,VASE,Dock,A,1,40,${AS_OF},team,`],
  'euros.csv': [STOCK, `erp,MUG,Rotterdam,${AS_OF},500,500,0,1.01,EUR`],
  'euros-count.csv': [COUNT, `R-1,1,MUG,Rotterdam,A,1,470,${AS_OF},team,`],
} as const;

/** October in dollars with one variance worth 70.00, and in euros with one worth 30.30; both reconciled. */
export async function currencyWorkbook(): Promise<PreparedWorkbook> {
  const workbook = await emptyWorkbook();
  const folder = path.dirname(workbook.workbookPath);
  const run = async (period: string, command: string, ...words: string[]) => {
    const { exitCode, stderr } = await runTieout(workbook.userDataFolder, [command, workbook.workbookPath, ...words, '--period', period]);
    if (exitCode !== 0 && exitCode !== 1) throw new Error(stderr);
  };
  const file = (name: keyof typeof FILES) => {
    const target = path.join(folder, name);
    fs.writeFileSync(target, `${FILES[name].join('\n')}\n`);
    return target;
  };
  await run('2026-10', 'import', file('dollars.csv'), file('dollars-count.csv'));
  await run('2026-10', 'reconcile');
  await run('2026-10-EUR', 'import', file('euros.csv'));
  await run('2026-10-EUR', 'quarantine', '--add-location', 'plain:Rotterdam');
  await run('2026-10-EUR', 'import', file('euros-count.csv'));
  await run('2026-10-EUR', 'reconcile');
  return workbook;
}
