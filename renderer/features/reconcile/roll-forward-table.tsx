/**
 * From opening to closing by location: what the ERP posted, what should be there, what it says is there.
 */
import { ROLL_FORWARD_COLUMNS } from '@shared/domain/lines';
import { useQuery } from '../../api';
import { ROLL_FORWARD_WORDS } from '../../app/words';
import { Notice, NumberText, QuietBar, quantityText, Section, Table, type TableColumn } from '../../ui';

interface RollForwardRow {
  readonly location: string;
  readonly columns: Readonly<Record<string, number | null>>;
}

export function RollForwardTable({ periodId }: { readonly periodId: number }) {
  const rollForward = useQuery('lines:rollForward', { periodId }, { areas: ['lines', 'imports', 'quarantine'], keepsPrevious: true });
  const columns: readonly TableColumn<RollForwardRow>[] = [
    { id: 'location', title: 'Location', cell: (row) => row.location },
    ...ROLL_FORWARD_COLUMNS.map(
      (column): TableColumn<RollForwardRow> => ({
        id: column,
        title: ROLL_FORWARD_WORDS[column],
        align: 'end',
        cell: (row) => <NumberText text={quantityText(row.columns[column] ?? null)} strong={column === 'expected' || column === 'difference'} />,
      }),
    ),
  ];
  return (
    <Section title="Roll-forward by location, units as posted by the ERP" testId="roll-forward">
      <QuietBar shown={rollForward.loading && !rollForward.value} />
      {rollForward.refusal ? <Notice tone="error" title={rollForward.refusal.message} copyText={rollForward.refusal.message} /> : null}
      {rollForward.value ? <Table caption="Roll-forward by location" columns={columns} rows={rollForward.value} rowKey={(row) => row.location} empty="No location has a line." /> : null}
    </Section>
  );
}
