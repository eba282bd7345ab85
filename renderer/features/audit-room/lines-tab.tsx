/** The drawn lines: test counts, marks and notes typed in from line to line, and the way to the evidence of a line. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Sample, type SampleChange, type SampleItem, TICK_KEYS } from '@shared/domain/audit/sample';
import { parseUnitCost } from '@shared/domain/money';
import { parseQuantity } from '@shared/domain/quantity';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import { DataGrid, type GridChange, type GridHandle } from '../../grid';
import { Button } from '../../ui';
import { COST, COUNTED, NOTE, sampleColumns, TICKS } from './sample-columns';
import type { MakeChanges } from './make-changes';
import styles from './audit-room.module.css';

const KEYS = Object.entries(TICK_KEYS).map(([key, mark]) => `${key} for ${mark}`).join(', ');
const NO_ORDER: readonly never[] = [];

/** The cost as typed: null where it was emptied, undefined where it is none. */
function costOf(typed: string | null): number | null | undefined {
  if (typed === null || typed.trim() === '') return null;
  const scaled = parseUnitCost(typed.trim());
  return scaled !== undefined && scaled >= 0 ? scaled : undefined;
}

const changeOf = ({ row, column, after }: GridChange<SampleItem>['edits'][number]): SampleChange => ({
  kind: 'item', number: row.number,
  ...(column === COUNTED ? { countedScaled: after === null ? null : (parseQuantity(after) ?? null) } : {}),
  ...(column === COST ? { auditedCostScaled: costOf(after) ?? null } : {}),
  ...(column === TICKS ? { ticks: after ?? '' } : {}),
  ...(column === NOTE ? { note: after ?? '' } : {}),
});

export function LinesTab({ sample, onMake }: { readonly sample: Sample; readonly onMake: MakeChanges }) {
  const { info, openScreen, selectPeriod } = useWorkspace();
  const grid = useRef<GridHandle>(null);
  const now = useRef(sample.items);
  now.current = sample.items;
  const [focused, setFocused] = useState<SampleItem | undefined>(undefined);
  const columns = useMemo(() => sampleColumns(sample), [sample.currency, sample.tickMarks, sample.conclusion]);
  useEffect(() => grid.current?.refresh(), [sample]);
  const period = info.periods.find(({ code }) => code === sample.periodCode);
  const makeEdits = ({ edits }: GridChange<SampleItem>) => {
    const noCost = edits.find(({ column, after }) => column === COST && costOf(after) === undefined);
    if (!noCost) return onMake(edits.map(changeOf));
    notify({ tone: 'error', title: `${noCost.after} is no cost of ${noCost.row.sku}. Write a figure of 0 or more with at most six places, such as 8.25.` });
    return Promise.resolve(false);
  };
  const explain = () => {
    if (!focused || !period) return;
    selectPeriod(period.periodId);
    openScreen('explain', { stockKeyId: focused.stockKeyId, view: 'all', text: focused.sku });
  };
  return (
    <div className={styles['lines']}>
      <div className={styles['bar']}>
        <span className={styles['legend']}>{`${sample.tickMarks.map(({ mark, meaning }) => `${mark} ${meaning}`).join(' · ')}. Type ${KEYS}.`}</span>
        <Button disabled={!focused || !period} onClick={explain}>{focused ? `Explain ${focused.sku}` : 'Explain the line'}</Button>
      </div>
      <div className={styles['grid']}>
        <DataGrid<SampleItem>
          ref={grid}
          label={`Lines of sample ${sample.sampleId}`}
          columns={columns}
          source={({ offset, limit }) => Promise.resolve({ total: now.current.length, rows: now.current.slice(offset, offset + limit) })}
          sourceKey={String(sample.sampleId)}
          rowId={({ number }) => String(number)}
          rowName={({ sku, location }) => `${sku}, ${location}`}
          initialSort={NO_ORDER}
          rowNumbers={false}
          tabLeaves
          onFocusRow={setFocused}
          {...(sample.conclusion === null ? { onEdits: makeEdits } : {})}
        />
      </div>
    </div>
  );
}
