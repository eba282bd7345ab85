/**
 * Ready-made views of the lines: a filter and an order under a name, and what a person narrows them by.
 */
import type { ColumnFilter } from '@shared/domain/column-filter';
import { CASE_VIEWS } from '@shared/domain/follow-up/views';
import { type LineColumn, LINE_STATUSES, type LineFilter, type LineSort, OPEN_LINES, OWNERS, SORTABLE_LINE_COLUMNS, TIERS } from '@shared/domain/lines';
import { VARIANCE_CLASSES, type VarianceClass } from '@shared/domain/variance';
import { OWNER_WORDS, STATUS_WORDS } from '../../app/words';
import type { Choice } from '../../ui';

export interface LineView {
  readonly id: string;
  readonly name: string;
  readonly filter: LineFilter;
  readonly sort: readonly LineSort[];
}

const BY_PRIORITY = OPEN_LINES.sort;

export const LINE_VIEWS: readonly LineView[] = [
  { id: 'open', name: 'Open, most urgent first', ...OPEN_LINES },
  { id: 'exceptions', name: 'All exceptions', filter: { onlyExceptions: true }, sort: BY_PRIORITY },
  { id: 'suggested', name: 'With a pattern to confirm', filter: { onlySuggested: true, onlyExceptions: true }, sort: BY_PRIORITY },
  { id: 'tagged', name: 'Tagged', filter: { statuses: ['tagged'] }, sort: BY_PRIORITY },
  { id: 'approved', name: 'Approved', filter: { statuses: ['approved'] }, sort: BY_PRIORITY },
  { id: 'cleared', name: 'Cleared by a rule', filter: { statuses: ['cleared'], onlyNonZero: true }, sort: BY_PRIORITY },
  { id: 'attached', name: 'With attachments', filter: { onlyAttached: true }, sort: [{ column: 'evidenceCount', direction: 'desc' }] },
  ...CASE_VIEWS.map((view): LineView => ({ ...view, sort: BY_PRIORITY })),
  { id: 'variance', name: 'Every line with a variance', filter: { onlyNonZero: true }, sort: BY_PRIORITY },
  { id: 'all', name: 'Every line', filter: {}, sort: [{ column: 'sku', direction: 'asc' }] },
];

const isSortable = (column: string): column is LineColumn => SORTABLE_LINE_COLUMNS.some((each) => each === column);

/** A person's own order by the heads of the grid; without one the view's, and of lines that were sent for the most urgent first. */
export function orderFor(view: LineView, own: readonly { readonly column: string; readonly direction: 'asc' | 'desc' }[], isChosen = false): LineSort[] {
  const order = own.flatMap(({ column, direction }) => (isSortable(column) ? [{ column, direction }] : [])).slice(0, 4);
  return order.length > 0 ? order : [...(isChosen ? BY_PRIORITY : view.sort)];
}

export const viewOf = (id: string): LineView => LINE_VIEWS.find((view) => view.id === id) ?? LINE_VIEWS[0]!;

/** What narrows a view; an empty string is no condition. */
export interface Narrowing {
  readonly classes: readonly VarianceClass[];
  readonly location: string;
  readonly owner: string;
  readonly status: string;
  readonly tier: string;
  /** What another screen sent the person here for: it takes the place of the view's own filter. */
  readonly chosen?: { readonly label: string; readonly filter: LineFilter } | undefined;
}

export const NOT_NARROWED: Narrowing = { classes: [], location: '', owner: '', status: '', tier: '' };

export const isNarrowed = (narrowing: Narrowing): boolean =>
  narrowing.chosen !== undefined || narrowing.classes.length > 0 || [narrowing.location, narrowing.owner, narrowing.status, narrowing.tier].some((value) => value !== '');

const member = <Value extends string>(list: readonly Value[], value: string): Value | undefined => list.find((each) => each === value);

/** The filter of a view, narrowed. A text to find looks through the whole period, whatever the view leaves out. */
export function filterFor(view: LineView, narrowing: Narrowing, text: string, columns?: ColumnFilter): LineFilter {
  const owner = member(OWNERS, narrowing.owner);
  const status = member(LINE_STATUSES, narrowing.status);
  const tier = member(TIERS, narrowing.tier);
  const wanted = text.trim();
  // What a saved view asks of columns is written in the filter row, where it can be changed.
  const { columns: _written, ...own } = narrowing.chosen?.filter ?? view.filter;
  return {
    ...(wanted ? {} : own),
    ...(columns && { columns }),
    ...(narrowing.classes.length > 0 ? { classes: VARIANCE_CLASSES.filter((each) => narrowing.classes.includes(each)) } : {}),
    ...(narrowing.location ? { locations: [narrowing.location] } : {}),
    ...(owner ? { owners: [owner] } : {}),
    ...(status ? { statuses: [status] } : {}),
    ...(tier ? { tiers: [tier] } : {}),
    ...(wanted ? { text: wanted } : {}),
  };
}

export const OWNER_CHOICES: readonly Choice<string>[] = [{ value: '', label: 'Any owner' }, ...OWNERS.map((owner) => ({ value: owner, label: OWNER_WORDS[owner] }))];
export const STATUS_CHOICES: readonly Choice<string>[] = [{ value: '', label: 'Any status' }, ...LINE_STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status] }))];
export const TIER_CHOICES: readonly Choice<string>[] = [{ value: '', label: 'Any tier' }, ...TIERS.map((tier) => ({ value: tier, label: `Tier ${tier}` }))];
