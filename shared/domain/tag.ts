/**
 * What a person says of a line: reason code, owner, note, due date. Writing it is `electron/services/tags.ts`.
 */
import { z } from 'zod';
import { OWNERS } from './terms';

export { OWNERS, type Owner } from './terms';

/** Fields that are left out stay as they are; null empties them. */
export const TagChange = z.strictObject({
  reason: z.string().min(1).nullable().optional(),
  owner: z.enum(OWNERS).nullable().optional(),
  note: z.string().optional(),
  dueInstant: z.int().nullable().optional(),
});
export type TagChange = z.infer<typeof TagChange>;

export const SetTagRequest = z.strictObject({
  periodId: z.int(),
  stockKeyId: z.int(),
  change: TagChange,
  /** The revision the change was based on (0: no tag yet); left out where the last writer may win. */
  expectedRevision: z.int().min(0).optional(),
});
export type SetTagRequest = z.infer<typeof SetTagRequest>;

export const SetTagsRequest = z.strictObject({ changes: z.array(SetTagRequest).min(1) });
export type SetTagsRequest = z.infer<typeof SetTagsRequest>;

export const Tag = z.strictObject({
  periodId: z.int(),
  stockKeyId: z.int(),
  reason: z.string().nullable(),
  owner: z.enum(OWNERS).nullable(),
  note: z.string(),
  dueInstant: z.int().nullable(),
  revision: z.int(),
});
export type Tag = z.infer<typeof Tag>;

export const TAG_FAILURES = [
  'period_unknown', 'period_locked', 'line_unknown', 'line_approved', 'reason_unknown', 'stale_revision',
] as const;
export type TagFailure = (typeof TAG_FAILURES)[number];
