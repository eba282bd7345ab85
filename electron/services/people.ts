/**
 * People: those the workbook knows, those who can sign on this machine, and who works now.
 *
 * The workbook holds names, roles and certificates; private keys stay outside, see `files/identities`.
 */
import { X509Certificate } from 'node:crypto';
import type { Person, Role } from '@shared/contract/people';
import { instantWords } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { REVOCATION_REASON_WORDS } from '@shared/domain/revocation';
import { createIdentity } from '../files/identities/create-identity';
import { chainOf, type IdentityAlgorithm, type IdentityFile } from '../files/identities/identity-file';
import { identityStore } from '../files/identities/identity-store';
import { certificatesIn } from '../files/identities/pem';
import { unfitToSign } from '../files/identities/signing-key';
import { type Signer, unlockIdentity } from '../files/identities/unlock-identity';
import { certificateTrust } from '../files/signatures/trust';
import { appendAudit } from '../workbook/audit';
import { insertPersonCertificate, personCertificate } from '../workbook/tables/trust';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';
import { mayFollow, trustBasis } from './identities/trust-basis';

export interface PersonRow {
  readonly person_id: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly certificate_pem: string;
  readonly fingerprint: string;
}

export type SigningFailure = 'identity_missing' | 'wrong_pass_phrase' | 'identity_damaged' | 'identity_refused';

/** A person with the certificate they sign with now: their newest. `people` itself keeps the first, which seals hold. */
const WITH_CERTIFICATE = `SELECT p.person_id, p.name, p.email, p.role, c.certificate_pem, c.fingerprint
  FROM people p JOIN person_certificates c ON c.rowid =
    (SELECT n.rowid FROM person_certificates n WHERE n.person_id = p.person_id ORDER BY n.added_instant DESC, n.rowid DESC LIMIT 1)`;

/** The person who has, or had, this certificate. */
export const findPerson = (workbook: ReadableWorkbook, fingerprint: string): PersonRow | undefined =>
  workbook.get<PersonRow>(`${WITH_CERTIFICATE} WHERE p.person_id = (SELECT person_id FROM person_certificates WHERE fingerprint = ?)`, fingerprint);

export const personById = (workbook: ReadableWorkbook, personId: number): PersonRow | undefined =>
  workbook.get<PersonRow>(`${WITH_CERTIFICATE} WHERE p.person_id = ?`, personId);

export const personByEmail = (workbook: ReadableWorkbook, email: string): PersonRow | undefined =>
  workbook.get<PersonRow>(`${WITH_CERTIFICATE} WHERE p.email = ?`, email);

/** People of the workbook and identities of this machine, each once, by name. */
export function listPeople(workbook: ReadableWorkbook, identitiesFolder: string): Person[] {
  const known = workbook.all<PersonRow>(WITH_CERTIFICATE);
  const { identities } = identityStore(identitiesFolder).list();
  const byFingerprint = new Map(identities.map((identity) => [identity.fingerprintSha256, identity]));
  const shown = new Set<string>();
  const people = known.map((person) => {
    // A certificate that came after the one the workbook knows takes its place when its person signs.
    const identity = byFingerprint.get(person.fingerprint) ?? identities.find((each) => isSameEmail(each, person) && mayFollow(workbook, person, each));
    if (identity) shown.add(identity.fingerprintSha256);
    return {
      name: person.name, email: person.email, role: person.role, fingerprint: identity?.fingerprintSha256 ?? person.fingerprint,
      canSignHere: identity !== undefined, inWorkbook: true,
    };
  });
  return [
    ...people,
    ...identities
      .filter((identity) => !shown.has(identity.fingerprintSha256) && personCertificate(workbook, identity.fingerprintSha256) === undefined)
      .map((identity) => ({
        name: identity.name, email: identity.email, role: identity.role, fingerprint: identity.fingerprintSha256,
        canSignHere: true, inWorkbook: false,
      })),
  ].sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

const isSameEmail = (left: { readonly email: string }, right: { readonly email: string }): boolean => left.email.toLowerCase() === right.email.toLowerCase();

/** Keeps a certificate of a person, with the way to its root. */
function keepCertificate(context: ServiceContext, personId: number, identity: IdentityFile): void {
  insertPersonCertificate(context.workbook, {
    fingerprint: identity.fingerprintSha256,
    person_id: personId,
    certificate_pem: identity.certificatePem,
    chain_pem: chainOf(identity),
    added_instant: context.now(),
    added_by: actorText(context.actor),
  });
}

/**
 * Adds the person behind an identity to the workbook, or finds them there. A new certificate of a known person is kept where
 * it may follow their earlier one (`mayFollow`); else the person stays as they are.
 */
export function addPerson(context: ServiceContext, identity: IdentityFile): PersonRow {
  const { workbook } = context;
  const existing = findPerson(workbook, identity.fingerprintSha256);
  if (existing) return existing;
  const known = personByEmail(workbook, identity.email);
  if (known && !mayFollow(workbook, known, identity)) return known;
  return inTransaction(workbook, () => {
    const personId =
      known?.person_id ??
      workbook.run(
        'INSERT INTO people (name, email, role, certificate_pem, fingerprint, added_instant) VALUES (?, ?, ?, ?, ?, ?)',
        identity.name, identity.email, identity.role, identity.certificatePem, identity.fingerprintSha256, context.now(),
      ).lastInsertRowid;
    keepCertificate(context, personId, identity);
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: known ? 'person.certificate' : 'person.add',
      periodId: null,
      subject: `person:${identity.email}`,
      detail: { name: identity.name, role: known?.role ?? identity.role, fingerprint: identity.fingerprintSha256, ...(known ? { before: known.fingerprint } : {}) },
    });
    return personById(workbook, personId)!;
  });
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** RSA with 3072 bits unless stated. */
  readonly algorithm?: IdentityAlgorithm | undefined;
  readonly passPhrase: string;
}

/** Makes an identity on this machine and adds the person to the workbook. */
export async function createPerson(
  context: ServiceContext,
  identitiesFolder: string,
  request: NewPerson,
): Promise<Outcome<Person, 'identity_exists' | 'identity_invalid'>> {
  const taken = personByEmail(context.workbook, request.email);
  const store = identityStore(identitiesFolder);
  if (taken || store.findByEmail(request.email).length > 0) {
    return refused('identity_exists', `${request.email} has an identity already (${taken?.name ?? 'on this machine'}). Choose it, or use another address.`);
  }
  const created = await createIdentity({ ...request, nowInstant: context.now() });
  if (!created.ok) return refused('identity_invalid', created.message);
  store.save(created.value);
  addPerson(context, created.value);
  const person = listPeople(context.workbook, identitiesFolder).find((each) => each.fingerprint === created.value.fingerprintSha256)!;
  return done(person);
}

/**
 * Unlocks an identity of this machine for signing and makes sure the workbook knows the person.
 *
 * @param fingerprint SHA-256 of the certificate, hexadecimal
 */
export function unlockPerson(
  context: ServiceContext,
  identitiesFolder: string,
  fingerprint: string,
  passPhrase: string,
): Outcome<{ readonly signer: Signer; readonly identity: IdentityFile }, SigningFailure> {
  const identity = identityStore(identitiesFolder).findByFingerprint(fingerprint);
  if (!identity) {
    const name = findPerson(context.workbook, fingerprint)?.name ?? 'This person';
    return refused('identity_missing', `${name} cannot sign on this machine: the key is not here. Sign on the machine where the identity was made.`);
  }
  const reason = whyNotNow(context, identity);
  if (reason !== undefined) return refused('identity_refused', reason);
  const unlocked = unlockIdentity(identity, passPhrase);
  return unlocked.ok ? done({ signer: unlocked.value, identity }) : unlocked;
}

/** Why an identity of this machine may not sign in this workbook now; undefined where it may. */
function whyNotNow({ workbook, now }: ServiceContext, identity: IdentityFile): string | undefined {
  const certificate = new X509Certificate(identity.certificatePem);
  const unfit = unfitToSign(certificate, now());
  if (unfit !== undefined) return unfit.message;
  const trust = certificateTrust(certificate, certificatesIn(chainOf(identity)) ?? [], trustBasis(workbook), now(), now());
  if (trust.isTakenAway) {
    const { revokedInstant, reason, statedBy } = trust.revocation!;
    return `The certificate of ${identity.name} is revoked from ${instantWords(revokedInstant)} on (${REVOCATION_REASON_WORDS[reason]}; stated by ${statedBy}). Sign with another identity.`;
  }
  const known = findPerson(workbook, identity.fingerprintSha256) ?? personByEmail(workbook, identity.email);
  if (known === undefined || known.fingerprint === identity.fingerprintSha256) return undefined;
  if (personCertificate(workbook, identity.fingerprintSha256)) {
    return `${known.name} has a newer certificate in this workbook (${known.fingerprint.slice(0, 16)}). Sign with that one.`;
  }
  if (mayFollow(workbook, known, identity)) return undefined;
  return `This workbook knows ${known.name} by another certificate (${known.fingerprint.slice(0, 16)}) and another key. A controller revokes the earlier certificate, or an authority that the workbook trusts issues the new one.`;
}
