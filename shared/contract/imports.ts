/**
 * Imports: look at a file, rehearse it, commit exactly that; tracing a figure to its source row.
 */
import { z } from 'zod';
import {
  FileInspection, IMPORT_FAILURES, ImportRequest, ImportResult, ImportSummary, InspectRequest, KnownProfile, OriginalRow, Rehearsal, SaveProfileRequest,
} from '../domain/import';
import { LinesOfRow } from '../domain/row-uses';
import type { ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });

export const importsContract = {
  'imports:summary': { input: PeriodInput, output: ImportSummary, failures: ['period_unknown'] },
  /** Files of the sample company's month, in order; empty in any other workbook. */
  'imports:sampleFiles': {
    input: PeriodInput,
    output: z.array(z.strictObject({ filePath: z.string(), fileName: z.string(), asOfInstant: z.int().nullable() })),
    failures: [],
  },
  /** Every profile whole, in the order of lists: those of the program, then those saved in the workbook. */
  'imports:profiles': { input: z.strictObject({}), output: z.array(KnownProfile), failures: [] },
  'imports:inspect': { input: InspectRequest, output: FileInspection, failures: IMPORT_FAILURES, long: true },
  /** `before`: files of the queue that are written first and bring items or locations which this one may name. */
  'imports:rehearse': { input: ImportRequest.extend({ before: z.array(ImportRequest).max(50).default([]) }), output: Rehearsal, failures: IMPORT_FAILURES, long: true, writes: true, rollsBack: true },
  'imports:commit': {
    input: z.strictObject({ request: ImportRequest, token: z.string() }),
    output: ImportResult,
    failures: IMPORT_FAILURES,
    long: true,
    writes: true,
  },
  /** Keeps a person's mapping, so that the next file of that kind is recognised. */
  'imports:saveProfile': { input: SaveProfileRequest, output: z.strictObject({ profileId: z.string() }), failures: ['profile_invalid'], writes: true },
  'imports:originalRow': {
    input: z.strictObject({ importId: z.int(), rowNumber: z.int() }),
    output: OriginalRow,
    failures: ['import_unknown', 'row_unknown'],
  },
  /** The way back: every line that the row stands behind. */
  'imports:linesOfRow': { input: z.strictObject({ importId: z.int(), rowNumber: z.int() }), output: LinesOfRow, failures: ['import_unknown'] },
} as const satisfies ContractArea;
