/**
 * One group of rows that wait: what is wrong, the ways to settle it, and its rows as they stand in the file.
 */
import { useState } from 'react';
import type { QuarantineGroup, QuarantineListing, QuarantineRow, SuggestedName } from '@shared/domain/quarantine';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import { partsOfUnknownUnit } from '@shared/domain/units';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import type { GridColumn } from '../../grid';
import { Badge, countText, countWords, Pane, Section, type Tab, Tabs } from '../../ui';
import { AddTarget } from './add-target';
import { CorrectRow } from './correct-row';
import { type Scope, selectionOf } from './groups';
import { IgnoreRows } from './ignore-rows';
import { MapAlias } from './map-alias';
import { ReplaceValue } from './replace-value';
import { RowHistory } from './row-history';
import { RowsGrid } from './rows-grid';
import { ScopeField } from './scope-field';
import { SetUnit } from './set-unit';
import styles from './map.module.css';

export interface GroupPaneProps {
  readonly group: QuarantineGroup;
  readonly listing: QuarantineListing;
  readonly suggested: SuggestedName | undefined;
  /** Says what came of it. */
  readonly onSettled: (sentence: string) => void;
}

type Way = 'unit' | 'map' | 'add' | 'correct' | 'replace' | 'ignore' | 'history';

const ROW_HEIGHT = 28;
const ROWS_SHOWN = 28;

const COLUMNS: readonly GridColumn<QuarantineRow>[] = [
  { kind: 'text', id: 'row', title: 'Row', align: 'end', width: 72, value: (row) => countText(row.rowNumber) },
  { kind: 'text', id: 'file', title: 'File', width: 200, fitsUpTo: 300, quiet: true, value: (row) => row.fileName },
  { kind: 'text', id: 'raw', title: 'Row as it stands', width: 320, grows: true, value: (row) => row.corrected ?? row.raw },
];

const MAP_WORDS = { item: 'Map to an item', location: 'Map to a location', unit: 'Map the unit' } as const;

function waysOf(group: QuarantineGroup): readonly Tab<Way>[] {
  return [
    ...(group.mapping === 'unit' ? [{ id: 'unit' as const, label: 'Say what it holds' }] : []),
    ...(group.mapping === null ? [] : [{ id: 'map' as const, label: MAP_WORDS[group.mapping] }]),
    ...(group.mapping === 'item' || group.mapping === 'location' ? [{ id: 'add' as const, label: `Add as a new ${group.mapping}` }] : []),
    { id: 'correct', label: 'Correct the row' },
    { id: 'replace', label: 'Replace a value' },
    { id: 'ignore', label: group.rows === 1 ? 'Ignore the row' : 'Ignore rows' },
    { id: 'history', label: 'History' },
  ];
}

export function GroupPane({ group, listing, suggested, onSettled }: GroupPaneProps) {
  const { period, canEdit } = useWorkspace();
  const { periodId } = period;
  const { source, reason, subject } = group;
  const filter = { periodId, state: 'waiting', source, reason, subject } as const;
  const first = useQuery('quarantine:page', { ...filter, offset: 0, limit: 1 }, { keepsPrevious: true });
  const ways = waysOf(group);
  const [way, setWay] = useState<Way>(ways[0]!.id);
  const [focused, setFocused] = useState<QuarantineRow | undefined>(undefined);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [wished, setScope] = useState<Scope | undefined>(undefined);
  const row = focused ?? first.value?.rows[0];
  const words = QUARANTINE_REASON_WORDS[reason];
  // A row that merely has the keyboard is not yet a choice of rows.
  const scope = wished === 'chosen' && chosen.length === 0 ? 'group' : (wished ?? (chosen.length > 1 ? 'chosen' : 'group'));
  const selection = selectionOf(scope, periodId, group, chosen);
  const touched = useQuery('quarantine:touched', way === 'ignore' ? { rows: selection } : null, { keepsPrevious: true });
  const scopeField = (
    <ScopeField group={group} reasons={listing.reasons} chosen={chosen.length} scope={scope} onScope={setScope} disabled={!canEdit} />
  );
  const unit = partsOfUnknownUnit(subject);
  return (
    <Pane
      title={subject ? `${words}: ${subject}` : words}
      aside={<Badge tone="warning">{countWords(group.rows, 'row')}</Badge>}
      testId="quarantine-group"
    >
      <p className={styles['detail']} data-selectable>
        {row?.detail} <span>{group.whatWouldMend}</span>
      </p>
      {row ? (
        <div className={styles['ways']}>
          <Tabs<Way> label="Ways to settle" active={canEdit ? way : 'history'} onActive={setWay} tabs={canEdit ? ways : ways.slice(-1)}>
            <div className={styles['way']}>
              {canEdit && way === 'unit' ? <SetUnit group={group} onSettled={onSettled} /> : null}
              {canEdit && way === 'map' && group.mapping !== null ? (
                <MapAlias
                  group={group}
                  kind={group.mapping}
                  alias={group.mapping === 'unit' ? (unit?.unit ?? subject) : subject}
                  suggestions={suggested?.suggestions ?? []}
                  onSettled={onSettled}
                />
              ) : null}
              {canEdit && way === 'add' && (group.mapping === 'item' || group.mapping === 'location') ? (
                <AddTarget group={group} kind={group.mapping} onSettled={onSettled} />
              ) : null}
              {canEdit && way === 'correct' ? <CorrectRow key={`${row.quarantineRowId} ${row.corrected}`} row={row} onSettled={onSettled} /> : null}
              {canEdit && way === 'replace' ? <ReplaceValue selection={selection} example={row} scope={scopeField} onSettled={onSettled} /> : null}
              {canEdit && way === 'ignore' ? (
                <IgnoreRows selection={selection} rows={touched.value?.rows ?? 0} scope={scopeField} onSettled={onSettled} />
              ) : null}
              {way === 'history' || !canEdit ? <RowHistory quarantineRowId={row.quarantineRowId} /> : null}
            </div>
          </Tabs>
        </div>
      ) : null}
      <Section title={`${countWords(group.rows, 'row')} as in the file`} testId="quarantine-rows">
        <div className={styles['rows']} style={{ height: `min(${Math.min(group.rows + 1, ROWS_SHOWN) * ROW_HEIGHT + 4}px, max(38vh, 100vh - 640px))` }}>
          <RowsGrid
            label="Rows that wait"
            columns={COLUMNS}
            request={filter}
            onFocusRow={setFocused}
            onChosen={(rows) => setChosen(rows.map((each) => each.quarantineRowId))}
          />
        </div>
      </Section>
    </Pane>
  );
}
