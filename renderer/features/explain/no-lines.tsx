/**
 * Why the grid is empty, and the way to every line.
 */
import { Button, EmptyState, SheetIcon } from '../../ui';
import type { ShownLines } from './use-shown-lines';
import styles from './explain-screen.module.css';

function whyNone({ findText, narrowing, columnFilters, viewId, view }: ShownLines): string {
  if (findText) return `No SKU or item of the period holds “${findText}”.`;
  if (narrowing.chosen) return `No line is left of “${narrowing.chosen.label}”.`;
  if (columnFilters.conditions) return 'No line of the view fits the column filters.';
  return viewId === 'open' ? 'Every line is tagged, approved or cleared.' : `The view “${view.name}” holds none with this filter.`;
}

export function NoLines({ shown }: { readonly shown: ShownLines }) {
  const { viewId, findText, isChosen, columnFilters } = shown;
  return (
    <div className={columnFilters.isShown ? styles['noneUnderFilters'] : styles['none']}>
      <EmptyState
        icon={SheetIcon}
        title={viewId === 'open' && !findText && !isChosen && !columnFilters.conditions ? 'No line is open' : 'No line fits'}
        action={<Button onClick={() => shown.showWhole('all')}>Show every line</Button>}
      >
        {whyNone(shown)}
      </EmptyState>
    </div>
  );
}
