/** `tieout identity` from the first authority to a verified journal: what a firm without the window would type. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withEmptyWorkbook } from '../support/command-line';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/identities');

test('an authority is made, issues here and for a request, is trusted and withdrawn; a .p12 is brought; one is revoked', async () => {
  const tieout = await withEmptyWorkbook();
  const { workbook } = tieout;
  const at = (name: string) => path.join(tieout.folder, name);
  fs.writeFileSync(at('mine'), 'quiet ledger\n');
  fs.writeFileSync(at('root'), 'root of the firm\n');
  fs.writeFileSync(at('p12'), 'correct horse');
  const mine = ['--pass-phrase-file', at('mine')];
  const authority = ['--authority', 'Harbor & Pine', '--authority-pass-phrase-file', at('root')];
  const done = async (...words: string[]) => {
    const ran = await tieout.run('identity', ...words);
    expect({ words, ...ran }).toMatchObject({ exitCode: 0, stderr: '' });
    return ran.stdout;
  };
  await done('new', '--name', 'Ana Reyes', '--email', 'ana@example.com', '--role', 'controller', '--algorithm', 'ecdsa-p256', ...mine);
  await done('authority', '--name', 'Harbor & Pine', '--algorithm', 'ecdsa-p256', '--authority-pass-phrase-file', at('root'), '--out', at('root.pem'));
  expect(fs.readFileSync(at('root.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
  expect(await done('issue', '--as', 'ana@example.com', ...authority, ...mine)).toMatch(/^Harbor & Pine issued a certificate to Ana Reyes: [0-9a-f]{16}\.\n$/);
  await done('request', '--as', 'ana@example.com', '--out', at('request.pem'), ...mine);
  expect(await done('issue', at('request.pem'), '--out', at('issued.pem'), ...authority)).toContain('issued a certificate to Ana Reyes (ana@example.com)');
  expect(await done('accept', at('issued.pem'), ...mine)).toMatch(/^Ana Reyes signs with the certificate [0-9a-f]{16} from now on\.\n$/);
  await done('import', path.join(FIXTURES, 'modern-p384.p12'), '--role', 'auditor', '--file-pass-phrase-file', at('p12'), ...mine);
  expect(await done('list')).toMatch(/Ana Reyes .*controller +ecdsa-p256 [\s\S]*Per Holm .*auditor +ecdsa-p384 /);

  expect(await done('trust', workbook)).toBe('This workbook trusts no root.\n');
  expect(await done('trust', workbook, '--root', at('root.pem'))).toContain('Trusts Harbor & Pine, SHA-256 ');
  expect(await done('list', workbook)).toContain('trusted by Harbor & Pine');
  expect(await tieout.run('identity', 'revoke', workbook, '--as', 'per.holm@harborandpine.example', '--reason', 'left')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('Nobody but a controller') });
  expect(await done('revoke', workbook, '--as', 'ana@example.com', '--reason', 'left', '--day', '2026-11-05', ...authority.slice(2))).toContain('from 2026-11-05 on: the person left.');
  expect(await done('revocations', workbook, '--out', at('revoked.pem'), ...authority)).toContain('with 1 revoked written');
  expect(await done('revocations', workbook, '--list', at('revoked.pem'))).toBe('The list of Harbor & Pine revokes 1; 0 of them are new here.\n');
  expect(await done('list', workbook)).toContain('revoked from 2026-11-05: the person left');
  expect(await done('withdraw', workbook, '--root', 'Harbor & Pine', '--why', 'Wound up')).toBe('Trusts Harbor & Pine no more: Wound up\n');
  expect(await tieout.run('verify', workbook)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/People and roots: .*\n +Without Tieout: sqlite3/) });
});
