/** What is done with an authority, a certificate, a trusted root: each a short form. */
import { useRef, useState } from 'react';
import type { Authority, Identity, IdentityAlgorithm, TrustedRoot } from '@shared/contract/identities';
import { REVOCATION_REASON_WORDS, REVOCATION_REASONS, type RevocationReason } from '@shared/domain/revocation';
import { useCall } from '../../api';
import { DayField, SelectField, TextField } from '../../ui';
import { AlgorithmField } from './algorithm-field';
import { FormDialog } from './form-dialog';
import { PASS_PHRASE_MINIMUM, passPhraseHint, repeatProblem } from './pass-phrase';

interface Closing {
  /** What was done, as a sentence. */
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}

/** Makes the firm's authority, and trusts its root in this workbook. */
export function AuthorityDialog({ company, onDone, onClose }: Closing & { readonly company: string }) {
  const make = useCall('identities:createAuthority');
  const trust = useCall('identities:trustRoot');
  const first = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(company);
  const [algorithm, setAlgorithm] = useState<IdentityAlgorithm>('rsa-3072');
  const [passPhrase, setPassPhrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const submit = async () => {
    const made = await make.run({ name: name.trim(), algorithm, passPhrase });
    if (!made.ok) return;
    const trusted = await trust.run({ authority: made.value.fingerprint });
    if (trusted.ok) onDone(`The authority ${made.value.name} is made, and this workbook trusts it.`);
  };
  return (
    <FormDialog
      title="New authority"
      statement="An authority issues certificates to people, so that others trust one root and not each person apart. Its key stays on this machine, under a pass phrase of its own."
      action="Make the authority"
      ready={name.trim() !== '' && passPhrase.length >= PASS_PHRASE_MINIMUM && repeated === passPhrase}
      running={make.running || trust.running}
      refusal={make.refusal?.message ?? trust.refusal?.message ?? ''}
      first={first}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField ref={first} label="Name" value={name} onValue={setName} maxLength={64} />
      <AlgorithmField value={algorithm} onValue={setAlgorithm} disabled={make.running} />
      <TextField label="Pass phrase of the authority" type="password" value={passPhrase} onValue={setPassPhrase} hint={passPhraseHint(passPhrase)} maxLength={500} />
      <TextField label="The same again" type="password" value={repeated} onValue={setRepeated} problem={repeatProblem(passPhrase, repeated) || undefined} maxLength={500} />
    </FormDialog>
  );
}

/** Issues a certificate to an identity of this machine. */
export function IssueDialog({ identity, authorities, onDone, onClose }: Closing & { readonly identity: Identity; readonly authorities: readonly Authority[] }) {
  const issue = useCall('identities:issue');
  const first = useRef<HTMLInputElement>(null);
  const [authority, setAuthority] = useState(authorities[0]?.fingerprint ?? '');
  const [authorityPassPhrase, setAuthorityPassPhrase] = useState('');
  const [passPhrase, setPassPhrase] = useState('');
  const submit = async () => {
    const outcome = await issue.run({ authority, authorityPassPhrase, fingerprint: identity.fingerprint, passPhrase });
    if (outcome.ok) onDone(`${identity.name} has a certificate of ${outcome.value.issuer}.`);
  };
  return (
    <FormDialog
      title={`Issue a certificate to ${identity.name}`}
      statement="The key stays the same; the new certificate takes the place of the one that is there, for two years."
      action="Issue the certificate"
      ready={authority !== '' && authorityPassPhrase !== '' && passPhrase !== ''}
      running={issue.running}
      refusal={issue.refusal?.message ?? ''}
      first={first}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField label="Authority" value={authority} onValue={setAuthority} choices={authorities.map((each) => ({ value: each.fingerprint, label: each.name }))} />
      <TextField ref={first} label="Pass phrase of the authority" type="password" value={authorityPassPhrase} onValue={setAuthorityPassPhrase} />
      <TextField label={`Pass phrase of ${identity.name}`} type="password" value={passPhrase} onValue={setPassPhrase} />
    </FormDialog>
  );
}

const REASONS = REVOCATION_REASONS.map((value) => ({ value, label: REVOCATION_REASON_WORDS[value] }));

/** Revokes a certificate from a day on. */
export function RevokeDialog({ identity, today, onDone, onClose }: Closing & { readonly identity: Identity; readonly today: string }) {
  const revoke = useCall('identities:revoke');
  const [reason, setReason] = useState<RevocationReason>('left');
  const [day, setDay] = useState(today);
  const [authorityPassPhrase, setAuthorityPassPhrase] = useState('');
  const fromInstant = Date.parse(`${day}T00:00:00Z`);
  const submit = async () => {
    const outcome = await revoke.run({ fingerprint: identity.fingerprint, fromInstant, reason, authorityPassPhrase });
    if (outcome.ok) onDone(`The certificate of ${identity.name} is revoked.`);
  };
  return (
    <FormDialog
      title={`Revoke the certificate of ${identity.name}`}
      statement={`Signatures from before that day stay and say so; later ones count no more. ${identity.isSelfSigned ? 'A controller states it.' : 'The authority signs a list of it.'} It is never taken back.`}
      action="Revoke the certificate"
      ready={!Number.isNaN(fromInstant) && (identity.isSelfSigned || authorityPassPhrase !== '')}
      running={revoke.running}
      refusal={revoke.refusal?.message ?? ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField<RevocationReason> label="Reason" value={reason} onValue={setReason} choices={REASONS} />
      <DayField label="From the beginning of (UTC)" value={day} onValue={setDay} />
      {identity.isSelfSigned ? null : (
        <TextField label={`Pass phrase of ${identity.issuer}`} type="password" value={authorityPassPhrase} onValue={setAuthorityPassPhrase} />
      )}
    </FormDialog>
  );
}

/** Trusts a root no more. */
export function WithdrawDialog({ root, onDone, onClose }: Closing & { readonly root: TrustedRoot }) {
  const withdraw = useCall('identities:withdrawRoot');
  const first = useRef<HTMLInputElement>(null);
  const [why, setWhy] = useState('');
  const submit = async () => {
    const outcome = await withdraw.run({ trustedRootId: root.trustedRootId, why: why.trim() });
    if (outcome.ok) onDone(`${root.name} is trusted no more.`);
  };
  return (
    <FormDialog
      title={`Withdraw the root ${root.name}`}
      statement="Certificates that it issued are no longer vouched for. The root stays on record with the reason."
      action="Withdraw the root"
      ready={why.trim() !== ''}
      running={withdraw.running}
      refusal={withdraw.refusal?.message ?? ''}
      first={first}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField ref={first} label="Why" value={why} onValue={setWhy} maxLength={1000} />
    </FormDialog>
  );
}
