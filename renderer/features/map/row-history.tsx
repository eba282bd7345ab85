/**
 * What happened to a row: who, when, why, from the import that brought it on.
 */
import type { QuarantineStep } from '@shared/domain/quarantine';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Notice, shortInstantText } from '../../ui';
import styles from './map.module.css';

function Step({ step }: { readonly step: QuarantineStep }) {
  const { timeZone } = useWorkspace();
  return (
    <li className={styles['step']} data-step={step.step}>
      <div data-selectable>{step.sentence}</div>
      {step.why ? <div className={styles['why']} data-selectable>{step.why}</div> : null}
      <div className={styles['hint']}>
        {[step.atInstant === null ? 'earlier' : shortInstantText(step.atInstant, timeZone), step.actor.replace(/ <.*>$/, '')].filter(Boolean).join(', ')}
      </div>
    </li>
  );
}

export function RowHistory({ quarantineRowId }: { readonly quarantineRowId: number }) {
  const history = useQuery('quarantine:history', { quarantineRowId }, { keepsPrevious: true });
  if (history.refusal) return <Notice tone="error" title={history.refusal.message} copyText={history.refusal.message} />;
  return (
    <ol className={styles['history']} aria-label="History of the row">
      {(history.value ?? []).map((step, index) => (
        <Step key={index} step={step} />
      ))}
    </ol>
  );
}
