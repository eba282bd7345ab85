/**
 * Which loaded rows are still as they were read: after a change the grid shows the rows of before until each page has come again, and
 * nothing may be worked out from those.
 */
export class Freshness {
  #round = 0;
  readonly #roundOfPage = new Map<number, number>();

  /** @param pageRows how many rows a page has; pages begin at its multiples */
  constructor(readonly pageRows: number) {}

  /** Rows may have changed: every page is asked for again. */
  outdate(): void {
    this.#round += 1;
  }

  /** Call when a page is asked for. @returns to be called when it has come; answers whether it tells of the rows as they are since */
  asked(startRow: number): () => boolean {
    const round = this.#round;
    const page = startRow / this.pageRows;
    return () => {
      // A late answer to an earlier question does not undo what has come since.
      this.#roundOfPage.set(page, Math.max(round, this.#roundOfPage.get(page) ?? 0));
      return round === this.#round;
    };
  }

  /** Whether every row of the span, where it is loaded at all, was asked for since rows may have changed. */
  isFresh({ from, to }: { readonly from: number; readonly to: number }): boolean {
    for (let page = Math.floor(from / this.pageRows); page * this.pageRows <= to; page += 1) {
      if ((this.#roundOfPage.get(page) ?? 0) !== this.#round) return false;
    }
    return true;
  }
}
