/**
 * How a person wants the window to write and look: the same in every window of this machine, never in a workbook.
 */
import { z } from 'zod';

export const THEMES = ['system', 'light', 'dark'] as const;
export const NEGATIVE_STYLES = ['minus', 'brackets'] as const;
export const TEXT_SIZES = ['normal', 'large', 'larger'] as const;
export const DENSITIES = ['compact', 'normal', 'roomy'] as const;

export const Preferences = z.strictObject({
  theme: z.enum(THEMES),
  negatives: z.enum(NEGATIVE_STYLES),
  textSize: z.enum(TEXT_SIZES),
  density: z.enum(DENSITIES),
  /** How dates and figures are written, as a language tag (`de-CH`); empty: as the system does. */
  locale: z.string().regex(/^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/),
  /** At the next start the workbooks that were open are opened again. */
  reopens: z.boolean(),
});
export type Preferences = z.infer<typeof Preferences>;

/** What the start of the program knows before anything was chosen. */
export const FIRST_PREFERENCES: Preferences = { theme: 'system', negatives: 'minus', textSize: 'normal', density: 'normal', locale: '', reopens: true };
