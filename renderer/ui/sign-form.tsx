/**
 * Who signs, with which pass phrase, and exactly what the signature will mean. The pass phrase leaves the form's memory
 * as soon as the form is handed in.
 */
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from './button';
import { Checkbox, type Choice, SelectField, TextField } from './field';
import { SignatureIcon } from './icons';
import styles from './sign-form.module.css';

/** Whoever may sign somewhere. */
export interface Signer {
  readonly name: string;
  readonly role: string;
  readonly fingerprint: string;
  /** The private key is on this machine. */
  readonly canSignHere: boolean;
}

/** The people as choices; whoever cannot sign is named with the reason and cannot be chosen. */
export const signerChoices = (people: readonly Signer[]): readonly Choice<string>[] =>
  people.map(({ name, role, fingerprint, canSignHere }) => ({
    value: fingerprint,
    label:
      role === 'auditor'
        ? `${name}, auditor: reads only`
        : canSignHere
          ? `${name}, ${role}`
          : `${name}, ${role}: key is not on this machine`,
    disabled: !canSignHere || role === 'auditor',
  }));

/** The pass phrase as typed, typed and to be kept, or kept on this computer, which never gives it to the window. */
export type SignedWith = string | { readonly keep: string } | { readonly kept: true };

/** What is known of the system's key store. */
export interface KeyStore {
  /** Why no pass phrase can be kept; empty where one can. */
  readonly unavailable: string;
  /** Fingerprints of whose pass phrase is kept. */
  readonly kept: readonly string[];
}

export interface SignFormProps {
  readonly keyStore: KeyStore;
  /** What the form is for, for screen readers. */
  readonly label: string;
  /** What will happen, with figures. */
  readonly statement: ReactNode;
  readonly signerLabel: string;
  readonly signers: readonly Choice<string>[];
  /** The signer's key; empty while nobody is chosen. */
  readonly signer: string;
  readonly onSigner: (key: string) => void;
  /** Why the chosen person cannot sign this; empty where they can. */
  readonly signerProblem?: string;
  readonly signerHint?: ReactNode;
  /** Further fields between the person and the pass phrase. */
  readonly children?: ReactNode;
  readonly action: string;
  /** Names why the action is not open yet; empty where it is. */
  readonly blocked?: string;
  readonly running: boolean;
  /** Why the pass phrase was refused. */
  readonly passPhraseProblem?: string | undefined;
  /** Resolves when the form may forget what was typed. */
  readonly onSign: (signed: { readonly signer: string; readonly passPhrase: SignedWith }) => Promise<unknown>;
  readonly testId?: string;
}

export function SignForm(props: SignFormProps) {
  const {
    label,
    statement,
    signerLabel,
    signers,
    signer,
    onSigner,
    signerProblem,
    signerHint,
    children,
    action,
    blocked = '',
    running,
  } = props;
  const [passPhrase, setPassPhrase] = useState('');
  const [keeps, setKeeps] = useState(false);
  const { unavailable, kept } = props.keyStore;
  // Where the store did not give it, or gave a wrong one, it is typed.
  const isKept = unavailable === '' && kept.includes(signer) && !props.passPhraseProblem;
  const ready = signer !== '' && (isKept || passPhrase !== '') && !signerProblem && blocked === '' && !running;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setPassPhrase('');
    void props.onSign({ signer, passPhrase: isKept ? { kept: true } : keeps && unavailable === '' ? { keep: passPhrase } : passPhrase });
  };
  return (
    <form className={styles['form']} aria-label={label} onSubmit={submit} data-testid={props.testId}>
      <div className={styles['statement']} data-selectable>
        {statement}
      </div>
      <div className={styles['fields']}>
        <SelectField
          label={signerLabel}
          value={signer}
          onValue={onSigner}
          disabled={running}
          problem={signerProblem || undefined}
          hint={signerHint}
          choices={signer === '' ? [{ value: '', label: 'Choose a person' }, ...signers] : signers}
        />
        {children}
        {isKept ? (
          <p className={styles['kept']}>The pass phrase comes from the key store of this computer. It is taken back under People.</p>
        ) : (
          <>
            <TextField
              label="Pass phrase"
              type="password"
              value={passPhrase}
              onValue={setPassPhrase}
              disabled={running}
              problem={passPhrase === '' ? props.passPhraseProblem : undefined}
              hint={unavailable === '' ? undefined : `It cannot be kept. ${unavailable}`}
            />
            {unavailable === '' ? <Checkbox label="Keep the pass phrase in the key store of this computer" checked={keeps} onChecked={setKeeps} disabled={running} /> : null}
          </>
        )}
      </div>
      <div className={styles['foot']}>
        <Button type="submit" kind="primary" icon={SignatureIcon} disabled={!ready}>
          {action}
        </Button>
        {blocked ? <span className={styles['blocked']}>{blocked}</span> : null}
      </div>
    </form>
  );
}
