/**
 * Undoing an import whole, while its period is open.
 *
 * One code path does it inside a transaction and tells what it did; the preview rolls that back, so that what it lists
 * and what undoing does cannot differ. The import, its file and its quarantine rows stay as evidence; only what it added
 * to the figures and changed in the workbook goes.
 */
import { createHash } from 'node:crypto';
import { AFFECTED_NAMED, type Affected, type AffectedList, type UndoFailure, type UndoPreview, type UndoRequest } from '@shared/domain/import-life';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { SYSTEMS } from '@shared/domain/states';
import { UnreadableFile } from '../../../files/readers/table';
import { appendAudit, chainHead } from '../../../workbook/audit';
import { importById, periodFrame, setImportState, supersederOf, type ImportRow, type PeriodFrame } from '../../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../../workbook/workbook';
import { actorText, JobCancelled, type ServiceContext } from '../../context';
import { returnRowsOfLostNames } from '../../quarantine/take-back';
import { passOverRowsHeldBy, takeInHeldRows } from './held-rows';
import { parseKeptSummary } from './kept-summary';
import { inLongTransaction } from '../loading/long-transaction';
import { journalsRestingOn } from './resting-journals';
import { compareTotals, totalsOf } from '../loading/totals';
import { removeCreated } from './undo-created';
import { restoreItems, restoreTags } from './undo-values';
import { dropRows, restoreRows } from './withdraw';

type UndoOutcome<T> = Outcome<T, UndoFailure>;

const listOf = (all: readonly Affected[]): AffectedList => ({ count: all.length, named: all.slice(0, AFFECTED_NAMED) });

/** The import and its period, where it can be undone at all. */
function undoable(workbook: ReadableWorkbook, importId: number): UndoOutcome<{ readonly row: ImportRow; readonly frame: PeriodFrame }> {
  const row = importById(workbook, importId);
  if (!row) return refused('import_unknown', `There is no import ${importId} in this workbook. List the imports of the period, and name one of them.`);
  const frame = periodFrame(workbook, row.period_id)!;
  if (frame.locked) {
    return refused('period_locked', `Period ${frame.code} is locked: import ${importId} (${row.file_name}) stays. A later export can be compared with it; a correction belongs in the next period.`);
  }
  if (row.state === 'undone') return refused('import_not_standing', `Import ${importId} (${row.file_name}) was undone already: ${row.state_why ?? ''}. Import its file again where it is to count after all.`);
  if (row.state === 'superseded') {
    const by = supersederOf(workbook, importId);
    return refused('import_not_standing', `Import ${importId} (${row.file_name}) was replaced by import ${by?.import_id ?? '?'}: its rows are not in the figures. Undo import ${by?.import_id ?? '?'} to bring it back first.`);
  }
  return done({ row, frame });
}

/** Tables whose rows name a line. */
const LINE_TABLES: Readonly<Partial<Record<ImportRow['kind'], string>>> = { snapshot: 'snapshots', movements: 'movements', count: 'counts' };

/** Lines that a person said something of and that the import has rows of. */
function taggedLines(workbook: ReadableWorkbook, row: ImportRow): Affected[] {
  const table = LINE_TABLES[row.kind];
  if (!table) return [];
  return workbook
    .all<{ sku: string; code: string; reason_code: string | null; owner: string | null }>(
      `SELECT i.sku, l.code, t.reason_code, t.owner FROM tags t JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id)
         JOIN locations l USING (location_id)
       WHERE t.period_id = ? AND (t.reason_code IS NOT NULL OR t.owner IS NOT NULL OR t.note <> '' OR t.due_instant IS NOT NULL)
         AND t.stock_key_id IN (SELECT stock_key_id FROM ${table} WHERE import_id = ?)
       ORDER BY i.sku, l.code`,
      row.period_id, row.import_id,
    )
    .map(({ sku, code, reason_code, owner }) => ({ name: `${sku} at ${code}`, note: [reason_code ?? 'no reason', owner ?? 'no owner'].join(', ') }));
}

function quarantineOf(workbook: ReadableWorkbook, importId: number): UndoPreview['quarantine'] {
  const rows = workbook.all<{ state: string; rows: number }>('SELECT state, count(*) AS rows FROM quarantine_rows WHERE import_id = ? GROUP BY state', importId);
  const of = (state: string) => rows.find((each) => each.state === state)?.rows ?? 0;
  return { waiting: of('waiting'), mended: of('replayed'), ignored: of('ignored') };
}

function notesOf(row: ImportRow): string[] {
  const notes: string[] = [];
  if (parseKeptSummary(row) === undefined) {
    notes.push('This import is older than what is kept of imports now: which items, locations and names it brought is not known, and they stay.');
  }
  if (row.kind === 'items') {
    notes.push('A later items file that gave the same value changed nothing and left no trace: import it again after this, so that its values are set.');
  }
  return notes;
}

/** Undoes the import in the caller's transaction and says everything that this did. */
async function undo(context: ServiceContext, row: ImportRow, frame: PeriodFrame, why: string): Promise<Omit<UndoPreview, 'token'>> {
  const { workbook, job } = context;
  const importId = row.import_id;
  const blockedBy = journalsRestingOn(workbook, row);
  const tagged = taggedLines(workbook, row);
  const before = totalsOf(workbook, frame, row.kind);
  const stale = LINE_TABLES[row.kind] !== undefined || row.kind === 'items';
  const reconciled = workbook.get<{ reconciled_instant: number | null }>('SELECT reconciled_instant FROM periods WHERE period_id = ?', frame.periodId)!;
  job.progress('Taking the rows out', 0, null);
  const rowsLeaving = dropRows(workbook, importId);
  setImportState(workbook, importId, { state: 'undone', atInstant: context.now(), by: actorText(context.actor), why });
  const values = row.kind === 'items' ? restoreItems(context, row) : row.kind === 'tags' ? restoreTags(context, row) : { restored: [], left: [] };
  const old = row.supersedes_import_id === null ? undefined : importById(workbook, row.supersedes_import_id);
  let bringsBack: UndoPreview['bringsBack'] = null;
  const notes = notesOf(row);
  if (old?.state === 'superseded') {
    const rows = restoreRows(workbook, old.import_id, job);
    setImportState(workbook, old.import_id, { state: 'standing', atInstant: context.now(), by: actorText(context.actor), why: `Import ${importId}, which had replaced it, was undone: ${why}` });
    const waiting = await returnRowsOfLostNames(context, old, frame);
    if (waiting > 0) notes.push(`${plural(waiting, 'row')} of import ${old.import_id} (${old.file_name}) ${waiting === 1 ? 'waits' : 'wait'} in the quarantine: names were taken back since it was replaced.`);
    notes.push(...passOverRowsHeldBy(context, frame, old));
    bringsBack = { importId: old.import_id, fileName: old.file_name, rows };
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'import.restored',
      periodId: frame.periodId,
      subject: `import:${old.import_id}`,
      detail: { fileName: old.file_name, rows, before: 'superseded', after: 'standing', undone: importId, why },
    });
  }
  const takesIn = await takeInHeldRows(context, frame, row, null);
  const created = removeCreated(workbook, row);
  const after = totalsOf(workbook, frame, row.kind);
  appendAudit(workbook, {
    atInstant: context.now(),
    actor: actorText(context.actor),
    action: 'import.undone',
    periodId: frame.periodId,
    subject: `import:${importId}`,
    detail: {
      fileName: row.file_name, sha256: row.sha256, kind: row.kind, why, before: 'standing', after: 'undone', rows: rowsLeaving,
      removed: created.removed.length, kept: created.kept.length, restored: values.restored.length, left: values.left.length,
      bringsBack: bringsBack?.importId ?? null,
      takenIn: takesIn.map((each) => [each.importId, each.accepted, each.quarantined]),
    },
  });
  return {
    importId,
    fileName: row.file_name,
    kind: row.kind,
    rowsLeaving,
    blockedBy,
    taggedLines: listOf(tagged),
    reconciliationStale: stale && reconciled.reconciled_instant !== null,
    quarantine: quarantineOf(workbook, importId),
    removed: listOf(created.removed),
    kept: listOf(created.kept),
    restored: listOf(values.restored),
    leftAsTheyAre: listOf(values.left),
    bringsBack,
    takesIn,
    totals: compareTotals(before, after, new Set(SYSTEMS)).filter((total) => total.before !== total.after),
    notes,
  };
}

async function run(context: ServiceContext, { importId, why }: UndoRequest, commit: boolean, token?: string): Promise<UndoOutcome<UndoPreview>> {
  const { workbook } = context;
  try {
    return await inLongTransaction<UndoOutcome<UndoPreview>>(workbook, async () => {
      const found = undoable(workbook, importId);
      if (!found.ok) return { keep: false, value: found };
      const { row, frame } = found.value;
      const head = chainHead(workbook);
      const blocked = journalsRestingOn(workbook, row);
      if (commit && blocked.length > 0) {
        const message = `Import ${importId} (${row.file_name}) cannot be undone: ${blocked.map(({ name, note }) => `${name} ${note}`).join(' ')}`;
        return { keep: false, value: refused('journal_rests_on_it', message) };
      }
      const effect = await undo(context, row, frame, why);
      const now = createHash('sha256').update(`${head.hash}\n${JSON.stringify(effect)}`, 'utf8').digest('hex');
      if (commit && token !== undefined && token !== now) {
        return { keep: false, value: refused('workbook_changed', `The workbook changed since what undoing import ${importId} does was listed. List it again, then undo.`) };
      }
      return { keep: commit, value: done({ ...effect, token: now }) };
    });
  } catch (error) {
    if (error instanceof JobCancelled) return refused('cancelled', 'Undoing was cancelled. The workbook is as it was before.');
    if (error instanceof UnreadableFile) return refused('file_unreadable', `${error.message} The workbook is as it was before.`);
    throw error;
  }
}

/** Says exactly what undoing an import would do and touch, and changes nothing. */
export const previewUndo = (context: ServiceContext, importId: number): Promise<UndoOutcome<UndoPreview>> =>
  run(context, { importId, why: '(preview)' }, false);

/**
 * Undoes an import: all of it or nothing.
 *
 * @param token the preview's: refused where undoing would now do something else
 */
export const undoImport = (context: ServiceContext, request: UndoRequest, token?: string): Promise<UndoOutcome<UndoPreview>> =>
  run(context, request, true, token);
