/**
 * The figures of the selection for the status bar: worked out here where the rows are loaded, asked for where they are not.
 */
import { countText } from '../../ui';
import type { DataGridProps } from '../props';
import { GroupHead } from '../group-head';
import { isNumberColumn, type NumberColumn } from '../columns';
import { cellsIn, type CellSelection, columnSpansOf, type GridShape, type RowSpan, rowsIn, rowSpansOf } from '../model/cell-range';
import { addSums, type FigureSums, NO_FIGURES, sumsOf } from '../model/exact-sums';
import { rangeWords } from '../model/spoken';
import type { RowReader } from './row-reader';

/** More rows than this are added up where they are stored. */
const ADDED_HERE_MOST = 1000;
/** A drag that still goes on is not worth a question. */
const SETTLES_MS = 90;

export class FigureReader<Row> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(
    readonly reader: RowReader<Row>,
    readonly props: () => DataGridProps<Row>,
    /** Hears what is chosen in words, or of a single cell how its row is called. */
    readonly speak: (words: string) => void,
  ) {}

  follow(selection: CellSelection | undefined, shape: GridShape): void {
    clearTimeout(this.#timer);
    this.#round += 1;
    const round = this.#round;
    this.#timer = setTimeout(() => void this.#read(selection, shape, round), SETTLES_MS);
  }

  async #read(selection: CellSelection | undefined, shape: GridShape, round: number): Promise<void> {
    const { onFigures, columns } = this.props();
    if (!selection) {
      this.speak('');
      return onFigures?.(undefined);
    }
    const spansOf = columnSpansOf(selection, shape);
    const figures = columns.filter((column): column is NumberColumn<Row> => isNumberColumn(column) && spansOf.has(column.id));
    const told = { rows: rowsIn(rowSpansOf(selection, shape)), cells: cellsIn(selection, shape) };
    const sums = new Map<'quantity' | 'money', FigureSums>();
    const add = (kind: 'quantity' | 'money', more: FigureSums) => sums.set(kind, addSums(sums.get(kind) ?? NO_FIGURES, more));
    const elsewhere = new Map<string, { readonly spans: readonly RowSpan[]; readonly columns: NumberColumn<Row>[] }>();
    for (const column of figures) {
      const spans = spansOf.get(column.id)!;
      const rows = this.reader.allLoaded(spans, ADDED_HERE_MOST);
      // The head of a closed group stands for rows that are not here.
      const isWhole = rows && !rows.some((row) => row instanceof GroupHead && !row.setting.isOpen);
      if (isWhole) add(column.kind, sumsOf(rows.flatMap((row) => (row instanceof GroupHead ? [] : [column.value(row)]))));
      else {
        const key = JSON.stringify(spans);
        const group = elsewhere.get(key) ?? { spans, columns: [] };
        group.columns.push(column);
        elsewhere.set(key, group);
      }
    }
    if (elsewhere.size > 0) onFigures?.({ ...told, quantity: undefined, money: undefined, isReading: true });
    for (const { spans, columns: asked } of elsewhere.values()) {
      const answer = await this.props().sums?.({ columns: asked.map(({ id }) => id), spans });
      if (round !== this.#round) return;
      for (const column of asked) {
        const own = answer?.get(column.id);
        if (own) add(column.kind, own);
      }
    }
    onFigures?.({ ...told, quantity: sums.get('quantity'), money: sums.get('money'), isReading: false });
    this.speak(rangeWords({ selection, shape, countText, rowName: this.#rowName(selection), titleOf: (id) => columns.find((column) => column.id === id)?.title ?? '' }, this.#sumWords(sums, figures)));
    return undefined;
  }

  #rowName({ active }: CellSelection): string {
    const { columns, rowName } = this.props();
    const row = this.reader.loaded(active.row);
    if (row === undefined || columns.find(({ id }) => id === active.column)?.namesRow) return '';
    return row instanceof GroupHead ? '' : (rowName?.(row) ?? '');
  }

  /** Quantities and money each, where there are any. */
  #sumWords(sums: ReadonlyMap<'quantity' | 'money', FigureSums>, columns: readonly NumberColumn<Row>[]): readonly string[] {
    return [...sums].flatMap(([kind, { sum, count, unknown }]) => {
      const column = columns.find((each) => each.kind === kind);
      if (!column || !Number.isSafeInteger(Number(sum))) return [];
      const name = kind === 'money' ? `sum of ${column.title}` : 'sum';
      return [count === 0 ? `${name} unknown` : `${name} ${column.text(Number(sum))}`, ...(unknown > 0 && count > 0 ? [`${countText(unknown)} unknown`] : [])];
    });
  }
}
