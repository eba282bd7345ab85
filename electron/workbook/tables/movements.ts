/**
 * Movements: what systems posted, read by line and by document.
 *
 * A period's scope is what was imported for it and for the period before. Exports overlap, so the same posting may stand
 * in two files; it counts once. Which of the files is named as evidence depends on their names, not on import order.
 */
import { groupBy } from '@shared/domain/group-by';
import { EFFECTS, MOVEMENT_TYPES, SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import type { EvidenceRef, Posting } from '@shared/domain/variance';
import type { ReadableWorkbook } from '../workbook';
import { readSpans, type InstantSpans } from './instant-spans';

/** The movement files of a period's scope. */
export interface MovementScope {
  /** Import id to its place in the order of file names. */
  readonly rankOf: ReadonlyMap<number, number>;
  /** Two files may hold the same posting. */
  readonly mayOverlap: boolean;
}

/** What one movement file tells of, read from all its rows. */
export interface MovementFile {
  readonly importId: number;
  readonly periodId: number;
  readonly types: readonly { readonly system: System; readonly type: MovementType }[];
  readonly spans: InstantSpans;
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

/** Read from all rows of the import. */
export const postedSpans = (workbook: ReadableWorkbook, importId: number): InstantSpans =>
  readSpans(workbook, 'movements', 'posted_instant', importId);

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

/** Every posting of these lines in scope, by line; a line without any is left out. */
export function postingsOfKeys(
  workbook: ReadableWorkbook,
  scope: MovementScope,
  stockKeyIds: readonly number[],
): ReadonlyMap<number, readonly Posting[]> {
  const rows = workbook.all<MovementRow>(
    `SELECT ${COLUMNS} FROM json_each(?) asked CROSS JOIN movements m ON m.stock_key_id = asked.value`,
    JSON.stringify(stockKeyIds),
  );
  return groupBy(inScope(rows, scope), (posting) => posting.stockKeyId);
}

/** What a document says of one type: the key of `postingsOfDocuments`. */
export const documentKey = (type: MovementType, document: string): string => `${type}\n${document}`;

/** Every posting in scope of these types and documents, on whatever line, by `documentKey`. */
export function postingsOfDocuments(
  workbook: ReadableWorkbook,
  scope: MovementScope,
  documents: readonly { readonly type: MovementType; readonly document: string }[],
): ReadonlyMap<string, readonly Posting[]> {
  if (documents.length === 0) return new Map();
  const rows = workbook.all<MovementRow>(
    `SELECT ${COLUMNS} FROM json_each(?) asked CROSS JOIN movements m ON m.document = asked.value ->> 1 AND m.type = asked.value ->> 0`,
    JSON.stringify(documents.map(({ type, document }) => [type, document])),
  );
  return groupBy(inScope(rows, scope), (posting) => documentKey(posting.type, posting.document));
}

/** Transfers sent from any other location, of the items of these lines, by line. */
export function transfersFromElsewhere(
  workbook: ReadableWorkbook,
  scope: MovementScope,
  stockKeyIds: readonly number[],
): ReadonlyMap<number, readonly Posting[]> {
  const rows = workbook.all<MovementRow & { readonly to_key: number }>(
    `SELECT k.stock_key_id AS to_key, ${COLUMNS} FROM json_each(?) asked CROSS JOIN stock_keys k ON k.stock_key_id = asked.value
     CROSS JOIN stock_keys o ON o.item_id = k.item_id AND o.stock_key_id <> k.stock_key_id
     CROSS JOIN movements m ON m.stock_key_id = o.stock_key_id WHERE m.type = 'transfer_out'`,
    JSON.stringify(stockKeyIds),
  );
  return new Map([...groupBy(rows, (row) => row.to_key)].map(([key, own]) => [key, inScope(own, scope)]));
}

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
