/**
 * Which columns of the file are read as what, and which are not read.
 */
import { TARGET_FIELDS, type Rehearsal } from '@shared/domain/import';
import { Table } from '../../ui';
import styles from './import.module.css';

export function RehearsalColumns({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const columns = [
    ...rehearsal.columnsUsed.map((column) => ({ ...column, reads: TARGET_FIELDS[column.field].label })),
    ...rehearsal.columnsIgnored.map((column) => ({ ...column, reads: '' })),
  ].sort((left, right) => left.position - right.position);
  return (
    <Table
      caption="Columns of the file"
      rows={columns}
      rowKey={(column) => column.position}
      columns={[
        { id: 'position', title: '#', align: 'end', width: 36, cell: (column) => column.position },
        {
          id: 'header',
          title: 'Column',
          width: '40%',
          cell: (column) => column.header || <span className={styles['quiet']}>no header</span>,
        },
        {
          id: 'field',
          title: 'Read as',
          cell: (column) => column.reads || <span className={styles['quiet']}>ignored</span>,
        },
      ]}
    />
  );
}
