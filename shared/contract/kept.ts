/**
 * What a window keeps of a workbook on this machine, so that a crash or the next start comes back to the same place. It is
 * worth nothing elsewhere and is never written to the workbook.
 *
 * The shell holds it as named parts of plain data up to a size; what a part means is said here, and whoever reads one that
 * does not fit begins anew.
 */
import { z } from 'zod';
import { LINE_GROUPINGS, LineFilter } from '../domain/lines';
import { REPORT_IDS } from '../domain/report';
import { VARIANCE_CLASSES } from '../domain/variance';

/** The largest state of a workbook, in signs of JSON. */
export const KEPT_STATE_MOST = 256 * 1024;

export const KeptState = z.record(z.string().min(1).max(60), z.json());
export type KeptState = z.infer<typeof KeptState>;

/** Where a window is: the period, the screen, the tabs beside the steps, the text in the header's field. */
export const KeptPlace = z.object({
  periodId: z.int().nullable(),
  screen: z.string().max(40),
  tools: z.array(z.string().max(40)).max(20),
  findText: z.string().max(500),
});
export type KeptPlace = z.infer<typeof KeptPlace>;

/** Which lines the step Explain shows, and where the keyboard is among them. */
export const KeptLines = z.object({
  viewId: z.string().max(100),
  narrowing: z.looseObject({
    classes: z.array(z.enum(VARIANCE_CLASSES)),
    location: z.string(),
    owner: z.string(),
    status: z.string(),
    tier: z.string(),
    chosen: z.object({ label: z.string(), filter: LineFilter }).optional(),
  }),
  groupBy: z.enum(LINE_GROUPINGS).nullable(),
  sort: z.array(z.object({ column: z.string(), direction: z.enum(['asc', 'desc']) })).max(8),
  /** The place of the line, counted from 0 without the heads of groups; `column` is empty where none has the keyboard. */
  line: z.object({ stockKeyId: z.int(), index: z.int().min(0), column: z.string() }).nullable(),
});
export type KeptLines = z.infer<typeof KeptLines>;

/** What is asked of the audit trail beside the text of the header's field, and the event that is shown. */
export const KeptTrail = z.object({
  ofPeriod: z.boolean(),
  person: z.string().max(500),
  line: z.string().max(500),
  action: z.string().max(100),
  reason: z.string().max(500),
  /** Days as they stand in their fields. */
  from: z.string().max(40),
  to: z.string().max(40),
  sequence: z.int().nullable(),
});
export type KeptTrail = z.infer<typeof KeptTrail>;

/** Which report is shown, and for which location; empty for all. */
export const KeptReport = z.object({ id: z.enum(REPORT_IDS), location: z.string().max(200) });
export type KeptReport = z.infer<typeof KeptReport>;

/** Texts of forms that were typed and not saved, by the name of the field. */
export const KeptDrafts = z.record(z.string().max(120), z.string().max(20_000));
export type KeptDrafts = z.infer<typeof KeptDrafts>;
