/**
 * One journal: where it stands, its lines, and the next step: approve, export, or take it back while nobody approved.
 */
import { type FormEvent, useState } from 'react';
import type { Journal } from '@shared/contract/journals';
import { shellCall, useCall } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import {
  Button,
  ExportIcon,
  Facts,
  FolderIcon,
  instantText,
  LedgerTable,
  moneyText,
  Notice,
  Pane,
  ProgressBar,
  Section,
  TextField,
} from '../../ui';
import { JournalState } from './journal-state';
import { PostingSection } from './posting-section';
import styles from './journal.module.css';

export interface JournalPaneProps {
  readonly journal: Journal;
  /** Before the file is written: exporting changes the journal's state and must not take it from sight. */
  readonly onExported: () => void;
  readonly onDiscarded: (sentence: string) => void;
}

export function JournalPane({ journal, onExported, onDiscarded }: JournalPaneProps) {
  const { currency, timeZone, openScreen, canEdit, workbook } = useWorkspace();
  const { exported, refusal, save, running } = useExport(journal, onExported);
  const when = (instant: number | null) => (instant === null ? 'not yet' : instantText(instant, timeZone));
  const canExport = journal.state !== 'prepared' && !workbook.readOnly;
  useCommands({ 'journal.export': { run: () => void save(), enabled: canExport && running === undefined } });
  return (
    <Pane
      title={journal.number}
      aside={<JournalState state={journal.state} isWithdrawn={journal.withdrawnInstant !== null} />}
      testId="journal-pane"
      footer={
        journal.state === 'prepared' ? (
          <>
            <span className={styles['footText']}>Both signatures are needed before it can be exported.</span>
            <Button kind="primary" onClick={() => openScreen('approve')}>
              Go to Approve
            </Button>
          </>
        ) : (
          <>
            <span className={styles['footText']}>
              {moneyText(journal.debitTotalMinor, currency)} {currency}, signed by {journal.preparer} and{' '}
              {journal.namedApprover}
            </span>
            <Button
              kind={journal.state === 'approved' ? 'primary' : 'plain'}
              icon={ExportIcon}
              shortcut="CmdOrCtrl+E"
              disabled={!canExport || running !== undefined}
              onClick={() => void save()}
            >
              {journal.state === 'approved' ? 'Export the signed Excel file' : 'Export again'}
            </Button>
          </>
        )
      }
    >
      {running !== undefined ? (
        <ProgressBar title="Writing the signed file" stage="" done={0} total={null} startedInstant={running} />
      ) : null}
      {refusal ? (
        <div className={styles['note']}>
          <Notice tone="error" title="The journal was not exported" copyText={refusal}>
            {refusal}
          </Notice>
        </div>
      ) : null}
      {exported ? (
        <div className={styles['note']} data-testid="exported">
          <Notice
            tone="done"
            title={`Exported to ${exported.path}`}
            copyText={`${exported.path}\nSHA-256 ${exported.sha256}`}
            actions={
              <Button icon={FolderIcon} onClick={() => void showInFolder(exported.path)}>
                Show in folder
              </Button>
            }
          >
            SHA-256 {exported.sha256}
          </Notice>
        </div>
      ) : null}
      {journal.withdrawnWhy === null ? null : (
        <div className={styles['note']} data-testid="withdrawn">
          <Notice tone="warning" title={`Withdrawn from ${journal.namedApprover}: its lines changed`} copyText={journal.withdrawnWhy}>
            {`${journal.withdrawnWhy}. Discard it and prepare it again.`}
          </Notice>
        </div>
      )}
      <div className={styles['facts']}>
        <Facts
          facts={[
            { name: 'Prepared', value: `${journal.preparer}, ${when(journal.preparedInstant)}` },
            {
              name: 'Approver',
              value: `${journal.namedApprover}${journal.approvedInstant === null ? ', named' : `, ${when(journal.approvedInstant)}`}`,
            },
            ...(journal.approvalComment ? [{ name: 'Comment', value: journal.approvalComment }] : []),
          ]}
        />
        <Facts
          facts={[
            { name: 'Exported', value: when(journal.exportedInstant) },
            { name: 'Content hash', value: <span title={journal.contentHash}>{journal.contentHash.slice(0, 16)}…</span> },
          ]}
        />
      </div>
      <Section title="Lines">
        <LedgerTable
          caption={`Lines of ${journal.number}`}
          currency={currency}
          lines={journal.lines}
          debitTotalMinor={journal.debitTotalMinor}
          creditTotalMinor={journal.creditTotalMinor}
          testId="journal-lines"
        />
      </Section>
      {canExport ? <PostingSection journal={journal} onExported={onExported} /> : null}
      {journal.state === 'prepared' && canEdit ? <DiscardForm journal={journal} onDiscarded={onDiscarded} /> : null}
    </Pane>
  );
}

async function showInFolder(path: string): Promise<void> {
  const outcome = await shellCall('shell:showInFolder', { path });
  if (!outcome.ok) notify({ tone: 'error', title: outcome.message });
}

interface Exported {
  readonly path: string;
  readonly sha256: string;
}

/** Asks where to, then writes the signed file there. `running` is when it began, undefined while nothing is written. */
function useExport(journal: Journal, onExported: () => void) {
  const { info } = useWorkspace();
  const announce = useAnnounce();
  const call = useCall('journals:export');
  const [exported, setExported] = useState<Exported | undefined>(undefined);
  const save = async () => {
    const chosen = await shellCall('shell:chooseSavePath', {
      suggestedName: `${info.company} ${journal.number}.xlsx`,
      kind: 'xlsx',
    });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    onExported();
    const outcome = await call.run({ journalId: journal.journalId, path: chosen.value.path });
    if (!outcome.ok) return;
    setExported(outcome.value);
    announce(`${journal.number} is exported to ${outcome.value.path}.`);
  };
  return { exported, refusal: call.refusal?.message, save, running: call.running ? call.startedInstant : undefined };
}

/** Takes back a journal that nobody approved, with a reason. */
function DiscardForm({ journal, onDiscarded }: Pick<JournalPaneProps, 'journal' | 'onDiscarded'>) {
  const [why, setWhy] = useState('');
  const discard = useCall('journals:discard');
  const ready = why.trim() !== '' && !discard.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await discard.run({ journalId: journal.journalId, why: why.trim() });
    if (outcome.ok) onDiscarded(`${journal.number} is discarded. Its lines are in the draft again.`);
  };
  return (
    <Section title="Take it back">
      <form
        aria-label={`Discard ${journal.number}`}
        className={styles['discard']}
        onSubmit={(event) => void submit(event)}
      >
        <TextField label="Why the journal is discarded" value={why} onValue={setWhy} disabled={discard.running} />
        <div className={styles['button']}>
          <Button type="submit" disabled={!ready}>
            Discard {journal.number}
          </Button>
        </div>
      </form>
      {discard.refusal ? (
        <Notice tone="error" title="The journal stays" copyText={discard.refusal.message}>
          {discard.refusal.message}
        </Notice>
      ) : null}
    </Section>
  );
}
