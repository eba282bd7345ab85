/**
 * The menu under the pointer: right click on what it surrounds, or the menu key and Shift+F10 where the keyboard is.
 */
import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { classes } from './classes';
import { MenuEntries, type MenuItem } from './menu-entries';
import popupStyles from './popup.module.css';

export interface ContextMenuProps {
  readonly label: string;
  /** Asked when the menu opens; none: there is no menu here. */
  readonly items: () => readonly MenuItem[];
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

const takesText = (target: EventTarget): boolean => target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

export function ContextMenu({ label, items, className, children }: ContextMenuProps) {
  const [shown, setShown] = useState<readonly MenuItem[]>([]);
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger
        className={className}
        onContextMenu={(event: MouseEvent & { preventBaseUIHandler: () => void }) => {
          const now = takesText(event.target) ? [] : items();
          setShown(now);
          if (now.length === 0) event.preventBaseUIHandler();
        }}
      >
        {children}
      </BaseContextMenu.Trigger>
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner collisionPadding={8} className={popupStyles['layer']}>
          <BaseContextMenu.Popup aria-label={label} className={classes(popupStyles['popup'], popupStyles['list'])}>
            <MenuEntries items={shown} />
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}
