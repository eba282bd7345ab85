import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIdentity, type NewIdentity } from '../../electron/files/identities/create-identity';
import type { IdentityFile2 } from '../../electron/files/identities/identity-file';
import { identityStore } from '../../electron/files/identities/identity-store';
import { identityChecksum } from '../../electron/files/identities/key-protection';
import { signBytes, unlockIdentity, verifyBytes, type Signer } from '../../electron/files/identities/unlock-identity';

const NOW = Date.UTC(2026, 10, 2, 9, 15, 0);
const PASS_PHRASE = 'tally every crate twice';

const request = (changes: Partial<NewIdentity> = {}): NewIdentity => ({
  name: 'Rosa Marín, CPA',
  email: 'Rosa.Marin@harborandpine.example',
  role: 'controller',
  algorithm: 'ecdsa-p256',
  passPhrase: PASS_PHRASE,
  nowInstant: NOW,
  ...changes,
});

async function made(changes: Partial<NewIdentity> = {}): Promise<IdentityFile2> {
  const outcome = await createIdentity(request(changes));
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

function unlocked(identity: IdentityFile2): Signer {
  const outcome = unlockIdentity(identity, PASS_PHRASE);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

const scratch = mkdtempSync(path.join(tmpdir(), 'identities-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let rsa: IdentityFile2;
let elliptic: IdentityFile2;
beforeAll(async () => {
  [rsa, elliptic] = await Promise.all([made({ algorithm: 'rsa-3072' }), made()]);
});

describe('creating an identity', () => {
  test('the certificate names the person, is for signing documents and is valid for three years', () => {
    const certificate = new X509Certificate(rsa.certificatePem);
    expect(certificate.subject).toContain('CN=Rosa Marín\\, CPA');
    expect(certificate.subjectAltName).toBe('email:Rosa.Marin@harborandpine.example');
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toContain('1.3.6.1.4.1.311.10.3.12');
    expect(Date.parse(certificate.validFrom)).toBe(NOW);
    expect(Date.parse(certificate.validTo)).toBe(Date.UTC(2029, 10, 2, 9, 15, 0));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  test('the file never holds the private key in the open', () => {
    const key = Buffer.from(elliptic.encryptedKey.ciphertextBase64, 'base64');
    expect(key.includes(Buffer.from('06082a8648ce3d030107', 'hex'))).toBe(false);
    expect(JSON.stringify(elliptic)).not.toContain('PRIVATE KEY');
    expect(elliptic.encryptedKey.cost).toBeGreaterThanOrEqual(2 ** 15);
  });

  test.each([
    ['name_missing', { name: '  ' }],
    ['name_too_long', { name: 'R'.repeat(65) }],
    ['email_invalid', { email: 'rosa at harbor' }],
    ['email_invalid', { email: 'rosa@hárbor.example' }],
    ['pass_phrase_short', { passPhrase: 'short' }],
  ] as const)('%s is refused', async (failure, changes) => {
    expect(await createIdentity(request(changes))).toMatchObject({ ok: false, failure });
  });
});

describe('unlocking an identity', () => {
  test('the pass phrase gives a signer whose signatures the certificate verifies, RSA and P-256', () => {
    const bytes = new TextEncoder().encode('seal 2026-10');
    for (const identity of [rsa, elliptic]) {
      const signature = signBytes(unlocked(identity), bytes);
      expect(verifyBytes(identity.certificatePem, bytes, signature)).toBe(true);
      expect(verifyBytes(identity.certificatePem, new TextEncoder().encode('seal 2026-11'), signature)).toBe(false);
      const other = identity === rsa ? elliptic : rsa;
      expect(verifyBytes(other.certificatePem, bytes, signature)).toBe(false);
    }
    expect(verifyBytes('no certificate', bytes, new Uint8Array(64))).toBe(false);
  });

  test('a detached signature is checked by openssl alone, RSA and P-256; one that the first versions kept still holds', ({ skip }) => {
    const bytes = new TextEncoder().encode('seal 2026-10');
    const signer = unlocked(elliptic);
    expect(verifyBytes(elliptic.certificatePem, bytes, signer.sign(bytes))).toBe(true);
    if (spawnSync('openssl', ['version']).status !== 0) skip('no openssl here');
    const at = (name: string) => path.join(scratch, name);
    writeFileSync(at('message'), bytes);
    for (const identity of [rsa, elliptic]) {
      writeFileSync(at('signature'), signBytes(unlocked(identity), bytes));
      writeFileSync(at('key.pem'), new X509Certificate(identity.certificatePem).publicKey.export({ type: 'spki', format: 'pem' }));
      const { stdout } = spawnSync('openssl', ['dgst', '-sha256', '-verify', at('key.pem'), '-signature', at('signature'), at('message')], { encoding: 'utf8' });
      expect(stdout).toBe('Verified OK\n');
    }
  });

  test('RSA signatures over the same bytes are the same bytes', () => {
    const signer = unlocked(rsa);
    const bytes = new TextEncoder().encode('the same');
    expect(signBytes(signer, bytes)).toEqual(signBytes(signer, bytes));
  });

  test('another pass phrase is refused as wrong', () => {
    expect(unlockIdentity(elliptic, `${PASS_PHRASE}.`)).toMatchObject({ ok: false, failure: 'wrong_pass_phrase' });
  });

  test('a pass phrase typed with combining accents is the same pass phrase', async () => {
    const identity = await made({ passPhrase: 'caf\u00e9 au lait' });
    expect(unlockIdentity(identity, 'cafe\u0301 au lait').ok).toBe(true);
  });

  test('a damaged file is told from a wrong pass phrase', () => {
    const ciphertextBase64 = `A${elliptic.encryptedKey.ciphertextBase64.slice(1)}`.replace(/^AA/, 'AB');
    const damaged = { ...elliptic, encryptedKey: { ...elliptic.encryptedKey, ciphertextBase64 } };
    expect(unlockIdentity(damaged, PASS_PHRASE)).toMatchObject({ ok: false, failure: 'identity_damaged' });
  });

  test('an identity given another name, certificate or role does not open, even with a fitting checksum', () => {
    const forged = (changes: Partial<IdentityFile2>): IdentityFile2 => {
      const changed = { ...elliptic, ...changes };
      return { ...changed, checksumSha256: identityChecksum(changed) };
    };
    expect(unlockIdentity(forged({ name: 'Someone Else' }), PASS_PHRASE)).toMatchObject({
      failure: 'identity_damaged',
    });
    expect(unlockIdentity(forged({ certificatePem: rsa.certificatePem }), PASS_PHRASE)).toMatchObject({
      failure: 'identity_damaged',
    });
    expect(unlockIdentity(forged({ role: 'auditor' }), PASS_PHRASE)).toMatchObject({ failure: 'wrong_pass_phrase' });
  });

  test('a file that asks for unbounded memory is refused before any is used', () => {
    const encryptedKey = { ...elliptic.encryptedKey, cost: 2 ** 30 };
    expect(unlockIdentity({ ...elliptic, encryptedKey }, PASS_PHRASE)).toMatchObject({ failure: 'identity_damaged' });
  });
});

describe('the identity folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'identities-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('keeps one private file for each identity and finds them again', () => {
    const store = identityStore(path.join(folder, 'people'));
    expect(store.list()).toEqual({ identities: [], unreadable: [] });
    const filePath = store.save(rsa);
    store.save(elliptic);
    store.save(rsa);
    expect(statSync(filePath).mode & 0o777).toBe(0o600);
    expect(readdirSync(store.folder)).toHaveLength(2);
    expect(store.list().identities).toHaveLength(2);
    expect(store.findByEmail(' rosa.marin@HARBORANDPINE.example')).toHaveLength(2);
    expect(store.findByFingerprint(rsa.fingerprintSha256)).toEqual(rsa);
    expect(store.findByFingerprint('00')).toBeUndefined();
  });

  test('a file that is no identity, or a changed one, is listed as unreadable and stops nothing', () => {
    const store = identityStore(path.join(folder, 'mixed'));
    store.save(elliptic);
    writeFileSync(path.join(store.folder, 'a.tieout-identity.json'), '{"format":');
    writeFileSync(
      path.join(store.folder, 'b.tieout-identity.json'),
      JSON.stringify({ ...elliptic, email: 'else@harborandpine.example' }),
    );
    writeFileSync(path.join(store.folder, 'notes.txt'), 'not ours');
    const { identities, unreadable } = store.list();
    expect(identities).toEqual([elliptic]);
    expect(unreadable.map(({ fileName }) => fileName)).toEqual(['a.tieout-identity.json', 'b.tieout-identity.json']);
  });
});
