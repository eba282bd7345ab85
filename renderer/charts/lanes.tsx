/**
 * Swim lanes over time: one lane per source, marks where something was taken in, lines between marks of one event, the
 * cut and bands around it. Ctrl and wheel, buttons and keys zoom; dragging and arrows move.
 */
import { AxisBottom } from '@visx/axis';
import { scaleLinear } from '@visx/scale';
import { Zoom } from '@visx/zoom';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { classes, clockText, dateText, forText, IconButton, instantText, MinusIcon, PlusIcon, ResetIcon } from '../ui';
import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { lanePlaces, shownStretch, type Stretch, viewOf, withinWhole } from './geometry/lanes';
import { timeTicks } from './geometry/time-ticks';
import { Mark } from './mark';
import styles from './charts.module.css';

export interface LaneMark {
  readonly key: string;
  readonly lane: string;
  readonly instant: number;
  /** round: something happened; solid: a figure was given; framed: somebody looked. */
  readonly shape: 'round' | 'solid' | 'framed';
  readonly label: string;
  readonly onOpen?: (() => void) | undefined;
}

/** Marks of one event are joined by a line. */
export interface LaneEvent {
  readonly key: string;
  /** In the mark: one or two figures. */
  readonly short: string;
  readonly marks: readonly LaneMark[];
}

export interface LanesProps extends Omit<ChartFrameProps, 'children' | 'height' | 'controls'> {
  readonly lanes: readonly { readonly key: string; readonly label: string }[];
  readonly events: readonly LaneEvent[];
  readonly bands: readonly (Stretch & { readonly label: string })[];
  readonly cut: { readonly instant: number; readonly label: string };
  /** What is shown at first; the marks may reach further. */
  readonly first: Stretch;
  readonly timeZone: string;
  /** The event that is pointed at elsewhere. */
  readonly pointed?: string | undefined;
}

const LANE = 26;
const TOP = 16;
const AXIS = 20;
const LABELS = 70;
/** Beside the plot, for how many marks lie further out. */
const EDGE = 24;
const MARK = 18;
const ZOOM_STEP = 1.5;
const PAN_STEP = 0.15;
/** Closer than this nothing more comes apart. */
const SHOWN_LEAST_MS = 15 * 60_000;

const lanesHeight = (lanes: number): number => TOP + lanes * LANE + AXIS;

/** The whole stretch: what is shown at first and every mark. */
function wholeOf({ first, events }: LanesProps): Stretch {
  const instants = events.flatMap(({ marks }) => marks.map(({ instant }) => instant));
  const length = first.endInstant - first.startInstant;
  const [least, most] = [Math.min(...instants, first.startInstant), Math.max(...instants, first.endInstant)];
  return {
    startInstant: least < first.startInstant ? least - length * 0.04 : first.startInstant,
    endInstant: most > first.endInstant ? most + length * 0.04 : first.endInstant,
  };
}

/** What buttons, keys and the wheel do to the picture. `at` and `by` are shares of its width. */
interface ZoomBy {
  readonly zoom: (factor: number, at?: number) => void;
  readonly move: (by: number) => void;
  readonly moveTo: (translateX: number) => void;
  readonly reset: () => void;
  readonly all: () => void;
}

export function Lanes(props: LanesProps) {
  const whole = wholeOf(props);
  const mostScale = Math.max(1, (whole.endInstant - whole.startInstant) / SHOWN_LEAST_MS);
  const initial = { ...viewOf(props.first, whole), scaleY: 1, translateY: 0, skewX: 0, skewY: 0 };
  return (
    <Zoom<SVGGElement> width={1} height={1} initialTransformMatrix={initial} constrain={(wanted, before) => withinWhole({ ...wanted, scaleY: 1, translateY: 0 }, before, mostScale)}>
      {(zoom) => {
        const by: ZoomBy = {
          zoom: (factor, at = 0.5) => zoom.scale({ scaleX: factor, scaleY: 1, point: { x: at, y: 0 } }),
          move: (share) => zoom.setTranslate({ translateX: zoom.transformMatrix.translateX - share, translateY: 0 }),
          moveTo: (translateX) => zoom.setTranslate({ translateX, translateY: 0 }),
          reset: zoom.reset,
          all: zoom.clear,
        };
        const shown = shownStretch(zoom.transformMatrix, whole);
        return (
          <ChartFrame
            {...props}
            height={() => lanesHeight(props.lanes.length)}
            controls={
              <>
                <IconButton label="Zoom out" icon={MinusIcon} disabled={zoom.transformMatrix.scaleX <= 1.0001} onClick={() => by.zoom(1 / ZOOM_STEP)} />
                <IconButton label="Zoom in" icon={PlusIcon} disabled={zoom.transformMatrix.scaleX * ZOOM_STEP > mostScale} onClick={() => by.zoom(ZOOM_STEP)} />
                <IconButton label="Reset the zoom" icon={ResetIcon} onClick={by.reset} />
              </>
            }
          >
            {(width) => <Picture {...props} width={width} shown={shown} by={by} translateX={zoom.transformMatrix.translateX} />}
          </ChartFrame>
        );
      }}
    </Zoom>
  );
}

interface PictureProps extends Omit<LanesProps, 'first'> {
  readonly width: number;
  readonly shown: Stretch;
  readonly by: ZoomBy;
  readonly translateX: number;
}

function Picture({ width, lanes, events, bands, cut, timeZone, pointed, shown, by, translateX }: PictureProps) {
  const instants = events.flatMap(({ marks }) => marks.map(({ instant }) => instant));
  const edgeBefore = instants.some((instant) => instant < shown.startInstant) ? forText(EDGE) : 0;
  const edgeAfter = instants.some((instant) => instant > shown.endInstant) ? forText(EDGE) : 0;
  const left = LABELS + edgeBefore;
  const plot = Math.max(60, width - left - edgeAfter);
  const size = forText(MARK);
  const bottom = TOP + lanes.length * LANE;
  const x = useMemo(() => scaleLinear({ domain: [shown.startInstant, shown.endInstant], range: [left, left + plot] }), [shown.startInstant, shown.endInstant, left, plot]);
  const within = (instant: number) => Math.max(left, Math.min(left + plot, x(instant)));
  const middle = (lane: string) => TOP + (lanes.findIndex(({ key }) => key === lane) + 0.5) * LANE;
  const places = new Map<string, number>();
  const edges: ReactNode[] = [];
  for (const lane of lanes) {
    const own = events.flatMap((event) => event.marks.filter((mark) => mark.lane === lane.key));
    const { shares, before, after } = lanePlaces(own.map(({ instant }) => instant), shown, cut.instant, size / plot);
    shares.forEach((share, index) => {
      if (share !== undefined) places.set(own[index]!.key, left + share * plot);
    });
    if (before > 0) edges.push(<text key={`${lane.key} before`} x={left - 5} y={middle(lane.key)} dy="0.35em" textAnchor="end" className={styles['faint']}>‹ {before}</text>);
    if (after > 0) edges.push(<text key={`${lane.key} after`} x={left + plot + 5} y={middle(lane.key)} dy="0.35em" className={styles['faint']}>{after} ›</text>);
  }
  const ticks = timeTicks(shown, timeZone, plot / 64);
  const tickText = (tick: { readonly instant: number; readonly isDay: boolean }) => (tick.isDay ? dateText(tick.instant, timeZone).replace(/ \d{4}$/, '') : clockText(tick.instant, timeZone).slice(0, 5));
  const firstKey = events.flatMap(({ marks }) => marks.filter(({ key }) => places.has(key)))[0]?.key;
  const showsCut = cut.instant >= shown.startInstant && cut.instant <= shown.endInstant;
  return (
    <Ground left={left} plot={plot} height={bottom} by={by} translateX={translateX} label={`Shown: ${instantText(shown.startInstant, timeZone)} to ${instantText(shown.endInstant, timeZone)}. Plus and minus zoom, arrows move, 0 resets.`}>
      {bands.map((band) => (
        <rect key={band.label} className={styles['band']} x={within(band.startInstant)} y={TOP} width={Math.max(0, within(band.endInstant) - within(band.startInstant))} height={bottom - TOP} pointerEvents="none" />
      ))}
      {lanes.map((lane) => (
        <g key={lane.key} pointerEvents="none">
          <text x={0} y={middle(lane.key)} dy="0.35em">{lane.label}</text>
          <line className={styles['lane']} x1={left} x2={left + plot} y1={middle(lane.key)} y2={middle(lane.key)} />
        </g>
      ))}
      <g pointerEvents="none">
        <AxisBottom
          scale={x} top={bottom} tickValues={ticks.map(({ instant }) => instant)} tickLength={4} axisLineClassName={styles['baseline'] ?? ''} tickClassName={styles['tick'] ?? ''}
          tickLineProps={{ className: styles['baseline'] }} tickFormat={(_instant, index) => tickText(ticks[index]!)}
          tickComponent={({ x: at, formattedValue }) => <text x={at} y={16} textAnchor="middle" className={styles['faint']}>{formattedValue}</text>}
        />
        {showsCut ? (
          <>
            <line className={styles['cutLine']} x1={x(cut.instant)} x2={x(cut.instant)} y1={TOP - 3} y2={bottom} />
            <text x={x(cut.instant)} y={10} textAnchor="middle" className={styles['strong']}>{cut.label}</text>
          </>
        ) : (
          <text x={cut.instant < shown.startInstant ? left : left + plot} y={10} textAnchor={cut.instant < shown.startInstant ? 'start' : 'end'} className={styles['strong']}>
            {cut.instant < shown.startInstant ? `‹ ${cut.label}` : `${cut.label} ›`}
          </text>
        )}
        {edges}
        {events.map((event) => {
          const points = event.marks.filter(({ key }) => places.has(key)).map((mark) => `${places.get(mark.key)!},${middle(mark.lane)}`);
          return points.length > 1 ? <polyline key={event.key} className={classes(styles['link'], event.key === pointed && styles['linkPointed'])} points={points.join(' ')} /> : null;
        })}
      </g>
      {events.flatMap((event) =>
        event.marks.filter(({ key }) => places.has(key)).map((mark) => {
          const [at, level] = [places.get(mark.key)!, middle(mark.lane)];
          const box = { x: at - size / 2, y: level - size / 2, width: size, height: size };
          return (
            <Mark key={mark.key} label={mark.label} onOpen={mark.onOpen} isFirst={mark.key === firstKey} ring={box} className={event.key === pointed ? styles['pointed'] : undefined}>
              <rect {...box} rx={mark.shape === 'round' ? size / 2 : 2} className={classes(styles['dot'], mark.shape === 'solid' && styles['dotSolid'], mark.shape === 'framed' && styles['dotFramed'])} />
              <text x={at} y={level} dy="0.36em" textAnchor="middle" className={styles[mark.shape === 'solid' ? 'dotTextSolid' : 'dotText']}>{event.short}</text>
            </Mark>
          );
        }),
      )}
    </Ground>
  );
}

interface GroundProps {
  readonly left: number;
  readonly plot: number;
  readonly height: number;
  readonly by: ZoomBy;
  readonly translateX: number;
  readonly label: string;
  readonly children: ReactNode;
}

/** What is under the marks: it is dragged, and has the keys. */
function Ground({ left, plot, height, by, translateX, label, children }: GroundProps) {
  const root = useRef<SVGGElement>(null);
  const now = useRef(by);
  now.current = by;
  const [drag, setDrag] = useState<{ readonly fromX: number; readonly fromTranslate: number } | undefined>(undefined);

  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    // Not React's own listener, which may not keep the page from zooming.
    const onWheel = (event: WheelEvent) => {
      const sideways = event.deltaX !== 0 ? event.deltaX : event.shiftKey ? event.deltaY : 0;
      if (!event.ctrlKey && !event.metaKey && sideways === 0) return;
      event.preventDefault();
      const box = element.querySelector('[data-ground]')!.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) now.current.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, (event.clientX - box.left) / box.width);
      else now.current.move(sideways / box.width);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const onGround = event.target instanceof Element && event.target.hasAttribute('data-ground');
    const actions: Readonly<Record<string, () => void>> = {
      '+': () => by.zoom(ZOOM_STEP), '=': () => by.zoom(ZOOM_STEP), '-': () => by.zoom(1 / ZOOM_STEP), '0': by.reset,
      PageUp: () => by.move(-PAN_STEP * 4), PageDown: () => by.move(PAN_STEP * 4),
      ...(onGround ? { ArrowLeft: () => by.move(-PAN_STEP), ArrowRight: () => by.move(PAN_STEP), Home: by.all } : {}),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const onPointerDown = (event: PointerEvent<SVGRectElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ fromX: event.clientX, fromTranslate: translateX });
  };
  return (
    <g ref={root} onKeyDown={onKeyDown}>
      <rect
        className={classes(styles['ground'], styles['grab'], drag && styles['grabbing'])} x={left} y={0} width={plot} height={height} data-ground tabIndex={0} role="img" aria-label={label}
        onPointerDown={onPointerDown} onPointerMove={(event) => drag && by.moveTo(drag.fromTranslate + (event.clientX - drag.fromX) / plot)}
        onPointerUp={() => setDrag(undefined)} onPointerCancel={() => setDrag(undefined)}
      />
      {children}
    </g>
  );
}
