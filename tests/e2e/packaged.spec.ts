/**
 * The packaged application, as it ships: every fuse as decided, and the window up.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readFuses } from '../../scripts/setup/electron/fuses.mjs';
import { launchPackaged, projectFolder, temporaryFolder } from '../support/electron';

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

test('the packaged application opens a workbook given on its command line and verifies it in its job worker', async () => {
  const folder = temporaryFolder('packaged');
  const workbook = path.join(folder, 'Harbor & Pine.tieout');
  execFileSync(process.execPath, [path.join(projectFolder, 'dist/main/cli.js'), 'new', workbook, '--sample'], {
    env: { ...process.env, TIEOUT_HOME: folder },
    stdio: 'ignore',
  });
  const tieout = await launchPackaged(packagedExecutable(), [workbook]);
  await tieout.page.getByRole('button', { name: /^7 Lock/ }).click();
  await tieout.page.getByRole('button', { name: 'Verify this workbook' }).click();
  await expect(tieout.page.getByText('Seal of 2026-09').first()).toBeVisible({ timeout: 30_000 });
  await expect(tieout.page.getByText(/as Ben Okafor sealed them/)).toBeVisible();
  await tieout.close();
  // Closed whole: no log and no lock stays beside the file.
  expect(fs.readdirSync(folder).sort()).toEqual(['Harbor & Pine.tieout', 'identities']);
});
