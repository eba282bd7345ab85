/**
 * Every kind of signer on a package, alone and together: what stands in the signature of each, and that all of them hold.
 * TIEOUT_SIGNED_FOLDER keeps the files, with the root, for other programs to look at.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthority, openAuthority } from '../../electron/files/identities/authority';
import { createIdentity } from '../../electron/files/identities/create-identity';
import { identityStore } from '../../electron/files/identities/identity-store';
import { importIdentity } from '../../electron/files/identities/import-identity';
import { type Signer, unlockIdentity } from '../../electron/files/identities/unlock-identity';
import { authorityStore } from '../../electron/files/identities/authority-store';
import { issueHere } from '../../electron/services/identities/authorities';
import { signPackage } from '../../electron/files/signatures/sign-package';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { smallWorkbook, textOfItem } from '../support/signing';

const PASS_PHRASE = 'tally every crate twice';
const NOW = Date.now() - 60_000;
const folder = mkdtempSync(path.join(tmpdir(), 'signers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keep = process.env['TIEOUT_SIGNED_FOLDER'];

const prepared = { signedAtInstant: NOW, role: 'Preparer', commitment: 'creation', purpose: 'Prepared journal ADJ-2026-10-1 of 2026-10' } as const;
const approved = { signedAtInstant: NOW + 1000, role: 'Approver', commitment: 'approval', purpose: 'Approved journal ADJ-2026-10-1 of 2026-10' } as const;

function told<T>(outcome: { ok: true; value: T } | { ok: false; message: string }): T {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

const signers = new Map<string, Signer>();
let rootPem = '';

beforeAll(async () => {
  const authority = told(await createAuthority({ name: 'Harbor & Pine', passPhrase: PASS_PHRASE, nowInstant: NOW }));
  expect(openAuthority(authority, PASS_PHRASE).ok).toBe(true);
  authorityStore(folder).save(authority);
  rootPem = authority.certificatePem;
  for (const algorithm of ['rsa-3072', 'ecdsa-p256'] as const) {
    for (const origin of ['self', 'issued'] as const) {
      const email = `${origin}.${algorithm}@harborandpine.example`;
      let identity = told(await createIdentity({ name: `${origin} ${algorithm}`, email, role: 'controller', algorithm, passPhrase: PASS_PHRASE, nowInstant: NOW }));
      if (origin === 'issued') {
        identityStore(folder).save(identity);
        const issuing = { authority: authority.fingerprintSha256, authorityPassPhrase: PASS_PHRASE, fingerprint: identity.fingerprintSha256, passPhrase: PASS_PHRASE, nowInstant: NOW };
        identity = told(await issueHere(folder, issuing)) as typeof identity;
      }
      signers.set(`${origin} ${algorithm}`, told(unlockIdentity(identity, PASS_PHRASE)));
    }
  }
  for (const [name, file] of [['imported p384', 'modern-p384.p12'], ['imported chain', 'modern-rsa-chain.p12']] as const) {
    const filePath = path.resolve(import.meta.dirname, '../fixtures/identities', file);
    const imported = told(await importIdentity({ filePath, filePassPhrase: 'correct horse', role: 'controller', passPhrase: PASS_PHRASE, nowInstant: NOW }));
    signers.set(name, told(unlockIdentity(imported, PASS_PHRASE)));
  }
});

const KINDS = ['self rsa-3072', 'self ecdsa-p256', 'issued rsa-3072', 'issued ecdsa-p256', 'imported p384', 'imported chain'];

function kept(name: string, bytes: Uint8Array): void {
  if (!keep) return;
  mkdirSync(keep, { recursive: true });
  writeFileSync(path.join(keep, `${name.replaceAll(' ', '-')}.xlsx`), bytes);
  writeFileSync(path.join(keep, 'root.pem'), rootPem);
}

describe.each(KINDS)('a signature by %s', (kind) => {
  test('holds alone, with role, commitment and purpose in its signed properties, and the chain in KeyInfo, leaf first', async () => {
    const signer = signers.get(kind)!;
    const bytes = signPackage(await smallWorkbook(), signer, prepared);
    kept(`one ${kind}`, bytes);
    expect(verifyPackage(bytes)).toMatchObject({ holds: true, signatures: [{ role: 'Preparer', purpose: prepared.purpose, signedAtInstant: Math.floor(NOW / 1000) * 1000 }] });
    const xml = textOfItem(bytes, '_xmlsignatures/sig1.xml');
    const properties = /<xd:SignedProperties[\s\S]*<\/xd:SignedProperties>/.exec(xml)![0];
    expect(properties).toContain('<xd:ClaimedRole>Preparer</xd:ClaimedRole>');
    expect(properties).toContain('http://uri.etsi.org/01903/v1.2.2#ProofOfCreation');
    const certificates = [...xml.matchAll(/<X509Certificate>([^<]+)</g)].map(([, der]) => new X509Certificate(Buffer.from(der!, 'base64')));
    expect(certificates[0]!.toString()).toBe(signer.certificatePem);
    expect(certificates).toHaveLength(kind.startsWith('issued') ? 2 : kind === 'imported chain' ? 3 : 1);
    for (const [index, certificate] of certificates.slice(0, -1).entries()) expect(certificate.verify(certificates[index + 1]!.publicKey)).toBe(true);
  });

  test('leaves the other valid as approver after each other kind', async () => {
    for (const first of KINDS.filter((each) => each !== kind)) {
      const bytes = signPackage(signPackage(await smallWorkbook(), signers.get(first)!, prepared), signers.get(kind)!, approved);
      kept(`two ${first} then ${kind}`, bytes);
      const verification = verifyPackage(bytes);
      expect(verification.findings).toEqual([]);
      expect(verification.signatures).toMatchObject([{ role: 'Preparer', valid: true }, { role: 'Approver', valid: true }]);
      expect(textOfItem(bytes, '_xmlsignatures/sig2.xml')).toContain('#ProofOfApproval');
    }
  });
});

test('openssl alone follows the chain of a signature to the root', async ({ skip }) => {
  if (spawnSync('openssl', ['version']).status !== 0) skip('no openssl here');
  const bytes = signPackage(await smallWorkbook(), signers.get('issued ecdsa-p256')!, prepared);
  const [leaf] = [...textOfItem(bytes, '_xmlsignatures/sig1.xml').matchAll(/<X509Certificate>([^<]+)</g)].map(([, der]) => new X509Certificate(Buffer.from(der!, 'base64')));
  writeFileSync(path.join(folder, 'leaf.pem'), leaf!.toString());
  writeFileSync(path.join(folder, 'root.pem'), rootPem);
  expect(readFileSync(path.join(folder, 'leaf.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
  expect(spawnSync('openssl', ['verify', '-purpose', 'smimesign', '-CAfile', path.join(folder, 'root.pem'), path.join(folder, 'leaf.pem')], { encoding: 'utf8' }).stdout).toContain('OK');
});
