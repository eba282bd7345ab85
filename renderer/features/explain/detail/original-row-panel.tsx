/**
 * The row behind a figure, as the file gave it.
 */
import type { Evidence } from '@shared/domain/lines';
import { useQuery } from '../../../api';
import { CopyButton, countText, Facts, Notice, Pane, QuietBar } from '../../../ui';
import styles from './original-row-panel.module.css';

export function OriginalRowPanel({ evidence, onClose }: { readonly evidence: Evidence; readonly onClose: () => void }) {
  const row = useQuery('imports:originalRow', { importId: evidence.importId, rowNumber: evidence.row }, { areas: ['imports'] });
  return (
    <div className={styles['panel']} data-testid="original-row">
      <Pane
        title={`Row ${countText(evidence.row)} of ${evidence.file}`}
        aside={row.value ? <CopyButton text={`${row.value.header.join('\t')}\n${row.value.cells.join('\t')}`} /> : undefined}
        onClose={onClose}
        closeLabel="Close the row"
        takesFocus
      >
        {row.refusal ? <Notice tone="error" title={row.refusal.message} copyText={row.refusal.message} /> : null}
        <QuietBar shown={row.loading} />
        {row.value ? (
          <>
            <Facts facts={row.value.cells.map((cell, index) => ({ name: row.value?.header[index] || `Column ${index + 1}`, value: cell || '\u00a0' }))} />
            <p className={styles['source']}>
              {row.value.sheet ? `Sheet ${row.value.sheet}. ` : ''}The file is kept in the workbook, SHA-256 {row.value.sha256.slice(0, 16)}…
            </p>
          </>
        ) : null}
      </Pane>
    </div>
  );
}
