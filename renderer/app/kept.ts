/**
 * What the window keeps of a workbook on this machine, so that a crash, another screen or the next start comes back to the
 * same place. `useKept` is `useState` that is kept; what a part holds is said in `shared/contract/kept.ts`.
 *
 * One store for the window, because what is kept outlasts the screens. It is written a moment after the last change.
 */
import { useCallback, useRef, useState } from 'react';
import { KeptDrafts, KEPT_STATE_MOST, type KeptState } from '@shared/contract/kept';
import { shellCall } from '../api';

/** So much later than a change it is written: a person who types is not written about with every letter. */
const DELAY_MS = 250;

/** As zod's schemas have it. */
export interface KeptSchema<Value> {
  readonly safeParse: (value: unknown) => { readonly success: true; readonly data: Value } | { readonly success: false };
}

let workbookPath = '';
let parts: Record<string, unknown> = {};
let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins with what was kept of the workbook that is opened. */
export function beginKept(path: string, state: KeptState): void {
  clearTimeout(timer);
  timer = undefined;
  workbookPath = path;
  parts = { ...state };
}

function write(): void {
  timer = undefined;
  // A state that is too large costs the comfort of coming back, never the work: the drafts go first.
  if (JSON.stringify(parts).length > KEPT_STATE_MOST) delete parts['drafts'];
  // As it comes back from the file: a property that is undefined is none, and would be refused at the door.
  void shellCall('shell:keepState', { path: workbookPath, state: JSON.parse(JSON.stringify(parts)) as KeptState });
}

/** What is kept under a name; undefined where nothing is, or something else. */
export function keptPart<Value>(name: string, schema: KeptSchema<Value>): Value | undefined {
  const parsed = schema.safeParse(parts[name]);
  return parsed.success ? parsed.data : undefined;
}

/** Keeps a value of plain data under a name; undefined forgets it. */
export function keep(name: string, value: unknown): void {
  if (JSON.stringify(parts[name]) === JSON.stringify(value)) return;
  if (value === undefined) delete parts[name];
  else parts[name] = value;
  timer ??= setTimeout(write, DELAY_MS);
}

/**
 * As `useState`, and kept under a name for the workbook.
 *
 * @param initial where nothing was kept, or what was kept does not fit the schema
 */
export function useKept<Value>(name: string, schema: KeptSchema<Value>, initial: Value | (() => Value)): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => keptPart(name, schema) ?? (initial instanceof Function ? initial() : initial));
  const nameNow = useRef(name);
  nameNow.current = name;
  const set = useCallback((next: Value) => {
    setValue(next);
    keep(nameNow.current, next);
  }, []);
  return [value, set];
}

/**
 * The text of a form that somebody types: what was typed and not saved is there again after a crash.
 *
 * @param name of the field, with what it is about: `comment of journal 12`
 * @returns the text, how it is changed, and how the draft is forgotten once it was saved
 */
export function useDraft(name: string, saved = ''): readonly [string, (text: string) => void, () => void] {
  const drafts = () => keptPart('drafts', KeptDrafts) ?? {};
  const [text, setText] = useState(() => drafts()[name] ?? saved);
  const change = (wanted: string | undefined) => {
    const { [name]: _before, ...others } = drafts();
    keep('drafts', wanted === undefined || wanted === saved ? others : { ...others, [name]: wanted });
  };
  return [
    text,
    (typed) => {
      setText(typed);
      change(typed);
    },
    () => change(undefined),
  ];
}
