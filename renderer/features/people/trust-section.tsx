/** Certificates of people with their standing, the authorities of this machine, the roots that the workbook trusts. */
import { useState } from 'react';
import type { Authority, Identity, TrustedRoot } from '@shared/contract/identities';
import { REVOCATION_REASON_WORDS } from '@shared/domain/revocation';
import { shellCall, useCall, useConnection, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Badge, Button, FileIcon, ImportIcon, instantText, KeyIcon, Section, Table } from '../../ui';
import { AcceptDialog, IssueForDialog, RequestDialog, RevocationsDialog } from './certificate-dialogs';
import { ImportDialog } from './import-dialog';
import { shortFingerprint } from './pass-phrase';
import { AuthorityDialog, IssueDialog, RevokeDialog, WithdrawDialog } from './trust-dialogs';
import styles from './people.module.css';

type Open =
  | { readonly kind: 'import' | 'authority' | 'accept' | 'issueFor' | 'revocations' }
  | { readonly kind: 'issue' | 'request' | 'revoke'; readonly identity: Identity }
  | { readonly kind: 'withdraw'; readonly root: TrustedRoot };

/** As the field writes them: RSA-3072, P-256. */
const algorithmName = (algorithm: string): string => algorithm.replace(/^rsa-/, 'RSA-').replace(/^ecdsa-p/, 'P-');
const ORIGIN_WORDS: Readonly<Record<Identity['origin'], string>> = { '': 'elsewhere', made: 'made here', imported: 'imported', issued: 'issued' };

function standingOf(identity: Identity, day: (instant: number) => string): { readonly text: string; readonly tone: 'cleared' | 'unexplained' | 'quiet' } {
  if (identity.revoked) return { text: `revoked from ${day(identity.revoked.fromInstant)}: ${REVOCATION_REASON_WORDS[identity.revoked.reason]}`, tone: 'unexplained' };
  if (identity.isExpired) return { text: 'expired', tone: 'unexplained' };
  if (identity.trustedBy !== '') return { text: `trusted by ${identity.trustedBy}`, tone: 'cleared' };
  return { text: identity.isSelfSigned ? 'signed by itself: compare the fingerprint' : `issued by ${identity.issuer}, not trusted here`, tone: 'quiet' };
}

export function TrustSection() {
  const { info, workbook, timeZone } = useWorkspace();
  const connection = useConnection();
  const announce = useAnnounce();
  const query = useQuery('identities:list', {}, { areas: ['identities', 'people', 'journals', 'signOff'], keepsPrevious: true });
  const trust = useCall('identities:trustRoot');
  const takeIn = useCall('identities:importRevocations');
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const { identities, authorities, roots } = query.value ?? { identities: [], authorities: [], roots: [] };
  const day = (instant: number) => instantText(instant, timeZone);
  const close = () => setOpen(undefined);
  const said = (text: string) => {
    close();
    connection.announceChange(['people', 'identities']);
    announce(text);
  };
  const fromFile = async (kind: 'certificate' | 'revocations') => {
    const chosen = await shellCall('shell:chooseIdentityFile', { kind });
    if (!chosen.ok) return;
    const { path } = chosen.value;
    const outcome = kind === 'certificate' ? await trust.run({ path }) : await takeIn.run({ path });
    if (!outcome.ok) notify({ tone: 'error', title: outcome.message });
    else said('name' in outcome.value ? `This workbook trusts ${outcome.value.name}.` : `${outcome.value.added} revoked certificates taken in.`);
  };
  return (
    <>
      <div className={styles['buttons']}>
        <Button icon={ImportIcon} disabled={workbook.readOnly} onClick={() => setOpen({ kind: 'import' })}>
          Import an identity
        </Button>
        <Button icon={KeyIcon} disabled={workbook.readOnly} onClick={() => setOpen({ kind: 'authority' })}>
          New authority
        </Button>
        <Button icon={FileIcon} disabled={workbook.readOnly} onClick={() => void fromFile('certificate')}>
          Trust a root
        </Button>
        <Button icon={FileIcon} disabled={workbook.readOnly} onClick={() => void fromFile('revocations')}>
          Take in revoked certificates
        </Button>
        <Button icon={FileIcon} disabled={workbook.readOnly || !identities.some(({ canSignHere }) => canSignHere)} onClick={() => setOpen({ kind: 'accept' })}>
          Accept a certificate
        </Button>
        {authorities.length > 0 ? (
          <>
            <Button icon={FileIcon} onClick={() => setOpen({ kind: 'issueFor' })}>
              Issue for a request
            </Button>
            <Button icon={FileIcon} onClick={() => setOpen({ kind: 'revocations' })}>
              Export revoked certificates
            </Button>
          </>
        ) : null}
      </div>
      {identities.length > 0 ? (
        <Section title="Certificates">
          <Table<Identity>
            caption="Certificates"
            rows={identities}
            rowKey={(identity) => identity.fingerprint}
            testId="certificates-table"
            columns={[
              { id: 'name', title: 'Name', cell: (identity) => identity.name },
              { id: 'key', title: 'Key', cell: (identity) => `${algorithmName(identity.algorithm)}, ${ORIGIN_WORDS[identity.origin]}` },
              { id: 'until', title: 'Valid until', cell: (identity) => day(identity.validUntilInstant) },
              {
                id: 'standing', title: 'Standing',
                cell: (identity) => {
                  const { text, tone } = standingOf(identity, day);
                  return tone === 'quiet' ? <span className={styles['quiet']}>{text}</span> : <Badge plain tone={tone}>{text}</Badge>;
                },
              },
              { id: 'fingerprint', title: 'Fingerprint', cell: (identity) => <span title={identity.fingerprint}>{shortFingerprint(identity.fingerprint)}</span> },
              {
                id: 'acts', title: '', align: 'end',
                cell: (identity) =>
                  workbook.readOnly ? null : (
                    <span className={styles['acts']}>
                      {identity.canSignHere && authorities.length > 0 ? (
                        <button type="button" className={styles['link']} aria-label={`Issue a certificate to ${identity.name}`} onClick={() => setOpen({ kind: 'issue', identity })}>Issue</button>
                      ) : null}
                      {identity.canSignHere ? (
                        <button type="button" className={styles['link']} aria-label={`Request a certificate for ${identity.name}, ${shortFingerprint(identity.fingerprint)}`} onClick={() => setOpen({ kind: 'request', identity })}>Request</button>
                      ) : null}
                      {identity.revoked ? null : (
                        <button type="button" className={styles['link']} aria-label={`Revoke the certificate of ${identity.name}, ${shortFingerprint(identity.fingerprint)}`} onClick={() => setOpen({ kind: 'revoke', identity })}>Revoke</button>
                      )}
                    </span>
                  ),
              },
            ]}
          />
        </Section>
      ) : null}
      <AuthoritiesAndRoots authorities={authorities} roots={roots} day={day} onWithdraw={workbook.readOnly ? undefined : (root) => setOpen({ kind: 'withdraw', root })} />
      {open?.kind === 'import' ? <ImportDialog onDone={(identity) => said(`The identity of ${identity.name} is imported.`)} onClose={close} /> : null}
      {open?.kind === 'authority' ? <AuthorityDialog company={info.company} onDone={said} onClose={close} /> : null}
      {open?.kind === 'issue' ? <IssueDialog identity={open.identity} authorities={authorities} onDone={said} onClose={close} /> : null}
      {open?.kind === 'request' ? <RequestDialog identity={open.identity} onDone={said} onClose={close} /> : null}
      {open?.kind === 'accept' ? <AcceptDialog onDone={said} onClose={close} /> : null}
      {open?.kind === 'issueFor' ? <IssueForDialog authorities={authorities} onDone={said} onClose={close} /> : null}
      {open?.kind === 'revocations' ? <RevocationsDialog authorities={authorities} onDone={said} onClose={close} /> : null}
      {open?.kind === 'revoke' ? <RevokeDialog identity={open.identity} today={new Date().toISOString().slice(0, 10)} onDone={said} onClose={close} /> : null}
      {open?.kind === 'withdraw' ? <WithdrawDialog root={open.root} onDone={said} onClose={close} /> : null}
    </>
  );
}

interface RootsProps {
  readonly authorities: readonly Authority[];
  readonly roots: readonly TrustedRoot[];
  readonly day: (instant: number) => string;
  readonly onWithdraw: ((root: TrustedRoot) => void) | undefined;
}

function AuthoritiesAndRoots({ authorities, roots, day, onWithdraw }: RootsProps) {
  const here = new Set(authorities.map((authority) => authority.fingerprint));
  if (roots.length === 0) return null;
  return (
    <Section title="Trusted roots">
      <Table<TrustedRoot>
        caption="Trusted roots"
        rows={roots}
        rowKey={(root) => String(root.trustedRootId)}
        testId="roots-table"
        columns={[
          { id: 'name', title: 'Name', cell: (root) => root.name },
          { id: 'key', title: 'Its key', cell: (root) => (here.has(root.fingerprint) ? 'on this machine' : 'elsewhere') },
          { id: 'trusted', title: 'Trusted', cell: (root) => `${day(root.trustedInstant)} by ${root.trustedBy}` },
          { id: 'until', title: 'Valid until', cell: (root) => day(root.validUntilInstant) },
          { id: 'fingerprint', title: 'Fingerprint', cell: (root) => <span title={root.fingerprint}>{shortFingerprint(root.fingerprint)}</span> },
          {
            id: 'withdrawn', title: '', align: 'end',
            cell: (root) =>
              root.withdrawnInstant !== null ? (
                <span className={styles['quiet']}>{`withdrawn ${day(root.withdrawnInstant)}: ${root.withdrawnWhy}`}</span>
              ) : onWithdraw ? (
                <button type="button" className={styles['link']} aria-label={`Withdraw the root ${root.name}`} onClick={() => onWithdraw(root)}>Withdraw</button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}
