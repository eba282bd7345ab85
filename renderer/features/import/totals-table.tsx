/**
 * Totals of the period by system, state and location, before something and after it.
 */
import type { TotalEffect } from '@shared/domain/import';
import { ofWhom, STATE_WORDS } from '@shared/domain/import-words';
import { useWorkspace } from '../../app/workspace';
import { Table } from '../../ui';
import { figureOf } from './difference-table';

export interface TotalsTableProps {
  readonly caption: string;
  readonly totals: readonly TotalEffect[];
  /** Amounts of the ledger, in the workbook's currency; else units. */
  readonly isLedger: boolean;
}

export function TotalsTable({ caption, totals, isLedger }: TotalsTableProps) {
  const { currency } = useWorkspace();
  const unit = isLedger ? currency : 'units';
  return (
    <Table
      caption={caption}
      rows={totals}
      rowKey={(_total, index) => index}
      columns={[
        { id: 'system', title: 'System', cell: ofWhom },
        { id: 'measure', title: 'State', cell: (total) => STATE_WORDS[total.measure] },
        { id: 'location', title: 'Location', cell: (total) => total.location ?? 'all' },
        { id: 'before', title: `Before, ${unit}`, align: 'end', cell: (total) => figureOf(total.before) },
        { id: 'after', title: `After, ${unit}`, align: 'end', cell: (total) => figureOf(total.after) },
      ]}
    />
  );
}
