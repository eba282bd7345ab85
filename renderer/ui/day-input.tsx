/**
 * A day, or a day with a time, typed in the person's own order and shown with the month in letters. The browser's own field
 * would write it as the program's language does, whatever the person's is.
 */
import { type InputHTMLAttributes, useEffect, useId, useRef, useState } from 'react';
import { dayExample, readFieldDay, shownFieldDay } from './local-day';

export interface DayInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'type'> {
  /** `2026-11-05`, with a time `2026-11-05T22:30`; empty where there is none. */
  readonly value: string;
  /** Empty where nothing stands in the field; while what stands there is no day, just that. */
  readonly onValue: (value: string) => void;
  readonly withTime?: boolean;
}

export function DayInput({ value, onValue, withTime = false, onBlur, ...rest }: DayInputProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const held = useRef(value);
  held.current = value;
  // What was put here from elsewhere is what stands here.
  useEffect(() => setTyped((before) => (before !== undefined && (readFieldDay(before, withTime) ?? before) === value ? before : undefined)), [value, withTime]);
  const isNoDay = typed !== undefined && typed.trim() !== '' && readFieldDay(typed, withTime) === undefined;
  return (
    <>
      <input
        {...rest}
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={typed ?? shownFieldDay(value)}
        placeholder={rest.disabled ? undefined : `as ${dayExample(withTime).split(' or ').at(-1)!}`}
        aria-invalid={isNoDay || undefined}
        aria-describedby={[rest['aria-describedby'], isNoDay ? `${id}-no-day` : ''].filter(Boolean).join(' ') || undefined}
        title={isNoDay ? `No day. Write it as ${dayExample(withTime)}.` : rest.title}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = readFieldDay(event.target.value, withTime) ?? event.target.value.trim();
          if (next !== held.current) onValue(next);
        }}
        onBlur={(event) => {
          // What is no day stays to be mended; a day is shown as it was understood.
          if (!isNoDay) setTyped(undefined);
          onBlur?.(event);
        }}
      />
      {isNoDay ? <span id={`${id}-no-day`} role="alert" data-no-day>{`No day. Write it as ${dayExample(withTime)}.`}</span> : null}
    </>
  );
}
