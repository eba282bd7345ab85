/**
 * Where a screen stands: the open workbook, the period, and what may be changed in it; moving on; the status bar.
 */
import { createContext, useContext, useEffect, useMemo, useRef } from 'react';
import type { OpenWorkbook } from '@shared/contract/shell';
import type { Period, StepState, WorkbookInfo } from '@shared/contract/workbook';
import type { ScreenFocus, ScreenId } from './screens';
import type { Change } from './undo';

/** A figure in the status bar: `sum −14`. */
export interface StatusFigure {
  readonly label: string;
  readonly value: string;
  readonly testId?: string;
}

export interface Workspace {
  readonly workbook: OpenWorkbook;
  readonly info: WorkbookInfo;
  readonly currency: string;
  readonly timeZone: string;
  /** The period shown. A screen is only shown when there is one. */
  readonly period: Period;
  readonly steps: readonly StepState[];
  /** The workbook may be written and the period is open. */
  readonly canEdit: boolean;
  /** Why nothing can be changed; empty where it can. */
  readonly whyNot: string;
  readonly screen: ScreenId;
  /** What the screen was asked to show; a new object with each request. */
  readonly focus: ScreenFocus;
  /** The text in the header's find field. */
  readonly findText: string;
  readonly setFindText: (text: string) => void;
  readonly openScreen: (screen: ScreenId, focus?: ScreenFocus) => void;
  readonly selectPeriod: (periodId: number) => void;
  readonly setStatus: (figures: readonly StatusFigure[]) => void;
  readonly announce: (text: string) => void;
  /** Makes a change undoable, whatever screen it was made on. @returns undoes it, if it still is the last */
  readonly recordChange: (label: string, change: Change) => () => void;
  /** Carries out a save that ends in `recordChange`: an undo asked meanwhile waits for it. */
  readonly savingChange: <T>(save: () => Promise<T>) => Promise<T>;
}

export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('no workbook is open');
  return workspace;
}

/** Shows these figures in the status bar while the screen is there. */
export function useStatus(figures: readonly StatusFigure[]): void {
  const { setStatus } = useWorkspace();
  const key = JSON.stringify(figures);
  const stable = useMemo(() => JSON.parse(key) as readonly StatusFigure[], [key]);
  useEffect(() => {
    setStatus(stable);
    return () => setStatus([]);
  }, [setStatus, stable]);
}

/** Says a result to screen readers, politely. */
export const useAnnounce = (): ((text: string) => void) => useWorkspace().announce;

/** Calls back once for each request to show something on this screen. */
export function useScreenFocus(show: (focus: ScreenFocus) => void): void {
  const { focus } = useWorkspace();
  const now = useRef(show);
  now.current = show;
  useEffect(() => {
    if (Object.keys(focus).length > 0) now.current(focus);
  }, [focus]);
}
