/**
 * What changed between a seal and the next one, or since it where the period is open again: figures, tables, row by row.
 */
import type { Seal, SealDifference } from '@shared/contract/sign-off';
import { shellCall, useCall, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import { Button, countText, countWords, groupDecimal, Notice, periodName, QuietBar, Section, Table, type TableColumn } from '../../ui';

const DIFFERENCES: readonly TableColumn<SealDifference>[] = [
  { id: 'table', title: 'Table', cell: ({ table }) => table },
  { id: 'line', title: 'Line', cell: ({ line, key }) => line || key },
  { id: 'column', title: 'What', cell: ({ kind, column }) => (kind === 'changed' ? column : kind === 'gone' ? 'row gone' : 'row added') },
  { id: 'then', title: 'Then', cell: ({ then }) => then },
  { id: 'now', title: 'Now', cell: ({ now }) => now },
];

export function ChangesSection({ seal, onClose }: { readonly seal: Seal; readonly onClose: () => void }) {
  const { period, info } = useWorkspace();
  const request = { periodId: period.periodId, sealNumber: seal.sealNumber };
  const changes = useQuery('signOff:changes', request);
  const save = useCall('signOff:saveChanges');
  const saveFile = async () => {
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${info.company} ${period.code} since seal ${seal.sealNumber}.xlsx`, kind: 'xlsx' });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await save.run({ ...request, path: chosen.value.path });
    if (outcome.ok) notify({ tone: 'done', title: 'Saved', text: outcome.value.path });
    else if (outcome.failure !== 'cancelled') notify({ tone: 'error', title: outcome.message });
  };
  const value = changes.value;
  return (
    <Section
      title={`What changed in ${periodName(period.code)} since seal ${seal.sealNumber}`}
      testId="seal-changes"
      aside={
        <>
          <Button disabled={!value || save.running} onClick={() => void saveFile()}>
            Save as Excel
          </Button>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <QuietBar shown={changes.loading} />
      {changes.refusal ? <Notice tone="error" title={changes.refusal.message} copyText={changes.refusal.message} /> : null}
      {value ? (
        <>
          <p>{value.to ? `Against seal ${value.to.sealNumber}.` : 'Against the open period as it stands.'} Values in {value.currency}.</p>
          <Table
            caption="Figures then and now"
            columns={[
              { id: 'name', title: 'Figure', cell: ({ name }) => name },
              { id: 'then', title: 'Then', align: 'end', cell: ({ then }) => groupDecimal(then) },
              { id: 'now', title: 'Now', align: 'end', cell: ({ now }) => groupDecimal(now) },
            ]}
            rows={value.figures}
            rowKey={({ name }) => name}
          />
          <Table
            caption="Changes by table"
            columns={[
              { id: 'table', title: 'Table', cell: ({ table }) => table },
              { id: 'added', title: 'Rows added', align: 'end', cell: ({ added }) => countText(added) },
              { id: 'gone', title: 'Rows gone', align: 'end', cell: ({ gone }) => countText(gone) },
              { id: 'changed', title: 'Rows changed', align: 'end', cell: ({ changed }) => countText(changed) },
            ]}
            rows={value.tables}
            rowKey={({ table }) => table}
            empty="Nothing changed."
          />
          {value.differences.length > 0 ? (
            <>
              {value.differencesInAll > value.differences.length ? (
                <p>{`The first ${countText(value.differences.length)} of ${countWords(value.differencesInAll, 'difference')}; the saved file names them all.`}</p>
              ) : null}
              <Table caption="Differences row by row" columns={DIFFERENCES} rows={value.differences} rowKey={(_row, index) => index} />
            </>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}
