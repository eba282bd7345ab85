/**
 * The period's imports in short, beneath the queue.
 */
import type { ImportSummary } from '@shared/domain/import';
import { MISSING_SOURCE_WORDS } from '@shared/domain/import-words';
import { useWorkspace } from '../../app/workspace';
import { countText, countWords, shortInstantText } from '../../ui';
import { kindAndSystem, nameOf } from './words';
import styles from './import.module.css';

export function ImportedList({
  summary,
  month,
}: {
  readonly summary: ImportSummary | undefined;
  readonly month: string;
}) {
  const { timeZone } = useWorkspace();
  if (!summary) return null;
  const standing = summary.imports.filter((each) => each.state === 'standing');
  return (
    <section aria-label={`Imported into ${month}`} className={styles['imported']} data-testid="imports">
      <h3>{`Imported into ${month}: ${countText(standing.length)}`}</h3>
      <ul>
        {standing.map((each) => (
          <li key={each.importId}>
            <div className={styles['importedLine']}>
              <span title={each.fileName}>{kindAndSystem(each.kind, each.system)}</span>
              <span>
                {countWords(each.rowsAccepted, 'row')}
                {each.waiting > 0 ? `, ${countText(each.waiting)} waiting` : ''}
              </span>
            </div>
            <div className={styles['importedBy']} title={`${each.fileName}, ${each.importedBy}`}>
              {each.fileName} · {nameOf(each.importedBy)} · {shortInstantText(each.importedInstant, timeZone)}
            </div>
          </li>
        ))}
      </ul>
      {summary.missing.length > 0 ? (
        <p className={styles['missing']}>
          Still missing for the reconciliation:{' '}
          {summary.missing.map((source) => MISSING_SOURCE_WORDS[source].toLowerCase().replace('erp', 'ERP')).join(', ')}
        </p>
      ) : null}
    </section>
  );
}
