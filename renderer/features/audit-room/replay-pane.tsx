/** Computed again: the period from its stored files and decisions, part by part against what is kept, and what differs with its source row. */
import { useEffect, useState } from 'react';
import { carriedOverText, REPLAY_PART_WORDS, type ReplayAnswer, type ReplayDifference, type ReplayTally, rowBehindText } from '@shared/domain/replay';
import { useCall } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, CopyButton, countText, countWords, Facts, Notice, Pane, periodName, ProgressBar, Section, Table, type TableColumn, withLocalInstants } from '../../ui';
import styles from './audit-room.module.css';

export interface ReplayPaneProps {
  /** The auditor's file whose trail tells the outcome; undefined where there is none. */
  readonly file: string | undefined;
  /** Asked for by a command: it begins at once. */
  readonly begins: boolean;
  readonly onBegun: () => void;
}

const PARTS: readonly TableColumn<ReplayTally>[] = [
  { id: 'part', title: 'Part', cell: ({ part }) => REPLAY_PART_WORDS[part] },
  { id: 'kept', title: 'Kept', align: 'end', cell: ({ kept }) => countText(kept) },
  { id: 'computed', title: 'Computed', align: 'end', cell: ({ computed }) => countText(computed) },
  { id: 'same', title: 'Same', align: 'end', cell: ({ same }) => countText(same) },
];

const DIFFERENCES: readonly TableColumn<ReplayDifference>[] = [
  { id: 'part', title: 'Part', cell: ({ part }) => REPLAY_PART_WORDS[part] },
  { id: 'key', title: 'Row', wraps: true, cell: ({ key }) => key },
  { id: 'column', title: 'Column', wraps: true, cell: ({ column }) => column || 'the row itself' },
  { id: 'kept', title: 'Kept', wraps: true, cell: ({ kept }) => kept },
  { id: 'computed', title: 'Computed', wraps: true, cell: ({ computed }) => computed },
  { id: 'behind', title: 'Source row', wraps: true, cell: rowBehindText },
];

/** The answer as text, for a working paper. */
function answerText({ message, parts, differences, carriedOver, notComputed }: ReplayAnswer): string {
  const rows = (cells: readonly (readonly string[])[]) => cells.map((row) => row.join('\t'));
  return [
    message,
    ...rows([['Part', 'Kept', 'Computed', 'Same'], ...parts.map(({ part, kept, computed, same }) => [REPLAY_PART_WORDS[part], String(kept), String(computed), String(same)])]),
    ...rows(differences.map((each) => [REPLAY_PART_WORDS[each.part], each.key, each.column, each.kept, each.computed, rowBehindText(each)])),
    `Taken over as given: ${carriedOverText(carriedOver)}.`,
    ...notComputed.map((each) => `Not computed: ${each}`),
  ].join('\n');
}

export function ReplayPane({ file, begins, onBegun }: ReplayPaneProps) {
  const { period, timeZone } = useWorkspace();
  const announce = useAnnounce();
  const replay = useCall('auditRoom:replay');
  const [last, setLast] = useState<ReplayAnswer | undefined>(undefined);
  const compute = async () => {
    const outcome = await replay.run({ periodId: period.periodId, file: file ?? null });
    if (!outcome.ok) return;
    setLast(outcome.value);
    announce(outcome.value.message);
  };
  useEffect(() => {
    if (!begins) return;
    onBegun();
    void compute();
  }, [begins]);
  // The answer of another period is not this one's.
  const answer = last?.periodCode === period.code ? last : undefined;
  return (
    <Pane
      title={`${periodName(period.code)} computed again`}
      aside={<Button disabled={replay.running} onClick={() => void compute()}>{answer ? 'Compute it once more' : 'Compute it again'}</Button>}
      testId="replay"
    >
      <div className={styles['replay']}>
        <p className={styles['lead']}>
          The stored files are read once more, every decision on a name, a row or a sheet is carried out in the order of the trail, and the engine reconciles: in a workbook of its own that is removed
          afterwards. What comes out is held against what is kept.
        </p>
        {replay.running ? (
          <ProgressBar title="Computing" stage={replay.progress?.stage ?? ''} done={replay.progress?.done ?? 0} total={replay.progress?.total ?? null} startedInstant={replay.startedInstant} onCancel={replay.cancel} />
        ) : null}
        {replay.refusal && replay.refusal.failure !== 'cancelled' ? (
          <Notice tone="error" title="Nothing was computed" copyText={replay.refusal.message}>{replay.refusal.message}</Notice>
        ) : null}
        {answer ? <Answer answer={answer} timeZone={timeZone} told={file} /> : null}
      </div>
    </Pane>
  );
}

function Answer({ answer, timeZone, told }: { readonly answer: ReplayAnswer; readonly timeZone: string; readonly told: string | undefined }) {
  const { same, message, parts, differences, differencesInAll, rulesKept, rulesComputed, carriedOver, notComputed } = answer;
  return (
    <div data-testid="replay-answer" data-same={same}>
      <div className={styles['note']}>
        <Notice tone={same ? 'done' : 'error'} title={same ? 'The same' : countWords(differencesInAll, 'difference')} actions={<CopyButton text={answerText(answer)} label="Copy as text" />}>
          {`${withLocalInstants(message, timeZone)}${told === undefined ? '' : ` The trail of ${told} tells it.`}`}
        </Notice>
      </div>
      {rulesKept === rulesComputed ? null : (
        <Notice tone="warning" title="Computed by other rules of explanation">{`The lines were computed by ${rulesKept}, this program computes by ${rulesComputed}: what differs may come from that.`}</Notice>
      )}
      {differences.length > 0 ? (
        <Section title={differencesInAll > differences.length ? `The first ${countText(differences.length)} of ${countWords(differencesInAll, 'difference')}` : 'What differs'}>
          <Table caption="Differences" columns={DIFFERENCES} rows={differences} rowKey={(_row, index) => index} testId="replay-differences" />
        </Section>
      ) : null}
      <Section title="Part by part">
        <div className={styles['parts']}>
          <Table caption="Kept and computed by part" columns={PARTS} rows={parts} rowKey={({ part }) => part} testId="replay-parts" />
        </div>
      </Section>
      <Section title="What it does not compute">
        <Facts
          facts={[
            { name: 'Taken over as given', value: carriedOverText(carriedOver) },
            { name: 'Not computed', value: notComputed.map((each) => <p key={each}>{each}</p>) },
          ]}
        />
      </Section>
    </div>
  );
}
