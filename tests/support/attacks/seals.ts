/** Attacks on seals, reopenings, people and kept files. */
import fs from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { canonicalJson } from '@shared/domain/canonical';
import { fingerprintOfPem } from '../../../electron/files/signatures/certificate';
import { leafOf, type NewSealStatement, signSeal, statementLeaf } from '../../../electron/services/sign-off/seal-statement';
import { sha256Hex } from '../../../electron/workbook/hash';
import { HashTree } from '../../../electron/workbook/hash-tree';
import { tamper } from '../tamper';
import type { Attack, FoundBy, Sealed } from './attack';
import { chained, writeTrail } from './trail';

type Change = (database: Database.Database, sealed: Sealed) => void;

const attackOf = (group: string) => (name: string, named: readonly string[], change: Change | string, foundBy: FoundBy = 'the file'): Attack => ({
  group, name, verified: 'workbook', foundBy,
  run: ({ workbookPath, sealed }) => {
    tamper(workbookPath, 'dropped and put back', (database) => void (typeof change === 'string' ? database.exec(change) : change(database, sealed)));
    return named;
  },
});
const seal = attackOf('seals');
const file = attackOf('kept files');
const person = attackOf('people');
const period = attackOf('period');

interface Piece {
  readonly piece_number: number;
  readonly table_name: string;
  readonly deflated_rows: Buffer;
}

const NEWEST = '(SELECT max(seal_id) FROM seals)';
const statementOf = (database: Database.Database) => JSON.parse(database.prepare(`SELECT statement FROM seals WHERE seal_id = ${NEWEST}`).pluck().get() as string) as NewSealStatement;

/** Writes a piece with other rows, its hash with it. */
function rewritePiece(database: Database.Database, table: string, change: (content: string) => string): void {
  const piece = database.prepare(`SELECT * FROM seal_pieces WHERE seal_id = ${NEWEST} AND table_name = ? ORDER BY piece_number LIMIT 1`).get(table) as Piece;
  const content = change(inflateSync(piece.deflated_rows).toString('utf8'));
  database.prepare(`UPDATE seal_pieces SET deflated_rows = ?, piece_hash = ? WHERE seal_id = ${NEWEST} AND piece_number = ?`).run(deflateSync(content), sha256Hex(content), piece.piece_number);
}

/** The root that follows from what the pieces hold now and the statement: no key is needed for it. */
function rootOf(database: Database.Database, statement: NewSealStatement): string {
  const tree = new HashTree();
  for (const piece of database.prepare(`SELECT * FROM seal_pieces WHERE seal_id = ${NEWEST} ORDER BY piece_number`).all() as Piece[]) {
    for (const line of inflateSync(piece.deflated_rows).toString('utf8').split('\n')) tree.add(leafOf(piece.table_name, line));
  }
  tree.add(statementLeaf(canonicalJson(statement)));
  return tree.root;
}

const writeSeal = (database: Database.Database, statement: NewSealStatement, root: string): void =>
  void database.prepare(`UPDATE seals SET statement = ?, root_hash = ? WHERE seal_id = ${NEWEST}`).run(canonicalJson(statement), root);

/** One figure changed in the lines and in the sealed copy, and the root computed anew. */
function forgedContent(database: Database.Database): void {
  rewritePiece(database, 'lines', (content) => content.replace(/"unit_cost_scaled":(\d+)/, '"unit_cost_scaled":1'));
  database.exec('UPDATE lines SET unit_cost_scaled = 1 WHERE stock_key_id = (SELECT min(stock_key_id) FROM lines)');
}

/** A namesake’s certificate in the place of the controller’s. */
function takePlace(database: Database.Database, pem: string): string {
  const fingerprint = fingerprintOfPem(pem)!;
  const { signerFingerprint } = statementOf(database);
  database.prepare('UPDATE people SET certificate_pem = ?, fingerprint = ? WHERE fingerprint = ?').run(pem, fingerprint, signerFingerprint);
  database.prepare('UPDATE person_certificates SET certificate_pem = ?, fingerprint = ? WHERE fingerprint = ?').run(pem, fingerprint, signerFingerprint);
  return fingerprint;
}

/** Signs the newest seal with a namesake’s key: certificate, statement, root and signature fit each other. */
function signAsNamesake(database: Database.Database, { namesake }: Sealed): { readonly from: string; readonly to: string; readonly root: string } {
  const before = statementOf(database);
  const statement: NewSealStatement = { ...before, signerFingerprint: takePlace(database, namesake.certificatePem) };
  const root = rootOf(database, statement);
  writeSeal(database, statement, root);
  database.prepare(`UPDATE seals SET signature = ? WHERE seal_id = ${NEWEST}`).run(Buffer.from(signSeal(namesake, statement, root)));
  return { from: before.signerFingerprint, to: statement.signerFingerprint, root };
}

/** Swaps one column between two rows of a table. */
const swap = (table: string, column: string, key: string, from: string) => (database: Database.Database): void => {
  const [one, two] = database.prepare(`SELECT ${key} AS key, ${column} AS value FROM ${from} LIMIT 2`).all() as { key: string; value: Buffer | string }[];
  if (Buffer.compare(Buffer.from(one!.value), Buffer.from(two!.value)) === 0) throw new Error(`both hold the same: ${table}.${column}`);
  const set = database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
  set.run(two!.value, one!.key);
  set.run(one!.value, two!.key);
};

export const SEAL_ATTACKS: readonly Attack[] = [
  seal('the root changed', ['seals, period 2026-09: the root does not follow'], `UPDATE seals SET root_hash = CASE WHEN root_hash LIKE 'f%' THEN 'e' ELSE 'f' END || substr(root_hash, 2) WHERE seal_id = ${NEWEST}`),
  seal('the signature changed', ['seals, period 2026-09: the signature of ', ' does not hold'], `UPDATE seals SET signature = x'3006020101020101' WHERE seal_id = ${NEWEST}`),
  seal('the statement changed', ['seals, period 2026-09: the root does not follow'], (database) => writeSeal(database, { ...statementOf(database), override: '' }, database.prepare(`SELECT root_hash FROM seals WHERE seal_id = ${NEWEST}`).pluck().get() as string)),
  seal('the statement and the root changed', ['seals, period 2026-09: the signature of ', ' does not hold'], (database) => {
    const statement = { ...statementOf(database), override: '' };
    writeSeal(database, statement, rootOf(database, statement));
  }),
  seal('the statement made unreadable', ['seals: the statement cannot be read'], `UPDATE seals SET statement = '{}' WHERE seal_id = ${NEWEST}`),
  seal('moved to another signer', ['the certificate is not the one the seal was signed with'], `UPDATE seals SET signer_id = (SELECT min(person_id) FROM people WHERE person_id <> signer_id) WHERE seal_id = ${NEWEST}`),
  seal('another instant of sealing', ['seals, period 2026-09: sealed_instant was '], `UPDATE seals SET sealed_instant = sealed_instant + 1 WHERE seal_id = ${NEWEST}`),
  seal('moved to another period', ['periods, 2026-09: '], `INSERT INTO periods SELECT 99, '2026-08', start_instant - 1, cut_off_instant - 1, window_hours, 'open', NULL, NULL FROM periods; UPDATE seals SET period_id = 99 WHERE seal_id = ${NEWEST}`),
  seal('a piece of the sealed copy changed', ['seal_pieces, piece ', '(lines): the sealed copy was changed'], `UPDATE seal_pieces SET deflated_rows = zeroblob(8) WHERE table_name = 'lines' AND seal_id = ${NEWEST}`),
  seal('a piece of the sealed copy changed with its hash', ['seals, period 2026-09: the root does not follow'], (database) => rewritePiece(database, 'tags', (content) => content.replace('"note":"', '"note":"x'))),
  seal('a piece of the sealed copy deleted', ['seals, period 2026-09: the root does not follow'], `DELETE FROM seal_pieces WHERE seal_id = ${NEWEST} AND table_name = 'tags'`),
  seal('a row and its sealed copy changed alike', ['seals, period 2026-09: the root does not follow'], forgedContent),
  seal('a row, its sealed copy and the root changed alike', ['seals, period 2026-09: the signature of ', ' does not hold'], (database) => {
    forgedContent(database);
    writeSeal(database, statementOf(database), rootOf(database, statementOf(database)));
  }),
  seal('signed by another key of the same name', ['person_certificates, ', 'the trail does not tell of it'], (database, sealed) => void signAsNamesake(database, sealed)),
  seal('signed by another key of the same name, trail and all', ['the signature with certificate ', 'is not on the file'], (database, sealed) => {
    forgedContent(database);
    const before = database.prepare(`SELECT root_hash FROM seals WHERE seal_id = ${NEWEST}`).pluck().get() as string;
    const { from, to, root } = signAsNamesake(database, sealed);
    const events = database.prepare('SELECT * FROM audit_events ORDER BY sequence').all() as Parameters<typeof chained>[0];
    writeTrail(database, chained(events.map((event) => ({ ...event, detail: event.detail.replaceAll(from, to).replaceAll(before, root) }))));
  }),
  seal('deleted', ['periods, 2026-09: ', 'lockings'], `DELETE FROM seal_pieces WHERE seal_id = ${NEWEST}; DELETE FROM seals WHERE seal_id = ${NEWEST}`),
  seal('all deleted', ['periods, 2026-09: locked, but there is no seal'], 'DELETE FROM seal_pieces; DELETE FROM reopenings; DELETE FROM seals'),
  seal('the older one put back', ['periods, 2026-09: the trail tells of 2 lockings'], `DELETE FROM reopenings; DELETE FROM seal_pieces WHERE seal_id = ${NEWEST}; DELETE FROM seals WHERE seal_id = ${NEWEST}`),
  seal('the older one in the place of the newer', ['seals, period 2026-09: '], `UPDATE seals SET (statement, root_hash, signature, sealed_instant) = (SELECT statement, root_hash, signature, sealed_instant FROM seals WHERE seal_id = 1) WHERE seal_id = ${NEWEST}`),
  seal('the reopening deleted', ['reopenings, 2026-09: the trail tells of a reopening whose record is gone'], 'DELETE FROM reopenings'),
  seal('another reason for the reopening', ['reopenings, 2026-09: the signature of '], `UPDATE reopenings SET statement = json_set(statement, '$.reason', 'None')`),
  period('unlocked by plain SQL', ['periods, 2026-09: state was "locked"'], `UPDATE periods SET state = 'open', locked_instant = NULL`),
  period('unlocked, and its seals deleted', ['periods, 2026-09: the trail tells of its locking'], `DELETE FROM seal_pieces; DELETE FROM reopenings; DELETE FROM seals; UPDATE periods SET state = 'open', locked_instant = NULL`),
  file('the bytes of two source files swapped', ['source_files, ', 'the content no longer has the SHA-256'], swap('source_file_parts', 'deflated_content', 'rowid', '(SELECT rowid, deflated_content FROM source_file_parts ORDER BY length(deflated_content) DESC)')),
  file('two imports name each other’s source file', ['imports, import_id ', ': sha256 was '], swap('imports', 'sha256', 'import_id', 'imports')),
  file('a part of a source file deleted', ['source_files, ', 'the content no longer has the SHA-256'], 'DELETE FROM source_file_parts WHERE rowid = (SELECT min(rowid) FROM source_file_parts)'),
  file('bytes put behind the end of a source file', ['source_files, ', 'the content no longer has the SHA-256'], `INSERT INTO source_file_parts SELECT sha256, 999, x'00' FROM source_files LIMIT 1`),
  file('the name of a source file changed', ['source_files, sha256 ', ': file_name was '], `UPDATE source_files SET file_name = 'other.csv' WHERE sha256 = (SELECT min(sha256) FROM source_files)`),
  file('the bytes of two attachments swapped', ['attached_file_parts, ', 'the content no longer has the SHA-256'], swap('attached_file_parts', 'deflated_content', 'sha256', 'attached_file_parts')),
  file('two attachments name each other’s file', ['attachments, attachment_id ', ': sha256 was '], swap('attachments', 'sha256', 'attachment_id', 'attachments')),
  file('a part of an attachment deleted', ['attached_file_parts, ', 'the content no longer has the SHA-256'], 'DELETE FROM attached_file_parts WHERE rowid = (SELECT min(rowid) FROM attached_file_parts)'),
  file('a signed journal in the workbook changed', ['journals, journal_id ', ': signed_file was '], `UPDATE journals SET signed_file = CAST(signed_file || x'00' AS BLOB)`),
  person('the certificate of a person replaced by a namesake’s', ['the certificate is not the one the seal was signed with'], (database, { namesake }) => void takePlace(database, namesake.certificatePem)),
  person('a second certificate given to a person', ['person_certificates, ', 'the trail does not tell of it'], (database, { namesake }) =>
    void database.prepare(`INSERT INTO person_certificates (fingerprint, person_id, certificate_pem, chain_pem, added_instant, added_by) SELECT ?, signer_id, ?, '', sealed_instant, 'Nobody' FROM seals WHERE seal_id = ${NEWEST}`).run(fingerprintOfPem(namesake.certificatePem), namesake.certificatePem)),
  person('a root trusted quietly', ['trusted_roots, ', 'the trail does not tell that it was trusted'], (database, { namesake }) =>
    void database.prepare(`INSERT INTO trusted_roots (fingerprint, name, certificate_pem, trusted_instant, trusted_by) VALUES (?, 'Harbor & Pine', ?, 1, 'Nobody')`).run(fingerprintOfPem(namesake.certificatePem), namesake.certificatePem)),
  person('a root withdrawn quietly', ['trusted_roots, ', 'the trail does not tell that it was withdrawn'], `UPDATE trusted_roots SET withdrawn_instant = 1, withdrawn_by = 'Nobody', withdrawn_why = 'None'`),
  person('a revocation taken back', ['revocations, ', 'gone'], 'DELETE FROM revocations'),
  person('a certificate revoked quietly', ['revocations, ', 'the trail does not tell of it'], `INSERT INTO revocations (fingerprint, issuer_fingerprint, serial_number, revoked_instant, reason, stated_instant, stated_by) SELECT fingerprint, fingerprint, '01', 1, 'left', 1, 'Nobody' FROM people WHERE person_id = 1`),
];

/** What no file can tell of itself. */
export const REBUILT: readonly Attack[] = [
  {
    group: 'rebuilt', name: 'the workbook made anew with another figure, sealed by the same people', verified: 'workbook', foundBy: 'the lodged code',
    run: ({ workbookPath, sealed }) => {
      fs.copyFileSync(sealed.rebuiltPath, workbookPath);
      return ['seals: the lodged code ', 'is of none of them'];
    },
  },
];
