/**
 * How the dates and numbers of a file are written, judged over whole columns: by the cells that can be read in one way
 * only. What no such cell tells is not guessed.
 */
import { TARGET_FIELDS, type DateStyle, type NumberStyle } from '@shared/domain/import-profile';
import type { HeaderMatch } from './header';
import { trimmed } from './row-values';

const NUMERIC_DATE = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b/;
const FIGURE = /^[^\p{L}]*?'?[-+(]?[$€£¥₹]?(\d[\d.,'’\u00a0\u2007\u2009\u202f ]*)[-)]?$/u;
const CURRENCY_CODE = /^[A-Z]{3}\s?|\s?[A-Z]{3}$/g;
const NUMBER_SHAPES: ReadonlySet<string> = new Set(['quantity', 'unit_cost', 'money', 'amount']);

/** `open`: no cell tells; `both`: cells tell against one another. */
export type Decided<T> = T | 'open' | 'both';

/** What the dates of a column have in common. */
export class DateEvidence {
  #dayFirst = 0;
  #monthFirst = 0;
  #either = 0;

  take(text: string): void {
    const match = NUMERIC_DATE.exec(text);
    if (!match) return;
    const [first, second] = [Number(match[1]), Number(match[2])];
    if (first > 12) this.#dayFirst += 1;
    else if (second > 12) this.#monthFirst += 1;
    else if (first !== second) this.#either += 1;
  }

  /** Whether a cell told the order of day and month. */
  get tells(): boolean {
    return this.#dayFirst + this.#monthFirst > 0;
  }

  decided(): Decided<DateStyle> {
    if (this.#dayFirst > 0 && this.#monthFirst > 0) return 'both';
    if (this.#dayFirst > 0) return 'day_month_year';
    // Without a date that has an order, every style reads the same.
    return this.#monthFirst > 0 || this.#either === 0 ? 'month_day_year' : 'open';
  }
}

/** What the numbers of a column have in common. */
export class NumberEvidence {
  #point = 0;
  #comma = 0;
  #either = 0;
  #group: NumberStyle['thousands'] | undefined;

  take(text: string): void {
    const figure = FIGURE.exec(text.replace(CURRENCY_CODE, ''))?.[1]?.trim();
    if (figure === undefined) return;
    if (/['’]/.test(figure)) this.#group = "'";
    else if (/\s/.test(figure)) this.#group = ' ';
    const signs = figure.replace(/[^.,]/g, '');
    const last = signs.at(-1);
    if (last === undefined) return;
    const isRepeated = signs.length > 1 && new Set(signs).size === 1;
    const behind = figure.length - figure.lastIndexOf(last) - 1;
    // One sign before three digits may group them or begin the fraction; nothing is grouped behind a leading zero.
    const isOpen = signs.length === 1 && behind === 3 && /^[1-9]\d{0,2}[.,]/.test(figure);
    if (isOpen) this.#either += 1;
    else if ((last === '.') !== isRepeated) this.#point += 1;
    else this.#comma += 1;
  }

  /** Whether a cell told the decimal sign. */
  get tells(): boolean {
    return this.#point + this.#comma > 0;
  }

  decided(): Decided<NumberStyle> {
    if (this.#point > 0 && this.#comma > 0) return 'both';
    if (this.#comma > 0) return { decimal: ',', thousands: this.#group ?? '.' };
    return this.#point > 0 || this.#either === 0 ? { decimal: '.', thousands: this.#group ?? ',' } : 'open';
  }
}

/** The evidence of a file's rows for the styles that its profile leaves to the column. */
export class StyleEvidence {
  readonly dates = new DateEvidence();
  readonly numbers = new NumberEvidence();
  readonly #dateIndexes: readonly number[];
  readonly #numberIndexes: readonly number[];

  constructor({ matched, places }: HeaderMatch) {
    const indexesOf = (isWanted: (shape: string) => boolean) =>
      matched.filter(({ column }) => isWanted(TARGET_FIELDS[column.field].shape)).flatMap(({ parts }) => parts.map(({ index }) => index));
    this.#dateIndexes = [...new Set(indexesOf((shape) => shape === 'instant' || shape === 'date' || shape === 'calendar_date'))];
    this.#numberIndexes = [...new Set([...indexesOf((shape) => NUMBER_SHAPES.has(shape)), ...places.map(({ index }) => index)])];
  }

  take(cells: readonly string[]): void {
    for (const index of this.#dateIndexes) this.dates.take(trimmed(cells[index]));
    for (const index of this.#numberIndexes) this.numbers.take(trimmed(cells[index]));
  }
}
