/**
 * Who works: the name that changes carry, and whoever else can take over on this machine.
 */
import { useState } from 'react';
import type { WorkbookInfo } from '@shared/contract/workbook';
import { useCall, useConnection, useQuery } from '../api';
import { MenuButton, type MenuItem, PeopleIcon } from '../ui';
import { notify } from './notifications';
import { initialsOf } from './initials';
import styles from './person-menu.module.css';

export interface PersonMenuProps {
  readonly actor: WorkbookInfo['actor'];
  readonly onPeople: () => void;
}

export function PersonMenu({ actor, onPeople }: PersonMenuProps) {
  const connection = useConnection();
  const [asked, setAsked] = useState(false);
  const people = useQuery('people:list', asked ? {} : null, { areas: ['people'] });
  const workAs = useCall('people:workAs');

  const takeOver = async (fingerprint: string) => {
    const outcome = await workAs.run({ fingerprint });
    if (outcome.ok) connection.announceChange(['people', 'workbook']);
    else notify({ tone: 'error', title: outcome.message });
  };
  const others: readonly MenuItem[] = (people.value ?? [])
    .filter((person) => person.canSignHere)
    .map((person) => ({
      key: person.fingerprint,
      label: person.name,
      detail: person.role,
      checked: person.email === actor.email,
      onChoose: () => void takeOver(person.fingerprint),
    }));
  return (
    <MenuButton
      label="Working as"
      align="end"
      heading="Changes carry the name of whoever works"
      onOpen={() => setAsked(true)}
      items={[...others, { key: 'people', label: 'People and identities', icon: PeopleIcon, startsGroup: others.length > 0, onChoose: onPeople }]}
      testId="person-menu"
    >
      <span className={styles['initials']} aria-hidden="true">{initialsOf(actor.name)}</span>
      <span className={styles['name']}>{actor.name}</span>
      {actor.role ? <span className={styles['role']}> {actor.role}</span> : null}
    </MenuButton>
  );
}
