/**
 * What the window asks of the main process: workbooks as files, dialogs, the menu's commands. No SQL, no parsing.
 */
import { z } from 'zod';
import { type ContractArea, Nothing } from './call';

export const RecentWorkbook = z.strictObject({ path: z.string(), name: z.string(), openedInstant: z.int() });
export type RecentWorkbook = z.infer<typeof RecentWorkbook>;

/** The workbook this window holds. */
export const OpenWorkbook = z.strictObject({
  path: z.string(),
  name: z.string(),
  readOnly: z.boolean(),
  /** Why it is read-only, who holds the file; empty where it may be written. */
  readOnlyReason: z.string(),
});
export type OpenWorkbook = z.infer<typeof OpenWorkbook>;

export const ShellState = z.strictObject({
  version: z.string(),
  electron: z.string(),
  platform: z.string(),
  /** The stand-in runtime is for development and tests. */
  standIn: z.boolean(),
  recent: z.array(RecentWorkbook),
  workbook: OpenWorkbook.nullable(),
  timeZone: z.string(),
});
export type ShellState = z.infer<typeof ShellState>;

const OPEN_FAILURES = [
  'dialog_cancelled', 'file_missing', 'not_a_workbook', 'workbook_damaged', 'schema_newer', 'backup_failed', 'file_exists', 'file_unwritable',
] as const;

export const shellContract = {
  'shell:state': { input: Nothing, output: ShellState, failures: [] },
  /** Asks where to save, makes the workbook and opens it in this window. */
  'shell:newWorkbook': {
    input: z.strictObject({ company: z.string().trim().min(1).max(200), currency: z.string().regex(/^[A-Z]{3}$/), timeZone: z.string().min(1) }),
    output: OpenWorkbook,
    failures: OPEN_FAILURES,
  },
  /** Asks where to save, makes the sample company's workbook and opens it in this window. */
  'shell:openSample': { input: Nothing, output: OpenWorkbook, failures: OPEN_FAILURES },
  /** Opens `path`, or asks which; the window then shows that workbook. */
  'shell:openWorkbook': { input: z.strictObject({ path: z.string().optional() }), output: OpenWorkbook, failures: OPEN_FAILURES },
  'shell:closeWorkbook': { input: Nothing, output: Nothing, failures: ['no_workbook'] },
  /** Asks where to, then copies the workbook as it stands, verified. */
  'shell:saveCopy': { input: Nothing, output: z.strictObject({ path: z.string() }), failures: ['dialog_cancelled', 'no_workbook', 'file_unwritable', 'backup_failed'] },
  /** A verified copy with the date in its name, beside the workbook. */
  'shell:backUp': { input: Nothing, output: z.strictObject({ path: z.string() }), failures: ['no_workbook', 'file_unwritable', 'backup_failed'] },
  'shell:chooseImportFiles': { input: Nothing, output: z.strictObject({ paths: z.array(z.string()) }), failures: ['dialog_cancelled'] },
  /** Files of any kind, to be attached to a line. */
  'shell:chooseAttachments': { input: Nothing, output: z.strictObject({ paths: z.array(z.string()) }), failures: ['dialog_cancelled'] },
  /** `any`: the file keeps the name it is given. */
  'shell:chooseSavePath': {
    input: z.strictObject({ suggestedName: z.string(), kind: z.enum(['xlsx', 'csv', 'txt', 'html', 'any']) }),
    output: z.strictObject({ path: z.string() }),
    failures: ['dialog_cancelled'],
  },
  /**
   * Asks where to, then writes what the window made: the table or the picture of a chart. The window never names a path.
   * `content` of a PNG is base64.
   */
  'shell:saveDocument': {
    input: z.strictObject({ suggestedName: z.string().min(1).max(200), kind: z.enum(['csv', 'svg', 'png']), content: z.string().max(32 * 1024 * 1024) }),
    output: z.strictObject({ path: z.string() }),
    failures: ['dialog_cancelled', 'file_unwritable'],
  },
  'shell:chooseVerifyFile': { input: Nothing, output: z.strictObject({ path: z.string() }), failures: ['dialog_cancelled'] },
  'shell:showInFolder': { input: z.strictObject({ path: z.string() }), output: Nothing, failures: ['file_missing'] },
  'shell:openGuide': { input: z.strictObject({ page: z.string().optional() }), output: Nothing, failures: [] },
  /** The system's colour scheme, or one of the two whatever the system says. */
  'shell:setTheme': { input: z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }), output: Nothing, failures: [] },
  /** The next window event that the menu sends: the window says which commands can be used now. */
  'shell:setCommands': { input: z.strictObject({ enabled: z.array(z.string()) }), output: Nothing, failures: [] },
} as const satisfies ContractArea;

export type ShellContract = typeof shellContract;
export type ShellChannel = keyof ShellContract;
