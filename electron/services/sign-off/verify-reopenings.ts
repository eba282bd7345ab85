/**
 * Holds the reopenings against seals, people and the trail: each was signed by both over the bytes that are kept, sets aside the seal
 * that it names, and the next seal names it.
 */
import type { VerificationCheck } from '@shared/contract/sign-off';
import { plural } from '@shared/domain/plural';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import { fingerprintOfPem } from '../../files/signatures/certificate';
import { verifyDetached } from '../../files/signatures/detached';
import { sha256Hex } from '../../workbook/hash';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { personById } from '../people';
import { HOW_TO_CHECK } from './how-to-check';
import { parseReopening, type ReopeningRow, type ReopeningStatement } from './reopening-statement';
import { isTree, parseStatement, type SealRow } from './seal-statement';

interface Signature {
  readonly who: string;
  readonly fingerprint: string;
  readonly personId: number | null;
  readonly signature: Uint8Array | null;
}

function signatureFinding(workbook: ReadableWorkbook, row: ReopeningRow, { who, fingerprint, personId, signature }: Signature): string | undefined {
  const person = personId === null ? undefined : personById(workbook, personId);
  if (!person || signature === null) return `${who} is not among those who signed`;
  if (fingerprintOfPem(person.certificate_pem) !== fingerprint) return `the certificate of ${person.email} is not the one that ${who} signed with`;
  return verifyDetached(person.certificate_pem, Buffer.from(row.statement, 'utf8'), signature) ? undefined : `the signature of ${who} does not hold`;
}

function findingsOf(workbook: ReadableWorkbook, row: ReopeningRow, statement: ReopeningStatement, seals: readonly SealRow[]): string[] {
  const { askedBy, agreedBy } = statement;
  const seal = seals.find(({ seal_id }) => seal_id === row.seal_id);
  const next = seals.find(({ seal_id, period_id }) => period_id === row.period_id && seal_id > row.seal_id);
  const nextStatement = next && parseStatement(next.statement);
  const told = workbook
    .all<{ detail: string }>(`SELECT detail FROM audit_events WHERE action = 'period.reopen' AND period_id = ?`, row.period_id)
    .some(({ detail }) => detail.includes(sha256Hex(row.statement)));
  const findings = [
    signatureFinding(workbook, row, { who: askedBy.name, fingerprint: askedBy.fingerprint, personId: row.asker_id, signature: row.asker_signature }),
    agreedBy && signatureFinding(workbook, row, { who: agreedBy.name, fingerprint: agreedBy.fingerprint, personId: row.controller_id, signature: row.controller_signature }),
    agreedBy || statement.noSecondPerson ? undefined : 'nobody agreed to it, and no reason is stated',
    agreedBy?.fingerprint === askedBy.fingerprint ? 'asked and agreed to by the same person' : undefined,
    seal?.root_hash === statement.sealRoot ? undefined : 'the seal that it sets aside is not the one that it names',
    statement.reopenedInstant === row.reopened_instant ? undefined : `reopened_instant was ${statement.reopenedInstant}, is ${row.reopened_instant}`,
    told ? undefined : 'it is not in the trail',
    next && !(nextStatement && isTree(nextStatement) && nextStatement.reopeningHash === sha256Hex(row.statement) && nextStatement.replacesRoot === statement.sealRoot)
      ? 'the next seal of the period does not name it' : undefined,
  ];
  return findings.filter((finding) => typeof finding === 'string').map((finding) => `reopenings, ${statement.periodCode}: ${finding}`);
}

/** One check over all reopenings; none where the workbook never had one. */
export function checkReopenings(workbook: ReadableWorkbook, seals: readonly SealRow[]): VerificationCheck[] {
  const rows = workbook.all<ReopeningRow>('SELECT * FROM reopenings ORDER BY reopening_id');
  const findings = rows.flatMap((row) => {
    const statement = parseReopening(row.statement);
    return statement ? findingsOf(workbook, row, statement, seals) : [`reopenings, ${row.reopening_id}: the statement cannot be read`];
  });
  const lost = workbook.all<{ subject: string }>(
    `SELECT e.subject FROM audit_events e WHERE e.action = 'period.reopen' GROUP BY e.period_id
     HAVING count(*) > (SELECT count(*) FROM reopenings r WHERE r.period_id = e.period_id) ORDER BY e.subject`,
  );
  findings.push(...lost.map(({ subject }) => `reopenings, ${subject.replace('period:', '')}: the trail tells of a reopening whose record is gone`));
  if (rows.length === 0 && findings.length === 0) return [];
  const alone = rows.filter((row) => row.controller_id === null).length;
  const people = alone === 0 ? 'both people' : `those who signed; ${plural(alone, 'was', 'were')} signed by one, with ${NO_SECOND_PERSON}`;
  return [
    {
      name: 'Reopenings',
      holds: findings.length === 0,
      message: findings.length === 0 ? `${plural(rows.length, 'reopening stands', 'reopenings stand')} as signed by ${people}.` : 'A reopening does not hold.',
      findings,
      howToCheck: HOW_TO_CHECK.reopenings,
    },
  ];
}
