/** Attacks on an audit pack: its files, its list of sums, its signed manifest. */
import fs from 'node:fs';
import { signDetached } from '../../../electron/files/signatures/detached';
import { fingerprintOfPem } from '../../../electron/files/signatures/certificate';
import { sha256Hex } from '../../../electron/workbook/hash';
import { forged, itemsOf, textOfItem } from '../signing';
import type { Attack, FoundBy, Sealed } from './attack';

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
];
