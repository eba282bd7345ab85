/**
 * The files that wait, in the order in which they are written, and the chosen one beside them: its rehearsal, its
 * questions, its mapping, or why it cannot be read.
 */
import type { ImportSummary } from '@shared/domain/import';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import {
  Badge,
  Button,
  ClearedIcon,
  countWords,
  CrossIcon,
  Desk,
  DropZone,
  IconButton,
  ImportIcon,
  Notice,
  Pane,
  periodName,
  type PickEntry,
  PickList,
  ProgressBar,
  Section,
  type Tone,
} from '../../ui';
import type { ImportQueue, QueueState } from './import-queue';
import type { BringFiles } from './imports-overview';
import { AlreadyImported } from './already-imported';
import { GivenForm } from './given-form';
import { ImportedList } from './imported-list';
import { MappingPane } from './mapping-pane';
import type { FilePhase, QueuedFile } from './queued-file';
import { ReadingForm, readingKey } from './reading-form';
import { RehearsalPane } from './rehearsal-pane';
import { phaseWords, writeAllAction } from './words';
import styles from './import.module.css';

const PHASE_TONE: Readonly<Record<FilePhase, Tone>> = {
  to_inspect: 'neutral',
  to_rehearse: 'neutral',
  unrecognised: 'warning',
  asking: 'warning',
  ready: 'neutral',
  held: 'neutral',
  refused: 'unexplained',
  writing: 'neutral',
  written: 'cleared',
};

export interface FileDeskProps extends Pick<BringFiles, 'onChoose' | 'onDropped'> {
  readonly queue: ImportQueue;
  readonly state: QueueState;
  readonly summary: ImportSummary | undefined;
}

export function FileDesk({ queue, state, summary, onChoose, onDropped }: FileDeskProps) {
  const { period } = useWorkspace();
  const announce = useAnnounce();
  const chosen = state.files.find((file) => file.key === state.chosen) ?? state.files[0];
  const ready = state.files.filter((file) => file.phase === 'ready');
  const written = state.files.filter((file) => file.phase === 'written');
  const running = state.files.find((file) => file.key === state.running?.key);

  const writeAll = async () => {
    await queue.writeAll();
    const left = queue.state.files.filter((file) => file.phase !== 'written').length;
    announce(left === 0 ? 'All files are written.' : `${countWords(left, 'file')} still wait.`);
  };
  return (
    <DropZone onFiles={onDropped} invitation="Drop files to add them" testId="import-drop">
      <Desk
        head={
          <>
            <h2>Files to import</h2>
            <Button kind="quiet" icon={ImportIcon} onClick={onChoose}>
              Add files
            </Button>
          </>
        }
        list={
          <>
            <PickList
              label="Files to import"
              asideBelow
              entries={state.files.map((file) => entryOf(file, state))}
              chosen={String(chosen?.key)}
              onChoose={(key) => queue.choose(Number(key))}
              testId="import-queue"
            />
            <ImportedList summary={summary} month={periodName(period.code)} />
          </>
        }
        foot={
          <>
            {state.running ? (
              <ProgressBar
                title={running?.phase === 'writing' ? 'Writing' : 'Reading'}
                stage={running?.fileName ?? ''}
                done={state.running.progress?.done ?? 0}
                total={state.running.progress?.total ?? null}
                startedInstant={state.running.startedInstant}
                onCancel={() => queue.cancel()}
              />
            ) : null}
            {state.halted ? (
              <Notice tone="warning" title="Writing stopped" copyText={state.halted}>
                {state.halted}
              </Notice>
            ) : null}
            {ready.length > 1 || state.writesAll ? (
              <Button disabled={state.writesAll || ready.length === 0} onClick={() => void writeAll()}>
                {writeAllAction(state.files)}
              </Button>
            ) : null}
            {written.length > 0 && !state.writesAll ? (
              <Button
                kind="quiet"
                icon={ClearedIcon}
                onClick={() => queue.clearWritten()}
              >{`Clear ${countWords(written.length, 'written file')}`}</Button>
            ) : null}
          </>
        }
      >
        {chosen ? <ChosenFile key={chosen.key} file={chosen} queue={queue} busy={state.writesAll} waiting={summary?.waiting ?? 0} /> : null}
      </Desk>
    </DropZone>
  );
}

function entryOf(file: QueuedFile, state: QueueState): PickEntry {
  const words = state.running?.key === file.key && file.phase !== 'writing' ? 'Reading' : phaseWords(file);
  const kind = file.rehearsal?.profile.name ?? file.inspection?.profile?.name ?? '';
  return {
    key: String(file.key),
    title: file.fileName,
    aside: (
      <Badge tone={PHASE_TONE[file.phase]} plain={PHASE_TONE[file.phase] === 'neutral'}>
        {words}
      </Badge>
    ),
    detail:
      kind ||
      (file.phase === 'unrecognised'
        ? 'Unknown kind of file'
        : file.phase === 'to_inspect'
          ? 'Not looked at yet'
          : 'Kind not known'),
    name: `${file.fileName}, ${kind}, ${words}`,
  };
}

function ChosenFile({
  file,
  queue,
  busy,
  waiting,
}: {
  readonly file: QueuedFile;
  readonly queue: ImportQueue;
  readonly busy: boolean;
  /** Rows of the period in the quarantine. */
  readonly waiting: number;
}) {
  const remove = (
    <IconButton
      label={`Take ${file.fileName} out of the queue`}
      icon={CrossIcon}
      onClick={() => queue.remove(file.key)}
    />
  );
  if (file.phase === 'unrecognised' && file.inspection) {
    return <MappingPane file={file} inspection={file.inspection} queue={queue} aside={remove} />;
  }
  if (file.rehearsal && file.phase !== 'asking' && file.phase !== 'refused') {
    return <RehearsalPane file={file} rehearsal={file.rehearsal} queue={queue} busy={busy} waiting={waiting} aside={remove} />;
  }
  return (
    <Pane title={file.fileName} aside={remove} testId="file-pane">
      {file.phase === 'held' && file.inspection?.alreadyImported ? (
        <AlreadyImported imported={file.inspection.alreadyImported} />
      ) : file.refusal && file.phase !== 'asking' ? (
        <div className={styles['note']}>
          <Notice
            tone="error"
            title={
              file.phase === 'held' ? 'This file is imported already' : `${file.fileName} cannot be imported as it is`
            }
            copyText={file.refusal.message}
            actions={
              file.phase === 'refused' ? <Button onClick={() => queue.retry(file.key)}>Read again</Button> : undefined
            }
          >
            {file.refusal.message}
          </Notice>
        </div>
      ) : null}
      {file.phase === 'asking' && file.inspection ? (
        <Section title="What the file does not say">
          <GivenForm
            file={file}
            inspection={file.inspection}
            onGive={(given) => queue.give(file.key, given)}
            action="Rehearse"
          />
        </Section>
      ) : null}
      {(file.phase === 'asking' || file.phase === 'refused') && file.inspection ? (
        <Section title="How the file is read">
          <ReadingForm
            key={readingKey(file)}
            file={file}
            inspection={file.inspection}
            onRead={(given) => queue.give(file.key, given)}
            onMap={() => queue.mapAgain(file.key)}
          />
        </Section>
      ) : null}
    </Pane>
  );
}
