/**
 * What the counts of a period still ask: second counts, lines nobody counted, bins counted by two people, postings that came in after.
 */
import type { ConflictLine, CountLists, LateLine, RecountLine, UncountedLine } from '@shared/domain/follow-up/shapes';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, Pane, PlusIcon, quantityText, Section, signedQuantityText, Table } from '../../ui';
import styles from './count-sheets.module.css';

export interface FollowUpPaneProps {
  readonly lists: CountLists;
  /** Opens the form for sheets of exactly the lines that want a second count. */
  readonly onIssue: () => void;
}

/** How much of a list is shown; the rest is found on the Explain screen and by `tieout cases`. */
const SHOWN = 200;
const named = { id: 'line', title: 'Line', cell: (row: { readonly sku: string; readonly location: string }) => `${row.sku} ${row.location}` };

/** How many lines the counts of a period still ask something of. */
export const openCounts = (lists: CountLists): number => lists.recounts.total + lists.notCounted.total + lists.conflicts.total + lists.late.total;

export function FollowUpPane({ lists, onIssue }: FollowUpPaneProps) {
  const { canEdit, openScreen } = useWorkspace();
  const { recounts, notCounted, conflicts, late } = lists;
  const show = (row: { readonly stockKeyId: number }) => openScreen('explain', { view: 'variance', stockKeyId: row.stockKeyId });
  const more = (total: number) => (total > SHOWN ? <p className={styles['lead']}>{`The first ${SHOWN} of ${countWords(total, 'line')}.`}</p> : null);
  return (
    <Pane
      title="What the counts ask"
      testId="count-follow-up"
      footer={
        recounts.total > 0 && canEdit ? (
          <Button kind="primary" icon={PlusIcon} onClick={onIssue}>{`Issue sheets for ${countWords(recounts.total, 'second count')}`}</Button>
        ) : undefined
      }
    >
      {recounts.total > 0 ? (
        <Section title={`Second count asked for: ${countWords(recounts.total, 'line')}`} testId="recounts">
          <Table<RecountLine>
            caption="Lines that want a second count"
            rows={recounts.lines.slice(0, SHOWN)}
            rowKey={(row) => row.stockKeyId}
            onChoose={show}
            columns={[
              named,
              { id: 'variance', title: 'Count variance', align: 'end', cell: (row) => signedQuantityText(row.countScaled) },
              { id: 'why', title: 'Why', wraps: true, cell: (row) => row.why },
            ]}
          />
          {more(recounts.total)}
        </Section>
      ) : null}
      {notCounted.total > 0 ? (
        <Section title={`Not counted: ${countWords(notCounted.total, 'line')}`} testId="not-counted">
          <Table<UncountedLine>
            caption="Lines that nobody counted"
            rows={notCounted.lines.slice(0, SHOWN)}
            rowKey={(row) => row.stockKeyId}
            onChoose={show}
            columns={[
              named,
              { id: 'book', title: 'In the books', align: 'end', cell: (row) => quantityText(row.bookScaled) },
              {
                id: 'why', title: 'Why', wraps: true,
                cell: (row) => (row.why === 'no_figure' ? `on ${row.sheet === '' ? 'a sheet' : `sheet ${row.sheet}`} without a figure` : 'on no sheet of a location that was counted'),
              },
            ]}
          />
          {more(notCounted.total)}
        </Section>
      ) : null}
      {conflicts.total > 0 ? (
        <Section title={`One bin counted by two people: ${countWords(conflicts.total, 'line')}`} testId="conflicts">
          <Table<ConflictLine>
            caption="Bins that two people counted"
            rows={conflicts.lines.slice(0, SHOWN)}
            rowKey={(row) => `${row.stockKeyId} ${row.bin}`}
            onChoose={show}
            columns={[
              named,
              { id: 'bin', title: 'Bin', cell: (row) => row.bin },
              { id: 'counts', title: 'Added up', wraps: true, cell: (row) => row.counts.map((each) => `${each.countedBy} ${quantityText(each.countedScaled)}`).join(', ') },
            ]}
          />
          {more(conflicts.total)}
        </Section>
      ) : null}
      {late.total > 0 ? (
        <Section title={`Postings that came in after the count: ${countWords(late.total, 'line')}`} testId="late">
          <Table<LateLine>
            caption="Lines with postings that came in after the count"
            rows={late.lines.slice(0, SHOWN)}
            rowKey={(row) => row.stockKeyId}
            onChoose={show}
            columns={[
              named,
              { id: 'postings', title: 'Postings', align: 'end', cell: (row) => row.postings },
              { id: 'onHand', title: 'On hand', align: 'end', cell: (row) => signedQuantityText(row.onHandScaled) },
              { id: 'variance', title: 'Count variance', align: 'end', cell: (row) => signedQuantityText(row.countScaled) },
            ]}
          />
          {more(late.total)}
        </Section>
      ) : null}
    </Pane>
  );
}
