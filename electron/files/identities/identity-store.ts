/**
 * A folder of identities: one JSON file each, readable by its owner only, written whole or not at all.
 *
 * The file name is made from the e-mail address and the fingerprint; what counts is the content. Files that are no
 * identity are left alone and listed as unreadable.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { IdentityFile } from './identity-file';
import { identityDamage } from './unlock-identity';

const FILE_SUFFIX = '.tieout-identity.json';
const FILE_BYTES_MAX = 256 * 1024;

export interface UnreadableIdentity {
  readonly fileName: string;
  readonly message: string;
}

export interface IdentityList {
  /** By name, then by fingerprint. */
  readonly identities: readonly IdentityFile[];
  readonly unreadable: readonly UnreadableIdentity[];
}

export interface IdentityStore {
  readonly folder: string;
  list(): IdentityList;
  /** Writes an identity; one with the same fingerprint is replaced. Returns the path of the file. */
  save(identity: IdentityFile): string;
  /** All identities with this e-mail address, without regard to case; the newest first. */
  findByEmail(email: string): readonly IdentityFile[];
  findByFingerprint(fingerprintSha256: string): IdentityFile | undefined;
  /** Takes the file of an identity away, after another has taken its place. */
  remove(identity: IdentityFile): void;
}

function fileNameOf(identity: IdentityFile): string {
  const readable = identity.email
    .toLowerCase()
    .replace(/[^a-z0-9.@_-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, 100);
  return `${readable}.${identity.fingerprintSha256.slice(0, 16)}${FILE_SUFFIX}`;
}

function readIdentity(filePath: string): IdentityFile | string {
  const content = readFileSync(filePath);
  if (content.length > FILE_BYTES_MAX) return `it has ${content.length} bytes, more than an identity has`;
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch {
    return 'it is not JSON';
  }
  const parsed = IdentityFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `it is no identity of format 1 or 2: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'wrong'}`;
  }
  return identityDamage(parsed.data) ?? parsed.data;
}

/** Writes a file that only its owner reads, whole or not at all. */
export function writeWhole(filePath: string, content: string): void {
  const temporaryPath = `${filePath}.${randomBytes(6).toString('hex')}.part`;
  const file = openSync(temporaryPath, 'wx', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
    closeSync(file);
    renameSync(temporaryPath, filePath);
  } catch (error) {
    rmSync(temporaryPath, { force: true });
    throw error;
  }
}

/** The identities in a folder, which need not exist yet. */
export function identityStore(folder: string): IdentityStore {
  const list = (): IdentityList => {
    const identities: IdentityFile[] = [];
    const unreadable: UnreadableIdentity[] = [];
    const fileNames = existsSync(folder) ? readdirSync(folder) : [];
    for (const fileName of fileNames.filter((name) => name.endsWith(FILE_SUFFIX)).sort()) {
      const identity = readIdentity(path.join(folder, fileName));
      if (typeof identity === 'string')
        unreadable.push({ fileName, message: `${fileName} cannot be used: ${identity}.` });
      else identities.push(identity);
    }
    identities.sort(
      (left, right) =>
        left.name.localeCompare(right.name, 'en') ||
        left.fingerprintSha256.localeCompare(right.fingerprintSha256, 'en'),
    );
    return { identities, unreadable };
  };

  return {
    folder,
    list,
    save: (identity) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const filePath = path.join(folder, fileNameOf(identity));
      writeWhole(filePath, `${JSON.stringify(IdentityFile.parse(identity), null, 2)}\n`);
      return filePath;
    },
    findByEmail: (email) =>
      list()
        .identities.filter((identity) => identity.email.toLowerCase() === email.trim().toLowerCase())
        .sort((left, right) => right.createdInstant - left.createdInstant),
    remove: (identity) => rmSync(path.join(folder, fileNameOf(identity)), { force: true }),
    findByFingerprint: (fingerprintSha256) =>
      list().identities.find((identity) => identity.fingerprintSha256 === fingerprintSha256.toLowerCase()),
  };
}
