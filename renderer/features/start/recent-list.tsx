/**
 * Workbooks that were opened on this machine: name, path, when.
 */
import type { RecentWorkbook } from '@shared/contract/shell';
import { instantText } from '../../ui';
import styles from './start.module.css';

export interface RecentListProps {
  readonly recent: readonly RecentWorkbook[];
  readonly timeZone: string;
  readonly disabled: boolean;
  readonly onOpen: (path: string) => void;
}

export function RecentList({ recent, timeZone, disabled, onOpen }: RecentListProps) {
  return (
    <ul className={styles['recentList']}>
      {recent.map((workbook) => (
        <li key={workbook.path}>
          <button
            type="button"
            className={styles['recentItem']}
            disabled={disabled}
            onClick={() => onOpen(workbook.path)}
            title={workbook.path}
            aria-label={`${workbook.name}, ${instantText(workbook.openedInstant, timeZone)}, ${workbook.path}`}
          >
            <span className={styles['recentName']}>{workbook.name}</span>{' '}
            <span className={styles['recentTime']}>{instantText(workbook.openedInstant, timeZone)}</span>{' '}
            {/* Cut from the left: the end of a path tells more than its beginning. */}
            <span className={styles['recentPath']}>
              <bdi dir="ltr">{workbook.path}</bdi>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
