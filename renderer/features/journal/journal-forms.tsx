/**
 * What else can be done with a journal: taken back to draft, stated as posted in the ledger, reversed by another.
 */
import { type FormEvent, useState } from 'react';
import type { Journal } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';
import { useCall, useKeyStore } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, DayField, moneyText, Notice, Section, SignForm, type SignedWith, signerChoices, TextField } from '../../ui';
import { ApproverField, approverMissing, approvingInput, NOBODY_CHOSEN, othersWhoApprove } from './approver-field';
import styles from './journal.module.css';

export interface JournalFormProps {
  readonly journal: Journal;
  /** What became of it, in a sentence; the journal to show next where it is another. */
  readonly onDone: (sentence: string, journalId?: number) => void;
}

function Refused({ title, message }: { readonly title: string; readonly message: string | undefined }) {
  return message === undefined ? null : (
    <Notice tone="error" title={title} copyText={message}>
      {message}
    </Notice>
  );
}

/** Takes a journal that was not exported back to draft, with a reason. */
export function RedraftForm({ journal, onDone }: JournalFormProps) {
  const [why, setWhy] = useState(journal.withdrawnWhy ?? '');
  const redraft = useCall('journals:redraft');
  const ready = why.trim() !== '' && !redraft.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await redraft.run({ journalId: journal.journalId, why: why.trim() });
    if (outcome.ok) onDone(`${journal.number} is in draft again, and version ${journal.version} is kept as it was signed. Its lines are in the draft.`);
  };
  return (
    <Section title="Take it back to draft">
      <form aria-label={`Take ${journal.number} back to draft`} className={styles['discard']} onSubmit={(event) => void submit(event)}>
        <TextField label="Why it is taken back to draft" value={why} onValue={setWhy} disabled={redraft.running} />
        <div className={styles['button']}>
          <Button type="submit" disabled={!ready}>
            Take {journal.number} back
          </Button>
        </div>
      </form>
      <Refused title="The journal stays" message={redraft.refusal?.message} />
    </Section>
  );
}

/** What the ledger made of the journal. */
export function PostedForm({ journal, onDone }: JournalFormProps) {
  const [document, setDocument] = useState(journal.posting?.document ?? '');
  const [day, setDay] = useState(journal.posting?.day ?? journal.bookingDay);
  const state = useCall('journals:statePosted');
  const ready = document.trim() !== '' && day !== '' && !state.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await state.run({ journalId: journal.journalId, document: document.trim(), day });
    if (outcome.ok) onDone(`${journal.number} is posted as ${document.trim()}.`, journal.journalId);
  };
  return (
    <Section title="In the ledger">
      <form aria-label={`State ${journal.number} as posted`} className={styles['posted']} onSubmit={(event) => void submit(event)}>
        <TextField label="Document number" value={document} onValue={setDocument} maxLength={100} disabled={state.running} />
        <DayField label="Day" value={day} onValue={setDay} disabled={state.running} />
        <div className={styles['button']}>
          <Button type="submit" disabled={!ready}>
            {journal.posting ? 'State it anew' : 'State as posted'}
          </Button>
        </div>
      </form>
      <Refused title="It was not stated" message={state.refusal?.message} />
    </Section>
  );
}

/** Prepares the journal that reverses this one, booked in the period that is open. */
export function ReverseForm({ journal, people, onDone }: JournalFormProps & { readonly people: readonly Person[] }) {
  const { period, info, currency } = useWorkspace();
  const announce = useAnnounce();
  const keyStore = useKeyStore();
  const worker = people.find((person) => person.email === info.actor.email && person.canSignHere);
  const [signerChosen, setSigner] = useState<string | undefined>(undefined);
  const [choice, setChoice] = useState(NOBODY_CHOSEN);
  const [why, setWhy] = useState('');
  const reverse = useCall('journals:reverse');
  const signer = signerChosen ?? worker?.fingerprint ?? '';
  const others = othersWhoApprove(people, signer).length;
  const failure = reverse.refusal?.failure;
  const sign = async ({ signer: fingerprint, passPhrase }: { readonly signer: string; readonly passPhrase: SignedWith }) => {
    const outcome = await reverse.run({ journalId: journal.journalId, periodId: period.periodId, why: why.trim(), fingerprint, passPhrase, ...approvingInput(choice, others) });
    if (!outcome.ok) return;
    const sentence = `${outcome.value.number} reverses ${journal.number} and waits for ${outcome.value.namedApprover}.`;
    announce(sentence);
    onDone(sentence, outcome.value.journalId);
  };
  return (
    <Section title="Reverse it">
      <Refused title="It was not reversed" message={failure === 'wrong_pass_phrase' || failure === 'cancelled' ? undefined : reverse.refusal?.message} />
      <SignForm
        keyStore={keyStore}
        label={`Reverse ${journal.number}`}
        statement={`Reversing makes a journal of ${moneyText(journal.debitTotalMinor, currency)} ${currency} with every line of ${journal.number} the other way, booked in ${period.code}. What left this workbook stays as it was.`}
        signerLabel="Preparer"
        signers={signerChoices(people)}
        signer={signer}
        onSigner={setSigner}
        action={`Reverse ${journal.number}`}
        blocked={why.trim() === '' ? 'Say why it is reversed' : approverMissing(choice, others)}
        running={reverse.running}
        passPhraseProblem={failure === 'wrong_pass_phrase' ? reverse.refusal?.message : undefined}
        onSign={sign}
        testId="reverse-form"
      >
        <TextField label="Why it is reversed" value={why} onValue={setWhy} maxLength={2000} disabled={reverse.running} />
        <ApproverField people={people} signer={signer} choice={choice} onChoice={setChoice} disabled={reverse.running} />
      </SignForm>
    </Section>
  );
}
