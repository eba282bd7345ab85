/**
 * Two people at one machine open a locked period again: each chooses their identity and types their pass phrase.
 */
import { type FormEvent, useRef, useState } from 'react';
import type { Person } from '@shared/contract/people';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import { useCall } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, Dialog, Notice, periodName, SelectField, SignatureIcon, signerChoices, TextField } from '../../ui';
import styles from './lock.module.css';

export interface ReopenFormProps {
  readonly people: readonly Person[];
  readonly onClose: () => void;
}

const NOBODY = { value: '', label: 'Choose a person' } as const;

export function ReopenForm({ people, onClose }: ReopenFormProps) {
  const { period, info } = useWorkspace();
  const announce = useAnnounce();
  const reopen = useCall('signOff:reopen');
  const first = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState('');
  const [asker, setAsker] = useState(people.find(({ email, canSignHere }) => canSignHere && email === info.actor.email)?.fingerprint ?? '');
  const [askerPhrase, setAskerPhrase] = useState('');
  const [controller, setController] = useState('');
  const [controllerPhrase, setControllerPhrase] = useState('');
  const [alone, setAlone] = useState('');
  const month = periodName(period.code);
  // Whoever is on this machine only is not known to the workbook yet.
  const isAlone = !people.some(({ inWorkbook, fingerprint }) => inWorkbook && fingerprint !== asker) && !people.some(({ role, fingerprint }) => role === 'controller' && fingerprint !== asker);
  const choices = signerChoices(people);
  const controllers = signerChoices(people.filter(({ role }) => role === 'controller')).map((choice) => (choice.value === asker ? { ...choice, disabled: true } : choice));
  const second = isAlone ? alone.trim() !== '' : controller !== '' && controller !== asker && controllerPhrase !== '';
  const ready = reason.trim() !== '' && asker !== '' && askerPhrase !== '' && second && !reopen.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await reopen.run({
      periodId: period.periodId,
      reason: reason.trim(),
      asker: { fingerprint: asker, passPhrase: askerPhrase },
      controller: isAlone ? null : { fingerprint: controller, passPhrase: controllerPhrase },
      noSecondPerson: isAlone ? alone.trim() : '',
    });
    setAskerPhrase('');
    setControllerPhrase('');
    if (!outcome.ok) return;
    announce(`${month} is open again. Its seal is kept.`);
    onClose();
  };
  return (
    <Dialog title={`Reopen ${month}`} onClose={onClose} focusesFirst={first} testId="reopen">
      <form className={styles['reopen']} aria-label={`Reopen ${month}`} onSubmit={(event) => void submit(event)}>
        <p>
          One asks, a controller who is somebody else agrees, and both sign. The seal is kept, {month} can be changed, and
          the seal of the next lock names this one, the reopening and its reason for ever.
        </p>
        {reopen.refusal ? (
          <Notice tone="error" title={`${month} was not reopened`} copyText={reopen.refusal.message}>
            {reopen.refusal.message}
          </Notice>
        ) : null}
        <TextField label={`Why ${month} is reopened`} value={reason} onValue={setReason} ref={first} disabled={reopen.running} />
        <div className={styles['signatory']}>
          <SelectField label="Who asks" value={asker} onValue={setAsker} disabled={reopen.running} choices={asker === '' ? [NOBODY, ...choices] : choices} />
          <TextField label="Pass phrase of who asks" type="password" value={askerPhrase} onValue={setAskerPhrase} disabled={reopen.running} />
        </div>
        {isAlone ? (
          <TextField
            label={`Why there is ${NO_SECOND_PERSON}`}
            hint={`Nobody else is known to this workbook. The reopening bears the mark “${NO_SECOND_PERSON}”.`}
            value={alone}
            onValue={setAlone}
            disabled={reopen.running}
          />
        ) : (
          <div className={styles['signatory']}>
            <SelectField label="Controller who agrees" value={controller} onValue={setController} disabled={reopen.running} choices={controller === '' ? [NOBODY, ...controllers] : controllers} />
            <TextField label="Pass phrase of the controller" type="password" value={controllerPhrase} onValue={setControllerPhrase} disabled={reopen.running} />
          </div>
        )}
        <div>
          <Button type="submit" kind="primary" icon={SignatureIcon} disabled={!ready}>
            {`Sign and reopen ${month}`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
