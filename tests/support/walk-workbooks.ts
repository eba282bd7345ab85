/**
 * The workbooks that the walk over every screen opens: the sample company at each stand of its month, made by the command
 * line.
 */
import fs from 'node:fs';
import path from 'node:path';
import { runTieout } from './command-beside-window';
import { projectFolder } from './electron';
import { manifest, MONTH, person, sampleFile } from './sample-close';
import { emptyWorkbook, sampleWorkbook } from './workbook-files';

/**
 * empty: no period yet; begun: September locked, October without a file; reconciled: rows wait, lines are open,
 * the mug has a note and files, count sheets of Portland are out;
 * prepared: the journal waits for its approver; held: reconciled, and open elsewhere; packed: the audit pack of September.
 */
export const STANDS = ['empty', 'begun', 'reconciled', 'prepared', 'held', 'packed'] as const;
export type Stand = (typeof STANDS)[number];

export interface WalkWorkbooks {
  readonly paths: Readonly<Record<Stand, string>>;
  /** Of the workbooks, and of `counted by hand.csv`, a file that no profile knows. */
  readonly folder: string;
  /** Holds the identities of the sample's people; for `launchTieout`. */
  readonly userDataFolder: string;
}

/** A picture as a person would attach one. */
const PICTURE = path.join(projectFolder, 'resources/guide/pictures/explain-mug-count.png');

/** Somebody on a machine that is not this one, so that nobody can tell whether they are still there. */
const HOLDER = { pid: 1, host: 'warehouse-desk', person: 'Ben Okafor', openedInstant: Date.UTC(2026, 10, 2, 16, 4) };

export async function walkWorkbooks(): Promise<WalkWorkbooks> {
  const [{ workbookPath: begun, userDataFolder }, { workbookPath: empty }] = await Promise.all([sampleWorkbook(), emptyWorkbook()]);
  const folder = path.dirname(begun);
  const copied = (stand: Stand, from: string): string => {
    const target = path.join(folder, stand, path.basename(begun));
    fs.mkdirSync(path.dirname(target));
    fs.copyFileSync(from, target);
    return target;
  };
  const run = async (...args: string[]) => {
    const { exitCode, stderr } = await runTieout(userDataFolder, [...args, '--period', MONTH.code]);
    if (exitCode > 1) throw new Error(`tieout ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
  };
  const reconciled = copied('reconciled', begun);
  const asOf = MONTH.files.find((file) => file.asOf !== undefined)!.asOf!;
  await run('import', reconciled, ...MONTH.files.map(({ file }) => sampleFile(file)), '--as-of', asOf);
  await run('reconcile', reconciled);
  const mug = ['--sku', 'MUG-BLU-11', '--location', 'Portland'];
  await run('notes', reconciled, ...mug, '--add', 'Asked the dock how many were broken. Rosa looks it up.');
  await run('attach', reconciled, PICTURE, sampleFile(MONTH.tagsFile), ...mug, '--said', 'Rack 12 after the recount.');
  const prepared = copied('prepared', reconciled);
  const held = copied('held', reconciled);
  fs.writeFileSync(path.join(path.dirname(held), `.~${path.basename(held)}.lock`), JSON.stringify(HOLDER));
  await run('count-sheet', reconciled, 'new', '--location', 'Portland', '--out', path.join(folder, 'sheets.xlsx'));
  await run('import', prepared, sampleFile(MONTH.tagsFile));
  await run('cases', prepared, 'check', '--all', '--note', 'Open orders, reservations and returns looked up: none.');
  // No profile knows its columns.
  fs.writeFileSync(path.join(folder, 'counted by hand.csv'), 'Artikel;Lager;Gez\u00e4hlt;Wann\nMUG-BLU-11;Portland;48;31.10.2026 21:10\nTEE-BLK-M;Reno;112;31.10.2026 21:30\n');
  const secret = path.join(folder, 'pass phrase.txt');
  fs.writeFileSync(secret, person('Ana').passPhrase);
  await run('journal', prepared, 'prepare', '--as', manifest.people[0]!.email, '--approver', manifest.people[1]!.email, '--pass-phrase-file', secret);
  const packed = path.join(folder, 'Harbor & Pine 2026-09.zip');
  const { exitCode, stderr } = await runTieout(userDataFolder, ['pack', begun, '--period', '2026-09', '--as', manifest.people[0]!.email, '--pass-phrase-file', secret, '--out', packed]);
  if (exitCode !== 0) throw new Error(stderr);
  return { paths: { empty, begun, reconciled, prepared, held, packed }, folder, userDataFolder };
}
