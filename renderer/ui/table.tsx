/**
 * A plain table for short lists: figures at the right, heads that stay, rows that may be chosen. Long lists belong to
 * the grid.
 */
import type { ReactNode } from 'react';
import { classes } from './classes';
import { hungBracket } from './hung-bracket';
import styles from './table.module.css';

export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly align?: 'start' | 'end';
  readonly width?: number | string;
  readonly cell: (row: Row, index: number) => ReactNode;
  /** Long text breaks into lines instead of being cut. */
  readonly wraps?: boolean;
  /** The sum or word at the foot. */
  readonly foot?: ReactNode;
}

export interface TableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, index: number) => string | number;
  /** Rows can be chosen: by click, Enter or Space. */
  readonly onChoose?: (row: Row) => void;
  readonly chosenKey?: string | number | undefined;
  /** In place of rows where there are none. */
  readonly empty?: ReactNode;
  readonly testId?: string;
}

/** From so many columns on a table may become wider than what is read in lines. */
const MANY_COLUMNS = 7;

export function Table<Row>({ caption, columns, rows, rowKey, onChoose, chosenKey, empty, testId }: TableProps<Row>) {
  const hasFoot = columns.some((column) => column.foot !== undefined);
  return (
    <table className={classes(styles['table'], columns.length >= MANY_COLUMNS && styles['many'])} data-testid={testId}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={classes(column.align === 'end' && styles['end'])} style={column.width === undefined ? undefined : { width: column.width }}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const key = rowKey(row, index);
          return (
            <tr
              key={key}
              className={classes(onChoose && styles['choosable'], chosenKey === key && styles['chosen'])}
              aria-selected={onChoose ? chosenKey === key : undefined}
              tabIndex={onChoose ? 0 : undefined}
              onClick={onChoose ? () => onChoose(row) : undefined}
              onKeyDown={
                onChoose
                  ? (event) => {
                      if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
                      event.preventDefault();
                      onChoose(row);
                    }
                  : undefined
              }
            >
              {columns.map((column) => (
                <td key={column.id} className={classes(column.align === 'end' && styles['end'], column.wraps && styles['wraps'])}>{column.align === 'end' ? hungBracket(column.cell(row, index)) : column.cell(row, index)}</td>
              ))}
            </tr>
          );
        })}
        {rows.length === 0 && empty ? (
          <tr>
            <td colSpan={columns.length} className={styles['empty']}>{empty}</td>
          </tr>
        ) : null}
      </tbody>
      {hasFoot ? (
        <tfoot>
          <tr>
            {columns.map((column) => (
              <td key={column.id} className={classes(column.align === 'end' && styles['end'])}>{column.align === 'end' ? hungBracket(column.foot) : column.foot}</td>
            ))}
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}
