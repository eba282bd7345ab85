/**
 * One window for all tests of a file, which go on where the one before left off.
 */
import { expect, test } from '@playwright/test';
import { launchTieout, leavePictureOnFailure, outputFolder, type TieoutWindow } from './electron';
import { Pictures } from './pictures';
import { WorkbookScreens } from './window';
import type { PreparedWorkbook } from './workbook-files';

export interface SharedWindow {
  readonly tieout: TieoutWindow;
  readonly window: WorkbookScreens;
  readonly pictures: Pictures;
  readonly workbook: PreparedWorkbook;
}

/**
 * Opens the window before the first test of the file and closes it after the last; a test that fails leaves out those after it.
 *
 * @param prepare makes the workbook that is opened; its last period is open
 * @param name of the folder of pictures
 * @param opened is given the window once it shows the workbook
 * @param size of its content in pixels, else that of the pictures of the guide
 */
export function shareWindow(prepare: () => Promise<PreparedWorkbook>, name: string, opened: (shared: SharedWindow) => void, size?: { readonly width: number; readonly height: number }): void {
  let tieout: TieoutWindow | undefined;
  test.describe.configure({ mode: 'serial' });
  leavePictureOnFailure(() => tieout);
  test.beforeAll(async () => {
    const workbook = await prepare();
    tieout = await launchTieout({ args: [workbook.workbookPath], userDataFolder: workbook.userDataFolder });
    const window = new WorkbookScreens(tieout.page);
    const pictures = new Pictures(tieout, `${outputFolder()}-${name}`, ['light', 'dark']);
    await pictures.setSize(size);
    await expect(window.periodState).toHaveText('open');
    opened({ tieout, window, pictures, workbook });
  });
  test.afterAll(async () => {
    await tieout?.close();
  });
}
