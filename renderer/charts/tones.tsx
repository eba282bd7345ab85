/**
 * What areas and marks are filled with. A tone is a design token and a hatch, so that it is told apart without colour;
 * on paper the hatch is all that is left of it.
 */
import { useId } from 'react';
import { classes } from '../ui';
import { CHART_TONES, type ChartTone } from './tone-names';
import styles from './charts.module.css';

/** The hatch of each tone: paths in a square of eight. `strong` is solid, on paper too. */
const HATCH: Readonly<Partial<Record<ChartTone, string>>> = {
  timing: 'M-2 6 6 -2 M2 10 10 2',
  alignment: 'M-2 2 6 10 M2 -2 10 6',
  physical: 'M0 2H8 M0 6H8',
  unexplained: 'M-2 6 6 -2 M2 10 10 2 M-2 2 6 10 M2 -2 10 6',
  cleared: 'M2 0V8 M6 0V8',
};

/** Names of the hatches of one picture, which must not meet another picture's. */
export interface Hatches {
  readonly of: (tone: ChartTone) => string | undefined;
  readonly id: string;
}

export function useHatches(): Hatches {
  const id = useId().replace(/[^\w-]/g, '');
  return { id, of: (tone) => (HATCH[tone] === undefined ? undefined : `url(#${id}-${tone})`) };
}

export function HatchDefinitions({ hatches }: { readonly hatches: Hatches }) {
  return (
    <defs>
      {CHART_TONES.map((tone) =>
        HATCH[tone] === undefined ? null : (
          <pattern key={tone} id={`${hatches.id}-${tone}`} width={8} height={8} patternUnits="userSpaceOnUse">
            <path className={styles['hatch']} d={HATCH[tone]} />
          </pattern>
        ),
      )}
    </defs>
  );
}

export const toneClass = (tone: ChartTone): string => classes(styles['area'], styles[tone]);

export interface AreaProps {
  readonly tone: ChartTone;
  readonly hatches: Hatches;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A filled rectangle with the hatch of its tone over it. */
export function Area({ tone, hatches, x, y, width, height }: AreaProps) {
  const place = { x, y, width: Math.max(0, width), height: Math.max(0, height) };
  const hatch = hatches.of(tone);
  return (
    <>
      <rect {...place} className={toneClass(tone)} />
      {hatch ? <rect {...place} fill={hatch} className={styles['over']} /> : null}
    </>
  );
}
