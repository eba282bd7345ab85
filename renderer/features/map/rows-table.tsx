/**
 * Rows of a group as they stand in their files: choosing one opens it for correction.
 */
import type { QuarantineRow } from '@shared/domain/import';
import { countText, RowWindow } from '../../ui';
import styles from './map.module.css';

const ROW_HEIGHT = 28;

export interface RowsTableProps {
  readonly rows: readonly QuarantineRow[];
  readonly chosen: number | undefined;
  readonly onChoose: (quarantineRowId: number) => void;
}

export function RowsTable({ rows, chosen, onChoose }: RowsTableProps) {
  return (
    <div className={styles['rows']} style={{ height: Math.min(rows.length + 1, 12) * ROW_HEIGHT + 2 }}>
      <RowWindow
        label="Rows that wait"
        count={rows.length}
        rowHeight={ROW_HEIGHT}
        chosen={rows.findIndex((row) => row.quarantineRowId === chosen)}
        onChoose={(index) => onChoose(rows[index]!.quarantineRowId)}
        head={
          <>
            <span role="columnheader" className={styles['number']}>
              Row
            </span>
            <span role="columnheader" className={styles['file']}>
              File
            </span>
            <span role="columnheader" className={styles['raw']}>
              Row as it stands
            </span>
          </>
        }
        row={(index) => {
          const row = rows[index]!;
          return (
            <>
              <span role="cell" className={styles['number']}>
                {countText(row.rowNumber)}
              </span>
              <span role="cell" className={styles['file']} title={row.fileName}>
                {row.fileName}
              </span>
              <span role="cell" className={styles['raw']} title={row.raw}>
                {row.raw}
              </span>
            </>
          );
        }}
      />
    </div>
  );
}
