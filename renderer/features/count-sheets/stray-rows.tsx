/** Rows that came back and are on no sheet that they could be on. */
import type { StraySheetRow } from '@shared/domain/count-sheet';
import { useWorkspace } from '../../app/workspace';
import { Button, FlagIcon, Pane, Table } from '../../ui';

export function StrayRows({ rows }: { readonly rows: readonly StraySheetRow[] }) {
  const { openScreen } = useWorkspace();
  return (
    <Pane
      title="Not on any sheet"
      testId="stray-rows"
      footer={
        <Button kind="primary" icon={FlagIcon} onClick={() => openScreen('map')}>
          Mend in the quarantine
        </Button>
      }
    >
      <Table
        caption="Rows that are on no count sheet"
        rows={rows}
        rowKey={(_row, index) => index}
        columns={[
          { id: 'file', title: 'File', cell: (row) => row.fileName },
          { id: 'row', title: 'Row', align: 'end', width: 60, cell: (row) => row.rowNumber },
          { id: 'detail', title: 'Why it waits', wraps: true, cell: (row) => row.detail },
        ]}
      />
    </Pane>
  );
}
