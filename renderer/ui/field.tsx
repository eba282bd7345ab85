/**
 * Labelled fields: text, longer text, a choice from a short list. A refusal stands under its field and is tied to it.
 */
import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react';
import { classes } from './classes';
import { ChevronDownIcon } from './icons';
import { DayInput, type DayInputProps } from './day-input';
import styles from './field.module.css';

interface FieldFrame {
  readonly label: string;
  /** The label is only for screen readers, where the place says it already. */
  readonly labelHidden?: boolean;
  /** What is expected, before anything is wrong. */
  readonly hint?: ReactNode;
  /** Why the value cannot be taken. */
  readonly problem?: string | undefined;
}

interface FieldProps extends FieldFrame {
  readonly children: (attributes: { readonly id: string; readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true }) => ReactNode;
}

/** The frame around any control that is no plain input: hands it the id and descriptions to carry. */
export function Field({ label, labelHidden = false, hint, problem, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={labelHidden ? 'visually-hidden' : styles['label']}>{label}</label>
      {children({ id, ...(describedBy ? { 'aria-describedby': describedBy } : {}), ...(problem ? { 'aria-invalid': true as const } : {}) })}
      {hint ? <div id={`${id}-hint`} className={styles['hint']}>{hint}</div> : null}
      {problem ? <div id={`${id}-problem`} className={styles['problem']} role="alert">{problem}</div> : null}
    </div>
  );
}

export interface TextFieldProps extends FieldFrame, Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange' | 'value' | 'id'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly align?: 'start' | 'end';
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, labelHidden, hint, problem, value, onValue, align = 'start', ref, ...rest }: TextFieldProps) {
  return (
    <Field label={label} {...(labelHidden ? { labelHidden } : {})} hint={hint} problem={problem}>
      {(attributes) => (
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          {...rest}
          {...attributes}
          {...(ref ? { ref } : {})}
          className={classes(styles['input'], align === 'end' && styles['end'])}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}

export interface DayFieldProps extends FieldFrame, Omit<DayInputProps, 'className' | 'id'> {}

/** A day in the order of the person's language; `withTime` with a time on the clock that the label names. */
export function DayField({ label, labelHidden, hint, problem, ...rest }: DayFieldProps) {
  return (
    <Field label={label} {...(labelHidden ? { labelHidden } : {})} hint={hint} problem={problem}>
      {(attributes) => <DayInput {...rest} {...attributes} className={styles['input']} />}
    </Field>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectFieldProps<Value extends string> extends FieldFrame, Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'onChange' | 'value' | 'id'> {
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onValue: (value: Value) => void;
}

export function SelectField<Value extends string>({ label, labelHidden, hint, problem, value, choices, onValue, ...rest }: SelectFieldProps<Value>) {
  return (
    <Field label={label} {...(labelHidden ? { labelHidden } : {})} hint={hint} problem={problem}>
      {(attributes) => (
        <span className={styles['select']}>
          <select {...rest} {...attributes} className={styles['input']} value={value} onChange={(event) => onValue(event.target.value as Value)}>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value} disabled={choice.disabled}>{choice.label}</option>
            ))}
          </select>
          <ChevronDownIcon size={12} />
        </span>
      )}
    </Field>
  );
}

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Checkbox({ label, checked, onChecked, disabled = false }: CheckboxProps) {
  return (
    <label className={styles['checkbox']}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChecked(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
