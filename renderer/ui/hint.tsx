/**
 * A short word that hangs at a control while the pointer rests on it or the keyboard is there, with its shortcut. It repeats
 * what the control's name says already: nothing is told by a hint alone.
 */
import { Tooltip } from '@base-ui/react/tooltip';
import { type ReactElement, type ReactNode, useState } from 'react';
import { classes } from './classes';
import { KeyHint } from './key-hint';
import styles from './hint.module.css';
import popupStyles from './popup.module.css';

export interface HintProps {
  readonly text: ReactNode;
  /** As the command list writes it: `CmdOrCtrl+K`. */
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  /** The control: one element that takes the pointer and the keyboard. */
  readonly children: ReactElement;
}

export function Hint({ text, shortcut, side = 'bottom', children }: HintProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Root
      open={open}
      onOpenChange={(opens, details) => {
        // Escape takes the hint away and still closes the pane or dialog that the control stands in.
        if (details.reason === 'escape-key') {
          details.cancel();
          details.allowPropagation();
        }
        setOpen(opens);
      }}
    >
      <Tooltip.Trigger render={children as ReactElement<Record<string, unknown>>} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={4} collisionPadding={8} className={popupStyles['layer']}>
          <Tooltip.Popup className={classes(popupStyles['popup'], styles['hint'])}>
            <span>{text}</span>
            {shortcut ? <KeyHint keys={shortcut} /> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
