/**
 * A waterfall: from one figure to the other, step by step, each step where the one before ended. Rows, not columns, so
 * that the words of a step have room.
 */
import { Group } from '@visx/group';
import { scaleLinear } from '@visx/scale';
import { foldSteps, type WaterfallSpan, waterfallGeometry } from './geometry/waterfall';
import { Mark } from './mark';
import { fittedText, textWidth } from './measure-text';
import type { ChartTone } from './tone-names';
import { Area, HatchDefinitions, useHatches } from './tones';
import styles from './charts.module.css';

export interface WaterfallStep {
  readonly key: string;
  readonly label: string;
  /** Signed. */
  readonly value: number;
  readonly text: string;
  readonly tone: ChartTone;
  /** Read out and shown where it is pointed at. */
  readonly tip: string;
  /** A step of nothing that still has to be said, as a residual of zero. */
  readonly isQuiet?: boolean;
}

export interface WaterfallEnd {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

export interface WaterfallProps {
  readonly width: number;
  readonly from: WaterfallEnd;
  readonly to: WaterfallEnd;
  readonly steps: readonly WaterfallStep[];
  /** The text of a step of so many folded ones, and of what it comes to. */
  readonly restLabel: (count: number) => string;
  readonly valueText: (value: number) => string;
  /** The words for a scale that does not begin at zero. */
  readonly cutText: (origin: number) => string;
}

const ROW = 24;
const BAR = 14;
const STEPS_MOST = 12;
const LABEL_SHARE_MOST = 0.42;

/** The steps as they are drawn: the last one, what is left, always stands for itself. */
function drawnSteps({ steps, restLabel, valueText }: Pick<WaterfallProps, 'steps' | 'restLabel' | 'valueText'>): readonly WaterfallStep[] {
  const last = steps.at(-1);
  if (!last) return [];
  const { shown, rest } = foldSteps(steps.slice(0, -1), STEPS_MOST);
  if (!rest) return steps;
  const label = restLabel(rest.count);
  return [...shown, { key: 'rest', label, value: rest.value, text: valueText(rest.value), tone: 'figure', tip: `${label}: ${valueText(rest.value)}` }, last];
}

export function waterfallHeight(props: Pick<WaterfallProps, 'steps' | 'restLabel' | 'valueText' | 'from'>): number {
  const steps = drawnSteps(props);
  const { isCut } = waterfallGeometry(props.from.value, steps.map(({ value }) => value));
  return (steps.length + 2) * ROW + (isCut ? 16 : 0);
}

export function Waterfall(props: WaterfallProps) {
  const { width, from, to, cutText } = props;
  const hatches = useHatches();
  const steps = drawnSteps(props);
  const geometry = waterfallGeometry(from.value, steps.map(({ value }) => value));
  const labels = [from.label, ...steps.map(({ label }) => label), to.label];
  const texts = [from.text, ...steps.map(({ text }) => text), to.text];
  const left = Math.min(width * LABEL_SHARE_MOST, Math.max(...labels.map(textWidth)) + 6) + 8;
  const right = width - Math.max(...texts.map(textWidth)) - 14;
  const x = scaleLinear({ domain: [0, 1], range: [left, right] });
  const box = ({ start, width: share }: WaterfallSpan, row: number, least: number) => ({
    x: x(start), y: row * ROW + (ROW - BAR) / 2, width: Math.max(least, x(start + share) - x(start)), height: BAR,
  });
  const line = (row: number, label: string, text: string, isStrong: boolean, isFaint = false) => (
    <>
      <text x={0} y={row * ROW + ROW / 2} dy="0.35em" className={isStrong ? styles['figureText'] : isFaint ? styles['faint'] : styles['strong']}>{fittedText(label, left - 10)}</text>
      <text x={width} y={row * ROW + ROW / 2} dy="0.35em" textAnchor="end" className={isStrong ? styles['figureText'] : isFaint ? styles['faint'] : styles['strong']}>{text}</text>
    </>
  );
  const endRow = steps.length + 1;
  const ends = [
    { row: 0, end: from, span: geometry.from },
    { row: endRow, end: to, span: geometry.to },
  ];
  return (
    <>
      <HatchDefinitions hatches={hatches} />
      <line className={styles['gridline']} x1={0} x2={width} y1={ROW} y2={ROW} />
      <line className={styles['baseline']} x1={0} x2={width} y1={endRow * ROW} y2={endRow * ROW} />
      {geometry.levels.slice(0, -1).map((level, index) => (
        <line key={index} className={styles['connector']} x1={x(level)} x2={x(level)} y1={index * ROW + (ROW + BAR) / 2} y2={(index + 1) * ROW + (ROW - BAR) / 2} />
      ))}
      <line className={styles['connector']} x1={x(geometry.levels.at(-1)!)} x2={x(geometry.levels.at(-1)!)} y1={(endRow - 1) * ROW + (ROW + BAR) / 2} y2={endRow * ROW + (ROW - BAR) / 2} />
      {ends.map(({ row, end, span }) => {
        const place = box(span, row, 1);
        return (
          <Group key={row}>
            {line(row, end.label, end.text, true)}
            <Mark label={`${end.label}: ${end.text}`} isFirst={row === 0} ring={place}>
              <Area tone="figure" hatches={hatches} {...place} />
              {geometry.isCut ? <path className={styles['cut']} d={`M${left + 10} ${place.y - 2} L${left + 6} ${place.y + BAR + 2}`} /> : null}
            </Mark>
          </Group>
        );
      })}
      {steps.map((step, index) => {
        const place = box(geometry.steps[index]!, index + 1, step.value === 0 ? 1 : 3);
        return (
          <Group key={step.key}>
            {line(index + 1, step.label, step.text, false, step.isQuiet)}
            <Mark label={step.tip} isFirst={false} ring={place}>
              <Area tone={step.isQuiet ? 'figure' : step.tone} hatches={hatches} {...place} />
            </Mark>
          </Group>
        );
      })}
      {geometry.isCut ? <text x={left} y={(endRow + 1) * ROW + 11} className={styles['faint']}>{cutText(geometry.origin)}</text> : null}
    </>
  );
}
