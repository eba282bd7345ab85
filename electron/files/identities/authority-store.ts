/** The authorities of this machine, beside its identities: one JSON file each, readable by its owner only. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AuthorityFile } from './identity-file';
import { writeWhole } from './identity-store';
import { identityChecksum } from './key-protection';

const FILE_SUFFIX = '.tieout-authority.json';

export interface AuthorityStore {
  /** By name; a file that is none, or that was changed, is left out. */
  list(): readonly AuthorityFile[];
  find(fingerprintSha256: string): AuthorityFile | undefined;
  save(authority: AuthorityFile): string;
}

function readAuthority(filePath: string): AuthorityFile[] {
  try {
    const parsed = AuthorityFile.safeParse(JSON.parse(readFileSync(filePath, 'utf8')));
    return parsed.success && identityChecksum(parsed.data) === parsed.data.checksumSha256 ? [parsed.data] : [];
  } catch {
    return [];
  }
}

/** The authorities in a folder, which need not exist yet. */
export function authorityStore(folder: string): AuthorityStore {
  const list = () =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => name.endsWith(FILE_SUFFIX))
      .flatMap((name) => readAuthority(path.join(folder, name)))
      .sort((left, right) => left.name.localeCompare(right.name, 'en') || left.createdInstant - right.createdInstant);
  return {
    list,
    find: (fingerprintSha256) => list().find((authority) => authority.fingerprintSha256 === fingerprintSha256.toLowerCase()),
    save: (authority) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const readable = authority.name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').slice(0, 60);
      const filePath = path.join(folder, `${readable}.${authority.fingerprintSha256.slice(0, 16)}${FILE_SUFFIX}`);
      writeWhole(filePath, `${JSON.stringify(AuthorityFile.parse(authority), null, 2)}\n`);
      return filePath;
    },
  };
}
