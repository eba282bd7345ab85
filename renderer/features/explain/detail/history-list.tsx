/**
 * Who changed the line, when, from what to what. An undo is an entry of its own.
 */
import type { LineDetail } from '@shared/domain/lines';
import { countText, dateText, shortInstantText } from '../../../ui';
import { changesOf } from './history-words';
import styles from './history-list.module.css';

export function HistoryList({ line }: { readonly line: LineDetail }) {
  if (line.history.length === 0) return <p className={styles['none']}>Nobody has changed this line in the period.</p>;
  return (
    <ol className={styles['history']}>
      {[...line.history].sort((left, right) => right.sequence - left.sequence).map((entry) => {
        const changes = changesOf(entry.detail, (instant) => dateText(instant, line.timeZone));
        return (
          <li key={entry.sequence}>
            <span className={styles['when']} title={`Event ${countText(entry.sequence)} of the audit chain`}>{shortInstantText(entry.atInstant, line.timeZone)}</span>
            <span className={styles['what']} data-selectable>
              <b>{entry.actor}</b>{' '}
              {changes.length === 0
                ? entry.action
                : changes.map((change, index) => (
                    <span key={change.field}>
                      {index > 0 ? '; ' : ''}{change.field} {change.before} to <b>{change.after}</b>
                    </span>
                  ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
