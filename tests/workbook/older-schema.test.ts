/**
 * Workbooks of older schemas, kept as they were written: what was sealed then is still proven after the file was brought
 * up to date.
 */
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { RuleSet } from '@shared/domain/rules';
import rulesFile from '../../resources/rules.json';
import { silentJob } from '../../electron/services/context';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { openWorkbookFile } from '../../electron/workbook/open';
import { listRuleSets } from '../../electron/workbook/tables/rule-sets';
import { tamperBy } from '../support/tamper';
import { NOW, temporaryFolder } from '../support/workbooks';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/schema');
const FILES = fs.readdirSync(FIXTURES);

/** The kept file, brought up to date. */
async function migrated(file: string): Promise<string> {
  const workbookPath = path.join(temporaryFolder(), file.replace(/\.gz$/, ''));
  fs.writeFileSync(workbookPath, gunzipSync(fs.readFileSync(path.join(FIXTURES, file))));
  const opened = await openWorkbookFile(workbookPath, { person: 'Ana Reyes', now: NOW });
  if (!opened.ok) throw new Error(opened.message);
  expect(opened.value.backupPath).toBeDefined();
  opened.value.close();
  return workbookPath;
}

async function verificationOf(workbookPath: string) {
  const opened = await openWorkbookFile(workbookPath, { person: 'Dee Park', now: NOW, readOnly: true });
  if (!opened.ok) throw new Error(opened.message);
  const verification = verifyWorkbook(opened.value.workbook, silentJob);
  opened.value.close();
  return { holds: verification.holds, findings: verification.checks.flatMap((check) => check.findings) };
}

describe.each(FILES)('%s', (file) => {
  test('is verified by somebody who may only read it, and stays as it was', async () => {
    const workbookPath = path.join(temporaryFolder(), file.replace(/\.gz$/, ''));
    const bytes = gunzipSync(fs.readFileSync(path.join(FIXTURES, file)));
    fs.writeFileSync(workbookPath, bytes);
    expect(await verificationOf(workbookPath)).toEqual({ holds: true, findings: [] });
    expect(fs.readFileSync(workbookPath).equals(bytes)).toBe(true);
    expect(fs.readdirSync(path.dirname(workbookPath))).toEqual([path.basename(workbookPath)]);
    tamperBy(workbookPath, 'dropped and put back', 'UPDATE movements SET quantity_scaled = quantity_scaled + 1');
    expect((await verificationOf(workbookPath)).findings).toContainEqual(expect.stringMatching(/^movements, import_id 2, row_number 2\b.*: quantity_scaled was \d+, is \d+$/));
  });

  test('verifies after it was brought up to date', async () => {
    expect(await verificationOf(await migrated(file))).toEqual({ holds: true, findings: [] });
  });

  test.each([
    ['UPDATE snapshots SET on_hand_scaled = on_hand_scaled + 1 WHERE on_hand_scaled IS NOT NULL', /^snapshots, import_id 1, row_number \d+.*: on_hand_scaled was \d+, is \d+$/],
    ['UPDATE movements SET quantity_scaled = quantity_scaled + 1', /^movements, import_id 2, row_number \d+\b.*: quantity_scaled was \d+, is \d+$/],
    ['DELETE FROM counts', /^counts, import_id 3, row_number \d+\b.*: the row is gone$/],
  ])('still shows what was changed of the locked period: %s', async (statement, finding) => {
    const workbookPath = await migrated(file);
    tamperBy(workbookPath, 'dropped and put back', statement);
    const { holds, findings } = await verificationOf(workbookPath);
    expect(holds).toBe(false);
    expect(findings.length).toBeGreaterThan(0);
    for (const each of findings) expect(each).toMatch(finding);
  });

  test('goes on with the rules it had, as their first version', async () => {
    const opened = await openWorkbookFile(await migrated(file), { person: 'Ana Reyes', now: NOW });
    if (!opened.ok) throw new Error(opened.message);
    const [version, ...further] = listRuleSets(opened.value.workbook);
    expect(further).toEqual([]);
    expect(version).toMatchObject({ ruleSetId: 1, fromPeriod: '', rules: RuleSet.parse(rulesFile) });
    opened.value.close();
  });
});
