/**
 * Reports: the list at the left, the chosen one beside it, cut to a location where one is chosen.
 */
import { useState } from 'react';
import { KeptReport } from '@shared/contract/kept';
import type { ReportId } from '@shared/domain/report';
import type { System } from '@shared/domain/states';
import { useQuery } from '../../api';
import { useKept } from '../../app/kept';
import { NotReconciled } from '../../app/not-reconciled';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { countText, Desk, Notice, Pending, periodName, type PickEntry, PickList, QuietBar, SelectField } from '../../ui';
import { ReportPane } from './report-pane';
import styles from './reports.module.css';

const EVERYWHERE = '';
const AREAS = ['lines', 'imports', 'quarantine', 'tags', 'journals', 'signOff', 'workbook', 'rules'] as const;
const SYSTEM_CHOICES: readonly { readonly value: System; readonly label: string }[] = [
  { value: 'erp', label: 'ERP' }, { value: 'storefront', label: 'Storefront' }, { value: 'warehouse', label: 'Warehouse' },
];

export function ReportsScreen() {
  const { period } = useWorkspace();
  const list = useQuery('reports:list', { periodId: period.periodId }, { areas: AREAS, keepsPrevious: true });
  const [{ id, location }, setShown] = useKept<KeptReport>('report', KeptReport, { id: 'inventory', location: EVERYWHERE });
  const setId = (wanted: ReportId) => setShown({ id: wanted, location });
  const setLocation = (wanted: string) => setShown({ id, location: wanted });
  const [left, setLeft] = useState<System>('erp');
  const [right, setRight] = useState<System>('storefront');
  const isReconciled = list.value?.isReconciled === true;
  const known = list.value?.locations.includes(location) ? location : null;
  const request = { periodId: period.periodId, report: id, location: known, systems: { left, right } };
  const report = useQuery('reports:read', isReconciled ? request : null, { areas: AREAS, keepsPrevious: true });
  useScreenFocus(({ view }) => {
    const wanted = list.value?.reports.find((each) => each.id === view);
    if (wanted) setId(wanted.id);
  });
  const shown = report.value?.id === id ? report.value : undefined;
  useStatus([
    { label: 'reports', value: countText(list.value?.reports.length ?? 0) },
    ...(shown ? [{ label: 'lines in the report', value: countText(Math.max(0, ...shown.sections.map(({ linesInAll }) => linesInAll))) }] : []),
  ]);
  if (!list.value || list.refusal) return <Pending of={list} label="Reports" />;
  const entries: readonly PickEntry[] = list.value.reports.map((each) => ({ key: each.id, title: each.title, detail: each.about, name: `${each.title}: ${each.about}` }));
  const choices = (
    <div className={styles['choices']}>
      {id === 'proof-of-quantity' ? (
        <>
          <SelectField<System> label="First system" labelHidden value={left} choices={SYSTEM_CHOICES.map((each) => ({ ...each, disabled: each.value === right }))} onValue={setLeft} />
          <span>against</span>
          <SelectField<System> label="Second system" labelHidden value={right} choices={SYSTEM_CHOICES.map((each) => ({ ...each, disabled: each.value === left }))} onValue={setRight} />
        </>
      ) : null}
      <SelectField
        label="Location"
        labelHidden
        value={known ?? EVERYWHERE}
        choices={[{ value: EVERYWHERE, label: 'All locations' }, ...list.value.locations.map((code) => ({ value: code, label: code }))]}
        onValue={setLocation}
      />
    </div>
  );
  return (
    <div data-testid="reports" className={styles['reports']}>
      <Desk
        head={<h2>Reports</h2>}
        list={<PickList label="Reports" entries={entries} chosen={id} onChoose={(key) => setId(key as ReportId)} testId="report-list" />}
        strip={
          <>
            <QuietBar shown={report.loading} />
            {report.refusal ? <Notice strip tone="error" title={report.refusal.message} copyText={report.refusal.message} /> : null}
          </>
        }
      >
        {!isReconciled ? (
          <NotReconciled>A report reads only reconciled lines, and {periodName(period.code)} has none.</NotReconciled>
        ) : shown ? (
          <ReportPane key={id} report={shown} request={request} choices={choices} />
        ) : (
          <div />
        )}
      </Desk>
    </div>
  );
}
