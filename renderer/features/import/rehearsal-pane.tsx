/**
 * What an import will write, exactly, and what it will not. Nothing is written before the button at the foot, whose
 * words carry the figures.
 */
import { type ReactNode, useRef, useState } from 'react';
import type { Rehearsal } from '@shared/domain/import';
import { IGNORE_REASON_WORDS } from '@shared/domain/import-words';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Badge, Button, countText, countWords, Figure, FlagIcon, Notice, Pane, Section, Tabs } from '../../ui';
import { AlreadyImported } from './already-imported';
import { BadRows } from './bad-rows';
import { DifferenceView } from './difference-table';
import { GivenForm, hasQuestions } from './given-form';
import type { ImportQueue } from './import-queue';
import type { QueuedFile } from './queued-file';
import { ReadingForm, readingKey } from './reading-form';
import { RehearsalColumns } from './rehearsal-columns';
import { RehearsalFacts } from './rehearsal-facts';
import { RehearsalSheets } from './rehearsal-sheets';
import { RehearsalTotals } from './rehearsal-totals';
import { ReplaceNotice } from './replace-notice';
import { bringsWhatIsUnknown, kindAndSystem, writeAction, writeStatement, writtenSentence } from './words';
import styles from './import.module.css';

export interface RehearsalPaneProps {
  readonly file: QueuedFile;
  readonly rehearsal: Rehearsal;
  readonly queue: ImportQueue;
  readonly busy: boolean;
  /** Rows of the period in the quarantine. */
  readonly waiting: number;
  readonly aside: ReactNode;
}

type Part = 'effect' | 'difference' | 'bad' | 'columns' | 'reading';

export function RehearsalPane({ file, rehearsal, queue, busy, waiting, aside }: RehearsalPaneProps) {
  const { openScreen } = useWorkspace();
  const announce = useAnnounce();
  const [part, setPart] = useState<Part>('effect');
  const parts = useRef<HTMLDivElement>(null);
  const openPart = (wanted: Part) => {
    setPart(wanted);
    // What was asked for would else begin below the window's edge.
    parts.current?.scrollIntoView({ block: 'start' });
  };
  const isWritten = file.phase === 'written';
  const { difference } = rehearsal;
  const canReadOtherwise = !isWritten && file.inspection !== undefined;
  const shown: Part = (part === 'difference' && !difference) || (part === 'reading' && !canReadOtherwise) ? 'effect' : part;
  const otherWays = file.inspection?.fits.filter(({ id }) => id !== rehearsal.profile.id) ?? [];
  const system = rehearsal.systems.length === 1 ? rehearsal.systems[0]! : rehearsal.profile.system;
  const next = queue.state.files.find((each) => each.key !== file.key && each.phase !== 'written');

  const write = async () => {
    if (await queue.write(file.key)) announce(writtenSentence(rehearsal));
  };
  return (
    <Pane
      title={file.fileName}
      aside={aside}
      testId="rehearsal"
      footer={
        isWritten ? (
          <>
            {next ? null : (
              <Button kind={waiting > 0 ? 'plain' : 'primary'} onClick={() => openScreen('reconcile')}>
                Go to Reconcile
              </Button>
            )}
            {waiting > 0 ? (
              <Button kind={next ? 'plain' : 'primary'} icon={FlagIcon} onClick={() => openScreen('map')}>
                {`Mend ${countWords(waiting, 'row')}`}
              </Button>
            ) : null}
            {next ? (
              <Button kind="primary" onClick={() => queue.choose(next.key)}>
                Next file
              </Button>
            ) : null}
          </>
        ) : (
          <>
            <span className={styles['footText']}>{writeStatement(rehearsal)}</span>
            {file.given.profileId || file.given.mapping ? (
              <Button onClick={() => queue.mapAgain(file.key)} disabled={busy}>
                Change the mapping
              </Button>
            ) : null}
            <Button
              kind="primary"
              disabled={busy || file.isStale || file.phase !== 'ready'}
              onClick={() => void write()}
            >
              {writeAction(rehearsal)}
            </Button>
          </>
        )
      }
    >
      <div className={styles['outcome']}>
        <Outcomes file={file} rehearsal={rehearsal} files={queue.state.files} />
        {isWritten || rehearsal.alreadyImported ? null : (
          <ReplaceNotice
            rehearsal={rehearsal}
            disabled={busy || file.phase !== 'ready'}
            onChoose={(importId) => {
              queue.give(file.key, { supersedesImportId: importId ?? undefined });
              setPart(importId === null ? 'effect' : 'difference');
            }}
          />
        )}
      </div>
      <div className={styles['profile']}>
        <Badge tone="neutral">{kindAndSystem(rehearsal.kind, system)}</Badge>
        <Badge tone="neutral">{rehearsal.effect === 'sets' ? 'Sets what it names' : 'Adds to what is there'}</Badge>
        <p data-selectable>
          <b>{rehearsal.profile.name}</b>, version {rehearsal.profile.version}. {rehearsal.profile.why}{' '}
          {canReadOtherwise && otherWays.length > 0 ? (
            <button type="button" className={styles['link']} onClick={() => openPart('reading')}>
              {otherWays.length === 1 ? `Read it as ${otherWays[0]!.name}` : 'Read it otherwise'}
            </button>
          ) : null}
        </p>
      </div>
      <div className={styles['figures']}>
        <Figure label="Rows read" value={countText(rehearsal.rowsRead)} testId="rows-read" />
        <Figure
          label={isWritten ? 'Rows written' : 'Rows to write'}
          value={countText(rehearsal.rowsAccepted)}
          testId="rows-accepted"
        />
        <Figure
          label={isWritten ? 'In the quarantine' : 'To quarantine'}
          value={countText(rehearsal.rowsQuarantined)}
          testId="rows-quarantined"
          {...(rehearsal.rowsQuarantined > 0 ? { tone: 'warning' as const } : {})}
          note={rehearsal.duplicates > 0 ? `${countText(rehearsal.duplicates)} of them ${rehearsal.duplicates === 1 ? 'a duplicate' : 'duplicates'}` : undefined}
        />
        <Figure
          label="Passed over"
          value={countText(rehearsal.rowsIgnored)}
          testId="rows-ignored"
          note={rehearsal.ignoredByReason
            .map(({ reason, rows }) => `${countText(rows)} ${IGNORE_REASON_WORDS[reason]}`)
            .join(', ')}
        />
      </div>
      {!isWritten && file.inspection && hasQuestions(file) ? (
        <Section title="What the file does not say">
          <GivenForm
            key={JSON.stringify(file.given)}
            file={file}
            inspection={file.inspection}
            onGive={(given) => queue.give(file.key, given)}
            action="Rehearse again"
          />
        </Section>
      ) : null}
      <RehearsalSheets report={rehearsal.countSheets} isWritten={isWritten} />
      <RehearsalFacts rehearsal={rehearsal} />
      <div ref={parts} className={styles['parts']}>
        <Tabs<Part>
          label="Parts of the rehearsal"
          active={shown}
          onActive={openPart}
          tabs={[
            { id: 'effect', label: 'Before and after' },
            ...(difference
              ? [{ id: 'difference' as const, label: 'Difference', count: countText(difference.counts.added + difference.counts.removed + difference.counts.changed) }]
              : []),
            { id: 'bad', label: 'Bad rows', count: countText(rehearsal.rowsQuarantined) },
            {
              id: 'columns',
              label: 'Columns',
              count: countText(rehearsal.columnsUsed.length + rehearsal.columnsIgnored.length),
            },
            ...(canReadOtherwise ? [{ id: 'reading' as const, label: 'How it is read' }] : []),
          ]}
        >
          <div className={styles['part']}>
            {shown === 'difference' && difference ? <DifferenceView difference={difference} importId={file.importId} /> : null}
            {shown === 'effect' ? <RehearsalTotals rehearsal={rehearsal} /> : null}
            {shown === 'bad' ? <BadRows rehearsal={rehearsal} /> : null}
            {shown === 'reading' && file.inspection ? (
              <ReadingForm
                key={readingKey(file)}
                file={file}
                inspection={file.inspection}
                disabled={busy || file.phase === 'writing'}
                onRead={(given) => queue.give(file.key, given)}
                onMap={() => queue.mapAgain(file.key)}
              />
            ) : null}
            {shown === 'columns' ? <RehearsalColumns rehearsal={rehearsal} /> : null}
          </div>
        </Tabs>
      </div>
    </Pane>
  );
}

/** What happened to this file, or keeps it from being written. */
function Outcomes({
  file,
  rehearsal,
  files,
}: {
  readonly file: QueuedFile;
  readonly rehearsal: Rehearsal;
  readonly files: readonly QueuedFile[];
}) {
  if (file.phase === 'written') return <Notice tone="done" title={writtenSentence(rehearsal)} />;
  if (rehearsal.alreadyImported) return <AlreadyImported imported={rehearsal.alreadyImported} />;
  if (file.refusal) {
    const changed = file.refusal.failure === 'workbook_changed' || file.refusal.failure === 'figures_changed';
    return (
      <Notice
        tone={changed ? 'warning' : 'error'}
        copyText={file.refusal.message}
        title={changed ? 'The workbook changed after the rehearsal: the figures below are new' : 'Nothing was written'}
      >
        {file.refusal.message}
      </Notice>
    );
  }
  if (file.phase === 'to_inspect' || file.phase === 'to_rehearse') return <Notice tone="info" title="Being read again" />;
  if (file.isStale)
    return <Notice tone="info" title="Being rehearsed again: the workbook changed since" />;
  const before = file.phase === 'ready' ? bringsWhatIsUnknown(file, files) : [];
  if (before.length === 0) return null;
  return (
    <Notice tone="info" title="Some rows name items or locations that the workbook does not know yet">
      {before.length === 1
        ? `${before[0]} stands before this file and brings new ones. Write it first; this file is then rehearsed again.`
        : `${before.join(', ')} stand before this file and bring new ones. Write them first; this file is then rehearsed again.`}
    </Notice>
  );
}
