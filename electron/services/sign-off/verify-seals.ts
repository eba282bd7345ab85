/**
 * Holds the seals against the workbook: signature, root, the sealed copy, and for the seal that stands every row as it is now.
 *
 * A difference is named by table, key and column, with what the sealed copy says and what stands there now. A seal that was set
 * aside by a reopening is held against its own copy: the rows have gone on since.
 */
import type { VerificationCheck } from '@shared/contract/sign-off';
import { instantWords } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { fingerprintOfPem } from '../../files/signatures/certificate';
import type { AuditEventRow } from '../../workbook/audit';
import { certificatesOfPerson } from '../../workbook/tables/trust';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { personById } from '../people';
import { differencesOf, keyText, type LineOfTable, linesOf, linesOfRows, shown } from './compare-rows';
import { HOW_TO_CHECK } from './how-to-check';
import { reopeningOfSeal } from './reopening-statement';
import { codeOf, isTree, openAnswers, parseStatement, type SealRow, sealSignatureHolds, type SealStatement } from './seal-statement';
import { readCopy, type SealedCopy, sealedLines } from './sealed-copy';
import { SEALED_TABLES, type SealedRow, sealedRows, type SealedTable } from './sealed-content';
import { checkReopenings } from './verify-reopenings';

/** Of a workbook that was changed in many places the first differences are named and the rest counted. */
const FINDINGS_NAMED = 100;

/** Collects differences: names the first, counts the rest. */
class Findings {
  readonly named: string[] = [];
  #further = 0;

  add(finding: string): void {
    if (this.named.length < FINDINGS_NAMED) this.named.push(finding);
    else this.#further += 1;
  }

  /** All that were found, named or not. */
  get total(): number {
    return this.named.length + this.#further;
  }

  get all(): string[] {
    return this.#further > 0 ? [...this.named, `and ${plural(this.#further, 'further difference')}`] : this.named;
  }
}

/** SKU and location behind a stock key, so that a person knows the line a difference is about. */
function lineName(workbook: ReadableWorkbook, row: SealedRow): string {
  const key = row['stock_key_id'];
  if (typeof key !== 'number') return '';
  const name = workbook.get<{ sku: string; code: string }>(
    'SELECT i.sku, l.code FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE k.stock_key_id = ?',
    key,
  );
  return name ? ` (${name.sku}, ${name.code})` : '';
}

/** The lines of a table that have to stay; all of them where no condition is given. */
function* meant(lines: Generator<LineOfTable>, isMeant: ((row: SealedRow) => boolean) | undefined): Generator<LineOfTable> {
  for (const line of lines) if (!isMeant || isMeant(line.row)) yield line;
}

/** Holds a table against its sealed copy. */
function compareTable(workbook: ReadableWorkbook, table: SealedTable, seal: SealRow, isWhole: boolean, findings: Findings): void {
  const place = (row: SealedRow) => `${table.table}, ${keyText(table, row)}${lineName(workbook, row)}`;
  const isMeant = table.comparedRows?.(workbook, seal.period_id);
  const [then, now] = [linesOf(sealedLines(workbook, seal.seal_id, table.table)), linesOfRows(sealedRows(workbook, table, seal.period_id))];
  for (const each of differencesOf(table, meant(then, isMeant), meant(now, isMeant))) {
    if (each.kind === 'gone') findings.add(`${place(each.row)}: the row is gone`);
    else if (each.kind === 'changed') findings.add(`${place(each.row)}: ${each.column} was ${shown(each.then)}, is ${shown(each.now)}`);
    // Of a copy that is not whole, nobody can tell which rows it held.
    else if (isWhole && !table.mayGrow) findings.add(`${place(each.row)}: the row was added after the seal`);
  }
}

function checkSignature(workbook: ReadableWorkbook, seal: SealRow, statement: SealStatement, copy: SealedCopy, findings: Findings): void {
  // Of a copy with a changed piece that is said already: nothing follows from it.
  if (copy.changed.length === 0 && copy.root !== seal.root_hash) findings.add(`seals, period ${statement.periodCode}: the root does not follow from the statement and the pieces`);
  if (copy.changed.length === 0 && isTree(statement)) {
    const parted = statement.tables.find(({ table, rows }) => copy.rowsByTable.get(table) !== rows);
    if (parted) findings.add(`seal_pieces, ${parted.table}: ${parted.rows} rows were sealed, the copy holds ${copy.rowsByTable.get(parted.table) ?? 0}`);
  }
  const signer = personById(workbook, seal.signer_id);
  if (!signer) {
    findings.add(`seals, period ${statement.periodCode}: the person who signed is gone from the table people`);
    return;
  }
  const certificate = certificatesOfPerson(workbook, seal.signer_id).find((row) => fingerprintOfPem(row.certificate_pem) === statement.signerFingerprint);
  if (!certificate) {
    findings.add(`people, ${signer.email}: the certificate is not the one the seal was signed with`);
  } else if (!sealSignatureHolds(certificate.certificate_pem, statement, seal.root_hash, seal.signature)) {
    findings.add(`seals, period ${statement.periodCode}: the signature of ${statement.signerName} does not hold`);
  }
  if (seal.sealed_instant !== statement.sealedInstant) {
    findings.add(`seals, period ${statement.periodCode}: sealed_instant was ${statement.sealedInstant}, is ${seal.sealed_instant}`);
  }
}

/** What the statement says of the trail, of the workbook and of the seals before it. */
function checkPlace(workbook: ReadableWorkbook, seal: SealRow, statement: SealStatement, findings: Findings): void {
  const head = workbook.get<{ hash: string }>('SELECT hash FROM audit_events WHERE sequence = ?', statement.chainSequence);
  if (head?.hash !== statement.chainHash) {
    findings.add(`audit_events, sequence ${statement.chainSequence}: the trail is not the one that stood when the period was sealed`);
  }
  const locking = workbook
    .all<AuditEventRow>(`SELECT * FROM audit_events WHERE action = 'period.lock' AND sequence > ?`, statement.chainSequence)
    .some((event) => event.detail.includes(seal.root_hash));
  if (!locking) findings.add(`audit_events: the locking of ${statement.periodCode} with this seal is not in the trail`);
  const before = workbook.get<{ root_hash: string }>('SELECT root_hash FROM seals WHERE seal_id < ? ORDER BY seal_id DESC LIMIT 1', seal.seal_id);
  if ((before?.root_hash ?? '') !== statement.previousRoot) {
    findings.add(`seals, period ${statement.periodCode}: the seal before it was ${shown(statement.previousRoot)}, is ${shown(before?.root_hash ?? '')}`);
  }
  const code = workbook.get<{ code: string }>('SELECT code FROM periods WHERE period_id = ?', seal.period_id)?.code;
  if (code !== statement.periodCode) findings.add(`periods, ${statement.periodCode}: the seal stands at ${shown(code)}`);
}

/** Where the seal stands: the period is locked by it, and every row is as it was. */
function checkRows(workbook: ReadableWorkbook, seal: SealRow, statement: SealStatement, copy: SealedCopy, job: Job, missing: ReadonlySet<string>, findings: Findings): void {
  const period = workbook.get<{ state: string; locked_instant: number | null }>('SELECT state, locked_instant FROM periods WHERE period_id = ?', seal.period_id);
  if (period?.state !== 'locked' || period.locked_instant !== statement.sealedInstant) {
    findings.add(`periods, ${statement.periodCode}: state was "locked" at ${statement.sealedInstant}, is ${shown(period?.state)} at ${shown(period?.locked_instant)}`);
  }
  const changed = new Set(copy.changed.map(({ table }) => table));
  for (const [index, table] of SEALED_TABLES.entries()) {
    job.checkCancelled();
    job.progress(`Comparing ${statement.periodCode}`, index, SEALED_TABLES.length);
    // What an older seal was made beside could be changed by whom it was meant for: nothing was refused then.
    if (!table.compared || (table.comparedRows && !isTree(statement))) continue;
    if (missing.has(table.table)) findings.add(`${table.table}: it is not the table that Tieout makes, and nothing that it answers is taken for a row`);
    else compareTable(workbook, table, seal, !changed.has(table.table), findings);
  }
  job.progress(`Comparing ${statement.periodCode}`, SEALED_TABLES.length, SEALED_TABLES.length);
}

function checkSeal(workbook: ReadableWorkbook, seal: SealRow, sealNumber: number, job: Job, missing: ReadonlySet<string>): VerificationCheck {
  const findings = new Findings();
  const statement = parseStatement(seal.statement);
  if (!statement) {
    return { name: `Seal ${seal.seal_id}`, holds: false, message: 'The statement of the seal was changed.', findings: ['seals: the statement cannot be read'], howToCheck: HOW_TO_CHECK.seal };
  }
  const copy = readCopy(workbook, seal, statement, job);
  for (const { place, table } of copy.changed) findings.add(`seal_pieces, piece ${place} (${table}): the sealed copy was changed`);
  checkSignature(workbook, seal, statement, copy, findings);
  checkPlace(workbook, seal, statement, findings);
  const reopening = reopeningOfSeal(workbook, seal.seal_id);
  if (!reopening) checkRows(workbook, seal, statement, copy, job, missing, findings);
  const differences = findings.all;
  const who = `${statement.signerName} sealed ${reopening ? 'it' : 'them'} at ${instantWords(statement.sealedInstant)}`;
  const size = `${plural(copy.rows, 'row')} in ${plural(copy.pieces, 'piece')}`;
  const lasting = reopening ? `The sealed copy, ${size}, is as ${who}; set aside by the reopening at ${instantWords(reopening.reopened_instant)}.` : `${size} are as ${who}.`;
  const open = openAnswers(statement);
  return {
    name: `Seal ${sealNumber > 1 || reopening ? `${sealNumber} ` : ''}of ${statement.periodCode}`,
    holds: differences.length === 0,
    message: [
      differences.length === 0 ? lasting : `${plural(findings.total, 'difference')} from what ${who.replace(' sealed it', ' sealed').replace(' sealed them', ' sealed')}.`,
      `Lodged code ${codeOf(statement, seal.root_hash)}.`,
      ...(statement.override ? [`Locked with ${open.length > 0 ? open.join('; ') : 'something open'}, because: ${statement.override}`] : []),
    ].join(' '),
    findings: differences,
    howToCheck: HOW_TO_CHECK.seal,
  };
}

/** Periods that have lost a seal: they say that they are locked, or the trail tells of more lockings than there are seals. */
function periodsWithoutSeal(workbook: ReadableWorkbook): string[] {
  const lockedWithout = workbook.all<{ code: string }>(
    `SELECT code FROM periods p WHERE state = 'locked' AND NOT EXISTS (SELECT 1 FROM seals s WHERE s.period_id = p.period_id) ORDER BY code`,
  );
  const onceLocked = workbook.all<{ subject: string; lockings: number; seals: number }>(
    `SELECT subject, lockings, seals FROM (
       SELECT e.subject, count(*) AS lockings, (SELECT count(*) FROM seals s WHERE s.period_id = e.period_id) AS seals,
              (SELECT p.state FROM periods p WHERE p.period_id = e.period_id) AS state
       FROM audit_events e WHERE e.action = 'period.lock' GROUP BY e.period_id)
     WHERE lockings > seals AND NOT (state IS 'locked' AND seals = 0) ORDER BY subject`,
  );
  return [
    ...lockedWithout.map(({ code }) => `periods, ${code}: locked, but there is no seal`),
    ...onceLocked.map(({ subject, lockings, seals }) =>
      seals === 0
        ? `periods, ${subject.replace('period:', '')}: the trail tells of its locking, but its seal is gone`
        : `periods, ${subject.replace('period:', '')}: the trail tells of ${lockings} lockings, but only ${plural(seals, 'seal is', 'seals are')} there`,
    ),
  ];
}

/**
 * One check per seal, one for reopenings, and one for periods that have lost a seal.
 *
 * @param missing tables that are not the ones Tieout makes: nothing is read from them
 */
export function verifySeals(workbook: ReadableWorkbook, job: Job, missing: ReadonlySet<string>): VerificationCheck[] {
  const seals = workbook.all<SealRow>('SELECT * FROM seals ORDER BY seal_id');
  const unsealed = periodsWithoutSeal(workbook);
  const lockedPeriods: VerificationCheck = {
    name: 'Locked periods',
    holds: unsealed.length === 0,
    message: unsealed.length === 0 ? `Every locked period has a seal (${countText(seals.length)}).` : 'A locked period has lost its seal.',
    findings: unsealed,
    howToCheck: HOW_TO_CHECK.lockedPeriods,
  };
  const numberOf = (seal: SealRow) => seals.filter(({ period_id, seal_id }) => period_id === seal.period_id && seal_id <= seal.seal_id).length;
  return [lockedPeriods, ...checkReopenings(workbook, seals), ...seals.map((seal) => checkSeal(workbook, seal, numberOf(seal), job, missing))];
}
