/**
 * What has the window to itself for a moment: the keyboard stays inside, Escape or a press beside it closes it, and the keyboard
 * goes back to where it was. Work belongs into a pane; this is for what is looked up and left again.
 */
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react';
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
  // A hint that hangs at a control would otherwise take the first Escape.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
  };
  return (
    <BaseDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles['scrim']} />
        <BaseDialog.Popup className={classes(popupStyles['popup'], styles['dialog'], styles[size])} ref={frame} initialFocus={focusesFirst ?? frame} onKeyDown={onKeyDown} data-testid={testId}>
          {titleHidden ? (
            <BaseDialog.Title className="visually-hidden">{title}</BaseDialog.Title>
          ) : (
            <header className={styles['header']}>
              <BaseDialog.Title>{title}</BaseDialog.Title>
              <IconButton label="Close" icon={CrossIcon} shortcut="Esc" onClick={onClose} />
            </header>
          )}
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
