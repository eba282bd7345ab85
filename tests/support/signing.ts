/**
 * People who sign, a small real workbook to sign, and a forger's tools: change, add and remove items of a package.
 */
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { createIdentity } from '../../electron/files/identities/create-identity';
import type { Role } from '@shared/domain/terms';
import type { IdentityAlgorithm } from '../../electron/files/identities/identity-file';
import { unlockIdentity, type Signer } from '../../electron/files/identities/unlock-identity';
import { writeZip, zipItem } from '../../electron/files/signatures/zip-writing';

export const SIGNED_INSTANT = Date.UTC(2026, 10, 2, 9, 15, 0);
const PASS_PHRASE = 'tally every crate twice';

export async function signerNamed(
  name: string,
  email: string,
  role: Role,
  algorithm: IdentityAlgorithm,
): Promise<Signer> {
  const nowInstant = SIGNED_INSTANT - 86_400_000;
  const identity = await createIdentity({ name, email, role, algorithm, passPhrase: PASS_PHRASE, nowInstant });
  if (!identity.ok) throw new Error(identity.message);
  const signer = unlockIdentity(identity.value, PASS_PHRASE);
  if (!signer.ok) throw new Error(signer.message);
  return signer.value;
}

/** A workbook with two sheets, texts, numbers and a formula, as exceljs writes it. */
export async function smallWorkbook(text = 'Shrinkage & damage'): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.created = new Date(SIGNED_INSTANT);
  workbook.modified = new Date(SIGNED_INSTANT);
  workbook.addWorksheet('Journal').addRows([
    [text, 12.5],
    ['Inventory', -12.5],
    ['Total', { formula: 'SUM(B1:B2)', result: 0 }],
  ]);
  workbook.addWorksheet('Sign-off').addRows([['Prepared by', 'Rosa Marín']]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

export type PackageItems = Map<string, Uint8Array>;

export function itemsOf(bytes: Uint8Array): PackageItems {
  return new Map(Object.entries(unzipSync(bytes)));
}

export function packed(items: PackageItems): Uint8Array {
  return writeZip([...items].map(([name, content]) => zipItem(name, content)));
}

/** The package with some items changed; undefined removes one. Items that are new are added. */
export function forged(
  bytes: Uint8Array,
  changes: Readonly<Record<string, string | Uint8Array | undefined>>,
): Uint8Array {
  const items = itemsOf(bytes);
  for (const [name, content] of Object.entries(changes)) {
    if (content === undefined) items.delete(name);
    else items.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }
  return packed(items);
}

export function textOfItem(bytes: Uint8Array, name: string): string {
  const content = itemsOf(bytes).get(name);
  if (content === undefined) throw new Error(`no item ${name}`);
  return new TextDecoder().decode(content);
}

/** The package with a text inside one item replaced; fails when the text is not there. */
export function withText(bytes: Uint8Array, name: string, from: string, to: string): Uint8Array {
  const before = textOfItem(bytes, name);
  if (!before.includes(from)) throw new Error(`${name} does not hold ${from}`);
  return forged(bytes, { [name]: before.replace(from, to) });
}
