/**
 * What waits in a period and what settled: counts, groups that one action would mend, rows by the page.
 */
import type { QuarantineListing, QuarantinePageRequest, QuarantineRow } from '@shared/domain/quarantine';
import {
  countQuarantineRows, countsByState, listQuarantineRows, waitingGroups, type ListedQuarantineRow, type QuarantineFilter,
} from '../../workbook/tables/quarantine';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { cellsOfRaw, parseDefinition, type ImportDefinition } from '../imports/profiles/definition';
import { mappingFor, whatWouldMend } from '../imports/mend';

function shownRows(rows: readonly ListedQuarantineRow[]): QuarantineRow[] {
  const definitions = new Map<number, ImportDefinition>();
  return rows.map((row) => {
    const definition = definitions.get(row.import_id) ?? parseDefinition(row.definition);
    definitions.set(row.import_id, definition);
    return {
      quarantineRowId: row.quarantine_row_id,
      importId: row.import_id,
      fileName: row.file_name,
      source: row.source,
      rowNumber: row.row_number,
      reason: row.reason,
      subject: row.subject,
      detail: row.detail,
      whatWouldMend: whatWouldMend(row.reason, row.subject),
      header: definition.header,
      cells: cellsOfRaw(definition, row.corrected_text ?? row.raw_text),
      raw: row.raw_text,
      corrected: row.corrected_text,
      state: row.state,
      settledNote: row.settled_note,
    };
  });
}

function reasonsOf(groups: QuarantineListing['groups']): QuarantineListing['reasons'] {
  const reasons = new Map<string, QuarantineListing['reasons'][number]>();
  for (const { reason, source, rows } of groups) {
    const key = `${reason} ${source}`;
    const held = reasons.get(key) ?? { reason, source, rows: 0, groups: 0 };
    reasons.set(key, { ...held, rows: held.rows + rows, groups: held.groups + 1 });
  }
  return [...reasons.values()];
}

/**
 * The rows of a period's quarantine, waiting ones first, and the groups that one action would mend, reason by reason.
 *
 * @param limit how many rows are listed; the groups count all of them
 */
export function listQuarantine(workbook: ReadableWorkbook, periodId: number, limit = 1_000, offset = 0): QuarantineListing {
  const counts = new Map(countsByState(workbook, periodId).map(({ state, rows }) => [state, rows]));
  const groups = waitingGroups(workbook, periodId).map((group) => ({
    ...group,
    mapping: mappingFor(group.reason),
    whatWouldMend: whatWouldMend(group.reason, group.subject),
  }));
  return {
    waiting: counts.get('waiting') ?? 0,
    replayed: counts.get('replayed') ?? 0,
    ignored: counts.get('ignored') ?? 0,
    groups,
    groupsTotal: groups.length,
    reasons: reasonsOf(groups),
    rows: limit === 0 ? [] : shownRows(listQuarantineRows(workbook, { periodId }, limit, offset)),
  };
}

/** A page of rows, of one group or of all. */
export function quarantinePage(workbook: ReadableWorkbook, request: QuarantinePageRequest): { readonly total: number; readonly rows: QuarantineRow[] } {
  const { periodId, state, source, reason, subject, offset, limit } = request;
  const filter: QuarantineFilter = { periodId, state, source, reason, subject };
  return { total: countQuarantineRows(workbook, filter), rows: shownRows(listQuarantineRows(workbook, filter, limit, offset)) };
}
