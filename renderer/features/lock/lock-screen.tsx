/**
 * Lock: the seven questions, what the seal will cover, the controller's signature. Once locked, the seal. Beside it,
 * at any time, verification.
 */
import { useRef } from 'react';
import { useQuery } from '../../api';
import { CloseChecklist } from '../../app/close-checklist';
import { useStatus, useWorkspace } from '../../app/workspace';
import { Notice, periodName, QuietBar, Section } from '../../ui';
import { LockForm } from './lock-form';
import { SealPanel } from './seal-panel';
import { TieOutSection } from './tie-out-section';
import { VerificationPanel } from './verification-panel';
import { WhatIsSealed } from './what-is-sealed';
import styles from './lock.module.css';

export function LockScreen() {
  const { period, canEdit } = useWorkspace();
  const input = { periodId: period.periodId };
  const checklist = useQuery('signOff:checklist', input, { keepsPrevious: true });
  const seals = useQuery('signOff:seals', input, { keepsPrevious: true });
  const people = useQuery('people:list', {}, { areas: ['people', 'workbook', 'signOff'], keepsPrevious: true });
  const form = useRef<HTMLDivElement>(null);
  const holding = checklist.value?.answers.filter((answer) => answer.holds).length ?? 0;
  const isLocked = period.state === 'locked';
  useStatus([{ label: 'questions', value: checklist.value ? `${holding} of 7 hold` : '–' }]);

  const refusal = checklist.refusal ?? seals.refusal;
  return (
    <div className={styles['lock']} data-testid="lock">
      <div className={styles['work']}>
        <QuietBar shown={(checklist.loading && !checklist.value) || (seals.loading && !seals.value)} />
        {refusal ? <Notice strip tone="error" title={refusal.message} copyText={refusal.message} /> : null}
        <div className={styles['scroll']}>
          {isLocked ? (seals.value ?? []).map((seal) => <SealPanel key={seal.rootHash} seal={seal} />) : null}
          {checklist.value ? (
            <Section
              title={
                isLocked
                  ? `The seven questions of ${periodName(period.code)}`
                  : `Ready to close ${periodName(period.code)}: ${holding} of 7 questions hold`
              }
            >
              <CloseChecklist checklist={checklist.value} />
            </Section>
          ) : null}
          {checklist.value ? <TieOutSection periodId={period.periodId} /> : null}
        </div>
        {canEdit && checklist.value ? (
          <div ref={form} className={styles['sign']}>
            <LockForm checklist={checklist.value} people={people.value ?? []} />
          </div>
        ) : null}
      </div>
      <aside className={styles['beside']}>
        {isLocked ? null : <WhatIsSealed />}
        <VerificationPanel />
      </aside>
    </div>
  );
}
