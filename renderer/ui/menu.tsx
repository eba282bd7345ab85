/**
 * A button that opens a short list of choices below it (WAI-ARIA menu button).
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classes } from './classes';
import { ChevronDownIcon, type Icon } from './icons';
import styles from './menu.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  /** Quiet words at the right. */
  readonly detail?: string;
  readonly icon?: Icon;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** A thin rule stands before it. */
  readonly startsGroup?: boolean;
  readonly onChoose: () => void;
}

export interface MenuButtonProps {
  /** What the menu chooses, for screen readers: read before what the button shows. */
  readonly label: string;
  readonly children: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
  /** quiet: without a frame, in toolbars. */
  readonly kind?: 'plain' | 'quiet';
  /** Above the items. */
  readonly heading?: ReactNode;
  readonly onOpen?: () => void;
  readonly testId?: string;
}

export function MenuButton({ label, children, items, align = 'start', kind = 'plain', heading, onOpen, testId }: MenuButtonProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const itemsShown = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not([aria-disabled])') ?? [])];
  useEffect(() => {
    if (!open) return undefined;
    const shown = itemsShown();
    (shown.find((item) => item.getAttribute('aria-checked') === 'true') ?? shown[0])?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    window.addEventListener('pointerdown', onPointerDown);
    return () => window.removeEventListener('pointerdown', onPointerDown);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        onOpen?.();
        setOpen(true);
      }
      return;
    }
    const shown = itemsShown();
    const at = shown.indexOf(document.activeElement as HTMLElement);
    const target =
      event.key === 'ArrowDown' ? shown[(at + 1) % shown.length]
      : event.key === 'ArrowUp' ? shown[(at - 1 + shown.length) % shown.length]
      : event.key === 'Home' ? shown[0]
      : event.key === 'End' ? shown.at(-1)
      : undefined;
    if (target) {
      event.preventDefault();
      target.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  return (
    <div ref={root} className={styles['menu']} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={classes(styles['trigger'], kind === 'quiet' && styles['quiet'])}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={`${id}-menu`}
        data-testid={testId}
        onClick={() => {
          if (!open) onOpen?.();
          setOpen(!open);
        }}
      >
        <span className="visually-hidden">{label} </span>
        {children}
        <ChevronDownIcon size={12} />
      </button>
      {open ? (
        <div ref={list} id={`${id}-menu`} role="menu" aria-label={label} className={classes(styles['list'], align === 'end' && styles['end'])}>
          {heading ? <div className={styles['heading']}>{heading}</div> : null}
          {items.map(({ icon: Picture, ...item }) => (
            <button
              key={item.key}
              type="button"
              role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.checked}
              aria-disabled={item.disabled || undefined}
              tabIndex={-1}
              className={classes(styles['item'], item.startsGroup && styles['startsGroup'], item.checked && styles['checked'])}
              onClick={() => {
                if (item.disabled) return;
                close();
                item.onChoose();
              }}
            >
              {Picture ? <Picture size={14} /> : null}
              <span className={styles['label']}>{item.label}</span>
              {item.detail ? <span className={styles['detail']}>{item.detail}</span> : null}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
