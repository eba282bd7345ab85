/**
 * The audit pack, checked as its own guide says: its commands are run as they stand, by the shell, on the unpacked pack.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePack } from '../../electron/services/audit-pack/make';
import { verifyPack } from '../../electron/services/audit-pack/verify';
import { silentJob } from '../../electron/services/context';
import { createAuditorFile } from '../../electron/services/audit-room/auditor-file';
import { commitImport } from '../../electron/services/imports/import';
import { approveJournal, prepareJournal } from '../../electron/services/journals/sign';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { openWorkbook } from '../../electron/services/workbooks';
import { monthFile } from '../support/command-line';
import { followGuide, missingTools } from '../support/pack-guide';
import { PASS_PHRASE, type SignOffBench, signOffBench } from '../support/sign-off';
import { NOW, temporaryFolder } from '../support/workbooks';

let bench: SignOffBench;
let packPath: string;
let files: Record<string, Uint8Array>;

const signed = <T extends { readonly ok: boolean }>(outcome: T): T => {
  expect(outcome).toMatchObject({ ok: true });
  return outcome;
};

const make = (to: string) => makePack({ ...bench.context, now: () => NOW }, bench.identitiesFolder, { periodId: bench.periodId, fingerprint: bench.preparer, passPhrase: PASS_PHRASE, path: to });

beforeAll(async () => {
  bench = await signOffBench(afterAll);
  const { context, identitiesFolder, periodId, preparer, approver } = bench;
  signed(await commitImport(context, { periodId, fileName: 'Trial balance (October).csv', filePath: monthFile('trial-balance.csv') }));
  context.workbook.run('UPDATE periods SET reconciled_instant = ? WHERE period_id = ?', NOW + 1, periodId);
  signed(await prepareJournal(context, identitiesFolder, { periodId, fingerprint: preparer, passPhrase: PASS_PHRASE, approverFingerprint: approver }));
  signed(approveJournal(context, identitiesFolder, { journalId: 1, fingerprint: approver, passPhrase: PASS_PHRASE, comment: 'Reviewed' }));
  packPath = path.join(temporaryFolder(afterAll), 'October.zip');
  expect(make(packPath)).toMatchObject({ ok: false, failure: 'period_open' });
  signed(lockPeriod(context, identitiesFolder, { periodId, fingerprint: approver, passPhrase: PASS_PHRASE, override: 'No movements in this test' }));
  signed(make(packPath));
  files = unzipSync(fs.readFileSync(packPath));
});

const withOneByteChanged = (name: string): Record<string, Uint8Array> => {
  const bytes = Uint8Array.from(files[name]!);
  const place = Math.floor(bytes.length / 2);
  bytes[place] = bytes[place]! ^ 1;
  return { ...files, [name]: bytes };
};

async function findingsOf(contents: Readonly<Record<string, Uint8Array>>): Promise<string[]> {
  const changed = path.join(temporaryFolder(), 'changed.zip');
  fs.writeFileSync(changed, zipSync(contents));
  const verified = await verifyPack(changed, silentJob);
  if (!verified.ok) throw new Error(verified.message);
  const findings = verified.value.checks.flatMap((each) => each.findings);
  expect(verified.value.holds).toBe(findings.length === 0);
  return findings;
}

/** One file of each kind. */
const KINDS = ['CHECK-THIS.txt', 'MANIFEST.sig', 'MANIFEST.txt', 'SHA256SUMS', 'evidence/', 'journals/', 'reports/', 'seal/seal-2026-10-1.leaves.txt', 'seal/seal-2026-10-1.pem', 'seal/seal-2026-10-1.sig',
  'seal/seal-2026-10-1.statement.json', 'seal/seal-2026-10-1.txt', 'signer.pem', 'sources/', 'trail/events.jsonl', 'workbook/'];
const oneOf = (kind: string): string => Object.keys(files).find((name) => name.startsWith(kind))!;

describe('an audit pack', () => {
  test('is the same bytes each time it is made at one time, and leaves the workbook as it was', () => {
    const again = path.join(temporaryFolder(), 'again.zip');
    const before = fs.readFileSync(bench.workbookPath);
    signed(make(again));
    expect(fs.readFileSync(bench.workbookPath).equals(before)).toBe(true);
    const made = unzipSync(fs.readFileSync(again));
    // An elliptic signature holds a random number.
    delete made['MANIFEST.sig'];
    expect(made).toEqual(Object.fromEntries(Object.entries(files).filter(([name]) => name !== 'MANIFEST.sig')));
    expect(fs.readdirSync(path.dirname(again))).toEqual(['again.zip']);
  });

  test('holds the source file as it was imported, under its hash and a harmless name', () => {
    const source = fs.readFileSync(monthFile('trial-balance.csv'));
    const sha256 = createHash('sha256').update(source).digest('hex');
    expect(Buffer.from(files[`sources/${sha256}/Trial_balance__October_.csv`]!).equals(source)).toBe(true);
  });

  test('verifies', async () => {
    const verified = await verifyPack(packPath, silentJob);
    expect(verified).toMatchObject({ ok: true, value: { kind: 'pack', holds: true } });
  });

  test('unzips without a word by the usual tool', (context) => {
    if (spawnSync('sh', ['-c', 'command -v unzip']).status !== 0) return context.skip('unzip is not on this machine');
    expect(execFileSync('unzip', ['-tq', packPath], { encoding: 'utf8' })).toContain('No errors detected');
  });

  test('holds by its own guide, with standard tools only', (context) => {
    if (missingTools.length > 0) return context.skip(`not on this machine: ${missingTools.join(', ')}`);
    const followed = followGuide(files);
    expect(followed.stderr).toBe('');
    expect(followed.status).toBe(0);
    expect(followed.stdout).toContain('Verified OK');
    expect(followed.stdout.trimEnd().endsWith('All of it holds.')).toBe(true);
  });

  test.each(KINDS)('with one byte of %s changed fails by its guide and by verification, which names the file', async (kind) => {
    const name = oneOf(kind);
    const changed = withOneByteChanged(name);
    expect((await findingsOf(changed)).some((finding) => finding.startsWith(`${name}:`) || (kind === 'MANIFEST.txt' && finding.startsWith('MANIFEST.sig:')))).toBe(true);
    if (missingTools.length === 0) expect(followGuide(changed, files).status).not.toBe(0);
  });

  test('with a file added or missing is told', async () => {
    const added = { ...files, 'sources/extra.csv': Buffer.from('a') };
    expect(await findingsOf(added)).toContain('sources/extra.csv: it was added, SHA256SUMS does not list it');
    const journal = oneOf('journals/');
    const { [journal]: _journal, ...rest } = files;
    expect(await findingsOf(rest)).toContain(`${journal}: it is listed and is not in the pack`);
    if (missingTools.length === 0) for (const each of [added, rest]) expect(followGuide(each, files).status).not.toBe(0);
  });

  test('opens read-only out of a folder of its own, which is gone when it is closed; what a crash left behind goes too', async () => {
    const unpackedFolders = () => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(`tieout-pack-${process.pid}-`));
    const crashed = path.join(os.tmpdir(), 'tieout-pack-999999999-crash');
    fs.mkdirSync(crashed, { recursive: true });
    const opened = await openWorkbook(packPath, { name: 'Noor Haddad', email: '' }, NOW);
    if (!opened.ok) throw new Error(opened.message);
    expect(fs.existsSync(crashed)).toBe(false);
    expect(unpackedFolders()).toHaveLength(1);
    const { workbook, readOnly, readOnlyReason, pack } = opened.value;
    expect(readOnly).toBe(true);
    expect(workbook.originPath).toBe(packPath);
    expect(readOnlyReason).toBe(`Read from the audit pack October.zip, signed by ${pack!.signer}.`);
    expect(pack).toMatchObject({ name: 'October.zip', periodCode: '2026-10', fingerprint: bench.preparer });
    expect(() => workbook.run('DELETE FROM tags')).toThrow('readonly');
    const file = await createAuditorFile({ ...bench.context, workbook }, { file: 'Noor.tieout-audit', auditor: 'Noor Haddad' });
    expect(file).toMatchObject({ ok: true });
    expect(fs.readdirSync(path.dirname(packPath)).sort()).toEqual(['Noor.tieout-audit', 'October.zip']);
    opened.value.close();
    expect(unpackedFolders()).toEqual([]);
  });

  test('is not opened where its workbook is not the one that was signed, and nothing stays unpacked', async () => {
    const otherKey = { ...files, 'signer.pem': files[oneOf('seal/seal-2026-10-1.pem')]! };
    for (const [contents, why] of [[withOneByteChanged('workbook/workbook.tieout'), 'it was SHA-256 '], [withOneByteChanged('SHA256SUMS'), 'SHA256SUMS is not the list that was signed'], [otherKey, 'the key of signer.pem did not sign MANIFEST.txt']] as const) {
      const changed = path.join(temporaryFolder(), 'changed.zip');
      fs.writeFileSync(changed, zipSync(contents));
      const opened = await openWorkbook(changed, { name: '', email: '' }, NOW);
      expect(opened).toMatchObject({ ok: false, failure: 'workbook_damaged', message: expect.stringContaining(why) });
    }
    const none = path.join(temporaryFolder(), 'none.zip');
    fs.writeFileSync(none, 'no zip');
    expect(await openWorkbook(none, { name: '', email: '' }, NOW)).toMatchObject({ ok: false, failure: 'not_a_workbook' });
    expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(`tieout-pack-${process.pid}-`))).toEqual([]);
  });

  test('with a journal changed and the sums rewritten is still found', async () => {
    const changed = withOneByteChanged(oneOf('journals/'));
    const sums = Object.keys(changed).filter((name) => !/^(SHA256SUMS|MANIFEST|signer)/.test(name)).map((name) => `${createHash('sha256').update(changed[name]!).digest('hex')}  ${name}\n`);
    const rewritten = { ...changed, SHA256SUMS: Buffer.from(sums.join('')) };
    const findings = await findingsOf(rewritten);
    expect(findings).toContain('SHA256SUMS: it is not the list that was signed');
    expect(findings).toContain(`${oneOf('journals/')}: it is not the same as in the workbook`);
  });
});
