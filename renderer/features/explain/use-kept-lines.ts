/**
 * Which lines are shown and where the keyboard is among them, kept for the period: another screen, a crash and the next start
 * come back to it.
 */
import { useState } from 'react';
import { KeptLines } from '@shared/contract/kept';
import { keep, keptPart } from '../../app/kept';
import type { Narrowing } from './views';

/** As it is kept, with what narrows the lines as the screen has it. */
type Kept = Omit<KeptLines, 'narrowing'> & { readonly narrowing: Narrowing };

export interface LinesKept {
  /** What was kept when the screen was opened; undefined where nothing was. */
  readonly first: Kept | undefined;
  readonly keep: (lines: Kept) => void;
  /** The line to go back to, once. */
  readonly takeLine: () => KeptLines['line'];
}

export function useKeptLines(periodId: number): LinesKept {
  const name = `lines of period ${periodId}`;
  const [lines] = useState((): LinesKept => {
    const first = keptPart(name, KeptLines) as Kept | undefined;
    let line = first?.line ?? null;
    return {
      first,
      // Until the lines are there, the line of before is still the one to go back to.
      keep: (now) => keep(name, { ...now, line: now.line ?? line }),
      takeLine: () => {
        const taken = line;
        line = null;
        return taken;
      },
    };
  });
  return lines;
}
