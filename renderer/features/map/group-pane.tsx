/**
 * One group of rows that wait: what is wrong, the ways to settle it, and its rows as they stand in the file.
 */
import { useState } from 'react';
import type { QuarantineGroup, QuarantineListing } from '@shared/domain/import';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import { useWorkspace } from '../../app/workspace';
import { Badge, countWords, Pane, Section, Tabs } from '../../ui';
import { CorrectRow } from './correct-row';
import { waitingRowsOf } from './groups';
import { IgnoreRows } from './ignore-rows';
import { MapAlias } from './map-alias';
import { RowsTable } from './rows-table';
import styles from './map.module.css';

export interface GroupPaneProps {
  readonly group: QuarantineGroup;
  readonly listing: QuarantineListing;
  /** Says what came of it. */
  readonly onSettled: (sentence: string) => void;
}

type Way = 'map' | 'correct' | 'ignore';

export function GroupPane({ group, listing, onSettled }: GroupPaneProps) {
  const { canEdit } = useWorkspace();
  const rows = waitingRowsOf(listing, group);
  const [way, setWay] = useState<Way>(group.mapping === null ? 'correct' : 'map');
  const [rowId, setRowId] = useState<number | undefined>(undefined);
  const row = rows.find((each) => each.quarantineRowId === rowId) ?? rows[0];
  const words = QUARANTINE_REASON_WORDS[group.reason];
  return (
    <Pane
      title={group.subject ? `${words}: ${group.subject}` : words}
      aside={<Badge tone="warning">{countWords(group.rows, 'row')}</Badge>}
      testId="quarantine-group"
    >
      <p className={styles['detail']} data-selectable>
        {row?.detail} <span>{group.whatWouldMend}</span>
      </p>
      {canEdit && row ? (
        <div className={styles['ways']}>
          <Tabs<Way>
            label="Ways to settle"
            active={way}
            onActive={setWay}
            tabs={[
              ...(group.mapping === null
                ? []
                : [{ id: 'map' as const, label: group.mapping === 'item' ? 'Map to an item' : 'Map to a location' }]),
              { id: 'correct', label: 'Correct the row' },
              { id: 'ignore', label: group.rows === 1 ? 'Ignore the row' : 'Ignore the rows' },
            ]}
          >
            <div className={styles['way']}>
              {way === 'map' && group.mapping !== null ? (
                <MapAlias group={group} kind={group.mapping} onSettled={onSettled} />
              ) : null}
              {way === 'correct' ? <CorrectRow key={row.quarantineRowId} row={row} onSettled={onSettled} /> : null}
              {way === 'ignore' ? <IgnoreRows rows={rows} onSettled={onSettled} /> : null}
            </div>
          </Tabs>
        </div>
      ) : null}
      <Section title={`${countWords(rows.length, 'row')} as in the file`} testId="quarantine-rows">
        <RowsTable
          rows={rows}
          chosen={way === 'correct' ? row?.quarantineRowId : undefined}
          onChoose={(id) => {
            setRowId(id);
            setWay('correct');
          }}
        />
      </Section>
    </Pane>
  );
}
