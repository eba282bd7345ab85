/**
 * A field of the filter row. What is written is checked with every key and asked as soon as the hand rests; a mistake is said
 * beneath the field and asks nothing. A column of choices shows them in a list, several can be taken.
 */
import { useEffect, useId, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { CheckIcon } from '../../ui';
import type { FilterHost, FilterRule } from './filter-host';
import styles from './filter-field.module.css';

export interface FilterFieldProps {
  readonly columnId: string;
  readonly title: string;
  readonly rule: FilterRule;
  readonly host: FilterHost;
}

/** How long the hand rests before what it wrote is asked: a sort of a million lines is not worth a half-typed word. */
const RESTS_MS = 220;
const LIST_WIDTH_LEAST = 220;

/** Puts what belongs to a field under it, inside of the window. */
function placeUnder(element: HTMLElement, field: HTMLElement, widthLeast: number): void {
  if (!element.matches(':popover-open')) element.showPopover();
  const { left, bottom, width } = field.getBoundingClientRect();
  const wide = Math.max(width, widthLeast);
  element.style.left = `${Math.max(8, Math.min(left, window.innerWidth - wide - 8))}px`;
  element.style.top = `${bottom + 2}px`;
  element.style.minWidth = `${wide}px`;
}

/** Nothing of AG Grid's own filters is used: what it would ask of a filter is answered by an empty one. */
export class NoFilter {
  readonly #element = document.createElement('span');
  readonly init = (): void => undefined;
  readonly getGui = (): HTMLElement => this.#element;
  readonly isFilterActive = (): boolean => false;
  readonly doesFilterPass = (): boolean => true;
  readonly getModel = (): null => null;
  readonly setModel = (): void => undefined;
}

export function FilterField({ columnId, title, rule, host }: FilterFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const why = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const asked = useSyncExternalStore(host.subscribe, () => host.text(columnId));
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [hasKeyboard, setHasKeyboard] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const text = typed ?? asked;
  const mistake = rule.whyNot(text);
  const found = isOpen ? (rule.choices?.fitting(text) ?? []) : [];

  const ask = (wanted: string) => {
    clearTimeout(timer.current);
    setTyped(undefined);
    if (wanted !== host.text(columnId)) host.setting.put(columnId, wanted);
  };
  const write = (wanted: string) => {
    setTyped(wanted);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(wanted), RESTS_MS);
  };
  const toggle = (key: string) => {
    const wanted = rule.choices!.toggled(text, key);
    setActive(-1);
    ask(wanted);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // AG Grid listens between the field and the page; its keys are for heads.
    event.stopPropagation();
    const taken = answer(event);
    if (taken) event.preventDefault();
  };
  const answer = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    if (ctrlKey || metaKey || altKey) return false;
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (found.length > 0) setActive((now) => (key === 'ArrowDown' ? (now + 1) % found.length : (now <= 0 ? found.length : now) - 1));
        else if (key === 'ArrowDown') leave();
        return true;
      case 'F4':
        if (rule.choices) setOpen(!isOpen);
        return true;
      case 'Enter':
        if (found[active]) toggle(found[active].key);
        else {
          ask(text);
          setOpen(false);
        }
        return true;
      case 'Escape':
        if (isOpen && found.length > 0) setOpen(false);
        else leave();
        return true;
      case 'Tab':
        ask(text);
        return host.setting.step(columnId, shiftKey ? -1 : 1);
      default:
        return false;
    }
  };
  const leave = () => {
    ask(text);
    host.setting.leave(columnId);
  };
  const onKeyNow = useRef(onKeyDown);
  onKeyNow.current = onKeyDown;
  const askNow = useRef(() => undefined as void);
  askNow.current = () => {
    if (typed !== undefined) ask(typed);
  };
  useEffect(() => {
    const field = input.current!;
    const listen = (event: KeyboardEvent) => onKeyNow.current(event);
    field.addEventListener('keydown', listen);
    return () => {
      field.removeEventListener('keydown', listen);
      clearTimeout(timer.current);
    };
  }, []);
  useLayoutEffect(() => {
    if (hasKeyboard && mistake !== undefined && why.current) placeUnder(why.current, input.current!, 0);
    if (hasKeyboard && found.length > 0 && list.current) {
      placeUnder(list.current, input.current!, LIST_WIDTH_LEAST);
      list.current.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
    }
  });
  return (
    <span className={styles['field']}>
      <input
        ref={input}
        type="text"
        data-filter={columnId}
        data-asks={text.trim() === '' ? undefined : mistake === undefined ? 'yes' : 'no'}
        aria-label={`Filter ${title}`}
        aria-invalid={mistake !== undefined}
        aria-describedby={mistake === undefined ? undefined : `${id}-why`}
        {...(rule.choices ? { role: 'combobox', 'aria-expanded': found.length > 0, 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list' as const } : {})}
        {...(found[active] ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder={rule.hint}
        title={mistake ?? (text === '' ? undefined : text)}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          write(event.target.value);
          setOpen(rule.choices !== undefined);
          setActive(-1);
        }}
        onFocus={() => setHasKeyboard(true)}
        onClick={() => setOpen(rule.choices !== undefined)}
        onBlur={() => {
          setHasKeyboard(false);
          setOpen(false);
          askNow.current();
        }}
      />
      {hasKeyboard && mistake !== undefined ? <span ref={why} id={`${id}-why`} role="alert" popover="manual" className={styles['why']}>{mistake}</span> : null}
      {hasKeyboard && found.length > 0 ? (
        <ul ref={list} id={`${id}-list`} role="listbox" aria-label={title} aria-multiselectable="true" popover="manual" className={styles['list']}>
          {found.map((choice, place) => (
            <li
              key={choice.key}
              id={`${id}-${place}`}
              role="option"
              aria-selected={choice.isChosen}
              {...(place === active ? { 'data-active': '' } : {})}
              // The field keeps the keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => toggle(choice.key)}
            >
              <span className={styles['check']}>{choice.isChosen ? <CheckIcon size={12} /> : null}</span>
              {choice.title}
            </li>
          ))}
        </ul>
      ) : null}
    </span>
  );
}
