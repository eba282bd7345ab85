/**
 * Which column filters hold, each to be taken away, and all at once; also while the filter row is hidden.
 */
import type { FilteredColumn } from '@shared/domain/column-filter';
import { Button, CrossIcon } from '../../ui';
import { type FilterTexts, type FilterWorld, readFilter } from './column-filters';
import styles from './filter-strip.module.css';

export interface FilterStripProps {
  readonly texts: FilterTexts;
  readonly world: FilterWorld;
  readonly titleOf: (column: FilteredColumn) => string;
  /** Without a column: all of them. */
  readonly onClear: (column?: FilteredColumn) => void;
}

export function FilterStrip({ texts, world, titleOf, onClear }: FilterStripProps) {
  const holding = (Object.entries(texts) as [FilteredColumn, string][]).filter(([column, text]) => {
    const read = readFilter(column, text, world);
    return read.ok && read.condition !== undefined;
  });
  if (holding.length === 0) return null;
  return (
    <div className={styles['strip']} role="group" aria-label="Column filters" data-testid="filter-strip">
      <span className={styles['label']}>Only lines with</span>
      {holding.map(([column, text]) => (
        <Button key={column} kind="plain" icon={CrossIcon} hint={`Take away the filter of ${titleOf(column)}`} onClick={() => onClear(column)}>{`${titleOf(column)} ${text.trim()}`}</Button>
      ))}
      <Button kind="quiet" onClick={() => onClear()}>Clear column filters</Button>
    </div>
  );
}
