/**
 * What this machine remembers between starts: recent workbooks, preferences, which windows were open.
 *
 * A file that cannot be read is as good as none: nothing of value lies here. What belongs to one workbook's window is in
 * `kept-files.ts`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { FIRST_PREFERENCES, Preferences } from '@shared/contract/preferences';
import { WindowPlace } from './kept-files';

const Settings = z.object({
  recent: z.array(z.object({ path: z.string(), name: z.string(), openedInstant: z.int() })).default([]),
  preferences: Preferences.partial().catch({}).default({}),
  /** Where the theme stood before there were preferences. */
  theme: Preferences.shape.theme.optional().catch(undefined),
  /** The window that was shown last, for one that has no place of its own. */
  place: WindowPlace.optional().catch(undefined),
  /** The workbooks that were open when the program ended. */
  open: z.array(z.string()).max(50).catch([]).default([]),
  /** Those of them that were opened read-only by choice. */
  openReadOnly: z.array(z.string()).max(50).catch([]).default([]),
});
export type Settings = z.infer<typeof Settings>;

const RECENT_MOST = 10;

type ChangedPreferences = { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined };

/** Only what was given: an undefined would take the place of what stands. */
const given = (change: ChangedPreferences): Partial<Preferences> => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

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

  get preferences(): Preferences {
    const { theme, preferences } = this.#settings;
    return { ...FIRST_PREFERENCES, ...(theme ? { theme } : {}), ...given(preferences) };
  }

  setPreferences(change: ChangedPreferences): Preferences {
    const preferences = { ...this.preferences, ...given(change) };
    this.update({ preferences, theme: preferences.theme });
    return preferences;
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
