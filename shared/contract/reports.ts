/**
 * Reports of a period: which there are, one of them, one as a file.
 */
import { z } from 'zod';
import { Report, REPORT_IDS, REPORT_LINES_MAX, ReportRequest } from '../domain/report';
import type { ContractArea } from './call';

const FAILURES = ['period_missing', 'not_reconciled', 'location_unknown', 'systems_same'] as const;

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
} as const satisfies ContractArea;
