/**
 * A button that opens a short list of choices below it.
 */
import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { classes } from './classes';
import { ChevronDownIcon } from './icons';
import { MenuEntries, type MenuItem } from './menu-entries';
import styles from './menu.module.css';
import popupStyles from './popup.module.css';

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
  return (
    <Menu.Root modal={false} onOpenChange={(open) => open && onOpen?.()}>
      <Menu.Trigger className={classes(styles['trigger'], kind === 'quiet' && styles['quiet'])} data-testid={testId}>
        <span className="visually-hidden">{label} </span>
        {children}
        <ChevronDownIcon size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align={align} sideOffset={4} collisionPadding={8} className={popupStyles['layer']}>
          <Menu.Popup aria-label={label} className={classes(popupStyles['popup'], popupStyles['list'])}>
            {heading ? <div role="presentation" className={popupStyles['heading']}>{heading}</div> : null}
            <MenuEntries items={items} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
