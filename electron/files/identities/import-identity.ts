/** An identity from a PKCS #12 file: its key goes under a pass phrase of its own, the file itself is not kept. */
import fs from 'node:fs';
import { type Outcome, refused } from '@shared/domain/outcome';
import type { Role } from '@shared/domain/terms';
import type { IdentityFile2 } from './identity-file';
import { type CertificateFailure, keepIdentity, passPhraseProblem, type PersonFailure } from './keep-identity';
import { type Pkcs12Failure, readPkcs12 } from './pkcs12';

export interface ImportRequest {
  readonly filePath: string;
  /** What opens the file; may be empty. */
  readonly filePassPhrase: string;
  readonly role: Role;
  /** Where the certificate names nobody, or states no address. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** What opens the identity from now on. */
  readonly passPhrase: string;
  readonly nowInstant: number;
}

export type ImportFailure = 'file_missing' | Pkcs12Failure | PersonFailure | CertificateFailure;

export async function importIdentity(request: ImportRequest): Promise<Outcome<IdentityFile2, ImportFailure>> {
  const short = passPhraseProblem(request.passPhrase);
  if (short !== undefined) return short;
  let bytes: Uint8Array;
  try {
    bytes = fs.readFileSync(request.filePath);
  } catch (error) {
    return refused('file_missing', `${request.filePath} cannot be read: ${(error as Error).message}. Check its name and folder.`);
  }
  const read = await readPkcs12(bytes, request.filePassPhrase);
  if (!read.ok) return read;
  return keepIdentity({ ...request, ...read.value, origin: 'imported' });
}
