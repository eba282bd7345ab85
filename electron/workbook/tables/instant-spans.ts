/** From when to when an import speaks of each system: what tells how far files reach and whether they overlap. */
import { SYSTEMS, type System } from '@shared/domain/states';
import type { ReadableWorkbook } from '../workbook';

export type InstantSpans = Readonly<Record<System, { readonly firstInstant: number; readonly lastInstant: number } | null>>;

type SpanRow = { readonly [Column in `${System}_${'first' | 'last'}`]: number | null };

/** Read from all rows of the import. */
export function readSpans(
  workbook: ReadableWorkbook,
  table: 'movements' | 'snapshots',
  instantColumn: 'posted_instant' | 'as_of_instant',
  importId: number,
): InstantSpans {
  const ofSystem = (system: System, aggregate: 'min' | 'max') => `${aggregate}(${instantColumn}) FILTER (WHERE system = '${system}')`;
  const columns = SYSTEMS.map((system) => `${ofSystem(system, 'min')} AS ${system}_first, ${ofSystem(system, 'max')} AS ${system}_last`);
  const row = workbook.get<SpanRow>(`SELECT ${columns.join(', ')} FROM ${table} WHERE import_id = ?`, importId)!;
  const spanOf = (system: System) => {
    const [firstInstant, lastInstant] = [row[`${system}_first`], row[`${system}_last`]];
    return firstInstant === null || lastInstant === null ? null : { firstInstant, lastInstant };
  };
  return { erp: spanOf('erp'), storefront: spanOf('storefront'), warehouse: spanOf('warehouse') };
}
