/**
 * Imports: look at a file, rehearse it, commit exactly that; the quarantine; tracing a figure to its source row.
 */
import { z } from 'zod';
import {
  CorrectRowRequest, FileInspection, IgnoreRowsRequest, IMPORT_FAILURES, ImportRequest, ImportResult, ImportSummary, InspectRequest,
  MapAliasRequest, OriginalRow, QUARANTINE_FAILURES, QuarantineListing, Rehearsal, ReplayResult, SaveProfileRequest,
} from '../domain/import';
import type { ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });

/** Something a person may map to: an item or a location of the workbook. */
export const MapTarget = z.strictObject({ code: z.string(), name: z.string() });
export type MapTarget = z.infer<typeof MapTarget>;

export const importsContract = {
  'imports:summary': { input: PeriodInput, output: ImportSummary, failures: ['period_unknown'] },
  /** Files of the sample company's month, in order; empty in any other workbook. */
  'imports:sampleFiles': {
    input: PeriodInput,
    output: z.array(z.strictObject({ filePath: z.string(), fileName: z.string(), asOfInstant: z.int().nullable() })),
    failures: [],
  },
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
} as const satisfies ContractArea;

export const quarantineContract = {
  'quarantine:list': { input: PeriodInput, output: QuarantineListing, failures: ['period_unknown'] },
  /** Items or locations whose code or name holds the text, best first. */
  'quarantine:targets': {
    input: z.strictObject({ kind: z.enum(['item', 'location']), text: z.string() }),
    output: z.array(MapTarget),
    failures: [],
  },
  /** Says what a source's name means and replays the rows that waited for it. */
  'quarantine:mapAlias': {
    input: MapAliasRequest.extend({ periodId: z.int() }),
    output: ReplayResult,
    failures: QUARANTINE_FAILURES,
    writes: true,
  },
  'quarantine:correct': { input: CorrectRowRequest, output: ReplayResult, failures: QUARANTINE_FAILURES, writes: true },
  'quarantine:ignore': { input: IgnoreRowsRequest, output: z.strictObject({ ignored: z.int() }), failures: QUARANTINE_FAILURES, writes: true },
  'quarantine:replay': { input: PeriodInput, output: ReplayResult, failures: QUARANTINE_FAILURES, writes: true, long: true },
} as const satisfies ContractArea;
