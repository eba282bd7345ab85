/**
 * Rows that no longer wait: what became of each, and the note that a person left.
 */
import type { QuarantineRow } from '@shared/domain/import';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import { Badge, ClearedIcon, countText, EmptyState, HistoryIcon, MinusIcon, RowWindow } from '../../ui';
import styles from './map.module.css';

const ROW_HEIGHT = 28;

export function SettledRows({ rows }: { readonly rows: readonly QuarantineRow[] }) {
  if (rows.length === 0)
    return (
      <EmptyState icon={HistoryIcon} title="No row was settled yet">
        Rows that were mapped, corrected or ignored stay here with their note.
      </EmptyState>
    );
  return (
    <div className={styles['settled']}>
      <RowWindow
        label="Settled rows"
        count={rows.length}
        rowHeight={ROW_HEIGHT}
        testId="quarantine-settled"
        head={
          <>
            <span role="columnheader" className={styles['state']}>
              State
            </span>
            <span role="columnheader" className={styles['reason']}>
              Reason
            </span>
            <span role="columnheader" className={styles['subject']}>
              Value
            </span>
            <span role="columnheader" className={styles['note']}>
              Note
            </span>
            <span role="columnheader" className={styles['file']}>
              File
            </span>
            <span role="columnheader" className={styles['number']}>
              Row
            </span>
          </>
        }
        row={(index) => {
          const row = rows[index]!;
          const replayed = row.state === 'replayed';
          return (
            <>
              <span role="cell" className={styles['state']}>
                <Badge plain tone={replayed ? 'cleared' : 'neutral'} icon={replayed ? ClearedIcon : MinusIcon}>
                  {replayed ? 'Written' : 'Ignored'}
                </Badge>
              </span>
              <span role="cell" className={styles['reason']}>
                {QUARANTINE_REASON_WORDS[row.reason]}
              </span>
              <span role="cell" className={styles['subject']} title={row.subject}>
                {row.subject}
              </span>
              <span role="cell" className={styles['note']} title={row.settledNote ?? ''}>
                {row.settledNote}
              </span>
              <span role="cell" className={styles['file']} title={row.fileName}>
                {row.fileName}
              </span>
              <span role="cell" className={styles['number']}>
                {countText(row.rowNumber)}
              </span>
            </>
          );
        }}
      />
    </div>
  );
}
