/**
 * The foot of the window: the screen's figures at the left; at the right that everything is saved, and how long the
 * audit chain is.
 */
import type { PackOrigin } from '@shared/contract/audit-pack';
import { clockText, countText, LockIcon } from '../ui';
import type { StatusFigure } from './workspace';
import styles from './status-bar.module.css';

export interface StatusBarProps {
  readonly figures: readonly StatusFigure[];
  /** When the workbook last wrote for this window; undefined: nothing was changed since it was opened. */
  readonly savedInstant: number | undefined;
  readonly timeZone: string;
  readonly readOnly: boolean;
  /** The audit pack that the workbook came out of. */
  readonly pack: PackOrigin | null;
  readonly chainSequence: number;
  readonly chainHash: string;
}

export function StatusBar({ figures, savedInstant, timeZone, readOnly, pack, chainSequence, chainHash }: StatusBarProps) {
  return (
    <footer className={styles['bar']} aria-label="Status">
      {figures.map((figure) => (
        <span key={figure.label} className={styles['figure']} data-testid={figure.testId}>
          {figure.label} <b>{figure.value}</b>
        </span>
      ))}
      <span className={styles['spacer']} />
      {pack ? <span title={`Made ${pack.made}, certificate ${pack.fingerprint}`} data-testid="pack-origin">audit pack <b>{pack.name}</b> signed by <b>{pack.signer}</b></span> : null}
      <span data-testid="saved">
        {readOnly ? <span className={styles['readOnly']}><LockIcon size={12} /> read-only</span> : savedInstant ? <>saved <b>{clockText(savedInstant, timeZone)}</b></> : 'all changes saved'}
      </span>
      <span title={`The audit chain holds ${countText(chainSequence)} events. Its last hash is ${chainHash}.`} data-testid="chain">
        chain <b>{countText(chainSequence)}</b>
      </span>
      <span title="Instants are shown in the workbook's time zone">{timeZone}</span>
    </footer>
  );
}
