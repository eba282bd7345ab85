/**
 * Lock: the seven questions and the gates, what the seal will cover, the controller's signature. Once locked, the seal, and
 * the way to open the period again. Beside it, at any time, verification.
 */
import { useRef, useState } from 'react';
import { useQuery } from '../../api';
import { CloseChecklist } from '../../app/close-checklist';
import { useCommands } from '../../app/commands';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { Button, countWords, ExportIcon, Notice, periodName, QuietBar, Section, UnlockIcon } from '../../ui';
import { ChangesSection } from './changes-section';
import { GatesList } from './gates-list';
import { LockForm } from './lock-form';
import { PackDialog } from './pack-dialog';
import { ReopenForm } from './reopen-form';
import { SealPanel } from './seal-panel';
import { TieOutSection } from './tie-out-section';
import { VerificationPanel } from './verification-panel';
import { WhatIsSealed } from './what-is-sealed';
import styles from './lock.module.css';

export function LockScreen() {
  const { period, canEdit, workbook } = useWorkspace();
  const [reopens, setReopens] = useState(false);
  const [makesPack, setMakesPack] = useState(false);
  const [packToVerify, setPackToVerify] = useState<{ readonly path: string } | undefined>(undefined);
  const [changesOf, setChangesOf] = useState<number | undefined>(undefined);
  const input = { periodId: period.periodId };
  const checklist = useQuery('signOff:checklist', input, { keepsPrevious: true });
  const seals = useQuery('signOff:seals', input, { keepsPrevious: true });
  const people = useQuery('people:list', {}, { areas: ['people', 'workbook', 'signOff'], keepsPrevious: true });
  const form = useRef<HTMLDivElement>(null);
  const holding = checklist.value?.answers.filter((answer) => answer.holds).length ?? 0;
  const isLocked = period.state === 'locked';
  const canPack = isLocked && workbook.pack === null;
  useCommands({ 'pack.make': { run: () => setMakesPack(true), enabled: canPack } });
  useScreenFocus(({ view }) => {
    if (view === 'makePack' && canPack) setMakesPack(true);
  });
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
          {canPack ? (
            <Section title={`Hand ${periodName(period.code)} to the auditor`}>
              <p className={styles['quiet']}>
                An audit pack is one signed zip file with all that the period rests on and a guide how to check it without
                Tieout. It opens here too, read-only.
              </p>
              <Button icon={ExportIcon} disabled={!people.value} onClick={() => setMakesPack(true)}>
                Make the audit pack…
              </Button>
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
        <VerificationPanel packToVerify={packToVerify} />
      </aside>
      {makesPack && canPack && people.value ? <PackDialog key={period.periodId} people={people.value} onVerify={(path) => setPackToVerify({ path })} onClose={() => setMakesPack(false)} /> : null}
      {reopens ? <ReopenForm people={people.value ?? []} onClose={() => setReopens(false)} /> : null}
    </div>
  );
}
