/**
 * What stands behind a journal line: which rule chose its account, and the variance lines, each a way to Explain.
 */
import { useEffect, useRef } from 'react';
import type { Journal, JournalSource } from '@shared/contract/journals';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { NumberText, Notice, Section, signedQuantityText, Table } from '../../ui';
import styles from './journal.module.css';

export function BehindLine({ journal, lineNumber }: { readonly journal: Journal; readonly lineNumber: number }) {
  const { period, openScreen, selectPeriod } = useWorkspace();
  const sources = useQuery('journals:lineSources', { journalId: journal.journalId, lineNumber }, { keepsPrevious: true });
  const place = useRef<HTMLDivElement>(null);
  const isRead = sources.value !== undefined;
  // The table above may be longer than the pane.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [lineNumber, isRead]);
  const line = journal.lines.find((each) => each.lineNumber === lineNumber);
  if (!line) return null;
  const open = (source: JournalSource) => {
    if (source.periodId !== period.periodId) selectPeriod(source.periodId);
    openScreen('explain', { stockKeyId: source.stockKeyId });
  };
  return (
    <div ref={place} className={styles['behind']}>
      <Section title={`Behind line ${lineNumber}`} aside={`account ${line.accountCode} by ${line.accountRule}`} testId="behind-line">
        {sources.refusal ? <Notice tone="error" title={sources.refusal.message} /> : null}
        <Table<JournalSource>
          caption={`Variance lines behind line ${lineNumber} of ${journal.number}`}
          rows={sources.value ?? []}
          rowKey={(source) => source.stockKeyId}
          onChoose={open}
          columns={[
            { id: 'line', title: 'Variance line', cell: (source) => `${source.sku} ${source.location}` },
            { id: 'item', title: 'Item', wraps: true, cell: (source) => source.itemName },
            { id: 'quantity', title: 'Units', align: 'end', cell: (source) => signedQuantityText(source.quantityScaled) },
            { id: 'value', title: `Exact, ${journal.currency}`, align: 'end', cell: (source) => <NumberText text={source.exactValue} /> },
          ]}
        />
        <p className={styles['behindNote']}>A line opens on the Explain screen.</p>
      </Section>
    </div>
  );
}
