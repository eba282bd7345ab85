/**
 * Upright columns in the order of their labels: a histogram, or figures over time. A column may go below zero; its parts
 * then go the same way.
 */
import { AxisLeft } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear } from '@visx/scale';
import { niceEnd, partSpans } from './geometry/bars';
import { type LegendEntry, legendHeight } from './geometry/legend';
import { Legend } from './legend';
import { Mark } from './mark';
import { fittedText, textWidth } from './measure-text';
import { Area, HatchDefinitions, useHatches } from './tones';
import type { BarsPart } from './bars';
import styles from './charts.module.css';

export interface Column {
  readonly key: string;
  readonly label: string;
  /** Above the column. */
  readonly text: string;
  /** Sizes; the sign of the column is its own. */
  readonly parts: readonly BarsPart[];
  readonly isNegative?: boolean;
  readonly isStrong?: boolean;
}

export interface ColumnsProps {
  readonly width: number;
  /** Of the columns alone. */
  readonly plotHeight: number;
  readonly columns: readonly Column[];
  readonly legend?: readonly LegendEntry[];
  /** What the scale's figures are written as. */
  readonly tickText: (value: number) => string;
}

const LABELS = 18;
const HEAD = 16;
/** A few columns do not become blocks. */
const WIDTH_MOST = 64;

export const columnsHeight = (plotHeight: number, legend: readonly LegendEntry[] = [], width = 600): number => legendHeight(legend, width) + HEAD + plotHeight + LABELS;

const sizeOf = (column: Column): number => column.parts.reduce((sum, part) => sum + part.value, 0);

export function Columns({ width, plotHeight, columns, legend = [], tickText }: ColumnsProps) {
  const hatches = useHatches();
  const top = legendHeight(legend, width) + HEAD;
  const most = Math.max(0, ...columns.filter((column) => !column.isNegative).map(sizeOf));
  const least = Math.max(0, ...columns.filter((column) => column.isNegative).map(sizeOf));
  const end = most > 0 || least === 0 ? niceEnd(most) : 0;
  const begin = least > 0 ? niceEnd(least) : 0;
  const value = scaleLinear({ domain: [-begin, end], range: [top + plotHeight, top] });
  // What is counted is whole: a scale of one line has no half.
  const ticks = value.ticks(Math.max(2, Math.floor(plotHeight / 48))).filter(Number.isInteger);
  const axisWidth = Math.max(...ticks.map((tick) => textWidth(tickText(tick)))) + 8;
  const place = scaleBand({ domain: columns.map(({ key }) => key), range: [axisWidth, width], padding: 0.22 });
  const zero = value(0);
  const firstKey = columns.flatMap((column) => column.parts.filter((part) => part.value > 0).map((part) => `${column.key} ${part.key}`))[0];
  return (
    <>
      <HatchDefinitions hatches={hatches} />
      <Legend entries={legend} width={width} hatches={hatches} />
      {ticks.map((tick) => <line key={tick} className={styles['gridline']} x1={axisWidth} x2={width} y1={value(tick)} y2={value(tick)} />)}
      <AxisLeft
        scale={value} left={axisWidth} tickValues={ticks} hideAxisLine hideTicks tickFormat={(tick) => tickText(Number(tick))}
        tickComponent={({ y, formattedValue }) => <text x={-6} y={y} dy="0.32em" textAnchor="end" className={styles['faint']}>{formattedValue}</text>}
      />
      {columns.map((column) => {
        const wide = Math.min(WIDTH_MOST, place.bandwidth());
        const x = (place(column.key) ?? 0) + (place.bandwidth() - wide) / 2;
        const size = sizeOf(column);
        const edge = value(column.isNegative ? -size : size);
        const length = Math.abs(edge - zero);
        const spans = partSpans(column.parts, size, length);
        return (
          <Group key={column.key}>
            {column.parts.map((part, index) => {
              const span = spans[index]!;
              if (part.value <= 0) return null;
              const height = Math.max(1, span.width * length - 1);
              const y = column.isNegative ? zero + span.start * length : zero - span.start * length - height;
              const box = { x, y, width: wide, height };
              return (
                <Mark key={part.key} label={part.label} onOpen={part.onOpen} isFirst={firstKey === `${column.key} ${part.key}`} ring={box}>
                  <Area tone={part.tone} hatches={hatches} {...box} />
                </Mark>
              );
            })}
            <text x={x + wide / 2} y={column.isNegative ? zero - 5 : edge - 5} textAnchor="middle" className={styles['strong']}>{fittedText(column.text, place.step())}</text>
            <text x={x + wide / 2} y={top + plotHeight + LABELS - 4} textAnchor="middle" className={column.isStrong ? styles['strong'] : undefined}>
              {fittedText(column.label, place.step())}
            </text>
          </Group>
        );
      })}
      <line className={styles['baseline']} x1={axisWidth} x2={width} y1={zero} y2={zero} />
    </>
  );
}
