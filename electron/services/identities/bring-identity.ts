/** An identity from a PKCS #12 file, kept on this machine and known to the workbook. */
import { type Outcome, refused } from '@shared/domain/outcome';
import type { IdentityFile } from '../../files/identities/identity-file';
import { identityStore } from '../../files/identities/identity-store';
import { importIdentity, type ImportFailure, type ImportRequest } from '../../files/identities/import-identity';
import type { ServiceContext } from '../context';
import { addPerson } from '../people';

export type BringFailure = ImportFailure | 'identity_exists';

/** Imports into the folder of this machine; an address has one identity there. */
export async function importHere(identitiesFolder: string, request: ImportRequest): Promise<Outcome<IdentityFile, BringFailure>> {
  const outcome = await importIdentity(request);
  if (!outcome.ok) return outcome;
  const store = identityStore(identitiesFolder);
  if (store.findByEmail(outcome.value.email).length > 0) {
    return refused('identity_exists', `${outcome.value.email} has an identity on this machine already.`);
  }
  store.save(outcome.value);
  return outcome;
}

/** Imports, and adds the person to the workbook. */
export async function bringIdentity(context: ServiceContext, identitiesFolder: string, request: Omit<ImportRequest, 'nowInstant'>): Promise<Outcome<IdentityFile, BringFailure>> {
  const outcome = await importHere(identitiesFolder, { ...request, nowInstant: context.now() });
  if (outcome.ok) addPerson(context, outcome.value);
  return outcome;
}
