/**
 * The view and what narrows it.
 */
import type { ReactNode } from 'react';
import { Button, countText, CrossIcon, IconButton, PaneIcon, SelectField, Toolbar } from '../../ui';
import { isNarrowed, type LineView, type Narrowing, NOT_NARROWED, OWNER_CHOICES, STATUS_CHOICES, TIER_CHOICES } from './views';
import { LINE_GROUPINGS, type LineGrouping } from '@shared/domain/lines';
import { GROUPING_WORDS } from './use-line-groups';
import styles from './filter-bar.module.css';

const GROUP_CHOICES = [{ value: '', label: 'No groups' }, ...LINE_GROUPINGS.map((by) => ({ value: by as string, label: `By ${GROUPING_WORDS[by].toLowerCase()}` }))];

export interface FilterBarProps {
  /** The ready-made views and those that people saved. */
  readonly views: readonly LineView[];
  readonly viewId: string;
  readonly onView: (viewId: string) => void;
  readonly narrowing: Narrowing;
  readonly onNarrowing: (narrowing: Narrowing) => void;
  readonly locations: readonly string[];
  readonly groupBy: LineGrouping | undefined;
  readonly onGroupBy: (groupBy: LineGrouping | undefined) => void;
  /** How many lines are shown; undefined until they were counted. */
  readonly total: number | undefined;
  /** The text of the header's find field is looked for in the whole period. */
  readonly finds: boolean;
  /** What is done with columns and views. */
  readonly columnsMenu: ReactNode;
  readonly detailOpen: boolean;
  readonly onDetail: () => void;
}

/** Stands in the list of views for lines that another screen chose. */
const CHOSEN = 'chosen';

export function FilterBar({ views, columnsMenu, viewId, onView, narrowing, onNarrowing, locations, groupBy, onGroupBy, total, finds, detailOpen, onDetail }: FilterBarProps) {
  const narrow = (change: Partial<Narrowing>) => onNarrowing({ ...narrowing, ...change });
  const locationChoices = [{ value: '', label: 'Any location' }, ...locations.map((each) => ({ value: each, label: each }))];
  const viewChoices = [...(narrowing.chosen ? [{ value: CHOSEN, label: narrowing.chosen.label }] : []), ...views.map((view) => ({ value: view.id, label: view.name }))];
  const showView = (id: string) => {
    if (id === CHOSEN) return;
    if (narrowing.chosen) narrow({ chosen: undefined });
    onView(id);
  };
  return (
    <div className={styles['bar']}>
      <Toolbar label="View and filter">
        <div className={styles['view']}>
          <SelectField label="View" labelHidden value={narrowing.chosen ? CHOSEN : viewId} disabled={finds} choices={viewChoices} onValue={showView} />
        </div>
        <div className={styles['location']}>
          <SelectField label="Location" labelHidden value={narrowing.location} choices={locationChoices} onValue={(location) => narrow({ location })} />
        </div>
        <div className={styles['narrow']}>
          <SelectField label="Owner" labelHidden value={narrowing.owner} choices={OWNER_CHOICES} onValue={(owner) => narrow({ owner })} />
        </div>
        <div className={styles['narrow']}>
          <SelectField label="Status" labelHidden value={narrowing.status} choices={STATUS_CHOICES} onValue={(status) => narrow({ status })} />
        </div>
        <div className={styles['tier']}>
          <SelectField label="Tier" labelHidden value={narrowing.tier} choices={TIER_CHOICES} onValue={(tier) => narrow({ tier })} />
        </div>
        {narrowing.chosen ? (
          <Button kind="plain" icon={CrossIcon} hint="Show the view again" data-testid="chosen-filter" onClick={() => narrow({ chosen: undefined })}>{narrowing.chosen.label}</Button>
        ) : null}
        <div className={styles['narrow']}>
          <SelectField label="Group by" labelHidden value={groupBy ?? ''} choices={GROUP_CHOICES} onValue={(by) => onGroupBy(LINE_GROUPINGS.find((each) => each === by))} />
        </div>
        {isNarrowed(narrowing) ? <Button kind="quiet" icon={CrossIcon} onClick={() => onNarrowing(NOT_NARROWED)}>Clear</Button> : null}
        <div className={styles['end']}>
          {columnsMenu}
          <span className={styles['total']} aria-live="polite" title={finds ? "In the whole period, whatever the view leaves out" : undefined}>{total === undefined ? '' : finds ? `${countText(total)} found` : `${countText(total)} shown`}</span>
          <IconButton label={detailOpen ? 'Hide the detail pane' : 'Show the detail pane'} icon={PaneIcon} shortcut="CmdOrCtrl+Shift+D" pressed={detailOpen} onClick={onDetail} />
        </div>
      </Toolbar>
    </div>
  );
}
