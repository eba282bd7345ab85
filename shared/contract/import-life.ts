/**
 * What becomes of an import later: undoing it, its difference from the one it replaced, its evidence sheet, and a later
 * export held against a locked period.
 */
import { z } from 'zod';
import { IMPORT_FAILURES, ImportRequest } from '../domain/import';
import { Difference } from '../domain/import-difference';
import { Comparison, EvidenceSheet, UNDO_FAILURES, UndoPreview, UndoRequest } from '../domain/import-life';
import type { ContractArea } from './call';

const ImportInput = z.strictObject({ importId: z.int() });
const COMPARE_FAILURES = [...IMPORT_FAILURES, 'period_open', 'nothing_to_compare'] as const;

export const importLifeContract = {
  /** What undoing would do and touch: done, read and rolled back. */
  'imports:previewUndo': { input: ImportInput, output: UndoPreview, failures: UNDO_FAILURES, long: true, writes: true, rollsBack: true },
  /** `token`: the preview's. */
  'imports:undo': { input: UndoRequest.extend({ token: z.string() }), output: UndoPreview, failures: UNDO_FAILURES, long: true, writes: true },
  /** What an import says other than the one it replaced, a page at a time. */
  'imports:difference': {
    input: z.strictObject({ importId: z.int(), offset: z.int().min(0), limit: z.int().min(1).max(5_000) }),
    output: Difference,
    failures: ['import_unknown', 'replaces_nothing'],
  },
  'imports:evidence': { input: ImportInput, output: EvidenceSheet, failures: ['import_unknown'] },
  /** Writes the evidence sheet as an HTML file to `path`. */
  'imports:saveEvidence': {
    input: z.strictObject({ importId: z.int(), path: z.string().min(1) }),
    output: z.strictObject({ path: z.string() }),
    failures: ['import_unknown', 'file_unwritable'],
  },
  /** Holds a file against a locked period and changes nothing of it; every line that differs goes to `savePath` where one is given. */
  'imports:compare': {
    input: ImportRequest.extend({ savePath: z.string().min(1).optional() }),
    output: Comparison,
    failures: [...COMPARE_FAILURES, 'file_unwritable'],
    long: true,
    writes: true,
  },
} as const satisfies ContractArea;
