/**
 * Whom the workbook trusts, held against its trail: certificates of people, roots, revocations.
 */
import type { VerificationCheck } from '@shared/contract/sign-off';
import { plural } from '@shared/domain/plural';
import { fingerprintOfPem } from '../../files/signatures/certificate';
import { listPersonCertificates, listRevocations, listTrustedRoots, type RevocationRow, type TrustedRootRow } from '../../workbook/tables/trust';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { check } from './check';

/** What an event tells; of one that was changed to tell nothing, nothing. */
const told = <T>(detail: string): Partial<T> => (JSON.parse(detail) ?? {}) as Partial<T>;
const detailsOf = <T>(workbook: ReadableWorkbook, action: string): Partial<T>[] =>
  workbook.all<{ detail: string }>('SELECT detail FROM audit_events WHERE action = ? ORDER BY sequence', action).map(({ detail }) => told<T>(detail));

/** As SQLite compares addresses: letters of ASCII only, so that one that merely looks the same stays another. */
const addressOf = (email: string): string => email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** People whom no event brought in under their address and their first certificate. */
function untoldPeople(workbook: ReadableWorkbook): string[] {
  const told = new Set(
    workbook
      .all<{ subject: string; fingerprint: string | null }>(`SELECT subject, detail ->> '$.fingerprint' AS fingerprint FROM audit_events WHERE action = 'person.add'`)
      .map(({ subject, fingerprint }) => `${addressOf(subject)} ${fingerprint ?? ''}`),
  );
  return workbook
    .all<{ email: string; fingerprint: string }>('SELECT email, fingerprint FROM people ORDER BY person_id')
    .filter(({ email, fingerprint }) => !told.has(`person:${addressOf(email)} ${fingerprint}`))
    .map(({ email }) => `people, ${email}: the trail does not tell of them`);
}

/** Revocations that no event stands for: each statement is one row, each list that came in as many as it added. */
function untoldRevocations(workbook: ReadableWorkbook, rows: readonly RevocationRow[]): RevocationRow[] {
  const stated = detailsOf<{ fingerprint: string; fromInstant: number; reason: string }>(workbook, 'certificate.revoke');
  const listed = new Map<string, number>();
  for (const { fingerprint = '', added = 0 } of detailsOf<{ fingerprint: string; added: number }>(workbook, 'revocations.import')) listed.set(fingerprint, (listed.get(fingerprint) ?? 0) + added);
  return rows.filter((row) => {
    const at = stated.findIndex((each) => each.fingerprint === row.fingerprint && each.fromInstant === row.revoked_instant && each.reason === row.reason);
    if (at >= 0) stated.splice(at, 1);
    else if (row.revocation_list_id !== null) listed.set(row.issuer_fingerprint, (listed.get(row.issuer_fingerprint) ?? 0) - 1);
    return at < 0 && (row.revocation_list_id === null || listed.get(row.issuer_fingerprint)! < 0);
  });
}

type RootStory = Pick<TrustedRootRow, 'trusted_instant' | 'trusted_by' | 'withdrawn_instant' | 'withdrawn_by' | 'withdrawn_why'>;

/** What the trail tells of each root, by its fingerprint: one story for each time that it was trusted, in order. */
function toldRoots(workbook: ReadableWorkbook): ReadonlyMap<string, readonly RootStory[]> {
  const stories = new Map<string, RootStory[]>();
  const events = workbook.all<{ action: string; at_instant: number; actor: string; detail: string }>(
    `SELECT action, at_instant, actor, detail FROM audit_events WHERE action IN ('root.trust', 'root.withdraw') ORDER BY sequence`,
  );
  for (const { action, at_instant: instant, actor, detail } of events) {
    const { fingerprint = '', why = '' } = told<{ fingerprint: string; why: string }>(detail);
    const ofRoot = stories.get(fingerprint) ?? [];
    const isOpen = ofRoot.at(-1)?.withdrawn_instant === null;
    if (action === 'root.trust') ofRoot.push({ trusted_instant: instant, trusted_by: actor, withdrawn_instant: null, withdrawn_by: null, withdrawn_why: null });
    else if (isOpen) ofRoot.push({ ...ofRoot.pop()!, withdrawn_instant: instant, withdrawn_by: actor, withdrawn_why: why });
    stories.set(fingerprint, ofRoot);
  }
  return stories;
}

const STORY_COLUMNS = ['trusted_instant', 'trusted_by', 'withdrawn_instant', 'withdrawn_by', 'withdrawn_why'] as const;

/** Where a root is not as the trail tells: by whom and when it was trusted, by whom, when and why it was withdrawn. */
function rootFindings(rows: readonly TrustedRootRow[], stories: ReadonlyMap<string, readonly RootStory[]>): string[] {
  const times = new Map<string, number>();
  return rows.flatMap((row) => {
    const time = times.get(row.fingerprint) ?? 0;
    times.set(row.fingerprint, time + 1);
    const story = stories.get(row.fingerprint)?.[time];
    if (!story) return [`trusted_roots, ${row.name}: the trail does not tell that it was trusted`];
    if (row.withdrawn_instant !== null && story.withdrawn_instant === null) return [`trusted_roots, ${row.name}: the trail does not tell that it was withdrawn`];
    return STORY_COLUMNS.filter((column) => row[column] !== story[column]).map((column) => `trusted_roots, ${row.name}: ${column} is ${JSON.stringify(row[column])}, the trail tells ${JSON.stringify(story[column])}`);
  });
}

/** Certificates, roots and revocations: each is what its fingerprint says, and the audit trail tells of it. */
export function checkTrust(workbook: ReadableWorkbook): VerificationCheck {
  const events = new Set(
    workbook
      .all<{ action: string; detail: string }>(`SELECT action, detail FROM audit_events WHERE action IN ('person.add', 'person.certificate', 'root.withdraw', 'certificate.revoke')`)
      .map(({ action, detail }) => `${action} ${told<{ fingerprint: string }>(detail).fingerprint ?? ''}`),
  );
  const findings = untoldPeople(workbook);
  const certificates = listPersonCertificates(workbook);
  for (const row of certificates) {
    if (fingerprintOfPem(row.certificate_pem) !== row.fingerprint) findings.push(`person_certificates, ${row.fingerprint.slice(0, 16)}: the certificate has another fingerprint`);
    if (!events.has(`person.add ${row.fingerprint}`) && !events.has(`person.certificate ${row.fingerprint}`)) findings.push(`person_certificates, ${row.fingerprint.slice(0, 16)}: the trail does not tell of it`);
  }
  const roots = listTrustedRoots(workbook);
  for (const row of roots) {
    if (fingerprintOfPem(row.certificate_pem) !== row.fingerprint) findings.push(`trusted_roots, ${row.name}: the certificate has another fingerprint`);
  }
  findings.push(...rootFindings(roots, toldRoots(workbook)));
  const withdrawn = new Set(roots.filter((row) => row.withdrawn_instant !== null).map((row) => row.fingerprint));
  for (const each of events) {
    const [action = '', fingerprint = ''] = each.split(' ');
    if (action === 'root.withdraw' && !withdrawn.has(fingerprint)) findings.push(`trusted_roots, ${fingerprint.slice(0, 16)}: the trail tells that it was withdrawn, the table does not`);
  }
  const revocations = listRevocations(workbook);
  const untold = untoldRevocations(workbook, revocations);
  findings.push(...untold.map((row) => `revocations, ${row.fingerprint.slice(0, 16) || row.serial_number}: the trail does not tell of it`));
  const revoked = new Set(revocations.map((row) => row.fingerprint));
  for (const each of events) {
    const [action = '', fingerprint = ''] = each.split(' ');
    if (action === 'certificate.revoke' && !revoked.has(fingerprint)) findings.push(`revocations, ${fingerprint.slice(0, 16)}: the trail tells that the certificate was revoked, the table does not`);
  }
  return check(
    'trust', 'People and roots', findings,
    `${plural(certificates.length, 'certificate')} of people, ${plural(roots.length, 'root')}, ${plural(revocations.length, 'revocation')}: each is the one that the trail tells of.`,
    'A certificate, a root or a revocation is not as the trail tells.',
  );
}
