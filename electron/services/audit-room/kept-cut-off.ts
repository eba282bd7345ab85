/**
 * Cut-off tests in the auditor's own file: what a test showed, kept as it was run, and what the auditor says of each posting.
 */
import { CutOffItem, type Judgement, type KeptCutOff, type KeptCutOffSummary } from '@shared/domain/audit/cut-off';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { chainHead } from '../../workbook/audit';
import { auditorFileRow, type CutOffTestRow, cutOffItemRows, cutOffTestRows, insertRow, updateCutOffItem } from '../../workbook/auditor-file/tables';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import type { ServiceContext } from '../context';
import { listSeals } from '../sign-off/seal';
import { type AuditorFileFailure, withAuditorFile } from './auditor-file';
import { runCutOffTest } from './cut-off';
import { tell } from './trail';

export type KeptCutOffFailure = AuditorFileFailure | 'test_missing';
export type JudgeFailure = KeptCutOffFailure | 'line_missing';

const missing = (testId: number) => refused('test_missing', `The auditor's file has no cut-off test ${testId}. Choose one from its list.`);

const summaryOf = (file: ReadableWorkbook, row: CutOffTestRow): KeptCutOffSummary => {
  const items = cutOffItemRows(file, row.cut_off_test_id);
  return {
    cutOffTestId: row.cut_off_test_id, periodCode: row.period_code, cutOffInstant: row.cut_off_instant, count: row.posting_count, lines: items.length,
    judged: items.filter(({ own_judgement, note }) => own_judgement !== null || note !== '').length, runBy: row.run_by, runInstant: row.run_instant,
  };
};

export const listKeptCutOffs = (file: ReadableWorkbook): KeptCutOffSummary[] => cutOffTestRows(file).map((row) => summaryOf(file, row));

/** A kept test whole; undefined where the file has none of that number. */
export function readKeptCutOff(file: ReadableWorkbook, cutOffTestId: number): KeptCutOff | undefined {
  const row = cutOffTestRows(file).find((each) => each.cut_off_test_id === cutOffTestId);
  if (!row) return undefined;
  return {
    ...summaryOf(file, row),
    sealRoot: row.seal_root, chainSequence: row.chain_sequence, chainHash: row.chain_hash,
    items: cutOffItemRows(file, cutOffTestId).map(({ number, item, own_judgement, note }) => ({ ...CutOffItem.parse(JSON.parse(item)), number, ownJudgement: own_judgement, note })),
  };
}

/** Runs the test and keeps what it shows, with how the workbook stood. */
export async function keepCutOffTest(
  context: ServiceContext, { file: name, periodId, count }: { readonly file: string; readonly periodId: number; readonly count: number },
): Promise<Outcome<KeptCutOff, AuditorFileFailure | 'period_missing'>> {
  const run = runCutOffTest(context.workbook, periodId, count);
  if (!run.ok) return run;
  const { periodCode, cutOffInstant, items } = run.value;
  const { sequence, hash } = chainHead(context.workbook);
  return withAuditorFile(context, name, 'write', (file) =>
    inTransaction(file, () => {
      const { auditor: by } = auditorFileRow(file)!;
      const atInstant = context.now();
      const cutOffTestId = insertRow(file, 'cut_off_tests', {
        period_code: periodCode, cut_off_instant: cutOffInstant, posting_count: count, seal_root: listSeals(context.workbook, periodId).at(-1)?.rootHash ?? null, chain_sequence: sequence, chain_hash: hash,
        run_by: by, run_instant: atInstant,
      });
      items.forEach((item, index) => insertRow(file, 'cut_off_items', { cut_off_test_id: cutOffTestId, number: index + 1, item: JSON.stringify(item) }));
      tell(file, { by, atInstant, action: 'cutOff.keep', cutOffTestId, detail: { period: periodCode, count, lines: items.length } });
      return readKeptCutOff(file, cutOffTestId)!;
    }),
  );
}

export interface CutOffJudgement {
  readonly file: string;
  readonly cutOffTestId: number;
  readonly number: number;
  /** Null: as the test judged it. */
  readonly ownJudgement: Judgement | null;
  readonly note: string;
}

/** Writes what the auditor says of one posting. */
export async function judgeCutOffItem(context: ServiceContext, { file: name, cutOffTestId, number, ownJudgement, note }: CutOffJudgement): Promise<Outcome<KeptCutOff, JudgeFailure>> {
  const written = await withAuditorFile(context, name, 'write', (file): Outcome<KeptCutOff, JudgeFailure> => {
    const test = readKeptCutOff(file, cutOffTestId);
    if (!test) return missing(cutOffTestId);
    const before = test.items.find((each) => each.number === number);
    if (!before) return refused('line_missing', `Cut-off test ${cutOffTestId} has ${plural(test.items.length, 'posting')}, none with the number ${number}. Choose one of them.`);
    return inTransaction(file, () => {
      const { auditor: by } = auditorFileRow(file)!;
      const atInstant = context.now();
      updateCutOffItem(file, { cut_off_test_id: cutOffTestId, number, own_judgement: ownJudgement, note, changed_by: by, changed_instant: atInstant });
      tell(file, {
        by, atInstant, action: 'cutOff.judge', cutOffTestId,
        detail: { number, document: before.document, sku: before.sku, before: { judgement: before.ownJudgement, note: before.note }, after: { judgement: ownJudgement, note } },
      });
      return done(readKeptCutOff(file, cutOffTestId)!);
    });
  });
  return written.ok ? written.value : written;
}

/** The kept tests of the file. */
export const keptCutOffsOf = (context: ServiceContext, file: string) => withAuditorFile(context, file, 'read', listKeptCutOffs);

/** One kept test of the file. */
export async function keptCutOff(context: ServiceContext, file: string, cutOffTestId: number): Promise<Outcome<KeptCutOff, KeptCutOffFailure>> {
  const read = await withAuditorFile(context, file, 'read', (opened) => readKeptCutOff(opened, cutOffTestId));
  if (!read.ok) return read;
  return read.value ? done(read.value) : missing(cutOffTestId);
}
