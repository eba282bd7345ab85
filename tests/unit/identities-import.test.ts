/**
 * Identities from PKCS #12 files: those that lie beside the tests, and the same made anew by the openssl of this machine.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { IdentityFile } from '../../electron/files/identities/identity-file';
import { importIdentity } from '../../electron/files/identities/import-identity';
import { certificatesIn } from '../../electron/files/identities/pem';
import { signBytes, unlockIdentity, verifyBytes } from '../../electron/files/identities/unlock-identity';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/identities');
const PASS_PHRASE = 'tally every crate twice';
const scratch = mkdtempSync(path.join(tmpdir(), 'pkcs12-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function madeHere(): string | undefined {
  const folder = path.join(scratch, 'made');
  mkdirSync(folder);
  return spawnSync('sh', [path.join(FIXTURES, 'make.sh'), folder]).status === 0 ? folder : undefined;
}
const made = madeHere();

const passPhraseOf = (filePath: string) => (existsSync(`${filePath}.txt`) ? readFileSync(`${filePath}.txt`, 'utf8') : 'correct horse');

/** DER with the number of two bytes at `place` changed to 0x7fffffff, and every length around it to what it is then. */
function withLonger(der: Buffer, place: number): Buffer {
  const written: Buffer[] = [];
  for (let at = 0; at < der.length; ) {
    const long = der[at + 1]! > 0x80 ? der[at + 1]! & 0x7f : 0;
    const head = 2 + long;
    const end = at + head + (long === 0 ? der[at + 1]! : der.readUIntBE(at + 2, long));
    const isAround = place >= at && place < end;
    const content = at === place ? Buffer.from('7fffffff', 'hex') : isAround ? withLonger(der.subarray(at + head, end), place - at - head) : der.subarray(at + head, end);
    const size = content.length < 0x80 ? [content.length] : content.length < 0x100 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
    written.push(Buffer.from([der[at]!, ...size]), content);
    at = end;
  }
  return Buffer.concat(written);
}

const importing = (filePath: string, changes: Partial<Parameters<typeof importIdentity>[0]> = {}) =>
  importIdentity({ filePath, filePassPhrase: passPhraseOf(filePath), role: 'controller', passPhrase: PASS_PHRASE, nowInstant: Date.now(), ...changes });

describe.each([['kept with the tests', FIXTURES], ...(made ? [['made by openssl here', made]] : [])] as [string, string][])('a PKCS #12 file %s', (_where, folder) => {
  const at = (name: string) => path.join(folder, name);

  test.each([
    ['modern-rsa-chain.p12', 'rsa-2048', 'Ines Duarte', 'ines.duarte@harborandpine.example', ['Harbor people', 'Harbor root']],
    ['modern-p256-accents.p12', 'ecdsa-p256', 'Per Holm', 'per.holm@harborandpine.example', []],
    ['modern-p256-empty.p12', 'ecdsa-p256', 'Per Holm', 'per.holm@harborandpine.example', []],
    ['modern-p384.p12', 'ecdsa-p384', 'Per Holm', 'per.holm@harborandpine.example', []],
    ['legacy-3des-p256.p12', 'ecdsa-p256', 'Per Holm', 'per.holm@harborandpine.example', []],
    ['legacy-3des-rsa-chain.p12', 'rsa-2048', 'Ines Duarte', 'ines.duarte@harborandpine.example', ['Harbor people', 'Harbor root']],
  ])('%s becomes an identity that signs, with its issuers in order', async (name, algorithm, person, email, issuers) => {
    const outcome = await importing(at(name));
    if (!outcome.ok) throw new Error(outcome.message);
    expect(IdentityFile.parse(outcome.value)).toMatchObject({ formatVersion: 2, origin: 'imported', algorithm, name: person, email });
    const chain = outcome.value.chainPem === '' ? [] : certificatesIn(outcome.value.chainPem)!;
    expect(chain.map(({ subject }) => /CN=(.*)$/m.exec(subject)![1])).toEqual(issuers);
    const signer = unlockIdentity(outcome.value, PASS_PHRASE);
    if (!signer.ok) throw new Error(signer.message);
    const bytes = Buffer.from('seal 2026-10');
    expect(verifyBytes(outcome.value.certificatePem, bytes, signBytes(signer.value, bytes))).toBe(true);
    expect(new X509Certificate(outcome.value.certificatePem).ca && issuers.length > 0).toBe(false);
  });

  test('what the certificate leaves open is stated by the person; without it the import is refused', async () => {
    expect(await importing(at('legacy-rc2-rsa.p12'))).toMatchObject({ ok: false, failure: 'email_invalid' });
    const stated = await importing(at('legacy-rc2-rsa.p12'), { email: 'noor.aziz@harborandpine.example' });
    expect(stated).toMatchObject({ ok: true, value: { name: 'Noor Aziz', email: 'noor.aziz@harborandpine.example', algorithm: 'rsa-2048' } });
    if (stated.ok) expect(unlockIdentity(stated.value, PASS_PHRASE).ok).toBe(true);
  });

  test.each(['modern-p384.p12', 'legacy-3des-p256.p12'])('%s is refused at once where it asks for more iterations than can be done, wherever it states them', async (name) => {
    const bytes = readFileSync(at(name));
    // openssl states 2048 for the check and for each key and certificate: INTEGER, two bytes, 0x0800.
    const stated = Buffer.from('02020800', 'hex');
    const places = [...bytes.keys()].filter((from) => bytes.subarray(from, from + stated.length).equals(stated));
    expect(places).toHaveLength(3);
    for (const place of places) {
      // 0x7fffffff in the same place: the lengths around it grow by two, so the file is written anew from its values.
      const changed = path.join(scratch, `iterations-${place}-${name}`);
      writeFileSync(changed, withLonger(bytes, place));
      const began = performance.now();
      expect(await importing(changed, { filePassPhrase: 'correct horse' })).toMatchObject({ ok: false, failure: 'file_unreadable', message: expect.stringContaining('2147483647 times; at most 10000000') });
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });

  test.each([
    ['refused-rsa-1024.p12', 'key_not_accepted', 'RSA key of 1024 bits'],
    ['refused-p521.p12', 'key_not_accepted', 'secp521r1'],
    ['refused-usage.p12', 'certificate_not_for_signing', 'Only Encrypts'],
    ['refused-no-key.p12', 'key_missing', 'no private key'],
    ['refused-no-certificate.p12', 'certificate_missing', 'not the certificate'],
  ])('%s is refused as %s', async (name, failure, said) => {
    expect(await importing(at(name))).toMatchObject({ ok: false, failure, message: expect.stringContaining(said) });
  });

  test.each(['modern-rsa-chain.p12', 'modern-p256-accents.p12', 'legacy-rc2-rsa.p12', 'legacy-3des-p256.p12'])('%s with another pass phrase is told so', async (name) => {
    for (const filePassPhrase of ['correct horse.', '', 'smorrebrod']) {
      expect(await importing(at(name), { filePassPhrase })).toMatchObject({ ok: false, failure: 'wrong_pass_phrase' });
    }
  });

  test('a certificate that is out of date now is refused, with its date', async () => {
    expect(await importing(at('modern-p384.p12'), { nowInstant: Date.UTC(2020, 0, 1) })).toMatchObject({ failure: 'certificate_not_yet_valid', message: expect.stringContaining('is valid from 20') });
    expect(await importing(at('modern-p384.p12'), { nowInstant: Date.UTC(2200, 0, 1) })).toMatchObject({ failure: 'certificate_expired', message: expect.stringContaining('expired on 21') });
  });
});

test('the files of the tests can be made here', ({ skip }) => {
  if (!made) skip('no openssl 3 here');
  expect(existsSync(path.join(made!, 'legacy-rc2-rsa.p12'))).toBe(true);
});

test('what is no PKCS #12 file is refused, and so is a new pass phrase that is short', async () => {
  expect(await importing(path.join(FIXTURES, 'make.sh'))).toMatchObject({ failure: 'file_unreadable' });
  expect(await importing(path.join(FIXTURES, 'none.p12'))).toMatchObject({ failure: 'file_missing' });
  expect(await importing(path.join(FIXTURES, 'modern-p384.p12'), { passPhrase: 'short' })).toMatchObject({ failure: 'pass_phrase_short' });
});

test('an identity of format 1 is read and opened as before', () => {
  const kept = IdentityFile.parse(JSON.parse(readFileSync(path.join(FIXTURES, 'format-1.tieout-identity.json'), 'utf8')));
  expect(kept).toMatchObject({ formatVersion: 1, name: 'Rosa Marín', algorithm: 'rsa-3072' });
  expect(unlockIdentity(kept, PASS_PHRASE)).toMatchObject({ ok: true, value: { chainPem: '' } });
  expect(unlockIdentity({ ...kept, role: 'auditor' }, PASS_PHRASE)).toMatchObject({ ok: false, failure: 'identity_damaged' });
});
