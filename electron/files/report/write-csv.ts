/** One section of a report as comma-separated text: its lines and nothing that could be added up with them twice. */
import { csvCell } from '@shared/domain/csv-cell';
import { plainCell, type Report, type ReportSection } from '@shared/domain/report';

/** `left_opening` stays; groups are told by the columns' own ids, which are the header. CRLF line ends (RFC 4180); an empty cell is unknown. */
export const writeReportCsv = (report: Report, section: ReportSection): string =>
  [
    section.columns.map(({ id }) => csvCell(id)),
    ...section.rows.filter(({ kind }) => kind === 'line').map(({ cells }) => section.columns.map((column, index) => csvCell(plainCell(cells[index] ?? null, column.kind, report.standsFor)))),
  ]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
