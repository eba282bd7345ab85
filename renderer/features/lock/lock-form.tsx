/**
 * The controller's signature that locks the period, with a reason where a question is open.
 */
import { useState } from 'react';
import type { Person } from '@shared/contract/people';
import type { Checklist } from '@shared/contract/sign-off';
import { useCall, useKeyStore } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, countWords, Notice, periodName, ProgressBar, SignForm, type SignedWith, signerChoices, TextField } from '../../ui';
import styles from './lock.module.css';

export interface LockFormProps {
  readonly checklist: Checklist;
  readonly people: readonly Person[];
}

export function LockForm({ checklist, people }: LockFormProps) {
  const { period, info, openScreen } = useWorkspace();
  const announce = useAnnounce();
  const keyStore = useKeyStore();
  const controllers = people.filter((person) => person.role === 'controller' && person.canSignHere);
  const first = controllers.find((person) => person.email === info.actor.email) ?? controllers[0];
  const [signer, setSigner] = useState<string | undefined>(undefined);
  const [override, setOverride] = useState('');
  const lock = useCall('signOff:lock');
  const month = periodName(period.code);
  const openQuestions = checklist.answers.filter((answer) => !answer.holds).length;
  const openGates = checklist.gates.filter((gate) => !gate.holds).length;
  const open = openQuestions + openGates;
  const openWords = [
    ...(openQuestions > 0 ? [countWords(openQuestions, 'open question')] : []),
    ...(openGates > 0 ? [countWords(openGates, 'open gate')] : []),
  ].join(' and ');
  const chosen = signer ?? first?.fingerprint ?? '';
  const person = people.find((each) => each.fingerprint === chosen);

  if (people.length > 0 && controllers.length === 0) {
    return (
      <Notice
        tone="info"
        title="A period is locked by a controller, and none can sign on this machine"
        actions={
          <Button kind="primary" onClick={() => openScreen('people')}>
            Make an identity
          </Button>
        }
      >
        {people.some((each) => each.role === 'controller')
          ? 'The key of the controller is on another machine.'
          : 'No person with that role is known.'}
      </Notice>
    );
  }
  const sign = async ({
    signer: fingerprint,
    passPhrase,
  }: {
    readonly signer: string;
    readonly passPhrase: SignedWith;
  }) => {
    const outcome = await lock.run({
      periodId: period.periodId,
      fingerprint,
      passPhrase,
      override: open > 0 ? override.trim() : '',
    });
    if (outcome.ok) announce(`${month} is locked. Lodged code ${outcome.value.lodgedCode}.`);
  };
  const refusal =
    lock.refusal && lock.refusal.failure !== 'wrong_pass_phrase' && lock.refusal.failure !== 'cancelled'
      ? lock.refusal
      : undefined;
  return (
    <>
      {refusal ? (
        <Notice
          tone="error"
          title={`${month} was not locked`}
          copyText={refusal.message}
          actions={
            refusal.failure === 'not_reconciled' ? (
              <Button onClick={() => openScreen('reconcile')}>Go to Reconcile</Button>
            ) : undefined
          }
        >
          {refusal.message}
        </Notice>
      ) : null}
      {lock.running ? (
        <div className={styles['progress']}>
          <ProgressBar
            title={`Sealing ${month}`}
            stage={lock.progress?.stage ?? ''}
            done={lock.progress?.done ?? 0}
            total={lock.progress?.total ?? null}
            startedInstant={lock.startedInstant}
            onCancel={lock.cancel}
          />
        </div>
      ) : null}
      <SignForm
        keyStore={keyStore}
        label={`Lock ${month}`}
        statement={
          <>
            Locking seals {month} and signs the seal. After that neither Tieout nor anybody with the file can change it
            unseen: imports, tags and journals of the period are refused, and verification names what was changed.{' '}
            {open > 0
              ? `It is locked with ${openWords}: the reason is signed with the seal and stays visible for ever.`
              : 'All seven questions and all gates hold.'}
          </>
        }
        signerLabel="Controller"
        signers={signerChoices(people)}
        signer={chosen}
        onSigner={setSigner}
        signerProblem={
          person && person.role !== 'controller'
            ? `${person.name} is ${person.role}. A period is locked by a controller.`
            : ''
        }
        action={`Lock and seal ${month}`}
        blocked={open > 0 && override.trim() === '' ? 'State why it is locked although something is open' : ''}
        running={lock.running}
        passPhraseProblem={lock.refusal?.failure === 'wrong_pass_phrase' ? lock.refusal.message : undefined}
        onSign={sign}
        testId="lock-form"
      >
        {open > 0 ? (
          <TextField
            label={`Why it is locked with ${openWords}`}
            value={override}
            onValue={setOverride}
            disabled={lock.running}
          />
        ) : null}
      </SignForm>
    </>
  );
}
