/**
 * What happened to a row of the quarantine, from the import that brought it on.
 */
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import type { QuarantineStep } from '@shared/domain/quarantine';
import { assertNever, done, refused, type Outcome } from '@shared/domain/outcome';
import { importById } from '../../workbook/tables/imports';
import { quarantineRowById } from '../../workbook/tables/quarantine';
import { stepsOfRow, type StepRow } from '../../workbook/tables/quarantine-steps';
import type { ReadableWorkbook } from '../../workbook/workbook';

function sentenceOf({ step, note }: StepRow): string {
  switch (step) {
    case 'written':
      return note === '' ? 'Replayed and written' : `Replayed and written: ${note}`;
    case 'passed_over':
      return `Replayed and passed over: ${note}`;
    case 'reason_changed':
      return `Replayed. ${note}`;
    case 'corrected':
      return `Corrected. ${note}`;
    case 'ignored':
      return 'Ignored';
    case 'brought_back':
      return 'Brought back: it waits again';
    case 'taken_back':
      return `Taken out of the data: ${note}`;
    default:
      return assertNever(step);
  }
}

/** Each step with who, when and why, the oldest first. */
export function historyOfRow(workbook: ReadableWorkbook, quarantineRowId: number): Outcome<QuarantineStep[], 'row_unknown'> {
  const row = quarantineRowById(workbook, quarantineRowId);
  const importRow = row && importById(workbook, row.import_id);
  if (!row || !importRow) return refused('row_unknown', `There is no row ${quarantineRowId} in the quarantine. Read the list again.`);
  const steps = stepsOfRow(workbook, quarantineRowId);
  const first = steps[0];
  const cameFor = first?.step === 'brought_back' || !first ? row : first;
  const waited = cameFor.reason === null ? '' : `${QUARANTINE_REASON_WORDS[cameFor.reason]}${cameFor.subject ? ` ${cameFor.subject}` : ''}`;
  const history: QuarantineStep[] = [
    {
      step: 'came_in',
      atInstant: importRow.imported_instant,
      actor: importRow.imported_by,
      sentence: waited === '' ? `Row ${row.row_number} of ${importRow.file_name} was written` : `Row ${row.row_number} of ${importRow.file_name} came in and waited for: ${waited}`,
      why: '',
      sequence: null,
    },
  ];
  if (!steps.some((step) => ['written', 'passed_over', 'corrected', 'ignored'].includes(step.step)) && (row.state !== 'waiting' || first?.step === 'brought_back')) {
    // An earlier version kept the note and not the step.
    const note = row.settled_note ?? '';
    const became = row.state === 'replayed' ? 'Replayed and written' : 'Ignored';
    history.push({ step: 'settled_earlier', atInstant: null, actor: '', sentence: note === '' ? became : `${became}: ${note}`, why: '', sequence: null });
  }
  return done([
    ...history,
    ...steps.map((step): QuarantineStep => ({
      step: step.step,
      atInstant: step.at_instant,
      actor: step.actor,
      sentence: sentenceOf(step),
      why: step.why ?? '',
      sequence: step.sequence,
    })),
  ]);
}
