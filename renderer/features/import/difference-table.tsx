/**
 * What one file says other than another, line by line, the largest change first; long lists are read as they come into
 * sight.
 */
import { useCallback, useRef, useState } from 'react';
import type { Difference, DifferenceLine, DifferenceTotal } from '@shared/domain/import-difference';
import { measureWords, SYSTEM_WORDS } from '@shared/domain/import-words';
import { useConnection } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Badge, ClearedIcon, countText, EmptyState, groupDecimal, instantText, isWrittenNegative, MinusIcon, NumberText, PlusIcon, RowWindow, Section, Table, TimingIcon, UNKNOWN } from '../../ui';
import styles from './import.module.css';

const ROW_HEIGHT = 28;
const PAGE = 500;

/** A signed figure: where the sign is the message. */
export const signed = (text: string): string => {
  const grouped = groupDecimal(text);
  return /^[^1-9]*$/.test(grouped) ? '0' : isWrittenNegative(grouped) ? grouped : `+${grouped}`;
};

export const figureOf = (text: string | null) => <NumberText text={text === null ? UNKNOWN : groupDecimal(text)} />;

export function TotalsTable({ totals }: { readonly totals: readonly DifferenceTotal[] }) {
  return (
    <Table<DifferenceTotal>
      caption="Totals of the difference"
      rows={totals}
      rowKey={(total) => `${total.system} ${total.measure}`}
      columns={[
        { id: 'system', title: 'System', cell: (total) => (total.system === null ? '–' : SYSTEM_WORDS[total.system]) },
        { id: 'measure', title: 'Figure', cell: (total) => measureWords(total.measure) },
        { id: 'before', title: 'Before', align: 'end', cell: (total) => figureOf(total.before) },
        { id: 'after', title: 'After', align: 'end', cell: (total) => figureOf(total.after) },
        { id: 'delta', title: 'Change', align: 'end', cell: (total) => <NumberText text={signed(total.delta)} /> },
      ]}
    />
  );
}

const CHANGE_BADGE = {
  added: { word: 'New', icon: PlusIcon },
  removed: { word: 'Gone', icon: MinusIcon },
  changed: { word: 'Changed', icon: TimingIcon },
} as const;

/** Where a figure stands: item and location, or the document. */
export const placeOf = (line: DifferenceLine): string =>
  [line.sku, line.location, [line.document, line.line].filter(Boolean).join(' ')].filter(Boolean).join(', ');

export function DifferenceLines<Line extends DifferenceLine>({
  label,
  count,
  lineAt,
  onRange,
  last,
}: {
  readonly label: string;
  readonly count: number;
  readonly lineAt: (index: number) => Line | undefined;
  readonly onRange?: (first: number, end: number) => void;
  /** A further column at the right: its head and its cell. */
  readonly last?: { readonly title: string; readonly cell: (line: Line) => string };
}) {
  const { timeZone } = useWorkspace();
  const head = (words: string, className: string | undefined) => (
    <span role="columnheader" className={className}>
      {words}
    </span>
  );
  const cell = (text: string, className: string | undefined, title?: string) => (
    <span role="cell" className={className} title={title}>
      {text}
    </span>
  );
  // Not in the file is one thing; in it without a figure, as what was not counted, is unknown.
  const known = (text: string | null, isThere: boolean) => (text !== null ? groupDecimal(text) : isThere ? UNKNOWN : '–');
  const posted = (line: Line) =>
    line.beforeInstant === null || line.afterInstant === null
      ? undefined
      : `${instantText(line.beforeInstant, timeZone)} before, ${instantText(line.afterInstant, timeZone)} now`;
  return (
    <div className={styles['lines']} style={{ height: Math.min(count + 1, 16) * ROW_HEIGHT + 2 }}>
      <RowWindow
        label={label}
        count={count}
        rowHeight={ROW_HEIGHT}
        {...(onRange ? { onRange } : {})}
        testId="difference-lines"
        head={
          <>
            {head('Change', styles['lineChange'])}
            {head('Line', styles['linePlace'])}
            {head('Figure', styles['lineMeasure'])}
            {head('Before', styles['lineFigure'])}
            {head('After', styles['lineFigure'])}
            {head('Change', styles['lineFigure'])}
            {last ? head(last.title, styles['lineFigure']) : null}
          </>
        }
        row={(index) => {
          const line = lineAt(index);
          if (!line) return <span role="cell">…</span>;
          const { word, icon } = CHANGE_BADGE[line.change];
          const system = line.system === null ? '' : `${SYSTEM_WORDS[line.system]}: `;
          const moved = posted(line);
          return (
            <>
              <span role="cell" className={styles['lineChange']}>
                <Badge tone="neutral" plain icon={icon}>
                  {moved && line.before === line.after ? 'Other date' : word}
                </Badge>
              </span>
              {cell(placeOf(line), styles['linePlace'], [placeOf(line), moved].filter(Boolean).join('\n'))}
              {cell(`${system}${measureWords(line.measure).toLowerCase()}`, styles['lineMeasure'])}
              {cell(known(line.before, line.change !== 'added'), styles['lineFigure'])}
              {cell(known(line.after, line.change !== 'removed'), styles['lineFigure'])}
              {cell(signed(line.delta), styles['lineFigure'])}
              {last ? cell(last.cell(line), styles['lineFigure']) : null}
            </>
          );
        }}
      />
    </div>
  );
}

const changesOf = ({ counts }: Pick<Difference, 'counts'>) => counts.added + counts.removed + counts.changed;

/** `3 changed, 1 new, 2 gone, 1,204 as they were`. */
export const countsWords = ({ added, removed, changed, unchanged }: Difference['counts']): string =>
  `${countText(changed)} changed, ${countText(added)} new, ${countText(removed)} gone, ${countText(unchanged)} as they were`;

/** A difference with its totals; lines beyond those that came with it are read from the import that keeps it. */
export function DifferenceView({ difference, importId }: { readonly difference: Difference; readonly importId?: number | undefined }) {
  const connection = useConnection();
  const total = changesOf(difference);
  const pages = useRef(new Map<number, readonly DifferenceLine[]>());
  const asked = useRef(new Set<number>());
  const [, setRound] = useState(0);
  const onRange = useCallback(
    (first: number, end: number) => {
      if (importId === undefined) return;
      for (let page = Math.floor(first / PAGE); page * PAGE < end; page += 1) {
        const offset = page * PAGE;
        if (offset < difference.lines.length || asked.current.has(page)) continue;
        asked.current.add(page);
        void connection.call('imports:difference', { importId, offset, limit: PAGE }).then((outcome) => {
          if (!outcome.ok) return asked.current.delete(page);
          pages.current.set(page, outcome.value.lines);
          return setRound((round) => round + 1);
        });
      }
    },
    [connection, importId, difference.lines.length],
  );
  if (total === 0) {
    return (
      <EmptyState icon={ClearedIcon} title="Nothing differs">
        {countText(difference.counts.unchanged)} figures are as they were.
      </EmptyState>
    );
  }
  const count = importId === undefined ? difference.lines.length : total;
  const lineAt = (index: number) => difference.lines[index] ?? pages.current.get(Math.floor(index / PAGE))?.[index % PAGE];
  return (
    <>
      <Section title={count < total ? `The largest ${countText(count)} of ${countText(total)} changes` : `Line by line, ${countText(total)}`}>
        <DifferenceLines label="Difference, line by line" count={count} lineAt={lineAt} onRange={onRange} />
      </Section>
      <Section title={`Sums: ${countsWords(difference.counts)}`}>
        <TotalsTable totals={difference.totals} />
      </Section>
    </>
  );
}
