/**
 * Groups of waiting rows: which belong together, which comes next, what an action on them will do in words.
 */
import type { QuarantineGroup, ReplayResult, RowSelection } from '@shared/domain/quarantine';
import { countText, countWords } from '../../ui';

/** Names a group across readings. */
export const keyOfGroup = (group: Pick<QuarantineGroup, 'source' | 'reason' | 'subject'>): string =>
  JSON.stringify([group.source, group.reason, group.subject]);

/** The group to show: the one chosen while it waits, else the one that now stands where it stood. */
export function groupToShow(
  groups: readonly QuarantineGroup[],
  chosen: string | undefined,
  lastPlace: number,
): QuarantineGroup | undefined {
  return groups.find((group) => keyOfGroup(group) === chosen) ?? groups[Math.min(lastPlace, groups.length - 1)];
}

/** What came of mapping, correcting or replaying; rows that wait for something else may have been tried along with it. */
export function replaySentence({ tried, written, stillWaiting }: ReplayResult): string {
  if (tried === 0) return 'No row waited for that.';
  const wrote = written === 0 ? 'No row could be written' : `${countWords(written, 'row')} written`;
  return stillWaiting > 0
    ? `${wrote}, ${countText(stillWaiting)} still ${stillWaiting === 1 ? 'waits' : 'wait'}.`
    : `${wrote}.`;
}

/** The names of columns that are there more than once get their number, so that each cell's field has its own name. */
export function cellNames(header: readonly string[], cells: readonly string[]): readonly string[] {
  const total = new Map<string, number>();
  for (const name of header) total.set(name, (total.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return cells.map((_, index) => {
    const name = header[index] ?? '';
    if (name === '') return `Column ${index + 1}`;
    if (total.get(name) === 1) return name;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return `${name} (${seen.get(name)})`;
  });
}

/** Which rows an action is carried out on. */
export type Scope = 'group' | 'chosen' | 'reason';

/** The rows that a scope means. */
export function selectionOf(scope: Scope, periodId: number, group: QuarantineGroup, chosen: readonly number[]): RowSelection {
  if (scope === 'chosen' && chosen.length > 0) return { quarantineRowIds: [...chosen] };
  const { source, reason, subject } = group;
  return { periodId, source, reason, ...(scope === 'reason' ? {} : { subject }) };
}
