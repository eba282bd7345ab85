/**
 * A period's seal: what it states, how it is made, how it is listed.
 *
 * Making belongs in the transaction that locks the period (`lock.ts`); holding it against the workbook is `verify-seals.ts`.
 */
import { deflateSync } from 'node:zlib';
import { z } from 'zod';
import type { Seal } from '@shared/contract/sign-off';
import { canonicalJson } from '@shared/domain/canonical';
import { type Signer, signBytes } from '../../files/identities/unlock-identity';
import { sha256Hex } from '../../workbook/hash';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { ServiceContext } from '../context';
import { type PieceHash, rootHashOf, SEALED_TABLES, sealedLine, sealedRows, shortCode } from './sealed-content';

/** Small enough that one changed row is found quickly, large enough that a million rows make few pieces. */
const ROWS_PER_PIECE = 1000;

/** What the person who locks puts their signature under, beside the rows. */
export const SealStatement = z.strictObject({
  workbookUuid: z.string(),
  company: z.string(),
  periodCode: z.string(),
  signerName: z.string(),
  signerEmail: z.string(),
  signerFingerprint: z.string(),
  sealedInstant: z.int(),
  /** The head of the audit trail when the seal was made: a trail that was cut or written anew no longer holds it. */
  chainSequence: z.int(),
  chainHash: z.string(),
  override: z.string(),
  openQuestions: z.array(z.int()),
  /** The root of the seal before this one; empty for the first. */
  previousRoot: z.string(),
});
export type SealStatement = z.infer<typeof SealStatement>;

export interface SealRow {
  readonly seal_id: number;
  readonly period_id: number;
  readonly statement: string;
  readonly root_hash: string;
  readonly signer_id: number;
  readonly signature: Uint8Array;
  readonly sealed_instant: number;
}

/** The seals of a period, oldest first, as the window shows them. */
export function listSeals(workbook: ReadableWorkbook, periodId: number): Seal[] {
  return workbook.all<SealRow>('SELECT * FROM seals WHERE period_id = ? ORDER BY seal_id', periodId).map((row) => {
    const statement = SealStatement.parse(JSON.parse(row.statement));
    const size = workbook.get<{ pieces: number; rows: number }>(
      'SELECT count(*) AS pieces, coalesce(sum(row_count), 0) AS rows FROM seal_pieces WHERE seal_id = ?',
      row.seal_id,
    )!;
    return {
      periodCode: statement.periodCode,
      rootHash: row.root_hash,
      shortCode: shortCode(row.root_hash),
      signer: statement.signerName,
      signerEmail: statement.signerEmail,
      sealedInstant: row.sealed_instant,
      pieces: size.pieces,
      rows: size.rows,
      chainSequence: statement.chainSequence,
      override: statement.override,
    };
  });
}

function* piecesOf(context: ServiceContext, periodId: number): Generator<PieceHash & { readonly content: string }> {
  for (const [index, table] of SEALED_TABLES.entries()) {
    context.job.checkCancelled();
    context.job.progress('Sealing', index, SEALED_TABLES.length);
    let lines: string[] = [];
    const piece = () => {
      const content = lines.join('\n');
      return { table: table.table, rows: lines.length, hash: sha256Hex(content), content };
    };
    for (const row of sealedRows(context.workbook, table, periodId)) {
      lines.push(sealedLine(row));
      if (lines.length === ROWS_PER_PIECE) {
        yield piece();
        lines = [];
      }
    }
    if (lines.length > 0) yield piece();
  }
  context.job.progress('Sealing', SEALED_TABLES.length, SEALED_TABLES.length);
}

/** Writes the sealed copy of a period and its signed root; answers the root. */
export function makeSeal(context: ServiceContext, periodId: number, statement: SealStatement, signer: Signer, signerId: number): string {
  const { workbook } = context;
  const pieces: (PieceHash & { readonly deflated: Uint8Array })[] = [];
  for (const { content, ...hash } of piecesOf(context, periodId)) pieces.push({ ...hash, deflated: deflateSync(content) });
  const statementText = canonicalJson(statement);
  const rootHash = rootHashOf(statementText, pieces);
  const { lastInsertRowid: sealId } = workbook.run(
    'INSERT INTO seals (period_id, statement, root_hash, signer_id, signature, sealed_instant) VALUES (?, ?, ?, ?, ?, ?)',
    periodId, statementText, rootHash, signerId, signBytes(signer, Buffer.from(rootHash, 'utf8')), statement.sealedInstant,
  );
  for (const [index, piece] of pieces.entries()) {
    workbook.run(
      'INSERT INTO seal_pieces (seal_id, piece_number, table_name, row_count, piece_hash, deflated_rows) VALUES (?, ?, ?, ?, ?, ?)',
      sealId, index + 1, piece.table, piece.rows, piece.hash, piece.deflated,
    );
  }
  return rootHash;
}
