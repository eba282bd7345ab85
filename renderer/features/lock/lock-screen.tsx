/**
 * Lock: the seven questions and the gates, what the seal will cover, the controller's signature. Once locked, the seal, and
 * the way to open the period again. Beside it, at any time, verification.
 */
import { useRef, useState } from 'react';
import { useQuery } from '../../api';
import { CloseChecklist } from '../../app/close-checklist';
import { useStatus, useWorkspace } from '../../app/workspace';
import { Button, countWords, Notice, periodName, QuietBar, Section, UnlockIcon } from '../../ui';
import { ChangesSection } from './changes-section';
import { GatesList } from './gates-list';
import { LockForm } from './lock-form';
import { ReopenForm } from './reopen-form';
import { SealPanel } from './seal-panel';
import { TieOutSection } from './tie-out-section';
import { VerificationPanel } from './verification-panel';
import { WhatIsSealed } from './what-is-sealed';
import styles from './lock.module.css';

export function LockScreen() {
  const { period, canEdit, workbook } = useWorkspace();
  const [reopens, setReopens] = useState(false);
  const [changesOf, setChangesOf] = useState<number | undefined>(undefined);
  const input = { periodId: period.periodId };
  const checklist = useQuery('signOff:checklist', input, { keepsPrevious: true });
  const seals = useQuery('signOff:seals', input, { keepsPrevious: true });
  const people = useQuery('people:list', {}, { areas: ['people', 'workbook', 'signOff'], keepsPrevious: true });
  const form = useRef<HTMLDivElement>(null);
  const holding = checklist.value?.answers.filter((answer) => answer.holds).length ?? 0;
  const isLocked = period.state === 'locked';
  useStatus([{ label: 'questions', value: checklist.value ? `${holding} of 7 hold` : '–' }]);

  const openGates = checklist.value?.gates.filter((gate) => !gate.holds).length ?? 0;
  const changed = seals.value?.find(({ sealId }) => sealId === changesOf);
  const refusal = checklist.refusal ?? seals.refusal;
  return (
    <div className={styles['lock']} data-testid="lock">
      <div className={styles['work']}>
        <QuietBar shown={(checklist.loading && !checklist.value) || (seals.loading && !seals.value)} />
        {refusal ? <Notice strip tone="error" title={refusal.message} copyText={refusal.message} /> : null}
        <div className={styles['scroll']}>
          {(seals.value ?? []).toReversed().map((seal) => (
            <SealPanel key={seal.sealId} seal={seal} onChanges={seal.reopening ? () => setChangesOf(seal.sealId) : undefined} />
          ))}
          {changed ? <ChangesSection key={changed.sealId} seal={changed} onClose={() => setChangesOf(undefined)} /> : null}
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
          {checklist.value ? (
            <Section title={openGates === 0 ? 'All gates of the lock hold' : `${countWords(openGates, 'gate')} of the lock open`}>
              <GatesList checklist={checklist.value} />
            </Section>
          ) : null}
          {isLocked && !workbook.readOnly && people.value ? (
            <Section title={`Open ${periodName(period.code)} again`}>
              <p className={styles['reopenNote']}>
                What is found later belongs into the next period. Where the period itself has to change, two people open it
                again and both sign; its seal is kept.
              </p>
              <Button icon={UnlockIcon} onClick={() => setReopens(true)}>
                {`Reopen ${periodName(period.code)}`}
              </Button>
            </Section>
          ) : null}
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
      {reopens ? <ReopenForm people={people.value ?? []} onClose={() => setReopens(false)} /> : null}
    </div>
  );
}
