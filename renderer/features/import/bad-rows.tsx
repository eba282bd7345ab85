/**
 * Every row that will wait in the quarantine: what is wrong with it and what would mend it; first by reason, then one
 * by one in the file's order.
 */
import { BAD_ROWS_LISTED, type Rehearsal } from '@shared/domain/import';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import { ClearedIcon, countText, EmptyState, RowWindow, Section, Table } from '../../ui';
import styles from './import.module.css';

const ROW_HEIGHT = 28;

export function BadRows({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { badRows, quarantinedByReason, rowsQuarantined } = rehearsal;
  if (rowsQuarantined === 0) {
    return (
      <EmptyState icon={ClearedIcon} title="No bad row">
        Each row that is no total and not empty will be written.
      </EmptyState>
    );
  }
  return (
    <>
      <Section title="By reason" testId="bad-groups">
        <Table
          caption="Bad rows by reason"
          rows={quarantinedByReason}
          rowKey={(group) => `${group.reason} ${group.subject}`}
          columns={[
            { id: 'reason', title: 'Reason', cell: (group) => QUARANTINE_REASON_WORDS[group.reason] },
            { id: 'subject', title: 'Value', cell: (group) => group.subject || '–' },
            { id: 'rows', title: 'Rows', align: 'end', cell: (group) => countText(group.rows) },
            { id: 'mend', title: 'What would mend it', wraps: true, cell: (group) => group.whatWouldMend },
          ]}
        />
      </Section>
      <Section
        title={
          badRows.length < rowsQuarantined
            ? `The first ${countText(badRows.length)} of ${countText(rowsQuarantined)} rows`
            : `Row by row, ${countText(rowsQuarantined)}`
        }
        testId="bad-rows"
      >
        <div className={styles['badRows']} style={{ height: Math.min(badRows.length + 1, 14) * ROW_HEIGHT + 2 }}>
          <RowWindow
            label="Bad rows"
            count={Math.min(badRows.length, BAD_ROWS_LISTED)}
            rowHeight={ROW_HEIGHT}
            head={
              <>
                <span role="columnheader" className={styles['badNumber']}>
                  Row
                </span>
                <span role="columnheader" className={styles['badReason']}>
                  Reason
                </span>
                <span role="columnheader" className={styles['badDetail']}>
                  What is wrong
                </span>
                <span role="columnheader" className={styles['badRaw']}>
                  Row as it stands
                </span>
              </>
            }
            row={(index) => {
              const row = badRows[index]!;
              return (
                <>
                  <span role="cell" className={styles['badNumber']}>
                    {countText(row.rowNumber)}
                  </span>
                  <span role="cell" className={styles['badReason']}>
                    {QUARANTINE_REASON_WORDS[row.reason]}
                  </span>
                  <span role="cell" className={styles['badDetail']} title={`${row.detail}\n${row.whatWouldMend}`}>
                    {row.detail}
                  </span>
                  <span role="cell" className={styles['badRaw']} title={row.raw}>
                    {row.raw}
                  </span>
                </>
              );
            }}
          />
        </div>
      </Section>
    </>
  );
}
