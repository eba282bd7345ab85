/**
 * What is looked for in the audit trail, in the window and on the command line.
 */
import { z } from 'zod';

/** Conditions that all have to hold. Empty text and null ask for nothing; letters in any case. */
export const AuditFilter = z.strictObject({
  /** Part of anything that an event holds: person, action, subject, detail, SKU or location. */
  text: z.string().default(''),
  periodId: z.int().nullable().default(null),
  /** Part of a name or an e-mail address. */
  person: z.string().default(''),
  /** Part of `SKU, location`: events of lines alone. */
  line: z.string().default(''),
  /** `tag.set`, or an area for all of its actions: `tag`. */
  action: z.string().default(''),
  /** Part of a reason code, or of what a person gave as the reason. */
  reason: z.string().default(''),
  /** Epoch milliseconds; the first that counts. */
  fromInstant: z.int().nullable().default(null),
  /** Epoch milliseconds; the first that no longer counts. */
  untilInstant: z.int().nullable().default(null),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export const EVERY_EVENT: AuditFilter = AuditFilter.parse({});

/** Whether every event is meant: nothing is asked for. */
export const asksForAll = (filter: AuditFilter): boolean => Object.values(filter).every((value) => value === '' || value === null);
