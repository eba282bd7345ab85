/**
 * What the window asks of the main process: workbooks as files, dialogs, the menu's commands. No SQL, no parsing.
 */
import { z } from 'zod';
import { PackOrigin } from './audit-pack';
import { type ContractArea, Nothing } from './call';
import { KEPT_STATE_MOST, KeptState } from './kept';
import { Preferences, THEMES } from './preferences';
import { KeyStoreState } from './signing';

export const RecentWorkbook = z.strictObject({ path: z.string(), name: z.string(), openedInstant: z.int() });
export type RecentWorkbook = z.infer<typeof RecentWorkbook>;

/** The workbook this window holds. */
export const OpenWorkbook = z.strictObject({
  path: z.string(),
  name: z.string(),
  readOnly: z.boolean(),
  /** Why it is read-only, who holds the file; empty where it may be written. */
  readOnlyReason: z.string(),
  /** It was asked to be opened so, as an auditor does: it stays read-only even where it could be written. */
  readOnlyByChoice: z.boolean(),
  /** The audit pack that it came out of: it never becomes writable. */
  pack: PackOrigin.nullable(),
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
  /** A workbook is on its way into this window. */
  isOpening: z.boolean(),
  timeZone: z.string(),
  /** How the system writes dates and figures, as a language tag. */
  systemLocale: z.string(),
  preferences: Preferences,
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
  /** Opens `path`, a workbook or an audit pack, or asks which; the window then shows that workbook. */
  'shell:openWorkbook': {
    /**
     * `beside`: in a window of its own. `readOnly`: the file is neither locked nor written. A workbook that a window shows already
     * is brought to the front instead, and opened the other way there where it was asked for the other way.
     */
    input: z.strictObject({ path: z.string().optional(), beside: z.boolean().default(false), readOnly: z.boolean().default(false) }),
    output: OpenWorkbook,
    failures: OPEN_FAILURES,
  },
  /** Closes the workbook; where other windows are open, the window with it. */
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
    input: z.strictObject({ suggestedName: z.string(), kind: z.enum(['xlsx', 'csv', 'txt', 'html', 'jsonl', 'zip', 'any']) }),
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
  /** A file that an identity comes from or a certificate travels in. */
  'shell:chooseIdentityFile': {
    input: z.strictObject({ kind: z.enum(['pkcs12', 'certificate', 'request', 'revocations']) }),
    output: z.strictObject({ path: z.string() }),
    failures: ['dialog_cancelled'],
  },
  /** Whether pass phrases can be kept on this computer, and whose are. The pass phrases themselves never come here. */
  'shell:keyStore': { input: Nothing, output: KeyStoreState, failures: [] },
  /** Takes a kept pass phrase back; nothing where none is kept. */
  'shell:forgetPassPhrase': { input: z.strictObject({ fingerprint: z.string() }), output: Nothing, failures: [] },
  'shell:showInFolder': { input: z.strictObject({ path: z.string() }), output: Nothing, failures: ['file_missing'] },
  'shell:openGuide': { input: z.strictObject({ page: z.string().optional() }), output: Nothing, failures: [] },
  /** The system's colour scheme, or one of the two whatever the system says. */
  'shell:setTheme': { input: z.strictObject({ theme: z.enum(THEMES) }), output: Nothing, failures: [] },
  /** Changes what is given, in every window at once. */
  'shell:setPreferences': { input: Preferences.partial(), output: Preferences, failures: [] },
  /** Which commands can be used now and which are on, for the native menu. */
  'shell:setCommands': { input: z.strictObject({ enabled: z.array(z.string()), checked: z.array(z.string()).default([]) }), output: Nothing, failures: [] },
  /** Keeps where the window is in the workbook at `path`, on this machine; named parts that are not given are forgotten. */
  'shell:keepState': {
    input: z.strictObject({ path: z.string(), state: KeptState.refine((state) => JSON.stringify(state).length <= KEPT_STATE_MOST, `a state holds at most ${KEPT_STATE_MOST} signs`) }),
    output: Nothing,
    failures: ['no_workbook'],
  },
  'shell:newWindow': { input: Nothing, output: Nothing, failures: [] },
  'shell:nextWindow': { input: Nothing, output: Nothing, failures: [] },
  'shell:closeWindow': { input: Nothing, output: Nothing, failures: [] },
  'shell:toggleFullScreen': { input: Nothing, output: z.strictObject({ isFullScreen: z.boolean() }), failures: [] },
  /** Larger or smaller by a fifth, or as it was made; answers the size in percent. */
  'shell:zoom': { input: z.strictObject({ change: z.enum(['in', 'out', 'reset']) }), output: z.strictObject({ percent: z.int() }), failures: [] },
  /**
   * Asks where to, then writes the page as it is laid out for paper, with a head and a foot on every page: who and what at the
   * top, when and the number of the page at the foot.
   */
  'shell:savePdf': {
    input: z.strictObject({ suggestedName: z.string().min(1).max(200), head: z.string().max(300), foot: z.string().max(300), landscape: z.boolean() }),
    output: z.strictObject({ path: z.string() }),
    failures: ['dialog_cancelled', 'file_unwritable'],
  },
} as const satisfies ContractArea;

export type ShellContract = typeof shellContract;
export type ShellChannel = keyof ShellContract;
