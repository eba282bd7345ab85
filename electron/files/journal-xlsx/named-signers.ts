/**
 * Reads back from a journal workbook who was to sign it, and compares that with who did.
 *
 * A package signature cannot tell that another one has been taken away after it; the sign-off sheet, which is signed,
 * names both people, and so can. For files that this application did not write there is nothing to read.
 */
import { childrenNamed, descendantAt, parseXml, textOf, UnreadableXml } from '../signatures/xml-reading';
import { partKey, partsOf, type Part } from '../signatures/opc-package';
import { sheetNames } from '../signatures/part-descriptions';
import type { PackageVerification } from '../signatures/verification';
import { contentOf, readZip, UnreadableZip } from '../signatures/zip-container';
import { SIGN_OFF_SHEET, SIGNER_CELL_NAMES } from './sign-off-sheet';

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export interface NamedSigner {
  readonly part: 'preparer' | 'approver';
  readonly name: string;
  readonly fingerprintSha256: string;
}

function namedCells(parts: ReadonlyMap<string, Part>): ReadonlyMap<string, string> {
  const workbook = parts.get(partKey('/xl/workbook.xml'));
  if (workbook === undefined) return new Map();
  const root = parseXml(contentOf(workbook.item)).documentElement ?? undefined;
  const definitions = childrenNamed(descendantAt(root, SPREADSHEET, 'definedNames'), SPREADSHEET, 'definedName');
  return new Map(definitions.map((one) => [one.getAttribute('name') ?? '', textOf(one)]));
}

function signOffCells(parts: ReadonlyMap<string, Part>): ReadonlyMap<string, string> {
  const sheetKey = [...sheetNames(parts)].find(([, name]) => name === SIGN_OFF_SHEET)?.[0];
  const sheet = sheetKey === undefined ? undefined : parts.get(sheetKey);
  if (sheet === undefined) return new Map();
  const root = parseXml(contentOf(sheet.item)).documentElement ?? undefined;
  const cells = childrenNamed(descendantAt(root, SPREADSHEET, 'sheetData'), SPREADSHEET, 'row').flatMap((row) =>
    childrenNamed(row, SPREADSHEET, 'c'),
  );
  return new Map(cells.map((cell) => [cell.getAttribute('r') ?? '', textOf(childrenNamed(cell, SPREADSHEET, 'v')[0])]));
}

/** Who is to sign the journal in a file; nobody for a file that is no journal of this application. */
export function readNamedSigners(bytes: Uint8Array): NamedSigner[] {
  try {
    const parts = partsOf(readZip(bytes).items);
    const names = namedCells(parts);
    const cells = signOffCells(parts);
    const valueAt = (definedName: string): string =>
      cells.get((names.get(definedName) ?? '').replace(/^.*!/, '').replace(/\$/g, '')) ?? '';
    return (['preparer', 'approver'] as const)
      .map((part) => ({
        part,
        name: valueAt(SIGNER_CELL_NAMES[part].name),
        fingerprintSha256: valueAt(SIGNER_CELL_NAMES[part].fingerprint).replace(/ /g, ''),
      }))
      .filter(({ fingerprintSha256 }) => /^[0-9a-f]{64}$/.test(fingerprintSha256));
  } catch (error) {
    if (error instanceof UnreadableXml || error instanceof UnreadableZip) return [];
    throw error;
  }
}

/** The people named on the sign-off sheet whose valid signature is not in the file. */
export function signersWithoutSignature(
  named: readonly NamedSigner[],
  verification: PackageVerification,
): NamedSigner[] {
  const signed = new Set(
    verification.signatures.filter(({ valid }) => valid).map(({ fingerprintSha256 }) => fingerprintSha256),
  );
  return named.filter(({ fingerprintSha256 }) => !signed.has(fingerprintSha256));
}
