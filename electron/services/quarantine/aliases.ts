/**
 * The names that sources use: what each means, who said so and when, and how many rows rest on it.
 */
import type { AliasListing, AliasPage, AliasPageRequest } from '@shared/domain/quarantine';
import { countAliases, listAliasRows, usesOfAlias, type AliasRow } from '../../workbook/tables/aliases';
import { countDataRowsOn } from '../../workbook/tables/data-rows';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { wasAdded } from './add';

function listing(workbook: ReadableWorkbook, row: AliasRow): AliasListing {
  let rowsOpenMost = 0;
  let rowsLockedMost = 0;
  for (const use of usesOfAlias(workbook, row)) {
    const rows = countDataRowsOn(workbook, use, row.kind, row.target);
    if (use.locked === 1) rowsLockedMost += rows;
    else rowsOpenMost += rows;
  }
  return {
    kind: row.kind,
    source: row.source,
    alias: row.alias,
    targetCode: row.target_code,
    how: row.how,
    added: row.how === 'by_hand' && wasAdded(workbook, row),
    acceptedInstant: row.accepted_instant,
    acceptedBy: row.accepted_by,
    rowsOpenMost,
    rowsLockedMost,
  };
}

/** A page of names, what was accepted last first. */
export function listAliases(workbook: ReadableWorkbook, { offset, limit, ...filter }: AliasPageRequest): AliasPage {
  return {
    total: countAliases(workbook, filter),
    rows: listAliasRows(workbook, filter, offset, limit).map((row) => listing(workbook, row)),
  };
}
