/**
 * People: everybody the workbook knows and every identity of this machine. Changes carry the name of whoever works.
 */
import { useState } from 'react';
import type { Person } from '@shared/contract/people';
import { shellCall, useCall, useConnection, useKeyStore, useQuery } from '../../api';
import { useAnnounce, useStatus, useWorkspace } from '../../app/workspace';
import {
  Badge,
  Button,
  CheckIcon,
  countText,
  countWords,
  EmptyState,
  KeyIcon,
  Notice,
  PeopleIcon,
  PersonIcon,
  PlusIcon,
  QuietBar,
  Section,
  Table,
} from '../../ui';
import { NewIdentityForm } from './new-identity-form';
import { shortFingerprint } from './pass-phrase';
import { TrustSection } from './trust-section';
import styles from './people.module.css';

export function PeopleScreen() {
  const { info, workbook } = useWorkspace();
  const connection = useConnection();
  const announce = useAnnounce();
  const { kept } = useKeyStore();
  const people = useQuery(
    'people:list',
    {},
    { areas: ['people', 'workbook', 'journals', 'signOff'], keepsPrevious: true },
  );
  const workAs = useCall('people:workAs');
  const [makes, setMakes] = useState(false);
  const list = people.value ?? [];
  useStatus([
    { label: 'people', value: countText(list.length) },
    { label: 'can sign here', value: countText(list.filter((person) => person.canSignHere).length) },
  ]);

  const takeOver = async (person: Pick<Person, 'fingerprint' | 'name'>) => {
    const outcome = await workAs.run({ fingerprint: person.fingerprint });
    if (!outcome.ok) return;
    connection.announceChange(['people', 'workbook']);
    announce(`${person.name} works now.`);
  };
  const takeBack = async (person: Pick<Person, 'fingerprint' | 'name'>) => {
    const outcome = await shellCall('shell:forgetPassPhrase', { fingerprint: person.fingerprint });
    if (outcome.ok) announce(`The pass phrase of ${person.name} is no longer kept on this computer.`);
  };
  // A certificate that was replaced, an identity that was taken away: its pass phrase is kept under a fingerprint that no row has.
  const keptForNobody = people.value ? kept.filter((fingerprint) => !list.some((person) => person.fingerprint === fingerprint)) : [];
  const takeBackThose = async () => {
    for (const fingerprint of keptForNobody) await shellCall('shell:forgetPassPhrase', { fingerprint });
    announce('Those pass phrases are no longer kept on this computer.');
  };
  const refusal = people.refusal ?? workAs.refusal;
  const formShown = makes || (people.value !== undefined && list.length === 0);
  return (
    <div className={styles['people']} data-testid="people">
      {people.loading && !people.value ? <QuietBar shown /> : null}
      {refusal ? <Notice tone="error" title={refusal.message} copyText={refusal.message} /> : null}
      <div className={styles['now']}>
        <PersonIcon size={20} />
        <div>
          <div className={styles['label']}>Works now</div>
          <div className={styles['name']} data-testid="works-now">
            {info.actor.name}
            {info.actor.role ? `, ${info.actor.role}` : ''}
          </div>
          <div className={styles['quiet']}>
            {info.actor.role
              ? `${info.actor.email}. Every change carries this name in the audit trail.`
              : 'The name of the account on this machine. Choose or make an identity to work under your own name and to sign.'}
          </div>
        </div>
        {workbook.readOnly || formShown ? null : (
          <Button icon={PlusIcon} onClick={() => setMakes(true)}>
            New identity
          </Button>
        )}
      </div>
      {people.value && list.length === 0 && !workbook.readOnly ? (
        <Notice tone="info" title="No identity yet">
          A close takes two people who sign: one prepares the journal, another approves it. Make an identity for each.
        </Notice>
      ) : null}
      {formShown && !workbook.readOnly ? (
        <NewIdentityForm
          {...(list.length > 0 ? { onCancel: () => setMakes(false) } : {})}
          onMade={(person) => {
            setMakes(false);
            announce(`The identity of ${person.name} is made.`);
            if (!info.actor.role) void takeOver(person);
          }}
        />
      ) : null}
      {people.value && list.length === 0 && workbook.readOnly ? (
        <EmptyState icon={PeopleIcon} title="No identity yet">
          {workbook.readOnlyReason}
        </EmptyState>
      ) : null}
      {list.length > 0 ? (
        <Section title="People of the workbook and identities of this machine">
          <Table<Person>
            caption="People"
            rows={list}
            rowKey={(person) => person.fingerprint}
            testId="people-table"
            columns={[
              { id: 'name', title: 'Name', cell: (person) => <b className={styles['strong']}>{person.name}</b> },
              { id: 'email', title: 'E-mail', cell: (person) => person.email },
              { id: 'role', title: 'Role', cell: (person) => person.role },
              {
                id: 'sign',
                title: 'Signs',
                cell: (person) =>
                  person.canSignHere ? (
                    <Badge plain tone="cleared" icon={KeyIcon}>
                      can sign here
                    </Badge>
                  ) : (
                    <span className={styles['quiet']}>on another machine</span>
                  ),
              },
              {
                id: 'kept',
                title: 'Pass phrase',
                cell: (person) =>
                  kept.includes(person.fingerprint) ? (
                    <button type="button" className={styles['link']} aria-label={`Take back the kept pass phrase of ${person.name}`} onClick={() => void takeBack(person)}>
                      Kept here: take back
                    </button>
                  ) : person.canSignHere ? (
                    'typed each time'
                  ) : null,
              },
              {
                id: 'known',
                title: 'Workbook',
                cell: (person) => (person.inWorkbook ? 'known' : <span className={styles['quiet']}>not yet</span>),
              },
              {
                id: 'fingerprint',
                title: 'Fingerprint',
                cell: (person) => <span title={person.fingerprint}>{shortFingerprint(person.fingerprint)}</span>,
              },
              {
                id: 'work',
                title: '',
                align: 'end',
                cell: (person) =>
                  person.email === info.actor.email ? (
                    <Badge plain tone="cleared" icon={CheckIcon}>
                      works now
                    </Badge>
                  ) : person.canSignHere ? (
                    <button
                      type="button"
                      className={styles['link']}
                      disabled={workAs.running}
                      onClick={() => void takeOver(person)}
                    >
                      Work as {person.name}
                    </button>
                  ) : null,
              },
            ]}
          />
        </Section>
      ) : null}
      {keptForNobody.length > 0 ? (
        <p className={styles['quiet']}>
          {`The key store of this computer keeps ${countWords(keptForNobody.length, 'pass phrase')} for certificates that are not in this list. `}
          <button type="button" className={styles['link']} onClick={() => void takeBackThose()}>
            Take back
          </button>
        </p>
      ) : null}
      {people.value ? <TrustSection /> : null}
    </div>
  );
}
