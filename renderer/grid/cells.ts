/**
 * Cells, drawn with plain DOM: hundreds of them come and go while scrolling, and none of them needs React.
 */
import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import { UNKNOWN } from '../ui';
import { ghostTail } from './alignment';
import { choiceText, type GridColumn } from './columns';
import styles from './cells.module.css';

/** What every cell is given beside its row. */
export interface CellContext<Row> {
  readonly shown: GridColumn<Row>;
  /** Digits behind the decimal sign in the column so far. */
  readonly places: () => number;
  readonly decimalSign: string;
  /** Marks the cell where it is chosen. */
  readonly paint: (element: HTMLElement, row: number, column: string) => void;
}

type CellParams<Row> = ICellRendererParams<Row> & CellContext<Row>;

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
  const tail = ghostTail(value === null ? '' : written, params.places(), params.decimalSign);
  if (value === 0 && column.dashesZero) text(element, styles['dash'], '–');
  else text(element, written === UNKNOWN ? styles['unknown'] : column.strong ? styles['strong'] : undefined, written);
  if (tail && written !== UNKNOWN) text(element, styles['ghost'], tail).setAttribute('aria-hidden', 'true');
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
  const { shown: column, data: row } = params;
  if (row === undefined) {
    // The page is on its way.
    text(element, styles['loading'], '');
    return;
  }
  switch (column.kind) {
    case 'text': {
      const value = column.value(row);
      text(element, column.quiet ? styles['quiet'] : undefined, value ?? '');
      if (value) element.title = value;
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
