/** Attacks on an audit pack: its files, its list of sums, its signed manifest. */
import fs from 'node:fs';
import path from 'node:path';
import { signDetached } from '../../../electron/files/signatures/detached';
import { fingerprintOfPem } from '../../../electron/files/signatures/certificate';
import { sha256Hex } from '../../../electron/workbook/hash';
import { forged, itemsOf, textOfItem } from '../signing';
import { tamper } from '../tamper';
import type { Attack, FoundBy, Sealed } from './attack';
import { withComment, ZIP_TRICKS } from './zip-tricks';

const WORKBOOK = 'workbook/workbook.tieout';

type Changes = Readonly<Record<string, string | Uint8Array | undefined>>;

const attack = (name: string, named: readonly string[], changes: (bytes: Uint8Array, sealed: Sealed) => Changes, foundBy: FoundBy = 'the file'): Attack => ({
  group: 'audit pack', name, verified: 'pack', foundBy,
  run: ({ packPath, sealed }) => {
    const bytes = new Uint8Array(fs.readFileSync(packPath));
    fs.writeFileSync(packPath, forged(bytes, changes(bytes, sealed)));
    return named;
  },
});

/** A file of the pack that is in its list of sums, changed in its last byte. */
function changedFile(bytes: Uint8Array): readonly [name: string, content: Uint8Array] {
  const [, name = ''] = /^[0-9a-f]{64} {2}(.*\.xlsx)$/m.exec(textOfItem(bytes, 'SHA256SUMS')) ?? [];
  const content = Uint8Array.from(itemsOf(bytes).get(name)!);
  content[content.length - 1]! ^= 1;
  return [name, content];
}

const sumsFor = (bytes: Uint8Array, name: string, content: Uint8Array): string =>
  textOfItem(bytes, 'SHA256SUMS').split('\n').map((line) => (line.endsWith(`  ${name}`) ? `${sha256Hex(content)}  ${name}` : line)).join('\n');

/** The manifest for these sums, signed by a namesake. */
function resigned(bytes: Uint8Array, sums: string, { namesake }: Sealed): Changes {
  const manifest = textOfItem(bytes, 'MANIFEST.txt').replace(/^fingerprint .*$/m, `fingerprint ${fingerprintOfPem(namesake.certificatePem)}`).replace(/^SHA256SUMS .*$/m, `SHA256SUMS ${sha256Hex(sums)}`);
  return { SHA256SUMS: sums, 'MANIFEST.txt': manifest, 'MANIFEST.sig': signDetached(namesake, Buffer.from(manifest)), 'signer.pem': namesake.certificatePem };
}

const rezipped = (name: string, named: readonly string[], change: (bytes: Uint8Array) => Uint8Array): Attack => ({
  group: 'audit pack', name, verified: 'pack', foundBy: 'the file',
  run: ({ packPath }) => {
    fs.writeFileSync(packPath, change(new Uint8Array(fs.readFileSync(packPath))));
    return named;
  },
});

const ZIP: readonly Attack[] = [
  ...ZIP_TRICKS.map(({ name, play, named }) => rezipped(name, named('CHECK-THIS.txt'), (bytes) => play(bytes, 'CHECK-THIS.txt'))),
  rezipped('a comment behind the directory', ['a comment of 4 bytes'], (bytes) => withComment(bytes, 'more')),
];

/** The pack with another workbook in it, its sums and its manifest as they should be. */
function withWorkbook(bytes: Uint8Array, sealed: Sealed, statements: readonly string[]): Changes {
  const folder = fs.mkdtempSync(path.join(sealed.folder, 'workbook-'));
  const inside = path.join(folder, 'workbook.tieout');
  fs.writeFileSync(inside, itemsOf(bytes).get(WORKBOOK)!);
  tamper(inside, 'dropped and put back', (database) => statements.forEach((statement) => database.exec(statement)));
  const content = new Uint8Array(fs.readFileSync(inside));
  fs.rmSync(folder, { recursive: true });
  return { [WORKBOOK]: content, ...resigned(bytes, sumsFor(bytes, WORKBOOK, content), sealed) };
}

export const PACK_ATTACKS: readonly Attack[] = [
  attack('a file changed', ['.xlsx: was SHA-256 '], (bytes) => Object.fromEntries([changedFile(bytes)])),
  attack('a file put in', ['extra.txt: it was added'], () => ({ 'extra.txt': 'x' })),
  attack('a file removed', ['.xlsx: it is listed and is not in the pack'], (bytes) => ({ [changedFile(bytes)[0]]: undefined })),
  attack('a file changed with its sum', ['SHA256SUMS: it is not the list that was signed'], (bytes) => {
    const [name, content] = changedFile(bytes);
    return { [name]: content, SHA256SUMS: sumsFor(bytes, name, content) };
  }),
  attack('the manifest changed', ['MANIFEST.sig: the key of signer.pem did not sign the manifest'], (bytes) => ({ 'MANIFEST.txt': textOfItem(bytes, 'MANIFEST.txt').replace(/^made .*$/m, 'made 2026-01-01T00:00:00Z') })),
  attack('a file changed, the manifest signed by another key', ['it is not the same as in the workbook'], (bytes, sealed) => {
    const [name, content] = changedFile(bytes);
    return { [name]: content, ...resigned(bytes, sumsFor(bytes, name, content), sealed) };
  }),
  attack('nothing but the manifest signed by another key of the same name', [], (bytes, sealed) => resigned(bytes, textOfItem(bytes, 'SHA256SUMS'), sealed), {
    nothing: 'anybody may pack what is whole; verification shows the certificate of who did, and its fingerprint is asked of the person',
  }),
  attack('the workbook in it changed, the manifest signed by another key', ['note was '], (bytes, sealed) => withWorkbook(bytes, sealed, [`UPDATE tags SET note = note || 'x'`])),
  attack('the row that says which workbook it is taken out', ['it has no row that says which workbook it is'], (bytes, sealed) => withWorkbook(bytes, sealed, ['DELETE FROM workbook'])),
  attack('the statement of a seal made unreadable', ['is not locked in the workbook'], (bytes, sealed) => withWorkbook(bytes, sealed, [`UPDATE seals SET statement = '{}'`])),
  ...ZIP,
];
