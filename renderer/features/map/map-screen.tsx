/**
 * The quarantine: rows that wait, by reason and value, with the ways to settle them; what is suggested; what was settled; and
 * the names that sources use.
 */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import type { QuarantineGroup, QuarantineListing } from '@shared/domain/quarantine';
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
  Pending,
  periodName,
  PickList,
  ProgressBar,
  RedoIcon,
  Tabs,
} from '../../ui';
import { GroupPane } from './group-pane';
import { groupToShow, keyOfGroup, replaySentence } from './groups';
import { NamesView } from './names-view';
import { SettledView } from './settled-view';
import { SuggestionsView } from './suggestions-view';
import styles from './map.module.css';

type View = 'waiting' | 'suggested' | 'settled' | 'names';

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
  return listing.value ? <Quarantine listing={listing.value} /> : <Pending of={listing} label="The quarantine" />;
}

function Quarantine({ listing }: { readonly listing: QuarantineListing }) {
  const { period, canEdit, steps, openScreen } = useWorkspace();
  const hasImports = steps.some(({ step, state }) => step === 'import' && state === 'done');
  const announce = useAnnounce();
  const [view, setView] = useState<View>('waiting');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [result, setResult] = useState('');
  const replay = useCall('quarantine:replay');
  const suggestions = useQuery('quarantine:suggestions', { periodId: period.periodId }, { areas: ['quarantine', 'imports'], keepsPrevious: true });
  const list = useRef<HTMLDivElement>(null);
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
  const names = suggestions.value ?? [];
  // What had the keyboard is gone with the group it belonged to: the list of groups takes it, and the work goes on.
  useEffect(() => {
    if (document.activeElement === document.body) list.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  }, [listing, view]);
  return (
    <div className={styles['map']} data-testid="map">
      <Tabs<View>
        label="Rows of the quarantine"
        active={view}
        onActive={setView}
        tabs={[
          { id: 'waiting', label: 'Waiting', count: countText(listing.waiting) },
          { id: 'suggested', label: 'Suggestions', ...(suggestions.value ? { count: countText(names.length) } : {}) },
          { id: 'settled', label: 'Settled', count: countText(settled) },
          { id: 'names', label: 'Names' },
        ]}
      >
        {view === 'settled' ? (
          <ViewWithResult result={result}>
            <SettledView settled={settled} onSettled={say} />
          </ViewWithResult>
        ) : view === 'suggested' ? (
          <ViewWithResult result={result}>
            <SuggestionsView names={names} loading={suggestions.loading} onSettled={say} />
          </ViewWithResult>
        ) : view === 'names' ? (
          <ViewWithResult result={result}>
            <NamesView onSettled={say} />
          </ViewWithResult>
        ) : listing.groups.length === 0 ? (
          <EmptyState
            icon={ClearedIcon}
            title="No row waits"
            action={
              <Button kind="primary" onClick={() => openScreen(hasImports ? 'reconcile' : 'import')}>
                {hasImports ? 'Go to Reconcile' : 'Go to Import'}
              </Button>
            }
          >
            {!hasImports
              ? `Nothing is imported into ${periodName(period.code)} yet.`
              : settled === 0
                ? `Every row of ${periodName(period.code)} could be used.`
                : `${countWords(listing.replayed, 'row')} replayed, ${countText(listing.ignored)} ignored. Settled rows stay on record.`}
          </EmptyState>
        ) : (
          <Desk
            head={
              <>
                <span
                  className={styles['hint']}
                >{`${countWords(listing.waiting, 'row')} in ${countWords(listing.groupsTotal, 'group')}`}</span>
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
              <div ref={list}>
                <PickList
                  label="Groups of rows that wait"
                  entries={listing.groups.map(entryOf)}
                  chosen={group ? keyOfGroup(group) : undefined}
                  onChoose={setChosen}
                  testId="quarantine-groups"
                />
              </div>
            }
            foot={
              listing.groups.length < listing.groupsTotal ? (
                <span className={styles['hint']}>
                  {`The first ${countText(listing.groups.length)} groups. Replace or ignore by reason to mend the others with them.`}
                </span>
              ) : undefined
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
            {group ? (
              <GroupPane
                key={keyOfGroup(group)}
                group={group}
                listing={listing}
                suggested={names.find(({ source, kind, alias }) => source === group.source && kind === group.mapping && alias === group.subject)}
                onSettled={say}
              />
            ) : null}
          </Desk>
        )}
      </Tabs>
    </div>
  );
}

/** What was last done, over the view it was done in. */
function ViewWithResult({ result, children }: { readonly result: string; readonly children: ReactNode }) {
  return (
    <div className={styles['view']}>
      {result ? <Notice strip tone="done" title={result} /> : null}
      <div className={styles['fill']}>{children}</div>
    </div>
  );
}

const entryOf = (group: QuarantineGroup, index: number, groups: readonly QuarantineGroup[]) => ({
  ...(group.reason === groups[index - 1]?.reason ? {} : { heading: headingOf(group, groups) }),
  key: keyOfGroup(group),
  title: group.subject || QUARANTINE_REASON_WORDS[group.reason],
  aside: countText(group.rows),
  detail: group.source,
  name: `${QUARANTINE_REASON_WORDS[group.reason]} ${group.subject}, ${countWords(group.rows, 'row')}, ${group.source}`,
});

function headingOf({ reason }: QuarantineGroup, groups: readonly QuarantineGroup[]): string {
  const rows = groups.filter((group) => group.reason === reason).reduce((sum, group) => sum + group.rows, 0);
  return `${QUARANTINE_REASON_WORDS[reason]}, ${countWords(rows, 'row')}`;
}
