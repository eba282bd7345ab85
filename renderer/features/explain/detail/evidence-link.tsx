/**
 * A figure's way back to its row: `movements.csv 4,412`. Click shows the row as the file gave it.
 */
import type { Evidence } from '@shared/domain/lines';
import { classes, countText } from '../../../ui';
import styles from './evidence-link.module.css';

export interface EvidenceLinkProps {
  readonly evidence: Evidence;
  readonly onEvidence: (evidence: Evidence) => void;
  /** Only the row's number, where the file is plain from the place. */
  readonly short?: boolean;
  /** The figure itself is the link. */
  readonly figure?: string;
}

export function EvidenceLink({ evidence, onEvidence, short = false, figure }: EvidenceLinkProps) {
  const row = countText(evidence.row);
  return (
    <button type="button" className={classes(styles['link'], figure !== undefined && styles['figure'])} title={`Show row ${row} of ${evidence.file}`} aria-label={figure === undefined && !short ? undefined : `${figure ?? ''} row ${row} of ${evidence.file}`.trim()} onClick={() => onEvidence(evidence)}>
      {figure ?? (short ? `row ${row}` : `${evidence.file}, row ${row}`)}
    </button>
  );
}
