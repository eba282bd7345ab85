/**
 * What was done to rows of the quarantine: one step for each audit event that moved a row.
 */
import type { QuarantineReason } from '@shared/domain/import';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export type QuarantineStepName = 'written' | 'passed_over' | 'reason_changed' | 'corrected' | 'ignored' | 'brought_back' | 'taken_back';

export interface NewStep {
  readonly quarantineRowId: number;
  readonly step: QuarantineStepName;
  /** What it waited for before; null where it did not wait. */
  readonly before: { readonly reason: QuarantineReason; readonly subject: string } | null;
  readonly note: string;
}

/** Keeps the steps that one audit event stands for. */
export function insertSteps(workbook: WritableWorkbook, sequence: number, steps: readonly NewStep[]): void {
  for (const { quarantineRowId, step, before, note } of steps) {
    workbook.run(
      'INSERT INTO quarantine_steps (quarantine_row_id, sequence, step, reason, subject, note) VALUES (?, ?, ?, ?, ?, ?)',
      quarantineRowId, sequence, step, before?.reason ?? null, before?.subject ?? null, note,
    );
  }
}

export interface StepRow {
  readonly sequence: number;
  readonly step: QuarantineStepName;
  readonly reason: QuarantineReason | null;
  readonly subject: string | null;
  readonly note: string;
  readonly at_instant: number;
  readonly actor: string;
  readonly why: string | null;
}

/** The steps of a row in their order, with who, when and why from the trail. */
export const stepsOfRow = (workbook: ReadableWorkbook, quarantineRowId: number): StepRow[] =>
  workbook.all(
    `SELECT s.sequence, s.step, s.reason, s.subject, s.note, e.at_instant, e.actor, json_extract(e.detail, '$.why') AS why
     FROM quarantine_steps s JOIN audit_events e USING (sequence) WHERE s.quarantine_row_id = ? ORDER BY s.sequence`,
    quarantineRowId,
  );
