/**
 * Rows of the quarantine by the page: the grid keeps its place while rows settle, whatever their number.
 */
import { useCallback, useEffect, useRef } from 'react';
import type { QuarantinePageRequest, QuarantineRow } from '@shared/domain/quarantine';
import { useConnection } from '../../api';
import { DataGrid, type GridColumn, type GridHandle, type PageSource } from '../../grid';

export interface RowsGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn<QuarantineRow>[];
  readonly request: Omit<QuarantinePageRequest, 'offset' | 'limit'>;
  readonly onFocusRow: (row: QuarantineRow | undefined) => void;
  readonly onChosen: (rows: readonly QuarantineRow[]) => void;
}

const NO_ORDER: readonly never[] = [];

export function RowsGrid({ label, columns, request, onFocusRow, onChosen }: RowsGridProps) {
  const connection = useConnection();
  const grid = useRef<GridHandle>(null);
  const key = JSON.stringify(request);
  const source = useCallback<PageSource<QuarantineRow>>(
    async ({ offset, limit }) => {
      const outcome = await connection.call('quarantine:page', { ...(JSON.parse(key) as typeof request), offset, limit });
      return outcome.ok ? outcome.value : undefined;
    },
    [connection, key],
  );
  useEffect(() => connection.onChanged(() => grid.current?.refresh()), [connection]);
  return (
    <DataGrid<QuarantineRow>
      ref={grid}
      label={label}
      columns={columns}
      source={source}
      sourceKey={key}
      rowId={(row) => String(row.quarantineRowId)}
      initialSort={NO_ORDER}
      tabLeaves
      onFocusRow={onFocusRow}
      onSelection={onChosen}
    />
  );
}
