/**
 * Rows left out with a reason, and brought back with one.
 */
import type { IgnoreRowsRequest, RestoreRowsRequest } from '@shared/domain/quarantine';
import { done, refused } from '@shared/domain/outcome';
import { appendAudit } from '../../workbook/audit';
import { addRowCounts } from '../../workbook/tables/imports';
import { settleRow, waitAgain } from '../../workbook/tables/quarantine';
import { insertSteps } from '../../workbook/tables/quarantine-steps';
import { inTransaction } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { refusingCancelled } from './replay';
import { rowsTold } from './rows-told';
import { chosenRows, openRow, type ChosenRows, type QuarantineOutcome } from './selection';

const TELL_EVERY_ROWS = 2_000;

function tell({ job }: ServiceContext, stage: string, rows: number, of: number): void {
  if (rows % TELL_EVERY_ROWS !== 0) return;
  job.checkCancelled();
  job.progress(stage, rows, of);
}

/** Settles rows without writing them: all that were asked for, or none. */
export function ignoreRows(context: ServiceContext, { rows: selection, why }: IgnoreRowsRequest): QuarantineOutcome<{ readonly ignored: number }> {
  const { workbook } = context;
  return refusingCancelled(() => inTransaction(workbook, (): QuarantineOutcome<{ readonly ignored: number }> => {
    const chosen = chosenRows(workbook, selection);
    if (!chosen.ok) return chosen;
    const total = chosen.value.reduce((sum, { rows }) => sum + rows.length, 0);
    let ignored = 0;
    for (const { importRow, frame, rows } of chosen.value) {
      for (const row of rows) {
        settleRow(workbook, row.quarantine_row_id, 'ignored', why);
        ignored += 1;
        tell(context, 'Ignoring rows', ignored, total);
      }
      addRowCounts(workbook, importRow.import_id, { accepted: 0, quarantined: -rows.length, ignored: rows.length });
      const sequence = appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'quarantine.ignore',
        periodId: frame.periodId,
        subject: `import:${importRow.import_id}`,
        detail: { ...rowsTold(rows), why },
      });
      insertSteps(workbook, sequence, rows.map((row) => ({ quarantineRowId: row.quarantine_row_id, step: 'ignored', before: row, note: '' })));
    }
    return done({ ignored });
  }));
}

/** Makes ignored rows wait again. */
export function restoreRows(context: ServiceContext, { quarantineRowIds, why }: RestoreRowsRequest): QuarantineOutcome<{ readonly restored: number }> {
  const { workbook } = context;
  return refusingCancelled(() => inTransaction(workbook, (): QuarantineOutcome<{ readonly restored: number }> => {
    const byImport = new Map<number, ChosenRows>();
    for (const quarantineRowId of new Set(quarantineRowIds)) {
      const found = openRow(workbook, quarantineRowId);
      if (!found.ok) return found;
      const { row, importRow } = found.value;
      const place = `Row ${row.row_number} of ${importRow.file_name}`;
      if (row.state === 'waiting') return refused('row_waits', `${place} waits already. Read the list again.`);
      if (row.state === 'replayed') {
        return refused('row_settled', `${place} was written. Take back the name it was written through, or the import.`);
      }
      const held = byImport.get(row.import_id);
      if (held) held.rows.push(row);
      else byImport.set(row.import_id, found.value);
    }
    let restored = 0;
    for (const { importRow, frame, rows } of byImport.values()) {
      for (const row of rows) {
        waitAgain(workbook, row);
        restored += 1;
        tell(context, 'Bringing rows back', restored, quarantineRowIds.length);
      }
      addRowCounts(workbook, importRow.import_id, { accepted: 0, quarantined: rows.length, ignored: -rows.length });
      const sequence = appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'quarantine.restore',
        periodId: frame.periodId,
        subject: `import:${importRow.import_id}`,
        detail: { ...rowsTold(rows), why },
      });
      insertSteps(workbook, sequence, rows.map((row) => ({ quarantineRowId: row.quarantine_row_id, step: 'brought_back', before: null, note: '' })));
    }
    return done({ restored });
  }));
}
