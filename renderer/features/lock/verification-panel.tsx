/**
 * Verification: of this workbook, of the pack it came out of, or of an exported journal or another pack. Each check holds or names what differs.
 */
import { useEffect, useRef, useState } from 'react';
import type { Verification } from '@shared/contract/sign-off';
import { shellCall, useCall } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { useAnnounce, useScreenFocus, useWorkspace } from '../../app/workspace';
import {
  Button,
  FileIcon,
  Notice,
  ProgressBar,
  SealIcon,
  TextField,
} from '../../ui';
import { type Report, VerificationReport } from './verification-report';
import { fileNameOf } from './verification-text';
import styles from './lock.module.css';

export interface VerificationPanelProps {
  /** A pack that was just made and is to be verified: a new object with each request. */
  readonly packToVerify: { readonly path: string } | undefined;
}

export function VerificationPanel({ packToVerify }: VerificationPanelProps) {
  const { workbook: shown } = useWorkspace();
  const announce = useAnnounce();
  const workbook = useCall('signOff:verifyWorkbook');
  const file = useCall('signOff:verifyFile');
  const pack = useCall('auditPack:verify');
  const [lodgedCode, setLodgedCode] = useState('');
  const [rootPaths, setRootPaths] = useState<readonly string[]>([]);
  const [report, setReport] = useState<Report | undefined>(undefined);
  const calls = [workbook, file, pack];
  const running = calls.find((call) => call.running);
  const refusal = calls.find((call) => call.refusal)?.refusal;

  const show = (verification: Verification) => {
    setReport({ verification, atInstant: Date.now() });
    announce(`${fileNameOf(verification.subject)} ${verification.holds ? 'holds' : 'differs'}.`);
  };
  /** @param path null: the pack that is open */
  const verifyPack = async (path: string | null) => {
    for (const call of calls) call.reset();
    const outcome = await pack.run({ path });
    if (outcome.ok) show(outcome.value);
  };
  const latestVerifyPack = useRef(verifyPack);
  latestVerifyPack.current = verifyPack;
  const verifyWorkbook = async () => {
    for (const call of calls) call.reset();
    const outcome = await workbook.run({ lodgedCode });
    if (outcome.ok) show(outcome.value);
  };
  const chooseRoot = async () => {
    const chosen = await shellCall('shell:chooseIdentityFile', { kind: 'certificate' });
    if (chosen.ok) setRootPaths((before) => [...new Set([...before, chosen.value.path])]);
  };
  const verifyFile = async (): Promise<void> => {
    const chosen = await shellCall('shell:chooseVerifyFile', {});
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    if (/\.zip$/i.test(chosen.value.path)) return verifyPack(chosen.value.path);
    for (const call of calls) call.reset();
    const outcome = await file.run({ path: chosen.value.path, rootPaths: [...rootPaths] });
    if (outcome.ok) show(outcome.value);
  };
  /** The pack as a whole, where the workbook came out of one: what is in it, and the workbook with it. */
  const verifyOpen = () => void (shown.pack ? verifyPack(null) : verifyWorkbook());
  useEffect(() => {
    if (packToVerify) void latestVerifyPack.current(packToVerify.path);
  }, [packToVerify]);
  useCommands({
    'verify.workbook': { run: verifyOpen, enabled: !running },
    'verify.file': { run: () => void verifyFile(), enabled: !running },
  });
  useScreenFocus(({ view }) => {
    if (view === 'verifyWorkbook') verifyOpen();
    if (view === 'verifyFile') void verifyFile();
  });
  return (
    <section aria-label="Verification" className={styles['verification']}>
      <div className={styles['verifyHead']}>
        <h2>Verification</h2>
        <Button icon={FileIcon} disabled={running !== undefined} onClick={() => void verifyFile()}>
          Verify a journal or a pack
        </Button>
        {shown.pack ? (
          <Button icon={SealIcon} disabled={running !== undefined} onClick={() => void verifyPack(null)}>
            Verify this pack
          </Button>
        ) : null}
        <Button icon={SealIcon} disabled={running !== undefined} onClick={() => void verifyWorkbook()}>
          {shown.pack ? 'Verify the workbook in it' : 'Verify this workbook'}
        </Button>
      </div>
      <TextField
        label="Lodged code, where there is one"
        hint="As it was lodged outside when the period was locked. The workbook must hold its seal."
        value={lodgedCode}
        onValue={setLodgedCode}
        disabled={running !== undefined}
      />
      <div className={styles['roots']}>
        <Button icon={FileIcon} disabled={running !== undefined} onClick={() => void chooseRoot()}>
          Trust a root for journal files
        </Button>
        {rootPaths.length > 0 ? (
          <Button kind="quiet" disabled={running !== undefined} onClick={() => setRootPaths([])}>
            Trust those of the workbook alone
          </Button>
        ) : null}
        <span>{rootPaths.length > 0 ? `Each signer must be one of the workbook’s people, or lead to ${rootPaths.map(fileNameOf).join(', ')} or to a root of the workbook.` : 'For this verification only: a .pem file of whoever vouches for the signers.'}</span>
      </div>
      {running ? (
        <ProgressBar
          title="Verifying"
          stage={running.progress?.stage ?? ''}
          done={running.progress?.done ?? 0}
          total={running.progress?.total ?? null}
          startedInstant={running.startedInstant}
          onCancel={running.cancel}
        />
      ) : null}
      {refusal && refusal.failure !== 'cancelled' ? (
        <Notice tone="error" title="Nothing was verified" copyText={refusal.message}>
          {refusal.message}
        </Notice>
      ) : null}
      {report ? (
        <VerificationReport {...report} />
      ) : running ? null : (
        <p className={styles['quiet']}>
          Checks the chain of audit events, the schema, every seal and every kept source file; an exported journal with
          both its signatures; or an audit pack, file by file. What was changed behind the application is named.
        </p>
      )}
    </section>
  );
}
