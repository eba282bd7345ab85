/**
 * The packaged application, as it ships: every fuse as decided, and the window up.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readFuses } from '../../scripts/setup/electron/fuses.mjs';
import { launchPackaged } from '../support/electron';

function packagedExecutable(): string {
  const executable = process.env.TIEOUT_PACKAGED;
  if (executable === undefined) throw new Error('TIEOUT_PACKAGED is not set: these tests are run by npm test');
  return executable;
}

test('every fuse is set as the package promises', () => {
  expect(readFuses(packagedExecutable())).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('the package holds one native module, outside the archive, and no start page', () => {
  const resources = path.join(path.dirname(packagedExecutable()), 'resources');
  const unpacked = fs.readdirSync(path.join(resources, 'app.asar.unpacked'), { recursive: true, encoding: 'utf8' });
  expect(unpacked.filter((name) => name.endsWith('.node')).map((name) => path.basename(name))).toEqual([
    `${process.platform}-${process.arch}.node`,
  ]);
  expect(fs.existsSync(path.join(resources, 'default_app.asar'))).toBe(false);
});

test('the packaged application shows its window', async () => {
  const tieout = await launchPackaged(packagedExecutable());
  await expect(tieout.page).toHaveTitle(/Tieout/);
  await expect(tieout.page.locator('#root > *').first()).toBeVisible();
  await tieout.close();
});
