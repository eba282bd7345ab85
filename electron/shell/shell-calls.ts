/**
 * What each shell call does: dialogs, opening and copying workbooks, settings.
 *
 * The native dialogs are asked through the `dialog` object at call time, so that tests can answer them.
 */
import fs from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, dialog, type FileFilter, Menu, nativeTheme, shell } from 'electron';
import type { CallOutcome } from '@shared/contract/call';
import type { ShellContract } from '@shared/contract/shell';
import { safeFileName } from '@shared/domain/notes';
import { done, refused } from '@shared/domain/outcome';
import type { ShellHandlers } from '../ipc/shell-door';
import type { SettingsFile } from './settings';
import type { WorkbookWindow } from './windows';

export interface ShellSurroundings {
  readonly settings: SettingsFile;
  readonly windowOf: (window: BrowserWindow) => WorkbookWindow;
  /** Where identities lie on this machine. */
  readonly identitiesFolder: string;
  /** Whoever runs the program, until an identity is chosen. */
  readonly person: { readonly name: string; readonly email: string };
  readonly guideFolder: string;
  readonly standIn: boolean;
}

const WORKBOOK_FILTER: FileFilter = { name: 'Tieout workbook', extensions: ['tieout'] };
const cancelled = () => refused('dialog_cancelled', 'Nothing was chosen.');
const withExtension = (chosen: string, extension: string) => (path.extname(chosen) ? chosen : `${chosen}.${extension}`);

type OpenOutcome = CallOutcome<ShellContract['shell:openWorkbook']>;

export function shellHandlers(around: ShellSurroundings): ShellHandlers {
  const opening = { identitiesFolder: around.identitiesFolder, person: around.person };

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
        workbook: around.windowOf(window).workbook ?? null,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    'shell:newWorkbook': async (window, input) => {
      const target = await askWhereToSave(window, `${input.company}.tieout`);
      if (!target) return cancelled();
      return (await around.windowOf(window).open({ kind: 'create', path: target, ...input, ...opening })) as OpenOutcome;
    },
    'shell:openSample': async (window) => {
      const target = await askWhereToSave(window, 'Harbor & Pine.tieout');
      if (!target) return cancelled();
      return (await around.windowOf(window).open({ kind: 'createSample', path: target, ...opening })) as OpenOutcome;
    },
    'shell:openWorkbook': async (window, input) => {
      const target = input.path ?? (await askWhichToOpen(window, [WORKBOOK_FILTER], false))[0];
      if (!target) return cancelled();
      return (await around.windowOf(window).open({ kind: 'open', path: path.resolve(target), ...opening })) as OpenOutcome;
    },
    'shell:closeWorkbook': async (window) => {
      await around.windowOf(window).closeWorkbook();
      return done({});
    },
    'shell:saveCopy': async (window) => {
      const { workbook } = around.windowOf(window);
      if (!workbook) return refused('no_workbook', 'No workbook is open.');
      const target = await askWhereToSave(window, `${workbook.name} copy.tieout`);
      if (!target) return cancelled();
      return (await around.windowOf(window).ask({ kind: 'copy', path: target })) as CallOutcome<ShellContract['shell:saveCopy']>;
    },
    'shell:backUp': async (window) => {
      const { workbook } = around.windowOf(window);
      if (!workbook) return refused('no_workbook', 'No workbook is open.');
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '').replace('T', ' ');
      const target = path.join(path.dirname(workbook.path), `${workbook.name} backup ${stamp}.tieout`);
      return (await around.windowOf(window).ask({ kind: 'copy', path: target })) as CallOutcome<ShellContract['shell:backUp']>;
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
        filters: input.kind === 'any' ? [{ name: 'All files', extensions: ['*'] }] : [{ name: { xlsx: 'Excel workbook', csv: 'Comma-separated text', txt: 'Text', html: 'Web page' }[input.kind], extensions: [input.kind] }],
      });
      return answer.canceled || !answer.filePath ? cancelled() : done({ path: input.kind === 'any' ? answer.filePath : withExtension(answer.filePath, input.kind) });
    },
    'shell:saveDocument': async (window, input) => {
      const answer = await dialog.showSaveDialog(window, {
        defaultPath: path.join(app.getPath('documents'), input.suggestedName.replaceAll(/[\\/:*?"<>|]/g, ' ')),
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
      const [chosen] = await askWhichToOpen(window, [{ name: 'Excel journal', extensions: ['xlsx'] }], false);
      return chosen ? done({ path: chosen }) : cancelled();
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
      nativeTheme.themeSource = input.theme;
      around.settings.update({ theme: input.theme });
      return done({});
    },
    'shell:setCommands': (_window, input) => {
      setEnabledCommands(input.enabled);
      return done({});
    },
  };
}

/** Greys out in the menu what cannot be used now. */
function setEnabledCommands(enabled: readonly string[]): void {
  const usable = new Set(enabled);
  for (const menu of Menu.getApplicationMenu()?.items ?? []) {
    for (const item of menu.submenu?.items ?? []) {
      if (item.id?.includes('.')) item.enabled = usable.has(item.id);
    }
  }
}
