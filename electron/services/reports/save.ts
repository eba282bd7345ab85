/**
 * Saving a report as a file: Excel, a page for paper, or one section as comma-separated text, by the file's extension.
 */
import path from 'node:path';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { REPORT_LINES_MAX, type Report, type ReportRequest } from '@shared/domain/report';
import { writeReportCsv } from '../../files/report/write-csv';
import { writeReportHtml } from '../../files/report/write-html';
import { writeReportXlsx } from '../../files/report/write-xlsx';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { usualPaper } from '../paper';
import { saveFile } from '../save-file';
import { readReport, type ReportFailure } from './index';

export interface SaveRequest {
  readonly path: string;
  /** The section that a CSV file holds; null: the finest. */
  readonly section: string | null;
}

export interface SavedReport {
  readonly path: string;
  readonly title: string;
  readonly isStale: boolean;
}

export type SaveFailure = 'format_unknown' | ReportFailure | 'section_unknown' | 'file_unwritable';

const FORMATS = ['.xlsx', '.html', '.csv'] as const;
/** What a page for paper holds of a long section: some hundred pages. */
const HTML_LINES_MAX = 5_000;

/** The section of lines where there is one, else the longest. */
const finest = ({ sections }: Report): string =>
  (sections.find(({ id }) => id === 'lines') ?? sections.reduce((longest, each) => (each.linesInAll > longest.linesInAll ? each : longest))).id;

/** Refusals in their order: `format_unknown`, those of reading, `section_unknown`, `file_unwritable`. */
export async function saveReport(workbook: ReadableWorkbook, request: ReportRequest, to: SaveRequest): Promise<Outcome<SavedReport, SaveFailure>> {
  const format = FORMATS.find((extension) => path.extname(to.path).toLowerCase() === extension);
  if (!format) return refused('format_unknown', `${path.basename(to.path)} is no file that a report is written as. End its name with ${FORMATS.join(', ')}.`);
  const outcome = readReport(workbook, { ...request, linesMax: Math.min(request.linesMax, format === '.html' ? HTML_LINES_MAX : REPORT_LINES_MAX) });
  if (!outcome.ok) return outcome;
  const report = outcome.value;
  const wanted = to.section ?? finest(report);
  const section = report.sections.find(({ id }) => id === wanted);
  if (!section) {
    return refused('section_unknown', `${report.title} has no section ${wanted}. It has ${report.sections.map(({ id }) => id).join(', ')}.`);
  }
  const { timeZone } = report.standsFor;
  const content =
    format === '.xlsx' ? await writeReportXlsx(report, usualPaper(timeZone))
    : format === '.html' ? writeReportHtml(report, usualPaper(timeZone))
    : `\ufeff${writeReportCsv(report, section)}`;
  const saved = saveFile(to.path, content);
  return saved.ok ? done({ path: to.path, title: report.title, isStale: report.standsFor.isStale }) : saved;
}
