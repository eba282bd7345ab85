/**
 * A new identity: a key pair under a pass phrase that only its person knows.
 */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { IdentityAlgorithm } from '@shared/contract/identities';
import type { Person, Role } from '@shared/contract/people';
import { useCall } from '../../api';
import { Button, KeyIcon, Notice, SelectField, TextField } from '../../ui';
import { looksLikeEmail, PASS_PHRASE_MINIMUM, passPhraseHint, repeatProblem } from './pass-phrase';
import { AlgorithmField } from './algorithm-field';
import styles from './people.module.css';

export const ROLE_CHOICES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'accountant', label: 'Accountant, prepares' },
  { value: 'controller', label: 'Controller, approves and locks' },
  { value: 'warehouse', label: 'Warehouse, owns counts' },
  { value: 'operations', label: 'Operations, owns alignment' },
  { value: 'auditor', label: 'Auditor, reads and verifies' },
];

export interface NewIdentityFormProps {
  readonly onMade: (person: Person) => void;
  readonly onCancel?: () => void;
}

export function NewIdentityForm({ onMade, onCancel }: NewIdentityFormProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('accountant');
  const [algorithm, setAlgorithm] = useState<IdentityAlgorithm>('rsa-3072');
  const [passPhrase, setPassPhrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const create = useCall('people:createIdentity');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const ready =
    name.trim() !== '' &&
    looksLikeEmail(email) &&
    passPhrase.length >= PASS_PHRASE_MINIMUM &&
    repeated === passPhrase &&
    !create.running;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await create.run({ name: name.trim(), email: email.trim(), role, algorithm, passPhrase });
    if (outcome.ok) onMade(outcome.value);
  };
  return (
    <form
      className={styles['form']}
      aria-label="New identity"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel?.();
      }}
    >
      <h3>New identity</h3>
      <div className={styles['fields']}>
        <TextField ref={first} label="Name" value={name} onValue={setName} maxLength={200} disabled={create.running} />
        <TextField
          label="E-mail"
          type="email"
          value={email}
          onValue={setEmail}
          disabled={create.running}
          problem={create.refusal?.failure === 'identity_exists' ? create.refusal.message : undefined}
        />
        <SelectField<Role>
          label="Role"
          value={role}
          onValue={setRole}
          disabled={create.running}
          choices={ROLE_CHOICES}
        />
        <AlgorithmField value={algorithm} onValue={setAlgorithm} disabled={create.running} />
        <TextField
          label="Pass phrase"
          type="password"
          value={passPhrase}
          onValue={setPassPhrase}
          maxLength={500}
          disabled={create.running}
          hint={passPhraseHint(passPhrase)}
        />
        <TextField
          label="Pass phrase again"
          type="password"
          value={repeated}
          onValue={setRepeated}
          maxLength={500}
          disabled={create.running}
          problem={repeatProblem(passPhrase, repeated) || undefined}
          hint={repeated !== '' && repeated === passPhrase ? 'The same' : undefined}
        />
      </div>
      <p className={styles['quiet']}>
        Makes a key pair on this machine. The private key is kept outside the workbook, encrypted under the pass phrase,
        which is stored nowhere and cannot be recovered.
      </p>
      {create.refusal && create.refusal.failure !== 'identity_exists' ? (
        <Notice tone="error" title="The identity was not made" copyText={create.refusal.message}>
          {create.refusal.message}
        </Notice>
      ) : null}
      <div className={styles['buttons']}>
        <Button type="submit" kind="primary" icon={KeyIcon} disabled={!ready}>
          Make the identity
        </Button>
        {onCancel ? (
          <Button kind="quiet" onClick={onCancel} disabled={create.running}>
            Cancel
          </Button>
        ) : null}
      </div>
    </form>
  );
}
