/**
 * Drops files onto the window as the desktop does: they have paths, which no page could make up.
 */
import type { ElectronApplication, Page } from '@playwright/test';

export async function dropFiles(app: ElectronApplication, page: Page, files: readonly string[]): Promise<void> {
  const session = await app.context().newCDPSession(page);
  const { x, y } = await page.evaluate(() => ({ x: window.innerWidth / 2, y: window.innerHeight / 2 }));
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}
