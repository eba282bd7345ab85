/**
 * Reports of a period: which there are, one of them, one as a file; and accepting a risk tier that the figures speak for.
 */
import { z } from 'zod';
import { Report, REPORT_IDS, REPORT_LINES_MAX, ReportRequest } from '../domain/report';
import { TIERS } from '../domain/terms';
import type { ContractArea } from './call';

const FAILURES = ['period_missing', 'not_reconciled', 'location_unknown', 'systems_same'] as const;
const tier = z.enum(TIERS);

export const reportsContract = {
  'reports:list': {
    input: z.strictObject({ periodId: z.int() }),
    output: z.strictObject({
      reports: z.array(z.strictObject({ id: z.enum(REPORT_IDS), title: z.string(), about: z.string() })),
      locations: z.array(z.string()),
      isReconciled: z.boolean(),
    }),
    failures: ['period_missing'],
  },
  'reports:read': { input: ReportRequest, output: Report, failures: FAILURES, long: true },
  /** Writes the report to `path`, as .xlsx, .html or .csv by its extension, with all its lines. */
  'reports:save': {
    input: ReportRequest.extend({ linesMax: z.int().min(1).max(REPORT_LINES_MAX).default(REPORT_LINES_MAX), path: z.string().min(1), section: z.string().nullable().default(null) }),
    output: z.strictObject({ path: z.string(), title: z.string(), isStale: z.boolean() }),
    failures: ['format_unknown', ...FAILURES, 'section_unknown', 'file_unwritable'],
    long: true,
  },
  /** Sets an item's risk tier. The period's lines are stale until it is reconciled again. */
  'reports:setTier': {
    input: z.strictObject({ periodId: z.int(), sku: z.string().min(1), tier, why: z.string().trim().min(1) }),
    output: z.strictObject({ sku: z.string(), from: tier, to: tier }),
    failures: ['period_missing', 'item_unknown', 'tier_same'],
    writes: true,
  },
} as const satisfies ContractArea;
