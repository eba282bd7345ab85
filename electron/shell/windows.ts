/**
 * Windows: one per workbook, each with its own workbook process; remembered place and size.
 */
import path from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import type { ShellEvent } from '@shared/contract/bridge';
import type { OpenWorkbook } from '@shared/contract/shell';
import { type Outcome } from '@shared/domain/outcome';
import type { SettingsFile } from './settings';
import { WorkbookClient, type WorkbookRequest } from './workbook-client';

type OpeningRequest = Extract<WorkbookRequest, { kind: 'open' | 'create' | 'createSample' }>;

export interface WindowSetup {
  /** Where the built main process lies. */
  readonly builtFolder: string;
  /** What the window loads. */
  readonly pageAddress: string;
  readonly settings: SettingsFile;
  readonly onRecentChanged: () => void;
}

/** A window and the workbook it holds. */
export class WorkbookWindow {
  readonly window: BrowserWindow;
  readonly #setup: WindowSetup;
  #client: WorkbookClient | undefined;
  #workbook: OpenWorkbook | undefined;

  constructor(setup: WindowSetup) {
    this.#setup = setup;
    const { bounds } = setup.settings.current;
    this.window = new BrowserWindow({
      width: bounds?.width ?? 1440,
      height: bounds?.height ?? 900,
      ...(bounds?.x !== undefined && bounds.y !== undefined ? { x: bounds.x, y: bounds.y } : {}),
      minWidth: 1024,
      minHeight: 640,
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
    this.window.once('ready-to-show', () => this.window.show());
    this.window.on('close', (event) => {
      setup.settings.update({ bounds: this.window.getNormalBounds() });
      if (!this.#client) return;
      // The workbook is closed first, so that it is left as one plain file without a lock beside it.
      event.preventDefault();
      void this.closeWorkbook().finally(() => this.window.destroy());
    });
    // A page that was loaded again has lost its port.
    this.window.webContents.on('did-finish-load', () => void this.#handOverPort());
    this.window.webContents.on('page-title-updated', (event) => event.preventDefault());
  }

  get workbook(): OpenWorkbook | undefined {
    return this.#workbook;
  }

  load(): Promise<void> {
    return this.window.loadURL(this.#setup.pageAddress);
  }

  send(event: ShellEvent): void {
    if (!this.window.isDestroyed()) this.window.webContents.send('tieout:event', event);
  }

  ask<T>(request: WorkbookRequest): Promise<Outcome<T, string>> {
    if (!this.#client) return Promise.resolve({ ok: false, failure: 'no_workbook', message: 'No workbook is open.' });
    return this.#client.ask<T>(request);
  }

  /** Opens or makes a workbook in this window; the one it held before is closed once the new one is there. */
  async open(request: OpeningRequest): Promise<Outcome<OpenWorkbook, string>> {
    if (this.#workbook?.path === request.path) return { ok: true, value: this.#workbook };
    const client = new WorkbookClient(this.#setup.builtFolder, (code) => this.#lost(code), (message) => void this.closeWorkbook(message));
    const opened = await client.ask<{ path: string; readOnly: boolean; readOnlyReason: string }>(request);
    if (!opened.ok) {
      await client.close();
      return opened;
    }
    await this.#client?.close();
    this.#client = client;
    this.#workbook = { ...opened.value, name: path.basename(opened.value.path, '.tieout') };
    this.window.setTitle(`${this.#workbook.name} - Tieout`);
    this.#setup.settings.remember(this.#workbook.path, Date.now());
    app.addRecentDocument(this.#workbook.path);
    this.#setup.onRecentChanged();
    await this.#handOverPort();
    return { ok: true, value: this.#workbook };
  }

  /** @param reason why it is closed without being asked to; empty otherwise */
  async closeWorkbook(reason = ''): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#workbook = undefined;
    this.window.setTitle('Tieout');
    await client?.close();
    this.send({ kind: 'workbookClosed', reason });
  }

  async #handOverPort(): Promise<void> {
    if (!this.#client || !this.#workbook || this.window.isDestroyed()) return;
    const port = await this.#client.connect();
    this.window.webContents.postMessage('tieout:workbook-port', this.#workbook, [port]);
  }

  #lost(code: number): void {
    this.#client = undefined;
    this.#workbook = undefined;
    this.send({ kind: 'workbookClosed', reason: `The workbook process ended unexpectedly (${code}). What was saved is safe; open the workbook again.` });
  }
}
