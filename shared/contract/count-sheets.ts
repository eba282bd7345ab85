/**
 * Count sheets: what a choice would make, making it, where each sheet stands, taking one back.
 */
import { z } from 'zod';
import { SheetChoice, SheetLine, SheetPlan, SheetStanding, TypedCounts, TypedCountsResult } from '../domain/count-sheet';
import { IMPORT_FAILURES } from '../domain/import';
import { PaperFormat } from '../domain/journal-workbook';
import type { ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });

const CHOICE_FAILURES = [
  'period_missing', 'period_locked', 'not_reconciled', 'location_unknown', 'item_unknown', 'nothing_to_count', 'too_many_counts',
] as const;

export const countSheetsContract = {
  'countSheets:standing': { input: PeriodInput, output: SheetStanding, failures: ['period_missing'] },
  'countSheets:lines': { input: z.strictObject({ countSheetId: z.int() }), output: z.array(SheetLine), failures: ['sheet_unknown'] },
  /** What can be chosen from, and the paper that the company's country prints on. */
  'countSheets:choices': {
    input: z.strictObject({}),
    output: z.strictObject({
      locations: z.array(z.strictObject({ code: z.string(), name: z.string() })),
      categories: z.array(z.string()),
      paper: PaperFormat,
    }),
    failures: [],
  },
  'countSheets:plan': { input: SheetChoice, output: SheetPlan, failures: CHOICE_FAILURES },
  /** Writes the sheets to `path`, as .xlsx or .csv by its extension, and enters them into the registry. */
  'countSheets:issue': {
    input: SheetChoice.extend({ path: z.string().min(1), paper: PaperFormat.nullable().default(null) }),
    output: SheetPlan.extend({ path: z.string(), sha256: z.string(), byteLength: z.int() }),
    failures: ['format_unknown', ...CHOICE_FAILURES, 'workbook_changed', 'file_unwritable'],
    writes: true,
    long: true,
  },
  /** Writes issued sheets once more: a lost print, the other format. */
  'countSheets:export': {
    input: z.strictObject({ countSheetIds: z.array(z.int()).min(1), path: z.string().min(1), paper: PaperFormat.nullable().default(null) }),
    output: z.strictObject({ path: z.string(), sheets: z.int(), sha256: z.string(), byteLength: z.int() }),
    failures: ['format_unknown', 'sheet_unknown', 'sheet_void', 'counts_differ', 'file_unwritable'],
    writes: true,
    long: true,
  },
  /** Takes sheets back that will not be counted. */
  'countSheets:void': {
    input: z.strictObject({ countSheetIds: z.array(z.int()).min(1), why: z.string().trim().min(1) }),
    output: z.strictObject({ voided: z.int() }),
    failures: ['sheet_unknown', 'period_locked', 'sheet_void', 'sheet_counted'],
    writes: true,
  },
  /** Brings in what was typed of a sheet by the way that a filled-in file takes. */
  'countSheets:enter': { input: TypedCounts, output: TypedCountsResult, failures: ['sheet_void', 'line_unknown', ...IMPORT_FAILURES], writes: true, long: true },
} as const satisfies ContractArea;
