/**
 * Who vouches for whom, all of it in the window: a firm's authority is made and trusted, issues here and for a request that came as a
 * file, revokes what it issued, and its root is withdrawn again. What was written is read by `openssl`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { temporaryFolder, type TieoutWindow } from '../support/electron';
import { importedSample } from '../support/overview-screen';
import { person } from '../support/sample-close';
import { shareWindow } from '../support/shared-window';
import type { WorkbookScreens } from '../support/window';

const AUTHORITY = 'root of the firm';
const [ana, ben] = [person('Ana'), person('Ben')];

let tieout: TieoutWindow;
let window: WorkbookScreens;
let folder: string;

shareWindow(importedSample, 'people', (shared) => {
  ({ tieout, window } = shared);
  folder = temporaryFolder('people');
});

const at = (name: string) => path.join(folder, name);
function saidBy(...openssl: string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', openssl, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}
const certificateOf = (name: string): Locator => tieout.page.getByTestId('certificates-table').getByRole('row').filter({ hasText: name });

/** Fills a dialog's fields by their labels, and does what it is for. */
async function submit(title: string, fields: Readonly<Record<string, string>>, action: string): Promise<void> {
  const form = tieout.page.getByRole('form', { name: title });
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label, { exact: true }).fill(value);
  await form.getByRole('button', { name: action }).click();
  await expect(form).toBeHidden({ timeout: 30_000 });
}

test('an authority is made, this workbook trusts it, and Ana has a certificate of it', async () => {
  const { page } = tieout;
  await page.keyboard.press('Control+9');
  await page.getByRole('button', { name: 'New authority' }).click();
  await submit('New authority', { 'Pass phrase of the authority': AUTHORITY, 'The same again': AUTHORITY }, 'Make the authority');
  await expect(page.getByTestId('roots-table')).toContainText('Harbor & Pine');
  await page.getByRole('button', { name: 'Issue a certificate to Ana Reyes' }).click();

  const form = page.getByRole('form', { name: 'Issue a certificate to Ana Reyes' });
  await form.getByLabel('Pass phrase of the authority').fill('not this one');
  await form.getByLabel('Pass phrase of Ana Reyes').fill(ana.passPhrase);
  await form.getByRole('button', { name: 'Issue the certificate' }).click();
  await expect(form.getByRole('alert')).toContainText('pass phrase');
  await submit('Issue a certificate to Ana Reyes', { 'Pass phrase of the authority': AUTHORITY }, 'Issue the certificate');
  await expect(certificateOf('Ana Reyes').filter({ hasText: 'trusted by Harbor & Pine' })).toHaveCount(1);
});

test('Ben writes a request, the authority issues for it, and he accepts what came back', async () => {
  const { page } = tieout;
  await tieout.answerSaveDialogs(at('ben.csr'));
  await page.getByRole('button', { name: /^Request a certificate for Ben Okafor/ }).first().click();
  await submit('Request a certificate for Ben Okafor', { 'Pass phrase of Ben Okafor': ben.passPhrase }, 'Write the request');
  expect(saidBy('req', '-in', at('ben.csr'), '-noout', '-verify', '-subject')).toContain('Ben Okafor');

  await tieout.answerOpenDialogs([at('ben.csr')]);
  await tieout.answerSaveDialogs(at('ben.pem'));
  await page.getByRole('button', { name: 'Issue for a request' }).click();
  await page.getByRole('button', { name: 'Choose the request' }).click();
  await submit('Issue for a request', { 'Pass phrase of the authority': AUTHORITY }, 'Issue the certificate');
  expect(saidBy('x509', '-in', at('ben.pem'), '-noout', '-issuer')).toContain('Harbor & Pine');

  await tieout.answerOpenDialogs([at('ben.pem')]);
  await page.getByRole('button', { name: 'Accept a certificate' }).click();
  await page.getByRole('button', { name: 'Choose the certificate' }).click();
  await submit('Accept a certificate', { 'Pass phrase of the identity': ben.passPhrase }, 'Accept the certificate');
  await expect(certificateOf('Ben Okafor').filter({ hasText: 'trusted by Harbor & Pine' })).toHaveCount(1);
});

test('Ana’s certificate is revoked, the list of it goes out as a file, and the root is withdrawn with a reason', async () => {
  const { page } = tieout;
  await certificateOf('Ana Reyes').filter({ hasText: 'trusted by' }).getByRole('button', { name: /^Revoke/ }).click();
  await submit('Revoke the certificate of Ana Reyes', { 'Pass phrase of Harbor & Pine': AUTHORITY }, 'Revoke the certificate');
  await expect(certificateOf('Ana Reyes').filter({ hasText: /revoked from .*: the person left/ })).toHaveCount(1);

  await tieout.answerSaveDialogs(at('firm.crl'));
  await page.getByRole('button', { name: 'Export revoked certificates' }).click();
  await submit('Export revoked certificates', {}, 'Write the list');
  expect(saidBy('crl', '-in', at('firm.crl'), '-noout', '-text').match(/Serial Number: /g)).toHaveLength(1);

  await page.getByRole('button', { name: 'Withdraw the root Harbor & Pine' }).click();
  await submit('Withdraw the root Harbor & Pine', { Why: 'The firm has another one' }, 'Withdraw the root');
  await expect(page.getByTestId('roots-table')).toContainText(/withdrawn .*: The firm has another one/);
  await expect(certificateOf('Ben Okafor').filter({ hasText: 'not trusted here' })).toHaveCount(1);
  await window.goByKeys('Lock');
  await page.keyboard.press('F8');
  await expect(window.lock.verification).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  expect(fs.readdirSync(folder).sort()).toEqual(['ben.csr', 'ben.pem', 'firm.crl']);
});
