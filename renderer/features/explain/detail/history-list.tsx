/**
 * Who changed the line, when, from what to what. An undo is an entry of its own.
 */
import type { LineDetail } from '@shared/domain/lines';
import { useWorkspace } from '../../../app/workspace';
import { Button, countText, dateText, Section, shortInstantText, withLocalInstants } from '../../../ui';
import { changesOf, type ChangeWords, NONE, saidWords } from './history-words';
import styles from './history-list.module.css';

export function HistorySection({ line }: { readonly line: LineDetail }) {
  const { openScreen } = useWorkspace();
  const newest = Math.max(0, ...line.history.map(({ sequence }) => sequence));
  return (
    <Section
      title="History"
      testId="detail-history"
      aside={<Button kind="quiet" onClick={() => openScreen('audit', { trail: { line: `${line.sku}, ${line.location}`, sequence: newest || null } })}>In the audit trail</Button>}
    >
      <HistoryList line={line} />
    </Section>
  );
}

function HistoryList({ line }: { readonly line: LineDetail }) {
  if (line.history.length === 0) return <p className={styles['none']}>Nobody has changed this line in the period.</p>;
  return (
    <ol className={styles['history']}>
      {[...line.history].sort((left, right) => right.sequence - left.sequence).map((entry) => {
        const changes = changesOf(entry.detail, (instant) => dateText(instant, line.timeZone)).map((change) => ({
          ...change,
          before: withLocalInstants(change.before, line.timeZone),
          after: withLocalInstants(change.after, line.timeZone),
        }));
        return (
          <li key={entry.sequence}>
            <span className={styles['when']} title={`Event ${countText(entry.sequence)} of the audit chain`}>{shortInstantText(entry.atInstant, line.timeZone)}</span>
            <span className={styles['what']} data-selectable>
              <b>{entry.actor}</b> {saidWords(entry.action, entry.detail) ?? (changes.length === 0 ? entry.action : null)}
              {changes.map((change, index) => <span key={change.field}>{index > 0 ? '; ' : ''}<Change change={change} /></span>)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Change({ change: { field, before, after } }: { readonly change: ChangeWords }) {
  if (after === NONE) return <>took away the {field} {before}</>;
  if (before === NONE) return <>set the {field} to <b>{after}</b></>;
  return <>changed the {field} from {before} to <b>{after}</b></>;
}
