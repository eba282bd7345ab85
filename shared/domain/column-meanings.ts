/**
 * What the columns of a system mean whose files have no header that is known for certain: the mapping by hand begins with
 * it. Not a profile: nothing is recognised or read by it.
 */
import { z } from 'zod';
import { IMPORT_KINDS, TARGET_FIELD_NAMES } from './import-fields';
import { SYSTEMS } from './states';

export const ColumnMeanings = z.strictObject({
  source: z.string().regex(/^[a-z0-9_]+$/),
  name: z.string().min(1),
  comment: z.string().min(1),
  kind: z.enum(IMPORT_KINDS),
  system: z.enum(SYSTEMS).nullable(),
  columns: z
    .array(
      z.strictObject({
        /** null: the column is known, and it fills no field. */
        field: z.enum(TARGET_FIELD_NAMES).nullable(),
        headers: z.array(z.string().min(1)).min(1),
        comment: z.string().optional(),
      }),
    )
    .min(1),
});
export type ColumnMeanings = z.infer<typeof ColumnMeanings>;

/** Whose file it probably is, for a mapping to begin with. */
export const LikelySource = ColumnMeanings.pick({ source: true, name: true, kind: true, system: true });
export type LikelySource = z.infer<typeof LikelySource>;
