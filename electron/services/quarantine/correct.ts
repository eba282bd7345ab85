/**
 * Rows written with other cells than the file gave them, with a reason; the file's own text stays beside them.
 */
import type { CorrectRowRequest, ReplaceValueRequest, ReplayResult } from '@shared/domain/quarantine';
import { done, refused } from '@shared/domain/outcome';
import { recordText } from '../../files/readers/table';
import { appendAudit } from '../../workbook/audit';
import { setCorrectedText } from '../../workbook/tables/quarantine';
import { insertSteps } from '../../workbook/tables/quarantine-steps';
import { inTransaction } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { refusingCancelled, Replay, tryRows, type Attempt } from './replay';
import { rowsTold } from './rows-told';
import { cellsOf, chosenRows, columnOf, reads, waitingRow, type QuarantineOutcome } from './selection';

/** Writes one row as a person corrected it; refused where it cannot be written even so. */
export function correctRow(context: ServiceContext, request: CorrectRowRequest): QuarantineOutcome<ReplayResult> {
  const { workbook } = context;
  return inTransaction(workbook, (): QuarantineOutcome<ReplayResult> => {
    const found = waitingRow(workbook, request.quarantineRowId);
    if (!found.ok) return found;
    const { row, importRow, frame } = found.value;
    const replay = new Replay(context, importRow, frame);
    const raw = recordText(request.cells, replay.definition.delimiter ?? ',');
    setCorrectedText(workbook, row.quarantine_row_id, raw);
    const tried = tryRows(replay, [{ row, cells: request.cells, raw, correction: request }]);
    const problem = tried.problems.get(row.row_number);
    if (problem) return refused('still_bad', `The corrected row cannot be written either. ${problem.detail}`);
    if (tried.passedOver > 0) {
      return refused('still_bad', 'The corrected row is no data: it would be passed over. Ignore the row instead.');
    }
    const sequence = appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'quarantine.correct',
      periodId: frame.periodId,
      subject: `import:${importRow.import_id}`,
      detail: { rowNumber: row.row_number, reason: row.reason, before: row.corrected_text ?? row.raw_text, after: raw, why: request.why },
    });
    insertSteps(workbook, sequence, tried.steps);
    return done({ tried: 1, written: 1, stillWaiting: 0 });
  });
}

/**
 * Puts one value for another in one column of many rows and tries them. A row that waits for something else afterwards
 * keeps the correction, so that the next mend goes on from there; where nothing got better, nothing is kept.
 */
export function replaceValue(context: ServiceContext, request: ReplaceValueRequest): QuarantineOutcome<ReplayResult> {
  const { workbook } = context;
  const { column, from, to, why } = request;
  return refusingCancelled(() =>
    inTransaction(workbook, (): QuarantineOutcome<ReplayResult> => {
      const chosen = chosenRows(workbook, request.rows);
      if (!chosen.ok) return chosen;
      const total = { tried: 0, written: 0, stillWaiting: 0 };
      let hasColumn = false;
      let better = false;
      let firstProblem = '';
      for (const { importRow, frame, rows } of chosen.value) {
        const replay = new Replay(context, importRow, frame);
        const place = columnOf(replay.definition, column);
        if (place < 0) continue;
        hasColumn = true;
        const attempts: Attempt[] = [];
        for (const row of rows) {
          const cells = cellsOf(replay.definition, row);
          if (!reads(cells[place], from) || cells[place] === to) continue;
          while (cells.length <= place) cells.push('');
          cells[place] = to;
          const raw = recordText(cells, replay.definition.delimiter ?? ',');
          setCorrectedText(workbook, row.quarantine_row_id, raw);
          attempts.push({ row, cells, raw, correction: { why } });
        }
        if (attempts.length === 0) continue;
        const { written, passedOver, steps, problems } = tryRows(replay, attempts);
        total.tried += attempts.length;
        total.written += written;
        total.stillWaiting += attempts.length - written - passedOver;
        better ||= written + passedOver > 0;
        for (const { row } of attempts) {
          const problem = problems.get(row.row_number);
          if (problem && firstProblem === '') firstProblem = problem.detail;
          better ||= problem !== undefined && problem.reason !== row.reason;
        }
        const sequence = appendAudit(workbook, {
          atInstant: context.now(),
          actor: actorText(context.actor),
          action: 'quarantine.replace',
          periodId: frame.periodId,
          subject: `import:${importRow.import_id}`,
          detail: {
            column, before: from, after: to, why, written, ...rowsTold(attempts.map(({ row }) => row)),
          },
        });
        insertSteps(workbook, sequence, steps);
      }
      if (!hasColumn) return refused('column_unknown', `None of these rows is of a file with a column ${column}. Choose a column of their header.`);
      if (total.tried === 0) {
        return refused('nothing_chosen', `In none of these rows does ${column} read "${from ?? ''}". Choose a value that it reads.`);
      }
      if (!better) return refused('still_bad', `No row gets better by it: ${firstProblem} Give another value, or ignore the rows.`);
      return done(total);
    }),
  );
}
