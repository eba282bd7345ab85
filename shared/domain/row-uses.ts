/**
 * What a row of an imported file stands behind: from the evidence back to the lines.
 */
import { z } from 'zod';

/** How a line uses a row: as a position, a movement or a count of its own, or as evidence of a component of its variance. */
export const ROW_USES = ['position', 'movement', 'count', 'component'] as const;
export const RowUse = z.enum(ROW_USES);
export type RowUse = z.infer<typeof RowUse>;

/** A line of a period and the ways in which it uses the row. */
export const LineOfRow = z.strictObject({
  periodId: z.int(),
  periodCode: z.string(),
  stockKeyId: z.int(),
  sku: z.string(),
  location: z.string(),
  uses: z.array(RowUse),
});
export type LineOfRow = z.infer<typeof LineOfRow>;

export const LinesOfRow = z.strictObject({
  importId: z.int(),
  fileName: z.string(),
  rowNumber: z.int(),
  lines: z.array(LineOfRow),
  /** What became of the row where no line uses it; empty where one does. */
  whyNone: z.string(),
});
export type LinesOfRow = z.infer<typeof LinesOfRow>;

const USE_WORDS: Readonly<Record<RowUse, string>> = { position: 'position', movement: 'movement', count: 'count', component: 'explains a variance' };

/** `position, explains a variance`. */
export const useWords = (uses: readonly RowUse[]): string => uses.map((use) => USE_WORDS[use]).join(', ');
