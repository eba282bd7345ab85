/**
 * People: those the workbook knows, those who can sign on this machine, and who works now.
 *
 * The workbook holds names, roles and certificates; private keys stay outside, see `files/identities`.
 */
import type { Person, Role } from '@shared/contract/people';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { createIdentity } from '../files/identities/create-identity';
import type { IdentityFile } from '../files/identities/identity-file';
import { identityStore } from '../files/identities/identity-store';
import { type Signer, unlockIdentity } from '../files/identities/unlock-identity';
import { appendAudit } from '../workbook/audit';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';

export interface PersonRow {
  readonly person_id: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly certificate_pem: string;
  readonly fingerprint: string;
}

export type SigningFailure = 'identity_missing' | 'wrong_pass_phrase' | 'identity_damaged';

export const findPerson = (workbook: ReadableWorkbook, fingerprint: string): PersonRow | undefined =>
  workbook.get<PersonRow>('SELECT * FROM people WHERE fingerprint = ?', fingerprint);

export const personById = (workbook: ReadableWorkbook, personId: number): PersonRow | undefined =>
  workbook.get<PersonRow>('SELECT * FROM people WHERE person_id = ?', personId);

/** People of the workbook and identities of this machine, each once, by name. */
export function listPeople(workbook: ReadableWorkbook, identitiesFolder: string): Person[] {
  const known = workbook.all<PersonRow>('SELECT * FROM people');
  const { identities } = identityStore(identitiesFolder).list();
  const here = new Set(identities.map((identity) => identity.fingerprintSha256));
  const inWorkbook = new Set(known.map((person) => person.fingerprint));
  return [
    ...known.map((person) => ({
      name: person.name, email: person.email, role: person.role, fingerprint: person.fingerprint,
      canSignHere: here.has(person.fingerprint), inWorkbook: true,
    })),
    ...identities
      .filter((identity) => !inWorkbook.has(identity.fingerprintSha256))
      .map((identity) => ({
        name: identity.name, email: identity.email, role: identity.role, fingerprint: identity.fingerprintSha256,
        canSignHere: true, inWorkbook: false,
      })),
  ].sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

/** Adds the person behind an identity to the workbook, or finds them there. */
export function addPerson(context: ServiceContext, identity: IdentityFile): PersonRow {
  const { workbook } = context;
  const existing = findPerson(workbook, identity.fingerprintSha256);
  if (existing) return existing;
  return inTransaction(workbook, () => {
    workbook.run(
      'INSERT INTO people (name, email, role, certificate_pem, fingerprint, added_instant) VALUES (?, ?, ?, ?, ?, ?)',
      identity.name, identity.email, identity.role, identity.certificatePem, identity.fingerprintSha256, context.now(),
    );
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'person.add',
      periodId: null,
      subject: `person:${identity.email}`,
      detail: { name: identity.name, role: identity.role, fingerprint: identity.fingerprintSha256 },
    });
    return findPerson(workbook, identity.fingerprintSha256)!;
  });
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly passPhrase: string;
}

/** Makes an identity on this machine and adds the person to the workbook. */
export async function createPerson(
  context: ServiceContext,
  identitiesFolder: string,
  request: NewPerson,
): Promise<Outcome<Person, 'identity_exists' | 'identity_invalid'>> {
  const taken = context.workbook.get<PersonRow>('SELECT * FROM people WHERE email = ?', request.email);
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
  const unlocked = unlockIdentity(identity, passPhrase);
  return unlocked.ok ? done({ signer: unlocked.value, identity }) : unlocked;
}
