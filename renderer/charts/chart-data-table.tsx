/** The numbers of a chart as a table: with the keyboard, and exact. */
import { Button, classes } from '../ui';
import { cellText, type ChartTable } from './chart-table';
import styles from './chart-frame.module.css';

export function ChartDataTable({ caption, table }: { readonly caption: string; readonly table: ChartTable }) {
  return (
    <div className={styles['tableBox']} tabIndex={0} role="group" aria-label={`${caption}, table`}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>{table.columns.map((column) => <th key={column.title} scope="col" className={classes(column.align === 'end' && styles['end'])}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, index) => {
                const align = classes(table.columns[index]?.align === 'end' && styles['end']);
                if (index > 0) return <td key={index} className={align}>{cellText(cell)}</td>;
                return (
                  <th key={index} scope="row" className={align}>
                    {row.onOpen ? <Button kind="quiet" onClick={row.onOpen}>{cellText(cell)}</Button> : cellText(cell)}
                  </th>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
