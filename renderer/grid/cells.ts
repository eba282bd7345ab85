/**
 * Cells, drawn with plain DOM: hundreds of them come and go while scrolling, and none of them needs React.
 */
import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import { countText, UNKNOWN, usesBrackets } from '../ui';
import { ghostTail } from './alignment';
import { choiceText, type GridColumn } from './columns';
import { GroupHead, subtotalText } from './group-head';
import styles from './cells.module.css';

/** What every cell is given beside its row. */
export interface CellContext<Row> {
  readonly shown: GridColumn<Row>;
  /** Digits behind the decimal sign in the column so far. */
  readonly places: () => number;
  readonly decimalSign: string;
  /** The first column that is shown names the group. */
  readonly isFirst: (column: string) => boolean;
  /** Marks the cell where it is chosen. */
  readonly paint: (element: HTMLElement, row: number, column: string) => void;
}

type CellParams<Row> = ICellRendererParams<Row> & CellContext<Row>;

/** The head of a group: its name in the first column, its sums under the figures. */
function drawHead<Row>(element: HTMLElement, { shown: column, isFirst, places, decimalSign }: CellParams<Row>, head: GroupHead): void {
  const { label, rows, isOpen } = head.setting;
  if (isFirst(column.id)) {
    element.classList.add(styles['head'] ?? '');
    element.title = `${label}, ${countText(rows)}`;
    const caret = text(element, styles['caret'], isOpen ? '▾' : '▸');
    caret.dataset['groupToggle'] = '';
    caret.setAttribute('aria-hidden', 'true');
    text(element, styles['strong'], label);
    text(element, styles['quiet'], countText(rows));
    text(element, 'visually-hidden', isOpen ? ', open group' : ', closed group');
    return;
  }
  const sum = subtotalText(column, head);
  if (sum === undefined) return;
  element.classList.add(styles['number'] ?? '');
  text(element, sum === UNKNOWN ? styles['unknown'] : styles['strong'], sum);
  const tail = sum === UNKNOWN ? '' : ghostTail(sum, places(), decimalSign, usesBrackets());
  if (tail) text(element, styles['ghost'], tail).setAttribute('aria-hidden', 'true');
  const unknown = head.setting.figures.get(column.id)?.unknown ?? 0;
  if (unknown > 0) element.title = `The sum of ${countText(rows - unknown)} known figures; ${countText(unknown)} are unknown.`;
}

/** The sign of a row that has something clipped to it. */
export const CLIP = 'clip';

export const iconId = (name: string): string => `grid-icon-${name}`;

function text(element: HTMLElement, className: string | undefined, content: string): HTMLElement {
  const span = document.createElement('span');
  if (className) span.className = className;
  span.textContent = content;
  element.append(span);
  return span;
}

function icon(element: HTMLElement, name: string): void {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', '13');
  svg.setAttribute('height', '13');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#${iconId(name)}`);
  svg.append(use);
  element.append(svg);
}

function drawNumber<Row>(element: HTMLElement, params: CellParams<Row>, row: Row): void {
  const column = params.shown;
  if (column.kind !== 'quantity' && column.kind !== 'money') return;
  const value = column.value(row);
  const written = column.text(value);
  const tail = ghostTail(value === null ? '' : written, params.places(), params.decimalSign, usesBrackets());
  if (value === 0 && column.dashesZero) text(element, styles['dash'], '–');
  else text(element, value === null ? styles['unknown'] : column.strong ? styles['strong'] : undefined, written);
  if (tail && value !== null) text(element, styles['ghost'], tail).setAttribute('aria-hidden', 'true');
  const words = column.words?.(row);
  if (words) {
    element.title = words;
    text(element, 'visually-hidden', `, ${words}`);
  }
}

function draw<Row>(element: HTMLElement, params: CellParams<Row>): void {
  element.replaceChildren();
  element.removeAttribute('title');
  element.className = styles['cell'] ?? '';
  const { shown: column } = params;
  const row: Row | GroupHead | undefined = params.data;
  if (row instanceof GroupHead) return drawHead(element, params, row);
  if (row === undefined) {
    // The page is on its way.
    text(element, styles['loading'], '');
    return;
  }
  switch (column.kind) {
    case 'text': {
      const value = column.value(row);
      if (column.align === 'end') element.classList.add(styles['number'] ?? '');
      text(element, column.quiet ? styles['quiet'] : undefined, value ?? '');
      if (value) element.title = value;
      const clipped = column.clipped?.(row);
      if (clipped) {
        element.classList.add(styles['clipped'] ?? '');
        icon(element, CLIP);
        text(element, 'visually-hidden', `, ${clipped}`);
        element.title = `${value ?? ''}, ${clipped}`;
      }
      return;
    }
    case 'quantity':
    case 'money':
      element.classList.add(styles['number'] ?? '');
      drawNumber(element, params, row);
      return;
    case 'badge': {
      const badge = column.value(row);
      if (!badge) return;
      element.classList.add(styles['badge'] ?? '', styles[badge.tone] ?? '');
      icon(element, badge.tone);
      text(element, undefined, badge.text);
      return;
    }
    case 'date': {
      const instant = column.value(row);
      if (instant !== null) text(element, column.late?.(row) ? styles['late'] : undefined, column.text(instant));
      return;
    }
    case 'choice': {
      const chosen = choiceText(column, row);
      const proposal = chosen === null ? column.proposal?.(row) : undefined;
      if (chosen !== null) {
        text(element, undefined, (column.showsKey ? column.value(row) : null) ?? chosen);
        element.title = chosen;
      } else if (proposal) {
        text(element, styles['proposal'], proposal);
        element.title = `Proposed: ${proposal}`;
      }
    }
  }
}

/** One renderer for all kinds: the column decides. */
export class Cell<Row> implements ICellRendererComp<Row> {
  readonly #element = document.createElement('span');

  init(params: CellParams<Row>): void {
    draw(this.#element, params);
    if (params.node.rowIndex !== null && params.column) params.paint(params.eGridCell, params.node.rowIndex, params.column.getColId());
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh(params: CellParams<Row>): boolean {
    draw(this.#element, params);
    return true;
  }
}
