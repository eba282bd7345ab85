/**
 * One sealed row proved by itself: its text, the path of hashes beside it, the root that was signed. Who has these and the signature
 * needs neither the workbook nor Tieout.
 */
import type { RowProof } from '@shared/contract/sign-off';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { LeafHashes } from '../../workbook/hash-tree';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { keyText } from './compare-rows';
import { isTree, leafOf, parseStatement, type SealRow, signedMessage, statementLeaf } from './seal-statement';
import { sealedLines } from './sealed-copy';
import { SEALED_TABLES, type SealedRow } from './sealed-content';

type ProofFailure = 'seal_missing' | 'seal_first_format' | 'table_unknown' | 'row_missing';

/** The seal of a period by its number. */
export const sealByNumber = (workbook: ReadableWorkbook, periodId: number, sealNumber: number): SealRow | undefined =>
  workbook.get<SealRow>('SELECT * FROM seals WHERE period_id = ? ORDER BY seal_id LIMIT 1 OFFSET ?', periodId, sealNumber - 1);

const fits = (row: SealedRow, wanted: Readonly<Record<string, string>>): boolean => Object.entries(wanted).every(([column, value]) => String(row[column]) === value);

/** The sealed tables in the order of their leaves. */
const tablesIn = (workbook: ReadableWorkbook, sealId: number): string[] =>
  workbook.all<{ table_name: string }>('SELECT table_name FROM seal_pieces WHERE seal_id = ? GROUP BY table_name ORDER BY min(piece_number)', sealId).map((row) => row.table_name);

/**
 * Proves the first row of a table whose columns have the given values.
 *
 * Refusals in their order: `seal_missing`; `seal_first_format`, made before schema 15 and without a path; `table_unknown`; `row_missing`.
 */
export function proveRow(
  workbook: ReadableWorkbook, request: { readonly periodId: number; readonly sealNumber: number; readonly table: string; readonly where: Readonly<Record<string, string>> },
): Outcome<RowProof, ProofFailure> {
  const seal = sealByNumber(workbook, request.periodId, request.sealNumber);
  const statement = seal && parseStatement(seal.statement);
  if (!seal || !statement) return refused('seal_missing', `The period has no seal ${request.sealNumber}.`);
  if (!isTree(statement)) return refused('seal_first_format', 'This seal was made by an older Tieout, as one hash over pieces: a single row has no path in it. Verify the workbook instead.');
  const sealedTable = SEALED_TABLES.find(({ table }) => table === request.table);
  const tables = tablesIn(workbook, seal.seal_id);
  if (!sealedTable || !tables.includes(request.table)) return refused('table_unknown', `The seal holds no rows of ${request.table}. It holds rows of ${tables.join(', ')}.`);
  const hashes = new LeafHashes();
  let found: { leaf: string; index: number; row: SealedRow } | undefined;
  for (const table of tables) {
    for (const line of sealedLines(workbook, seal.seal_id, table)) {
      const leaf = leafOf(table, line);
      if (table === request.table && !found) {
        const row = JSON.parse(line) as SealedRow;
        if (fits(row, request.where)) found = { leaf, index: hashes.leaves, row };
      }
      hashes.add(leaf);
    }
  }
  hashes.add(statementLeaf(seal.statement));
  if (!found) {
    const wanted = Object.entries(request.where).map(([column, value]) => `${column} ${value}`).join(', ');
    return refused('row_missing', `No sealed row of ${request.table} has ${wanted}. Its rows are named by ${sealedTable.key.join(', ')}.`);
  }
  return done({
    periodCode: statement.periodCode, sealNumber: request.sealNumber, table: request.table, key: keyText(sealedTable, found.row), leaf: found.leaf, leafIndex: found.index,
    leaves: hashes.leaves, path: hashes.pathOf(found.index), root: seal.root_hash,
  });
}

/** What lies in a folder to check a seal's signature by `openssl`: the message, the signature, the certificate, and the statement. */
export function sealFiles(workbook: ReadableWorkbook, periodId: number, sealNumber: number): Readonly<Record<string, Uint8Array>> | undefined {
  const seal = sealByNumber(workbook, periodId, sealNumber);
  const statement = seal && parseStatement(seal.statement);
  // A person may have got another certificate since: the seal names the one that signed it.
  const signer = statement && workbook.get<{ certificate_pem: string }>('SELECT certificate_pem FROM person_certificates WHERE fingerprint = ?', statement.signerFingerprint);
  if (!seal || !statement || !signer) return undefined;
  const name = `seal-${statement.periodCode}-${sealNumber}`;
  return {
    [`${name}.txt`]: signedMessage(statement, seal.root_hash),
    [`${name}.sig`]: seal.signature,
    [`${name}.pem`]: Buffer.from(signer.certificate_pem, 'utf8'),
    [`${name}.statement.json`]: Buffer.from(seal.statement, 'utf8'),
  };
}
