/**
 * Every command, in the order of the close. A command's module, and the libraries it needs, are loaded when it is asked for: reading
 * lines does not wait for what signs or writes Excel files.
 */
import type { Command } from '../command';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  { name: 'new', summary: 'makes a new workbook', load: async () => (await import('./new')).newCommand },
  { name: 'identity', summary: 'makes an identity that can sign, or lists those of this machine', load: async () => (await import('./identity')).identityCommand },
  { name: 'profiles', summary: 'lists the import profiles, and those saved in a workbook', load: async () => (await import('./imports')).profilesCommand },
  { name: 'count-sheet', summary: 'issues blind count sheets, says where each stands, writes one again, takes one back', load: async () => (await import('./count-sheet')).countSheetCommand },
  { name: 'import', summary: 'imports CSV and Excel files into a period', load: async () => (await import('./imports')).importCommand },
  { name: 'imports', summary: 'lists the imports of a period, and which of them stand', load: async () => (await import('./import-life')).importsCommand },
  { name: 'undo', summary: 'undoes an import whole, while its period is open', load: async () => (await import('./import-life')).undoCommand },
  { name: 'evidence', summary: 'writes the evidence sheet of an import, to be printed', load: async () => (await import('./import-life')).evidenceCommand },
  { name: 'quarantine', summary: 'lists the rows that wait, mends one or many, replays', load: async () => (await import('./quarantine')).quarantineCommand },
  { name: 'aliases', summary: 'lists what sources call items, locations and units, and takes names back', load: async () => (await import('./aliases')).aliasesCommand },
  { name: 'locations', summary: 'lists when the period begins and ends at each location, and changes it; the period has to be reconciled again', load: async () => (await import('./locations')).locationsCommand },
  { name: 'rules', summary: 'shows the rules of a period, what changed ones would do, and what each rule did', load: async () => (await import('./rules')).rulesCommand },
  { name: 'risk-window', summary: 'lists, adds, changes and ends dated windows in which less of a tolerance is left', load: async () => (await import('./rules')).riskWindowCommand },
  { name: 'tier', summary: 'sets the risk tier of an item', load: async () => (await import('./rules')).tierCommand },
  { name: 'reconcile', summary: 'reconciles the period and explains every variance', load: async () => (await import('./lines')).reconcileCommand },
  { name: 'overview', summary: 'tells the period on one page: how much is explained, what is left, where it sits', load: async () => (await import('./overview')).overviewCommand },
  { name: 'lines', summary: 'lists the reconciled lines', load: async () => (await import('./lines')).linesCommand },
  { name: 'explain', summary: 'tells one line: positions, arithmetic with documents, residual, next step', load: async () => (await import('./lines')).explainCommand },
  { name: 'trace', summary: 'shows a row of an imported file as it came, and the lines it stands behind', load: async () => (await import('./trace')).traceCommand },
  { name: 'tag', summary: 'sets reason codes and owners from a file in the plain tags format', load: async () => (await import('./tag')).tagCommand },
  { name: 'bulk', summary: 'changes reason, owner, due date or note of all lines that a filter finds, and says what it does', load: async () => (await import('./bulk')).bulkCommand },
  { name: 'notes', summary: 'tells the notes of a line with author and time; adds one, withdraws one', load: async () => (await import('./notes')).notesCommand },
  { name: 'attach', summary: 'attaches files to a line, lists them, writes one out, withdraws one', load: async () => (await import('./notes')).attachCommand },
  { name: 'cases', summary: 'lists what lines wait for after they were explained, confirms reasons, records checks', load: async () => (await import('./follow-up')).casesCommand },
  { name: 'waived', summary: 'adds up what tolerance let pass, and accepts it where it is over the limit', load: async () => (await import('./follow-up')).waivedCommand },
  { name: 'report', summary: 'prints or saves a report of the reconciled lines', load: async () => (await import('./report')).reportCommand },
  { name: 'checklist', summary: 'answers the seven questions and the gates before a lock', load: async () => (await import('./sign-off')).checklistCommand },
  { name: 'journal', summary: 'shows, prepares, approves, exports, posts and reverses journals', load: async () => (await import('./journal')).journalCommand },
  { name: 'tie-out', summary: 'holds the value of the stock against the trial balance, and tests why they part', load: async () => (await import('./tie-out')).tieOutCommand },
  { name: 'lock', summary: 'locks and seals the period', load: async () => (await import('./sign-off')).lockCommand },
  { name: 'reopen', summary: 'opens a locked period again: one asks, a controller who is somebody else agrees, both sign', load: async () => (await import('./reopen')).reopenCommand },
  { name: 'seals', summary: 'lists the seals of a period, what changed between them, one row with its proof, files for openssl', load: async () => (await import('./reopen')).sealsCommand },
  { name: 'compare', summary: 'holds a later export against a locked period: what the system changed since the close', load: async () => (await import('./import-life')).compareCommand },
  { name: 'pack', summary: 'makes the audit pack of a locked period: one signed zip file that is checked with standard tools', load: async () => (await import('./pack')).packCommand },
  { name: 'verify', summary: 'says whether a workbook or a journal is as it was signed, and names what differs', load: async () => (await import('./sign-off')).verifyCommand },
  { name: 'trail', summary: 'searches who did what, and writes the trail as JSON lines with its chain', load: async () => (await import('./trail')).trailCommand },
  { name: 'sample', summary: 'draws an audit sample into the auditor\'s file beside the workbook, takes its test counts, evaluates and writes the working paper', load: async () => (await import('./sample')).sampleCommand },
  { name: 'cut-off', summary: 'tests the cut-off: the last and first receipts, shipments, returns and transfers of each system, judged and drafted', load: async () => (await import('./cut-off')).cutOffCommand },
  { name: 'replay', summary: 'computes the period again from its stored files and decisions, and names what differs from what is kept', load: async () => (await import('./replay')).replayCommand },
  { name: 'demo', summary: 'closes both months of the sample company and verifies the result', load: async () => (await import('./demo')).demoCommand },
];
