/**
 * Movements: what systems posted, read by line and by document.
 *
 * A period's scope is what was imported for it and for the period before. Exports overlap, so the same posting may stand
 * in two files; it counts once. Which of the files is named as evidence depends on their names, not on import order.
 */
import { EFFECTS, MOVEMENT_TYPES, SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import type { EvidenceRef, Posting } from '@shared/domain/variance';
import type { ReadableWorkbook } from '../workbook';

/** The movement files of a period's scope. */
export interface MovementScope {
  /** Import id to its place in the order of file names. */
  readonly rankOf: ReadonlyMap<number, number>;
  /** Two files may hold the same posting. */
  readonly mayOverlap: boolean;
}

/** From when to when an import holds postings of each system. */
export type PostedSpans = Readonly<Record<System, { readonly firstInstant: number; readonly lastInstant: number } | null>>;

/** What one movement file tells of, read from all its rows. */
export interface MovementFile {
  readonly importId: number;
  readonly periodId: number;
  readonly types: readonly { readonly system: System; readonly type: MovementType }[];
  readonly spans: PostedSpans;
}

/** The movement files imported for these periods, in the order of their names. */
const importsOf = (workbook: ReadableWorkbook, periodIds: readonly number[]) =>
  workbook.all<{ import_id: number; period_id: number }>(
    `SELECT import_id, period_id FROM imports
     WHERE kind = 'movements' AND state = 'standing' AND period_id IN (SELECT value FROM json_each(?)) ORDER BY file_name, sha256, import_id`,
    JSON.stringify(periodIds),
  );

export function movementScope(workbook: ReadableWorkbook, periodIds: readonly number[]): MovementScope {
  const imports = importsOf(workbook, periodIds);
  return { rankOf: new Map(imports.map((row, rank) => [row.import_id, rank])), mayOverlap: imports.length > 1 };
}

type SpanRow = { readonly [Column in `${System}_${'first' | 'last'}`]: number | null };

const ofSystem = (system: System, aggregate: 'min' | 'max') =>
  `${aggregate}(CASE WHEN system = '${system}' THEN posted_instant END)`;

/** Read from all rows of the import. */
export function postedSpans(workbook: ReadableWorkbook, importId: number): PostedSpans {
  const columns = SYSTEMS.map(
    (system) => `${ofSystem(system, 'min')} AS ${system}_first, ${ofSystem(system, 'max')} AS ${system}_last`,
  );
  const row = workbook.get<SpanRow>(`SELECT ${columns.join(', ')} FROM movements WHERE import_id = ?`, importId)!;
  const spanOf = (system: System) => {
    const [firstInstant, lastInstant] = [row[`${system}_first`], row[`${system}_last`]];
    return firstInstant === null || lastInstant === null ? null : { firstInstant, lastInstant };
  };
  return { erp: spanOf('erp'), storefront: spanOf('storefront'), warehouse: spanOf('warehouse') };
}

function readFile(workbook: ReadableWorkbook, importId: number, periodId: number): MovementFile {
  // DISTINCT keeps its few values in a small index and never sorts the rows, as GROUP BY would.
  const types = workbook.all<{ system: System; type: MovementType }>(
    'SELECT DISTINCT system, type FROM movements WHERE import_id = ?',
    importId,
  );
  return { importId, periodId, types, spans: postedSpans(workbook, importId) };
}

/** Reads the movement files of these periods through: as long as they are. */
export const readMovementFiles = (workbook: ReadableWorkbook, periodIds: readonly number[]): readonly MovementFile[] =>
  importsOf(workbook, periodIds).map((row) => readFile(workbook, row.import_id, row.period_id));

/** Whether two of the files hold postings of one system from the same stretch of time. */
export function filesOverlap(files: readonly MovementFile[]): boolean {
  const meet = (one: MovementFile, other: MovementFile) =>
    SYSTEMS.some((system) => {
      const [first, second] = [one.spans[system], other.spans[system]];
      return first && second
        ? first.firstInstant <= second.lastInstant && second.firstInstant <= first.lastInstant
        : false;
    });
  return files.some((one, index) => files.slice(index + 1).some((other) => meet(one, other)));
}

interface MovementRow {
  readonly import_id: number;
  readonly row_number: number;
  readonly record_number: number;
  readonly stock_key_id: number;
  readonly system: System;
  readonly type: MovementType;
  readonly document: string;
  readonly line: string;
  readonly quantity_scaled: number;
  readonly occurred_instant: number;
  readonly posted_instant: number;
  readonly reference: string;
  readonly reason: string;
}

const COLUMNS = `m.import_id, m.row_number, m.record_number, m.stock_key_id, m.system, m.type, m.document, m.line, m.quantity_scaled,
  m.occurred_instant, m.posted_instant, m.reference, m.reason`;

/** The columns that make two rows of different files the same posting. */
export const SAME_POSTING = [
  'stock_key_id',
  'system',
  'type',
  'document',
  'line',
  'quantity_scaled',
  'occurred_instant',
  'posted_instant',
] as const;

const postingOf = (row: MovementRow): Posting => ({
  importId: row.import_id,
  rowNumber: row.row_number,
  stockKeyId: row.stock_key_id,
  system: row.system,
  type: row.type,
  document: row.document,
  line: row.line,
  quantityScaled: row.quantity_scaled,
  occurredInstant: row.occurred_instant,
  postedInstant: row.posted_instant,
  reference: row.reference,
  reason: row.reason,
});

/**
 * Leaves out files that are not in scope, and postings that an earlier file of the scope already holds. A file that
 * holds the same posting twice tells of two.
 */
function inScope(rows: readonly MovementRow[], scope: MovementScope): readonly Posting[] {
  const known = rows.filter((row) => scope.rankOf.has(row.import_id));
  if (!scope.mayOverlap) return known.map(postingOf);
  const rank = (row: MovementRow) => scope.rankOf.get(row.import_id)!;
  const ordered = [...known].sort((one, other) => rank(one) - rank(other) || one.row_number - other.row_number || one.record_number - other.record_number);
  const seen = new Map<string, number>();
  const inFile = new Map<string, number>();
  return ordered
    .filter((row) => {
      const key = SAME_POSTING.map((column) => row[column]).join('\n');
      const ordinal = (inFile.get(`${row.import_id}\n${key}`) ?? 0) + 1;
      inFile.set(`${row.import_id}\n${key}`, ordinal);
      if (ordinal <= (seen.get(key) ?? 0)) return false;
      seen.set(key, ordinal);
      return true;
    })
    .map(postingOf);
}

/** Every posting of a line in scope. */
export const postingsOfKey = (
  workbook: ReadableWorkbook,
  scope: MovementScope,
  stockKeyId: number,
): readonly Posting[] =>
  inScope(workbook.all<MovementRow>(`SELECT ${COLUMNS} FROM movements m WHERE m.stock_key_id = ?`, stockKeyId), scope);

/** Every posting of one type of a document in scope, on whatever line. */
export const postingsOfDocument = (
  workbook: ReadableWorkbook,
  scope: MovementScope,
  document: string,
  type: MovementType,
): readonly Posting[] =>
  inScope(
    workbook.all<MovementRow>(`SELECT ${COLUMNS} FROM movements m WHERE m.document = ? AND m.type = ?`, document, type),
    scope,
  );

/** Transfers of an item sent from any location but one. */
export const transfersFromElsewhere = (
  workbook: ReadableWorkbook,
  scope: MovementScope,
  itemId: number,
  locationId: number,
): readonly Posting[] =>
  inScope(
    workbook.all<MovementRow>(
      `SELECT ${COLUMNS} FROM stock_keys k CROSS JOIN movements m ON m.stock_key_id = k.stock_key_id
       WHERE k.item_id = ? AND k.location_id <> ? AND m.type = 'transfer_out'`,
      itemId,
      locationId,
    ),
    scope,
  );

/** The postings that one row of a file tells of; none where that row is no movement. */
export const postingsAt = (workbook: ReadableWorkbook, { importId, rowNumber }: EvidenceRef): readonly Posting[] =>
  workbook
    .all<MovementRow>(
      `SELECT ${COLUMNS} FROM movements m WHERE m.import_id = ? AND m.row_number = ? ORDER BY m.record_number`,
      importId,
      rowNumber,
    )
    .map(postingOf);

/**
 * What a movement `m` adds to a state, as SQL made of the one table of effects.
 *
 * @param weightOf how one unit of a type moves the state
 */
export function effectSql(weightOf: (type: MovementType) => number): string {
  const cases = (weight: number) =>
    MOVEMENT_TYPES.filter((type) => weightOf(type) === weight).map((type) => `'${type}'`);
  const [plus, minus] = [cases(1), cases(-1)];
  if (plus.length + minus.length === 0) return '0';
  const when = (types: readonly string[], value: string) =>
    types.length > 0 ? `WHEN m.type IN (${types.join(', ')}) THEN ${value} ` : '';
  return `(CASE ${when(plus, 'm.quantity_scaled')}${when(minus, '-m.quantity_scaled')}ELSE 0 END)`;
}

export const onHandEffectSql = effectSql((type) => EFFECTS[type].on_hand ?? 0);
