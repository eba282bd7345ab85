/**
 * Verifies a workbook whole: the file, its schema, the audit trail, kept source files, journals, seals.
 *
 * Everything is computed anew; nothing that the workbook says of itself is taken as true. What cannot be found from
 * the file alone is a workbook wholly written anew and sealed by the same person: that needs a seal code lodged outside.
 */
import { inflateSync } from 'node:zlib';
import type { Verification, VerificationCheck } from '@shared/contract/sign-off';
import { formatAmount } from '@shared/domain/money';
import { countText, plural } from '@shared/domain/plural';
import { verifyPackage } from '../../files/signatures/verify-package';
import { chainHead, findChainBreak } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { memoryWorkbook } from '../../workbook/open';
import { sourceFileBySha256 } from '../../workbook/tables/imports';
import type { ReadableWorkbook, SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { workbookRow } from '../workbooks';
import { verifySeals } from './verify-seals';

const check = (name: string, findings: readonly string[], holdsMessage: string, failsMessage: string): VerificationCheck => ({
  name,
  holds: findings.length === 0,
  message: findings.length === 0 ? holdsMessage : failsMessage,
  findings: [...findings],
});

function checkFile(workbook: SqliteWorkbook): VerificationCheck {
  const findings = (workbook.database.pragma('integrity_check(20)') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((finding) => finding !== 'ok');
  const orphans = workbook.database.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[];
  findings.push(...orphans.slice(0, 20).map((orphan) => `${orphan.table}, row ${orphan.rowid}: refers to a row of ${orphan.parent} that is not there`));
  return check('File', findings, 'The database file is sound, and every reference has its row.', 'The database file is not sound.');
}

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

const schemaOf = (workbook: ReadableWorkbook) =>
  new Map(
    workbook
      .all<SchemaObject>(`SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
      .map((object) => [`${object.type} ${object.name}`, object.sql]),
  );

/** Tables, indices and triggers as this version makes them: nothing gone, nothing added, nothing rewritten. */
function checkSchema(workbook: ReadableWorkbook): VerificationCheck {
  const fresh = memoryWorkbook();
  const expected = schemaOf(fresh);
  fresh.database.close();
  const present = schemaOf(workbook);
  const findings = [
    ...[...expected].filter(([name]) => !present.has(name)).map(([name]) => `${name} is gone`),
    ...[...present].filter(([name]) => !expected.has(name)).map(([name]) => `${name} was added`),
    ...[...expected].filter(([name, sql]) => present.has(name) && present.get(name) !== sql).map(([name]) => `${name} was changed`),
  ];
  return check('Schema', findings, `All ${countText(expected.size)} tables, indices and triggers are as Tieout makes them.`, 'Tables or triggers are not as Tieout makes them.');
}

function checkTrail(workbook: ReadableWorkbook): VerificationCheck {
  const broken = findChainBreak(workbook);
  const head = chainHead(workbook);
  return check(
    'Audit trail',
    broken ? [broken.message] : [],
    `${plural(head.sequence, 'event')} in one unbroken chain; head ${head.hash.slice(0, 16)}.`,
    'The audit trail was changed.',
  );
}

/** Node answers the engine too where it is asked to, which its types do not know. */
const inflateWhole = (content: Uint8Array, maxOutputLength: number) =>
  inflateSync(content, { maxOutputLength, info: true }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

function checkSources(workbook: ReadableWorkbook, job: Job): VerificationCheck {
  const files = workbook.all<{ sha256: string; file_name: string; byte_length: number }>('SELECT sha256, file_name, byte_length FROM source_files ORDER BY sha256');
  const findings: string[] = [];
  for (const [index, file] of files.entries()) {
    job.checkCancelled();
    job.progress('Checking source files', index, files.length);
    const { deflated_content: content } = sourceFileBySha256(workbook, file.sha256)!;
    let isAsImported = false;
    try {
      const { buffer, engine } = inflateWhole(content, file.byte_length + 1);
      // What stands behind the end of the stream unpacks to nothing, and was put there.
      isAsImported = sha256Hex(buffer) === file.sha256 && engine.bytesWritten === content.byteLength;
    } catch {
      // Content that cannot be unpacked is content that was changed.
    }
    if (!isAsImported) findings.push(`source_files, ${file.file_name}: the content no longer has the SHA-256 ${file.sha256}`);
  }
  return check('Source files', findings, `${plural(files.length, 'source file is', 'source files are')} as ${files.length === 1 ? 'it was' : 'they were'} imported.`, 'A kept source file was changed.');
}

function checkJournals(workbook: ReadableWorkbook, currency: string): VerificationCheck {
  const findings: string[] = [];
  const journals = workbook.all<{ journal_id: number; number: string; state: string; signed_file: Uint8Array; signers: string }>(
    `SELECT j.journal_id, j.number, j.state, j.signed_file,
            json_array(p.fingerprint, CASE WHEN j.approver_id IS NOT NULL THEN a.fingerprint END) AS signers
     FROM journals j JOIN people p ON p.person_id = j.preparer_id JOIN people a ON a.person_id = j.named_approver_id ORDER BY j.journal_id`,
  );
  for (const journal of journals) {
    const totals = workbook.get<{ debit: number; credit: number }>(
      'SELECT coalesce(sum(debit_minor), 0) AS debit, coalesce(sum(credit_minor), 0) AS credit FROM journal_lines WHERE journal_id = ?',
      journal.journal_id,
    )!;
    if (totals.debit !== totals.credit) {
      findings.push(`journal ${journal.number}: debits ${formatAmount(totals.debit, currency)} and credits ${formatAmount(totals.credit, currency)} differ`);
    }
    const verification = verifyPackage(journal.signed_file);
    findings.push(...verification.findings.map((finding) => `journal ${journal.number}: ${finding.message}`));
    const present = verification.signatures.filter((signature) => signature.valid).map((signature) => signature.fingerprintSha256);
    for (const fingerprint of (JSON.parse(journal.signers) as (string | null)[]).filter((each) => each !== null)) {
      if (!present.includes(fingerprint)) findings.push(`journal ${journal.number}: the signature with certificate ${fingerprint.slice(0, 16)} is not on the file`);
    }
  }
  return check('Journals', findings, `${plural(journals.length, 'journal balances', 'journals balance')}, and ${journals.length === 1 ? 'its' : 'their'} signatures hold.`, 'A journal does not hold.');
}

/** Verifies the workbook; the report says of each part what was checked, and names what differs. */
export function verifyWorkbook(workbook: SqliteWorkbook, job: Job): Verification {
  const checks = [checkFile(workbook), checkSchema(workbook)];
  const row = workbookRow(workbook);
  checks.push(checkTrail(workbook), checkSources(workbook, job), checkJournals(workbook, row.currency), ...verifySeals(workbook, job));
  return { subject: workbook.path, kind: 'workbook', holds: checks.every((each) => each.holds), checks };
}
