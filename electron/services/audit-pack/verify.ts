/**
 * Verifies an audit pack: the zip file has one reading, every file is as the signed list says, the workbook inside holds, and
 * everything that is data is, byte for byte, what that workbook gives.
 */
import { createHash, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Verification, VerificationCheck } from '@shared/contract/sign-off';
import type { Outcome } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { certificateFacts, fingerprintOfPem } from '../../files/signatures/certificate';
import { verifyDetached } from '../../files/signatures/detached';
import { sha256Hex } from '../../workbook/hash';
import { openWorkbookFile } from '../../workbook/open';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { findPeriodByCode } from '../periods';
import { check } from '../sign-off/check';
import { codeOf, parseStatement, type SealRow } from '../sign-off/seal-statement';
import { verifyWorkbook } from '../sign-off/verify-workbook';
import { findWorkbookRow } from '../workbooks';
import { packFiles } from './contents';
import { type Manifest, PACK_NAMES, readManifest, UNSUMMED } from './manifest';
import { folderForUnpacking, type PackFile, type PackReadFailure, withPack } from './pack-file';

const SAFE_NAME = /^(?!.*(^|\/)[.-])[A-Za-z0-9._/-]+$/;

function checkContainer(pack: PackFile): VerificationCheck {
  const { ambiguities, commentBytes } = pack.contents;
  const findings = [
    ...ambiguities.map(({ message }) => message),
    ...(commentBytes > 0 ? [`There is a comment of ${plural(commentBytes, 'byte')} after the zip directory`] : []),
    ...pack.names.filter((name) => !SAFE_NAME.test(name)).map((name) => `${JSON.stringify(name)} is no name that a pack has`),
    ...pack.bombs().map((name) => `${name} grows as it is unpacked as no file of a pack does`),
  ];
  return check('packContainer', 'Zip file', findings, `${plural(pack.names.length, 'file')}, each named once, nothing beside them.`, 'The zip file can be read in more than one way, or is not one that Tieout made.');
}

function checkSums(pack: PackFile, job: Job): VerificationCheck {
  const lines = pack.text(PACK_NAMES.sums).split('\n').filter((line) => line !== '');
  const findings: string[] = [];
  const listed = new Set<string>();
  for (const [index, line] of lines.entries()) {
    job.progress('Checking files', index, lines.length);
    const [, sum = '', name = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === '' || listed.has(name)) findings.push(`${PACK_NAMES.sums}, line ${index + 1}: ${sum === '' ? 'it is no sum and name' : `${name} is listed twice`}`);
    listed.add(name);
    const found = pack.sum(name, () => job.checkCancelled());
    if (!pack.has(name)) findings.push(`${name || line}: it is listed and is not in the pack`);
    else if (found !== sum) findings.push(`${name}: was SHA-256 ${sum}, is ${found ?? 'not to be unpacked'}`);
  }
  for (const name of pack.names) if (!listed.has(name) && !UNSUMMED.includes(name)) findings.push(`${name}: it was added, ${PACK_NAMES.sums} does not list it`);
  return check('packSums', 'Files', findings, `${plural(lines.length, 'file is', 'files are')} as listed; none is missing, none was added.`, 'Files are not as listed.');
}

/** Whose certificate signed the pack; empty where none did. */
function signerOf(pack: PackFile): string {
  const certificatePem = pack.text(PACK_NAMES.signer);
  const [text, signature] = [PACK_NAMES.manifest, PACK_NAMES.signature].map((name) => pack.bytes(name));
  if (!text || !signature || !verifyDetached(certificatePem, text, signature)) return '';
  const { signerName, signerEmail } = certificateFacts(new X509Certificate(certificatePem));
  return ` of ${signerName} <${signerEmail}>`;
}

function checkManifest(pack: PackFile, manifest: Manifest | undefined): VerificationCheck {
  const [text, signature, sums] = [PACK_NAMES.manifest, PACK_NAMES.signature, PACK_NAMES.sums].map((name) => pack.bytes(name));
  const certificatePem = pack.text(PACK_NAMES.signer);
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

type OpenedInside = Awaited<ReturnType<typeof openWorkbookFile>>;

interface Inside {
  readonly checks: VerificationCheck[];
  readonly facts: Verification['facts'];
}

const notOpened = (finding: string, message: string): Inside => ({ checks: [check('packWorkbook', 'Workbook inside', [`${PACK_NAMES.workbook}: ${finding}`], '', message)], facts: [] });

/** Runs `work` on the workbook inside, which lies in a folder of its own for that long. */
async function withWorkbookInside(pack: PackFile, job: Job, work: (opened: OpenedInside) => Inside): Promise<Inside> {
  const folder = folderForUnpacking();
  try {
    const filePath = path.join(folder, 'workbook.tieout');
    job.progress('Unpacking the workbook', 0, null);
    if (pack.unpack(PACK_NAMES.workbook, filePath, () => job.checkCancelled()) === undefined) return notOpened('it is missing or cannot be unpacked', 'There is no workbook to verify.');
    return work(await openWorkbookFile(filePath, { person: '', now: 0, readOnly: true }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function sumOf(content: Iterable<Uint8Array>, job: Job): string {
  const hash = createHash('sha256');
  for (const piece of content) {
    job.checkCancelled();
    hash.update(piece);
  }
  return hash.digest('hex');
}

/** The manifest, and every file that is made from the workbook, against the workbook. */
function againstWorkbook(workbook: SqliteWorkbook, pack: PackFile, manifest: Manifest | undefined, job: Job): string[] {
  const row = findWorkbookRow(workbook);
  if (!row) return [`${PACK_NAMES.workbook}: it has no row that says which workbook it is`];
  const findings: string[] = [];
  if (manifest?.workbook !== row.workbook_uuid) findings.push(`${PACK_NAMES.manifest}: workbook was ${row.workbook_uuid}, is ${manifest?.workbook ?? 'not named'}`);
  const period = manifest && findPeriodByCode(workbook, manifest.period);
  const seal = period && workbook.get<SealRow>('SELECT * FROM seals WHERE period_id = ? ORDER BY seal_id DESC LIMIT 1', period.periodId);
  const statement = seal && parseStatement(seal.statement);
  if (!period || !seal || !statement || period.state !== 'locked') return [...findings, `${PACK_NAMES.manifest}: period ${manifest?.period ?? ''} is not locked in the workbook`];
  const code = codeOf(statement, seal.root_hash);
  if (seal.root_hash !== manifest.root || code !== manifest.code) findings.push(`${PACK_NAMES.manifest}: root was ${seal.root_hash} (${code}), is ${manifest.root} (${manifest.code})`);
  for (const file of packFiles(workbook, period, row.time_zone)) {
    job.progress('Checking against the workbook', 0, null);
    if (!pack.has(file.name)) findings.push(`${file.name}: the workbook has it, the pack does not`);
    else if (file.isData && sumOf(file.content(), job) !== pack.sum(file.name, () => job.checkCancelled())) findings.push(`${file.name}: it is not the same as in the workbook`);
  }
  return findings;
}

function checkWorkbook(opened: OpenedInside, pack: PackFile, manifest: Manifest | undefined, job: Job): Inside {
  if (!opened.ok) return notOpened(opened.message, 'The workbook cannot be opened.');
  const { workbook } = opened.value;
  try {
    const { checks, facts } = verifyWorkbook(workbook, job);
    const inside = checks.map((each) => ({ ...each, name: `Workbook: ${each.name}` }));
    // Where its schema is not Tieout's, nothing that it answers is held against the pack.
    if (inside.some(({ name, holds }) => !holds && (name === 'Workbook: Schema' || name === 'Workbook: File'))) return { checks: inside, facts };
    const findings = againstWorkbook(workbook, pack, manifest, job);
    return { checks: [...inside, check('packWorkbook', 'Pack against its workbook', findings, 'Journals, source files, attachments, seals and the trail are the same bytes as in the workbook.', 'The pack is not what its workbook gives.')], facts };
  } finally {
    opened.value.close();
  }
}

/** Verifies an audit pack whole, and by itself. */
export function verifyPack(filePath: string, job: Job): Promise<Outcome<Verification, PackReadFailure>> {
  return withPack(filePath, async (pack): Promise<Verification> => {
    const manifest = readManifest(pack.text(PACK_NAMES.manifest));
    const outside = [checkContainer(pack), checkSums(pack, job), checkManifest(pack, manifest)];
    const inside = await withWorkbookInside(pack, job, (opened) => checkWorkbook(opened, pack, manifest, job));
    const checks = [...outside, ...inside.checks];
    const facts = [
      ...(manifest
        ? [{ name: 'Pack', value: `of ${manifest.period}, code ${manifest.code}, made ${manifest.made} by the clock of its signer; certificate ${manifest.fingerprint}${signerOf(pack)}` }, { name: 'Manifest', value: `SHA-256 ${sha256Hex(pack.bytes(PACK_NAMES.manifest) ?? new Uint8Array())}` }]
        : []),
      ...inside.facts,
    ];
    return { subject: path.resolve(filePath), kind: 'pack', holds: checks.every((each) => each.holds), facts, checks };
  });
}
