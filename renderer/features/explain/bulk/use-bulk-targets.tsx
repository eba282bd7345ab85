/**
 * Which lines a bulk change can be for: those selected, as places in the grid's own order whether they are loaded or not, and all
 * of the filter; and when the pane is open.
 */
import { useState } from 'react';
import type { BulkTarget } from '@shared/domain/bulk';
import type { LineOrder } from '@shared/domain/line-grid';
import { useCommands } from '../../../app/commands';
import type { Chosen, GroupedPlaces } from '../../../grid';
import { countWords, EditLinesIcon, IconButton } from '../../../ui';

export interface BulkTargetsSetting {
  /** What the grid's pages are asked with. */
  readonly query: () => LineOrder;
  /** Where lines stand between the heads of groups; undefined where there are none. */
  readonly layout: () => GroupedPlaces | undefined;
  /** Lines that the filter lets through. */
  readonly total: number;
  readonly canEdit: boolean;
}

type Spans = Chosen['rows'];

export function useBulkTargets({ query, layout, total, canEdit }: BulkTargetsSetting) {
  const [rows, setRows] = useState<Spans>([]);
  const [open, setOpen] = useState(false);
  const spans = layout()?.rowsAt(rows) ?? rows;
  const lines = spans.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, total - 1) - from + 1), 0);
  const several = lines > 1;
  useCommands({ 'edit.changeLines': { run: () => setOpen((shown) => !shown), enabled: canEdit && (total > 0 || open) } });
  const target = (): BulkTarget => ({ kind: 'places', query: query(), spans: spans.map(({ from, to }) => ({ from, to })) });
  return {
    open: open && canEdit,
    close: () => setOpen(false),
    onSelected: (chosen: Chosen) => setRows(chosen.rows),
    selection: several ? { target: target(), lines } : undefined,
    all: { target: { kind: 'filter', query: query() } satisfies BulkTarget as BulkTarget, lines: total },
    button: canEdit ? (
      <IconButton label={several ? `Change ${countWords(lines, 'line')}` : 'Change lines'} icon={EditLinesIcon} pressed={open} disabled={total === 0 && !open} onClick={() => setOpen(!open)} data-testid="bulk-open" />
    ) : null,
  };
}
