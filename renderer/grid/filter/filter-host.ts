/**
 * What the fields of the filter row share: what is written in each, and where the keyboard goes from them.
 *
 * The screen owns the texts; AG Grid mounts and unmounts a field as its column comes into sight, so no field keeps one.
 */

/** How a column is filtered; the screen knows what a text means. */
export interface FilterRule {
  /** What can be written, as an example in the empty field. */
  readonly hint: string;
  /** What is wrong with a text, as a person reads it; undefined where it can be asked. */
  readonly whyNot: (text: string) => string | undefined;
  readonly choices?: FilterChoices;
}

/** A column of which one chooses from a list, several at once. */
export interface FilterChoices {
  /** The entries that fit what is being written. */
  readonly fitting: (text: string) => readonly FilterChoice[];
  /** The text after an entry was taken or left out again. */
  readonly toggled: (text: string, key: string) => string;
}

export interface FilterChoice {
  readonly key: string;
  readonly title: string;
  readonly isChosen: boolean;
}

export interface FilterRowSetting {
  readonly texts: () => Readonly<Record<string, string>>;
  readonly put: (column: string, text: string) => void;
  /** Gives the keyboard back to the cell under the field. */
  readonly leave: (column: string) => void;
  /** Gives the keyboard to the next or previous field. @returns whether there is one */
  readonly step: (column: string, by: 1 | -1) => boolean;
}

export class FilterHost {
  readonly #listeners = new Set<() => void>();

  constructor(readonly setting: FilterRowSetting) {}

  readonly text = (column: string): string => this.setting.texts()[column] ?? '';

  /** The texts are others now. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
