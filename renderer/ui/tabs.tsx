/**
 * Tabs: one of several views of the same thing. Arrows, Home and End move, the view follows.
 */
import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Behind the label: how many. */
  readonly count?: string;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly active: Id;
  readonly onActive: (id: Id) => void;
  /** The view of the active tab. */
  readonly children: ReactNode;
}

export function Tabs<Id extends string>({ label, tabs, active, onActive, children }: TabsProps<Id>) {
  return (
    <BaseTabs.Root className={styles['tabs']} value={active} onValueChange={(id) => onActive(id as Id)}>
      <BaseTabs.List aria-label={label} className={styles['list']} activateOnFocus>
        {tabs.map((tab) => (
          <BaseTabs.Tab key={tab.id} value={tab.id} className={styles['tab']}>
            {tab.label}
            {tab.count === undefined ? null : <span className={styles['count']}>{tab.count}</span>}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      <BaseTabs.Panel value={active} className={styles['panel']} tabIndex={-1}>{children}</BaseTabs.Panel>
    </BaseTabs.Root>
  );
}
