/**
 * What this machine keeps of each workbook's window: its place, its zoom and where the person was in it. One small file for a
 * workbook, named by its path; those that were not used for longest go first.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { KeptState } from '@shared/contract/kept';

export const WindowPlace = z.object({
  x: z.int(), y: z.int(), width: z.int(), height: z.int(),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
export type WindowPlace = z.infer<typeof WindowPlace>;

const Kept = z.object({
  path: z.string(),
  place: WindowPlace.optional(),
  zoomLevel: z.number().min(-8).max(9).default(0),
  state: KeptState.default({}),
});
export type Kept = z.infer<typeof Kept>;

const FILES_MOST = 60;

export class KeptFiles {
  readonly #folder: string;

  /** @param settingsFolder where the settings of this machine lie */
  constructor(settingsFolder: string) {
    this.#folder = path.join(settingsFolder, 'windows');
  }

  #fileOf(workbookPath: string): string {
    return path.join(this.#folder, `${createHash('sha256').update(workbookPath).digest('hex').slice(0, 32)}.json`);
  }

  /** What was kept; as for a workbook never seen where nothing was, or where it cannot be read. */
  read(workbookPath: string): Kept {
    const nothing: Kept = { path: workbookPath, zoomLevel: 0, state: {} };
    try {
      const kept = Kept.safeParse(JSON.parse(fs.readFileSync(this.#fileOf(workbookPath), 'utf8')));
      return kept.success && kept.data.path === workbookPath ? kept.data : nothing;
    } catch {
      return nothing;
    }
  }

  /** Changes what is given. A folder that cannot be written costs only the comfort of coming back. */
  update(workbookPath: string, change: Partial<Omit<Kept, 'path'>>): void {
    const file = this.#fileOf(workbookPath);
    const text = JSON.stringify({ ...this.read(workbookPath), ...change });
    try {
      const isNew = !fs.existsSync(file);
      fs.mkdirSync(this.#folder, { recursive: true });
      fs.writeFileSync(`${file}.partial`, text);
      fs.renameSync(`${file}.partial`, file);
      if (isNew) this.#forgetOldest();
    } catch (error) {
      console.error(error);
    }
  }

  #forgetOldest(): void {
    const files = fs.readdirSync(this.#folder).filter((name) => name.endsWith('.json')).map((name) => path.join(this.#folder, name));
    const byAge = files.map((file) => ({ file, at: fs.statSync(file).mtimeMs })).sort((left, right) => right.at - left.at);
    for (const { file } of byAge.slice(FILES_MOST)) fs.rmSync(file, { force: true });
  }
}
