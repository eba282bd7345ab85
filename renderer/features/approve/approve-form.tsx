/**
 * The approver's signature on a prepared journal, with what it means in figures.
 */
import { useState } from 'react';
import type { Journal } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';
import { useCall, useKeyStore } from '../../api';
import { useDraft } from '../../app/kept';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { countWords, moneyText, Notice, SignForm, type SignedWith, signerChoices, TextField } from '../../ui';
import { problemOf } from './standing';
import styles from './approve.module.css';

export interface ApproveFormProps {
  readonly journal: Journal;
  readonly people: readonly Person[];
  readonly onApproved: (sentence: string) => void;
}

/** Refusals that stand under the field that mends them. */
const UNDER_A_FIELD: ReadonlySet<string> = new Set(['wrong_pass_phrase', 'comment_needed', 'cancelled']);

export function ApproveForm({ journal, people, onApproved }: ApproveFormProps) {
  const { currency } = useWorkspace();
  const announce = useAnnounce();
  const keyStore = useKeyStore();
  const named = people.find((person) => person.email === journal.namedApproverEmail);
  const [signer, setSigner] = useState<string | undefined>(undefined);
  const [comment, setComment, forgetComment] = useDraft(`comment of journal ${journal.journalId}`);
  const approve = useCall('journals:approve');
  const chosen = signer ?? (named?.canSignHere ? named.fingerprint : '');
  const person = people.find((each) => each.fingerprint === chosen);
  const amount = `${moneyText(journal.debitTotalMinor, currency)} ${currency}`;
  const problemWith = (failure: string) => (approve.refusal?.failure === failure ? approve.refusal.message : undefined);

  const sign = async ({
    signer: fingerprint,
    passPhrase,
  }: {
    readonly signer: string;
    readonly passPhrase: SignedWith;
  }) => {
    const outcome = await approve.run({ journalId: journal.journalId, fingerprint, passPhrase, comment });
    if (!outcome.ok) return;
    forgetComment();
    const sentence = `${journal.number} is approved by ${outcome.value.namedApprover}: ${amount} in ${countWords(journal.lines.length, 'line')}. It can be exported.`;
    announce(sentence);
    onApproved(sentence);
  };
  return (
    <div className={styles['sign']}>
      {approve.refusal && !UNDER_A_FIELD.has(approve.refusal.failure) ? (
        <Notice tone="error" title="The journal was not approved" copyText={approve.refusal.message}>
          {approve.refusal.message}
        </Notice>
      ) : null}
      <SignForm
        keyStore={keyStore}
        label={`Approve ${journal.number}`}
        statement={
          `Approving puts the second signature on ${journal.number} over ${amount} in ${countWords(journal.lines.length, 'line')}. ` +
          `Its lines can then no longer be tagged otherwise; once it is exported it is only reversed by another.${journal.kind === 'accrual' ? ` ${journal.reversedBy?.number ?? 'Its reversal'} is approved with it.` : ''}`
        }
        signerLabel="Approver"
        signers={signerChoices(people)}
        signer={chosen}
        onSigner={setSigner}
        signerProblem={problemOf(person, journal)}
        action={`Approve and sign ${amount}`}
        running={approve.running}
        passPhraseProblem={problemWith('wrong_pass_phrase')}
        onSign={sign}
        testId="approve-form"
      >
        <TextField
          label="Comment"
          value={comment}
          onValue={setComment}
          maxLength={2000}
          disabled={approve.running}
          hint={journal.needs.some(({ comment: needed }) => needed) ? 'Needed: some lines are over a bound' : 'Not needed here'}
          problem={problemWith('comment_needed')}
        />
      </SignForm>
      {named && !named.canSignHere ? (
        <Notice tone="info" title={`${named.name} signs on the machine where their identity was made`}>
          Their key is not here. Move the workbook there, or take the journal back to draft in the Journal step and name somebody
          whose key is here.
        </Notice>
      ) : null}
      {!named && people.length > 0 ? (
        <Notice
          tone="info"
          title={`${journal.namedApprover} is not among the identities of this machine`}
        >{`Approve where ${journal.namedApproverEmail} can sign.`}</Notice>
      ) : null}
    </div>
  );
}
