/**
 * A searched list with its label, hint and refusal, as the other fields have them.
 */
import type { ReactNode } from 'react';
import { Combobox, type ComboboxProps } from './combobox';
import styles from './field.module.css';

export interface ComboboxFieldProps extends ComboboxProps {
  readonly hint?: ReactNode;
  /** Why the value cannot be taken. */
  readonly problem?: string | undefined;
}

export function ComboboxField({ hint, problem, ...rest }: ComboboxFieldProps) {
  return (
    <div className={styles['field']}>
      <span className={styles['label']} aria-hidden="true">
        {rest.label}
      </span>
      <Combobox {...rest} />
      {hint ? <div className={styles['hint']}>{hint}</div> : null}
      {problem ? (
        <div className={styles['problem']} role="alert">
          {problem}
        </div>
      ) : null}
    </div>
  );
}
