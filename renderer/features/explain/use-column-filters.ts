/**
 * The filter row of the lines: whether it is shown, what is written in it, and the conditions that this makes.
 */
import { useEffect, useMemo, useState } from 'react';
import type { ColumnFilter, FilteredColumn } from '@shared/domain/column-filter';
import { recall, remember } from '../../app/settings';
import { conditionsOf, type FilterTexts, type FilterWorld, isFiltered, NO_TEXTS, textsOf } from './column-filters';

const KEY = 'explain.filterRow';

export interface ColumnFilters {
  readonly isShown: boolean;
  readonly show: (shown: boolean) => void;
  readonly texts: FilterTexts;
  readonly put: (column: string, text: string) => void;
  readonly clear: (column?: FilteredColumn) => void;
  /** Writes the conditions of a saved view into the row, which is shown where there are any. */
  readonly write: (filter: ColumnFilter | undefined) => void;
  /** undefined where nothing is asked. */
  readonly conditions: ColumnFilter | undefined;
}

export function useColumnFilters(world: FilterWorld): ColumnFilters {
  const [isShown, setShown] = useState(() => recall<boolean>(KEY) ?? false);
  const [texts, setTexts] = useState<FilterTexts>(NO_TEXTS);
  useEffect(() => remember(KEY, isShown), [isShown]);
  const read = useMemo(() => conditionsOf(texts, world), [texts, world]);
  // The same conditions are the same value, however they were written.
  const key = JSON.stringify(read);
  const conditions = useMemo(() => (key === '{}' ? undefined : (JSON.parse(key) as ColumnFilter)), [key]);
  return {
    isShown, texts, conditions,
    show: setShown,
    put: (column, text) => {
      if (isFiltered(column)) setTexts((before) => ({ ...before, [column]: text }));
    },
    clear: (column) => setTexts((before) => (column === undefined ? NO_TEXTS : { ...before, [column]: '' })),
    write: (filter) => {
      const written = textsOf(filter, world);
      setTexts(written);
      if (Object.keys(written).length > 0) setShown(true);
    },
  };
}
