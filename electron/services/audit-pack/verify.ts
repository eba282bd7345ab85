/**
 * Verifies an audit pack: the zip file has one reading, every file is as the signed list says, the workbook inside holds, and
 * everything that is data is, byte for byte, what that workbook gives.
 */
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Verification, VerificationCheck } from '@shared/contract/sign-off';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { fingerprintOfPem } from '../../files/signatures/certificate';
import { verifyDetached } from '../../files/signatures/detached';
import { contentOf, readZip, UnreadableZip, type ZipContents, type ZipItem } from '../../files/signatures/zip-container';
import { sha256Hex } from '../../workbook/hash';
import { openWorkbookFile } from '../../workbook/open';
import type { Job } from '../context';
import { findPeriodByCode } from '../periods';
import { listSeals } from '../sign-off/seal';
import { check } from '../sign-off/check';
import { verifyWorkbook } from '../sign-off/verify-workbook';
import { workbookRow } from '../workbooks';
import { packFiles } from './contents';
import { type Manifest, PACK_NAMES, readManifest, UNSUMMED } from './manifest';

const LIMITS = { itemsMax: 0xffff, contentBytesMax: 16 * 1024 ** 3 };
const SAFE_NAME = /^(?!.*(^|\/)[.-])[A-Za-z0-9._/-]+$/;

export type PackReadFailure = 'file_missing' | 'not_a_pack';

/** The items of a pack, unpacked only when they are asked for. */
export function readPack(filePath: string): Outcome<ZipContents, PackReadFailure> {
  const found = fs.statSync(filePath, { throwIfNoEntry: false });
  if (!found?.isFile()) return refused('file_missing', `${filePath} is not there. Check its name and folder.`);
  try {
    return done(readZip(new Uint8Array(fs.readFileSync(filePath)), LIMITS));
  } catch (error) {
    if (error instanceof UnreadableZip) return refused('not_a_pack', `${path.basename(filePath)} is no audit pack: ${error.message}`);
    throw error;
  }
}

/** The content of an item; undefined where it is missing or cannot be unpacked as the zip file says. */
function bytesOf(item: ZipItem | undefined): Uint8Array | undefined {
  try {
    return item && contentOf(item);
  } catch (error) {
    if (error instanceof UnreadableZip) return undefined;
    throw error;
  }
}

const utf8 = (bytes: Uint8Array | undefined): string => (bytes === undefined ? '' : Buffer.from(bytes).toString('utf8'));

function checkContainer({ items, ambiguities }: ZipContents): VerificationCheck {
  const findings = [...ambiguities.map(({ message }) => message), ...items.filter(({ name }) => !SAFE_NAME.test(name)).map(({ name }) => `${JSON.stringify(name)} is no name that a pack has`)];
  return check('packContainer', 'Zip file', findings, `${plural(items.length, 'file')}, each named once, nothing beside them.`, 'The zip file can be read in more than one way.');
}

function checkSums(items: ReadonlyMap<string, ZipItem>, job: Job): VerificationCheck {
  const lines = utf8(bytesOf(items.get(PACK_NAMES.sums))).split('\n').filter((line) => line !== '');
  const findings: string[] = [];
  const listed = new Set<string>();
  for (const [index, line] of lines.entries()) {
    job.checkCancelled();
    job.progress('Checking files', index, lines.length);
    const [, sum = '', name = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === '' || listed.has(name)) findings.push(`${PACK_NAMES.sums}, line ${index + 1}: ${sum === '' ? 'it is no sum and name' : `${name} is listed twice`}`);
    listed.add(name);
    const item = items.get(name);
    const bytes = bytesOf(item);
    if (!item) findings.push(`${name || line}: it is listed and is not in the pack`);
    else if (bytes === undefined || sha256Hex(bytes) !== sum) findings.push(`${name}: was SHA-256 ${sum}, is ${bytes === undefined ? 'not to be unpacked' : sha256Hex(bytes)}`);
  }
  for (const name of items.keys()) if (!listed.has(name) && !UNSUMMED.includes(name)) findings.push(`${name}: it was added, ${PACK_NAMES.sums} does not list it`);
  return check('packSums', 'Files', findings, `${plural(lines.length, 'file is', 'files are')} as listed; none is missing, none was added.`, 'Files are not as listed.');
}

function checkManifest(items: ReadonlyMap<string, ZipItem>, manifest: Manifest | undefined): VerificationCheck {
  const [text, signature, pem] = [PACK_NAMES.manifest, PACK_NAMES.signature, PACK_NAMES.signer].map((name) => bytesOf(items.get(name)));
  const certificatePem = utf8(pem);
  const sums = bytesOf(items.get(PACK_NAMES.sums));
  const fingerprint = fingerprintOfPem(certificatePem) ?? '';
  const findings = [
    manifest ? undefined : `${PACK_NAMES.manifest}: it is missing, or is not as Tieout writes it`,
    text && signature && verifyDetached(certificatePem, text, signature) ? undefined : `${PACK_NAMES.signature}: the key of ${PACK_NAMES.signer} did not sign the manifest`,
    manifest && manifest.fingerprint !== fingerprint ? `${PACK_NAMES.signer}: was certificate ${manifest.fingerprint}, is ${fingerprint || 'unreadable'}` : undefined,
    manifest && (!sums || sha256Hex(sums) !== manifest.sums) ? `${PACK_NAMES.sums}: it is not the list that was signed` : undefined,
  ].filter((finding) => finding !== undefined);
  const subject = findings.length === 0 ? new X509Certificate(certificatePem).subject.replaceAll('\n', ', ') : '';
  return check('packManifest', 'Signature of the pack', findings, `Signed by ${subject}, certificate ${fingerprint}, ${manifest?.made ?? ''} by their clock.`, 'The signature of the pack does not hold.');
}

/** Runs `work` on the workbook inside, which lies in a folder of its own for that long. */
async function withWorkbookInside(item: ZipItem | undefined, work: (opened: Awaited<ReturnType<typeof openWorkbookFile>>) => VerificationCheck[]): Promise<VerificationCheck[]> {
  const bytes = bytesOf(item);
  if (!bytes) return [check('packWorkbook', 'Workbook inside', [`${PACK_NAMES.workbook}: it is missing or cannot be unpacked`], '', 'There is no workbook to verify.')];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-verify-pack-'));
  try {
    const filePath = path.join(folder, 'workbook.tieout');
    fs.writeFileSync(filePath, bytes);
    return work(await openWorkbookFile(filePath, { person: '', now: 0, readOnly: true }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function checkWorkbook(opened: Awaited<ReturnType<typeof openWorkbookFile>>, items: ReadonlyMap<string, ZipItem>, manifest: Manifest | undefined, job: Job): VerificationCheck[] {
  if (!opened.ok) return [check('packWorkbook', 'Workbook inside', [`${PACK_NAMES.workbook}: ${opened.message}`], '', 'The workbook cannot be opened.')];
  const { workbook } = opened.value;
  try {
    const inside = verifyWorkbook(workbook, job).checks.map((each) => ({ ...each, name: `Workbook: ${each.name}` }));
    // Where its schema is not Tieout's, nothing that it answers is held against the pack.
    if (inside.some(({ name, holds }) => !holds && (name === 'Workbook: Schema' || name === 'Workbook: File'))) return inside;
    const findings: string[] = [];
    const period = manifest && findPeriodByCode(workbook, manifest.period);
    const row = workbookRow(workbook);
    if (manifest?.workbook !== row.workbook_uuid) findings.push(`${PACK_NAMES.manifest}: workbook was ${row.workbook_uuid}, is ${manifest?.workbook ?? 'not named'}`);
    const seal = period && listSeals(workbook, period.periodId).at(-1);
    if (!period || !seal || period.state !== 'locked') findings.push(`${PACK_NAMES.manifest}: period ${manifest?.period ?? ''} is not locked in the workbook`);
    else {
      if (seal.rootHash !== manifest.root || seal.lodgedCode !== manifest.code) findings.push(`${PACK_NAMES.manifest}: root was ${seal.rootHash} (${seal.lodgedCode}), is ${manifest.root} (${manifest.code})`);
      for (const file of packFiles(workbook, period, row.time_zone)) {
        job.checkCancelled();
        const packed = bytesOf(items.get(file.name));
        if (!packed) findings.push(`${file.name}: the workbook has it, the pack does not`);
        else if (file.isData && !Buffer.concat([...file.content()]).equals(packed)) findings.push(`${file.name}: it is not the same as in the workbook`);
      }
    }
    return [...inside, check('packWorkbook', 'Pack against its workbook', findings, 'Journals, source files, attachments, seals and the trail are the same bytes as in the workbook.', 'The pack is not what its workbook gives.')];
  } finally {
    opened.value.close();
  }
}

/** Verifies an audit pack whole, and by itself. */
export async function verifyPack(filePath: string, job: Job): Promise<Outcome<Verification, PackReadFailure>> {
  const zip = readPack(filePath);
  if (!zip.ok) return zip;
  const items = new Map(zip.value.items.map((item) => [item.name, item]));
  const manifest = readManifest(utf8(bytesOf(items.get(PACK_NAMES.manifest))));
  const checks = [
    checkContainer(zip.value), checkSums(items, job), checkManifest(items, manifest),
    ...(await withWorkbookInside(items.get(PACK_NAMES.workbook), (opened) => checkWorkbook(opened, items, manifest, job))),
  ];
  return done({ subject: path.resolve(filePath), kind: 'pack', holds: checks.every((each) => each.holds), checks });
}
