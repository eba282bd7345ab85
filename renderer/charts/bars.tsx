/**
 * Horizontal bars made of parts: as many rows as there are labels, the figure of each at its end. On a scale of their
 * own, every bar is a whole; on a shared one their lengths compare.
 */
import { Group } from '@visx/group';
import { scaleBand } from '@visx/scale';
import { partSpans } from './geometry/bars';
import { type LegendEntry, legendHeight } from './geometry/legend';
import { Legend } from './legend';
import { Mark } from './mark';
import { fittedText, textWidth } from './measure-text';
import type { ChartTone } from './tone-names';
import { Area, HatchDefinitions, useHatches } from './tones';
import styles from './charts.module.css';

export interface BarsPart {
  readonly key: string;
  readonly tone: ChartTone;
  /** Not negative. */
  readonly value: number;
  /** Read out and shown where it is pointed at: what it is, with its figures. */
  readonly label: string;
  readonly onOpen?: (() => void) | undefined;
}

export interface BarsRow {
  readonly key: string;
  readonly label: string;
  /** The row's figure, at the right. */
  readonly text: string;
  readonly parts: readonly BarsPart[];
  /** The row is the one that everything else on the screen is about. */
  readonly isStrong?: boolean;
}

export interface BarsProps {
  readonly width: number;
  readonly rows: readonly BarsRow[];
  /** own: every bar fills the width; shared: the longest does. */
  readonly scale: 'own' | 'shared';
  readonly legend?: readonly LegendEntry[];
}

const ROW = 24;
const GAP = 10;
const LABEL_SHARE_MOST = 0.4;

export const barsHeight = (rows: number, legend: readonly LegendEntry[] = [], width = 600): number => legendHeight(legend, width) + Math.max(1, rows) * ROW;

export function Bars({ width, rows, scale, legend = [] }: BarsProps) {
  const hatches = useHatches();
  const top = legendHeight(legend, width);
  const labelWidth = Math.min(width * LABEL_SHARE_MOST, Math.max(0, ...rows.map(({ label }) => textWidth(label))) + 2);
  const textSpace = Math.max(0, ...rows.map(({ text }) => textWidth(text)));
  const left = labelWidth + GAP;
  const length = Math.max(40, width - left - textSpace - GAP - 2);
  const wholeOf = (row: BarsRow) => row.parts.reduce((sum, part) => sum + part.value, 0);
  const most = Math.max(0, ...rows.map(wholeOf));
  const lines = scaleBand({ domain: rows.map(({ key }) => key), range: [top, top + rows.length * ROW], paddingInner: 0.3, paddingOuter: 0.15 });
  const firstKey = rows.flatMap((row) => row.parts.filter((part) => part.value > 0).map((part) => `${row.key} ${part.key}`))[0];
  return (
    <>
      <HatchDefinitions hatches={hatches} />
      <Legend entries={legend} width={width} hatches={hatches} />
      {rows.map((row) => {
        const whole = scale === 'own' ? wholeOf(row) : most;
        const spans = partSpans(row.parts, whole, length);
        const y = lines(row.key) ?? 0;
        const height = lines.bandwidth();
        const end = spans.reduce((sum, span) => sum + span.width, 0) * length;
        return (
          <Group key={row.key}>
            <text x={0} y={y + height / 2} dy="0.35em" className={row.isStrong ? styles['strong'] : undefined}>{fittedText(row.label, labelWidth)}</text>
            <line className={styles['gridline']} x1={left} x2={left} y1={y - 3} y2={y + height + 3} />
            {row.parts.map((part, index) => {
              const span = spans[index]!;
              if (part.value <= 0) return null;
              const place = { x: left + span.start * length, y, width: Math.max(1, span.width * length - 1), height };
              return (
                <Mark key={part.key} label={part.label} onOpen={part.onOpen} isFirst={firstKey === `${row.key} ${part.key}`} ring={place}>
                  <Area tone={part.tone} hatches={hatches} {...place} />
                </Mark>
              );
            })}
            <text x={scale === 'own' ? width : left + end + 7} y={y + height / 2} dy="0.35em" textAnchor={scale === 'own' ? 'end' : 'start'} className={styles['strong']}>{row.text}</text>
          </Group>
        );
      })}
    </>
  );
}
