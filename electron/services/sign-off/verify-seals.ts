/**
 * Holds the seals against the workbook: signature, root, the sealed copy, then every row as it is now.
 *
 * A difference is named by table, key and column, with what the sealed copy says and what stands there now.
 */
import { inflateSync } from 'node:zlib';
import type { VerificationCheck } from '@shared/contract/sign-off';
import type { CanonicalValue } from '@shared/domain/canonical';
import { instantWords } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { fingerprintOfPem } from '../../files/signatures/certificate';
import { verifyBytes } from '../../files/identities/unlock-identity';
import type { AuditEventRow } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { certificatesOfPerson } from '../../workbook/tables/trust';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { personById } from '../people';
import { HOW_TO_CHECK } from './how-to-check';
import { SealStatement, type SealRow } from './seal';
import { type PieceHash, rootHashOf, SEALED_TABLES, type SealedRow, sealedLine, type SealedTable, sealedRows } from './sealed-content';

/** Of a workbook that was changed in many places the first differences are named and the rest counted. */
const FINDINGS_NAMED = 100;

interface PieceRow extends PieceHash {
  readonly deflated_rows: Uint8Array;
}

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

const shown = (value: CanonicalValue | undefined) => (value === null || value === undefined ? 'nothing' : JSON.stringify(value));

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

const keyText = (key: readonly string[], row: SealedRow) => key.map((column) => `${column} ${shown(row[column])}`).join(', ');

function compareKeys(key: readonly string[], left: SealedRow, right: SealedRow): number {
  for (const column of key) {
    const a = left[column];
    const b = right[column];
    if (typeof a === 'number' && typeof b === 'number') {
      if (a !== b) return a - b;
      continue;
    }
    const byBytes = Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
    if (byBytes !== 0) return byBytes;
  }
  return 0;
}

/** The columns of a row that another has too: a seal says nothing of a column that was added to the schema after it. */
const columnsOf = (row: SealedRow, other: SealedRow): SealedRow =>
  Object.fromEntries(Object.entries(row).filter(([column]) => column in other));

/** Walks the sealed copy and the table side by side in key order. */
function compareTable(
  workbook: ReadableWorkbook, table: SealedTable, { rows: sealed, isWhole }: TableCopy, periodId: number, findings: Findings,
): void {
  const first = sealed[0];
  const key = first ? table.key.filter((column) => column in first) : table.key;
  const place = (row: SealedRow) => `${table.table}, ${keyText(key, row)}${lineName(workbook, row)}`;
  let index = 0;
  for (const now of sealedRows(workbook, table, periodId)) {
    while (index < sealed.length && compareKeys(key, sealed[index]!, now) < 0) {
      findings.add(`${place(sealed[index]!)}: the row is gone`);
      index += 1;
    }
    const then = sealed[index];
    if (!then || compareKeys(key, then, now) > 0) {
      // Of a copy that is not whole, nobody can tell which rows it held.
      if (isWhole) findings.add(`${place(now)}: the row was added after the seal`);
      continue;
    }
    index += 1;
    if (sealedLine(then) === sealedLine(columnsOf(now, then))) continue;
    for (const column of Object.keys(then)) {
      if (shown(then[column]) !== shown(now[column])) {
        findings.add(`${place(now)}: ${column} was ${shown(then[column])}, is ${shown(now[column])}`);
      }
    }
  }
  for (const gone of sealed.slice(index)) findings.add(`${place(gone)}: the row is gone`);
}

interface TableCopy {
  readonly rows: SealedRow[];
  isWhole: boolean;
}

/** The rows of the sealed copy by table; a piece that does not fit its hash is named and left out. */
function readCopy(workbook: ReadableWorkbook, sealId: number, findings: Findings): { readonly pieces: PieceHash[]; readonly tables: Map<string, TableCopy> } {
  const pieces: PieceHash[] = [];
  const tables = new Map<string, TableCopy>();
  for (const piece of workbook.iterate<PieceRow>(
    `SELECT table_name AS "table", row_count AS rows, piece_hash AS hash, deflated_rows FROM seal_pieces WHERE seal_id = ? ORDER BY piece_number`,
    sealId,
  )) {
    pieces.push({ table: piece.table, rows: piece.rows, hash: piece.hash });
    let content = '';
    try {
      content = inflateSync(piece.deflated_rows).toString('utf8');
    } catch {
      // A damaged piece has no content, and its hash says so below.
    }
    const copy = tables.get(piece.table) ?? { rows: [], isWhole: true };
    tables.set(piece.table, copy);
    if (sha256Hex(content) !== piece.hash) {
      copy.isWhole = false;
      findings.add(`seal_pieces, piece ${pieces.length} (${piece.table}): the sealed copy was changed`);
      continue;
    }
    for (const line of content.split('\n')) copy.rows.push(JSON.parse(line) as SealedRow);
  }
  return { pieces, tables };
}

function checkSignature(workbook: ReadableWorkbook, seal: SealRow, statement: SealStatement, pieces: readonly PieceHash[], findings: Findings): void {
  if (rootHashOf(seal.statement, pieces) !== seal.root_hash) {
    findings.add(`seals, period ${statement.periodCode}: the root does not follow from the statement and the pieces`);
  }
  const signer = personById(workbook, seal.signer_id);
  if (!signer) {
    findings.add(`seals, period ${statement.periodCode}: the person who signed is gone from the table people`);
    return;
  }
  const certificate = certificatesOfPerson(workbook, seal.signer_id).find((row) => fingerprintOfPem(row.certificate_pem) === statement.signerFingerprint);
  if (!certificate) {
    findings.add(`people, ${signer.email}: the certificate is not the one the seal was signed with`);
  } else if (!verifyBytes(certificate.certificate_pem, Buffer.from(seal.root_hash, 'utf8'), seal.signature)) {
    findings.add(`seals, period ${statement.periodCode}: the signature of ${statement.signerName} does not hold`);
  }
  if (seal.sealed_instant !== statement.sealedInstant) {
    findings.add(`seals, period ${statement.periodCode}: sealed_instant was ${statement.sealedInstant}, is ${seal.sealed_instant}`);
  }
}

function checkTrail(workbook: ReadableWorkbook, statement: SealStatement, rootHash: string, findings: Findings): void {
  const head = workbook.get<{ hash: string }>('SELECT hash FROM audit_events WHERE sequence = ?', statement.chainSequence);
  if (head?.hash !== statement.chainHash) {
    findings.add(`audit_events, sequence ${statement.chainSequence}: the trail is not the one that stood when the period was sealed`);
  }
  const locking = workbook
    .all<AuditEventRow>(`SELECT * FROM audit_events WHERE action = 'period.lock' AND sequence > ?`, statement.chainSequence)
    .some((event) => event.detail.includes(rootHash));
  if (!locking) findings.add(`audit_events: the locking of ${statement.periodCode} with this seal is not in the trail`);
}

function parseStatement(text: string): SealStatement | undefined {
  try {
    return SealStatement.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function checkSeal(workbook: ReadableWorkbook, seal: SealRow, job: Job): VerificationCheck {
  const findings = new Findings();
  const statement = parseStatement(seal.statement);
  if (!statement) {
    return { name: `Seal ${seal.seal_id}`, holds: false, message: 'The statement of the seal was changed.', findings: ['seals: the statement cannot be read'], howToCheck: HOW_TO_CHECK.seal };
  }
  const copy = readCopy(workbook, seal.seal_id, findings);
  checkSignature(workbook, seal, statement, copy.pieces, findings);
  checkTrail(workbook, statement, seal.root_hash, findings);
  const period = workbook.get<{ state: string; locked_instant: number | null }>('SELECT state, locked_instant FROM periods WHERE period_id = ?', seal.period_id);
  if (period?.state !== 'locked' || period.locked_instant !== statement.sealedInstant) {
    findings.add(`periods, ${statement.periodCode}: state was "locked" at ${statement.sealedInstant}, is ${shown(period?.state)} at ${shown(period?.locked_instant)}`);
  }
  for (const [index, table] of SEALED_TABLES.entries()) {
    job.checkCancelled();
    job.progress(`Comparing ${statement.periodCode}`, index, SEALED_TABLES.length);
    if (table.compared) compareTable(workbook, table, copy.tables.get(table.table) ?? { rows: [], isWhole: true }, seal.period_id, findings);
  }
  job.progress(`Comparing ${statement.periodCode}`, SEALED_TABLES.length, SEALED_TABLES.length);
  const rows = copy.pieces.reduce((sum, piece) => sum + piece.rows, 0);
  const differences = findings.all;
  return {
    name: `Seal of ${statement.periodCode}`,
    holds: differences.length === 0,
    message:
      differences.length === 0
        ? `${plural(rows, 'row')} in ${plural(copy.pieces.length, 'piece')} are as ${statement.signerName} sealed them at ${instantWords(statement.sealedInstant)}.`
        : `${plural(findings.total, 'difference')} from what ${statement.signerName} sealed at ${instantWords(statement.sealedInstant)}.`,
    findings: differences,
    howToCheck: HOW_TO_CHECK.seal,
  };
}

/** Periods whose seal is gone: they say that they are locked, or the trail says that they were. */
function periodsWithoutSeal(workbook: ReadableWorkbook): string[] {
  const lockedWithout = workbook.all<{ code: string }>(
    `SELECT code FROM periods WHERE state = 'locked' AND period_id NOT IN (SELECT period_id FROM seals) ORDER BY code`,
  );
  const onceLocked = workbook.all<{ subject: string }>(
    `SELECT e.subject FROM audit_events e LEFT JOIN periods p USING (period_id) WHERE e.action = 'period.lock' AND p.state IS NOT 'locked'
     GROUP BY e.period_id HAVING count(*) > (SELECT count(*) FROM seals s WHERE s.period_id = e.period_id) ORDER BY e.subject`,
  );
  return [
    ...lockedWithout.map(({ code }) => `periods, ${code}: locked, but there is no seal`),
    ...onceLocked.map(({ subject }) => `periods, ${subject.replace('period:', '')}: the trail tells of its locking, but its seal is gone`),
  ];
}

/** One check per seal, and one for periods that have lost theirs. */
export function verifySeals(workbook: ReadableWorkbook, job: Job): VerificationCheck[] {
  const seals = workbook.all<SealRow>('SELECT * FROM seals ORDER BY seal_id');
  const unsealed = periodsWithoutSeal(workbook);
  const lockedPeriods: VerificationCheck = {
    name: 'Locked periods',
    holds: unsealed.length === 0,
    message: unsealed.length === 0 ? `Every locked period has a seal (${countText(seals.length)}).` : 'A locked period has lost its seal.',
    findings: unsealed,
    howToCheck: HOW_TO_CHECK.lockedPeriods,
  };
  return [lockedPeriods, ...seals.map((seal) => checkSeal(workbook, seal, job))];
}
