/**
 * A map of things by age and size: what lies at the top right is large and old. The size has a scale of powers, so that
 * small things are not all on the ground. Shape and colour say the same.
 */
import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleLinear, scaleLog } from '@visx/scale';
import { classes } from '../ui';
import { powersAround, spreadPoints, wholeTicks } from './geometry/points';
import { Mark } from './mark';
import { textWidth } from './measure-text';
import type { ChartTone } from './tone-names';
import { toneClass } from './tones';
import styles from './charts.module.css';

export interface MapPoint {
  readonly key: string;
  /** From zero; whole days. */
  readonly age: number;
  /** More than zero. */
  readonly size: number;
  readonly tone: ChartTone;
  /** Only its outline: it is settled. */
  readonly isHollow: boolean;
  /** Beside the point where there is room. */
  readonly name: string;
  readonly label: string;
  readonly onOpen?: (() => void) | undefined;
}

export interface PointMapProps {
  readonly width: number;
  readonly height: number;
  /** The largest first: names go to them. */
  readonly points: readonly MapPoint[];
  readonly sizeText: (size: number) => string;
  readonly ageTitle: string;
  readonly sizeTitle: string;
}

const RADIUS = 5;
const NAMES_MOST = 8;

/** The outline of a point: another one for each tone. */
function outline(tone: ChartTone, x: number, y: number): string {
  const r = RADIUS;
  if (tone === 'timing') return `M${x - r} ${y}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0Z`;
  if (tone === 'alignment') return `M${x} ${y - r - 1}L${x + r + 1} ${y}L${x} ${y + r + 1}L${x - r - 1} ${y}Z`;
  if (tone === 'physical') return `M${x - r + 0.5} ${y - r + 0.5}H${x + r - 0.5}V${y + r - 0.5}H${x - r + 0.5}Z`;
  return `M${x} ${y - r}L${x + r + 0.5} ${y + r - 0.5}H${x - r - 0.5}Z`;
}

/** The shape that stands for a tone, for the words beside the map. */
export function PointShape({ tone }: { readonly tone: ChartTone }) {
  return (
    <svg width={14} height={14} className={styles['svg']} aria-hidden="true">
      <path d={outline(tone, 7, 7)} className={classes(toneClass(tone), styles['point'], styles[`${tone}Line`])} />
    </svg>
  );
}

export function PointMap({ width, height, points, sizeText, ageTitle, sizeTitle }: PointMapProps) {
  const powers = powersAround(points.map(({ size }) => size));
  const left = Math.max(...powers.map((power) => textWidth(sizeText(power)))) + 10;
  const [top, bottom] = [20, height - 34];
  const ages = wholeTicks(Math.max(1, ...points.map(({ age }) => age)), Math.max(3, Math.floor((width - left) / 64)));
  const x = scaleLinear({ domain: [0, ages.at(-1)!], range: [left + RADIUS + 4, width - RADIUS - 2] });
  const y = scaleLog({ domain: [powers[0]!, powers.at(-1)!], range: [bottom - RADIUS, top + RADIUS] });
  const places = spreadPoints(points.map(({ age, size }) => ({ x: x(age), y: y(size) })), RADIUS * 2 + 1, width - RADIUS - 2);
  const named: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  /** A name stands at the right of its point where neither a point nor another name is. */
  const hasRoom = (index: number, wide: number): boolean => {
    const { x: at, y: level } = places[index]!;
    const [from, until] = [at + RADIUS + 3, at + RADIUS + 5 + wide];
    if (until > width || named.length >= NAMES_MOST) return false;
    if (places.some((place, other) => other !== index && Math.abs(place.y - level) < 11 && place.x + RADIUS > from && place.x - RADIUS < until + 6)) return false;
    if (named.some((name) => Math.abs(name.y - level) < 13 && name.right > from && name.left < until)) return false;
    named.push({ left: from, right: until, y: level });
    return true;
  };
  return (
    <>
      {powers.map((power) => <line key={power} className={styles['gridline']} x1={left} x2={width} y1={y(power)} y2={y(power)} />)}
      {ages.map((age) => <line key={age} className={styles['gridline']} x1={x(age)} x2={x(age)} y1={top} y2={bottom} />)}
      <AxisLeft
        scale={y} left={left} tickValues={[...powers]} hideAxisLine hideTicks tickFormat={(tick) => sizeText(Number(tick))}
        tickComponent={({ y: at, formattedValue }) => <text x={-6} y={at} dy="0.32em" textAnchor="end" className={styles['faint']}>{formattedValue}</text>}
      />
      <AxisBottom
        scale={x} top={bottom} tickValues={[...ages]} hideTicks axisLineClassName={styles['baseline'] ?? ''} tickFormat={(tick) => String(tick)}
        tickComponent={({ x: at, formattedValue }) => <text x={at} y={14} textAnchor="middle" className={styles['faint']}>{formattedValue}</text>}
      />
      <text x={0} y={11} className={styles['faint']}>{sizeTitle}</text>
      <text x={width} y={height - 4} textAnchor="end" className={styles['faint']}>{ageTitle}</text>
      {points.map((point, index) => {
        const place = places[index]!;
        const showsName = hasRoom(index, textWidth(point.name));
        return (
          <Mark key={point.key} label={point.label} onOpen={point.onOpen} isFirst={index === 0} ring={{ x: place.x - RADIUS, y: place.y - RADIUS, width: RADIUS * 2, height: RADIUS * 2 }}>
            <path d={outline(point.tone, place.x, place.y)} className={classes(toneClass(point.tone), styles['point'], point.isHollow && styles['hollow'], styles[`${point.tone}Line`])} />
            {showsName ? <text x={place.x + RADIUS + 4} y={place.y} dy="0.34em">{point.name}</text> : null}
          </Mark>
        );
      })}
    </>
  );
}
