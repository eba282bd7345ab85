/**
 * The work at the left, a pane at the right, and a divider that mouse and arrows move. The width is remembered.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { usePreferences } from '../../app/preferences';
import { recall, remember } from '../../app/settings';
import styles from './split-pane.module.css';

const WIDTH_LEAST = 340;
const WIDTH_MOST = 900;
const STEP = 16;

export interface SplitPaneProps {
  /** Under which the width is remembered. */
  readonly name: string;
  /** What the pane is called on the divider. */
  readonly sideLabel: string;
  /** undefined: only the work. */
  readonly side: ReactNode;
  readonly children: ReactNode;
}

/** From this width of the window on, the pane has room for two columns and the grid still for all of its own. */
const WINDOW_FOR_TWO_COLUMNS = 2200;

/** The most of the window that larger text takes for the pane. */
const LARGER_TEXT_SHARE = 0.4;

/** What the pane takes of a window this wide until somebody moves the divider: more where the text in it is larger, so that no figure is cut off. */
function firstWidth(): number {
  if (window.innerWidth >= WINDOW_FOR_TWO_COLUMNS) return 780;
  const scale = Number(getComputedStyle(document.documentElement).getPropertyValue('--text-scale')) || 1;
  const plain = Math.max(360, Math.min(560, window.innerWidth * 0.264));
  return Math.max(plain, Math.min(plain * scale, window.innerWidth * LARGER_TEXT_SHARE));
}

const within = (width: number): number => Math.round(Math.max(WIDTH_LEAST, Math.min(WIDTH_MOST, width)));

export function SplitPane({ name, sideLabel, side, children }: SplitPaneProps) {
  const [first, setFirst] = useState(firstWidth);
  /** As somebody left the divider; undefined until it was moved. */
  const [own, setOwn] = useState(() => recall<number | null>(`${name}.width`) ?? undefined);
  const width = within(own ?? first);
  const drag = useRef<{ readonly startX: number; readonly startWidth: number } | undefined>(undefined);
  useEffect(() => remember(`${name}.width`, own ?? null), [name, own]);
  const { textSize } = usePreferences();
  useEffect(() => {
    const onResize = () => setFirst(firstWidth());
    onResize();
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, [textSize]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { startX: event.clientX, startWidth: width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) setOwn(within(drag.current.startWidth + drag.current.startX - event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    setOwn(within(width + step));
  };
  return (
    <div className={styles['split']}>
      <div className={styles['work']}>{children}</div>
      {side ? (
        <>
          <div
            className={styles['divider']}
            role="separator"
            aria-orientation="vertical"
            aria-label={`Width of ${sideLabel}`}
            aria-valuenow={width}
            aria-valuemin={WIDTH_LEAST}
            aria-valuemax={WIDTH_MOST}
            tabIndex={0}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={() => (drag.current = undefined)}
            onKeyDown={onKeyDown}
          />
          <div className={styles['side']} style={{ width }}>{side}</div>
        </>
      ) : null}
    </div>
  );
}
