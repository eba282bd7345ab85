/**
 * What changed between two seals as a report file, by the writers that every report goes through.
 */
import path from 'node:path';
import type { SealChanges } from '@shared/contract/sign-off';
import { formatInstant } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { type Report, ReportRequest, SEAL_REPORT_ID } from '@shared/domain/report';
import { writeReportCsv } from '../../files/report/write-csv';
import { writeReportHtml } from '../../files/report/write-html';
import { writeReportXlsx } from '../../files/report/write-xlsx';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { usualPaper } from '../paper';
import { openFrame } from '../reports/frame';
import { figure, makeSection, sum, text } from '../reports/section';
import { saveFile } from '../save-file';
import { changesSince } from './seal-changes';

/** Rows that a file names; all are counted. */
const DIFFERENCES_MAX = 100_000;
/** What a page for paper holds: some hundred pages. */
const HTML_DIFFERENCES_MAX = 5_000;

type SaveFailure = 'period_missing' | 'seal_missing' | 'nothing_after' | 'not_reconciled' | 'format_unknown' | 'file_unwritable';

function sectionsOf(changes: SealChanges): Report['sections'] {
  const { currency } = changes;
  const named = changes.differences.length;
  return [
    makeSection({ id: 'figures', title: 'Figures', columns: [text('name', 'Figure'), text('then', 'Then'), text('now', 'Now')], lines: changes.figures, hasTotal: false }, currency),
    makeSection(
      { id: 'tables', title: 'By table', columns: [text('table', 'Table'), sum('count', 'added', 'Rows added'), sum('count', 'gone', 'Rows gone'), sum('count', 'changed', 'Rows changed')], lines: changes.tables },
      currency,
    ),
    makeSection(
      {
        id: 'lines',
        title: 'Row by row',
        note: changes.differencesInAll > named ? `The first ${named.toLocaleString('en-US')} of ${changes.differencesInAll.toLocaleString('en-US')} differences.` : '',
        columns: [
          figure('count', 'place', 'No.'), text('table', 'Table'), text('line', 'Line'), text('key', 'Key', { wide: true }), text('kind', 'What'), text('column', 'Column'),
          text('then', 'Then', { wide: true }), text('now', 'Now', { wide: true }),
        ],
        lines: changes.differences.map((each, index) => ({ place: index + 1, ...each })),
        hasTotal: false,
      },
      currency,
    ),
  ];
}

/** Refusals in their order: `format_unknown`; those of `changesSince`; `not_reconciled`, where the open period has no lines to stand for; `file_unwritable`. */
export async function saveChanges(
  workbook: ReadableWorkbook, job: Job, request: { readonly periodId: number; readonly sealNumber: number; readonly path: string },
): Promise<Outcome<{ readonly path: string }, SaveFailure>> {
  const format = path.extname(request.path).toLowerCase();
  if (!['.xlsx', '.html', '.csv'].includes(format)) {
    return refused('format_unknown', `${path.basename(request.path)} is no file that a report is written as. End its name with .xlsx, .html, .csv.`);
  }
  const outcome = changesSince(workbook, job, { ...request, differencesMax: format === '.html' ? HTML_DIFFERENCES_MAX : DIFFERENCES_MAX });
  if (!outcome.ok) return outcome;
  const changes = outcome.value;
  const frame = openFrame(workbook, ReportRequest.parse({ periodId: request.periodId, report: 'inventory' }));
  if (!frame.ok) return frame.failure === 'location_unknown' ? refused('not_reconciled', frame.message) : { ...frame, failure: frame.failure };
  const { standsFor } = frame.value;
  const at = (instant: number) => formatInstant(instant, standsFor.timeZone);
  const side = ({ sealNumber, lodgedCode, signer, sealedInstant }: SealChanges['from']) => `seal ${sealNumber} (${lodgedCode}, ${signer}, ${at(sealedInstant)})`;
  const report: Report = {
    id: SEAL_REPORT_ID,
    title: 'What changed between seals',
    standsFor,
    choice: `${side(changes.from)} against ${changes.to ? side(changes.to) : 'the open period as it stands'}`,
    sections: sectionsOf(changes),
    notes: [
      `Every table of the seal was held row by row against ${changes.to ? 'the next seal’s copy' : 'what the workbook holds now'}: ${plural(changes.differencesInAll, 'difference')} in ${plural(changes.tables.length, 'table')}.`,
      'Rules, names and master data are compared as they were in force; a change of them need not have moved a figure.',
    ],
    proposals: [],
  };
  const paper = usualPaper(standsFor.timeZone);
  const content =
    format === '.xlsx' ? await writeReportXlsx(report, paper)
    : format === '.html' ? writeReportHtml(report, paper)
    : `\ufeff${writeReportCsv(report, report.sections.find(({ id }) => id === 'lines')!)}`;
  const saved = saveFile(request.path, content);
  return saved.ok ? done({ path: request.path }) : saved;
}
