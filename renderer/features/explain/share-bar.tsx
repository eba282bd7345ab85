/**
 * One bar of parts that make a whole. The words beside it carry the figures; its name reads them out.
 */
import type { VarianceClass } from '@shared/domain/variance';
import { shareText } from '../../ui';
import { classes } from '../../ui';
import styles from './share-bar.module.css';

export interface SharePart {
  readonly tone: VarianceClass;
  readonly label: string;
  /** Not negative. */
  readonly value: number;
}

export interface ShareBarProps {
  readonly label: string;
  readonly parts: readonly SharePart[];
  readonly text: (value: number) => string;
}

export function ShareBar({ label, parts, text }: ShareBarProps) {
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  const words = parts.map((part) => `${part.label} ${text(part.value)}, ${shareText(part.value, whole)}`).join('; ');
  return (
    <div className={styles['bar']} role="img" aria-label={`${label}: ${words}`} title={words}>
      {whole > 0
        ? parts.filter((part) => part.value > 0).map((part) => (
            <span key={part.tone} className={classes(styles['part'], styles[part.tone])} style={{ flexGrow: part.value / whole }} />
          ))
        : null}
    </div>
  );
}
