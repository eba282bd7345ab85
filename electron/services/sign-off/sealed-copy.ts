/**
 * The sealed copy of a period as it lies in the workbook: its pieces, the root that follows from them, the rows of a table.
 *
 * Read piece by piece: a large period never lies in memory whole.
 */
import { inflateSync } from 'node:zlib';
import { HashTree } from '../../workbook/hash-tree';
import { sha256Hex } from '../../workbook/hash';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { isTree, leafOf, type SealRow, type SealStatement, statementLeaf } from './seal-statement';
import { type PieceHash, rootHashOf } from './sealed-content';

interface PieceRow extends PieceHash {
  readonly piece_number: number;
  readonly deflated_rows: Uint8Array;
}

const PIECES = 'SELECT piece_number, table_name AS "table", row_count AS rows, piece_hash AS hash, deflated_rows FROM seal_pieces WHERE seal_id = ?';

/** The text of a piece; a damaged one has none, and its hash says so. */
function contentOf(piece: PieceRow): string {
  try {
    return inflateSync(piece.deflated_rows).toString('utf8');
  } catch {
    return '';
  }
}

export interface SealedCopy {
  /** The root that follows from the pieces and the statement, whatever the seal says it is. */
  readonly root: string;
  readonly pieces: number;
  readonly rows: number;
  /** Pieces whose content is not what their hash says. */
  readonly changed: readonly { readonly place: number; readonly table: string }[];
  readonly rowsByTable: ReadonlyMap<string, number>;
}

/** Goes through every piece once. */
export function readCopy(workbook: ReadableWorkbook, seal: SealRow, statement: SealStatement, job: Job): SealedCopy {
  const tree = isTree(statement) ? new HashTree() : undefined;
  const hashes: PieceHash[] = [];
  const changed: { place: number; table: string }[] = [];
  const rowsByTable = new Map<string, number>();
  let rows = 0;
  for (const piece of workbook.iterate<PieceRow>(`${PIECES} ORDER BY piece_number`, seal.seal_id)) {
    job.checkCancelled();
    const content = contentOf(piece);
    hashes.push({ table: piece.table, rows: piece.rows, hash: piece.hash });
    if (sha256Hex(content) !== piece.hash) changed.push({ place: hashes.length, table: piece.table });
    const lines = content.split('\n');
    if (tree) for (const line of lines) tree.add(leafOf(piece.table, line));
    rows += lines.length;
    rowsByTable.set(piece.table, (rowsByTable.get(piece.table) ?? 0) + lines.length);
  }
  tree?.add(statementLeaf(seal.statement));
  return { root: tree?.root ?? rootHashOf(seal.statement, hashes), pieces: hashes.length, rows, changed, rowsByTable };
}

/** The sealed rows of a table as canonical JSON, in key order. Pieces that were changed are passed over. */
export function* sealedLines(workbook: ReadableWorkbook, sealId: number, table: string): Generator<string> {
  for (const piece of workbook.iterate<PieceRow>(`${PIECES} AND table_name = ? ORDER BY piece_number`, sealId, table)) {
    const content = contentOf(piece);
    if (sha256Hex(content) === piece.hash) yield* content.split('\n');
  }
}
