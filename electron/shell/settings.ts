/**
 * What this machine remembers between starts: recent workbooks, the theme, who worked last, the window's place.
 *
 * A file that cannot be read is as good as none: nothing of value lies here.
 */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Settings = z.object({
  recent: z.array(z.object({ path: z.string(), name: z.string(), openedInstant: z.int() })).default([]),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  bounds: z.object({ x: z.int().optional(), y: z.int().optional(), width: z.int(), height: z.int() }).optional(),
});
export type Settings = z.infer<typeof Settings>;

const RECENT_MOST = 10;

export class SettingsFile {
  #settings: Settings;
  readonly #path: string;

  constructor(folder: string) {
    this.#path = path.join(folder, 'settings.json');
    let stored: unknown = {};
    try {
      stored = JSON.parse(fs.readFileSync(this.#path, 'utf8'));
    } catch {
      // First start, or a file somebody damaged: begin anew.
    }
    this.#settings = Settings.safeParse(stored).data ?? Settings.parse({});
  }

  get current(): Settings {
    return this.#settings;
  }

  update(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    const partial = `${this.#path}.partial`;
    fs.mkdirSync(path.dirname(this.#path), { recursive: true });
    fs.writeFileSync(partial, JSON.stringify(this.#settings, null, 2));
    fs.renameSync(partial, this.#path);
  }

  /** Puts a workbook first in the list of recent ones, where it stands once. */
  remember(workbookPath: string, openedInstant: number): void {
    const name = path.basename(workbookPath, '.tieout');
    const others = this.#settings.recent.filter((each) => each.path !== workbookPath);
    this.update({ recent: [{ path: workbookPath, name, openedInstant }, ...others].slice(0, RECENT_MOST) });
  }

  /** Recent workbooks that are still there. */
  recentWorkbooks(): Settings['recent'] {
    return this.#settings.recent.filter((each) => fs.existsSync(each.path));
  }
}
