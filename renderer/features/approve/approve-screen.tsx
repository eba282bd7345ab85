/**
 * Approve: the journal that waits for a second person, read and signed here; else what is ready for one and what is
 * still open. The seven questions and the people who can approve stand beside it.
 */
import { useState } from 'react';
import { useQuery } from '../../api';
import { CloseChecklist } from '../../app/close-checklist';
import { useStatus, useWorkspace } from '../../app/workspace';
import { countText, moneyText, Notice, PickList, QuietBar, Section } from '../../ui';
import { ApproverList } from './approver-list';
import { JournalToApprove } from './journal-to-approve';
import { Readiness } from './readiness';
import { WaitingSection } from './waiting-section';
import { WaivedSection } from './waived-section';
import styles from './approve.module.css';

export function ApproveScreen() {
  const { period, currency } = useWorkspace();
  const input = { periodId: period.periodId };
  const journals = useQuery('journals:list', input, { keepsPrevious: true });
  const summary = useQuery('lines:summary', input, { keepsPrevious: true });
  const checklist = useQuery('signOff:checklist', input, { keepsPrevious: true });
  const people = useQuery('people:list', {}, { areas: ['people', 'workbook', 'journals'], keepsPrevious: true });
  const [chosenId, setChosenId] = useState<number | undefined>(undefined);
  const [approved, setApproved] = useState('');

  const waiting = (journals.value ?? []).filter((journal) => journal.state === 'prepared' && !journal.isAutomatic);
  const chosen = waiting.find((journal) => journal.journalId === chosenId) ?? waiting[0];
  const tallies = summary.value?.byStatus;
  useStatus([
    { label: 'ready', value: countText(tallies?.tagged.lines ?? 0) },
    { label: 'open', value: countText(tallies?.open.lines ?? 0) },
    { label: 'approved', value: countText(tallies?.approved.lines ?? 0) },
    { label: 'journals waiting', value: countText(waiting.length), testId: 'journals-waiting' },
  ]);
  const refusal = journals.refusal ?? summary.refusal ?? checklist.refusal;
  return (
    <div className={styles['approve']} data-testid="approve">
      <div className={styles['work']}>
        <QuietBar shown={journals.loading && !journals.value} />
        {refusal ? <Notice strip tone="error" title={refusal.message} copyText={refusal.message} /> : null}
        {approved ? <Notice strip tone="done" title={approved} /> : null}
        {waiting.length > 1 ? (
          <div className={styles['waiting']}>
            <PickList
              label="Journals that wait for approval"
              chosen={String(chosen?.journalId)}
              onChoose={(key) => setChosenId(Number(key))}
              entries={waiting.map((journal) => ({
                key: String(journal.journalId),
                title: journal.number,
                aside: `${moneyText(journal.debitTotalMinor, currency)} ${currency}`,
                detail: `prepared by ${journal.preparer}`,
              }))}
            />
          </div>
        ) : null}
        {chosen ? (
          <JournalToApprove
            key={chosen.journalId}
            journal={chosen}
            people={people.value ?? []}
            onApproved={setApproved}
          />
        ) : journals.value && summary.value ? (
          <Readiness summary={summary.value} journals={journals.value} />
        ) : null}
      </div>
      <aside className={styles['beside']}>
        <WaitingSection />
        <Section
          title={
            checklist.value
              ? `Ready to close: ${checklist.value.answers.filter((each) => each.holds).length} of 7 questions hold`
              : 'Ready to close'
          }
        >
          {checklist.value ? <CloseChecklist checklist={checklist.value} /> : null}
        </Section>
        <WaivedSection people={people.value ?? []} />
        <Section title="People who can approve">
          <ApproverList people={people.value} journal={chosen} />
        </Section>
      </aside>
    </div>
  );
}
