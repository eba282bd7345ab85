/**
 * The quarantine: rows that wait, by reason and value; beside them the three ways to settle what is chosen.
 */
import { useRef, useState } from 'react';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import type { QuarantineGroup, QuarantineListing } from '@shared/domain/import';
import { useCall, useQuery } from '../../api';
import { useAnnounce, useStatus, useWorkspace } from '../../app/workspace';
import {
  Button,
  ClearedIcon,
  countText,
  countWords,
  Desk,
  EmptyState,
  Notice,
  periodName,
  PickList,
  ProgressBar,
  QuietBar,
  RedoIcon,
  Tabs,
} from '../../ui';
import { GroupPane } from './group-pane';
import { groupToShow, keyOfGroup, replaySentence } from './groups';
import { SettledRows } from './settled-rows';
import styles from './map.module.css';

type View = 'waiting' | 'settled';

export function MapScreen() {
  const { period } = useWorkspace();
  const listing = useQuery('quarantine:list', { periodId: period.periodId }, { keepsPrevious: true });
  if (listing.refusal) {
    return (
      <div className={styles['place']}>
        <Notice
          tone="error"
          title="The quarantine could not be read"
          copyText={listing.refusal.message}
          actions={<Button onClick={listing.reload}>Read again</Button>}
        >
          {listing.refusal.message}
        </Notice>
      </div>
    );
  }
  return listing.value ? <Quarantine listing={listing.value} /> : <QuietBar shown />;
}

function Quarantine({ listing }: { readonly listing: QuarantineListing }) {
  const { period, canEdit, openScreen } = useWorkspace();
  const announce = useAnnounce();
  const [view, setView] = useState<View>('waiting');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [result, setResult] = useState('');
  const replay = useCall('quarantine:replay');
  const lastPlace = useRef(0);
  const group = groupToShow(listing.groups, chosen, lastPlace.current);
  const place = group ? listing.groups.indexOf(group) : 0;
  lastPlace.current = Math.max(0, place);

  useStatus([
    { label: 'waiting', value: countText(listing.waiting), testId: 'quarantine-waiting' },
    { label: 'replayed', value: countText(listing.replayed) },
    { label: 'ignored', value: countText(listing.ignored) },
  ]);
  const say = (sentence: string) => {
    setResult(sentence);
    announce(sentence);
  };
  const replayAll = async () => {
    const outcome = await replay.run({ periodId: period.periodId });
    if (outcome.ok) say(replaySentence(outcome.value));
  };
  const settled = listing.replayed + listing.ignored;
  return (
    <div className={styles['map']} data-testid="map">
      <Tabs<View>
        label="Rows of the quarantine"
        active={view}
        onActive={setView}
        tabs={[
          { id: 'waiting', label: 'Waiting', count: countText(listing.waiting) },
          { id: 'settled', label: 'Settled', count: countText(settled) },
        ]}
      >
        {view === 'settled' ? (
          <SettledRows rows={listing.rows.filter((row) => row.state !== 'waiting')} />
        ) : listing.groups.length === 0 ? (
          <EmptyState
            icon={ClearedIcon}
            title="No row waits"
            action={
              <Button kind="primary" onClick={() => openScreen('reconcile')}>
                Go to Reconcile
              </Button>
            }
          >
            {settled === 0
              ? `Every row of ${periodName(period.code)} could be used, or nothing was imported yet.`
              : `${countWords(listing.replayed, 'row')} replayed, ${countText(listing.ignored)} ignored. Settled rows stay on record.`}
          </EmptyState>
        ) : (
          <Desk
            head={
              <>
                <span
                  className={styles['hint']}
                >{`${countWords(listing.waiting, 'row')} in ${countWords(listing.groups.length, 'group')}`}</span>
                <Button
                  kind="quiet"
                  icon={RedoIcon}
                  disabled={!canEdit || replay.running}
                  onClick={() => void replayAll()}
                >
                  Replay all
                </Button>
              </>
            }
            list={
              <PickList
                label="Groups of rows that wait"
                entries={listing.groups.map(entryOf)}
                chosen={group ? keyOfGroup(group) : undefined}
                onChoose={setChosen}
                testId="quarantine-groups"
              />
            }
            strip={
              <>
                {replay.running ? (
                  <div className={styles['progress']}>
                    <ProgressBar
                      title="Replaying the rows that wait"
                      stage={replay.progress?.stage ?? ''}
                      done={replay.progress?.done ?? 0}
                      total={replay.progress?.total ?? null}
                      startedInstant={replay.startedInstant}
                      onCancel={replay.cancel}
                    />
                  </div>
                ) : null}
                {result ? <Notice strip tone="done" title={result} /> : null}
                {replay.refusal ? (
                  <Notice strip tone="error" title={replay.refusal.message} copyText={replay.refusal.message} />
                ) : null}
              </>
            }
          >
            {group ? <GroupPane key={keyOfGroup(group)} group={group} listing={listing} onSettled={say} /> : null}
          </Desk>
        )}
      </Tabs>
    </div>
  );
}

const entryOf = (group: QuarantineGroup) => ({
  key: keyOfGroup(group),
  title: group.subject || QUARANTINE_REASON_WORDS[group.reason],
  aside: countText(group.rows),
  detail: `${QUARANTINE_REASON_WORDS[group.reason]} · ${group.source}`,
  name: `${QUARANTINE_REASON_WORDS[group.reason]} ${group.subject}, ${countWords(group.rows, 'row')}, ${group.source}`,
});
