/**
 * A view of the lines under a name: filter, order, groups and columns.
 */
import { z } from 'zod';
import { LINE_GROUPINGS, LineFilter, LineSort } from './lines';

export const ColumnLayout = z.strictObject({
  id: z.string(),
  widthPixels: z.int().min(1).max(4000),
  isHidden: z.boolean(),
  /** Stays in sight while the others scroll. */
  isFrozen: z.boolean(),
});
export type ColumnLayout = z.infer<typeof ColumnLayout>;

export const ViewDefinition = z.strictObject({
  filter: LineFilter,
  sort: z.array(LineSort).max(4),
  groupBy: z.enum(LINE_GROUPINGS).nullable(),
  /** From the left. */
  columns: z.array(ColumnLayout),
});
export type ViewDefinition = z.infer<typeof ViewDefinition>;

export const VIEW_NAME_MOST = 60;

export const SavedView = z.strictObject({
  savedViewId: z.int(),
  name: z.string(),
  definition: ViewDefinition,
  savedInstant: z.int(),
  savedBy: z.string(),
});
export type SavedView = z.infer<typeof SavedView>;
