/**
 * Which rows an action means: chosen one by one, or all of a group. Only rows that wait, and only in an open period.
 */
import type { QuarantineFailure, RowSelection, Touched, TouchRequest } from '@shared/domain/quarantine';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { normaliseHeader } from '../../files/profiles/recognise';
import { importById, periodFrame, type ImportRow, type PeriodFrame } from '../../workbook/tables/imports';
import { quarantineRowById, quarantineRowIds, type QuarantineTableRow } from '../../workbook/tables/quarantine';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { cellsOfRaw, parseDefinition, type ImportDefinition } from '../imports/profiles/definition';

export type QuarantineOutcome<T> = Outcome<T, QuarantineFailure>;

const VALUES_LISTED = 50;

/** The period of an import, open for changes. */
export function openFrame(workbook: ReadableWorkbook, periodId: number): QuarantineOutcome<PeriodFrame> {
  const frame = periodFrame(workbook, periodId);
  if (!frame) return refused('period_unknown', `There is no period ${periodId} in this workbook. Choose one from the list of periods.`);
  if (frame.locked) return refused('period_locked', `Period ${frame.code} is locked: its quarantine cannot change. Work in an open period.`);
  return done(frame);
}

/** Rows of one import. */
export interface ChosenRows {
  readonly importRow: ImportRow;
  readonly frame: PeriodFrame;
  readonly rows: QuarantineTableRow[];
}

/** The row and its import, in an open period, whatever its state. */
export function openRow(workbook: ReadableWorkbook, quarantineRowId: number): QuarantineOutcome<ChosenRows & { readonly row: QuarantineTableRow }> {
  const row = quarantineRowById(workbook, quarantineRowId);
  const importRow = row && importById(workbook, row.import_id);
  if (!row || !importRow) return refused('row_unknown', `There is no row ${quarantineRowId} in the quarantine. Read the list again.`);
  const frame = openFrame(workbook, importRow.period_id);
  if (!frame.ok) return frame;
  if (importRow.state !== 'standing') {
    const became = importRow.state === 'undone' ? 'undone' : 'replaced by a corrected file';
    return refused('row_settled', `Row ${row.row_number} of ${importRow.file_name} waits no more: its import was ${became}. Read the list again to see what waits.`);
  }
  return done({ row, importRow, frame: frame.value, rows: [row] });
}

export function waitingRow(workbook: ReadableWorkbook, quarantineRowId: number): QuarantineOutcome<ChosenRows & { readonly row: QuarantineTableRow }> {
  const found = openRow(workbook, quarantineRowId);
  if (!found.ok) return found;
  const { row, importRow } = found.value;
  if (row.state !== 'waiting') {
    const became = row.state === 'replayed' ? 'written' : 'ignored';
    return refused('row_settled', `Row ${row.row_number} of ${importRow.file_name} was ${became} already. Read the list again to see what waits.`);
  }
  return found;
}

const idsOf = (workbook: ReadableWorkbook, selection: RowSelection): readonly number[] =>
  'quarantineRowIds' in selection ? [...new Set(selection.quarantineRowIds)] : quarantineRowIds(workbook, { ...selection, state: 'waiting' });

/** The waiting rows of a selection by their import; where one of them cannot be touched, none can. */
export function chosenRows(workbook: ReadableWorkbook, selection: RowSelection): QuarantineOutcome<readonly ChosenRows[]> {
  if ('periodId' in selection) {
    const frame = openFrame(workbook, selection.periodId);
    if (!frame.ok) return frame;
  }
  const byImport = new Map<number, ChosenRows>();
  for (const quarantineRowId of idsOf(workbook, selection)) {
    const held = byImport.get(quarantineRowById(workbook, quarantineRowId)?.import_id ?? -1);
    const row = held && quarantineRowById(workbook, quarantineRowId);
    if (held && row?.state === 'waiting') {
      held.rows.push(row);
      continue;
    }
    const found = waitingRow(workbook, quarantineRowId);
    if (!found.ok) return found;
    const { importRow, frame } = found.value;
    byImport.set(importRow.import_id, { importRow, frame, rows: [found.value.row] });
  }
  if (byImport.size === 0) return refused('nothing_chosen', 'No row waits in this group. Read the list again to see what waits.');
  return done([...byImport.values()]);
}

/** The place of a column by its header; -1 where the file has none of that name. */
export function columnOf({ header }: ImportDefinition, column: string): number {
  const wanted = normaliseHeader(column);
  return header.findIndex((text) => normaliseHeader(text) === wanted);
}

/** The cells a row is tried with: as a person corrected it, else as the file has it. */
export const cellsOf = (definition: ImportDefinition, row: Pick<QuarantineTableRow, 'corrected_text' | 'raw_text'>): string[] =>
  cellsOfRaw(definition, row.corrected_text ?? row.raw_text);

/** Whether a cell reads what is to be replaced; null stands for whatever it reads. */
export const reads = (cell: string | undefined, from: string | null): boolean => from === null || (cell ?? '').trim() === from.trim();

/** How many rows an action on a selection would touch, in which files, and what a column reads in them. */
export function touchedBy(workbook: ReadableWorkbook, { rows: selection, column, from }: TouchRequest): QuarantineOutcome<Touched> {
  const chosen = chosenRows(workbook, selection);
  if (!chosen.ok) return chosen.failure === 'nothing_chosen' ? done({ rows: 0, files: [], values: [] }) : chosen;
  const values = new Map<string, number>();
  const files: string[] = [];
  let touched = 0;
  for (const { importRow, rows } of chosen.value) {
    const before = touched;
    if (column === undefined) touched += rows.length;
    else {
      const definition = parseDefinition(importRow.definition);
      const place = columnOf(definition, column);
      for (const row of place < 0 ? [] : rows) {
        const cell = (cellsOf(definition, row)[place] ?? '').trim();
        values.set(cell, (values.get(cell) ?? 0) + 1);
        if (reads(cell, from ?? null)) touched += 1;
      }
    }
    if (touched > before) files.push(importRow.file_name);
  }
  const listed = [...values].map(([value, rows]) => ({ value, rows })).sort((left, right) => right.rows - left.rows).slice(0, VALUES_LISTED);
  return done({ rows: touched, files: [...new Set(files)], values: listed });
}
