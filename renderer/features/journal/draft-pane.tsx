/**
 * What a journal would book if it were prepared now, what it leaves out, and the preparer's signature.
 */
import { useState } from 'react';
import type { Journal, JournalDraft } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';
import { useCall } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import {
  Button, countText, countWords, Figure, LedgerTable, moneyText, Notice, Pane, ProgressBar, roundingOfDebits, Section, SelectField, SignForm, signerChoices,
} from '../../ui';
import styles from './journal.module.css';

export interface DraftPaneProps {
  readonly draft: JournalDraft;
  readonly people: readonly Person[];
  readonly onPrepared: (journal: Journal) => void;
}

export function DraftPane({ draft, people, onPrepared }: DraftPaneProps) {
  const { period, info, currency, canEdit, whyNot, openScreen } = useWorkspace();
  const announce = useAnnounce();
  const worker = people.find((person) => person.email === info.actor.email && person.canSignHere);
  const [signerChosen, setSigner] = useState<string | undefined>(undefined);
  const [approver, setApprover] = useState('');
  const prepare = useCall('journals:prepare');
  const signer = signerChosen ?? worker?.fingerprint ?? '';
  const amount = `${moneyText(draft.debitTotalMinor, currency)} ${currency}`;
  const others = people.filter((person) => person.fingerprint !== signer);

  const sign = async ({ signer: fingerprint, passPhrase }: { readonly signer: string; readonly passPhrase: string }) => {
    const outcome = await prepare.run({ periodId: period.periodId, fingerprint, passPhrase, approverFingerprint: approver });
    if (!outcome.ok) return;
    announce(`${outcome.value.number} is prepared.`);
    onPrepared(outcome.value);
  };
  const refusal = prepare.refusal && prepare.refusal.failure !== 'wrong_pass_phrase' && prepare.refusal.failure !== 'cancelled' ? prepare.refusal : undefined;
  return (
    <div className={styles['draft']}>
      <Pane title="Draft: what would be booked now" testId="journal-draft">
        <div className={styles['figures']}>
          <Figure label={`Debit, ${currency}`} value={moneyText(draft.debitTotalMinor, currency)} testId="draft-debit" />
          <Figure label={`Credit, ${currency}`} value={moneyText(draft.creditTotalMinor, currency)} testId="draft-credit"
            note={draft.debitTotalMinor === draft.creditTotalMinor ? 'equal to the cent' : 'debit and credit differ'} />
          <Figure label="Rounding moved" value={roundingOfDebits(draft.lines)} note="each line rounded once, half to even" />
          <Figure label="Lines that book nothing" value={countText(draft.notPostingLines)} note="put before the approver with the rest" />
        </div>
        <LeftOut draft={draft} onExplain={() => openScreen('explain')} onImport={() => openScreen('import')} />
        <Section title={countWords(draft.lines.length, 'line')}>
          <LedgerTable caption="Lines of the draft" currency={currency} lines={draft.lines} debitTotalMinor={draft.debitTotalMinor} creditTotalMinor={draft.creditTotalMinor} testId="journal-lines" />
        </Section>
      </Pane>
      <div className={styles['sign']}>
        {refusal ? <Notice tone="error" title="The journal was not prepared" copyText={refusal.message}>{refusal.message}</Notice> : null}
        {prepare.running ? (
          <ProgressBar title="Making and signing the journal" stage={prepare.progress?.stage ?? ''} done={prepare.progress?.done ?? 0} total={prepare.progress?.total ?? null}
            startedInstant={prepare.startedInstant} onCancel={prepare.cancel} />
        ) : null}
        {!canEdit ? (
          <Notice tone="locked" title={whyNot} />
        ) : people.filter((person) => person.canSignHere).length === 0 ? (
          <Notice tone="info" title="Nobody can sign on this machine yet" actions={<Button kind="primary" onClick={() => openScreen('people')}>Make an identity</Button>}>
            A journal carries two signatures, its preparer’s and its approver’s. Each is an identity with its own pass phrase.
          </Notice>
        ) : (
          <SignForm
            label="Prepare the journal"
            statement={
              <>
                Preparing makes the Excel journal over {amount} in {countWords(draft.lines.length, 'line')} and puts the first signature on it. It then waits for the approver; until they
                sign it can be discarded with a reason.
              </>
            }
            signerLabel="Preparer"
            signers={signerChoices(people)}
            signer={signer}
            onSigner={setSigner}
            action={`Prepare and sign ${amount}`}
            blocked={blockedBecause(draft, approver, others.length)}
            running={prepare.running}
            passPhraseProblem={prepare.refusal?.failure === 'wrong_pass_phrase' ? prepare.refusal.message : undefined}
            onSign={sign}
            testId="prepare-form"
          >
            <SelectField
              label="Approver" value={approver} onValue={setApprover} disabled={prepare.running}
              problem={approver !== '' && approver === signer ? 'Preparer and approver are two different people.' : undefined}
              choices={[
                { value: '', label: others.length === 0 ? 'Nobody else is known' : 'Choose a person' },
                ...people.map((person) => ({
                  value: person.fingerprint, disabled: person.fingerprint === signer,
                  label: person.fingerprint === signer ? `${person.name}, prepares it` : `${person.name}, ${person.role}`,
                })),
              ]}
            />
          </SignForm>
        )}
      </div>
    </div>
  );
}

/** Why the draft cannot be prepared; empty where it can. */
function blockedBecause(draft: JournalDraft, approver: string, others: number): string {
  if (draft.withoutCost.length > 0) return `${countWords(draft.withoutCost.length, 'line has', 'lines have')} no unit cost`;
  if (others === 0) return 'A second identity is needed for the approver';
  return approver === '' ? 'Name the approver' : '';
}

/** Lines that this journal does not take up, and why. */
function LeftOut({ draft, onExplain, onImport }: { readonly draft: JournalDraft; readonly onExplain: () => void; readonly onImport: () => void }) {
  return (
    <>
      {draft.withoutCost.length > 0 ? (
        <div className={styles['note']}>
          <Notice tone="error" title={`${countWords(draft.withoutCost.length, 'line has', 'lines have')} no unit cost and cannot be valued`} copyText={draft.withoutCost.join('\n')}
            actions={<Button onClick={onImport}>Go to Import</Button>}>
            {`${draft.withoutCost.slice(0, 8).join(', ')}${draft.withoutCost.length > 8 ? ` and ${countText(draft.withoutCost.length - 8)} more` : ''}. Import a cost from the system that owns it.`}
          </Notice>
        </div>
      ) : null}
      {draft.untaggedLines > 0 ? (
        <div className={styles['note']}>
          <Notice tone="info" title={`${countWords(draft.untaggedLines, 'line is', 'lines are')} left out: no reason or no owner yet`} actions={<Button onClick={onExplain}>Go to Explain</Button>}>
            They can follow in another journal of the same period.
          </Notice>
        </div>
      ) : null}
    </>
  );
}
