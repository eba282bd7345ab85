/**
 * The frame around the close: header, steps, the screen, the status bar. Knows which period is shown and hands every
 * screen its workspace.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { KeptPlace } from '@shared/contract/kept';
import type { OpenWorkbook } from '@shared/contract/shell';
import { type Period, STEPS, type WorkbookInfo } from '@shared/contract/workbook';
import { useConnection, useQuery, useSession } from '../api';
import { Button, EmptyState, Notice, Pending, periodName, SheetIcon, withLocalInstants } from '../ui';
import { useCommands } from './commands';
import { ErrorBoundary } from './error-boundary';
import { FileDrop } from './file-drop';
import { Header } from './header';
import { beginKept, keep, keptPart } from './kept';
import { NotificationStrip } from './notification-strip';
import { NewPeriodForm } from './new-period';
import type { ScreenFocus, ScreenId } from './screens';
import { shellAction } from './shell-commands';
import { screenOf, SCREENS } from './screen-list';
import { StatusBar } from './status-bar';
import { StepBar } from './step-bar';
import { useUndoStack } from './undo';
import { type StatusFigure, type Workspace, WorkspaceContext } from './workspace';
import styles from './frame.module.css';

const NO_FOCUS: ScreenFocus = {};
const VERIFIES: ScreenFocus = { view: 'verifyWorkbook' };

/** The period to show: the one asked for, else the earliest that is open, else the latest. */
function periodToShow(info: WorkbookInfo, periodId: number | undefined): Period | undefined {
  const byCode = [...info.periods].sort((left, right) => (left.code < right.code ? -1 : 1));
  return byCode.find((period) => period.periodId === periodId) ?? byCode.find((period) => period.state === 'open') ?? byCode.at(-1);
}

/** Whoever asked to open it read-only has come to check it: what was sealed last, before what is open. */
function periodToCheck(info: WorkbookInfo): Period | undefined {
  return info.periods.filter(({ state }) => state === 'locked').toSorted((left, right) => (left.code < right.code ? 1 : -1))[0];
}

function whyNotEditable(workbook: OpenWorkbook, period: Period, timeZone: string): string {
  if (workbook.pack) return `${workbook.name} is an audit pack, signed by ${workbook.pack.signer}. It is only read.`;
  if (workbook.readOnlyByChoice) return 'Opened read-only. Nothing of this workbook can be changed here.';
  if (workbook.readOnly) {
    const waits = workbook.readOnlyReason.includes('open elsewhere') ? ' It is opened for writing here as soon as it is free.' : '';
    return `Read-only. ${withLocalInstants(workbook.readOnlyReason, timeZone)}${waits}`;
  }
  if (period.state === 'locked') return `${periodName(period.code)} is locked. Nothing in it can be changed.`;
  return '';
}

export interface FrameProps {
  readonly workbook: OpenWorkbook;
  /** Changes when figures and dates are written another way: the screen is drawn anew. */
  readonly writing: string;
}

export function Frame({ workbook, writing }: FrameProps) {
  const { kept } = useSession();
  // Once for the workbook, before any screen reads from it.
  useState(() => beginKept(workbook.path, kept));
  const info = useQuery('workbook:info', {});
  if (!info.value || info.refusal) return <Pending of={info} label="The workbook" />;
  return <FrameOf workbook={workbook} info={info.value} writing={writing} />;
}

function FrameOf({ workbook, info, writing }: FrameProps & { readonly info: WorkbookInfo }) {
  const [cameFrom] = useState(() => keptPart('place', KeptPlace));
  const connection = useConnection();
  const checksFirst = workbook.readOnlyByChoice && (cameFrom === undefined || workbook.pack !== null);
  const [periodId, setPeriodId] = useState(() => cameFrom?.periodId ?? (checksFirst ? (info.periods.find(({ code }) => code === workbook.pack?.periodCode) ?? periodToCheck(info))?.periodId : undefined));
  const [screen, setScreen] = useState<ScreenId>(() => {
    const wanted = checksFirst ? 'lock' : cameFrom?.screen;
    return SCREENS.find((each) => each.id === wanted)?.id ?? SCREENS[0]?.id ?? 'import';
  });
  const [openTools, setOpenTools] = useState<readonly ScreenId[]>(() => SCREENS.flatMap((each) => (cameFrom?.tools.includes(each.id) ? [each.id] : [])));
  const [focus, setFocus] = useState<ScreenFocus>(checksFirst ? VERIFIES : NO_FOCUS);
  const [findText, setFindText] = useState(cameFrom?.findText ?? '');
  const [status, setStatus] = useState<readonly StatusFigure[]>([]);
  const [announcement, setAnnouncement] = useState('');
  const [savedInstant, setSavedInstant] = useState<number | undefined>(undefined);
  const [makesPeriod, setMakesPeriod] = useState(false);

  const period = periodToShow(info, periodId);
  const steps = useQuery('workbook:steps', period ? { periodId: period.periodId } : null, { keepsPrevious: true });

  useEffect(() => {
    keep('place', { periodId: period?.periodId ?? null, screen, tools: [...openTools], findText: findText.slice(0, 500) } satisfies KeptPlace);
  }, [period, screen, openTools, findText]);
  useEffect(() => connection.onChanged(() => setSavedInstant(Date.now())), [connection]);

  const openScreen = useCallback((id: ScreenId, wanted: ScreenFocus = NO_FOCUS) => {
    if (!screenOf(id)) return;
    setMakesPeriod(false);
    setScreen(id);
    setFocus({ ...wanted });
    setFindText(wanted.text ?? '');
    if (!STEPS.some((step) => step === id)) setOpenTools((open) => (open.includes(id) ? open : [...open, id]));
  }, []);
  /** What a screen was asked to do was meant for the period that was shown. */
  const selectPeriod = useCallback((id: number) => {
    setFocus(NO_FOCUS);
    setMakesPeriod(false);
    setPeriodId(id);
  }, []);
  const undo = useUndoStack({
    announce: setAnnouncement,
    place: period && { screen, periodId: period.periodId },
    canEdit: (id) => !workbook.readOnly && info.periods.some((each) => each.periodId === id && each.state === 'open'),
    nameOf: (at) => [screenOf(at.screen)?.title ?? at.screen, ...info.periods.filter((each) => each.periodId === at.periodId).map((each) => periodName(each.code))].join(', '),
    goTo: (at) => {
      selectPeriod(at.periodId);
      openScreen(at.screen);
    },
  });
  const closeTool = useCallback(
    (id: ScreenId) => {
      setOpenTools((open) => open.filter((each) => each !== id));
      setScreen((current) => (current === id ? 'explain' : current));
    },
    [],
  );

  useCommands({
    ...Object.fromEntries(SCREENS.map((each) => [each.command, { run: () => openScreen(each.id), enabled: period !== undefined }])),
    ...Object.fromEntries(
      SCREENS.flatMap((each) =>
        Object.entries(each.alsoOpenedBy ?? {}).map(([command, wanted]) => [command, { run: () => openScreen(each.id, wanted), enabled: period !== undefined }]),
      ),
    ),
    'period.new': { run: () => setMakesPeriod(true), enabled: !workbook.readOnly },
  }, { beneath: true });

  const workspace = useMemo<Workspace | undefined>(() => {
    if (!period) return undefined;
    const whyNot = whyNotEditable(workbook, period, info.timeZone);
    return {
      workbook, info, period, steps: steps.value ?? [], currency: period.currency, timeZone: info.timeZone,
      canEdit: whyNot === '', whyNot, screen, focus, findText, setFindText, openScreen, selectPeriod, setStatus,
      announce: setAnnouncement, recordChange: undo.record, savingChange: undo.saving,
    };
  }, [workbook, info, period, steps.value, screen, focus, findText, openScreen, selectPeriod, undo]);

  const definition = screenOf(screen);
  const Screen = definition?.component;
  return (
    <FileDrop onFiles={(paths) => openScreen('import', { importPaths: paths })}>
      <Header
        workbook={workbook} info={info} period={period} onPeriod={selectPeriod} onNewPeriod={() => setMakesPeriod(true)}
        findLabel={definition?.findLabel} findText={findText} onFindText={setFindText} onPeople={() => openScreen('people')}
      />
      <StepBar steps={steps.value ?? []} screen={makesPeriod ? undefined : screen} tools={openTools} onOpen={openScreen} onCloseTool={closeTool} />
      {workspace?.whyNot ? (
        <Notice
          strip
          tone="locked"
          title={workspace.whyNot}
          actions={workbook.readOnly ? <ReadOnlyWays workbook={workbook} screen={screen} onOpen={openScreen} /> : undefined}
        />
      ) : null}
      <NotificationStrip />
      <main className={styles['screen']} aria-label={makesPeriod ? 'New period' : (definition?.title ?? 'Tieout')}>
        {makesPeriod || !workspace ? (
          <NewPeriodForm
            info={info}
            readOnly={workbook.readOnly}
            onCancel={workspace ? () => setMakesPeriod(false) : undefined}
            onMade={(made) => {
              setMakesPeriod(false);
              setPeriodId(made.periodId);
              openScreen('import');
            }}
          />
        ) : (
          <WorkspaceContext.Provider value={workspace}>
            <ErrorBoundary key={`${screen} ${workspace.period.periodId} ${writing}`} place={`The ${definition?.title ?? screen} screen`}>
              {Screen ? <Screen /> : <EmptyState icon={SheetIcon} title="Nothing is shown here" />}
            </ErrorBoundary>
          </WorkspaceContext.Provider>
        )}
      </main>
      <StatusBar figures={status} savedInstant={savedInstant} timeZone={info.timeZone} readOnly={workbook.readOnly} pack={workbook.pack} chainSequence={info.chain.sequence} chainHash={info.chain.hash} />
      <div className="visually-hidden" aria-live="polite" role="status" data-testid="announcement">{announcement}</div>
    </FileDrop>
  );
}

interface ReadOnlyWaysProps {
  readonly workbook: OpenWorkbook;
  readonly screen: ScreenId;
  readonly onOpen: (screen: ScreenId, wanted?: ScreenFocus) => void;
}

/** What there is to do in a workbook that is only read: check it, test it, or begin to work in it after all. */
function ReadOnlyWays({ workbook, screen, onOpen }: ReadOnlyWaysProps) {
  return (
    <>
      {screen === 'lock' ? null : <Button kind="quiet" onClick={() => onOpen('lock', VERIFIES)}>{workbook.pack ? 'Verify this pack' : 'Verify this workbook'}</Button>}
      {screen === 'auditRoom' ? null : <Button kind="quiet" onClick={() => onOpen('auditRoom')}>Auditor’s room</Button>}
      {workbook.readOnlyByChoice && !workbook.pack ? <Button kind="quiet" onClick={() => void shellAction('shell:openWorkbook', { path: workbook.path })}>Open for writing</Button> : null}
    </>
  );
}
