/**
 * A window: it shows one workbook, which has a process of its own; it remembers its place and comes back when its page or
 * that process ends by itself.
 */
import path from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import type { ShellEvent } from '@shared/contract/bridge';
import type { KeptState } from '@shared/contract/kept';
import type { OpenWorkbook } from '@shared/contract/shell';
import { type Outcome } from '@shared/domain/outcome';
import type { Kept, KeptFiles, WindowPlace } from './kept-files';
import type { KeyStore } from './key-store';
import { type Rectangle, WINDOW_LEAST } from './placing';
import { WorkbookClient, type WorkbookRequest } from './workbook-client';

export type OpeningRequest = Extract<WorkbookRequest, { kind: 'open' | 'create' | 'createSample' }>;

/** The file is asked to be left as it is, neither locked nor written. */
const asksReadOnly = (request: OpeningRequest | undefined): boolean => request?.kind === 'open' && request.readOnly;

export interface WindowSetup {
  /** Where the built main process lies. */
  readonly builtFolder: string;
  /** What the window loads. */
  readonly pageAddress: string;
  readonly keptFiles: KeptFiles;
  readonly keyStore: KeyStore;
  /** A workbook was opened in the window, was closed in it, or the window moved, got the keyboard or is gone. */
  readonly onChanged: (window: WorkbookWindow, what: 'workbook' | 'place' | 'focus' | 'closed') => void;
}

/** What the window says of its commands, for the native menu. */
export interface CommandStates {
  readonly enabled: ReadonlySet<string>;
  readonly checked: ReadonlySet<string>;
}

/** A second loss within this time is no accident: a person is asked. */
const LOSS_AGAIN_MS = 60_000;
/** How long a window stands still before its place is kept. */
const PLACE_DELAY_MS = 400;
/** How often it is looked whether a workbook that is held elsewhere is free. */
const LOOK_FOR_FREE_MS = 4_000;
/** Said at the top of the window, and where the system lists windows. */
const windowTitle = ({ name, pack }: OpenWorkbook): string => (pack ? `${name}, audit pack signed by ${pack.signer} - Tieout` : `${name} - Tieout`);
const NO_COMMANDS: CommandStates = { enabled: new Set(), checked: new Set() };

export class WorkbookWindow {
  readonly window: BrowserWindow;
  commands: CommandStates = NO_COMMANDS;
  readonly #setup: WindowSetup;
  #client: WorkbookClient | undefined;
  #workbook: OpenWorkbook | undefined;
  #opening: OpeningRequest | undefined;
  #cameBack = '';
  #isLoaded = false;
  #isReady = false;
  #opensNow = 0;
  /** What was sent to a page that does not listen yet. */
  #unsent: ShellEvent[] = [];
  #pageLost: readonly number[] = [];
  #processLostInstant = 0;
  #placeTimer: NodeJS.Timeout | undefined;
  #freeTimer: NodeJS.Timeout | undefined;

  constructor(setup: WindowSetup, place: Rectangle, kept: Kept | undefined) {
    this.#setup = setup;
    this.window = new BrowserWindow({
      ...place,
      minWidth: WINDOW_LEAST.width,
      minHeight: WINDOW_LEAST.height,
      show: false,
      title: 'Tieout',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
      webPreferences: {
        preload: path.join(setup.builtFolder, '..', 'preload', 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    const { window } = this;
    if (kept?.place?.isMaximized) window.maximize();
    if (kept?.place?.isFullScreen) window.setFullScreen(true);
    window.once('ready-to-show', () => {
      this.#isReady = true;
      window.show();
    });
    window.on('focus', () => setup.onChanged(this, 'focus'));
    for (const moved of ['resize', 'move', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen'] as const) {
      // One event of several; they differ in their name alone.
      window.on(moved as 'resize', () => this.#placeSoon());
    }
    window.on('close', (event) => {
      this.#keepPlace();
      if (!this.#client) return;
      // The workbook is closed first, so that it is left as one plain file without a lock beside it.
      event.preventDefault();
      void this.#endClient().finally(() => window.destroy());
    });
    window.on('closed', () => {
      clearTimeout(this.#placeTimer);
      clearInterval(this.#freeTimer);
      setup.onChanged(this, 'closed');
    });
    const contents = window.webContents;
    // Where the runtime can: otherwise one window's size is the size of all.
    if (typeof contents.setZoomMode === 'function') contents.setZoomMode('isolated');
    // A page that was loaded again has lost its port.
    contents.on('did-start-loading', () => (this.#isLoaded = false));
    contents.on('did-finish-load', () => {
      this.#isLoaded = true;
      // The page's own title took the place of the workbook's.
      window.setTitle(this.#title);
      if (this.#workbook) contents.setZoomLevel(setup.keptFiles.read(this.#workbook.path).zoomLevel);
      for (const event of this.#unsent.splice(0)) this.send(event);
      void this.#handOverPort();
    });
    contents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit') void this.#onPageLost();
    });
    contents.on('page-title-updated', (event) => {
      event.preventDefault();
      window.setTitle(this.#title);
    });
  }

  get workbook(): OpenWorkbook | undefined {
    return this.#workbook;
  }

  /** A workbook is on its way into the window. */
  get isOpening(): boolean {
    return this.#opensNow > 0;
  }

  get #title(): string {
    return this.#workbook ? windowTitle(this.#workbook) : 'Tieout';
  }

  /** Where the window is, as it is kept. */
  get place(): WindowPlace {
    return { ...this.window.getNormalBounds(), isMaximized: this.window.isMaximized(), isFullScreen: this.window.isFullScreen() };
  }

  load(): Promise<void> {
    return this.window.loadURL(this.#setup.pageAddress);
  }

  bringToFront(): void {
    // A window that has drawn nothing yet comes by itself.
    if (!this.#isReady) return;
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  send(event: ShellEvent): void {
    if (this.window.isDestroyed()) return;
    if (this.#isLoaded) this.window.webContents.send('tieout:event', event);
    else this.#unsent.push(event);
  }

  ask<T>(request: WorkbookRequest): Promise<Outcome<T, string>> {
    if (!this.#client) return Promise.resolve({ ok: false, failure: 'no_workbook', message: 'No workbook is open.' });
    return this.#client.ask<T>(request);
  }

  /** Opens or makes a workbook in this window; the one it held before is closed once the new one is there. */
  async open(request: OpeningRequest): Promise<Outcome<OpenWorkbook, string>> {
    if (this.#workbook?.path === request.path && (this.#workbook.pack !== null || this.#workbook.readOnlyByChoice === asksReadOnly(request))) return { ok: true, value: this.#workbook };
    this.#opensNow += 1;
    const outcome = await this.#start(request).finally(() => (this.#opensNow -= 1));
    if (!outcome.ok) return outcome;
    // Closed while the one before was let go.
    if (this.window.isDestroyed()) return outcome;
    const contents = this.window.webContents;
    const { zoomLevel } = this.#setup.keptFiles.read(outcome.value.path);
    if (contents.getZoomLevel() !== zoomLevel) contents.setZoomLevel(zoomLevel);
    this.#setup.onChanged(this, 'workbook');
    await this.#handOverPort();
    return outcome;
  }

  /** A process with the workbook in it takes the place of the one before. */
  async #start(request: OpeningRequest): Promise<Outcome<OpenWorkbook, string>> {
    const client: WorkbookClient = new WorkbookClient(this.#setup.builtFolder, this.#setup.keyStore, (code) => {
      if (this.#client === client) void this.#onProcessLost(code);
    }, (message) => void this.closeWorkbook(message));
    const opened = await client.ask<Omit<OpenWorkbook, 'name' | 'readOnlyByChoice'>>(request);
    if (!opened.ok) {
      await client.close();
      return opened;
    }
    if (this.window.isDestroyed()) {
      // Closed meanwhile: nobody would ever end the process, which holds the workbook.
      await client.close();
      return { ok: false, failure: 'dialog_cancelled', message: 'The window was closed before the workbook was open.' };
    }
    const before = this.#client;
    const { identitiesFolder, person } = request;
    const readOnlyByChoice = asksReadOnly(request) || opened.value.pack !== null;
    const workbook = { ...opened.value, readOnlyByChoice, name: path.basename(opened.value.path, '.tieout') };
    // The process and what it has open are one: in between the page may be loaded, or the window closed.
    this.#client = client;
    this.#workbook = workbook;
    this.#opening = { kind: 'open', path: workbook.path, identitiesFolder, person, readOnly: readOnlyByChoice };
    this.window.setTitle(this.#title);
    app.addRecentDocument(workbook.path);
    await before?.close();
    this.#lookForFree();
    return { ok: true, value: workbook };
  }

  /** @param reason why it is closed without being asked to; empty otherwise */
  async closeWorkbook(reason = ''): Promise<void> {
    await this.#endClient();
    this.window.setTitle(this.#title);
    this.#setup.onChanged(this, 'workbook');
    this.send({ kind: 'workbookClosed', reason, path: '' });
  }

  async #endClient(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#workbook = undefined;
    clearInterval(this.#freeTimer);
    await client?.close();
  }

  /** @returns the new size in percent */
  zoom(change: 'in' | 'out' | 'reset'): number {
    const contents = this.window.webContents;
    const level = change === 'reset' ? 0 : Math.max(-3, Math.min(5, contents.getZoomLevel() + (change === 'in' ? 0.5 : -0.5)));
    contents.setZoomLevel(level);
    if (this.#workbook) this.#setup.keptFiles.update(this.#workbook.path, { zoomLevel: level });
    return Math.round(1.2 ** level * 100);
  }

  /**
   * Also of a workbook that was just closed or lost: what was kept last comes a moment later. What comes after another was opened is
   * not taken for that one.
   *
   * @param workbookPath the workbook that the page showed
   * @returns whether it is the one of this window
   */
  keepState(workbookPath: string, state: KeptState): boolean {
    if (this.#opening?.path !== workbookPath) return false;
    this.#setup.keptFiles.update(workbookPath, { state });
    return true;
  }

  #placeSoon(): void {
    clearTimeout(this.#placeTimer);
    this.#placeTimer = setTimeout(() => this.#keepPlace(), PLACE_DELAY_MS);
  }

  #keepPlace(): void {
    if (this.window.isDestroyed() || this.window.isMinimized()) return;
    if (this.#workbook) this.#setup.keptFiles.update(this.#workbook.path, { place: this.place });
    this.#setup.onChanged(this, 'place');
  }

  async #handOverPort(): Promise<void> {
    const workbook = this.#workbook;
    if (!this.#client || !workbook || !this.#isLoaded || this.window.isDestroyed()) return;
    const port = await this.#client.connect();
    if (this.window.isDestroyed()) return;
    const { state } = this.#setup.keptFiles.read(workbook.path);
    this.window.webContents.postMessage('tieout:workbook-port', { workbook, kept: state, cameBack: this.#cameBack }, [port]);
    this.#cameBack = '';
  }

  /** The page's process ended: it is loaded again, and asked about where it does not stay. */
  async #onPageLost(): Promise<void> {
    const now = Date.now();
    this.#pageLost = [...this.#pageLost.filter((instant) => now - instant < LOSS_AGAIN_MS), now];
    if (this.#pageLost.length > 2) {
      const { response } = await dialog.showMessageBox(this.window, {
        type: 'error',
        message: 'The window stopped three times within a minute.',
        detail: 'Every change that was entered is saved in the workbook. Load the window again, or close it and open the workbook anew.',
        buttons: ['Load again', 'Close the window'],
        defaultId: 0,
        cancelId: 1,
      });
      if (response === 1) return this.window.close();
      this.#pageLost = [];
    }
    if (this.window.isDestroyed()) return;
    this.#cameBack = 'The window stopped and was loaded again. It is where it was, and every change that was entered is saved. What was being typed into a cell and not entered is lost.';
    await this.load().catch((error: unknown) => console.error(error));
  }

  /** The workbook's process ended: it is started again once, the page stays as it is. */
  async #onProcessLost(code: number): Promise<void> {
    const lost = this.#workbook!;
    const request = this.#opening!;
    this.#client = undefined;
    const isFirst = Date.now() - this.#processLostInstant > LOSS_AGAIN_MS;
    this.#processLostInstant = Date.now();
    const again = isFirst ? await this.#start(request) : undefined;
    if (again?.ok) {
      this.#cameBack = `The workbook's process ended by itself (${code}) and was started again. Every change that was entered is saved. Work that was under way was not written: start it again.`;
      return this.#handOverPort();
    }
    this.#workbook = undefined;
    if (this.window.isDestroyed()) return;
    this.window.setTitle(this.#title);
    this.#setup.onChanged(this, 'workbook');
    const why = again && !again.ok ? again.message : 'It ended a second time within a minute.';
    this.send({ kind: 'workbookClosed', reason: `The process of ${lost.name} ended by itself (${code}). Every change that was entered is saved. ${why}`, path: lost.path });
  }

  /** A workbook that somebody else holds is opened again for writing as soon as it is free. */
  #lookForFree(): void {
    clearInterval(this.#freeTimer);
    if (!this.#workbook?.readOnly || this.#workbook.readOnlyByChoice) return;
    const client = this.#client;
    const isFree = async () => {
      const free = await client!.ask<{ isFree: boolean }>({ kind: 'isFree' });
      return free.ok && free.value.isFree;
    };
    void isFree().then((isFreeAlready) => {
      // Nobody holds it: it is read-only for another reason, which no waiting mends.
      if (isFreeAlready || this.#client !== client || this.window.isDestroyed()) return;
      let isLooking = false;
      this.#freeTimer = setInterval(() => {
        if (isLooking || this.#client !== client) return;
        isLooking = true;
        void isFree().then((isFreeNow) => (isFreeNow ? this.#takeForWriting() : undefined)).finally(() => (isLooking = false));
      }, LOOK_FOR_FREE_MS);
    });
  }

  async #takeForWriting(): Promise<void> {
    if (!this.#workbook || !this.#opening) return;
    const outcome = await this.#start(this.#opening);
    if (!outcome.ok) return;
    if (!outcome.value.readOnly) this.#cameBack = `${outcome.value.name} is free now and was opened again for writing.`;
    this.#setup.onChanged(this, 'workbook');
    await this.#handOverPort();
  }
}
