/**
 * Many rows of one height in a scrolling box: only those in sight are drawn. For lists whose rows are plain text; what
 * is edited, sorted and filtered belongs to the grid.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { rowsInSight } from './rows-in-sight';
import styles from './row-window.module.css';

export interface RowWindowProps {
  /** What the rows are, for screen readers. */
  readonly label: string;
  readonly count: number;
  /** In pixels, the same for each row. */
  readonly rowHeight: number;
  /** One row; its cells carry `role="cell"`. */
  readonly row: (index: number) => ReactNode;
  /** Stays above the rows; its cells carry `role="columnheader"`. */
  readonly head?: ReactNode;
  /** Which rows are in sight, last one not included: for reading what is not there yet. */
  readonly onRange?: (first: number, end: number) => void;
  /** A click on a row, or a key that moves to it. */
  readonly onChoose?: (index: number) => void;
  /** Enter on the chosen row. */
  readonly onOpen?: (index: number) => void;
  /** The row that is chosen; drawn as such. */
  readonly chosen?: number | undefined;
  readonly testId?: string;
}

export function RowWindow({ label, count, rowHeight, row, head, onRange, onChoose, onOpen, chosen, testId }: RowWindowProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrollTop: 0, height: 600 });
  const { first, end } = rowsInSight(view.scrollTop, view.height, rowHeight, count);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () => setView({ scrollTop: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    onRange?.(first, end);
  }, [first, end, onRange]);

  const choose = (index: number) => {
    if (!onChoose || index < 0 || index >= count) return;
    onChoose(index);
  };
  // Also where it was chosen from elsewhere, as when coming back.
  const [isThere, headHeight] = [chosen !== undefined && chosen < count, head ? rowHeight : 0];
  useEffect(() => {
    const element = box.current;
    if (!element || chosen === undefined || !isThere) return;
    const top = chosen * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight - headHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight + headHeight;
    }
  }, [chosen, isThere, rowHeight, headHeight]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!onChoose || event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && onOpen && count > 0) {
      event.preventDefault();
      choose(chosen ?? 0);
      onOpen(chosen ?? 0);
      return;
    }
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -count,
      End: count,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(Math.min(count - 1, Math.max(0, (chosen ?? -1) + step)));
  };

  return (
    <div
      ref={box}
      role="table"
      aria-label={label}
      aria-rowcount={count}
      tabIndex={0}
      className={styles['box']}
      onScroll={(event) =>
        setView({ scrollTop: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      onKeyDown={onKeyDown}
      data-testid={testId}
    >
      {head ? (
        <div role="row" className={styles['head']} style={{ height: rowHeight }}>
          {head}
        </div>
      ) : null}
      <div role="rowgroup" className={styles['rows']} style={{ height: count * rowHeight }}>
        {Array.from({ length: end - first }, (_, offset) => {
          const index = first + offset;
          return (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 1}
              aria-selected={onChoose ? index === chosen : undefined}
              className={styles['row']}
              style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
              onClick={onChoose ? () => choose(index) : undefined}
            >
              {row(index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
