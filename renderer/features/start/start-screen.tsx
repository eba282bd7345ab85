/**
 * The start: open the sample company, open a workbook, or start a new one.
 *
 * A workbook that was opened replaces this screen; what cannot be opened says why, here.
 */
import { useEffect, useState } from 'react';
import type { ShellChannel } from '@shared/contract/shell';
import { onShellEvent, pathsOfFiles, type Refusal, shellCall, type ShellInputOf, useSession } from '../../api';
import type { StartScreenProps } from '../../app/screens';
import {
  Button,
  ChevronLeftIcon,
  DropZone,
  FileIcon,
  FolderIcon,
  type Icon,
  MarkIcon,
  Notice,
  PlusIcon,
  QuietBar,
  SealIcon,
  SheetIcon,
} from '../../ui';
import { NewWorkbookForm } from './new-workbook-form';
import { RecentList } from './recent-list';
import styles from './start.module.css';

type OpeningChannel = Extract<ShellChannel, 'shell:openSample' | 'shell:openWorkbook' | 'shell:newWorkbook'>;

interface ChoiceProps {
  readonly icon: Icon;
  readonly title: string;
  readonly text: string;
  readonly onClick: () => void;
  readonly disabled: boolean;
  readonly expanded?: boolean;
}

function StartChoice({ icon: Picture, title, text, onClick, disabled, expanded }: ChoiceProps) {
  return (
    <button type="button" className={styles['choice']} onClick={onClick} disabled={disabled} aria-expanded={expanded}>
      <Picture size={20} />
      <span className={styles['choiceText']}>
        <span className={styles['choiceTitle']}>{title}</span>
        <span className={styles['choiceDetail']}>{text}</span>
      </span>
    </button>
  );
}

export function StartScreen({ startsNew, onBack }: StartScreenProps) {
  const { shell } = useSession();
  const [makesNew, setMakesNew] = useState(startsNew);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  useEffect(() => {
    if (startsNew) setMakesNew(true);
  }, [startsNew]);
  useEffect(
    () =>
      onShellEvent((event) => {
        if (event.kind === 'openFailed') setRefusal({ failure: 'open_failed', message: event.message });
      }),
    [],
  );
  if (!shell) return null;

  const open = async <Channel extends OpeningChannel>(channel: Channel, input: ShellInputOf<Channel>) => {
    setBusy(true);
    setRefusal(undefined);
    const outcome = await shellCall(channel, input);
    setBusy(false);
    if (!outcome.ok && outcome.failure !== 'dialog_cancelled')
      setRefusal({ failure: outcome.failure, message: outcome.message });
  };
  const drop = (files: readonly File[]) => {
    const [path] = pathsOfFiles(files);
    if (path === undefined) return;
    if (/\.(tieout|zip)$/i.test(path)) void open('shell:openWorkbook', { path });
    else
      setRefusal({
        failure: 'not_a_workbook',
        message: `${path} is no workbook and no audit pack. Open a workbook first, then import files into it.`,
      });
  };

  return (
    <DropZone onFiles={drop} invitation="Drop a workbook or an audit pack to open it" testId="start">
      <QuietBar shown={busy} />
      <div className={styles['start']}>
        <div className={styles['middle']}>
          <header className={styles['brand']}>
            <MarkIcon size={36} />
            <div>
              <h1>Tieout</h1>
              <p>The inventory close, in one file on this machine.</p>
            </div>
            {onBack ? (
              <Button kind="quiet" icon={ChevronLeftIcon} onClick={onBack}>
                Back to the open workbook
              </Button>
            ) : null}
          </header>
          {refusal ? (
            <Notice tone="error" title="The workbook was not opened" copyText={refusal.message}>
              {refusal.message}
            </Notice>
          ) : null}
          <div className={styles['columns']}>
            <section aria-label="Begin" className={styles['choices']}>
              <h2>Begin</h2>
              <StartChoice
                icon={SheetIcon}
                title="Open the sample company"
                disabled={busy}
                onClick={() => void open('shell:openSample', {})}
                text="Harbor & Pine: September closed, October ready to work."
              />
              <StartChoice
                icon={FolderIcon}
                title="Open a workbook"
                disabled={busy}
                onClick={() => void open('shell:openWorkbook', {})}
                text="A .tieout file, chosen or dropped here."
              />
              <StartChoice
                icon={SealIcon}
                title="Check a workbook or audit pack, read-only"
                disabled={busy}
                onClick={() => void open('shell:openWorkbook', { readOnly: true })}
                text="For an auditor: verified first, never written."
              />
              <StartChoice
                icon={PlusIcon}
                title="Start a new workbook"
                disabled={busy}
                expanded={makesNew}
                onClick={() => {
                  setRefusal(undefined);
                  setMakesNew(!makesNew);
                }}
                text="Empty, with default reason codes and accounts."
              />
              {makesNew ? (
                <NewWorkbookForm
                  timeZone={shell.timeZone}
                  busy={busy}
                  onMake={(workbook) => void open('shell:newWorkbook', workbook)}
                  onCancel={() => setMakesNew(false)}
                />
              ) : null}
            </section>
            <section aria-label="Recent workbooks" className={styles['recent']}>
              <h2>Recent workbooks</h2>
              {shell.recent.length === 0 ? (
                <p className={styles['hint']}>
                  <FileIcon size={14} /> Workbooks that were opened here are listed with their path.
                </p>
              ) : (
                <RecentList
                  recent={shell.recent}
                  timeZone={shell.timeZone}
                  disabled={busy}
                  onOpen={(path) => void open('shell:openWorkbook', { path })}
                />
              )}
            </section>
          </div>
        </div>
        <footer className={styles['foot']}>
          <span>Tieout {shell.version}</span>
          <span>Works offline: nothing is sent anywhere</span>
          {shell.standIn ? (
            <span data-testid="stand-in">
              Stand-in runtime, Electron {shell.electron}: for development and tests only
            </span>
          ) : null}
        </footer>
      </div>
    </DropZone>
  );
}
