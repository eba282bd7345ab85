/**
 * What can be undone and made again, across screens. An undo is an event of its own in the audit trail: whoever
 * carries it out gets back what takes the undo back.
 */

export interface UndoEntry<Token> {
  /** What was done, as the menu names it: `Reason of MUG-BLU-11`. */
  readonly label: string;
  readonly token: Token;
}

export class UndoStack<Token> {
  readonly #done: UndoEntry<Token>[] = [];
  readonly #undone: UndoEntry<Token>[] = [];
  #busy = false;

  get undoLabel(): string | undefined {
    return this.#done.at(-1)?.label;
  }

  get redoLabel(): string | undefined {
    return this.#undone.at(-1)?.label;
  }

  /** Something new was done: what had been undone before can no longer be made again. */
  record(entry: UndoEntry<Token>): void {
    this.#done.push(entry);
    this.#undone.length = 0;
  }

  /**
   * @param takeBack carries it out; answers the token that takes this back in turn, undefined where it was refused
   * @returns what was undone; undefined where there was nothing, or it was refused
   */
  undo(takeBack: (token: Token) => Promise<Token | undefined>): Promise<UndoEntry<Token> | undefined> {
    return this.#move(this.#done, this.#undone, takeBack);
  }

  /** As `undo`, the other way. */
  redo(takeBack: (token: Token) => Promise<Token | undefined>): Promise<UndoEntry<Token> | undefined> {
    return this.#move(this.#undone, this.#done, takeBack);
  }

  async #move(
    from: UndoEntry<Token>[],
    to: UndoEntry<Token>[],
    takeBack: (token: Token) => Promise<Token | undefined>,
  ): Promise<UndoEntry<Token> | undefined> {
    const entry = from.at(-1);
    // One at a time: two quick Ctrl+Z must not take the same change back twice.
    if (!entry || this.#busy) return undefined;
    this.#busy = true;
    try {
      const token = await takeBack(entry.token);
      // A refused one stays out of the way: what it would change was changed again since.
      from.splice(from.indexOf(entry), 1);
      if (token === undefined) return undefined;
      to.push({ label: entry.label, token });
      return entry;
    } finally {
      this.#busy = false;
    }
  }
}
