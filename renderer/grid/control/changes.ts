/**
 * Changes that a person asks for in the grid: typing, filling, pasting, emptying. Each is planned whole, told where it does not
 * fit, and only then handed on; who owns the rows saves it and makes it undoable.
 */
import { countWords } from '../../ui';
import type { GridChange } from '../props';
import { editableOf } from '../columns';
import { GroupHead } from '../group-head';
import { fillByHandle, filledFrom, fillDown, fillRight, type FillStep, pasteTarget, type TextBlock } from '../model/blocks';
import { boxesOf, type CellBox, columnSpansOf, rowsIn } from '../model/cell-range';
import { type EditableColumn, type EditPlan, planEdits, type RefusedCell, type WantedCell } from '../model/edits';
import type { GridControl } from './grid-control';

/** More cells than a person can mean by one movement of the hand; each one is an audit event. */
const CELLS_MOST = 100_000;

/** A cell that was meant, before it is known whether it is a row's or the head's of a group. */
type MeantCell<Row> = WantedCell<Row | GroupHead>;

/** A plan that not every cell takes: a person says whether the others change. */
export interface OpenPlan<Row> {
  readonly kind: GridChange<Row>['kind'];
  readonly plan: EditPlan<Row>;
  readonly rowsOutside: number;
  readonly columnsOutside: number;
  /** Where the keyboard goes back to, and what is chosen when it is done. */
  readonly box: CellBox | undefined;
}

export interface ChangesSetting<Row> {
  readonly ask: (open: OpenPlan<Row>) => void;
  readonly announce: (text: string) => void;
}

export class Changes<Row> {
  constructor(
    readonly control: GridControl<Row>,
    readonly setting: ChangesSetting<Row>,
  ) {}

  get #columns(): ReadonlyMap<string, EditableColumn<Row>> {
    return new Map(this.control.props().columns.flatMap((column) => {
      const editable = editableOf(column);
      return editable ? [[column.id, editable] as const] : [];
    }));
  }

  get #canEdit(): boolean {
    return this.control.props().onEdits !== undefined;
  }

  /** Says why the active cell takes nothing. @returns whether there was something to say */
  explainFixed(): boolean {
    const active = this.control.selection?.active;
    const data = active && this.control.reader.loaded(active.row);
    if (!active || data === undefined) return false;
    const column = this.#columns.get(active.column);
    const why = column ? column.whyFixed(data) : 'This column is computed.';
    if (why === undefined && this.#canEdit) return false;
    this.setting.announce(why ?? 'Nothing can be changed here.');
    return true;
  }

  /** Puts a text into the active cell, or with Ctrl+Enter into every chosen one. */
  async put(text: string, intoRange: boolean): Promise<void> {
    const { selection, shape, reader } = this.control;
    if (!selection) return;
    if (!intoRange) {
      const data = reader.loaded(selection.active.row);
      if (data !== undefined) await this.#carryOut('typed', [{ ...selection.active, data, text }]);
      return;
    }
    const spans = columnSpansOf(selection, shape);
    await this.#withCells('typed', [...spans].reduce((sum, [, rows]) => sum + rowsIn(rows), 0), async () => {
      const wanted: MeantCell<Row>[] = [];
      for (const [column, rows] of spans) {
        const data = await reader.read(rows);
        if (!data) return undefined;
        const places = rows.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_none, step) => from + step));
        data.forEach((each, index) => wanted.push({ row: places[index]!, column, data: each, text }));
      }
      return wanted;
    });
  }

  /** Empties every chosen cell that takes it. */
  async empty(): Promise<void> {
    const { selection, shape } = this.control;
    if (!selection) return;
    if (boxesOf(selection, shape).length === 0 || this.#isOneFixedCell()) return;
    await this.put('', true);
  }

  #isOneFixedCell(): boolean {
    const { selection, shape } = this.control;
    const spans = selection ? [...columnSpansOf(selection, shape)] : [];
    return spans.length === 1 && rowsIn(spans[0]![1]) === 1 && this.explainFixed();
  }

  /** Ctrl+D and Ctrl+R. */
  async fill(way: 'down' | 'right'): Promise<void> {
    const { selection, shape } = this.control;
    if (!selection) return;
    const box = boxesOf({ ...selection, ranges: selection.ranges.slice(-1) }, shape)[0];
    const step = box && (way === 'down' ? fillDown(box) : fillRight(box));
    if (step) await this.#fillStep(step, box);
  }

  /** What the fill handle would fill if it were let go over this cell. */
  handleStep(row: number, column: number): FillStep | undefined {
    const { selection, shape } = this.control;
    const box = selection && boxesOf(selection, shape)[0];
    return box && fillByHandle(box, row, column);
  }

  async fillByHandle(step: FillStep): Promise<void> {
    const { from, onto } = step;
    await this.#fillStep(step, {
      top: Math.min(from.top, onto.top), bottom: Math.max(from.bottom, onto.bottom), left: Math.min(from.left, onto.left), right: Math.max(from.right, onto.right),
    });
  }

  async #fillStep(step: FillStep, whole: CellBox): Promise<void> {
    const { shape, reader } = this.control;
    const { from, onto } = step;
    const columns = this.#columns;
    const cells = (onto.bottom - onto.top + 1) * (onto.right - onto.left + 1);
    await this.#withCells('filled', cells, async () => {
      const sources = await reader.read([{ from: from.top, to: from.bottom }]);
      const targets = await reader.read([{ from: onto.top, to: onto.bottom }]);
      if (!sources || !targets) return undefined;
      const wanted: MeantCell<Row>[] = [];
      for (let row = onto.top; row <= onto.bottom; row += 1) {
        for (let place = onto.left; place <= onto.right; place += 1) {
          const source = filledFrom(step, row, place);
          const sourceRow = sources[source.row - from.top]!;
          const text = sourceRow instanceof GroupHead ? '' : (columns.get(shape.columns[source.column]!)?.value(sourceRow) ?? '');
          wanted.push({ row, column: shape.columns[place]!, data: targets[row - onto.top]!, text });
        }
      }
      return wanted;
    }, whole);
  }

  /** Puts a block onto the chosen cells, as `pasteTarget` lays it. */
  async paste(block: TextBlock): Promise<void> {
    const { selection, shape, reader } = this.control;
    const onto = selection && boxesOf({ ...selection, ranges: selection.ranges.slice(-1) }, shape)[0];
    if (!onto) return;
    const { box, textAt, rowsOutside, columnsOutside } = pasteTarget(block, onto, shape.rows, shape.columns.length);
    const cells = (box.bottom - box.top + 1) * (box.right - box.left + 1);
    await this.#withCells('pasted', cells, async () => {
      const rows = await reader.read([{ from: box.top, to: box.bottom }]);
      return rows?.flatMap((data, index) =>
        shape.columns.slice(box.left, box.right + 1).map((column, place): MeantCell<Row> => ({ row: box.top + index, column, data, text: textAt(box.top + index, box.left + place) })),
      );
    }, box, { rowsOutside, columnsOutside });
  }

  async #withCells(
    kind: GridChange<Row>['kind'], cells: number, read: () => Promise<readonly MeantCell<Row>[] | undefined>, box?: CellBox, outside = { rowsOutside: 0, columnsOutside: 0 },
  ): Promise<void> {
    if (!this.#canEdit) return void this.explainFixed();
    if (cells > CELLS_MOST) {
      this.setting.announce(`That is ${countWords(cells, 'cell')}; at most ${countWords(CELLS_MOST, 'cell')} change at a time. Choose fewer.`);
      return undefined;
    }
    const change = read().then((wanted) => (wanted ? this.#carryOut(kind, wanted, box, outside) : undefined));
    this.control.props().onChanging?.(change);
    return change;
  }

  async #carryOut(kind: GridChange<Row>['kind'], meant: readonly MeantCell<Row>[], box?: CellBox, outside = { rowsOutside: 0, columnsOutside: 0 }): Promise<void> {
    if (!this.#canEdit) return void this.explainFixed();
    const wanted = meant.filter((cell): cell is WantedCell<Row> => !(cell.data instanceof GroupHead));
    // A fill goes past the heads of groups; what was pasted onto one would be lost, and is said.
    const onHeads: RefusedCell[] =
      kind === 'pasted' ? meant.flatMap(({ row, column, data, text }) => (data instanceof GroupHead ? [{ row, column, text, why: 'This is the head of a group.' }] : [])) : [];
    const planned = planEdits(wanted, this.#columns);
    const plan: EditPlan<Row> = { ...planned, refused: [...planned.refused, ...onHeads] };
    const open: OpenPlan<Row> = { kind, plan, ...outside, box };
    // One cell that takes nothing says so; of several, a person decides.
    if (wanted.length === 1 && plan.refused[0]) return void this.setting.announce(plan.refused[0].why);
    if (plan.refused.length > 0 || outside.rowsOutside > 0 || outside.columnsOutside > 0) return void this.setting.ask(open);
    return this.settle(open);
  }

  /** Hands the cells that can change to whoever saves them. */
  async settle({ kind, plan, box }: OpenPlan<Row>): Promise<void> {
    const { shape } = this.control;
    if (plan.edits.length === 0) {
      this.setting.announce('Nothing changes: the cells hold it already.');
      return;
    }
    const saved = await this.control.props().onEdits?.({ kind, edits: plan.edits });
    if (saved && box && kind !== 'typed') {
      this.control.choose({
        ranges: [{ anchor: { row: box.top, column: shape.columns[box.left]! }, extent: { row: box.bottom, column: shape.columns[box.right]! } }],
        active: { row: box.top, column: shape.columns[box.left]! },
      }, undefined);
    }
  }
}
