/**
 * The audit pack of a locked period: who signs it, where it goes, how far it is; and what to tell the auditor of it.
 */
import { useState } from 'react';
import type { AuditPack } from '@shared/contract/audit-pack';
import type { Person } from '@shared/contract/people';
import { bytesWords } from '@shared/domain/byte-size';
import { shellCall, useCall, useKeyStore } from '../../api';
import { notify } from '../../app/notifications';
import { shellAction } from '../../app/shell-commands';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, CopyButton, countText, countWords, Dialog, Facts, FolderIcon, Notice, periodName, ProgressBar, SealIcon, SignForm, type SignedWith, signerChoices } from '../../ui';
import { fileNameOf } from './verification-text';
import styles from './lock.module.css';

export interface PackDialogProps {
  readonly people: readonly Person[];
  /** Shows the verification of the pack at this path. */
  readonly onVerify: (path: string) => void;
  readonly onClose: () => void;
}

export function PackDialog({ people, onVerify, onClose }: PackDialogProps) {
  const { period, info } = useWorkspace();
  const announce = useAnnounce();
  const keyStore = useKeyStore();
  const make = useCall('auditPack:make');
  const [pack, setPack] = useState<AuditPack | undefined>(undefined);
  const able = people.filter(({ canSignHere, role }) => canSignHere && role !== 'auditor');
  const [signer, setSigner] = useState((able.find(({ email }) => email === info.actor.email) ?? able[0])?.fingerprint ?? '');
  const month = periodName(period.code);
  const title = `Audit pack of ${month}`;

  const sign = async ({ signer: fingerprint, passPhrase }: { readonly signer: string; readonly passPhrase: SignedWith }) => {
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${info.company} ${period.code} audit pack.zip`, kind: 'zip' });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await make.run({ periodId: period.periodId, fingerprint, passPhrase, path: chosen.value.path });
    if (!outcome.ok) return;
    setPack(outcome.value);
    announce(`The audit pack of ${month} is made: ${countWords(outcome.value.files, 'file')}, in ${fileNameOf(outcome.value.path)}.`);
  };
  const refusal = make.refusal && make.refusal.failure !== 'wrong_pass_phrase' && make.refusal.failure !== 'cancelled' ? make.refusal : undefined;
  return (
    <Dialog title={title} onClose={onClose} testId="pack">
      <div className={styles['pack']}>
        {refusal ? (
          <Notice tone="error" title="The pack was not made" copyText={refusal.message}>
            {refusal.message}
          </Notice>
        ) : null}
        {pack ? (
          <PackMade pack={pack} onVerify={onVerify} onClose={onClose} />
        ) : (
          <>
            {make.running ? (
              <ProgressBar
                title="Making the audit pack"
                stage={make.progress?.stage ?? ''}
                done={make.progress?.done ?? 0}
                total={make.progress?.total ?? null}
                startedInstant={make.startedInstant}
                onCancel={make.cancel}
              />
            ) : null}
            <SignForm
              keyStore={keyStore}
              label={title}
              statement={`One zip file with a copy of the workbook, the signed journals, the source files, the seal, the trail, and a guide how to check each without Tieout. Whoever makes it signs it; the workbook stays as it is.`}
              signerLabel="Signed by"
              signers={signerChoices(people)}
              signer={signer}
              onSigner={setSigner}
              signerProblem={able.length === 0 ? 'Nobody whose key is on this machine can sign. Make an identity under People.' : ''}
              action="Choose where to, and make it"
              running={make.running}
              passPhraseProblem={make.refusal?.failure === 'wrong_pass_phrase' ? make.refusal.message : undefined}
              onSign={sign}
              testId="pack-form"
            />
          </>
        )}
      </div>
    </Dialog>
  );
}

function PackMade({ pack, onVerify, onClose }: { readonly pack: AuditPack } & Pick<PackDialogProps, 'onVerify' | 'onClose'>) {
  const text = [
    `${fileNameOf(pack.path)}: audit pack of ${pack.periodCode}, ${pack.files} files, ${pack.bytes} bytes`,
    `Signed by ${pack.signer}`,
    `Certificate ${pack.fingerprint}`,
    `SHA-256 of MANIFEST.txt ${pack.manifestSha256}`,
  ].join('\n');
  return (
    <div className={styles['packMade']} data-testid="pack-made">
      <Notice tone="done" title={`The audit pack of ${periodName(pack.periodCode)} is made`}>
        Tell the auditor both fingerprints by another way than the pack goes: somebody else could make another pack, and sign it with a key of their own.
      </Notice>
      <Facts
        facts={[
          { name: 'File', value: fileNameOf(pack.path) },
          { name: 'Place', value: pack.path },
          { name: 'Size', value: `${bytesWords(pack.bytes)} (${countText(pack.bytes)} bytes), ${countWords(pack.files, 'file')}` },
          { name: 'Signed by', value: pack.signer },
          { name: 'Certificate, SHA-256', value: <code>{pack.fingerprint}</code> },
          { name: 'SHA-256 of the manifest', value: <code data-testid="manifest-hash">{pack.manifestSha256}</code> },
        ]}
      />
      <div className={styles['buttons']}>
        <Button
          kind="primary"
          icon={SealIcon}
          onClick={() => {
            onClose();
            onVerify(pack.path);
          }}
        >
          Verify it
        </Button>
        <Button icon={FolderIcon} onClick={() => void shellAction('shell:showInFolder', { path: pack.path })}>
          Show in folder
        </Button>
        <CopyButton text={text} label="Copy what to tell the auditor" />
      </div>
    </div>
  );
}
