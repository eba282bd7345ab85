/** `tieout identity`: makes an identity on this machine, or lists those that are there. */
import { z } from 'zod';
import { ROLES } from '@shared/domain/terms';
import { createIdentity } from '../../files/identities/create-identity';
import { identityStore } from '../../files/identities/identity-store';
import { type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, identitiesFolder, neededPassPhrase } from '../session';

export const identityCommand: Command = {
  name: 'identity',
  words: '',
  wordsLeast: 0,
  wordsMost: 0,
  options: {
    name: { type: 'string', value: 'NAME', help: 'the name that signatures show' },
    email: { type: 'string', value: 'EMAIL', help: 'its address' },
    role: { type: 'string', value: 'ROLE', help: ROLES.join(', ') },
    'pass-phrase-file': { type: 'string', value: 'FILE', help: 'holds the pass phrase; else TIEOUT_PASS_PHRASE is read' },
  },
  notes: 'Without --name the identities of this machine are listed. Private keys stay on this machine, encrypted.',
  run: async (args) => {
    const store = identityStore(identitiesFolder());
    const name = args.text('name');
    if (name !== undefined) {
      const email = args.text('email');
      const role = z.enum(ROLES).safeParse(args.text('role'));
      if (email === undefined || !role.success) throw new CommandFailure(`tieout identity needs --email and --role (${ROLES.join(', ')}).`, EXIT.usage);
      if (store.findByEmail(email).length > 0) throw new CommandFailure(`${email} has an identity on this machine already.`, EXIT.refused, 'identity_exists');
      store.save(expectDone(await createIdentity({ name, email, role: role.data, passPhrase: neededPassPhrase(args), nowInstant: Date.now() })));
    }
    const identities = store.list().identities.map(({ name: person, email, role, fingerprintSha256 }) => ({ name: person, email, role, fingerprint: fingerprintSha256 }));
    if (args.flag('json')) printJson({ identities });
    else if (identities.length === 0) printLine('No identity is on this machine.');
    else printLine(table(['name', 'email', 'role', 'fingerprint'], identities.map((each) => [each.name, each.email, each.role, each.fingerprint.slice(0, 16)])));
    return EXIT.done;
  },
};
