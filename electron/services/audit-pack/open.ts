/**
 * Opens the workbook in an audit pack for reading: unpacked into a folder of its own, which is gone when it is closed, after
 * its hash was found in the list that the pack's signer signed.
 */
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { PackOrigin } from '@shared/contract/audit-pack';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { certificateFacts, fingerprintOfPem } from '../../files/signatures/certificate';
import { verifyDetached } from '../../files/signatures/detached';
import { sha256Hex } from '../../workbook/hash';
import { type OpenedWorkbook, type OpenFailure, openWorkbookFile } from '../../workbook/open';
import { PACK_NAMES, readManifest } from './manifest';
import { folderForUnpacking, type PackFile, withPack } from './pack-file';

export interface OpenedPack extends OpenedWorkbook {
  readonly pack: PackOrigin;
}

interface Signed {
  readonly origin: PackOrigin;
  /** Of the workbook, as it was signed. */
  readonly workbookSha256: string;
}

/** What the signature of the pack vouches for; a text that says why it vouches for nothing. */
function signedWorkbook(pack: PackFile, name: string): Signed | string {
  const manifest = readManifest(pack.text(PACK_NAMES.manifest));
  if (!manifest) return `${PACK_NAMES.manifest} is missing, or is not as Tieout writes it`;
  const certificatePem = pack.text(PACK_NAMES.signer);
  const [text, signature, sums] = [PACK_NAMES.manifest, PACK_NAMES.signature, PACK_NAMES.sums].map((each) => pack.bytes(each));
  if (!text || !signature || !verifyDetached(certificatePem, text, signature) || manifest.fingerprint !== fingerprintOfPem(certificatePem)) {
    return `the key of ${PACK_NAMES.signer} did not sign ${PACK_NAMES.manifest}`;
  }
  if (!sums || sha256Hex(sums) !== manifest.sums) return `${PACK_NAMES.sums} is not the list that was signed`;
  const [, workbookSha256] = new RegExp(`^([0-9a-f]{64}) {2}${PACK_NAMES.workbook}$`, 'm').exec(pack.text(PACK_NAMES.sums)) ?? [];
  if (workbookSha256 === undefined) return `${PACK_NAMES.sums} does not list ${PACK_NAMES.workbook}`;
  const { signerName, signerEmail } = certificateFacts(new X509Certificate(certificatePem));
  const origin = { name, periodCode: manifest.period, signer: signerEmail === '' ? signerName : `${signerName} <${signerEmail}>`, fingerprint: manifest.fingerprint, made: manifest.made };
  return { origin, workbookSha256 };
}

/**
 * Opens the workbook of a pack. It is never written; `originPath` is that of the pack, beside which an auditor's file lies.
 *
 * Refusals: `file_missing`; `not_a_workbook`, where it is no pack; `workbook_damaged`, where the workbook in it is not the one
 * that was signed; those of opening.
 */
export async function openPackedWorkbook(
  filePath: string, person: string, now: number, checksLater: boolean,
): Promise<Outcome<OpenedPack, OpenFailure>> {
  const name = path.basename(filePath);
  const notAsSigned = (why: string) =>
    refused('workbook_damaged', `The workbook in ${name} was not opened: ${why}. tieout verify names all that differs; ask whoever made the pack for another copy.`);
  const folder = folderForUnpacking();
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  let isOpen = false;
  try {
    const workbookPath = path.join(folder, 'workbook.tieout');
    const unpacked = await withPack(filePath, (pack): Outcome<Signed, OpenFailure> => {
      const signed = signedWorkbook(pack, name);
      if (typeof signed === 'string') return notAsSigned(signed);
      const sum = pack.unpack(PACK_NAMES.workbook, workbookPath, () => undefined);
      if (sum === signed.workbookSha256) return done(signed);
      return notAsSigned(`it was SHA-256 ${signed.workbookSha256}, is ${sum ?? 'missing or not to be unpacked'}`);
    });
    if (!unpacked.ok) return unpacked.failure === 'file_missing' ? refused('file_missing', unpacked.message) : refused('not_a_workbook', unpacked.message);
    if (!unpacked.value.ok) return unpacked.value;
    const { origin } = unpacked.value.value;
    const opened = await openWorkbookFile(workbookPath, { person, now, readOnly: true, checksLater, originPath: path.resolve(filePath) });
    if (!opened.ok) return opened;
    isOpen = true;
    return done({
      ...opened.value,
      pack: origin,
      readOnlyReason: `Read from the audit pack ${name}, signed by ${origin.signer}.`,
      close: () => {
        opened.value.close();
        remove();
      },
    });
  } finally {
    if (!isOpen) remove();
  }
}
