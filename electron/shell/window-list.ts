/**
 * The windows of the program: which workbook is in which, in which order they were used, what is open at the next start.
 */
import fs from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import type { ShellEvent } from '@shared/contract/bridge';
import type { OpenWorkbook } from '@shared/contract/shell';
import type { Outcome } from '@shared/domain/outcome';
import { placeWindow } from './placing';
import type { SettingsFile } from './settings';
import { type CommandStates, type OpeningRequest, type WindowSetup, WorkbookWindow } from './windows';

export interface WindowListSetup extends Omit<WindowSetup, 'onChanged'> {
  readonly settings: SettingsFile;
  /** What every opening carries: where identities lie, who works. */
  readonly opening: Pick<OpeningRequest, 'identitiesFolder' | 'person'>;
  /** The native menu is no longer true. */
  readonly onMenuChanged: (what: 'windows' | 'commands') => void;
}

/** How a workbook is opened from a window. */
export interface HowToOpen {
  readonly beside: boolean;
  readonly readOnly: boolean;
}
const AS_USUAL: HowToOpen = { beside: false, readOnly: false };

export class WindowList {
  readonly #setup: WindowListSetup;
  readonly #byContents = new Map<number, WorkbookWindow>();
  /** The window used last stands last. */
  #byUse: WorkbookWindow[] = [];
  /** Workbooks that are being opened, by their path. */
  readonly #opening = new Map<string, Promise<Outcome<OpenWorkbook, string>>>();
  #isQuitting = false;

  constructor(setup: WindowListSetup) {
    this.#setup = setup;
  }

  /** In the order in which they were made. */
  get all(): readonly WorkbookWindow[] {
    return [...this.#byContents.values()];
  }

  /** The window that has the keyboard, or had it last. */
  get current(): WorkbookWindow | undefined {
    return this.#byUse.at(-1);
  }

  ofContents(contentsId: number): WorkbookWindow | undefined {
    return this.#byContents.get(contentsId);
  }

  of(window: BrowserWindow): WorkbookWindow {
    return this.#byContents.get(window.webContents.id)!;
  }

  /** The program ends: what is open now is what is opened at the next start. */
  quits(): void {
    this.#isQuitting = true;
  }

  send(event: ShellEvent): void {
    for (const each of this.all) each.send(event);
  }

  /** @param workbookPath whose place the window takes; undefined for an empty window */
  newWindow(workbookPath?: string): WorkbookWindow {
    const { settings, keptFiles } = this.#setup;
    const kept = workbookPath === undefined ? undefined : keptFiles.read(workbookPath);
    const main = screen.getPrimaryDisplay();
    const screens = [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea);
    const place = placeWindow(kept?.place ?? (this.current ? undefined : settings.current.place), screens, this.current?.window.getNormalBounds());
    const alone = this.current ? undefined : settings.current.place;
    const created = new WorkbookWindow(
      { ...this.#setup, onChanged: (window, what) => this.#onChanged(window, what) },
      place,
      kept?.place ? kept : alone ? { path: '', zoomLevel: 0, state: {}, place: { ...alone, isFullScreen: false } } : undefined,
    );
    this.#byContents.set(created.window.webContents.id, created);
    this.#byUse.push(created);
    void created.load().catch((error: unknown) => console.error(error));
    this.#setup.onMenuChanged('windows');
    return created;
  }

  /**
   * Opens a workbook: to the front where a window shows it already; otherwise in `from`, in an empty window, or in a new one.
   *
   * @param from the window whose person asked; undefined where nobody did in a window
   * @param how `beside`: never in the place of another workbook; `readOnly`: the file is neither locked nor written
   */
  open(workbookPath: string, from?: WorkbookWindow, how: HowToOpen = AS_USUAL): Promise<Outcome<OpenWorkbook, string>> {
    const absolute = path.resolve(workbookPath);
    // Asked for twice, as by a double click, it would be open for reading only beside itself.
    const underWay = this.#opening.get(absolute);
    if (underWay) return underWay;
    const opening = this.#open(absolute, from, how).finally(() => this.#opening.delete(absolute));
    this.#opening.set(absolute, opening);
    return opening;
  }

  async #open(absolute: string, from: WorkbookWindow | undefined, { beside, readOnly }: HowToOpen): Promise<Outcome<OpenWorkbook, string>> {
    const shown = this.all.find((each) => each.workbook !== undefined && isSameFile(each.workbook.path, absolute));
    if (shown) {
      shown.bringToFront();
      return shown.open({ kind: 'open', path: shown.workbook!.path, readOnly, ...this.#setup.opening });
    }
    const empty = from && !from.workbook ? from : from ? undefined : this.all.find((each) => !each.workbook && !each.isOpening);
    const target = (beside || !from ? empty : from) ?? this.newWindow(absolute);
    const isNew = target !== from && target !== empty;
    const outcome = await target.open({ kind: 'open', path: absolute, readOnly, ...this.#setup.opening });
    if (outcome.ok && !target.window.isDestroyed()) target.bringToFront();
    // Whoever asked is told in the window they asked in.
    else if (from && isNew && !target.window.isDestroyed()) target.window.destroy();
    return outcome;
  }

  /** What was open when the program ended, each in a window of its own. @returns whether there was any */
  async reopen(): Promise<boolean> {
    const { open, openReadOnly: readOnly } = this.#setup.settings.current;
    const paths = open.filter((each) => fs.existsSync(each));
    // All of them stand before the first is opened, so that a quit in between forgets none.
    const windows = paths.map((each) => ({ path: each, window: this.newWindow(each) }));
    await Promise.all(
      windows.map(async ({ path: workbookPath, window }) => {
        const outcome = await window.open({ kind: 'open', path: workbookPath, readOnly: readOnly.includes(workbookPath), ...this.#setup.opening });
        if (!outcome.ok) window.send({ kind: 'openFailed', message: outcome.message });
      }),
    );
    return windows.length > 0;
  }

  /** What the window's menu shows of its commands. */
  setCommands(window: WorkbookWindow, states: CommandStates): void {
    window.commands = states;
    if (window === this.current) this.#setup.onMenuChanged('commands');
  }

  focusNext(from: WorkbookWindow): void {
    const { all } = this;
    all[(all.indexOf(from) + 1) % all.length]?.bringToFront();
  }

  #onChanged(window: WorkbookWindow, what: Parameters<WindowSetup['onChanged']>[1]): void {
    const { settings, onMenuChanged } = this.#setup;
    switch (what) {
      case 'place':
        settings.update({ place: window.place });
        return;
      case 'focus':
        this.#byUse = [...this.#byUse.filter((each) => each !== window), window];
        onMenuChanged('windows');
        return;
      case 'workbook':
        if (window.workbook) settings.remember(window.workbook.path, Date.now());
        this.#keepOpen();
        onMenuChanged('windows');
        return;
      case 'closed': {
        for (const [id, each] of this.#byContents) if (each === window) this.#byContents.delete(id);
        this.#byUse = this.#byUse.filter((each) => each !== window);
        // The last window takes the program with it, and what it showed is shown at the next start; on a Mac it does not.
        if (this.#byContents.size > 0 || process.platform === 'darwin') this.#keepOpen();
        onMenuChanged('windows');
      }
    }
  }

  #keepOpen(): void {
    if (this.#isQuitting) return;
    const open = this.all.flatMap(({ workbook }) => workbook ?? []);
    const pathsOf = (workbooks: readonly OpenWorkbook[]) => workbooks.map((each) => each.path);
    this.#setup.settings.update({ open: pathsOf(open), openReadOnly: pathsOf(open.filter((each) => each.readOnlyByChoice)) });
  }
}

/** Two names of one file, as through a link or in other letters. */
function isSameFile(left: string, right: string): boolean {
  if (left === right) return true;
  try {
    const [one, other] = [fs.statSync(left, { bigint: true }), fs.statSync(right, { bigint: true })];
    return one.ino !== 0n && one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}
