/**
 * One journal: where it stands, its lines with what is behind each, and the next step: approve, export, state as posted, take back to
 * draft or reverse.
 */
import { useState } from 'react';
import type { Journal } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';
import { costWords, NO_SECOND_PERSON, NO_SECOND_PERSON_TITLE } from '@shared/domain/journal-words';
import { ROUNDING_WORDS } from '@shared/domain/rule-words';
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
  countWords,
  roundingOfDebits,
  Section,
  Table,
} from '../../ui';
import { BehindLine } from './behind-line';
import { PostedForm, RedraftForm, ReverseForm } from './journal-forms';
import { JournalState, KIND_TITLES } from './journal-state';
import { PostingSection } from './posting-section';
import styles from './journal.module.css';

export interface JournalPaneProps {
  readonly journal: Journal;
  /** Before the file is written: exporting changes the journal's state and must not take it from sight. */
  readonly onExported: () => void;
  readonly people: readonly Person[];
  /** What became of it; the journal to show next where it is another. */
  readonly onDone: (sentence: string, journalId?: number) => void;
}

const isSigned = ({ state }: Journal): boolean => state !== 'draft' && state !== 'prepared';

export function JournalPane({ journal, onExported, people, onDone }: JournalPaneProps) {
  const { currency, timeZone, openScreen, canEdit, workbook } = useWorkspace();
  const { exported, refusal, save, running } = useExport(journal, onExported);
  const when = (instant: number | null) => (instant === null ? 'not yet' : instantText(instant, timeZone));
  const canExport = isSigned(journal) && !workbook.readOnly;
  const [behind, setBehind] = useState<number | undefined>(undefined);
  useCommands({ 'journal.export': { run: () => void save(), enabled: canExport && running === undefined } });
  return (
    <Pane
      title={`${KIND_TITLES[journal.kind]} ${journal.number}${journal.version > 1 ? `, version ${journal.version}` : ''}`}
      aside={<JournalState state={journal.state} isWithdrawn={journal.withdrawnInstant !== null} />}
      testId="journal-pane"
      footer={
        journal.state === 'draft' ? (
          <span className={styles['footText']}>Taken back to draft: it is prepared again from the draft, under its number.</span>
        ) : journal.state === 'prepared' ? (
          <>
            <span className={styles['footText']}>Both signatures are needed before it can be exported.</span>
            <Button kind="primary" onClick={() => openScreen('approve')}>
              Go to Approve
            </Button>
          </>
        ) : (
          <>
            <span className={styles['footText']}>
              {moneyText(journal.debitTotalMinor, currency)} {currency}, signed by {journal.preparer}{' '}
              {journal.noSecondPerson === null ? `and ${journal.namedApprover}` : `alone, ${NO_SECOND_PERSON}`}
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
          <Notice tone="warning" title={journal.approvedInstant === null ? `Withdrawn from ${journal.namedApprover}: its lines changed` : `The approval of ${journal.namedApprover} is withdrawn: its lines changed`} copyText={journal.withdrawnWhy}>
            {`${journal.withdrawnWhy}. Take it back to draft and prepare it again.`}
          </Notice>
        </div>
      )}
      <Marks journal={journal} onShow={(journalId) => onDone('', journalId)} />
      <div className={styles['facts']}>
        <Facts
          facts={[
            { name: 'Prepared', value: `${journal.preparer}, ${when(journal.preparedInstant)}` },
            {
              name: 'Approver',
              value: `${journal.namedApprover}${journal.approvedInstant === null ? ', named' : `, ${when(journal.approvedInstant)}`}`,
            },
            ...(journal.approvalComment ? [{ name: 'Comment', value: journal.approvalComment }] : []),
            { name: 'Unit costs', value: journal.costs.length === 0 ? 'none needed' : journal.costs.map(costWords).join('; ') },
          ]}
        />
        <Facts
          facts={[
            { name: 'Booked on', value: journal.bookingDay },
            { name: 'Exported', value: when(journal.exportedInstant) },
            ...(journal.posting ? [{ name: 'Posted', value: `${journal.posting.document}, ${journal.posting.day}, stated by ${journal.posting.statedBy}` }] : []),
            { name: 'Rounding', value: `each line once, ${ROUNDING_WORDS[journal.rounding]}; moved ${roundingOfDebits(journal.lines)}` },
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
          chosenLine={behind}
          onChooseLine={(line) => setBehind(line === behind ? undefined : line)}
        />
      </Section>
      {behind === undefined ? null : <BehindLine journal={journal} lineNumber={behind} />}
      <Versions journal={journal} />
      {journal.state === 'approved' || journal.state === 'exported' ? <PostingSection journal={journal} onExported={onExported} /> : null}
      <Forms journal={journal} people={people} onDone={onDone} canEdit={canEdit} />
    </Pane>
  );
}

/** What nobody may overlook: nobody else approved, lines that parted, what it reverses and what reverses it. */
function Marks({ journal, onShow }: { readonly journal: Journal; readonly onShow: (journalId: number) => void }) {
  const { period, selectPeriod, openScreen } = useWorkspace();
  const link = (other: NonNullable<Journal['reverses']>) => (
    <Button
      onClick={() => {
        if (other.periodId === period.periodId || journal.isAutomatic || other.isAutomatic) return onShow(other.journalId);
        selectPeriod(other.periodId);
        openScreen('journal', { view: `journal ${other.journalId}` });
      }}
    >{`Show ${other.number}`}</Button>
  );
  return (
    <>
      {journal.noSecondPerson === null ? null : (
        <div className={styles['note']} data-testid="no-second-person">
          <Notice tone="warning" title={NO_SECOND_PERSON_TITLE}>{journal.noSecondPerson}</Notice>
        </div>
      )}
      {journal.parted.length === 0 ? null : (
        <div className={styles['note']} data-testid="parted">
          <Notice tone="warning" title={`${countWords(journal.parted.length, 'line is', 'lines are')} not as they were signed`} copyText={journal.parted.join('\n')}>
            {`${journal.parted.slice(0, 8).join(', ')}${journal.parted.length > 8 ? ` and ${countWords(journal.parted.length - 8, 'more line')}` : ''}. Reverse this journal, then prepare another.`}
          </Notice>
        </div>
      )}
      {journal.reverses ? (
        <div className={styles['note']}>
          <Notice tone="info" title={`Reverses ${journal.reverses.number} of ${journal.reverses.periodCode}`} actions={link(journal.reverses)}>
            {journal.isAutomatic ? 'Made, approved and taken back with the accrual; booked on the first day of the next period.' : 'Every line the other way.'}
          </Notice>
        </div>
      ) : null}
      {journal.reversedBy ? (
        <div className={styles['note']}>
          <Notice tone="info" title={`Reversed by ${journal.reversedBy.number} on ${journal.reversedBy.bookingDay}`} actions={link(journal.reversedBy)}>
            {journal.reversedBy.isAutomatic ? 'The accrual and its reversal are signed together.' : 'Both are kept.'}
          </Notice>
        </div>
      ) : null}
    </>
  );
}

/** What the journal was before it went back to draft, each as it was signed. */
function Versions({ journal }: { readonly journal: Journal }) {
  const { timeZone } = useWorkspace();
  if (journal.versions.length === 0) return null;
  return (
    <Section title="Earlier versions" testId="journal-versions">
      <Table
        caption={`Earlier versions of ${journal.number}`}
        rows={journal.versions}
        rowKey={(version) => version.version}
        columns={[
          { id: 'version', title: '#', align: 'end', width: 36, cell: (version) => version.version },
          { id: 'signed', title: 'Signed', wraps: true, cell: (version) => `${version.preparer}, ${instantText(version.preparedInstant, timeZone)}${version.approver === null ? '' : `; ${version.approver}`}` },
          { id: 'ended', title: 'Taken back', wraps: true, cell: (version) => `${version.endedBy}, ${instantText(version.endedInstant, timeZone)}: ${version.why}` },
          { id: 'file', title: 'SHA-256', cell: (version) => <span title={version.fileSha256}>{version.fileSha256.slice(0, 12)}…</span> },
        ]}
      />
    </Section>
  );
}

/** What can be done with it now. */
function Forms({ journal, people, onDone, canEdit }: Pick<JournalPaneProps, 'journal' | 'people' | 'onDone'> & { readonly canEdit: boolean }) {
  const { workbook } = useWorkspace();
  const { state } = journal;
  const canRedraft = canEdit && !journal.isAutomatic && (state === 'prepared' || state === 'approved');
  const canReverse = canEdit && journal.kind !== 'reversal' && journal.reversedBy === null && (state === 'exported' || state === 'posted');
  return (
    <>
      {!workbook.readOnly && isSigned(journal) && state !== 'reversed' ? <PostedForm key={state} journal={journal} onDone={onDone} /> : null}
      {canRedraft ? <RedraftForm journal={journal} onDone={onDone} /> : null}
      {canReverse ? <ReverseForm journal={journal} people={people} onDone={onDone} /> : null}
    </>
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
