/**
 * A period's seal: how it is made, how it is listed.
 *
 * What it states is `seal-statement.ts`. Making belongs in the transaction that locks the period (`lock.ts`); holding it against the
 * workbook is `verify-seals.ts`.
 */
import { deflateSync } from 'node:zlib';
import type { Seal } from '@shared/contract/sign-off';
import { canonicalJson } from '@shared/domain/canonical';
import type { Signer } from '../../files/identities/unlock-identity';
import { sha256Hex } from '../../workbook/hash';
import { HashTree } from '../../workbook/hash-tree';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { ServiceContext } from '../context';
import { reopeningOfSeal, toReopening } from './reopening-statement';
import { codeOf, leafOf, type NewSealStatement, openAnswers, SealStatement, type SealRow, signSeal, statementLeaf, isTree } from './seal-statement';
import { SEALED_TABLES, sealedLine, sealedRows } from './sealed-content';

/** Small enough that one changed row is found quickly, large enough that a million rows make few pieces. */
const ROWS_PER_PIECE = 1000;

/** The seals of a period, oldest first, as the window shows them. */
export function listSeals(workbook: ReadableWorkbook, periodId: number): Seal[] {
  return workbook.all<SealRow>('SELECT * FROM seals WHERE period_id = ? ORDER BY seal_id', periodId).map((row, index) => {
    const statement = SealStatement.parse(JSON.parse(row.statement));
    const size = workbook.get<{ pieces: number; rows: number }>(
      'SELECT count(*) AS pieces, coalesce(sum(row_count), 0) AS rows FROM seal_pieces WHERE seal_id = ?',
      row.seal_id,
    )!;
    const reopening = reopeningOfSeal(workbook, row.seal_id);
    return {
      sealId: row.seal_id,
      sealNumber: index + 1,
      format: isTree(statement) ? statement.format : 1,
      periodCode: statement.periodCode,
      rootHash: row.root_hash,
      lodgedCode: codeOf(statement, row.root_hash),
      signer: statement.signerName,
      signerEmail: statement.signerEmail,
      signerFingerprint: statement.signerFingerprint,
      sealedInstant: row.sealed_instant,
      pieces: size.pieces,
      rows: size.rows,
      chainSequence: statement.chainSequence,
      override: statement.override,
      open: openAnswers(statement),
      replacesRoot: isTree(statement) ? statement.replacesRoot : '',
      reopening: reopening ? toReopening(reopening) : null,
    };
  });
}

export interface MadeSeal {
  readonly sealId: number;
  readonly root: string;
}

/** Writes the sealed copy of a period and its signed root. */
export function makeSeal(
  context: ServiceContext, periodId: number, stated: Omit<NewSealStatement, 'format' | 'tables'>, signer: Signer, signerId: number,
): MadeSeal {
  const { workbook, job } = context;
  const tree = new HashTree();
  const tables: { table: string; rows: number }[] = [];
  const pieces: { table: string; rows: number; hash: string; deflated: Uint8Array }[] = [];
  const keep = (table: string, lines: readonly string[]) => {
    const content = lines.join('\n');
    pieces.push({ table, rows: lines.length, hash: sha256Hex(content), deflated: deflateSync(content) });
  };
  for (const [index, sealed] of SEALED_TABLES.entries()) {
    job.checkCancelled();
    job.progress('Sealing', index, SEALED_TABLES.length);
    let lines: string[] = [];
    let rows = 0;
    for (const row of sealedRows(workbook, sealed, periodId)) {
      const line = sealedLine(row);
      tree.add(leafOf(sealed.table, line));
      rows += 1;
      lines.push(line);
      if (lines.length < ROWS_PER_PIECE) continue;
      keep(sealed.table, lines);
      lines = [];
    }
    if (lines.length > 0) keep(sealed.table, lines);
    if (rows > 0) tables.push({ table: sealed.table, rows });
  }
  job.progress('Sealing', SEALED_TABLES.length, SEALED_TABLES.length);
  const statement: NewSealStatement = { ...stated, format: 2, tables };
  const statementText = canonicalJson(statement);
  tree.add(statementLeaf(statementText));
  const { root } = tree;
  const { lastInsertRowid: sealId } = workbook.run(
    'INSERT INTO seals (period_id, statement, root_hash, signer_id, signature, sealed_instant) VALUES (?, ?, ?, ?, ?, ?)',
    periodId, statementText, root, signerId, signSeal(signer, statement, root), statement.sealedInstant,
  );
  for (const [index, piece] of pieces.entries()) {
    workbook.run(
      'INSERT INTO seal_pieces (seal_id, piece_number, table_name, row_count, piece_hash, deflated_rows) VALUES (?, ?, ?, ?, ?, ?)',
      sealId, index + 1, piece.table, piece.rows, piece.hash, piece.deflated,
    );
  }
  return { sealId, root };
}
