/**
 * Whom a workbook trusts: an authority of the firm, its roots, what it revokes, and what verification then says of signatures.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '@shared/domain/outcome';
import { authorityStore } from '../../electron/files/identities/authority-store';
import { certificatesIn } from '../../electron/files/identities/pem';
import { identityStore } from '../../electron/files/identities/identity-store';
import { unlockIdentity } from '../../electron/files/identities/unlock-identity';
import { signPackage } from '../../electron/files/signatures/sign-package';
import { acceptCertificate, issueFor, issueHere, makeAuthority, requestCertificate } from '../../electron/services/identities/authorities';
import { listIdentities } from '../../electron/services/identities/list-identities';
import { exportRevocations, importRevocations, revokeCertificate } from '../../electron/services/identities/revoke';
import { trustRoot, withdrawRoot } from '../../electron/services/identities/trusted-roots';
import { silentJob } from '../../electron/services/context';
import { addPerson, findPerson, listPeople, unlockPerson } from '../../electron/services/people';
import { verifyJournalFile } from '../../electron/services/sign-off/verify-file';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { PASS_PHRASE, person } from '../support/sign-off';
import { smallWorkbook } from '../support/signing';
import { tamperBy } from '../support/tamper';
import { contextOf, newWorkbook, NOW, temporaryFolder } from '../support/workbooks';

const DAY = 86_400_000;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

function told<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure}: ${outcome.message}`);
  return outcome.value;
}

/** A workbook, a folder of identities with Ana, and a firm's authority that the workbook trusts. */
async function firm() {
  const folder = temporaryFolder(onTestFinished);
  const identities = path.join(folder, 'identities');
  const opened = newWorkbook(path.join(folder, 'Test.tieout'), onTestFinished);
  const context = contextOf(opened.workbook);
  const authority = told(await makeAuthority(identities, { name: 'Harbor & Pine', algorithm: 'ecdsa-p256', passPhrase: PASS_PHRASE, nowInstant: NOW - DAY }));
  told(trustRoot(context, identities, { authority: authority.fingerprintSha256 }));
  const ana = await person(identities, 'Ana Reyes', 'controller');
  const issue = async (fingerprint: string) =>
    told(await issueHere(identities, { authority: authority.fingerprintSha256, authorityPassPhrase: PASS_PHRASE, fingerprint, passPhrase: PASS_PHRASE, nowInstant: NOW - DAY }));
  const signed = async (fingerprint: string, atInstant = NOW) => {
    const signer = told(unlockIdentity(identityStore(identities).findByFingerprint(fingerprint)!, PASS_PHRASE));
    const file = path.join(folder, `${fingerprint.slice(0, 8)}-${atInstant}.xlsx`);
    fs.writeFileSync(file, signPackage(await smallWorkbook(), signer, { signedAtInstant: atInstant, role: 'Preparer', commitment: 'creation', purpose: 'Prepared' }));
    return file;
  };
  const certificateOf = async (file: string, withWorkbook = true, given = { rootPaths: [] as string[], listPaths: [] as string[] }, nowInstant = NOW + DAY) =>
    told(await verifyJournalFile(file, withWorkbook ? opened.workbook : undefined, given, nowInstant)).checks.find((check) => check.name.startsWith('Certificate of'))!;
  return { folder, identities, opened, context, authority, ana, issue, signed, certificateOf };
}

test('a certificate that the firm issues is vouched for by the root in the workbook, and by the root in a file', async () => {
  const { folder, context, identities, authority, ana, issue, signed, certificateOf } = await firm();
  const issued = await issue(ana);
  expect(issued).toMatchObject({ origin: 'issued', name: 'Ana Reyes' });
  expect(identityStore(identities).list().identities.map((each) => each.fingerprintSha256)).toEqual([issued.fingerprintSha256]);
  const file = await signed(issued.fingerprintSha256);
  expect(await certificateOf(file)).toMatchObject({ holds: true, message: expect.stringMatching(/^Vouched for by the root Harbor & Pine, trusted by this workbook .* signer's own claim\.$/) });
  const rootFile = path.join(folder, 'root.pem');
  fs.writeFileSync(rootFile, authority.certificatePem);
  expect(await certificateOf(file, false, { rootPaths: [rootFile], listPaths: [] })).toMatchObject({ holds: true, message: expect.stringContaining('trusted by the file that was given') });
  expect(await certificateOf(file, false)).toMatchObject({ holds: true, message: expect.stringContaining('Issued by Harbor & Pine, whose root is not among the trusted ones.') });
  const other = told(await makeAuthority(path.join(folder, 'other'), { name: 'Harbor & Pine', algorithm: 'ecdsa-p256', passPhrase: PASS_PHRASE, nowInstant: NOW - DAY }));
  fs.writeFileSync(rootFile, other.certificatePem);
  expect(await certificateOf(file, false, { rootPaths: [rootFile], listPaths: [] })).toMatchObject({ holds: false, findings: [expect.stringContaining('no trusted root vouches for')] });
  const [root] = listIdentities(context.workbook, identities, NOW).roots;
  told(withdrawRoot(context, { trustedRootId: root!.trustedRootId, why: 'Key on a lost laptop' }));
  expect(await certificateOf(file)).toMatchObject({ message: expect.stringContaining('whose root is not among the trusted ones') });
  expect(withdrawRoot(context, { trustedRootId: root!.trustedRootId, why: 'again' })).toMatchObject({ failure: 'already_withdrawn' });
});

test('a self-signed one is told to be compared; a certificate that expired since is told so and stays', async () => {
  const { ana, signed, certificateOf } = await firm();
  const file = await signed(ana);
  expect((await certificateOf(file, false)).message).toContain(`Compare its fingerprint with what Ana Reyes states: ${ana}.`);
  expect(await certificateOf(file, false, undefined, NOW + 5 * 365 * DAY)).toMatchObject({ holds: true, message: expect.stringContaining('valid at the time of signing and expired on') });
  const late = await signed(ana, NOW + 5 * 365 * DAY);
  expect(await certificateOf(late, false, undefined, NOW + 6 * 365 * DAY)).toMatchObject({ holds: false, findings: ['the certificate of Ana Reyes was not valid at the stated time of signing'] });
});

test('a list is signed as of the instant that it is kept under, though the clock moves on meanwhile: the workbook that wrote it takes it in', async () => {
  const { folder, identities, context, authority, ana, issue } = await firm();
  const { fingerprintSha256 } = await issue(ana);
  let read = 0;
  const moving = { ...context, now: () => NOW + 1000 * (read += 1), role: '' };
  told(await revokeCertificate(moving, identities, { fingerprint: fingerprintSha256, fromInstant: NOW, reason: 'left', authorityPassPhrase: PASS_PHRASE }));
  const list = path.join(folder, 'revoked.pem');
  told(await exportRevocations(context, identities, { authority: authority.fingerprintSha256, passPhrase: '', path: list }));
  expect(told(await importRevocations(context, list))).toEqual({ authority: 'Harbor & Pine', revoked: 1, added: 0 });
});

test('a signature from before a revocation stays with the note, one from after it does not; the list is one that openssl reads', async () => {
  const { folder, identities, context, authority, ana, issue, signed, certificateOf } = await firm();
  const { fingerprintSha256 } = await issue(ana);
  const before = await signed(fingerprintSha256, NOW - 3600_000);
  const after = await signed(fingerprintSha256, NOW + 3600_000);
  const revoking = { fingerprint: fingerprintSha256, fromInstant: NOW, reason: 'key_lost' as const, authorityPassPhrase: PASS_PHRASE };
  expect(await revokeCertificate({ ...context, role: '' }, identities, { ...revoking, authorityPassPhrase: 'another one' })).toMatchObject({ failure: 'wrong_pass_phrase' });
  told(await revokeCertificate({ ...context, role: '' }, identities, revoking));
  expect(await certificateOf(before)).toMatchObject({ holds: true, message: expect.stringMatching(/after the stated time of signing: the signature stays\. That time is the signer's own claim\. Whoever has the key can claim any time/) });
  expect(await certificateOf(after)).toMatchObject({ holds: false, findings: [expect.stringMatching(/^the certificate of Ana Reyes was revoked from .* on, before it signed \(the key was lost or others may have it; stated by Harbor & Pine\)$/)] });
  const later = { ...context, now: () => NOW + 3600_000 };
  expect(unlockPerson(later, identities, fingerprintSha256, PASS_PHRASE)).toMatchObject({ failure: 'identity_refused', message: expect.stringContaining('is revoked from') });

  const list = path.join(folder, 'revoked.pem');
  const root = path.join(folder, 'root.pem');
  fs.writeFileSync(root, authority.certificatePem);
  expect(told(await exportRevocations(context, identities, { authority: authority.fingerprintSha256, passPhrase: '', path: list }))).toMatchObject({ revoked: 1 });
  expect(await certificateOf(after, false, { rootPaths: [root], listPaths: [list] })).toMatchObject({ holds: false });
  const elsewhere = contextOf(newWorkbook(path.join(folder, 'Other.tieout'), onTestFinished).workbook);
  expect(await importRevocations(elsewhere, list)).toMatchObject({ failure: 'issuer_not_trusted' });
  told(trustRoot(elsewhere, identities, { path: root }));
  expect(told(await importRevocations(elsewhere, list))).toEqual({ authority: 'Harbor & Pine', revoked: 1, added: 1 });
  expect(told(await verifyJournalFile(after, elsewhere.workbook)).checks.find((check) => check.name.startsWith('Certificate of'))).toMatchObject({ holds: false });
  if (!hasOpenssl) return;
  const said = spawnSync('openssl', ['crl', '-in', list, '-CAfile', root, '-noout', '-text'], { encoding: 'utf8' });
  expect(said.stderr).toContain('verify OK');
  expect(said.stdout).toMatch(/Key Compromise/);
  const leaf = path.join(folder, 'leaf.pem');
  fs.writeFileSync(leaf, identityStore(identities).findByFingerprint(fingerprintSha256)!.certificatePem);
  const checked = spawnSync('openssl', ['verify', '-CAfile', root, '-CRLfile', list, '-crl_check', '-attime', String(Math.floor((NOW + DAY) / 1000)), leaf], { encoding: 'utf8' });
  expect(checked.stdout + checked.stderr).toContain('certificate revoked');
});

test('a controller states that a self-signed one is revoked; nobody else does, and it stands', async () => {
  const { identities, context, ana, signed, certificateOf } = await firm();
  const identity = identityStore(identities).findByFingerprint(ana)!;
  addPerson(context, identity);
  const revoking = { fingerprint: ana, fromInstant: NOW, reason: 'left' as const, authorityPassPhrase: '' };
  expect(await revokeCertificate({ ...context, role: 'accountant' }, identities, revoking)).toMatchObject({ failure: 'role_refused' });
  told(await revokeCertificate({ ...context, role: 'controller' }, identities, revoking));
  expect(await revokeCertificate({ ...context, role: 'controller' }, identities, revoking)).toMatchObject({ failure: 'already_revoked' });
  expect(await certificateOf(await signed(ana, NOW + 1000))).toMatchObject({ holds: false });
  expect(() => context.workbook.run('DELETE FROM revocations')).toThrow('a revocation stands');
  expect(() => context.workbook.run("UPDATE trusted_roots SET name = 'x'")).toThrow('never changed');
});

test('a request goes to another machine and a certificate comes back; openssl reads both', async () => {
  const { folder, identities, authority, context } = await firm();
  const theirs = path.join(folder, 'theirs');
  const ben = await person(theirs, 'Ben Okafor', 'accountant');
  const request = path.join(folder, 'request.pem');
  const certificate = path.join(folder, 'certificate.pem');
  told(await requestCertificate(theirs, { fingerprint: ben, passPhrase: PASS_PHRASE, path: request }));
  const issuing = { authority: authority.fingerprintSha256, authorityPassPhrase: PASS_PHRASE, requestPath: request, path: certificate, nowInstant: NOW - DAY };
  expect(told(await issueFor(identities, issuing))).toMatchObject({ name: 'Ben Okafor', email: 'ben@test.example' });
  expect(certificatesIn(fs.readFileSync(certificate))).toHaveLength(2);
  expect(acceptCertificate(identities, { path: certificate, passPhrase: PASS_PHRASE, nowInstant: NOW })).toMatchObject({ failure: 'identity_missing' });
  expect(acceptCertificate(theirs, { path: certificate, passPhrase: 'another one', nowInstant: NOW })).toMatchObject({ failure: 'wrong_pass_phrase' });
  const kept = told(acceptCertificate(theirs, { path: certificate, passPhrase: PASS_PHRASE, nowInstant: NOW }));
  expect(kept).toMatchObject({ origin: 'issued', email: 'ben@test.example' });
  addPerson(context, kept);
  expect(listIdentities(context.workbook, theirs, NOW).identities).toMatchObject([{ name: 'Ben Okafor', trustedBy: 'Harbor & Pine', isSelfSigned: false, canSignHere: true }]);
  const text = fs.readFileSync(request, 'utf8');
  fs.writeFileSync(request, `${text.slice(0, 200)}${text[200] === 'A' ? 'B' : 'A'}${text.slice(201)}`);
  expect(await issueFor(identities, issuing)).toMatchObject({ failure: 'request_unreadable' });
  if (!hasOpenssl) return;
  fs.writeFileSync(request, text);
  expect(spawnSync('openssl', ['req', '-in', request, '-noout', '-verify'], { encoding: 'utf8' }).stderr).toMatch(/verify OK/i);
  fs.writeFileSync(path.join(folder, 'root.pem'), authority.certificatePem);
  expect(spawnSync('openssl', ['verify', '-attime', String(NOW / 1000 | 0), '-CAfile', path.join(folder, 'root.pem'), certificate], { encoding: 'utf8' }).stdout).toContain('OK');
});

test('a person keeps their place with a new certificate for the same key; another key under their address is refused', async () => {
  const { folder, identities, context, ana, issue } = await firm();
  addPerson(context, identityStore(identities).findByFingerprint(ana)!);
  const issued = await issue(ana);
  expect(listPeople(context.workbook, identities)).toMatchObject([{ name: 'Ana Reyes', fingerprint: issued.fingerprintSha256, canSignHere: true, inWorkbook: true }]);
  const person1 = addPerson(context, issued);
  expect(person1).toMatchObject({ fingerprint: issued.fingerprintSha256 });
  expect(findPerson(context.workbook, ana)).toEqual(person1);
  const forger = path.join(folder, 'forger');
  const other = await person(forger, 'Ana Reyes', 'controller');
  expect(unlockPerson(context, forger, other, PASS_PHRASE)).toMatchObject({ failure: 'identity_refused', message: expect.stringContaining('by another certificate') });
  expect(addPerson(context, identityStore(forger).findByFingerprint(other)!)).toEqual(person1);
  expect(listPeople(context.workbook, forger)).toMatchObject([{ canSignHere: false, inWorkbook: true }, { canSignHere: true, inWorkbook: false }]);
  for (const fingerprint of [ana, issued.fingerprintSha256]) {
    told(await revokeCertificate({ ...context, role: 'controller' }, identities, { fingerprint, fromInstant: NOW - DAY, reason: 'key_lost', authorityPassPhrase: PASS_PHRASE }));
  }
  expect(unlockPerson(context, forger, other, PASS_PHRASE)).toMatchObject({ ok: true });
});

test('an authority that was changed on disk is left out, and one is not opened by another pass phrase', async () => {
  const { identities, authority } = await firm();
  const [file] = fs.readdirSync(identities).filter((name) => name.endsWith('.tieout-authority.json'));
  fs.writeFileSync(path.join(identities, file!), JSON.stringify({ ...authority, name: 'Someone else' }));
  expect(authorityStore(identities).list()).toEqual([]);
});

test.each([
  [`UPDATE trusted_roots SET name = name, certificate_pem = (SELECT certificate_pem FROM person_certificates LIMIT 1)`, /^trusted_roots, Harbor & Pine: the certificate has another fingerprint$/],
  [`UPDATE trusted_roots SET withdrawn_instant = 1, withdrawn_by = 'x', withdrawn_why = 'x'`, /the trail does not tell that it was withdrawn$/],
  ['DELETE FROM revocations', /the trail tells that the certificate was revoked, the table does not$/],
  [`UPDATE revocations SET fingerprint = '${'0'.repeat(64)}'`, /^revocations, 0{16}: the trail does not tell of it$/],
  [`INSERT INTO trusted_roots SELECT 9, '${'a'.repeat(64)}', 'Eve', certificate_pem, 1, 'Eve', NULL, NULL, NULL FROM trusted_roots LIMIT 1`, /^trusted_roots, Eve: the trail does not tell that it was trusted$/],
])('verification of the workbook names %s', async (statement, finding) => {
  const { identities, context, opened, ana } = await firm();
  addPerson(context, identityStore(identities).findByFingerprint(ana)!);
  told(await revokeCertificate({ ...context, role: 'controller' }, identities, { fingerprint: ana, fromInstant: NOW, reason: 'left', authorityPassPhrase: '' }));
  const trust = () => verifyWorkbook(opened.workbook, silentJob).checks.find((check) => check.name === 'People and roots')!;
  expect(trust()).toMatchObject({ holds: true, findings: [] });
  tamperBy(opened.workbook.path, 'dropped and put back', statement);
  expect(trust().findings).toContainEqual(expect.stringMatching(finding));
});
