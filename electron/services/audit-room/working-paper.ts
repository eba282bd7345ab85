/** The working paper of a sample, written as an Excel file. */
import { evaluationWords, methodWords, populationWords, repeatWords } from '@shared/domain/audit/paper-words';
import type { Sample } from '@shared/domain/audit/sample';
import { formatInstant } from '@shared/domain/instant';
import { type Outcome } from '@shared/domain/outcome';
import { type PaperLine, writeWorkingPaper } from '../../files/working-paper/write-working-paper';
import type { ServiceContext } from '../context';
import { usualPaper } from '../paper';
import { saveFile } from '../save-file';
import { workbookRow } from '../workbooks';
import { withAuditorFile } from './auditor-file';
import { listKeptCutOffs, readKeptCutOff } from './kept-cut-off';
import { keptSample, type KeptSampleFailure } from './kept-sample';

function paperLines(sample: Sample, workbookUuid: string, at: (instant: number) => string): PaperLine[] {
  const { terms, plan, currency, tickMarks, conclusion } = sample;
  const usedMarks = new Set(sample.items.flatMap(({ ticks }) => [...ticks]));
  return [
    { heading: 'What was tested' },
    { label: 'Purpose', text: sample.purpose || 'not stated' },
    { label: 'Period', text: sample.periodCode },
    { label: 'Population', text: populationWords(plan, terms.basis, currency) },
    { label: 'Method', text: methodWords(terms, plan, currency) },
    { label: 'To draw it again', text: repeatWords(sample) },
    { label: 'Workbook', text: `${workbookUuid}; audit trail at event ${sample.chainSequence}, ${sample.chainHash}; ${sample.sealRoot === null ? 'the period was not sealed' : `seal ${sample.sealRoot}`}` },
    { label: 'Drawn', text: `${sample.drawnBy}, ${at(sample.drawnInstant)}; ${sample.lines} lines` },
    { heading: 'Evaluation' },
    ...evaluationWords(sample).map((text, index) => ({ label: ['Found', 'Overstatement', 'Understatement', 'Result'][sample.evaluation.overstatement ? index : index === 0 ? 0 : 3]!, text })),
    { label: 'Floor to sheet', text: sample.floorCounts.length === 0 ? 'nothing was counted from the floor' : `${sample.floorCounts.length} counted, ${sample.floorCounts.filter(({ bookScaled, countedScaled }) => bookScaled !== countedScaled).length} differ from the books or are not in them` },
    { heading: 'Conclusion' },
    conclusion === null ? { label: 'Conclusion', text: 'not concluded yet' } : { label: `${sample.concludedBy}, ${at(sample.concludedInstant!).slice(0, 10)}`, text: conclusion },
    { heading: 'Tick marks' },
    ...tickMarks.filter(({ mark, isOwn }) => isOwn || usedMarks.has(mark)).map(({ mark, meaning }) => ({ label: mark, text: meaning })),
    ...(usedMarks.size === 0 ? [{ label: '', text: 'none used' }] : []),
  ];
}

/** Writes the working paper to a place the auditor chose. */
export async function saveWorkingPaper(
  context: ServiceContext, { file, sampleId, path }: { readonly file: string; readonly sampleId: number; readonly path: string },
): Promise<Outcome<{ readonly path: string }, KeptSampleFailure | 'file_unwritable'>> {
  const kept = await keptSample(context, file, sampleId);
  if (!kept.ok) return kept;
  const cutOffs = await withAuditorFile(context, file, 'read', (opened) =>
    listKeptCutOffs(opened).filter(({ periodCode }) => periodCode === kept.value.periodCode).map(({ cutOffTestId }) => readKeptCutOff(opened, cutOffTestId)!),
  );
  if (!cutOffs.ok) return cutOffs;
  const { company, time_zone: timeZone, workbook_uuid } = workbookRow(context.workbook);
  const at = (instant: number) => formatInstant(instant, timeZone).slice(0, 16).replace('T', ' ');
  const content = { company, timeZone, title: `Sample ${sampleId}, ${kept.value.periodCode}`, sample: kept.value, cutOffs: cutOffs.value, lines: paperLines(kept.value, workbook_uuid, at) };
  return saveFile(path, await writeWorkingPaper(content, usualPaper(timeZone)));
}
