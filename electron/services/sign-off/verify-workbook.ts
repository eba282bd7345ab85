/**
 * Verifies a workbook whole: the file, its schema, the audit trail, kept source files, attachments, journals, seals.
 *
 * Everything is computed anew; nothing that the workbook says of itself is taken as true. What cannot be found from
 * the file alone is a workbook wholly written anew and sealed by the same person: that needs a seal code lodged outside.
 */
import type { Verification, VerificationCheck } from '@shared/contract/sign-off';
import { formatAmount } from '@shared/domain/money';
import { countText, plural } from '@shared/domain/plural';
import { verifyPackage } from '../../files/signatures/verify-package';
import { chainHead, findChainBreak } from '../../workbook/audit';
import { memoryWorkbook } from '../../workbook/open';
import { sourceFileBySha256 } from '../../workbook/tables/imports';
import { attachedContent, listAttachedFiles } from '../../workbook/tables/notes';
import { certificatesOfPerson } from '../../workbook/tables/trust';
import type { ReadableWorkbook, SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { keptBytes } from '../kept-content';
import { check } from './check';
import { checkLodged } from './lodged';
import { workbookFacts } from './verification-facts';
import { verifySeals } from './verify-seals';
import { checkTrust } from './verify-trust';

function checkFile(workbook: SqliteWorkbook): VerificationCheck {
  const findings = (workbook.database.pragma('integrity_check(20)') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((finding) => finding !== 'ok');
  try {
    const orphans = workbook.database.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[];
    findings.push(...orphans.slice(0, 20).map((orphan) => `${orphan.table}, row ${orphan.rowid}: refers to a row of ${orphan.parent} that is not there`));
  } catch (error) {
    // What a reference leads to is no table any more: the schema says which.
    findings.push(`references cannot be followed: ${(error as Error).message}`);
  }
  return check('file', 'File', findings, 'The database file is sound, and every reference has its row.', 'The database file is not sound.');
}

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

const schemaOf = (workbook: ReadableWorkbook) =>
  new Map(
    workbook
      // Of SQLite's own objects only those that it makes itself: an index behind a key, what ANALYZE and VACUUM leave.
      .all<SchemaObject>(`SELECT type, name, sql FROM sqlite_schema WHERE NOT (name GLOB 'sqlite_autoindex_*' AND type = 'index' AND sql IS NULL)
        AND NOT (name IN ('sqlite_stat1', 'sqlite_stat4', 'sqlite_sequence') AND type = 'table')`)
      .map((object) => [`${object.type} ${object.name}`, object.sql]),
  );

interface SchemaChecked {
  readonly check: VerificationCheck;
  /** Tables that are gone, or are something else than the table that Tieout makes: a view, columns that are computed. */
  readonly missing: ReadonlySet<string>;
}

/** Tables, indices and triggers as this version makes them: nothing gone, nothing added, nothing rewritten. */
function checkSchema(workbook: ReadableWorkbook): SchemaChecked {
  const fresh = memoryWorkbook();
  const expected = schemaOf(fresh);
  fresh.database.close();
  const present = schemaOf(workbook);
  const findings = [
    ...[...expected].filter(([name]) => !present.has(name)).map(([name]) => `${name} is gone`),
    ...[...present].filter(([name]) => !expected.has(name)).map(([name]) => `${name} was added`),
    ...[...expected].filter(([name, sql]) => present.has(name) && present.get(name) !== sql).map(([name]) => `${name} was changed`),
  ];
  const missing = [...expected].filter(([name, sql]) => name.startsWith('table ') && present.get(name) !== sql).map(([name]) => name.slice('table '.length));
  return {
    check: check('schema', 'Schema', findings, `All ${countText(expected.size)} tables, indices and triggers are as Tieout makes them.`, 'Tables or triggers are not as Tieout makes them.'),
    missing: new Set(missing),
  };
}

function checkTrail(workbook: ReadableWorkbook): VerificationCheck {
  const broken = findChainBreak(workbook);
  const head = chainHead(workbook);
  return check(
    'trail',
    'Audit trail',
    broken ? [broken.message] : [],
    `${plural(head.sequence, 'event')} in one unbroken chain; head ${head.hash.slice(0, 16)}.`,
    'The audit trail was changed.',
  );
}

function checkSources(workbook: ReadableWorkbook, job: Job): VerificationCheck {
  const files = workbook.all<{ sha256: string; file_name: string; byte_length: number }>('SELECT sha256, file_name, byte_length FROM source_files ORDER BY sha256');
  const findings: string[] = [];
  for (const [index, file] of files.entries()) {
    job.checkCancelled();
    job.progress('Checking source files', index, files.length);
    const { deflated_content: content } = sourceFileBySha256(workbook, file.sha256)!;
    const isAsImported = keptBytes(content, { sha256: file.sha256, byteLength: file.byte_length }) !== undefined;
    if (!isAsImported) findings.push(`source_files, ${file.file_name}: the content no longer has the SHA-256 ${file.sha256}`);
  }
  return check('sources', 'Source files', findings, `${plural(files.length, 'source file is', 'source files are')} as ${files.length === 1 ? 'it was' : 'they were'} imported.`, 'A kept source file was changed.');
}

/** Where an attached file stands, as a person knows it. */
function attachedTo(workbook: ReadableWorkbook, sha256: string): string {
  const places = workbook.all<{ file_name: string; sku: string; location: string; period: string }>(
    `SELECT a.file_name, i.sku, l.code AS location, p.code AS period FROM attachments a JOIN periods p USING (period_id)
     JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE a.sha256 = ? ORDER BY a.attachment_id`,
    sha256,
  );
  const [first] = places;
  if (!first) return `file ${sha256.slice(0, 16)}`;
  return `${first.file_name} (${first.sku}, ${first.location}, ${first.period})${places.length > 1 ? ` and ${plural(places.length - 1, 'more line')}` : ''}`;
}

/** The bytes of every attached file against its hash and its size. */
function checkAttachments(workbook: ReadableWorkbook, job: Job): VerificationCheck {
  const files = listAttachedFiles(workbook);
  const findings: string[] = [];
  for (const [index, file] of files.entries()) {
    job.checkCancelled();
    job.progress('Checking attachments', index, files.length);
    const bytes = keptBytes(attachedContent(workbook, file.sha256), { sha256: file.sha256, byteLength: file.byte_length });
    if (bytes === undefined) findings.push(`attached_file_parts, ${attachedTo(workbook, file.sha256)}: the content no longer has the SHA-256 ${file.sha256}`);
    else if (bytes.byteLength !== file.byte_length) findings.push(`attached_files, ${attachedTo(workbook, file.sha256)}: byte_length was ${bytes.byteLength}, is ${file.byte_length}`);
  }
  return check('attachments', 'Attachments', findings, `${plural(files.length, 'attached file is', 'attached files are')} as ${files.length === 1 ? 'it was' : 'they were'} given.`, 'An attached file was changed.');
}

function checkJournals(workbook: ReadableWorkbook): VerificationCheck {
  const findings: string[] = [];
  const journals = workbook.all<{ journal_id: number; number: string; state: string; currency: string; signed_file: Uint8Array; preparer_id: number; approver_id: number | null }>(
    `SELECT journal_id, number, state, currency, signed_file, preparer_id, approver_id FROM journals WHERE state <> 'draft'
     UNION ALL SELECT v.journal_id, j.number || ', version ' || v.version, v.state, j.currency, v.signed_file, v.preparer_id, v.approver_id
     FROM journal_versions v JOIN journals j USING (journal_id) ORDER BY 1, 2`,
  );
  for (const journal of journals) {
    const totals = workbook.get<{ debit: number; credit: number }>(
      'SELECT coalesce(sum(debit_minor), 0) AS debit, coalesce(sum(credit_minor), 0) AS credit FROM journal_lines WHERE journal_id = ?',
      journal.journal_id,
    )!;
    if (totals.debit !== totals.credit) {
      findings.push(`journal ${journal.number}: debits ${formatAmount(totals.debit, journal.currency)} and credits ${formatAmount(totals.credit, journal.currency)} differ`);
    }
    const verification = verifyPackage(journal.signed_file);
    findings.push(...verification.findings.map((finding) => `journal ${journal.number}: ${finding.message}`));
    const present = verification.signatures.filter((signature) => signature.valid).map((signature) => signature.fingerprintSha256);
    for (const personId of [journal.preparer_id, journal.approver_id].filter((each) => each !== null)) {
      const certificates = certificatesOfPerson(workbook, personId).map((row) => row.fingerprint);
      if (!certificates.some((each) => present.includes(each))) {
        findings.push(`journal ${journal.number}: the signature with certificate ${certificates.at(-1)?.slice(0, 16) ?? '(none)'} is not on the file`);
      }
    }
  }
  return check('journals', 'Journals', findings, `${plural(journals.length, 'journal balances', 'journals balance')}, and ${journals.length === 1 ? 'its' : 'their'} signatures hold.`, 'A journal does not hold.');
}

/** What verification reads besides the sealed tables: where one of them is no table, only the file and the schema can be judged. */
const READ_WHOLE = [
  'workbook', 'people', 'person_certificates', 'trusted_roots', 'revocations', 'periods', 'audit_events', 'source_files', 'source_file_parts', 'attached_files',
  'attached_file_parts', 'attachments', 'journals', 'journal_versions', 'journal_lines', 'seals', 'seal_pieces', 'reopenings',
];

/**
 * Verifies the workbook; the report says of each part what was checked, and names what differs.
 *
 * @param lodged a code that was lodged outside, as `readLodgedCode` gives it: the workbook must hold its seal
 */
export function verifyWorkbook(workbook: SqliteWorkbook, job: Job, lodged?: string): Verification {
  const schema = checkSchema(workbook);
  const checks = [checkFile(workbook), schema.check];
  const unreadable = READ_WHOLE.filter((table) => schema.missing.has(table));
  if (unreadable.length > 0) {
    const findings = unreadable.map((table) => `${table}: it is not the table that Tieout makes, and nothing that it answers is taken for a row`);
    checks.push(check('file', 'Content', findings, '', 'The trail, the files, the journals and the seals were not read.'));
  } else {
    checks.push(checkTrail(workbook), checkSources(workbook, job), checkAttachments(workbook, job), checkJournals(workbook), checkTrust(workbook));
    checks.push(...verifySeals(workbook, job, schema.missing));
    if (lodged !== undefined) checks.push(checkLodged(workbook, lodged));
  }
  return { subject: workbook.originPath, kind: 'workbook', holds: checks.every((each) => each.holds), facts: unreadable.length > 0 ? [] : workbookFacts(workbook), checks };
}
