/**
 * Coming back to the lines as they were left: the same lines, and the keyboard on the same one. Also when the workbook's process was
 * started again.
 */
import { type RefObject, useEffect, useRef } from 'react';
import { useConnection } from '../../api';
import type { GridHandle } from '../../grid';
import type { LineRow } from './line-row';
import type { LinesKept } from './use-kept-lines';
import type { ShownLines } from './use-shown-lines';

export interface ComingBackSetting {
  readonly kept: LinesKept;
  readonly shown: ShownLines;
  readonly grid: RefObject<GridHandle | null>;
  readonly focused: LineRow | undefined;
  readonly placeNow: () => number;
  readonly reveal: (place: number) => number;
}

export interface ComingBack {
  /** Goes back to the kept line, once, when the lines are there. */
  readonly comeBack: () => void;
  /** Keeps where the keyboard is: another cell of the same line draws nothing anew. */
  readonly keepPlace: () => void;
}

/** Keeps what is shown at each drawing. */
export function useComingBack({ kept, shown, grid, focused, placeNow, reveal }: ComingBackSetting): ComingBack {
  const connection = useConnection();
  const firstConnection = useRef(connection);
  useEffect(() => {
    // Pages that were on their way when the process ended never came.
    if (connection !== firstConnection.current) grid.current?.refresh();
    return connection.onChanged(() => grid.current?.refresh());
  }, [connection, grid]);
  const lineNow = () => {
    const index = placeNow();
    return focused && index >= 0 ? { stockKeyId: focused.stockKeyId, index, column: grid.current?.activeColumn() ?? '' } : null;
  };
  const keepPlace = () => kept.keep({ viewId: shown.viewId, narrowing: shown.narrowing, groupBy: shown.groupBy ?? null, sort: [...shown.sortNow()], line: lineNow() });
  useEffect(keepPlace);
  const comeBack = () => {
    const line = shown.isViewRead ? kept.takeLine() : null;
    if (!line) return;
    const index = reveal(line.index);
    // With the keyboard where the window came back, beside it where another screen did.
    if (document.activeElement === document.body && line.column) grid.current?.focusRow(index, line.column);
    else grid.current?.showRow(index, line.column || undefined);
  };
  return { comeBack, keepPlace };
}
