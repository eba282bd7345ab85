/**
 * What the grid asks of lines that it has not loaded: sums, and where the data of a column ends.
 */
import { useRef } from 'react';
import { type LineOrder, SUMMED_COLUMNS, type SummedColumn } from '@shared/domain/line-grid';
import { LINE_COLUMNS, type LineColumn } from '@shared/domain/lines';
import { useConnection } from '../../api';
import type { DataGridProps, FigureSums, GroupedPlaces } from '../../grid';
import type { LineRow } from './line-row';

export interface LineFiguresSetting {
  /** What the grid's pages are asked with. */
  readonly query: () => LineOrder;
  /** Where lines stand between the heads of groups; undefined where there are none. */
  readonly layout: () => GroupedPlaces | undefined;
}

type Asks = Required<Pick<DataGridProps<LineRow>, 'sums' | 'edge'>>;

const isSummed = (column: string): column is SummedColumn => SUMMED_COLUMNS.some((each) => each === column);

export function useLineFigures(setting: LineFiguresSetting): { readonly readSums: Asks['sums']; readonly readEdge: Asks['edge'] } {
  const connection = useConnection();
  const now = useRef(setting);
  now.current = setting;
  return {
    readSums: async ({ columns, spans }) => {
      const rows = now.current.layout()?.rowsAt(spans) ?? spans;
      if (rows.length === 0) return undefined;
      const outcome = await connection.call('lines:sums', { query: now.current.query(), columns: columns.filter(isSummed), spans: [...rows] });
      if (!outcome.ok) return undefined;
      const exact = (figure: number | null) => (figure === null ? undefined : BigInt(figure));
      return new Map(
        Object.entries(outcome.value).map(([column, { count, unknown, sum, least, most }]): [string, FigureSums] => [
          column, { count, unknown, sum: BigInt(sum), least: exact(least), most: exact(most) },
        ]),
      );
    },
    readEdge: async ({ column, ...request }) => {
      // Between heads and closed groups the end of the data is the end of what is shown.
      if (now.current.layout() || !LINE_COLUMNS.some((each) => each === column)) return undefined;
      const outcome = await connection.call('lines:edge', { query: now.current.query(), column: column as LineColumn, ...request });
      return outcome.ok ? outcome.value.index : undefined;
    },
  };
}
