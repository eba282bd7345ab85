/**
 * How an audit event names the rows it moved: one by one, or, where they are very many, by their number and a hash.
 */
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { sha256Hex } from '../../workbook/hash';
import type { QuarantineTableRow } from '../../workbook/tables/quarantine';

/** Above it the event would be longer than the rows are worth: each row's own step still names the event. */
const ROWS_NAMED = 1_000;

export function rowsTold(rows: readonly Pick<QuarantineTableRow, 'row_number' | 'reason'>[]): { readonly [key: string]: CanonicalValue } {
  const named: CanonicalValue = rows.map((row) => [row.row_number, row.reason]);
  return rows.length <= ROWS_NAMED ? { rows: named } : { rowCount: rows.length, rowsSha256: sha256Hex(canonicalJson(named)) };
}
