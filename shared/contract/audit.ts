/**
 * The audit trail as the window reads it.
 */
import { z } from 'zod';
import type { ContractArea } from './call';

export const AuditEvent = z.strictObject({
  sequence: z.int(),
  atInstant: z.int(),
  actor: z.string(),
  action: z.string(),
  periodCode: z.string().nullable(),
  subject: z.string(),
  /** One plain sentence. */
  sentence: z.string(),
  detail: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

export const auditContract = {
  'audit:page': {
    input: z.strictObject({ offset: z.int().min(0), limit: z.int().min(1).max(1000), text: z.string().default(''), periodId: z.int().nullable().default(null) }),
    output: z.strictObject({ total: z.int(), events: z.array(AuditEvent) }),
    failures: [],
  },
} as const satisfies ContractArea;
