/**
 * The question before a change that not every chosen cell takes: what would change, what would not and why. Nothing is written
 * until a person says so.
 */
import { useEffect, useRef } from 'react';
import { Button, countWords, WarningIcon } from '../ui';
import type { OpenPlan } from './control/changes';
import styles from './data-grid.module.css';

const KIND_WORDS = { typed: 'Change', filled: 'Fill', pasted: 'Paste' } as const;

/** Why cells take nothing, the commonest first: `38 cells: “X” is no reason.` */
function reasonsOf<Row>({ plan, rowsOutside, columnsOutside }: OpenPlan<Row>): readonly string[] {
  const counts = new Map<string, number>();
  for (const { why } of plan.refused) counts.set(why, (counts.get(why) ?? 0) + 1);
  const sorted = [...counts].sort((left, right) => right[1] - left[1]);
  return [
    ...(rowsOutside > 0 ? [`${countWords(rowsOutside, 'row')} would go beyond the last row.`] : []),
    ...(columnsOutside > 0 ? [`${countWords(columnsOutside, 'column')} would go beyond the last column.`] : []),
    ...sorted.slice(0, 3).map(([why, count]) => `${countWords(count, 'cell')}: ${why}`),
    ...(sorted.length > 3 ? [`${sorted.length - 3} further reasons.`] : []),
  ];
}

export interface PlanBarProps<Row> {
  readonly open: OpenPlan<Row>;
  readonly onCarryOut: () => void;
  readonly onLeave: () => void;
}

export function PlanBar<Row>({ open, onCarryOut, onLeave }: PlanBarProps<Row>) {
  const leave = useRef<HTMLDivElement>(null);
  useEffect(() => leave.current?.querySelector('button')?.focus(), []);
  const { edits, unchanged } = open.plan;
  return (
    <div
      className={styles['plan']}
      role="alertdialog"
      aria-label={`${KIND_WORDS[open.kind]}: not every cell takes it`}
      aria-describedby="grid-plan-why"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onLeave();
      }}
    >
      <WarningIcon size={14} />
      <div id="grid-plan-why">
        <b>{edits.length === 0 ? 'No cell can change.' : `${countWords(edits.length, 'cell')} can change${unchanged > 0 ? `, ${countWords(unchanged, 'cell')} ${unchanged === 1 ? 'holds' : 'hold'} it already` : ''}.`}</b>
        {reasonsOf(open).map((reason) => <span key={reason}>{reason}</span>)}
      </div>
      <div ref={leave} className={styles['answers']}>
        <Button onClick={onLeave}>Change nothing</Button>
        {edits.length > 0 ? <Button kind="primary" onClick={onCarryOut}>{`${KIND_WORDS[open.kind]} ${countWords(edits.length, 'cell')}`}</Button> : null}
      </div>
    </div>
  );
}
