/**
 * A prepared journal before its approver: what it books, by reason and line by line, and the signature.
 */
import { useState } from 'react';
import type { Journal } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';
import { useCall } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import {
  countText, countWords, Figure, instantText, LedgerTable, moneyText, Notice, roundingOfDebits, Section, SignForm, signerChoices, Table, TextField,
} from '../../ui';
import { type ReasonTotal, reasonTotals } from './reason-totals';
import { problemOf } from './standing';
import styles from './approve.module.css';

export interface JournalToApproveProps {
  readonly journal: Journal;
  readonly people: readonly Person[];
  readonly onApproved: (sentence: string) => void;
}

export function JournalToApprove({ journal, people, onApproved }: JournalToApproveProps) {
  const { currency, timeZone, canEdit, whyNot } = useWorkspace();
  const announce = useAnnounce();
  const named = people.find((person) => person.email === journal.namedApproverEmail);
  const [signer, setSigner] = useState<string | undefined>(undefined);
  const [comment, setComment] = useState('');
  const approve = useCall('journals:approve');
  const chosen = signer ?? (named?.canSignHere ? named.fingerprint : '');
  const person = people.find((each) => each.fingerprint === chosen);
  const totals = reasonTotals(journal.lines);
  const amount = `${moneyText(journal.debitTotalMinor, currency)} ${currency}`;

  const sign = async ({ signer: fingerprint, passPhrase }: { readonly signer: string; readonly passPhrase: string }) => {
    const outcome = await approve.run({ journalId: journal.journalId, fingerprint, passPhrase, comment });
    if (!outcome.ok) return;
    const sentence = `${journal.number} is approved by ${outcome.value.namedApprover}: ${amount} in ${countWords(journal.lines.length, 'line')}. It can be exported.`;
    announce(sentence);
    onApproved(sentence);
  };
  return (
    <div className={styles['journal']} data-testid="journal-to-approve">
      <div className={styles['scroll']}>
        <div className={styles['figures']}>
          <Figure label={`${journal.number}, prepared by ${journal.preparer}`} value={instantText(journal.preparedInstant, timeZone)} note={`approver named: ${journal.namedApprover}`} />
          <Figure label={`Debit and credit, ${currency}`} value={moneyText(journal.debitTotalMinor, currency)}
            note={journal.debitTotalMinor === journal.creditTotalMinor ? `equal to the cent; rounding moved ${roundingOfDebits(journal.lines)}` : `credit ${moneyText(journal.creditTotalMinor, currency)}`} testId="journal-total" />
          <Figure label="Lines" value={countText(journal.lines.length)} note={`of ${countWords(new Set(totals.map((total) => total.reasonCode)).size, 'reason')}`} />
        </div>
        <Section title="By reason and account">
          <Table<ReasonTotal>
            caption="The journal by reason"
            rows={totals}
            rowKey={(total) => `${total.reasonCode} ${total.accountCode}`}
            empty="This journal books nothing: it puts lines whose reason posts nothing before the approver."
            columns={[
              { id: 'reason', title: 'Reason', cell: (total) => total.reasonCode },
              { id: 'account', title: 'Account', cell: (total) => `${total.accountCode} ${total.accountName}` },
              { id: 'from', title: 'From lines', align: 'end', cell: (total) => countText(total.sourceLines) },
              { id: 'debit', title: `Debit, ${currency}`, align: 'end', cell: (total) => side(total.debitMinor, currency) },
              { id: 'credit', title: `Credit, ${currency}`, align: 'end', cell: (total) => side(total.creditMinor, currency) },
            ]}
          />
        </Section>
        <Section title="Line by line">
          <LedgerTable caption={`Lines of ${journal.number}`} currency={currency} lines={journal.lines} debitTotalMinor={journal.debitTotalMinor} creditTotalMinor={journal.creditTotalMinor} testId="journal-lines" />
        </Section>
      </div>
      <div className={styles['sign']}>
        {approve.refusal && approve.refusal.failure !== 'wrong_pass_phrase' && approve.refusal.failure !== 'comment_needed' ? (
          <Notice tone="error" title="The journal was not approved" copyText={approve.refusal.message}>{approve.refusal.message}</Notice>
        ) : null}
        {canEdit ? (
          <SignForm
            label={`Approve ${journal.number}`}
            statement={
              <>
                Approving puts the second signature on {journal.number} over {amount} in {countWords(journal.lines.length, 'line')}. Its lines can then no longer be tagged otherwise, and
                the journal is never edited, only reversed by another.
              </>
            }
            signerLabel="Approver"
            signers={signerChoices(people)}
            signer={chosen}
            onSigner={setSigner}
            signerProblem={problemOf(person, journal)}
            action={`Approve and sign ${amount}`}
            running={approve.running}
            passPhraseProblem={approve.refusal?.failure === 'wrong_pass_phrase' ? approve.refusal.message : undefined}
            onSign={sign}
            testId="approve-form"
          >
            <TextField label="Comment" value={comment} onValue={setComment} maxLength={2000} disabled={approve.running}
              hint="Needed where a line is over materiality" problem={approve.refusal?.failure === 'comment_needed' ? approve.refusal.message : undefined} />
          </SignForm>
        ) : (
          <Notice tone="locked" title={whyNot} />
        )}
        {named && !named.canSignHere ? (
          <Notice tone="info" title={`${named.name} signs on the machine where their identity was made`}>
            Their key is not here. Move the workbook there, or discard the journal in the Journal step and name somebody whose key is here.
          </Notice>
        ) : null}
        {!named && people.length > 0 ? (
          <Notice tone="info" title={`${journal.namedApprover} is not among the identities of this machine`}>
            {`Approve where ${journal.namedApproverEmail} can sign.`}
          </Notice>
        ) : null}
      </div>
    </div>
  );
}

const side = (amountMinor: number, currency: string) => (amountMinor === 0 ? '' : moneyText(amountMinor, currency));
