/**
 * Lines in groups: their heads with subtotals between the lines, a click away from open to closed.
 *
 * The workbook answers the groups and, for a page that is grouped by the same, all lines one group after the other; which of
 * them are shown is known here alone.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { SUMMED_COLUMNS, type SummedColumn, type LineGroup } from '@shared/domain/line-grid';
import type { LineFilter, LineGrouping, LineSort } from '@shared/domain/lines';
import { useConnection } from '../../api';
import { CLASS_WORDS, OWNER_WORDS, STATUS_WORDS } from '../../app/words';
import { GroupedPlaces, GroupHead, type PageSource } from '../../grid';
import { type LineRow, rowsOf } from './line-row';

export const GROUPING_WORDS: Readonly<Record<LineGrouping, string>> = { owner: 'Owner', class: 'Class', location: 'Location', reasonCode: 'Reason', status: 'Status' };

const NONE_WORDS: Readonly<Record<LineGrouping, string>> = {
  owner: 'No owner', class: 'No variance', location: 'No location', reasonCode: 'No reason yet', status: 'No status',
};

/** What a group is called. */
export function groupLabel(by: LineGrouping, key: string | null): string {
  if (key === null) return NONE_WORDS[by];
  const words: Readonly<Record<string, string>> = by === 'owner' ? OWNER_WORDS : by === 'class' ? CLASS_WORDS : by === 'status' ? STATUS_WORDS : {};
  return words[key] ?? key;
}

const idOf = (key: string | null): string => (key === null ? 'none' : `key ${key}`);

export interface GroupedLinesSetting {
  readonly periodId: number;
  readonly filter: LineFilter;
  readonly by: LineGrouping | undefined;
  /** Columns under which a head shows what its lines come to. */
  readonly columns: readonly string[];
  readonly orderOf: (own: Parameters<PageSource<LineRow>>[0]['sort']) => LineSort[];
  /** A page was read or refused; the message of a refusal, empty where there is none. */
  readonly onOutcome: (refusal: string) => void;
}

interface Layout {
  readonly groups: readonly LineGroup[];
  readonly places: GroupedPlaces;
}

export interface GroupedLines {
  readonly source: PageSource<LineRow>;
  /** Opens or closes a group; the grid is read again. */
  readonly toggle: (groupId: string) => void;
  /** How many lines there are in all groups; undefined where lines are in none. */
  readonly lines: () => number | undefined;
  /** Undefined where lines are in no groups. */
  readonly layout: () => GroupedPlaces | undefined;
  /** Opens the group of a line and says where the line then stands. */
  readonly reveal: (place: number) => number;
}

export function useLineGroups(setting: GroupedLinesSetting, refresh: () => void): GroupedLines {
  const connection = useConnection();
  const { periodId, filter, by } = setting;
  const now = useRef(setting);
  now.current = setting;
  const key = JSON.stringify([periodId, filter, by]);
  const open = useRef(new Set<string>());
  const read = useRef<{ readonly key: string; readonly groups: Promise<readonly LineGroup[] | undefined> } | undefined>(undefined);
  const layout = useRef<Layout | undefined>(undefined);
  const [, setRound] = useState(0);

  useEffect(() => connection.onChanged(() => (read.current = undefined)), [connection]);
  useEffect(() => open.current.clear(), [by]);

  const lay = (groups: readonly LineGroup[]): Layout => ({
    groups,
    places: new GroupedPlaces(groups.map(({ key, lines }) => ({ rows: lines, isOpen: open.current.has(idOf(key)) }))),
  });
  const headOf = (group: LineGroup) =>
    new GroupHead({
      id: idOf(group.key),
      label: groupLabel(now.current.by!, group.key),
      rows: group.lines,
      isOpen: open.current.has(idOf(group.key)),
      figures: new Map(Object.entries(group.sums).map(([column, { sum, unknown }]) => [column, { sum: BigInt(sum), unknown }])),
    });

  const source = useCallback<PageSource<LineRow>>(
    async ({ offset, limit, sort: own }) => {
      const sort = now.current.orderOf(own);
      const readLines = async (from: number, count: number) => {
        const outcome = await connection.call('lines:page', { periodId, offset: from, limit: count, sort, filter, ...(by && { groupBy: by }) });
        now.current.onOutcome(outcome.ok ? '' : outcome.message);
        return outcome.ok ? { total: outcome.value.total, rows: rowsOf(outcome.value.columns) } : undefined;
      };
      if (by === undefined) return readLines(offset, limit);
      // The pages of one reading of the grid share one reading of the groups.
      if (read.current?.key !== key) {
        const columns = SUMMED_COLUMNS.filter((column: SummedColumn) => now.current.columns.includes(column));
        const groups = connection.call('lines:groups', { periodId, filter, by, columns }).then((outcome) => {
          now.current.onOutcome(outcome.ok ? '' : outcome.message);
          return outcome.ok ? outcome.value : undefined;
        });
        read.current = { key, groups };
      }
      const groups = await read.current.groups;
      if (!groups) return undefined;
      const { places } = (layout.current = lay(groups));
      const rows: (LineRow | GroupHead)[] = [];
      for (const piece of places.pieces(offset, limit)) {
        if ('group' in piece) rows.push(headOf(groups[piece.group]!));
        else {
          const page = await readLines(piece.from, piece.to - piece.from + 1);
          if (!page) return undefined;
          rows.push(...page.rows);
        }
      }
      return { total: places.total, rows };
    },
    [connection, periodId, filter, by, key],
  );

  const relay = () => {
    if (layout.current) layout.current = lay(layout.current.groups);
    setRound((round) => round + 1);
    refresh();
  };
  return {
    source,
    toggle: (groupId) => {
      if (!open.current.delete(groupId)) open.current.add(groupId);
      relay();
    },
    lines: () => (by === undefined ? undefined : layout.current?.groups.reduce((sum, group) => sum + group.lines, 0)),
    layout: () => (by === undefined ? undefined : layout.current?.places),
    reveal: (place) => {
      const current = layout.current;
      if (by === undefined || !current) return place;
      const shown = current.places.placeOf(place);
      if (shown !== undefined) return shown;
      open.current.add(idOf(current.groups[current.places.groupOf(place)]?.key ?? null));
      relay();
      return layout.current!.places.placeOf(place) ?? place;
    },
  };
}
