/**
 * What an audit pack of a locked period holds beside the workbook itself: each file by its name in the pack, made when it is
 * written. The data among them are made anew from the workbook inside a pack when that is verified, and have to be the same bytes.
 */
import type { Period } from '@shared/contract/workbook';
import { REPORT_IDS, REPORT_LINES_SHOWN } from '@shared/domain/report';
import { evidenceHtml } from '../../files/evidence-html';
import { writeReportHtml } from '../../files/report/write-html';
import { sourceFileBySha256 } from '../../workbook/tables/imports';
import { attachedContent } from '../../workbook/tables/notes';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { trailLines } from '../audit-trail';
import { evidenceOf } from '../imports/life/evidence';
import { keptBytes } from '../kept-content';
import { usualPaper } from '../paper';
import { readReport } from '../reports/index';
import { sealFiles } from '../sign-off/prove-row';
import { isTree, leafOf, parseStatement, type SealRow, statementLeaf } from '../sign-off/seal-statement';
import { sealedLines } from '../sign-off/sealed-copy';

export interface PackFile {
  /** With slashes; letters, figures, points, hyphens and underscores only. */
  readonly name: string;
  /** Data follow from the workbook alone; pages for reading may be laid out otherwise by another version. */
  readonly isData: boolean;
  content(): Iterable<Uint8Array>;
}

const NAME_CHARACTERS_MAX = 100;

/** A file's own name as one that no program takes for a path, an option or something hidden. */
export function safeName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^[.-]+/, '_');
  return plain.slice(-NAME_CHARACTERS_MAX) || '_';
}

const text = (...pieces: readonly string[]): Iterable<Uint8Array> => pieces.map((piece) => Buffer.from(piece, 'utf8'));

export interface PackJournal {
  readonly path: string;
  /** The table and the condition that hold it. */
  readonly from: string;
  readonly signedFile: Uint8Array;
}

/** The signed journals of a period, each version as it was signed. */
export function packJournals(workbook: ReadableWorkbook, periodId: number): PackJournal[] {
  const newest = workbook.all<{ journal_id: number; number: string; signed_file: Uint8Array }>(
    'SELECT journal_id, number, signed_file FROM journals WHERE period_id = ? AND signed_file IS NOT NULL ORDER BY journal_id', periodId,
  );
  const earlier = workbook.all<{ journal_id: number; number: string; version: number; signed_file: Uint8Array }>(
    'SELECT journal_id, j.number, v.version, v.signed_file FROM journal_versions v JOIN journals j USING (journal_id) WHERE j.period_id = ? ORDER BY journal_id, v.version', periodId,
  );
  return [
    ...newest.map((each) => ({ path: `journals/${safeName(each.number)}.xlsx`, from: `journals WHERE journal_id = ${each.journal_id}`, signedFile: each.signed_file })),
    ...earlier.map((each) => ({
      path: `journals/${safeName(each.number)}-version-${each.version}.xlsx`,
      from: `journal_versions WHERE journal_id = ${each.journal_id} AND version = ${each.version}`,
      signedFile: each.signed_file,
    })),
  ];
}

interface KeptFile {
  readonly sha256: string;
  readonly file_name: string;
  readonly byte_length: number;
}

/** A kept file; what was changed in the workbook is as it is now, so that it shows. */
function keptFile(folder: string, { sha256, file_name, byte_length }: KeptFile, deflated: () => Uint8Array): PackFile {
  return {
    name: `${folder}/${sha256}/${safeName(file_name)}`,
    isData: true,
    content: () => [keptBytes(deflated(), { sha256, byteLength: byte_length }) ?? Buffer.alloc(0)],
  };
}

function keptFiles(workbook: ReadableWorkbook, periodId: number): PackFile[] {
  const sources = workbook.all<KeptFile>('SELECT sha256, file_name, byte_length FROM source_files WHERE sha256 IN (SELECT sha256 FROM imports WHERE period_id = ?)', periodId);
  const attached = workbook.all<KeptFile>(
    'SELECT f.sha256, min(a.file_name) AS file_name, f.byte_length FROM attached_files f JOIN attachments a USING (sha256) WHERE a.period_id = ? GROUP BY f.sha256', periodId,
  );
  return [
    ...sources.map((file) => keptFile('sources', file, () => sourceFileBySha256(workbook, file.sha256)!.deflated_content)),
    ...attached.map((file) => keptFile('attachments', file, () => attachedContent(workbook, file.sha256))),
  ];
}

function* leavesOf(workbook: ReadableWorkbook, seal: SealRow): Generator<Uint8Array> {
  const tables = workbook.all<{ table_name: string }>('SELECT table_name FROM seal_pieces WHERE seal_id = ? GROUP BY table_name ORDER BY min(piece_number)', seal.seal_id);
  for (const { table_name: table } of tables) {
    for (const line of sealedLines(workbook, seal.seal_id, table)) yield Buffer.from(`${leafOf(table, line)}\n`, 'utf8');
  }
  yield Buffer.from(`${statementLeaf(seal.statement)}\n`, 'utf8');
}

export interface PackSeal {
  readonly stem: string;
  readonly hasLeaves: boolean;
  readonly files: readonly PackFile[];
}

/** Every seal of the period in order, those that were set aside too. */
export function packSeals(workbook: ReadableWorkbook, period: Period): PackSeal[] {
  const seals = workbook.all<SealRow>('SELECT * FROM seals WHERE period_id = ? ORDER BY seal_id', period.periodId);
  return seals.map((seal, index) => {
    const stem = `seal/seal-${period.code}-${index + 1}`;
    const statement = parseStatement(seal.statement);
    const hasLeaves = statement !== undefined && isTree(statement);
    const files = Object.entries(sealFiles(workbook, period.periodId, index + 1) ?? {}).map(([name, bytes]): PackFile => ({ name: `seal/${name}`, isData: true, content: () => [bytes] }));
    return { stem, hasLeaves, files: [...files, ...(hasLeaves ? [{ name: `${stem}.leaves.txt`, isData: true, content: () => leavesOf(workbook, seal) }] : [])] };
  });
}

function reportPages(workbook: ReadableWorkbook, period: Period, timeZone: string): PackFile[] {
  return REPORT_IDS.flatMap((report) => {
    const request = { periodId: period.periodId, report, location: null, systems: { left: 'erp', right: 'storefront' }, linesMax: REPORT_LINES_SHOWN } as const;
    const read = readReport(workbook, request);
    return read.ok ? [{ name: `reports/${report}.html`, isData: false, content: () => text(writeReportHtml(read.value, usualPaper(timeZone))) }] : [];
  });
}

function evidencePages(workbook: ReadableWorkbook, periodId: number): PackFile[] {
  return workbook.all<{ import_id: number }>('SELECT import_id FROM imports WHERE period_id = ? ORDER BY import_id', periodId).map(({ import_id: importId }) => ({
    name: `evidence/import-${importId}.html`,
    isData: false,
    content: () => {
      const sheet = evidenceOf(workbook, importId);
      if (!sheet.ok) throw new Error(sheet.message);
      return text(evidenceHtml(sheet.value));
    },
  }));
}

/** Every file that is made from the workbook, in the order of their names. */
export function packFiles(workbook: ReadableWorkbook, period: Period, timeZone: string): PackFile[] {
  const files: PackFile[] = [
    ...packJournals(workbook, period.periodId).map(({ path, signedFile }): PackFile => ({ name: path, isData: true, content: () => [signedFile] })),
    ...keptFiles(workbook, period.periodId),
    ...packSeals(workbook, period).flatMap(({ files: ofSeal }) => ofSeal),
    { name: 'trail/events.jsonl', isData: true, content: () => trailLines(workbook) },
    ...reportPages(workbook, period, timeZone),
    ...evidencePages(workbook, period.periodId),
  ];
  return files.sort((left, right) => (left.name < right.name ? -1 : 1));
}
