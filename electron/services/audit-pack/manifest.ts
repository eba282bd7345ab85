/** The manifest of an audit pack: short lines, signed, that name the workbook, the seal and the list of sums. */
export const PACK_NAMES = { guide: 'CHECK-THIS.txt', sums: 'SHA256SUMS', manifest: 'MANIFEST.txt', signature: 'MANIFEST.sig', signer: 'signer.pem', workbook: 'workbook/workbook.tieout' } as const;
/** What no sum is kept of: the list itself, and what signs it. */
export const UNSUMMED: readonly string[] = [PACK_NAMES.sums, PACK_NAMES.manifest, PACK_NAMES.signature, PACK_NAMES.signer];

const FIRST_LINE = 'Tieout audit pack 1';

export interface Manifest {
  readonly workbook: string;
  readonly period: string;
  /** Of the newest seal of the period. */
  readonly root: string;
  readonly code: string;
  /** Of the certificate that the pack is signed with: SHA-256, hexadecimal. */
  readonly fingerprint: string;
  /** ISO 8601, as the signer's machine has it. */
  readonly made: string;
  readonly sums: string;
}

const KEYS = { workbook: 'workbook', period: 'period', root: 'root', code: 'code', fingerprint: 'fingerprint', made: 'made', sums: 'SHA256SUMS' } as const satisfies Record<keyof Manifest, string>;

export const manifestText = (manifest: Manifest): string =>
  `${[FIRST_LINE, ...Object.entries(KEYS).map(([field, key]) => `${key} ${manifest[field as keyof Manifest]}`)].join('\n')}\n`;

/** What a manifest says; undefined where it is written in any other way than `manifestText` writes it. */
export function readManifest(text: string): Manifest | undefined {
  const values = new Map(text.split('\n').slice(1).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  const manifest = Object.fromEntries(Object.entries(KEYS).map(([field, key]) => [field, values.get(key) ?? ''])) as unknown as Manifest;
  return manifestText(manifest) === text ? manifest : undefined;
}
