/**
 * What was typed of a count sheet and is not brought in yet: kept on this machine, so that closing the window loses nothing.
 */
import { countHeading, countNumbersOf, type CountSheet, type SheetLine } from '@shared/domain/count-sheet';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import type { GridColumn } from '../../grid';
import { quantityText } from '../../ui';

/** Scaled figures by `line count`; what is not in it was not typed, and is no 0. */
export type TypedFigures = Readonly<Record<string, number>>;

export const figureKey = (line: number, countNo: number): string => `${line} ${countNo}`;

/** A line with what is in already and what was typed. */
export interface EntryRow extends SheetLine {
  readonly typed: TypedFigures;
}

const NOT_COUNTED = 'not counted';
const columnId = (countNo: number): string => `count${countNo}`;

/** The figures after edits of cells; an emptied cell is not counted. */
export function withEdits(figures: TypedFigures, edits: readonly { readonly row: EntryRow; readonly column: string; readonly after: string | null }[]): TypedFigures {
  const after: Record<string, number> = { ...figures };
  for (const { row, column, after: text } of edits) {
    const key = figureKey(row.line, Number(column.slice('count'.length)));
    const counted = text === null ? undefined : parseQuantity(text);
    if (counted === undefined) delete after[key];
    else after[key] = counted;
  }
  return after;
}

/** Figures by `line count`; null takes one out. */
export type FigureChange = Readonly<Record<string, number | null>>;

export function withChange(figures: TypedFigures, change: FigureChange): TypedFigures {
  return Object.fromEntries(Object.entries({ ...figures, ...change }).filter((entry): entry is [string, number] => entry[1] !== null));
}

/** What takes figures back from `after` to `before`: those that differ, and not all, so that a long sheet's undo does not grow with its square. */
export function changeBack(before: TypedFigures, after: TypedFigures): FigureChange {
  const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key]);
  return Object.fromEntries(differing.map((key) => [key, before[key] ?? null]));
}

/** What is typed as the call takes it, in the order of the sheet. */
export const figuresOf = (figures: TypedFigures): { line: number; countNo: number; countedScaled: number }[] =>
  Object.entries(figures)
    .map(([key, countedScaled]) => {
      const [line, countNo] = key.split(' ').map(Number) as [number, number];
      return { line, countNo, countedScaled };
    })
    .sort((left, right) => left.line - right.line || left.countNo - right.countNo);

/** Figures of lines that are still on the sheet and have come in by no other way since. */
export function stillWanted(figures: TypedFigures, lines: readonly SheetLine[]): TypedFigures {
  const open = new Set(lines.flatMap(({ line, counts }) => Array.from({ length: 9 }, (_none, index) => index + 1).filter((no) => !counts.some(({ countNo }) => countNo === no)).map((no) => figureKey(line, no))));
  return Object.fromEntries(Object.entries(figures).filter(([key]) => open.has(key)));
}

export function entryColumns(sheet: CountSheet): readonly GridColumn<EntryRow>[] {
  const counts = countNumbersOf(sheet.firstCountNo).map((countNo): GridColumn<EntryRow> => {
    const given = (row: EntryRow) => row.counts.find((each) => each.countNo === countNo)?.countedScaled;
    return {
      id: columnId(countNo), kind: 'quantity', title: countHeading(countNo), width: 110,
      tooltip: 'A figure or a sum such as 12*4+3. Empty is not counted, 0 is none.',
      value: (row) => row.typed[figureKey(row.line, countNo)] ?? given(row) ?? null,
      text: (value) => (value === null ? NOT_COUNTED : quantityText(value)),
      plainText: (value) => (value === null ? '' : formatQuantity(value)),
      edit: {
        whyFixed: (row) => {
          const counted = given(row);
          return counted === undefined ? undefined : `${countHeading(countNo)} of line ${row.line} is in already: ${quantityText(counted)}. Undo its import to count it anew.`;
        },
        whyNot: (scaled) => (scaled < 0 ? `A count is 0 or more; this comes to ${quantityText(scaled)}.` : undefined),
      },
    };
  });
  return [
    { id: 'line', kind: 'text', title: 'Line', width: 56, namesRow: true, value: ({ line }) => String(line) },
    { id: 'bin', kind: 'text', title: 'Bin', width: 84, value: ({ bin }) => bin },
    { id: 'sku', kind: 'text', title: 'SKU', width: 120, fitsUpTo: 180, namesRow: true, value: ({ sku }) => sku },
    { id: 'item', kind: 'text', title: 'Item', width: 200, grows: true, quiet: true, value: ({ item }) => item },
    { id: 'unit', kind: 'text', title: 'Unit', width: 70, quiet: true, value: ({ unit }) => unit },
    ...counts,
  ];
}
