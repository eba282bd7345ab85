/**
 * A window shows Tieout's own page and nothing else: no navigation, no new windows, no embedded pages.
 */
import { app } from 'electron';

/** @param origin the only origin a window may show */
export function forbidNavigation(origin: string): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      if (!event.url.startsWith(`${origin}/`)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
