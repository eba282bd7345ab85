/**
 * A searched list with its label, hint and refusal, as the other fields have them.
 */
import type { ReactNode } from 'react';
import { Combobox, type ComboboxProps } from './combobox';
import { Field } from './field';

export interface ComboboxFieldProps extends ComboboxProps {
  readonly hint?: ReactNode;
  /** Why the value cannot be taken. */
  readonly problem?: string | undefined;
}

export function ComboboxField({ hint, problem, ...rest }: ComboboxFieldProps) {
  return (
    <Field label={rest.label} hint={hint} problem={problem}>
      {(attributes) => <Combobox {...rest} {...attributes} />}
    </Field>
  );
}
