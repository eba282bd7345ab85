/**
 * People and their identities: a name, a role, a key pair. The private key lies outside the workbook, encrypted under
 * the person's pass phrase.
 */
import { z } from 'zod';
import { ROLES } from '../domain/terms';
import { type ContractArea, Nothing } from './call';
import { IdentityAlgorithm } from './identities';

export { ROLES, type Role } from '../domain/terms';
const RoleField = z.enum(ROLES);

export const Person = z.strictObject({
  name: z.string(),
  email: z.string(),
  role: RoleField,
  fingerprint: z.string(),
  /** The private key is on this machine, so this person can sign here. */
  canSignHere: z.boolean(),
  /** Known to this workbook. */
  inWorkbook: z.boolean(),
});
export type Person = z.infer<typeof Person>;

export const peopleContract = {
  /** People of the workbook and identities of this machine, each once. */
  'people:list': { input: Nothing, output: z.array(Person), failures: [] },
  /** Makes a key pair and certificate, keeps the encrypted key on this machine and adds the person to the workbook. */
  'people:createIdentity': {
    input: z.strictObject({
      name: z.string().trim().min(1).max(200),
      email: z.email(),
      role: RoleField,
      algorithm: IdentityAlgorithm.optional(),
      passPhrase: z.string().min(8).max(500),
    }),
    output: Person,
    failures: ['identity_exists', 'identity_invalid'],
    writes: true,
  },
  /** Whoever works from now on: audit events carry this name. */
  'people:workAs': { input: z.strictObject({ fingerprint: z.string() }), output: Person, failures: ['identity_missing'] },
} as const satisfies ContractArea;
