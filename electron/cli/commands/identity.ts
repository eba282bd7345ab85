/** `tieout identity`: identities of this machine, the firm's own authority, and whom a workbook trusts. */
import path from 'node:path';
import { z } from 'zod';
import { IDENTITY_ALGORITHMS, type IdentityAlgorithm } from '@shared/contract/identities';
import { REVOCATION_REASON_WORDS, REVOCATION_REASONS, type RevocationReason } from '@shared/domain/revocation';
import { type Role, ROLES } from '@shared/domain/terms';
import { authorityStore } from '../../files/identities/authority-store';
import { createIdentity } from '../../files/identities/create-identity';
import type { AuthorityFile } from '../../files/identities/identity-file';
import { identityStore } from '../../files/identities/identity-store';
import { acceptCertificate, issueFor, issueHere, makeAuthority, requestCertificate } from '../../services/identities/authorities';
import { importHere } from '../../services/identities/bring-identity';
import { listIdentities } from '../../services/identities/list-identities';
import { exportRevocations, importRevocations, revokeCertificate } from '../../services/identities/revoke';
import { trustedRoots, trustRoot, withdrawRoot } from '../../services/identities/trusted-roots';
import { lastWorker } from '../../services/working-as';
import { type Arguments, type Command, CommandFailure, EXIT, type ExitCode } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, identitiesFolder, neededIdentity, neededPassPhrase, passPhraseFrom, withWorkbook } from '../session';

const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);

function needed(args: Arguments, word: string, option: string, value: string): string {
  const given = args.text(option);
  if (given === undefined) throw new CommandFailure(`tieout identity ${word} needs --${option} ${value}.`, EXIT.usage);
  return given;
}

function neededWord(args: Arguments, word: string, what: string): string {
  const given = args.words[1];
  if (given === undefined) throw new CommandFailure(`tieout identity ${word} needs ${what}.`, EXIT.usage);
  return given;
}

function neededRole(args: Arguments, word: string): Role {
  const role = z.enum(ROLES).safeParse(args.text('role'));
  if (!role.success) throw new CommandFailure(`tieout identity ${word} needs --role (${ROLES.join(', ')}).`, EXIT.usage);
  return role.data;
}

/** An authority of this machine by its name, or by the first figures of its fingerprint. */
function neededAuthority(args: Arguments, word: string): AuthorityFile {
  const named = needed(args, word, 'authority', 'NAME');
  const found = authorityStore(identitiesFolder()).list().filter((each) => each.name === named || (named.length >= 8 && each.fingerprintSha256.startsWith(named.toLowerCase())));
  if (found.length === 1) return found[0]!;
  const why = found.length === 0 ? `${named} is no authority of this machine.` : `There are ${found.length} authorities called ${named}: give the first figures of a fingerprint.`;
  throw new CommandFailure(`${why} tieout identity authority lists them.`, EXIT.refused, 'authority_missing');
}

function authorityPassPhrase(args: Arguments): string {
  const given = passPhraseFrom(args, 'authority-pass-phrase-file', 'TIEOUT_AUTHORITY_PASS_PHRASE');
  if (given !== undefined) return given;
  throw new CommandFailure('The authority needs its pass phrase: give --authority-pass-phrase-file FILE, or set TIEOUT_AUTHORITY_PASS_PHRASE.', EXIT.usage);
}

/** One line for a person, or the whole for a program. */
function say(args: Arguments, value: object, sentence: string): ExitCode {
  if (args.flag('json')) printJson(value);
  else printLine(sentence);
  return EXIT.done;
}

function printMachine(args: Arguments): ExitCode {
  const identities = identityStore(identitiesFolder()).list().identities.map(({ name, email, role, algorithm, fingerprintSha256 }) => ({ name, email, role, algorithm, fingerprint: fingerprintSha256 }));
  if (args.flag('json')) printJson({ identities });
  else if (identities.length === 0) printLine('No identity is on this machine.');
  else printLine(table(['name', 'email', 'role', 'algorithm', 'fingerprint'], identities.map((each) => [each.name, each.email, each.role, each.algorithm, each.fingerprint.slice(0, 16)])));
  return EXIT.done;
}

function printWorkbook(args: Arguments, workbookPath: string): Promise<ExitCode> {
  return withWorkbook(workbookPath, 'read', (context) => {
    const listed = listIdentities(context.workbook, identitiesFolder(), context.now());
    if (args.flag('json')) printJson(listed);
    else {
      const standing = (each: (typeof listed.identities)[number]) =>
        each.revoked ? `revoked from ${day(each.revoked.fromInstant)}: ${REVOCATION_REASON_WORDS[each.revoked.reason]}` : each.isExpired ? 'expired' : each.trustedBy !== '' ? `trusted by ${each.trustedBy}` : each.isSelfSigned ? 'signed by itself' : `issued by ${each.issuer}`;
      printLine(table(['name', 'email', 'algorithm', 'valid until', 'standing', 'fingerprint'], listed.identities.map((each) => [each.name, each.email, each.algorithm, day(each.validUntilInstant), standing(each), each.fingerprint.slice(0, 16)])));
    }
    return EXIT.done;
  });
}

async function makeNew(args: Arguments): Promise<ExitCode> {
  const name = needed(args, 'new', 'name', 'NAME');
  const email = args.text('email');
  const role = z.enum(ROLES).safeParse(args.text('role'));
  if (email === undefined || !role.success) throw new CommandFailure(`tieout identity needs --email and --role (${ROLES.join(', ')}).`, EXIT.usage);
  const store = identityStore(identitiesFolder());
  if (store.findByEmail(email).length > 0) throw new CommandFailure(`${email} has an identity on this machine already.`, EXIT.refused, 'identity_exists');
  const algorithm = args.needed('algorithm') as IdentityAlgorithm;
  store.save(expectDone(await createIdentity({ name, email, role: role.data, algorithm, passPhrase: neededPassPhrase(args), nowInstant: Date.now() })));
  return printMachine(args);
}

async function bring(args: Arguments): Promise<ExitCode> {
  const filePath = neededWord(args, 'import', 'FILE.p12');
  const role = neededRole(args, 'import');
  const filePassPhrase = passPhraseFrom(args, 'file-pass-phrase-file', 'TIEOUT_FILE_PASS_PHRASE') ?? '';
  expectDone(
    await importHere(identitiesFolder(), { filePath, filePassPhrase, role, name: args.text('name'), email: args.text('email'), passPhrase: neededPassPhrase(args), nowInstant: Date.now() }),
  );
  return printMachine(args);
}

async function authority(args: Arguments): Promise<ExitCode> {
  const name = args.text('name');
  const folder = identitiesFolder();
  if (name !== undefined) {
    expectDone(await makeAuthority(folder, { name, algorithm: args.needed('algorithm') as IdentityAlgorithm, passPhrase: authorityPassPhrase(args), nowInstant: Date.now() }));
  }
  const out = args.text('out');
  const authorities = authorityStore(folder).list();
  if (out !== undefined && authorities.length > 0) {
    const chosen = args.text('authority') === undefined && authorities.length === 1 ? authorities[0]! : neededAuthority(args, 'authority');
    const { writeOut } = await import('../../services/identities/written-file');
    expectDone(writeOut(out, chosen.certificatePem, {}));
  }
  const listed = authorities.map((each) => ({ name: each.name, algorithm: each.algorithm, fingerprint: each.fingerprintSha256 }));
  if (args.flag('json')) printJson({ authorities: listed });
  else if (listed.length === 0) printLine('No authority is on this machine.');
  else printLine(table(['name', 'algorithm', 'fingerprint'], listed.map((each) => [each.name, each.algorithm, each.fingerprint])));
  return EXIT.done;
}

async function issue(args: Arguments): Promise<ExitCode> {
  const issuer = neededAuthority(args, 'issue');
  const requestPath = args.words[1];
  const shared = { authority: issuer.fingerprintSha256, nowInstant: Date.now() };
  if (requestPath !== undefined) {
    const out = needed(args, 'issue', 'out', 'FILE.pem');
    const issued = expectDone(await issueFor(identitiesFolder(), { ...shared, authorityPassPhrase: authorityPassPhrase(args), requestPath, path: out }));
    return say(args, issued, `${issuer.name} issued a certificate to ${issued.name} (${issued.email}): ${issued.path}. It is taken on where the request was written, by tieout identity accept.`);
  }
  const identity = neededIdentity(needed(args, 'issue', 'as', 'EMAIL'));
  const kept = expectDone(await issueHere(identitiesFolder(), { ...shared, authorityPassPhrase: authorityPassPhrase(args), fingerprint: identity.fingerprintSha256, passPhrase: neededPassPhrase(args) }));
  return say(args, { fingerprint: kept.fingerprintSha256 }, `${issuer.name} issued a certificate to ${kept.name}: ${kept.fingerprintSha256.slice(0, 16)}.`);
}

async function request(args: Arguments): Promise<ExitCode> {
  const identity = neededIdentity(needed(args, 'request', 'as', 'EMAIL'));
  const out = needed(args, 'request', 'out', 'FILE.pem');
  const written = expectDone(await requestCertificate(identitiesFolder(), { fingerprint: identity.fingerprintSha256, passPhrase: neededPassPhrase(args), path: out }));
  return say(args, written, `Request of ${identity.name} written: ${written.path}. The authority answers with tieout identity issue.`);
}

function accept(args: Arguments): ExitCode {
  const kept = expectDone(acceptCertificate(identitiesFolder(), { path: neededWord(args, 'accept', 'FILE.pem'), passPhrase: neededPassPhrase(args), nowInstant: Date.now() }));
  return say(args, { fingerprint: kept.fingerprintSha256 }, `${kept.name} signs with the certificate ${kept.fingerprintSha256.slice(0, 16)} from now on.`);
}

function trust(args: Arguments): Promise<ExitCode> {
  const workbookPath = neededWord(args, 'trust', 'WORKBOOK');
  const root = args.text('root');
  if (root === undefined && args.text('authority') === undefined) {
    return withWorkbook(workbookPath, 'read', ({ workbook }) => {
      const roots = trustedRoots(workbook);
      if (args.flag('json')) printJson({ roots });
      else if (roots.length === 0) printLine('This workbook trusts no root.');
      else printLine(table(['name', 'trusted', 'by', 'withdrawn', 'fingerprint'], roots.map((each) => [each.name, day(each.trustedInstant), each.trustedBy, each.withdrawnInstant === null ? '' : `${day(each.withdrawnInstant)}: ${each.withdrawnWhy}`, each.fingerprint.slice(0, 16)])));
      return EXIT.done;
    });
  }
  const source = root === undefined ? { authority: neededAuthority(args, 'trust').fingerprintSha256 } : { path: path.resolve(root) };
  return withWorkbook(workbookPath, 'write', (context) => {
    const trusted = expectDone(trustRoot(context, identitiesFolder(), source));
    return say(args, trusted, `Trusts ${trusted.name}, SHA-256 ${trusted.fingerprint}. Compare it with what the authority states.`);
  });
}

function withdraw(args: Arguments): Promise<ExitCode> {
  const workbookPath = neededWord(args, 'withdraw', 'WORKBOOK');
  const named = needed(args, 'withdraw', 'root', 'NAME');
  const why = needed(args, 'withdraw', 'why', 'TEXT');
  return withWorkbook(workbookPath, 'write', (context) => {
    const found = trustedRoots(context.workbook).find((each) => each.withdrawnInstant === null && (each.name === named || each.fingerprint.startsWith(named.toLowerCase())));
    if (!found) throw new CommandFailure(`This workbook trusts no root ${named}. tieout identity trust WORKBOOK lists them.`, EXIT.refused, 'root_missing');
    const root = expectDone(withdrawRoot(context, { trustedRootId: found.trustedRootId, why }));
    return say(args, root, `Trusts ${root.name} no more: ${root.withdrawnWhy}`);
  });
}

function revoke(args: Arguments): Promise<ExitCode> {
  const workbookPath = neededWord(args, 'revoke', 'WORKBOOK');
  const email = needed(args, 'revoke', 'as', 'EMAIL');
  const from = args.text('day');
  return withWorkbook(workbookPath, 'write', async (context) => {
    const folder = identitiesFolder();
    const listed = listIdentities(context.workbook, folder, context.now()).identities.filter((each) => each.email.toLowerCase() === email.toLowerCase());
    const identity = listed.find((each) => each.revoked === null) ?? listed[0];
    if (!identity) throw new CommandFailure(`${email} is neither of this workbook nor of this machine.`, EXIT.refused, 'certificate_missing');
    const { role } = lastWorker(folder) ?? { role: '' };
    const input = {
      fingerprint: identity.fingerprint,
      fromInstant: from === undefined ? context.now() : Date.parse(`${from}T00:00:00Z`),
      reason: args.needed('reason') as RevocationReason,
      authorityPassPhrase: passPhraseFrom(args, 'authority-pass-phrase-file', 'TIEOUT_AUTHORITY_PASS_PHRASE') ?? '',
    };
    const revoked = expectDone(await revokeCertificate({ ...context, role }, folder, input));
    return say(args, revoked, `Revoked the certificate ${revoked.fingerprint.slice(0, 16)} of ${identity.name} from ${day(input.fromInstant)} on: ${REVOCATION_REASON_WORDS[input.reason]}.`);
  });
}

function revocations(args: Arguments): Promise<ExitCode> {
  const workbookPath = neededWord(args, 'revocations', 'WORKBOOK');
  const list = args.text('list');
  if (list !== undefined) {
    return withWorkbook(workbookPath, 'write', async (context) => {
      const taken = expectDone(await importRevocations(context, path.resolve(list)));
      return say(args, taken, `The list of ${taken.authority} revokes ${taken.revoked}; ${taken.added} of them are new here.`);
    });
  }
  const out = needed(args, 'revocations', 'out', 'FILE');
  const issuer = neededAuthority(args, 'revocations');
  return withWorkbook(workbookPath, 'read', async (context) => {
    const passPhrase = passPhraseFrom(args, 'authority-pass-phrase-file', 'TIEOUT_AUTHORITY_PASS_PHRASE') ?? '';
    const written = expectDone(await exportRevocations(context, identitiesFolder(), { authority: issuer.fingerprintSha256, passPhrase, path: out }));
    return say(args, written, `List of ${issuer.name} with ${written.revoked} revoked written: ${written.path}.`);
  });
}

/** Issued and accepted certificates reach a workbook when their person signs in it; `list WORKBOOK` shows what it knows. */
const WORDS: Readonly<Record<string, (args: Arguments) => Promise<ExitCode> | ExitCode>> = {
  list: (args) => (args.words[1] === undefined ? printMachine(args) : printWorkbook(args, args.words[1])),
  new: makeNew,
  import: bring,
  authority,
  issue,
  request,
  accept,
  trust,
  withdraw,
  revoke,
  revocations,
};

const oneOf = (option: string, known: readonly string[]) => (value: string) =>
  known.includes(value) ? undefined : `--${option} knows ${known.join(', ')}; ${value} is none of them.`;

export const identityCommand: Command = {
  name: 'identity',
  words: '[WORD] [FILE]',
  wordsLeast: 0,
  wordsMost: 2,
  options: {
    name: { type: 'string', value: 'NAME', help: 'new, authority: the name; import: where the certificate has none' },
    email: { type: 'string', value: 'EMAIL', help: 'new: its address; import: where the certificate has none' },
    role: { type: 'string', value: 'ROLE', help: ROLES.join(', ') },
    algorithm: { type: 'string', value: 'ALGORITHM', help: IDENTITY_ALGORITHMS.join(' or '), default: 'rsa-3072', check: oneOf('algorithm', IDENTITY_ALGORITHMS) },
    'pass-phrase-file': { type: 'string', value: 'FILE', help: 'holds the pass phrase; else TIEOUT_PASS_PHRASE is read' },
    'file-pass-phrase-file': { type: 'string', value: 'FILE', help: 'import: opens the .p12; else TIEOUT_FILE_PASS_PHRASE, else empty' },
    as: { type: 'string', value: 'EMAIL', help: 'issue, request, revoke: whose certificate' },
    authority: { type: 'string', value: 'NAME', help: 'an authority of this machine' },
    'authority-pass-phrase-file': { type: 'string', value: 'FILE', help: 'opens it; else TIEOUT_AUTHORITY_PASS_PHRASE is read' },
    root: { type: 'string', value: 'ROOT', help: 'trust: a file with the root; withdraw: its name or fingerprint' },
    list: { type: 'string', value: 'FILE', help: 'revocations: a list (CRL) to take in' },
    day: { type: 'string', value: 'YYYY-MM-DD', help: 'revoke: from the beginning of that day, UTC; else from now', check: (value) => (z.iso.date().safeParse(value).success ? undefined : `--day ${value} is no day. Write it as YYYY-MM-DD.`) },
    reason: { type: 'string', value: 'REASON', help: REVOCATION_REASONS.join(', '), default: 'unspecified', check: oneOf('reason', REVOCATION_REASONS) },
    why: { type: 'string', value: 'TEXT', help: 'withdraw: why' },
    out: { type: 'string', value: 'FILE', help: 'where a request, certificate, root or list is written' },
  },
  notes: [
    'list [WORKBOOK]       identities of this machine, or those of a workbook with their standing',
    'new                   makes one: --name, --email, --role',
    'import FILE.p12       brings one from PKCS #12: --role',
    'authority             lists authorities of this machine; --name makes one; --out writes its root',
    'issue [REQUEST.pem]   a certificate by --authority, for --as EMAIL here or for a request, then --out',
    'request, accept       for an authority elsewhere: --as EMAIL --out FILE.pem; accept FILE.pem',
    'trust WORKBOOK        its roots; --root FILE.pem or --authority adds one; withdraw WORKBOOK --root --why',
    'revoke WORKBOOK       --as EMAIL --reason --day; revocations WORKBOOK writes (--out) or takes in (--list) a CRL',
    '',
    'Private keys stay on this machine, encrypted; the command line keeps no pass phrase.',
  ].join('\n'),
  run: (args) => {
    const word = args.words[0] ?? (args.text('name') === undefined ? 'list' : 'new');
    const act = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (!act) throw new CommandFailure(`tieout identity knows ${Object.keys(WORDS).join(', ')}; ${word} is none of them.`, EXIT.usage);
    return act(args);
  },
};
