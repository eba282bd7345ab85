/** The roll-forward as a report: by location with its total, and by line. */
import { ROLL_FORWARD_COLUMNS, type RollForwardColumn } from '@shared/domain/lines';
import { plural } from '@shared/domain/plural';
import { rollForwardByLocation, rollForwardLines, type RollForwardFigures } from '../roll-forward';
import { makeSection, sum, text, type Column } from './section';
import { LINES_SQL, linesParameters, linesWhere, type Frame, type ReportBody } from './frame';

const TITLES: Readonly<Record<RollForwardColumn, string>> = {
  opening: 'Opening', receipts: 'Receipts', shipments: 'Shipments', returns: 'Returns', transfers: 'Transfers', assembly: 'Assembly',
  adjustments: 'Adjustments', expected: 'Expected closing', reported: 'Reported closing', difference: 'Difference',
};
const COLUMNS: readonly Column[] = ROLL_FORWARD_COLUMNS.map((column) => sum('quantity', column, TITLES[column]));

export function rollForwardReport(frame: Frame): ReportBody {
  const { workbook, scope, locationId, currency } = frame;
  const places = rollForwardByLocation(workbook, scope, locationId);
  const known = places.reduce((total, { lines }) => total + lines, 0);
  const unknown = workbook.get<{ n: number }>(
    `SELECT count(*) AS n ${LINES_SQL} WHERE ${linesWhere(frame)} AND l.roll_forward_scaled IS NULL AND l.erp_at_cut_off_scaled IS NOT NULL`, linesParameters(frame),
  )!.n;
  const all: RollForwardFigures = Object.fromEntries(
    ROLL_FORWARD_COLUMNS.map((column) => [column, places.length === 0 ? null : places.reduce((total, { columns }) => total + (columns[column] ?? 0), 0)]),
  ) as RollForwardFigures;
  return {
    sections: [
      makeSection(
        { id: 'by-location', title: 'By location', columns: [text('location', 'Location'), sum('count', 'lines', 'Lines'), ...COLUMNS],
          lines: places.map(({ location, lines, columns }) => ({ location, lines, ...columns })) },
        currency,
      ),
      makeSection(
        {
          id: 'lines',
          title: 'By item and location, the largest difference first',
          columns: [text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), ...COLUMNS],
          lines: rollForwardLines(workbook, scope, locationId, frame.linesMax).map(({ columns, ...names }) => ({ ...names, ...columns })),
          all,
          linesInAll: known,
        },
        currency,
      ),
    ],
    notes: [
      'Opening is the closing of the locked period before. Between stands what the ERP itself posted in the period; the reported closing is its on hand at the cut-off. Expected is the opening and all that was posted.',
      ...(unknown > 0
        ? [`${plural(unknown, 'line of the ERP takes', 'lines of the ERP take')} no part: ${openingWords(frame)}`]
        : []),
    ],
  };
}

function openingWords({ scope }: Frame): string {
  if (!scope.previous) return 'the workbook has no period before this one, so the opening is unknown.';
  if (!scope.previous.isLocked) return `${scope.previous.code} is not locked, so the opening is unknown.`;
  return `the closing of ${scope.previous.code} does not hold them, or the ERP gave no postings: the opening or the movement is unknown.`;
}
