/**
 * The evidence sheet of an import: what came in, how it was read, what became of every row and of the import itself.
 *
 * Figures of the moment of the import are those kept with it; what happened later is read from the workbook as it is now.
 */
import { IGNORE_REASON_WORDS } from '@shared/domain/import-words';
import type { QuarantineReason } from '@shared/domain/import';
import type { EvidenceSheet } from '@shared/domain/import-life';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { importById, periodFrame, sourceFileBySha256, supersederOf, type ImportRow } from '../../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../../workbook/workbook';
import { eventsOf } from '../../audit-trail';
import { parseDefinition } from '../profiles/definition';
import { parseKeptSummary } from './kept-summary';

/** How many settled rows the sheet names; the counts are of all. */
const SETTLED_NAMED = 2_000;

function quarantinedOf(workbook: ReadableWorkbook, importId: number): EvidenceSheet['quarantined'] {
  const rows = workbook.all<{ reason: QuarantineReason; waiting: number; mended: number; ignored: number }>(
    `SELECT reason, sum(state = 'waiting') AS waiting, sum(state = 'replayed') AS mended, sum(state = 'ignored') AS ignored
     FROM quarantine_rows WHERE import_id = ? GROUP BY reason ORDER BY count(*) DESC, reason`,
    importId,
  );
  return rows.map((row) => ({ ...row }));
}

function settledOf(workbook: ReadableWorkbook, importId: number): EvidenceSheet['settled'] {
  return workbook
    .all<{ row_number: number; reason: QuarantineReason; state: 'replayed' | 'ignored'; settled_note: string | null }>(
      `SELECT row_number, reason, state, settled_note FROM quarantine_rows WHERE import_id = ? AND state <> 'waiting' ORDER BY row_number LIMIT ?`,
      importId, SETTLED_NAMED,
    )
    .map((row) => ({ rowNumber: row.row_number, reason: row.reason, became: row.state, note: row.settled_note ?? '' }));
}

function differenceOf(workbook: ReadableWorkbook, row: ImportRow): EvidenceSheet['difference'] {
  if (row.supersedes_import_id === null) return null;
  const counts = workbook.get<{ added: number | null; removed: number | null; changed: number | null }>(
    `SELECT sum(change = 'added') AS added, sum(change = 'removed') AS removed, sum(change = 'changed') AS changed
     FROM import_differences WHERE import_id = ?`,
    row.import_id,
  )!;
  return { added: counts.added ?? 0, removed: counts.removed ?? 0, changed: counts.changed ?? 0 };
}

const named = (row: ImportRow | undefined) => (row ? { importId: row.import_id, fileName: row.file_name } : null);

/** Everything that an evidence sheet tells of an import. */
export function evidenceOf(workbook: ReadableWorkbook, importId: number): Outcome<EvidenceSheet, 'import_unknown'> {
  const row = importById(workbook, importId);
  if (!row) return refused('import_unknown', `There is no import ${importId} in this workbook. List the imports of the period, and name one of them.`);
  const frame = periodFrame(workbook, row.period_id)!;
  const summary = parseKeptSummary(row);
  const definition = parseDefinition(row.definition);
  const file = sourceFileBySha256(workbook, row.sha256)!;
  const { company } = workbook.get<{ company: string }>('SELECT company FROM workbook')!;
  const span = workbook.get<{ first: number | null; last: number | null }>(
    'SELECT min(as_of_instant) AS first, max(as_of_instant) AS last FROM snapshots WHERE import_id = ?', importId,
  )!;
  return done({
    importId,
    company,
    currency: frame.currency,
    timeZone: frame.timeZone,
    periodCode: frame.code,
    state: row.state,
    source: row.source,
    kind: row.kind,
    systems: summary?.systems ?? (row.system === null ? [] : [row.system]),
    profileId: row.profile_id,
    profileName: row.profile_name,
    profileVersion: row.profile_version,
    why: summary?.why ?? '',
    fileName: row.file_name,
    sha256: row.sha256,
    byteLength: file.byte_length,
    encoding: row.encoding,
    delimiter: definition.delimiter,
    sheet: row.sheet,
    headerRow: row.header_row,
    asOfFromInstant: span.first ?? row.as_of_instant,
    asOfUntilInstant: span.last ?? row.as_of_instant,
    asOfGivenInstant: row.as_of_instant,
    locationGiven: definition.locationCode,
    importedInstant: row.imported_instant,
    importedBy: row.imported_by,
    rowsRead: row.rows_read,
    rowsAccepted: row.rows_accepted,
    rowsQuarantined: row.rows_quarantined,
    rowsIgnored: row.rows_ignored,
    quarantined: quarantinedOf(workbook, importId),
    passedOver: (summary?.ignoredByReason ?? []).map(({ reason, rows }) => ({ name: IGNORE_REASON_WORDS[reason], rows })),
    columnsUsed: summary?.columnsUsed ?? [],
    columnsIgnored: summary?.columnsIgnored ?? [],
    statesUnknown: summary?.statesUnknown ?? [],
    controlTotals: summary?.controlTotals ?? [],
    totals: summary?.totals ?? [],
    created: {
      items: summary?.created.items.length ?? 0,
      locations: summary?.created.locations.length ?? 0,
      changedItems: summary?.changedItems ?? 0,
      changedTags: summary?.changedTags ?? 0,
    },
    supersedes: named(row.supersedes_import_id === null ? undefined : importById(workbook, row.supersedes_import_id)),
    supersededBy: row.state === 'superseded' ? named(supersederOf(workbook, importId)) : null,
    stateInstant: row.state_instant,
    stateBy: row.state_by,
    stateWhy: row.state_why,
    difference: differenceOf(workbook, row),
    history: eventsOf(workbook, row.period_id, `import:${importId}`).map(({ atInstant, actor, sentence }) => ({ atInstant, actor, sentence })),
    settled: settledOf(workbook, importId),
    isComplete: summary !== undefined,
  });
}
