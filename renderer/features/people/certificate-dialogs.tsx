/** Certificates that travel as files: a request out, a certificate in, one issued for another machine, the list of revoked ones out. */
import { useRef, useState } from 'react';
import type { Authority, Identity } from '@shared/contract/identities';
import { shellCall, useCall } from '../../api';
import { Button, countWords, FileIcon, SelectField, TextField } from '../../ui';
import { FormDialog } from './form-dialog';
import styles from './people.module.css';

interface Closing {
  /** What was done, as a sentence. */
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}

const fileName = (path: string) => path.split(/[\\/]/).at(-1)!;

/** @returns where to, undefined where the person thought better of it */
async function savePath(suggestedName: string): Promise<string | undefined> {
  const chosen = await shellCall('shell:chooseSavePath', { suggestedName, kind: 'any' });
  return chosen.ok ? chosen.value.path : undefined;
}

interface ChosenFileProps {
  readonly label: string;
  readonly kind: 'certificate' | 'request';
  readonly path: string;
  readonly onPath: (path: string) => void;
}

function ChosenFile({ label, kind, path, onPath }: ChosenFileProps) {
  const choose = async () => {
    const chosen = await shellCall('shell:chooseIdentityFile', { kind });
    if (chosen.ok) onPath(chosen.value.path);
  };
  return (
    <div className={styles['chosen']}>
      <Button icon={FileIcon} onClick={() => void choose()}>
        {label}
      </Button>
      <span className={styles['quiet']}>{path === '' ? 'none chosen yet' : fileName(path)}</span>
    </div>
  );
}

/** Writes a request for a certificate, for an authority on another machine. */
export function RequestDialog({ identity, onDone, onClose }: Closing & { readonly identity: Identity }) {
  const request = useCall('identities:request');
  const first = useRef<HTMLInputElement>(null);
  const [passPhrase, setPassPhrase] = useState('');
  const submit = async () => {
    const path = await savePath(`${identity.name}.csr`);
    if (path === undefined) return;
    const outcome = await request.run({ fingerprint: identity.fingerprint, passPhrase, path });
    if (outcome.ok) onDone(`The request of ${identity.name} is in ${fileName(outcome.value.path)}.`);
  };
  return (
    <FormDialog
      title={`Request a certificate for ${identity.name}`}
      statement="Writes a .csr file with the name, the address and the public key. The authority issues a certificate for it, which is then accepted here; the key stays on this machine."
      action="Write the request"
      ready={passPhrase !== ''}
      running={request.running}
      refusal={request.refusal?.message ?? ''}
      first={first}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField ref={first} label={`Pass phrase of ${identity.name}`} type="password" value={passPhrase} onValue={setPassPhrase} />
    </FormDialog>
  );
}

/** Takes on a certificate that was issued for a request of this machine. */
export function AcceptDialog({ onDone, onClose }: Closing) {
  const accept = useCall('identities:accept');
  const [path, setPath] = useState('');
  const [passPhrase, setPassPhrase] = useState('');
  const submit = async () => {
    const outcome = await accept.run({ path, passPhrase });
    if (outcome.ok) onDone(`${outcome.value.name} has a certificate of ${outcome.value.issuer}.`);
  };
  return (
    <FormDialog
      title="Accept a certificate"
      statement="Takes on the certificate that an authority issued for a request of this machine, with its issuers. It takes the place of the one that is there; the key stays the same."
      action="Accept the certificate"
      ready={path !== '' && passPhrase !== ''}
      running={accept.running}
      refusal={accept.refusal?.message ?? ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChosenFile label="Choose the certificate" kind="certificate" path={path} onPath={setPath} />
      <TextField label="Pass phrase of the identity" type="password" value={passPhrase} onValue={setPassPhrase} />
    </FormDialog>
  );
}

const authorityChoices = (authorities: readonly Authority[]) => authorities.map((each) => ({ value: each.fingerprint, label: each.name }));

/** Issues a certificate for a request that came as a file. */
export function IssueForDialog({ authorities, onDone, onClose }: Closing & { readonly authorities: readonly Authority[] }) {
  const issue = useCall('identities:issueFor');
  const [authority, setAuthority] = useState(authorities[0]?.fingerprint ?? '');
  const [authorityPassPhrase, setAuthorityPassPhrase] = useState('');
  const [requestPath, setRequestPath] = useState('');
  const submit = async () => {
    const path = await savePath(`${fileName(requestPath).replace(/\.[^.]*$/, '')} certificate.pem`);
    if (path === undefined) return;
    const outcome = await issue.run({ authority, authorityPassPhrase, requestPath, path });
    if (outcome.ok) onDone(`The certificate of ${outcome.value.name} (${outcome.value.email}) is in ${fileName(outcome.value.path)}.`);
  };
  return (
    <FormDialog
      title="Issue for a request"
      statement="Reads the .csr file of somebody on another machine and writes their certificate with its issuer, for two years. Ask them, not by the way the file came, whether it is theirs."
      action="Issue the certificate"
      ready={authority !== '' && authorityPassPhrase !== '' && requestPath !== ''}
      running={issue.running}
      refusal={issue.refusal?.message ?? ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChosenFile label="Choose the request" kind="request" path={requestPath} onPath={setRequestPath} />
      <SelectField label="Authority" value={authority} onValue={setAuthority} choices={authorityChoices(authorities)} />
      <TextField label="Pass phrase of the authority" type="password" value={authorityPassPhrase} onValue={setAuthorityPassPhrase} />
    </FormDialog>
  );
}

/** Writes the list of what an authority revoked. */
export function RevocationsDialog({ authorities, onDone, onClose }: Closing & { readonly authorities: readonly Authority[] }) {
  const write = useCall('identities:exportRevocations');
  const [authority, setAuthority] = useState(authorities[0]?.fingerprint ?? '');
  const [passPhrase, setPassPhrase] = useState('');
  const submit = async () => {
    const name = authorities.find(({ fingerprint }) => fingerprint === authority)!.name;
    const path = await savePath(`${name} revoked.crl`);
    if (path === undefined) return;
    const outcome = await write.run({ authority, passPhrase, path });
    if (outcome.ok) onDone(`${fileName(outcome.value.path)} names ${countWords(outcome.value.revoked, 'revoked certificate')}.`);
  };
  return (
    <FormDialog
      title="Export revoked certificates"
      statement="Writes the list that the authority signed (a CRL, as PEM), for other workbooks and for openssl."
      action="Write the list"
      ready={authority !== ''}
      running={write.running}
      refusal={write.refusal?.message ?? ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField label="Authority" value={authority} onValue={setAuthority} choices={authorityChoices(authorities)} />
      <TextField label="Pass phrase of the authority" type="password" value={passPhrase} onValue={setPassPhrase} hint="Needed where it has revoked nothing yet: an empty list is signed now" />
    </FormDialog>
  );
}
