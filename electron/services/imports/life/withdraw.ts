/**
 * Taking an import's data rows out of the figures and putting them back.
 *
 * A dozen queries join rows and imports by period; a row that does not count is therefore not in their tables at all.
 * Rows of a superseded import are kept as JSON in deflated pieces, by the names of their columns, and come back as they
 * were. The kept source file and the quarantine stay where they are in either case.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import type { ReadableWorkbook, SqliteWorkbook, SqlValue } from '../../../workbook/workbook';
import type { Job } from '../../context';

/** Every table whose rows are an import's data. */
const DATA_TABLES = ['snapshots', 'snapshot_parts', 'movements', 'counts', 'trial_balances', 'ledger_entries'] as const;
/** Leaves and comes back with them, and is no data: by which names they were found. */
const USES = 'alias_uses';
const ROWS_PER_PIECE = 5_000;

interface Piece {
  readonly table: string;
  readonly rows: number;
  readonly deflated: Uint8Array;
}

interface PieceContent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

function* piecesOf(workbook: ReadableWorkbook, importId: number): Generator<Piece> {
  for (const table of [...DATA_TABLES, USES]) {
    let columns: string[] = [];
    let rows: SqlValue[][] = [];
    const piece = (): Piece => ({ table, rows: rows.length, deflated: deflateSync(JSON.stringify({ columns, rows } satisfies PieceContent)) });
    for (const row of workbook.iterate<Record<string, SqlValue>>(`SELECT * FROM ${table} WHERE import_id = ?`, importId)) {
      if (columns.length === 0) columns = Object.keys(row);
      rows.push(Object.values(row));
      if (rows.length < ROWS_PER_PIECE) continue;
      yield piece();
      rows = [];
    }
    if (rows.length > 0) yield piece();
  }
}

/** Deletes the import's data rows; answers how many there were. */
export function dropRows(workbook: SqliteWorkbook, importId: number): number {
  workbook.run(`DELETE FROM ${USES} WHERE import_id = ?`, importId);
  return DATA_TABLES.reduce((sum, table) => sum + workbook.run(`DELETE FROM ${table} WHERE import_id = ?`, importId).changes, 0);
}

/** Takes the import's data rows out of the figures and keeps them; answers how many there were. */
export function withdrawRows(workbook: SqliteWorkbook, importId: number, job: Job): number {
  // All are read before the first is written: a connection does one of the two at a time.
  const pieces = [...piecesOf(workbook, importId)];
  for (const [index, { table, rows, deflated }] of pieces.entries()) {
    job.checkCancelled();
    workbook.run(
      'INSERT INTO withdrawn_rows (import_id, piece_number, table_name, row_count, deflated_rows) VALUES (?, ?, ?, ?, ?)',
      importId, index + 1, table, rows, deflated,
    );
  }
  return dropRows(workbook, importId);
}

interface PieceRow {
  readonly table_name: string;
  readonly deflated_rows: Uint8Array;
}

const contentOf = (piece: PieceRow): PieceContent => JSON.parse(inflateSync(piece.deflated_rows).toString('utf8')) as PieceContent;

/** Puts the kept rows of a superseded import back; answers how many. */
export function restoreRows(workbook: SqliteWorkbook, importId: number, job: Job): number {
  const pieces = workbook.all<PieceRow & { readonly piece_number: number }>(
    'SELECT piece_number, table_name, deflated_rows FROM withdrawn_rows WHERE import_id = ? ORDER BY piece_number', importId,
  );
  let restored = 0;
  for (const piece of pieces) {
    job.checkCancelled();
    const { columns, rows } = contentOf(piece);
    const insert = `INSERT INTO ${piece.table_name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    for (const row of rows) workbook.run(insert, ...row);
    if (piece.table_name !== USES) restored += rows.length;
  }
  workbook.run('DELETE FROM withdrawn_rows WHERE import_id = ?', importId);
  return restored;
}

/** The stock keys that kept rows of superseded imports name: they may come back, so what they name must stay. */
export function withdrawnStockKeys(workbook: ReadableWorkbook): Set<number> {
  const keys = new Set<number>();
  for (const piece of workbook.iterate<PieceRow>('SELECT table_name, deflated_rows FROM withdrawn_rows')) {
    const { columns, rows } = contentOf(piece);
    const place = columns.indexOf('stock_key_id');
    if (place >= 0) for (const row of rows) keys.add(row[place] as number);
  }
  return keys;
}
