/**
 * What people say of lines: reason code, owner, note, due date; every change can be undone, which is an event of its own.
 */
import { z } from 'zod';
import {
  BULK_APPLY_FAILURES, BULK_PLAN_FAILURES, BULK_UNDO_FAILURES, BulkApplyRequest, BulkRequest, BulkResult, BulkStatement, BulkUndoResult,
} from '../domain/bulk';
import { POSTINGS } from '../domain/journal-kinds';
import { SetTagsRequest, Tag, TAG_FAILURES } from '../domain/tag';
import { type ContractArea, Nothing } from './call';

export const ReasonCode = z.strictObject({
  code: z.string(),
  name: z.string(),
  class: z.enum(['timing', 'alignment', 'physical', 'unexplained']),
  defaultOwner: z.enum(['warehouse', 'operations', 'finance']),
  posting: z.enum(POSTINGS),
  offsetAccount: z.string().nullable(),
  /** Causes it is proposed for. */
  causes: z.array(z.string()),
  nextStep: z.string(),
});
export type ReasonCode = z.infer<typeof ReasonCode>;

/** The tags as they are now, and the audit events that can be handed to `tags:undo`. */
export const TagsResult = z.strictObject({ tags: z.array(Tag), sequences: z.array(z.int()) });
export type TagsResult = z.infer<typeof TagsResult>;

export const tagsContract = {
  'tags:reasonCodes': { input: Nothing, output: z.array(ReasonCode), failures: [] },
  'tags:set': { input: SetTagsRequest, output: TagsResult, failures: TAG_FAILURES, writes: true },
  /** Takes changes back, newest first. Undoing an undo is how a change is made again. */
  'tags:undo': {
    input: z.strictObject({ sequences: z.array(z.int()).min(1) }),
    output: TagsResult,
    failures: ['event_missing', 'changed_since', ...TAG_FAILURES],
    writes: true,
  },
  /** What one change of many lines would do; nothing is written. */
  'tags:planBulk': { input: BulkRequest, output: BulkStatement, failures: BULK_PLAN_FAILURES, long: true },
  /** Does what a statement said, or is refused where the lines changed since. */
  'tags:applyBulk': { input: BulkApplyRequest, output: BulkResult, failures: BULK_APPLY_FAILURES, writes: true, long: true },
  /** Takes a bulk change back by its event, and the undo by its own. */
  'tags:undoBulk': { input: z.strictObject({ sequence: z.int() }), output: BulkUndoResult, failures: BULK_UNDO_FAILURES, writes: true, long: true },
} as const satisfies ContractArea;
