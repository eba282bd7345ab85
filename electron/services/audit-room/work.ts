/**
 * What the auditor writes into a sample: test counts both ways, tick marks, notes, the conclusion. Each is told in the trail of the
 * auditor's file with what stood there before; the workbook is only read.
 */
import { readTicks, type Sample, type SampleChange } from '@shared/domain/audit/sample';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { auditorFileRow, insertRow, sampleItemRows, sampleRow, tickMarkRows, updateConclusion, updateItem } from '../../workbook/auditor-file/tables';
import { populationRowOf } from '../../workbook/tables/audit-population';
import { inTransaction, type SqliteWorkbook } from '../../workbook/workbook';
import type { ServiceContext } from '../context';
import { findPeriodByCode } from '../periods';
import { type AuditorFileFailure, withAuditorFile } from './auditor-file';
import { readSample, sampleMissing } from './read';
import { tell } from './trail';

export type ChangeFailure = AuditorFileFailure | 'sample_missing' | 'line_missing' | 'mark_unknown' | 'mark_taken' | 'items_open' | 'sample_concluded';

type Changed = Outcome<null, ChangeFailure>;

interface Writing {
  readonly file: SqliteWorkbook;
  readonly sampleId: number;
  readonly by: string;
  readonly atInstant: number;
}

function changeItem({ file, sampleId, by, atInstant }: Writing, change: Extract<SampleChange, { kind: 'item' }>): Changed {
  const before = sampleItemRows(file, sampleId).find(({ number }) => number === change.number);
  if (!before) return refused('line_missing', `Sample ${sampleId} has no line ${change.number}.`);
  const known = new Set(tickMarkRows(file).map(({ mark }) => mark));
  const ticks = change.ticks === undefined ? before.ticks : readTicks(change.ticks, known);
  const unknown = [...ticks].find((mark) => !known.has(mark));
  if (unknown !== undefined) return refused('mark_unknown', `${unknown} is no tick mark of this file. It has ${[...known].join(' ')}; add a mark of your own with its meaning first.`);
  const after = {
    counted_scaled: change.countedScaled === undefined ? before.counted_scaled : change.countedScaled,
    audited_cost_scaled: change.auditedCostScaled === undefined ? before.audited_cost_scaled : change.auditedCostScaled,
    ticks, note: change.note ?? before.note,
  };
  updateItem(file, { sample_id: sampleId, number: change.number, ...after, changed_by: by, changed_instant: atInstant });
  const told = ({ counted_scaled, audited_cost_scaled, ticks: marks, note }: typeof after) => ({ countedScaled: counted_scaled, auditedCostScaled: audited_cost_scaled, ticks: marks, note });
  tell(file, { by, atInstant, action: 'sample.item', sampleId, detail: { number: change.number, sku: before.sku, location: before.location, before: told(before), after: told(after) } });
  return done(null);
}

function addFloorCount({ workbook }: ServiceContext, { file, sampleId, by, atInstant }: Writing, { sku, location, countedScaled, note }: Extract<SampleChange, { kind: 'floor' }>): Changed {
  const period = findPeriodByCode(workbook, sampleRow(file, sampleId)!.period_code);
  const line = period && populationRowOf(workbook, period.periodId, sku, location);
  insertRow(file, 'floor_counts', {
    sample_id: sampleId, sku, location, stock_key_id: line?.stock_key_id ?? null, counted_scaled: countedScaled, book_scaled: line?.book_scaled ?? null, note, counted_by: by, counted_instant: atInstant,
  });
  tell(file, { by, atInstant, action: 'sample.floorCount', sampleId, detail: { sku, location, countedScaled, bookScaled: line?.book_scaled ?? null, note } });
  return done(null);
}

function addMark({ file, sampleId, by, atInstant }: Writing, { mark, meaning }: Extract<SampleChange, { kind: 'mark' }>): Changed {
  const taken = tickMarkRows(file).find((each) => each.mark === mark);
  if (taken) return refused('mark_taken', `${mark} means “${taken.meaning}” already. Choose another character.`);
  insertRow(file, 'tick_marks', { mark, meaning, is_own: 1, display_order: 100 });
  tell(file, { by, atInstant, action: 'sample.mark', sampleId, detail: { mark, meaning } });
  return done(null);
}

function conclude({ file, sampleId, by, atInstant }: Writing, { conclusion }: Extract<SampleChange, { kind: 'conclude' }>): Changed {
  const { evaluation } = readSample(file, sampleId)!;
  if (evaluation.itemsOpen > 0) return refused('items_open', `${evaluation.words} Count them, then conclude.`);
  updateConclusion(file, sampleId, conclusion, by, atInstant);
  tell(file, { by, atInstant, action: 'sample.conclude', sampleId, detail: { conclusion, decision: evaluation.decision, words: evaluation.words } });
  return done(null);
}

function carryOut(context: ServiceContext, writing: Writing, change: SampleChange): Changed {
  const row = sampleRow(writing.file, writing.sampleId);
  if (!row) return sampleMissing(writing.sampleId);
  if (row.conclusion !== null) return refused('sample_concluded', `Sample ${writing.sampleId} was concluded by ${row.concluded_by} and stays as it is. Draw another sample for further work.`);
  switch (change.kind) {
    case 'item': return changeItem(writing, change);
    case 'floor': return addFloorCount(context, writing, change);
    case 'mark': return addMark(writing, change);
    case 'conclude': return conclude(writing, change);
  }
}

/** Makes one change and answers the sample as it then is. */
export async function changeSample(
  context: ServiceContext, { file: name, sampleId, change }: { readonly file: string; readonly sampleId: number; readonly change: SampleChange },
): Promise<Outcome<Sample, ChangeFailure>> {
  const written = await withAuditorFile(context, name, 'write', (file): Outcome<Sample, ChangeFailure> => {
    const writing = { file, sampleId, by: auditorFileRow(file)!.auditor, atInstant: context.now() };
    const changed = inTransaction(file, () => carryOut(context, writing, change));
    return changed.ok ? done(readSample(file, sampleId)!) : changed;
  });
  return written.ok ? written.value : written;
}
