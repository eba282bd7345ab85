/**
 * What has the window to itself for a moment: the keyboard stays inside, Escape or a press beside it closes it, and the keyboard
 * goes back to where it was. Work belongs into a pane; this is for what is looked up and left again.
 */
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from './button';
import { classes } from './classes';
import { CrossIcon } from './icons';
import styles from './dialog.module.css';
import popupStyles from './popup.module.css';

export interface DialogProps {
  readonly title: string;
  /** The title is only for screen readers, where the place says it already. */
  readonly titleHidden?: boolean;
  readonly onClose: () => void;
  readonly size?: 'medium' | 'wide';
  /** Gets the keyboard first; else the dialog itself, so that what it says is read from the top. */
  readonly focusesFirst?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
  readonly testId?: string;
}

export function Dialog({ title, titleHidden = false, onClose, size = 'medium', focusesFirst, children, testId }: DialogProps) {
  const frame = useRef<HTMLDivElement>(null);
  useKeyboardWithin(frame, focusesFirst);
  // Before any field in here takes it.
  const [before] = useState(() => document.activeElement);
  // A hint that hangs at a control would otherwise take the first Escape.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
  };
  return (
    <BaseDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles['scrim']} />
        <BaseDialog.Popup className={classes(popupStyles['popup'], styles['dialog'], styles[size])} ref={frame} initialFocus={focusesFirst ?? frame} finalFocus={() => (before instanceof HTMLElement && before.isConnected ? before : true)} onKeyDown={onKeyDown} data-testid={testId}>
          {titleHidden ? (
            <BaseDialog.Title className="visually-hidden">{title}</BaseDialog.Title>
          ) : (
            <header className={styles['header']}>
              <BaseDialog.Title>{title}</BaseDialog.Title>
              <IconButton label="Close" icon={CrossIcon} shortcut="Esc" onClick={onClose} />
            </header>
          )}
          {children}
          <KeyboardAtOnce first={focusesFirst} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** The kit gives the keyboard a frame later: keys that follow the opening at once would go to what lies under the dialog. */
function KeyboardAtOnce({ first }: { readonly first: RefObject<HTMLElement | null> | undefined }) {
  useLayoutEffect(() => first?.current?.focus(), [first]);
  return null;
}

/** What hangs above everything, this dialog and the lists and hints that open from it, stands outside the page's own root. */
const LAYER = '[data-base-ui-portal]';

/** Work under the dialog that ends late, as rows that are read only now, must not take the keyboard: Escape would be pressed there. */
function useKeyboardWithin(frame: RefObject<HTMLElement | null>, first: RefObject<HTMLElement | null> | undefined): void {
  useLayoutEffect(() => {
    const onFocusIn = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.closest(LAYER) === null) (first?.current ?? frame.current)?.focus();
    };
    document.addEventListener('focusin', onFocusIn);
    return () => document.removeEventListener('focusin', onFocusIn);
  }, [frame, first]);
}
