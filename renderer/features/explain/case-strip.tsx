/**
 * Over the lines: what can be done for all of a view at once, or for those that are selected. Confirming reasons for new figures, and one
 * note for the checks of many lines.
 */
import { useRef } from 'react';
import { useCommands } from '../../app/commands';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, Notice } from '../../ui';
import { CheckNote } from './check-note';
import type { LineRow } from './line-row';
import { useCheck, useConfirm } from './use-follow-up';
import styles from './detail/follow-up.module.css';

export interface CaseStripProps {
  readonly viewId: string;
  /** How many lines the view shows. */
  readonly total: number;
  readonly selected: readonly LineRow[];
  /** The line that has the keyboard. */
  readonly focused: LineRow | undefined;
}

const keysOf = (rows: readonly LineRow[]): number[] => rows.map((row) => row.stockKeyId);

export function CaseStrip({ viewId, total, selected, focused }: CaseStripProps) {
  const { canEdit } = useWorkspace();
  const strip = useRef<HTMLDivElement>(null);
  const confirm = useConfirm();
  const check = useCheck();
  const several = selected.length > 1 ? selected : [];
  const near = several.length > 0 ? several : focused ? [focused] : [];
  const asking = near.filter((row) => row.changedSinceTag && row.status !== 'approved');
  const waiting = near.filter((row) => row.checksWaiting);
  const isChanged = viewId === 'changed' && total > 0;
  const isChecks = viewId === 'checks' && total > 0;

  const confirmNear = () => void confirm(asking.length > 0 ? keysOf(asking) : null);
  const toNote = () => {
    const detail = document.querySelector<HTMLInputElement>('[data-testid="detail-checks"] [data-testid="check-note"] input');
    (strip.current?.querySelector<HTMLInputElement>('[data-testid="check-note"] input') ?? detail)?.focus();
  };
  useCommands({
    'explain.confirm': { run: confirmNear, enabled: canEdit && (asking.length > 0 || isChanged) },
    'explain.check': { run: toNote, enabled: canEdit && (waiting.length > 0 || isChecks) },
  });
  if (!canEdit || !(isChanged || isChecks)) return null;
  const chosen = isChanged ? several.filter((row) => row.changedSinceTag && row.status !== 'approved') : several.filter((row) => row.checksWaiting);
  const keys = chosen.length > 0 ? keysOf(chosen) : null;
  const whom = keys ? `the ${countWords(keys.length, 'selected line')}` : 'all';
  return (
    <div ref={strip} data-testid="case-strip">
      {isChanged ? (
        <Notice
          strip
          tone="warning"
          title="These reasons were given for other figures."
          actions={<Button kind="primary" onClick={() => void confirm(keys)}>{keys ? `Confirm ${countWords(keys.length, 'reason')}` : 'Confirm all'}</Button>}
        >
          The pane shows then and now. Confirm a reason, or choose another.
        </Notice>
      ) : (
        <div className={styles['strip']} role="status">
          <span>No file tells enough of these lines.</span>
          <CheckNote label={`Check of ${whom}`} action={keys ? `Record for ${countWords(keys.length, 'line')}` : 'Record for all'} onRecord={(note) => check(keys, note)} />
        </div>
      )}
    </div>
  );
}
