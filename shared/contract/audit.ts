/**
 * The audit trail as the window reads it.
 */
import { z } from 'zod';
import { AuditFilter } from '../domain/audit-filter';
import type { ContractArea } from './call';

export const AuditEvent = z.strictObject({
  sequence: z.int(),
  atInstant: z.int(),
  actor: z.string(),
  action: z.string(),
  periodId: z.int().nullable(),
  periodCode: z.string().nullable(),
  /** The line it is about. */
  stockKeyId: z.int().nullable(),
  subject: z.string(),
  /** One plain sentence. */
  sentence: z.string(),
  detail: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

const Tally = z.array(z.strictObject({ name: z.string(), events: z.int() }));

export const auditContract = {
  'audit:page': {
    input: AuditFilter.extend({ offset: z.int().min(0), limit: z.int().min(1).max(1000) }),
    /** `total` of what was asked for, `inAll` of the workbook. */
    output: z.strictObject({ total: z.int(), inAll: z.int(), events: z.array(AuditEvent) }),
    failures: [],
  },
  /** How many of the events that the filter finds are newer than this one; null where it is not among them. */
  'audit:place': { input: AuditFilter.extend({ sequence: z.int() }), output: z.strictObject({ index: z.int().nullable() }), failures: [] },
  /** Who and what the trail knows. */
  'audit:choices': { input: z.strictObject({}), output: z.strictObject({ people: Tally, actions: Tally }), failures: [] },
  /** Writes what the filter finds to `path` as JSON lines with their hashes. */
  'audit:save': {
    input: AuditFilter.extend({ path: z.string().min(1) }),
    output: z.strictObject({ path: z.string(), events: z.int(), inAll: z.int(), isPart: z.boolean() }),
    failures: ['format_unknown', 'file_unwritable'],
    long: true,
  },
} as const satisfies ContractArea;
