/**
 * Drops files onto the window as the desktop does: they have paths, which no page could make up.
 */
import type { ElectronApplication, Locator, Page } from '@playwright/test';

/**
 * @param onto the middle of the window unless given
 * @param meanwhile looks at the window while the files hang over it
 */
export async function dropFiles(app: ElectronApplication, page: Page, files: readonly string[], onto?: Locator, meanwhile?: () => Promise<void>): Promise<void> {
  const session = await app.context().newCDPSession(page);
  const box = (await onto?.boundingBox()) ?? (await page.evaluate(() => ({ x: 0, y: 0, width: window.innerWidth, height: window.innerHeight })));
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await meanwhile?.();
  await session.send('Input.dispatchDragEvent', { type: 'drop', x, y, data });
  await session.detach();
}
