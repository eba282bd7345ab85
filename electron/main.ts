/**
 * Start-up, in order. What each part does is in `shell/` and `ipc/`.
 */
import os from 'node:os';
import path from 'node:path';
import { app, type BrowserWindow, nativeTheme } from 'electron';
import { serveShellCalls } from './ipc/shell-door';
import { KeptFiles } from './shell/kept-files';
import { KeyStore } from './shell/key-store';
import { setMenu, showCommandStates } from './shell/menu';
import { forbidNavigation } from './shell/navigation';
import { ORIGIN, registerScheme, serveWindowPages } from './shell/protocol';
import { SettingsFile } from './shell/settings';
import { shellHandlers } from './shell/shell-calls';
import { WindowList } from './shell/window-list';
import type { CommandStates } from './shell/windows';

const built = import.meta.dirname;
const developmentServer = app.isPackaged ? undefined : process.env['VITE_DEV_SERVER_URL'];
const origin = developmentServer ? new URL(developmentServer).origin : ORIGIN;
const resources = app.isPackaged ? path.join(process.resourcesPath, 'resources') : path.join(built, '..', '..', 'resources');
const NO_STATES: CommandStates = { enabled: new Set(), checked: new Set() };

if (!app.isPackaged && process.env['TIEOUT_USER_DATA']) app.setPath('userData', process.env['TIEOUT_USER_DATA']);
if (!app.requestSingleInstanceLock()) app.exit(0);

registerScheme();
forbidNavigation(origin);

const workbookArgument = (argv: readonly string[]) => argv.slice(1).find((argument) => /\.(tieout|zip)$/i.test(argument));

/** As an auditor starts it: the workbook is neither locked nor written. */
const asksReadOnly = (argv: readonly string[]) => argv.includes('--read-only');

// Not awaited: 'ready' comes only after this module has run to its end.
void app.whenReady().then(async () => {
  const settings = new SettingsFile(app.getPath('userData'));
  nativeTheme.themeSource = settings.preferences.theme;
  serveWindowPages(path.join(built, '..', 'renderer'), developmentServer);

  const opening = { identitiesFolder: path.join(app.getPath('userData'), 'identities'), person: { name: os.userInfo().username, email: '' } };
  const keyStore = new KeyStore(app.getPath('userData'), (state) => windows.send({ kind: 'keyStore', keyStore: state }));
  const windows: WindowList = new WindowList({
    builtFolder: built,
    pageAddress: developmentServer ?? `${ORIGIN}/`,
    settings,
    keyStore,
    keptFiles: new KeptFiles(app.getPath('userData')),
    opening,
    onMenuChanged: (what) => (what === 'windows' ? refreshMenu() : showCommandStates(states())),
  });
  const states = () => windows.current?.commands ?? NO_STATES;
  const windowOf = (window: BrowserWindow | undefined) => (window ? windows.of(window) : windows.current);

  /** A workbook from outside a window: the command line, a double-click, the list of recent ones. */
  async function openPath(filePath: string, readOnly = false): Promise<void> {
    const outcome = await windows.open(filePath, undefined, { beside: false, readOnly });
    if (!outcome.ok) (windows.current ?? windows.newWindow()).send({ kind: 'openFailed', message: outcome.message });
  }

  function refreshMenu(): void {
    setMenu({
      send: (window, command) => windowOf(window)?.send({ kind: 'command', command }),
      recent: settings.recentWorkbooks(),
      openRecent: (_window, recentPath) => void openPath(recentPath),
      windows: windows.all.map((each) => ({
        title: each.workbook?.name ?? 'No workbook',
        isCurrent: each === windows.current,
        bringToFront: () => each.bringToFront(),
      })),
      states,
    });
  }

  serveShellCalls(
    origin,
    (contentsId) => windows.ofContents(contentsId)?.window,
    shellHandlers({
      ...opening,
      settings,
      windows,
      keyStore,
      guideFolder: path.join(resources, 'guide'),
      // Every released runtime has Node-API 10; only the stand-in for development and tests is older.
      standIn: Number(process.versions.napi) < 10,
    }),
  );
  refreshMenu();

  app.on('before-quit', () => windows.quits());
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const wanted = workbookArgument(argv);
    if (wanted) void openPath(path.resolve(workingDirectory, wanted), asksReadOnly(argv));
    else windows.newWindow();
  });
  app.on('open-file', (event, filePath) => {
    event.preventDefault();
    void openPath(filePath);
  });
  app.on('activate', () => {
    if (windows.all.length === 0) windows.newWindow();
  });

  const given = workbookArgument(process.argv);
  if (given) {
    // The workbook is opened while the page loads.
    windows.newWindow(path.resolve(given));
    void openPath(given, asksReadOnly(process.argv));
  } else if (!settings.preferences.reopens || !(await windows.reopen())) windows.newWindow();
});

let quitting = false;
app.on('before-quit', () => {
  quitting = true;
});
app.on('window-all-closed', () => {
  // A window that closes its workbook first holds up a quit; this takes it up again.
  if (quitting || process.platform !== 'darwin') app.quit();
});
