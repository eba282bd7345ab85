/**
 * Everything that a person can do by name: one list for the native menu, the palette and the cheat sheet.
 *
 * The window carries a command out; the menu only sends its identifier. Shortcuts are written as Electron writes
 * accelerators, with `CmdOrCtrl`.
 */

export const MENUS = ['File', 'Edit', 'Period', 'View', 'Sign-off', 'Window', 'Help'] as const;
export type MenuName = (typeof MENUS)[number];

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly menu: MenuName;
  readonly shortcut?: string;
  /** A second one that other programs have taught the hand. */
  readonly otherShortcut?: string;
  /** Has a meaning only while a workbook is open. */
  readonly needsWorkbook: boolean;
  /** A thin rule stands before it in the menu. */
  readonly startsGroup?: boolean;
  /** Is on or off: the menu marks it where it is on. */
  readonly hasCheck?: boolean;
  /** Where a person goes to use it, as the palette says it where it cannot be used: `in Reports`. */
  readonly where?: string;
}

/** The keys that carry it out, the one that the native menu shows first. */
export const shortcutsOf = ({ shortcut, otherShortcut }: Pick<Command, 'shortcut' | 'otherShortcut'>): readonly string[] =>
  [shortcut, otherShortcut].filter((each) => each !== undefined);

export const COMMANDS = [
  { id: 'file.new', label: 'New workbook', menu: 'File', shortcut: 'CmdOrCtrl+N', needsWorkbook: false },
  { id: 'file.open', label: 'Open workbook', menu: 'File', shortcut: 'CmdOrCtrl+O', needsWorkbook: false },
  { id: 'file.openBeside', label: 'Open in a new window', menu: 'File', shortcut: 'CmdOrCtrl+Shift+T', needsWorkbook: false },
  { id: 'file.openReadOnly', label: 'Open read-only', menu: 'File', needsWorkbook: false },
  { id: 'file.openSample', label: 'Open the sample company', menu: 'File', needsWorkbook: false },
  { id: 'file.saveCopy', label: 'Save a copy', menu: 'File', shortcut: 'CmdOrCtrl+Shift+S', needsWorkbook: true, startsGroup: true },
  { id: 'file.backUp', label: 'Back up', menu: 'File', needsWorkbook: true },
  { id: 'import.files', label: 'Import files', menu: 'File', shortcut: 'CmdOrCtrl+I', needsWorkbook: true, startsGroup: true },
  { id: 'file.newCountSheet', label: 'New count sheet', menu: 'File', shortcut: 'CmdOrCtrl+Shift+N', needsWorkbook: true },
  { id: 'import.compare', label: 'Compare a later export', menu: 'File', needsWorkbook: true, where: 'for a locked period' },
  { id: 'import.undo', label: 'Undo the import', menu: 'File', needsWorkbook: true, startsGroup: true, where: 'in Import, on a file' },
  { id: 'import.printEvidence', label: 'Print the evidence sheet', menu: 'File', shortcut: 'CmdOrCtrl+P', needsWorkbook: true, where: 'in Import, on a file' },
  { id: 'import.saveEvidence', label: 'Save the evidence sheet', menu: 'File', needsWorkbook: true, where: 'in Import, on a file' },
  { id: 'report.save', label: 'Save the report', menu: 'File', shortcut: 'CmdOrCtrl+S', needsWorkbook: true, startsGroup: true, where: 'in Reports' },
  { id: 'report.print', label: 'Print the report', menu: 'File', shortcut: 'CmdOrCtrl+P', needsWorkbook: true, where: 'in Reports' },
  { id: 'report.savePdf', label: 'Save the report as PDF', menu: 'File', needsWorkbook: true, where: 'in Reports' },
  { id: 'file.close', label: 'Close workbook', menu: 'File', shortcut: 'CmdOrCtrl+W', needsWorkbook: true, startsGroup: true },
  { id: 'edit.undo', label: 'Undo', menu: 'Edit', shortcut: 'CmdOrCtrl+Z', needsWorkbook: true, where: 'nothing to undo' },
  { id: 'edit.redo', label: 'Redo', menu: 'Edit', shortcut: 'CmdOrCtrl+Shift+Z', otherShortcut: 'CmdOrCtrl+Y', needsWorkbook: true, where: 'nothing to make again' },
  { id: 'edit.find', label: 'Find lines', menu: 'Edit', shortcut: 'CmdOrCtrl+F', needsWorkbook: true, startsGroup: true, where: 'not on this screen' },
  { id: 'edit.findNext', label: 'Find in the grid, next', menu: 'Edit', shortcut: 'F3', needsWorkbook: true, where: 'in Explain' },
  { id: 'edit.findPrevious', label: 'Find in the grid, previous', menu: 'Edit', shortcut: 'Shift+F3', needsWorkbook: true, where: 'in Explain' },
  { id: 'edit.filterColumn', label: 'Filter the column', menu: 'Edit', shortcut: 'Alt+Shift+F', needsWorkbook: true, where: 'in Explain, in the audit trail' },
  { id: 'edit.clearFilters', label: 'Clear the column filters', menu: 'Edit', needsWorkbook: true, where: 'nothing is filtered' },
  { id: 'edit.changeLines', label: 'Change lines', menu: 'Edit', shortcut: 'CmdOrCtrl+Shift+B', needsWorkbook: true, startsGroup: true, where: 'in Explain' },
  { id: 'step.import', label: 'Go to Import', menu: 'Period', shortcut: 'CmdOrCtrl+1', needsWorkbook: true },
  { id: 'step.map', label: 'Go to Map', menu: 'Period', shortcut: 'CmdOrCtrl+2', needsWorkbook: true },
  { id: 'step.reconcile', label: 'Go to Reconcile', menu: 'Period', shortcut: 'CmdOrCtrl+3', needsWorkbook: true },
  { id: 'step.explain', label: 'Go to Explain', menu: 'Period', shortcut: 'CmdOrCtrl+4', needsWorkbook: true },
  { id: 'step.approve', label: 'Go to Approve', menu: 'Period', shortcut: 'CmdOrCtrl+5', needsWorkbook: true },
  { id: 'step.journal', label: 'Go to Journal', menu: 'Period', shortcut: 'CmdOrCtrl+6', needsWorkbook: true },
  { id: 'step.lock', label: 'Go to Lock', menu: 'Period', shortcut: 'CmdOrCtrl+7', needsWorkbook: true },
  { id: 'period.new', label: 'New period', menu: 'Period', needsWorkbook: true, startsGroup: true },
  { id: 'reconcile.run', label: 'Run the reconciliation', menu: 'Period', shortcut: 'F9', needsWorkbook: true },
  { id: 'explain.nextException', label: 'Next exception', menu: 'Period', shortcut: 'Alt+Down', needsWorkbook: true },
  { id: 'explain.previousException', label: 'Previous exception', menu: 'Period', shortcut: 'Alt+Up', needsWorkbook: true },
  { id: 'explain.confirm', label: 'Confirm reasons for the new figures', menu: 'Period', shortcut: 'CmdOrCtrl+Shift+Y', needsWorkbook: true, where: 'in Explain, on changed lines' },
  { id: 'explain.check', label: 'Record a check before an adjustment', menu: 'Period', shortcut: 'CmdOrCtrl+Shift+K', needsWorkbook: true, where: 'in Explain, on a line' },
  { id: 'explain.attach', label: 'Attach files', menu: 'Period', shortcut: 'CmdOrCtrl+Shift+A', needsWorkbook: true, where: 'in Explain, on a line' },
  { id: 'view.palette', label: 'Commands', menu: 'View', shortcut: 'CmdOrCtrl+K', needsWorkbook: false },
  { id: 'view.detail', label: 'Show or hide the detail pane', menu: 'View', shortcut: 'CmdOrCtrl+Shift+D', needsWorkbook: true, hasCheck: true, where: 'in Explain' },
  { id: 'view.filterRow', label: 'Show or hide the filter row', menu: 'View', shortcut: 'CmdOrCtrl+Shift+L', needsWorkbook: true, hasCheck: true, where: 'in Explain' },
  { id: 'view.switchPane', label: 'To the detail pane and back', menu: 'View', shortcut: 'F6', needsWorkbook: true, where: 'in Explain, in Rules, in the audit trail, in a typed count sheet' },
  { id: 'view.overview', label: 'Period overview', menu: 'View', shortcut: 'CmdOrCtrl+Shift+O', needsWorkbook: true },
  { id: 'view.reports', label: 'Reports', menu: 'View', shortcut: 'CmdOrCtrl+Shift+R', needsWorkbook: true },
  { id: 'view.rules', label: 'Rules', menu: 'View', needsWorkbook: true },
  { id: 'view.countSheets', label: 'Count sheets', menu: 'View', needsWorkbook: true },
  { id: 'view.profiles', label: 'Import profiles', menu: 'View', needsWorkbook: true },
  { id: 'view.audit', label: 'Audit trail', menu: 'View', shortcut: 'CmdOrCtrl+8', needsWorkbook: true },
  { id: 'view.auditRoom', label: 'Auditor’s room', menu: 'View', needsWorkbook: true },
  { id: 'view.people', label: 'People and identities', menu: 'View', shortcut: 'CmdOrCtrl+9', needsWorkbook: true },
  { id: 'view.zoomIn', label: 'Larger', menu: 'View', shortcut: 'CmdOrCtrl+Plus', needsWorkbook: false, startsGroup: true },
  { id: 'view.zoomOut', label: 'Smaller', menu: 'View', shortcut: 'CmdOrCtrl+-', needsWorkbook: false },
  { id: 'view.zoomReset', label: 'Actual size', menu: 'View', shortcut: 'CmdOrCtrl+0', needsWorkbook: false },
  { id: 'view.fullScreen', label: 'Full screen', menu: 'View', shortcut: 'F11', needsWorkbook: false },
  { id: 'view.themeSystem', label: 'Theme of the system', menu: 'View', needsWorkbook: false, startsGroup: true, hasCheck: true },
  { id: 'view.themeLight', label: 'Light theme', menu: 'View', needsWorkbook: false, hasCheck: true },
  { id: 'view.themeDark', label: 'Dark theme', menu: 'View', needsWorkbook: false, hasCheck: true },
  { id: 'view.preferences', label: 'Preferences', menu: 'View', shortcut: 'CmdOrCtrl+,', needsWorkbook: false, startsGroup: true },
  { id: 'journal.prepare', label: 'Prepare the journal', menu: 'Sign-off', needsWorkbook: true, where: 'in Journal' },
  { id: 'journal.approve', label: 'Approve the journal', menu: 'Sign-off', needsWorkbook: true, where: 'in Approve' },
  { id: 'journal.export', label: 'Export the signed journal', menu: 'Sign-off', shortcut: 'CmdOrCtrl+E', needsWorkbook: true, where: 'in Journal, on an approved one' },
  { id: 'lock.period', label: 'Lock the period', menu: 'Sign-off', needsWorkbook: true, startsGroup: true, where: 'in Lock' },
  { id: 'pack.make', label: 'Make the audit pack', menu: 'Sign-off', needsWorkbook: true, where: 'in Lock, of a locked period' },
  { id: 'verify.workbook', label: 'Verify this workbook', menu: 'Sign-off', shortcut: 'F8', needsWorkbook: true },
  { id: 'verify.file', label: 'Verify a journal or an audit pack', menu: 'Sign-off', needsWorkbook: true },
  { id: 'auditRoom.replay', label: 'Compute the period again', menu: 'Sign-off', needsWorkbook: true },
  { id: 'window.new', label: 'New window', menu: 'Window', shortcut: 'CmdOrCtrl+Shift+M', needsWorkbook: false },
  { id: 'window.next', label: 'Next window', menu: 'Window', shortcut: 'CmdOrCtrl+F6', needsWorkbook: false },
  { id: 'window.close', label: 'Close window', menu: 'Window', shortcut: 'CmdOrCtrl+Shift+W', needsWorkbook: false },
  { id: 'help.guide', label: 'User guide', menu: 'Help', shortcut: 'F1', needsWorkbook: false },
  { id: 'help.shortcuts', label: 'Keyboard shortcuts', menu: 'Help', shortcut: 'Shift+/', needsWorkbook: false },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]['id'];
