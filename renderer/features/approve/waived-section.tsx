/**
 * What tolerance let pass in the period, held against the limit; over it a controller who prepared no journal accepts it with a note.
 */
import { useState } from 'react';
import type { Person } from '@shared/contract/people';
import type { WaivedLedger, WaivedRow } from '@shared/domain/follow-up/shapes';
import { useCall, useKeyStore, useQuery } from '../../api';
import { KIND_WORDS, OWNER_WORDS } from '../../app/words';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { countText, instantText, moneyText, Notice, quantityText, Section, sentenceText, SignForm, type SignedWith, signedMoneyText, signedQuantityText, signerChoices, Table, TextField } from '../../ui';
import styles from './approve.module.css';

export function WaivedSection({ people }: { readonly people: readonly Person[] }) {
  const { period, currency, timeZone, canEdit } = useWorkspace();
  const waived = useQuery('followUp:waived', { periodId: period.periodId }, { areas: ['lines', 'followUp', 'rules', 'imports'], keepsPrevious: true });
  const ledger = waived.value;
  if (!ledger) return null;
  const amount = (minor: number) => `${moneyText(minor, currency)} ${currency}`;
  const { acceptance } = ledger;
  return (
    <Section title={`Let pass by tolerance: ${amount(ledger.absoluteMinor)}`} aside={ledger.limitMinor === null ? 'no limit set' : `limit ${amount(ledger.limitMinor)}`} testId="waived">
      {ledger.needsAcceptance ? (
        <Notice tone="warning" title={`Over the limit by ${amount(ledger.absoluteMinor - ledger.limitMinor!)}: nothing is approved before a controller accepts it.`}>
          {acceptance ? `${acceptance.acceptedBy} accepted ${amount(acceptance.acceptedMinor)}; it has grown since.` : 'Tighten the tolerances in the rules, or accept it below.'}
        </Notice>
      ) : null}
      {acceptance?.holds && ledger.isOverLimit ? (
        <Notice tone="done" title={`${acceptance.acceptedBy} accepted ${amount(acceptance.acceptedMinor)}`}>
          {`${acceptance.note} (${instantText(acceptance.acceptedInstant, timeZone)}). It holds up to that figure.`}
        </Notice>
      ) : null}
      <Table<WaivedRow>
        caption="What tolerance let pass, by sign, rule, owner and location"
        rows={ledger.rows}
        rowKey={(row) => `${row.location} ${row.rule} ${row.class} ${row.kind} ${row.sign}`}
        empty="No tolerance let anything pass."
        columns={[
          {
            id: 'place', title: 'Location, owner and rule', wraps: true,
            cell: (row) => (
              <>
                {`${row.location}, ${OWNER_WORDS[row.owner].toLowerCase()}`}
                <br />
                <span className={styles['quiet']}>{`${KIND_WORDS[row.kind]}: ${sentenceText(row.rule)}`}</span>
              </>
            ),
          },
          { id: 'differences', title: 'Lines', align: 'end', cell: (row) => countText(row.differences), foot: countText(ledger.plus.differences + ledger.minus.differences) },
          {
            id: 'units', title: 'Units', align: 'end', cell: (row) => signedQuantityText(row.sign === 'plus' ? row.unitsScaled : -row.unitsScaled),
            foot: `net ${signedQuantityText(ledger.netUnitsScaled)}`,
          },
          {
            id: 'value', title: currency, align: 'end', cell: (row) => signedMoneyText(row.sign === 'plus' ? row.valueMinor : -row.valueMinor, currency),
            foot: `net ${signedMoneyText(ledger.netMinor, currency)}`,
          },
        ]}
      />
      {ledger.rows.length > 0 ? (
        <p className={styles['quiet']}>{`Plus ${quantityText(ledger.plus.unitsScaled)} units, ${amount(ledger.plus.valueMinor)}; minus ${quantityText(ledger.minus.unitsScaled)} units, ${amount(ledger.minus.valueMinor)}.`}</p>
      ) : null}
      {ledger.needsAcceptance && canEdit ? <AcceptForm ledger={ledger} people={people} /> : null}
    </Section>
  );
}

const UNDER_A_FIELD: ReadonlySet<string> = new Set(['wrong_pass_phrase', 'cancelled']);

function AcceptForm({ ledger, people }: { readonly ledger: WaivedLedger; readonly people: readonly Person[] }) {
  const { period, currency } = useWorkspace();
  const announce = useAnnounce();
  const keyStore = useKeyStore();
  const controllers = people.filter((person) => person.role === 'controller');
  const [signer, setSigner] = useState<string | undefined>(undefined);
  const [note, setNote] = useState('');
  const accept = useCall('followUp:acceptWaived');
  const amount = `${moneyText(ledger.absoluteMinor, currency)} ${currency}`;
  const chosen = signer ?? controllers.find((person) => person.canSignHere)?.fingerprint ?? '';

  const sign = async ({ signer: fingerprint, passPhrase }: { readonly signer: string; readonly passPhrase: SignedWith }) => {
    const outcome = await accept.run({ periodId: period.periodId, fingerprint, passPhrase, note, absoluteMinor: ledger.absoluteMinor });
    if (outcome.ok) announce(`${amount} let pass by tolerance is accepted.`);
  };
  return (
    <>
      {accept.refusal && !UNDER_A_FIELD.has(accept.refusal.failure) ? (
        <Notice tone="error" title="It was not accepted" copyText={accept.refusal.message}>
          {accept.refusal.message}
        </Notice>
      ) : null}
      <SignForm
        keyStore={keyStore}
        label="Accept what tolerance let pass"
        statement={`Accepting lets ${amount} stand without an adjustment. It holds up to that figure and lapses when more is let pass; the note stays in the audit trail.`}
        signerLabel="Controller"
        signers={signerChoices(controllers)}
        signer={chosen}
        onSigner={setSigner}
        action={`Accept ${amount}`}
        blocked={note.trim() === '' ? 'Say why in a note' : ''}
        running={accept.running}
        passPhraseProblem={accept.refusal?.failure === 'wrong_pass_phrase' ? accept.refusal.message : undefined}
        onSign={sign}
        testId="accept-waived"
      >
        <TextField label="Note" value={note} onValue={setNote} maxLength={2000} disabled={accept.running} hint="Why it is accepted" />
      </SignForm>
    </>
  );
}
