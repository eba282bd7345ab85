/**
 * What can be undone and made again, across screens. An undo is an event of its own in the audit trail: whoever
 * carries it out gets back what takes the undo back.
 */

export interface UndoEntry<Token> {
  /** What was done, as the menu names it: `Reason of MUG-BLU-11`. */
  readonly label: string;
  readonly token: Token;
}

/** It was stopped before anything was changed: it can be asked for again. */
export const KEPT = Symbol('kept');

/** Carries an undo out; answers the token that takes this back in turn, undefined where it was refused. */
export type TakeBack<Token> = (token: Token) => Promise<Token | undefined | typeof KEPT>;

export class UndoStack<Token> {
  readonly #done: UndoEntry<Token>[] = [];
  readonly #undone: UndoEntry<Token>[] = [];
  /** Changes that were asked for and are not recorded yet. */
  readonly #saving = new Set<Promise<unknown>>();
  #recorded = 0;
  #busy = false;

  /** What Undo would take back. */
  get lastDone(): UndoEntry<Token> | undefined {
    return this.#done.at(-1);
  }

  /** What Redo would make again. */
  get lastUndone(): UndoEntry<Token> | undefined {
    return this.#undone.at(-1);
  }

  /** Whether a change is under way that may still be recorded. */
  get isSaving(): boolean {
    return this.#saving.size > 0;
  }

  /** Makes a change that `save` records once it is saved: an undo asked meanwhile waits for it. @returns what `save` answers */
  async saving<T>(save: () => Promise<T>): Promise<T> {
    const running = save();
    this.#saving.add(running);
    try {
      return await running;
    } finally {
      this.#saving.delete(running);
    }
  }

  /** Something new was done: what had been undone before can no longer be made again. */
  record(entry: UndoEntry<Token>): void {
    this.#recorded += 1;
    this.#done.push(entry);
    this.#undone.length = 0;
  }

  /** @returns what was undone; undefined where there was nothing, or it was refused */
  undo(takeBack: TakeBack<Token>): Promise<UndoEntry<Token> | undefined> {
    return this.#move(this.#done, this.#undone, takeBack);
  }

  /** As `undo`, the other way. */
  redo(takeBack: TakeBack<Token>): Promise<UndoEntry<Token> | undefined> {
    return this.#move(this.#undone, this.#done, takeBack);
  }

  async #move(from: UndoEntry<Token>[], to: UndoEntry<Token>[], takeBack: TakeBack<Token>): Promise<UndoEntry<Token> | undefined> {
    // One at a time: two quick Ctrl+Z must not take the same change back twice.
    if (this.#busy) return undefined;
    this.#busy = true;
    try {
      if (this.isSaving) {
        const recordedBefore = this.#recorded;
        await Promise.allSettled(this.#saving);
        // What the person meant was refused: the change before it was not what they saw last.
        if (this.#recorded === recordedBefore) return undefined;
      }
      const entry = from.at(-1);
      if (!entry) return undefined;
      const recordedBefore = this.#recorded;
      const token = await takeBack(entry.token);
      if (token === KEPT) return undefined;
      // A refused one stays out of the way: what it would change was changed again since.
      const place = from.indexOf(entry);
      if (place >= 0) from.splice(place, 1);
      if (token === undefined) return undefined;
      // Something new was done meanwhile: what is undone now cannot be made again after it.
      if (to === this.#done || this.#recorded === recordedBefore) to.push({ label: entry.label, token });
      return entry;
    } finally {
      this.#busy = false;
    }
  }
}
