/**
 * The preparer's signature: makes the journal and its Excel file, and names who is to approve it.
 */
import { useState } from 'react';
import type { Journal, JournalDraft } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';
import { useCall, useKeyStore } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, countWords, moneyText, Notice, ProgressBar, SignForm, type SignedWith, signerChoices } from '../../ui';
import { type ApproverChoice, ApproverField, approverMissing, approvingInput, NOBODY_CHOSEN, othersWhoApprove } from './approver-field';
import styles from './journal.module.css';

export interface PrepareFormProps {
  readonly draft: JournalDraft;
  readonly people: readonly Person[];
  readonly onPrepared: (journal: Journal) => void;
}

export function PrepareForm({ draft, people, onPrepared }: PrepareFormProps) {
  const { period, info, currency, openScreen } = useWorkspace();
  const announce = useAnnounce();
  const keyStore = useKeyStore();
  const worker = people.find((person) => person.email === info.actor.email && person.canSignHere);
  const [signerChosen, setSigner] = useState<string | undefined>(undefined);
  const [choice, setChoice] = useState(NOBODY_CHOSEN);
  const prepare = useCall('journals:prepare');
  const signer = signerChosen ?? worker?.fingerprint ?? '';
  const others = othersWhoApprove(people, signer).length;
  const amount = `${moneyText(draft.debitTotalMinor, currency)} ${currency}`;
  const failure = prepare.refusal?.failure;

  const sign = async ({
    signer: fingerprint,
    passPhrase,
  }: {
    readonly signer: string;
    readonly passPhrase: SignedWith;
  }) => {
    const outcome = await prepare.run({
      periodId: period.periodId,
      kind: draft.kind,
      fingerprint,
      passPhrase,
      ...approvingInput(choice, others),
    });
    if (!outcome.ok) return;
    announce(`${outcome.value.number} is prepared.`);
    onPrepared(outcome.value);
  };
  if (!people.some((person) => person.canSignHere)) {
    return (
      <div className={styles['sign']}>
        <Notice
          tone="info"
          title="Nobody can sign on this machine yet"
          actions={
            <Button kind="primary" onClick={() => openScreen('people')}>
              Make an identity
            </Button>
          }
        >
          A journal carries two signatures, its preparer’s and its approver’s. Each is an identity with its own pass
          phrase.
        </Notice>
      </div>
    );
  }
  return (
    <div className={styles['sign']}>
      {prepare.refusal && failure !== 'wrong_pass_phrase' && failure !== 'cancelled' ? (
        <Notice tone="error" title="The journal was not prepared" copyText={prepare.refusal.message}>
          {prepare.refusal.message}
        </Notice>
      ) : null}
      {prepare.running ? (
        <ProgressBar
          title="Making and signing the journal"
          stage={prepare.progress?.stage ?? ''}
          done={prepare.progress?.done ?? 0}
          total={prepare.progress?.total ?? null}
          startedInstant={prepare.startedInstant}
          onCancel={prepare.cancel}
        />
      ) : null}
      <SignForm
        keyStore={keyStore}
        label="Prepare the journal"
        statement={
          `Preparing makes the Excel journal over ${amount} in ${countWords(draft.lines.length, 'line')} and puts the first signature on it. ` +
          `It then waits for the approver; until it is exported it can be taken back to draft with a reason.${draft.kind === 'accrual' ? ' Its reversal on the first day of the next period is made and signed with it.' : ''}`
        }
        signerLabel="Preparer"
        signers={signerChoices(people)}
        signer={signer}
        onSigner={setSigner}
        action={`Prepare and sign ${amount}`}
        blocked={blockedBecause(draft, choice, others)}
        running={prepare.running}
        passPhraseProblem={failure === 'wrong_pass_phrase' ? prepare.refusal?.message : undefined}
        onSign={sign}
        testId="prepare-form"
      >
        <ApproverField people={people} signer={signer} choice={choice} onChoice={setChoice} disabled={prepare.running} />
      </SignForm>
    </div>
  );
}

/** Why the draft cannot be prepared; empty where it can. */
function blockedBecause(draft: JournalDraft, choice: ApproverChoice, others: number): string {
  if (draft.withoutCost.length > 0)
    return `${countWords(draft.withoutCost.length, 'line has', 'lines have')} no unit cost`;
  return approverMissing(choice, others);
}
