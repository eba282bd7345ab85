/** Follows the guide of an audit pack as it is written: its indented lines, in order, in one shell. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './workbooks';

export type PackContents = Readonly<Record<string, Uint8Array>>;

/** What the guide needs and this machine does not have. */
export const missingTools = ['sh', 'sha256sum', 'openssl', 'awk', 'sqlite3', 'xxd'].filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);

const guideCommands = (contents: PackContents): string =>
  Buffer.from(contents['CHECK-THIS.txt']!).toString('utf8').split('\n').filter((line) => line.startsWith('    ')).map((line) => line.slice(4)).join('\n');

function unpacked(contents: PackContents): string {
  const folder = path.join(temporaryFolder(), 'pack');
  for (const [name, bytes] of Object.entries(contents)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), bytes);
  }
  return folder;
}

/** @param guide the pack whose guide is followed, where the one that is checked may have another */
export const followGuide = (contents: PackContents, guide = contents) => spawnSync('sh', ['-c', guideCommands(guide)], { cwd: unpacked(contents), encoding: 'utf8' });
