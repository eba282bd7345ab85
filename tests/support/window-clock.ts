/**
 * Times what a person waits for: from the key or the click that the page gets to the frame that shows the answer. Nothing of the
 * driver's own way to the page is in the figures.
 */
import type { Page } from '@playwright/test';

/** What the window shows when the answer is there; what is left out may be anything. */
export interface Shown {
  readonly row?: number;
  readonly column?: string;
  /** What the cell of the row holds; empty for any text. */
  readonly text?: string;
  /** What the location of the same row says. */
  readonly location?: string;
  /** What the status bar says of the rows. */
  readonly rows?: RegExp;
  /** The row that has the keyboard is another than this. */
  readonly keyboardLeft?: number;
  /** An element of this selector is there. */
  readonly element?: string;
  /** An element with this test id holds this text. */
  readonly told?: readonly [testId: string, text: string];
}

interface Asked extends Omit<Shown, 'rows'> {
  readonly rows?: string;
}

/** What is not shown by then is not shown at all. */
const LIMIT_MS = 60_000;

export interface Frames {
  /** Of all frames of the time that was watched, in milliseconds. */
  readonly medianMs: number;
  /** One frame in twenty took at least as long. */
  readonly slowMs: number;
  readonly perSecond: number;
}

export class WindowClock {
  constructor(readonly page: Page) {}

  /** When it was first shown, epoch milliseconds. */
  async instantOf(shown: Shown): Promise<number> {
    await this.#watch(shown, true);
    return this.#answered();
  }

  /** @returns milliseconds from the first key or click of `action` to the frame that shows the answer */
  async timed(action: () => Promise<unknown>, shown: Shown): Promise<number> {
    await this.#watch(shown, false);
    await action();
    return this.#answered();
  }

  /** How long frames take while `action` is carried out. */
  async frames(action: () => Promise<unknown>): Promise<Frames> {
    await this.page.evaluate(() => {
      const store = window as unknown as { tieoutFrames: number[] };
      const watched: number[] = (store.tieoutFrames = []);
      const watch = (now: number) => {
        if (store.tieoutFrames !== watched) return;
        watched.push(now);
        requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
    });
    await action();
    const instants = await this.page.evaluate(() => {
      const store = window as unknown as { tieoutFrames: number[] };
      const watched = store.tieoutFrames;
      // Ends the watch.
      store.tieoutFrames = [];
      return watched;
    });
    const lengths = instants.slice(1).map((instant, index) => instant - instants[index]!).sort((left, right) => left - right);
    const at = (share: number) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))]!;
    return { medianMs: at(0.5), slowMs: at(0.95), perSecond: (lengths.length * 1000) / (instants.at(-1)! - instants[0]!) };
  }

  async #watch({ rows, ...shown }: Shown, fromNow: boolean): Promise<void> {
    await this.page.evaluate(
      ([asked, isInstant, limitMs]) => {
        const fits = (): boolean => {
          if (asked.row !== undefined) {
            const cell = document.querySelector(`.ag-row[row-index="${asked.row}"] [col-id="${asked.column}"]`)?.textContent?.trim() ?? '';
            const location = document.querySelector(`.ag-row[row-index="${asked.row}"] [col-id="location"]`)?.textContent?.trim();
            if (cell === '' || (asked.text && cell !== asked.text) || (asked.location !== undefined && location !== asked.location)) return false;
          }
          if (asked.element !== undefined && document.querySelector(asked.element) === null) return false;
          if (asked.rows !== undefined && !new RegExp(asked.rows).test(document.querySelector('[data-testid="status-rows"]')?.textContent ?? '')) return false;
          if (asked.keyboardLeft !== undefined) {
            const row = document.activeElement?.closest('.ag-row')?.getAttribute('row-index');
            if (row === null || row === undefined || Number(row) === asked.keyboardLeft) return false;
          }
          return asked.told === undefined || document.querySelector(`[data-testid="${asked.told[0]}"]`)?.textContent === asked.told[1];
        };
        const store = window as unknown as { tieoutAnswer: Promise<number> };
        let begun: number | undefined = isInstant ? -performance.timeOrigin : undefined;
        const begin = () => (begun ??= performance.now());
        for (const kind of ['keydown', 'pointerdown', 'input', 'scroll']) window.addEventListener(kind, begin, { capture: true, once: true });
        const watched = performance.now();
        store.tieoutAnswer = new Promise((answer, fail) => {
          const look = (now: number) => {
            if (now - watched > limitMs) return fail(new Error(`not shown: ${JSON.stringify(asked)}`));
            if (begun === undefined || !fits()) return void requestAnimationFrame(look);
            // What holds before this frame is drawn is on the screen when the next one begins.
            return void requestAnimationFrame((drawn) => answer(drawn - begun!));
          };
          requestAnimationFrame(look);
        });
      },
      [{ ...shown, ...(rows && { rows: rows.source }) } as Asked, fromNow, LIMIT_MS] as const,
    );
  }

  #answered(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { tieoutAnswer: Promise<number> }).tieoutAnswer);
  }
}
