/** Certificates of people, trusted roots, revocations: their rows. */
import type { RevocationReason } from '@shared/domain/revocation';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export interface PersonCertificateRow {
  readonly fingerprint: string;
  readonly person_id: number;
  readonly certificate_pem: string;
  readonly chain_pem: string;
  readonly added_instant: number;
  readonly added_by: string;
}

/** Every certificate of the workbook's people, each person's newest last. */
export const listPersonCertificates = (workbook: ReadableWorkbook): PersonCertificateRow[] =>
  workbook.all<PersonCertificateRow>('SELECT * FROM person_certificates ORDER BY person_id, added_instant, rowid');

export const certificatesOfPerson = (workbook: ReadableWorkbook, personId: number): PersonCertificateRow[] =>
  workbook.all<PersonCertificateRow>('SELECT * FROM person_certificates WHERE person_id = ? ORDER BY added_instant, rowid', personId);

export const personCertificate = (workbook: ReadableWorkbook, fingerprint: string): PersonCertificateRow | undefined =>
  workbook.get<PersonCertificateRow>('SELECT * FROM person_certificates WHERE fingerprint = ?', fingerprint);

export function insertPersonCertificate(workbook: WritableWorkbook, row: PersonCertificateRow): void {
  workbook.run(
    'INSERT INTO person_certificates (fingerprint, person_id, certificate_pem, chain_pem, added_instant, added_by) VALUES (?, ?, ?, ?, ?, ?)',
    row.fingerprint, row.person_id, row.certificate_pem, row.chain_pem, row.added_instant, row.added_by,
  );
}

export interface TrustedRootRow {
  readonly trusted_root_id: number;
  readonly fingerprint: string;
  readonly name: string;
  readonly certificate_pem: string;
  readonly trusted_instant: number;
  readonly trusted_by: string;
  readonly withdrawn_instant: number | null;
  readonly withdrawn_by: string | null;
  readonly withdrawn_why: string | null;
}

/** Every root that was ever trusted, oldest first. */
export const listTrustedRoots = (workbook: ReadableWorkbook): TrustedRootRow[] =>
  workbook.all<TrustedRootRow>('SELECT * FROM trusted_roots ORDER BY trusted_root_id');

export function insertTrustedRoot(workbook: WritableWorkbook, row: Pick<TrustedRootRow, 'fingerprint' | 'name' | 'certificate_pem' | 'trusted_instant' | 'trusted_by'>): number {
  return workbook.run(
    'INSERT INTO trusted_roots (fingerprint, name, certificate_pem, trusted_instant, trusted_by) VALUES (?, ?, ?, ?, ?)',
    row.fingerprint, row.name, row.certificate_pem, row.trusted_instant, row.trusted_by,
  ).lastInsertRowid;
}

export function markRootWithdrawn(workbook: WritableWorkbook, trustedRootId: number, withdrawn: { readonly instant: number; readonly by: string; readonly why: string }): void {
  workbook.run(
    'UPDATE trusted_roots SET withdrawn_instant = ?, withdrawn_by = ?, withdrawn_why = ? WHERE trusted_root_id = ?',
    withdrawn.instant, withdrawn.by, withdrawn.why, trustedRootId,
  );
}

export interface RevocationRow {
  readonly revocation_id: number;
  readonly fingerprint: string;
  readonly issuer_fingerprint: string;
  readonly serial_number: string;
  readonly revoked_instant: number;
  readonly reason: RevocationReason;
  readonly stated_instant: number;
  readonly stated_by: string;
  readonly revocation_list_id: number | null;
}

export const listRevocations = (workbook: ReadableWorkbook): RevocationRow[] =>
  workbook.all<RevocationRow>('SELECT * FROM revocations ORDER BY revocation_id');

export function insertRevocation(workbook: WritableWorkbook, row: Omit<RevocationRow, 'revocation_id'>): void {
  workbook.run(
    `INSERT INTO revocations (fingerprint, issuer_fingerprint, serial_number, revoked_instant, reason, stated_instant, stated_by, revocation_list_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.fingerprint, row.issuer_fingerprint, row.serial_number, row.revoked_instant, row.reason, row.stated_instant, row.stated_by, row.revocation_list_id,
  );
}

export interface RevocationListRow {
  readonly revocation_list_id: number;
  readonly issuer_fingerprint: string;
  readonly issued_instant: number;
  readonly content_pem: string;
  readonly added_instant: number;
  readonly added_by: string;
}

/** Every list that is kept, each issuer's newest last. */
export const listRevocationLists = (workbook: ReadableWorkbook): RevocationListRow[] =>
  workbook.all<RevocationListRow>('SELECT * FROM revocation_lists ORDER BY issuer_fingerprint, issued_instant, revocation_list_id');

export function insertRevocationList(workbook: WritableWorkbook, row: Omit<RevocationListRow, 'revocation_list_id'>): number {
  return workbook.run(
    'INSERT INTO revocation_lists (issuer_fingerprint, issued_instant, content_pem, added_instant, added_by) VALUES (?, ?, ?, ?, ?)',
    row.issuer_fingerprint, row.issued_instant, row.content_pem, row.added_instant, row.added_by,
  ).lastInsertRowid;
}
