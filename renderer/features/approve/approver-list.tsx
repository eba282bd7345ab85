/**
 * Who can approve: anybody but the preparer, whoever was named where a journal waits.
 */
import type { Journal } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';
import { useWorkspace } from '../../app/workspace';
import { Button, PeopleIcon } from '../../ui';
import { standing } from './standing';
import styles from './approve.module.css';

export interface ApproverListProps {
  readonly people: readonly Person[] | undefined;
  readonly journal: Journal | undefined;
}

export function ApproverList({ people, journal }: ApproverListProps) {
  const { openScreen } = useWorkspace();
  if (!people) return null;
  return (
    <>
      <ul className={styles['people']}>
        {people.map((person) => (
          <li key={person.fingerprint}>
            <span>
              <b>{person.name}</b>, {person.role}
            </span>
            <span>{standing(person, journal)}</span>
          </li>
        ))}
      </ul>
      {people.length < 2 ? (
        <p className={styles['quiet']}>Preparer and approver are two people. One more identity is needed.</p>
      ) : null}
      <Button kind="quiet" icon={PeopleIcon} onClick={() => openScreen('people')}>
        People and identities
      </Button>
    </>
  );
}
