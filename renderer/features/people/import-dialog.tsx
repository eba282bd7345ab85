/** An identity from a PKCS #12 file, chosen or dropped. */
import { useRef, useState } from 'react';
import type { Identity } from '@shared/contract/identities';
import type { Role } from '@shared/contract/people';
import { pathsOfFiles, shellCall, useCall } from '../../api';
import { Button, DropZone, FileIcon, SelectField, TextField } from '../../ui';
import { FormDialog } from './form-dialog';
import { ROLE_CHOICES } from './new-identity-form';
import { PASS_PHRASE_MINIMUM, passPhraseHint, repeatProblem } from './pass-phrase';
import styles from './people.module.css';

export interface ImportDialogProps {
  readonly onDone: (identity: Identity) => void;
  readonly onClose: () => void;
}

const fileName = (path: string) => path.split(/[\\/]/).at(-1)!;

export function ImportDialog({ onDone, onClose }: ImportDialogProps) {
  const bring = useCall('identities:import');
  const first = useRef<HTMLButtonElement>(null);
  const [path, setPath] = useState('');
  const [filePassPhrase, setFilePassPhrase] = useState('');
  const [role, setRole] = useState<Role>('accountant');
  const [email, setEmail] = useState('');
  const [passPhrase, setPassPhrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const failure = bring.refusal?.failure;
  const asksForEmail = failure === 'email_invalid' || email !== '';

  const choose = async () => {
    const chosen = await shellCall('shell:chooseIdentityFile', { kind: 'pkcs12' });
    if (chosen.ok) setPath(chosen.value.path);
  };
  const submit = async () => {
    const outcome = await bring.run({ path, filePassPhrase, role, name: '', email: email.trim(), passPhrase });
    if (outcome.ok) onDone(outcome.value);
  };
  return (
    <FormDialog
      title="Import an identity"
      statement="Reads a .p12 or .pfx file: the key goes under a new pass phrase on this machine, the certificate and its issuers into the workbook. The file itself is not kept."
      action="Import the identity"
      ready={path !== '' && passPhrase.length >= PASS_PHRASE_MINIMUM && repeated === passPhrase}
      running={bring.running}
      refusal={bring.refusal?.message ?? ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <DropZone invitation="Drop the .p12 file" onFiles={(files) => setPath(pathsOfFiles(files)[0] ?? path)}>
        <div className={styles['chosen']}>
          <Button ref={first} icon={FileIcon} onClick={() => void choose()}>
            Choose a file
          </Button>
          <span className={styles['quiet']}>{path === '' ? 'or drop it here' : fileName(path)}</span>
        </div>
      </DropZone>
      <TextField label="Pass phrase of the file" type="password" value={filePassPhrase} onValue={setFilePassPhrase} hint="Empty where it has none" />
      <SelectField<Role> label="Role" value={role} onValue={setRole} choices={ROLE_CHOICES} />
      {asksForEmail ? <TextField label="E-mail" type="email" value={email} onValue={setEmail} hint="The certificate states none" /> : null}
      <TextField label="New pass phrase" type="password" value={passPhrase} onValue={setPassPhrase} maxLength={500} hint={passPhraseHint(passPhrase)} />
      <TextField label="New pass phrase again" type="password" value={repeated} onValue={setRepeated} maxLength={500} problem={repeatProblem(passPhrase, repeated) || undefined} />
    </FormDialog>
  );
}
