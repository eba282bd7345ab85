/**
 * Start-up, in order. What each part does is in `shell/` and `ipc/`.
 */
import os from 'node:os';
import path from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { serveShellCalls } from './ipc/shell-door';
import { setMenu } from './shell/menu';
import { forbidNavigation } from './shell/navigation';
import { ORIGIN, registerScheme, serveWindowPages } from './shell/protocol';
import { SettingsFile } from './shell/settings';
import { shellHandlers } from './shell/shell-calls';
import { WorkbookWindow } from './shell/windows';

const built = import.meta.dirname;
const developmentServer = app.isPackaged ? undefined : process.env['VITE_DEV_SERVER_URL'];
const origin = developmentServer ? new URL(developmentServer).origin : ORIGIN;
const resources = app.isPackaged ? path.join(process.resourcesPath, 'resources') : path.join(built, '..', '..', 'resources');

if (!app.isPackaged && process.env['TIEOUT_USER_DATA']) app.setPath('userData', process.env['TIEOUT_USER_DATA']);
if (!app.requestSingleInstanceLock()) app.exit(0);

registerScheme();
forbidNavigation(origin);

const workbookArgument = (argv: readonly string[]) => argv.slice(1).find((argument) => argument.endsWith('.tieout'));

// Not awaited: 'ready' comes only after this module has run to its end.
void app.whenReady().then(() => {
  const settings = new SettingsFile(app.getPath('userData'));
  nativeTheme.themeSource = settings.current.theme;
  serveWindowPages(path.join(built, '..', 'renderer'), developmentServer);

  const windows = new Map<number, WorkbookWindow>();
  const opening = { identitiesFolder: path.join(app.getPath('userData'), 'identities'), person: { name: os.userInfo().username, email: '' } };
  const windowOf = (window: BrowserWindow) => windows.get(window.webContents.id)!;

  function newWindow(): WorkbookWindow {
    const created = new WorkbookWindow({ builtFolder: built, pageAddress: developmentServer ?? `${ORIGIN}/`, settings, onRecentChanged: refreshMenu });
    const contentsId = created.window.webContents.id;
    windows.set(contentsId, created);
    created.window.on('closed', () => windows.delete(contentsId));
    void created.load();
    return created;
  }

  /** In the window that shows it already, in an empty one, or in a new one. */
  async function openPath(filePath: string): Promise<void> {
    const absolute = path.resolve(filePath);
    const all = [...windows.values()];
    const target = all.find((each) => each.workbook?.path === absolute) ?? all.find((each) => !each.workbook) ?? newWindow();
    target.window.focus();
    const outcome = await target.open({ kind: 'open', path: absolute, ...opening });
    if (!outcome.ok) target.send({ kind: 'openFailed', message: outcome.message });
  }

  function refreshMenu(): void {
    setMenu(
      (window, command) => window && windowOf(window).send({ kind: 'command', command }),
      settings.recentWorkbooks(),
      (_window, recentPath) => void openPath(recentPath),
    );
  }

  serveShellCalls(
    origin,
    (contentsId) => windows.get(contentsId)?.window,
    shellHandlers({
      ...opening,
      settings,
      windowOf,
      guideFolder: path.join(resources, 'guide'),
      // Every released runtime has Node-API 10; only the stand-in for development and tests is older.
      standIn: Number(process.versions.napi) < 10,
    }),
  );
  refreshMenu();

  const first = newWindow();
  const given = workbookArgument(process.argv);
  if (given) first.window.webContents.once('did-finish-load', () => void openPath(given));
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const wanted = workbookArgument(argv);
    if (wanted) void openPath(path.resolve(workingDirectory, wanted));
    else newWindow();
  });
  app.on('open-file', (event, filePath) => {
    event.preventDefault();
    void openPath(filePath);
  });
  app.on('activate', () => {
    if (windows.size === 0) newWindow();
  });
});

let quitting = false;
app.on('before-quit', () => {
  quitting = true;
});
app.on('window-all-closed', () => {
  // A window that closes its workbook first holds up a quit; this takes it up again.
  if (quitting || process.platform !== 'darwin') app.quit();
});
