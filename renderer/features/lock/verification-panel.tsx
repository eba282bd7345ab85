/**
 * Verification: of this workbook, or of an exported journal. Each check holds or names what differs.
 */
import { useState } from 'react';
import type { Verification } from '@shared/contract/sign-off';
import { shellCall, useCall } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { useAnnounce, useScreenFocus, useWorkspace } from '../../app/workspace';
import {
  Button,
  CheckList,
  CopyButton,
  countWords,
  FileIcon,
  instantText,
  Notice,
  ProgressBar,
  SealIcon,
  TextField,
  withLocalInstants,
} from '../../ui';
import { verificationText } from './verification-text';
import styles from './lock.module.css';

interface Report {
  readonly verification: Verification;
  readonly atInstant: number;
}

export function VerificationPanel() {
  const { timeZone } = useWorkspace();
  const announce = useAnnounce();
  const workbook = useCall('signOff:verifyWorkbook');
  const file = useCall('signOff:verifyFile');
  const [lodgedCode, setLodgedCode] = useState('');
  const [rootPaths, setRootPaths] = useState<readonly string[]>([]);
  const [report, setReport] = useState<Report | undefined>(undefined);
  const running = workbook.running ? workbook : file.running ? file : undefined;
  const refusal = workbook.refusal ?? file.refusal;

  const show = (verification: Verification) => {
    setReport({ verification, atInstant: Date.now() });
    announce(`${verification.subject} ${verification.holds ? 'holds' : 'differs'}.`);
  };
  const verifyWorkbook = async () => {
    file.reset();
    const outcome = await workbook.run({ lodgedCode });
    if (outcome.ok) show(outcome.value);
  };
  const chooseRoot = async () => {
    const chosen = await shellCall('shell:chooseIdentityFile', { kind: 'certificate' });
    if (chosen.ok) setRootPaths((before) => [...new Set([...before, chosen.value.path])]);
  };
  const verifyFile = async () => {
    const chosen = await shellCall('shell:chooseVerifyFile', {});
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    workbook.reset();
    const outcome = await file.run({ path: chosen.value.path, rootPaths: [...rootPaths] });
    if (outcome.ok) show(outcome.value);
  };
  useCommands({
    'verify.workbook': { run: () => void verifyWorkbook(), enabled: !running },
    'verify.file': { run: () => void verifyFile(), enabled: !running },
  });
  useScreenFocus(({ view }) => {
    if (view === 'verifyWorkbook') void verifyWorkbook();
    if (view === 'verifyFile') void verifyFile();
  });
  const at = report ? instantText(report.atInstant, timeZone) : '';
  return (
    <section aria-label="Verification" className={styles['verification']}>
      <div className={styles['verifyHead']}>
        <h2>Verification</h2>
        <Button icon={FileIcon} disabled={running !== undefined} onClick={() => void verifyFile()}>
          Verify a journal file
        </Button>
        <Button icon={SealIcon} disabled={running !== undefined} onClick={() => void verifyWorkbook()}>
          Verify this workbook
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
        <span>{rootPaths.length > 0 ? `Each signer must be one of the workbook’s people, or lead to ${rootPaths.map((each) => each.split(/[\\/]/).at(-1)).join(', ')} or to a root of the workbook.` : 'For this verification only: a .pem file of whoever vouches for the signers.'}</span>
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
        <div data-testid="verification" data-holds={report.verification.holds}>
          <Notice
            tone={report.verification.holds ? 'done' : 'error'}
            title={
              report.verification.holds
                ? `Holds: ${countWords(report.verification.checks.length, 'check')}`
                : `Differs: ${countWords(report.verification.checks.filter((check) => !check.holds).length, 'check')} of ${report.verification.checks.length}`
            }
            actions={<CopyButton text={verificationText(report.verification, at)} label="Copy as text" />}
          >
            {`${report.verification.subject}, verified ${at}`}
          </Notice>
          <CheckList
            label="Checks"
            checks={report.verification.checks.map((check, index) => ({
              key: index,
              title: check.name,
              holds: check.holds,
              figure: withLocalInstants(check.message, timeZone),
              findings: check.findings,
              howToCheck: check.howToCheck,
            }))}
          />
        </div>
      ) : running ? null : (
        <p className={styles['quiet']}>
          Checks the chain of audit events, the schema, every seal and every kept source file, or an exported journal
          with both its signatures. What was changed behind the application is named.
        </p>
      )}
    </section>
  );
}
