/**
 * A section of a report: heads and totals that stay while the lines scroll, the first column with them.
 */
import type { Cell, ReportColumn, ReportSection, StandsFor } from '@shared/domain/report';
import { classes, hungBracket, periodName, UNKNOWN } from '../../ui';
import { cellText, groupSpans, isFigure } from './cells';
import styles from './reports.module.css';

export interface ReportTableProps {
  readonly section: ReportSection;
  readonly standsFor: StandsFor;
  /** On every page of paper above the heads. */
  readonly pageHead?: string;
}

export function ReportTable({ section, standsFor, pageHead }: ReportTableProps) {
  const { columns, rows, total } = section;
  const spans = groupSpans(columns);
  const text = (cell: Cell, column: ReportColumn, isLine: boolean) => cellText(cell, column, standsFor.currency, standsFor.timeZone, isLine);
  const cellsOf = (cells: readonly Cell[], isLine: boolean, isTotal = false) =>
    columns.map((column, index) => {
      const shown = text(cells[index] ?? null, column, isLine || (isTotal && column.sums));
      return (
        <td
          key={column.id}
          className={classes(isFigure(column) && styles['figure'], column.wide && styles['wide'], shown === UNKNOWN && styles['unknown'])}
          title={column.wide ? shown : undefined}
        >
          {isFigure(column) ? hungBracket(shown) : shown}
        </td>
      );
    });
  const totalRow = total ? cellsOf(total, false, true) : null;
  return (
    <table className={classes(styles['table'], spans.length > 0 && styles['grouped'])} data-testid="report-table">
      <caption className="visually-hidden">{section.title}</caption>
      <thead>
        {pageHead ? (
          <tr className={styles['pageHead']}>
            <th colSpan={columns.length}>{pageHead}</th>
          </tr>
        ) : null}
        {spans.length > 0 ? (
          <tr className={styles['groups']}>
            {spans.map(({ name, span }, index) => (
              <th key={index} scope="colgroup" colSpan={span} className={classes(name !== null && styles['group'])}>
                {name}
              </th>
            ))}
          </tr>
        ) : null}
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={classes(isFigure(column) && styles['figure'])}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index} className={classes(row.kind !== 'line' && styles[row.kind])} data-row={row.kind}>
            {cellsOf(row.cells, row.kind === 'line')}
          </tr>
        ))}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={columns.length} className={styles['nothing']}>
              {`Nothing of ${periodName(standsFor.periodCode)} stands here${standsFor.periodState === 'open' ? ' yet' : ''}.`}
            </td>
          </tr>
        ) : null}
        {/* On paper a foot would stand under every page: there the total is the last row. */}
        {pageHead && totalRow && rows.length > 0 ? (
          <tr className={styles['total']} data-row="total">
            {totalRow}
          </tr>
        ) : null}
      </tbody>
      {!pageHead && totalRow && rows.length > 0 ? (
        <tfoot>
          <tr data-row="total">{totalRow}</tr>
        </tfoot>
      ) : null}
    </table>
  );
}
