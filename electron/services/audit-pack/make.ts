/**
 * Makes the audit pack of a locked period: one zip file, written item by item, signed by whoever makes it. The workbook is
 * only read.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { AuditPack } from '@shared/contract/audit-pack';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { checkThis } from '../../files/pack/check-this';
import { ZipFileWriter, ZipTooLarge } from '../../files/pack/zip-file-writer';
import { signDetached } from '../../files/signatures/detached';
import { copyCompact } from '../../workbook/backup';
import { sha256Hex } from '../../workbook/hash';
import type { ServiceContext } from '../context';
import { type SigningFailure, unlockPerson } from '../people';
import { findPeriod, periodMissing } from '../periods';
import { listSeals } from '../sign-off/seal';
import { workbookRow } from '../workbooks';
import { packFiles, packJournals, packSeals } from './contents';
import { manifestText, PACK_NAMES } from './manifest';
import { folderForUnpacking } from './pack-file';

export interface PackRequest {
  readonly periodId: number;
  readonly fingerprint: string;
  readonly passPhrase: string;
  readonly path: string;
}

export type PackFailure = 'period_missing' | 'period_open' | SigningFailure | 'file_unwritable' | 'backup_failed' | 'pack_too_large';

const CHUNK_BYTES = 1024 * 1024;

/** A file's bytes, a piece at a time. */
function* chunksOf(filePath: string): Generator<Uint8Array> {
  const file = fs.openSync(filePath, 'r');
  try {
    for (;;) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const read = fs.readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (read === 0) return;
      yield chunk.subarray(0, read);
    }
  } finally {
    fs.closeSync(file);
  }
}

/**
 * Refusals in their order: `period_missing`; `period_open`, since only what is sealed can be proved; those of signing;
 * `backup_failed`, where the copy of the workbook does not verify; `pack_too_large`; `file_unwritable`.
 */
export function makePack(context: ServiceContext, identitiesFolder: string, request: PackRequest): Outcome<AuditPack, PackFailure> {
  const { workbook, job } = context;
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  const seal = listSeals(workbook, period.periodId).at(-1);
  if (period.state !== 'locked' || !seal) return refused('period_open', `${period.code} is open, and an audit pack proves what is sealed. Lock the period first.`);
  const unlocked = unlockPerson(context, identitiesFolder, request.fingerprint, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const { signer, identity } = unlocked.value;
  const folder = folderForUnpacking();
  const partial = `${request.path}.${randomBytes(6).toString('hex')}.partial`;
  let zip: ZipFileWriter | undefined;
  try {
    job.progress('Copying the workbook', 0, null);
    const copyPath = path.join(folder, 'workbook.tieout');
    const copied = copyCompact(workbook, copyPath);
    if (!copied.ok) return copied;
    const { company, time_zone: timeZone, workbook_uuid: uuid } = workbookRow(workbook);
    const guide = checkThis({
      company, periodCode: period.code, workbookPath: PACK_NAMES.workbook, seals: packSeals(workbook, period), journals: packJournals(workbook, period.periodId),
      hasAttachments: workbook.get('SELECT 1 FROM attachments WHERE period_id = ?', period.periodId) !== undefined,
    });
    const files = [
      { name: PACK_NAMES.guide, content: () => [Buffer.from(guide, 'utf8')] },
      ...packFiles(workbook, period, timeZone),
      { name: PACK_NAMES.workbook, content: () => chunksOf(copyPath) },
    ];
    zip = new ZipFileWriter(partial);
    const sums: string[] = [];
    for (const [index, file] of files.entries()) {
      job.checkCancelled();
      job.progress('Packing', index, files.length);
      sums.push(`${zip.add(file.name, watched(file.content(), () => job.checkCancelled()))}  ${file.name}\n`);
    }
    const sumsText = sums.join('');
    const manifest = Buffer.from(manifestText({
      workbook: uuid, period: period.code, root: seal.rootHash, code: seal.lodgedCode, fingerprint: identity.fingerprintSha256,
      made: new Date(context.now()).toISOString(), sums: sha256Hex(sumsText),
    }), 'utf8');
    zip.add(PACK_NAMES.sums, [Buffer.from(sumsText, 'utf8')]);
    zip.add(PACK_NAMES.manifest, [manifest]);
    zip.add(PACK_NAMES.signature, [signDetached(signer, manifest)]);
    zip.add(PACK_NAMES.signer, [Buffer.from(identity.certificatePem, 'utf8')]);
    zip.finish();
    zip = undefined;
    fs.renameSync(partial, request.path);
    return done({
      path: request.path, periodCode: period.code, files: files.length + 4, bytes: fs.statSync(request.path).size, signer: `${identity.name} <${identity.email}>`, fingerprint: identity.fingerprintSha256,
      manifestSha256: sha256Hex(manifest),
    });
  } catch (error) {
    if (error instanceof ZipTooLarge) return refused('pack_too_large', `The pack was not made: ${error.message}. Hand over the workbook itself.`);
    if ((error as NodeJS.ErrnoException).syscall !== undefined) return refused('file_unwritable', `${request.path} cannot be written: ${(error as Error).message}. Choose another place.`);
    throw error;
  } finally {
    zip?.abandon();
    fs.rmSync(partial, { force: true });
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function* watched(chunks: Iterable<Uint8Array>, look: () => void): Generator<Uint8Array> {
  for (const chunk of chunks) {
    look();
    yield chunk;
  }
}
