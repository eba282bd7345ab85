/**
 * Whom the workbook trusts, held against its trail: certificates of people, roots, revocations.
 */
import type { VerificationCheck } from '@shared/contract/sign-off';
import { plural } from '@shared/domain/plural';
import { fingerprintOfPem } from '../../files/signatures/certificate';
import { listPersonCertificates, listRevocations, listTrustedRoots } from '../../workbook/tables/trust';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { check } from './check';

/** Certificates, roots and revocations: each is what its fingerprint says, and the audit trail tells of it. */
export function checkTrust(workbook: ReadableWorkbook): VerificationCheck {
  const told = new Set(
    workbook
      .all<{ action: string; detail: string }>(`SELECT action, detail FROM audit_events WHERE action IN ('person.add', 'person.certificate', 'root.trust', 'root.withdraw', 'certificate.revoke')`)
      .map(({ action, detail }) => `${action} ${String((JSON.parse(detail) as { fingerprint?: unknown }).fingerprint)}`),
  );
  const findings: string[] = [];
  const certificates = listPersonCertificates(workbook);
  for (const row of certificates) {
    if (fingerprintOfPem(row.certificate_pem) !== row.fingerprint) findings.push(`person_certificates, ${row.fingerprint.slice(0, 16)}: the certificate has another fingerprint`);
    if (!told.has(`person.add ${row.fingerprint}`) && !told.has(`person.certificate ${row.fingerprint}`)) findings.push(`person_certificates, ${row.fingerprint.slice(0, 16)}: the trail does not tell of it`);
  }
  const roots = listTrustedRoots(workbook);
  for (const row of roots) {
    if (fingerprintOfPem(row.certificate_pem) !== row.fingerprint) findings.push(`trusted_roots, ${row.name}: the certificate has another fingerprint`);
    if (!told.has(`root.trust ${row.fingerprint}`)) findings.push(`trusted_roots, ${row.name}: the trail does not tell that it was trusted`);
    if (row.withdrawn_instant !== null && !told.has(`root.withdraw ${row.fingerprint}`)) findings.push(`trusted_roots, ${row.name}: the trail does not tell that it was withdrawn`);
  }
  const withdrawn = new Set(roots.filter((row) => row.withdrawn_instant !== null).map((row) => row.fingerprint));
  for (const each of told) {
    const [action = '', fingerprint = ''] = each.split(' ');
    if (action === 'root.withdraw' && !withdrawn.has(fingerprint)) findings.push(`trusted_roots, ${fingerprint.slice(0, 16)}: the trail tells that it was withdrawn, the table does not`);
  }
  const revocations = listRevocations(workbook);
  for (const row of revocations) {
    if (row.revocation_list_id === null && !told.has(`certificate.revoke ${row.fingerprint}`)) findings.push(`revocations, ${row.fingerprint.slice(0, 16)}: the trail does not tell of it`);
  }
  const revoked = new Set(revocations.map((row) => row.fingerprint));
  for (const each of told) {
    const [action = '', fingerprint = ''] = each.split(' ');
    if (action === 'certificate.revoke' && !revoked.has(fingerprint)) findings.push(`revocations, ${fingerprint.slice(0, 16)}: the trail tells that the certificate was revoked, the table does not`);
  }
  return check(
    'trust', 'People and roots', findings,
    `${plural(certificates.length, 'certificate')} of people, ${plural(roots.length, 'root')}, ${plural(revocations.length, 'revocation')}: each is the one that the trail tells of.`,
    'A certificate, a root or a revocation is not as the trail tells.',
  );
}
