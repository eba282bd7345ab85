/**
 * What each shell call does: dialogs, opening and copying workbooks, settings.
 *
 * The native dialogs are asked through the `dialog` object at call time, so that tests can answer them.
 */
import fs from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter, nativeTheme, shell } from 'electron';
import type { CallOutcome } from '@shared/contract/call';
import type { Preferences } from '@shared/contract/preferences';
import type { ShellContract } from '@shared/contract/shell';
import { safeFileName } from '@shared/domain/notes';
import { done, refused } from '@shared/domain/outcome';
import type { ShellHandlers } from '../ipc/shell-door';
import type { KeyStore } from './key-store';
import { paperOf, printedPages } from './printed-pages';
import type { SettingsFile } from './settings';
import type { WindowList } from './window-list';

export interface ShellSurroundings {
  readonly settings: SettingsFile;
  readonly windows: WindowList;
  readonly keyStore: KeyStore;
  /** Where identities lie on this machine. */
  readonly identitiesFolder: string;
  /** Whoever runs the program, until an identity is chosen. */
  readonly person: { readonly name: string; readonly email: string };
  readonly guideFolder: string;
  readonly standIn: boolean;
}

const WORKBOOK_FILTER: FileFilter = { name: 'Tieout workbook', extensions: ['tieout'] };
/** What is opened: a workbook, or an audit pack, which is only read. */
const OPEN_FILTERS: FileFilter[] = [{ name: 'Tieout workbook or audit pack', extensions: ['tieout', 'zip'] }, WORKBOOK_FILTER, { name: 'Audit pack', extensions: ['zip'] }];
const IDENTITY_FILTERS = {
  pkcs12: { name: 'Identity (PKCS #12)', extensions: ['p12', 'pfx'] },
  certificate: { name: 'Certificate', extensions: ['pem', 'crt', 'cer'] },
  request: { name: 'Request for a certificate', extensions: ['pem', 'csr'] },
  revocations: { name: 'Revoked certificates', extensions: ['pem', 'crl'] },
} as const satisfies Readonly<Record<string, FileFilter>>;
const cancelled = () => refused('dialog_cancelled', 'Nothing was chosen.');
const withExtension = (chosen: string, extension: string) => (path.extname(chosen) ? chosen : `${chosen}.${extension}`);

/** A name that every system takes. */
const safeName = (name: string) => name.replaceAll(/[\\/:*?"<>|]/g, ' ');

type OpenOutcome = CallOutcome<ShellContract['shell:openWorkbook']>;

export function shellHandlers(around: ShellSurroundings): ShellHandlers {
  const opening = { identitiesFolder: around.identitiesFolder, person: around.person };
  const windowOf = (window: BrowserWindow) => around.windows.of(window);

  function setPreferences(change: Parameters<SettingsFile['setPreferences']>[0]): Preferences {
    const preferences = around.settings.setPreferences(change);
    nativeTheme.themeSource = preferences.theme;
    around.windows.send({ kind: 'preferences', preferences });
    return preferences;
  }

  /** Asks where a new workbook goes; the dialog itself has asked about replacing. */
  async function askWhereToSave(window: BrowserWindow, suggestedName: string): Promise<string | undefined> {
    const answer = await dialog.showSaveDialog(window, {
      defaultPath: path.join(app.getPath('documents'), suggestedName),
      filters: [WORKBOOK_FILTER],
    });
    return answer.canceled || !answer.filePath ? undefined : withExtension(answer.filePath, 'tieout');
  }

  async function askWhichToOpen(window: BrowserWindow, filters: FileFilter[], several: boolean): Promise<string[]> {
    const answer = await dialog.showOpenDialog(window, {
      filters,
      properties: several ? ['openFile', 'multiSelections'] : ['openFile'],
    });
    return answer.canceled ? [] : answer.filePaths;
  }

  return {
    'shell:state': (window) =>
      done({
        version: app.getVersion(),
        electron: process.versions.electron,
        platform: process.platform,
        standIn: around.standIn,
        recent: around.settings.recentWorkbooks(),
        workbook: windowOf(window).workbook ?? null,
        isOpening: windowOf(window).isOpening,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        systemLocale: app.getSystemLocale() || app.getLocale(),
        preferences: around.settings.preferences,
      }),
    'shell:newWorkbook': async (window, input) => {
      const target = await askWhereToSave(window, `${input.company}.tieout`);
      if (!target) return cancelled();
      return (await windowOf(window).open({ kind: 'create', path: target, ...input, ...opening })) as OpenOutcome;
    },
    'shell:openSample': async (window) => {
      const target = await askWhereToSave(window, 'Harbor & Pine.tieout');
      if (!target) return cancelled();
      return (await windowOf(window).open({ kind: 'createSample', path: target, ...opening })) as OpenOutcome;
    },
    'shell:openWorkbook': async (window, input) => {
      const target = input.path ?? (await askWhichToOpen(window, OPEN_FILTERS, false))[0];
      if (!target) return cancelled();
      return (await around.windows.open(target, windowOf(window), input)) as OpenOutcome;
    },
    'shell:closeWorkbook': async (window) => {
      // The last window stays and shows the start, from which another is opened.
      if (around.windows.all.length > 1) window.close();
      else await windowOf(window).closeWorkbook();
      return done({});
    },
    'shell:saveCopy': async (window) => {
      const { workbook } = windowOf(window);
      if (!workbook) return refused('no_workbook', 'No workbook is open.');
      const target = await askWhereToSave(window, `${workbook.name} copy.tieout`);
      if (!target) return cancelled();
      return (await windowOf(window).ask({ kind: 'copy', path: target })) as CallOutcome<ShellContract['shell:saveCopy']>;
    },
    'shell:backUp': async (window) => {
      const { workbook } = windowOf(window);
      if (!workbook) return refused('no_workbook', 'No workbook is open.');
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '').replace('T', ' ');
      const target = path.join(path.dirname(workbook.path), `${workbook.name} backup ${stamp}.tieout`);
      return (await windowOf(window).ask({ kind: 'copy', path: target })) as CallOutcome<ShellContract['shell:backUp']>;
    },
    'shell:chooseImportFiles': async (window) => {
      const paths = await askWhichToOpen(window, [{ name: 'CSV or Excel', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'gz', 'zip'] }, { name: 'All files', extensions: ['*'] }], true);
      return paths.length > 0 ? done({ paths }) : cancelled();
    },
    'shell:chooseAttachments': async (window) => {
      const paths = await askWhichToOpen(window, [{ name: 'All files', extensions: ['*'] }], true);
      return paths.length > 0 ? done({ paths }) : cancelled();
    },
    'shell:chooseSavePath': async (window, input) => {
      const answer = await dialog.showSaveDialog(window, {
        defaultPath: path.join(app.getPath('documents'), safeFileName(input.suggestedName)),
        filters: input.kind === 'any' ? [{ name: 'All files', extensions: ['*'] }] : [{ name: { xlsx: 'Excel workbook', csv: 'Comma-separated text', txt: 'Text', html: 'Web page', jsonl: 'JSON lines', zip: 'Audit pack' }[input.kind], extensions: [input.kind] }],
      });
      return answer.canceled || !answer.filePath ? cancelled() : done({ path: input.kind === 'any' ? answer.filePath : withExtension(answer.filePath, input.kind) });
    },
    'shell:saveDocument': async (window, input) => {
      const answer = await dialog.showSaveDialog(window, {
        defaultPath: path.join(app.getPath('documents'), safeName(input.suggestedName)),
        filters: [{ name: { csv: 'Comma-separated text', svg: 'Vector picture', png: 'Picture' }[input.kind], extensions: [input.kind] }],
      });
      if (answer.canceled || !answer.filePath) return cancelled();
      const filePath = withExtension(answer.filePath, input.kind);
      try {
        fs.writeFileSync(filePath, input.kind === 'png' ? Buffer.from(input.content, 'base64') : input.content);
      } catch (error) {
        return refused('file_unwritable', `${filePath} cannot be written: ${(error as Error).message}. Choose another place.`);
      }
      return done({ path: filePath });
    },
    'shell:chooseVerifyFile': async (window) => {
      const [chosen] = await askWhichToOpen(window, [{ name: 'Excel journal or audit pack', extensions: ['xlsx', 'zip'] }], false);
      return chosen ? done({ path: chosen }) : cancelled();
    },
    'shell:chooseIdentityFile': async (window, { kind }) => {
      const [chosen] = await askWhichToOpen(window, [IDENTITY_FILTERS[kind], { name: 'All files', extensions: ['*'] }], false);
      return chosen ? done({ path: chosen }) : cancelled();
    },
    'shell:keyStore': () => done(around.keyStore.state()),
    'shell:forgetPassPhrase': (_window, { fingerprint }) => {
      around.keyStore.forget(fingerprint);
      return done({});
    },
    'shell:showInFolder': (_window, input) => {
      if (!fs.existsSync(input.path)) return refused('file_missing', `${input.path} is not there any more.`);
      shell.showItemInFolder(input.path);
      return done({});
    },
    'shell:openGuide': async (_window, input) => {
      const wanted = path.join(around.guideFolder, path.basename(input.page ?? 'index.html'));
      await shell.openPath(fs.existsSync(wanted) ? wanted : path.join(around.guideFolder, 'index.html'));
      return done({});
    },
    'shell:setTheme': (_window, input) => {
      setPreferences(input);
      return done({});
    },
    'shell:setPreferences': (_window, input) => done(setPreferences(input)),
    'shell:setCommands': (window, input) => {
      around.windows.setCommands(windowOf(window), { enabled: new Set(input.enabled), checked: new Set(input.checked) });
      return done({});
    },
    'shell:keepState': (window, input) => (windowOf(window).keepState(input.path, input.state) ? done({}) : refused('no_workbook', 'The workbook is not open in this window.')),
    'shell:newWindow': () => {
      around.windows.newWindow().bringToFront();
      return done({});
    },
    'shell:nextWindow': (window) => {
      around.windows.focusNext(windowOf(window));
      return done({});
    },
    'shell:closeWindow': (window) => {
      window.close();
      return done({});
    },
    'shell:toggleFullScreen': (window) => {
      const isFullScreen = !window.isFullScreen();
      window.setFullScreen(isFullScreen);
      return done({ isFullScreen });
    },
    'shell:zoom': (window, input) => done({ percent: windowOf(window).zoom(input.change) }),
    'shell:savePdf': async (window, input) => {
      const answer = await dialog.showSaveDialog(window, {
        defaultPath: path.join(app.getPath('documents'), `${safeName(input.suggestedName)}.pdf`),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      });
      if (answer.canceled || !answer.filePath) return cancelled();
      const filePath = withExtension(answer.filePath, 'pdf');
      const content = await window.webContents.printToPDF(printedPages({ ...input, paper: paperOf(around.settings.preferences.locale || app.getSystemLocale()) }));
      try {
        fs.writeFileSync(filePath, content);
      } catch (error) {
        return refused('file_unwritable', `${filePath} cannot be written: ${(error as Error).message}. Choose another place.`);
      }
      return done({ path: filePath });
    },
  };
}
