/**
 * What a column of the grid is: its kind decides how a value is shown, edited, copied and sorted.
 *
 * The grid knows nothing of what the rows mean: a column reads its value from the row and says it in words.
 */
import { formatQuantity, QUANTITY_PLACES } from '@shared/domain/quantity';
import { decimalSign, groupSign, type SearchEntry, type Tone } from '../ui';
import type { CopiedCell } from './clipboard/copied-cells';
import type { FilterRule } from './filter/filter-host';
import { workOut } from './model/arithmetic';
import { readDay } from './model/day';
import { type EditableColumn, notTaken, taken } from './model/edits';

/** A column that can be edited in place. */
interface EditRule<Row> {
  /** Why nothing can be put into the cell, as a person reads it; undefined where it can. */
  readonly whyFixed: (row: Row) => string | undefined;
}

interface ColumnBase {
  /** Names the column for sorting and editing; the page source understands it. */
  readonly id: string;
  /** With unit or currency, so that the cells need none. */
  readonly title: string;
  /** In full where there is room for it and the title is cut short: in menus. */
  readonly name?: string;
  /** What the figure is, for the pointer over the head. */
  readonly tooltip?: string;
  readonly width: number;
  /** Takes its share of what is left of the width. */
  readonly grows?: boolean;
  readonly sortable?: boolean;
  /** Stays at the left while the rest scrolls, until a person frees it. */
  readonly pinned?: boolean;
  /** Not shown until a person asks for it. */
  readonly hidden?: boolean;
  /** Tells the row from others: a screen reader reads it with each cell. */
  readonly namesRow?: boolean;
  /** What its field in the filter row takes. */
  readonly filter?: FilterRule;
}

export interface TextColumn<Row> extends ColumnBase {
  readonly kind: 'text';
  readonly value: (row: Row) => string | null;
  /** Less weight than the columns beside it. */
  readonly quiet?: boolean;
  /** Words for a paperclip behind the text, where the row has one. */
  readonly clipped?: (row: Row) => string | null;
  /** Widens to the longest text that came, up to this width, in pixels. */
  readonly fitsUpTo?: number;
  /** A number that is only read, as of a row of a file: at the right, as figures stand. */
  readonly align?: 'end';
  /** Free text of at most `longest` signs. */
  readonly edit?: EditRule<Row> & { readonly longest: number };
}

export interface NumberColumn<Row> extends ColumnBase {
  readonly kind: 'quantity' | 'money';
  /** Scaled quantity or minor units; null is unknown. */
  readonly value: (row: Row) => number | null;
  /** How the value is written, with the user's separators. */
  readonly text: (value: number | null) => string;
  /** How it is copied: a plain decimal. */
  readonly plainText: (value: number | null) => string;
  /** The direction in words, for the pointer and for screen readers. */
  readonly words?: (row: Row) => string | undefined;
  /** A zero that only says that there is nothing stands as a quiet dash. */
  readonly dashesZero?: boolean;
  readonly strong?: boolean;
  /** A figure or a sum, worked out exactly; `whyNot` says what is wrong with a result. */
  readonly edit?: EditRule<Row> & { readonly whyNot?: (scaled: number) => string | undefined };
}

export interface BadgeColumn<Row> extends ColumnBase {
  readonly kind: 'badge';
  readonly value: (row: Row) => { readonly tone: Tone; readonly text: string } | null;
}

export interface DateColumn<Row> extends ColumnBase {
  readonly kind: 'date';
  /** Epoch milliseconds. */
  readonly value: (row: Row) => number | null;
  readonly text: (instant: number) => string;
  /** Past its time: stands out. */
  readonly late?: (row: Row) => boolean;
  /** A day; `dayOf` gives the instant's own as `2026-11-05`. */
  readonly edit?: EditRule<Row> & { readonly dayOf: (instant: number) => string };
}

export interface ChoiceColumn<Row> extends ColumnBase {
  readonly kind: 'choice';
  /** The chosen entry's key. */
  readonly value: (row: Row) => string | null;
  readonly entries: (row: Row) => readonly SearchEntry[];
  /** The cell shows the key alone; the title is under the pointer and goes along when rows are copied. */
  readonly showsKey?: boolean;
  /** What is only proposed; shown quietly where nothing is chosen. */
  readonly proposal?: (row: Row) => string | null;
  /** One of the entries, by key or title. */
  readonly edit?: EditRule<Row>;
}

export type GridColumn<Row> = TextColumn<Row> | NumberColumn<Row> | BadgeColumn<Row> | DateColumn<Row> | ChoiceColumn<Row>;

/** Whether head and cells stand at the right. */
export const standsAtEnd = <Row>(column: GridColumn<Row>): boolean => isNumberColumn(column) || (column.kind === 'text' && column.align === 'end');

export const isNumberColumn = <Row>(column: GridColumn<Row>): column is NumberColumn<Row> => column.kind === 'quantity' || column.kind === 'money';

/** The chosen entry's title; the key itself where the list does not know it. */
export function choiceText<Row>(column: ChoiceColumn<Row>, row: Row): string | null {
  const key = column.value(row);
  return key === null ? null : (column.entries(row).find((entry) => entry.key === key)?.title ?? key);
}

/** Whether the cell shows nothing, or only that nothing is known. */
export const isEmptyCell = <Row>(column: GridColumn<Row>, row: Row): boolean => {
  const value = column.value(row);
  return value === null || value === '';
};

/** A cell as it goes to another program. */
export function copiedCell<Row>(column: GridColumn<Row>, row: Row): CopiedCell {
  switch (column.kind) {
    case 'text':
      return { kind: 'text', text: column.value(row) ?? '' };
    case 'quantity':
    case 'money': {
      const value = column.value(row);
      const decimal = column.plainText(value);
      return value === null ? { kind: 'text', text: decimal } : { kind: 'figure', decimal };
    }
    case 'badge':
      return { kind: 'text', text: column.value(row)?.text ?? '' };
    case 'date': {
      const instant = column.value(row);
      return { kind: 'text', text: instant === null ? '' : column.text(instant) };
    }
    case 'choice':
      return { kind: 'text', text: choiceText(column, row) ?? '' };
  }
}

/** The column as edits see it; undefined where nothing can be edited in it. */
export function editableOf<Row>(column: GridColumn<Row>): EditableColumn<Row> | undefined {
  if (!('edit' in column) || column.edit === undefined) return undefined;
  const { id, title } = column;
  const { whyFixed } = column.edit;
  switch (column.kind) {
    case 'text': {
      const { longest } = column.edit;
      return {
        id, title, whyFixed,
        value: column.value,
        take: (text) => (text.length > longest ? notTaken(`At most ${longest} signs; this has ${text.length}.`) : taken(text)),
      };
    }
    case 'quantity':
    case 'money': {
      const { whyNot } = column.edit;
      const style = { decimal: decimalSign(), group: groupSign() };
      return {
        id, title, whyFixed,
        value: (row) => (column.value(row) === null ? null : column.plainText(column.value(row))),
        // As the user writes figures, so that what stands there can be taken as it is.
        written: (value) => value.replace('.', style.decimal),
        take: (text) => {
          if (text.trim() === '') return taken(null);
          const worked = workOut(text, QUANTITY_PLACES, style);
          if (!worked.ok) return notTaken(worked.why);
          const why = whyNot?.(worked.scaled);
          return why === undefined ? taken(formatQuantity(worked.scaled)) : notTaken(why);
        },
        result: (text) => {
          const worked = workOut(text, QUANTITY_PLACES, style);
          return worked.ok && !/^[\s\d.,]*$/.test(text) ? `= ${column.text(worked.scaled)}` : undefined;
        },
      };
    }
    case 'date': {
      const { dayOf } = column.edit;
      return {
        id, title, whyFixed,
        value: (row) => {
          const instant = column.value(row);
          return instant === null ? null : dayOf(instant);
        },
        take: (text) => {
          if (text.trim() === '') return taken(null);
          const day = readDay(text);
          return day === undefined ? notTaken(`“${text}” is no day. Write it as 2026-11-05 or 5 Nov 2026.`) : taken(day);
        },
      };
    }
    case 'choice':
      return {
        id, title, whyFixed,
        value: column.value,
        take: (text, row) => {
          const wanted = text.trim().toLowerCase();
          if (wanted === '') return taken(null);
          const entry = column.entries(row).find(({ key, title: words }) => key.toLowerCase() === wanted || words.toLowerCase() === wanted);
          return entry ? taken(entry.key) : notTaken(`“${text.trim()}” is no ${title.toLowerCase()}. Choose one from the list.`);
        },
      };
  }
}
