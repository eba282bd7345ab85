/** Every command, in the order of the close. */
import type { Command } from '../command';
import { countSheetCommand } from './count-sheet';
import { bulkCommand } from './bulk';
import { demoCommand } from './demo';
import { identityCommand } from './identity';
import { compareCommand, evidenceCommand, importsCommand, undoCommand } from './import-life';
import { aliasesCommand } from './aliases';
import { importCommand, profilesCommand } from './imports';
import { journalCommand } from './journal';
import { casesCommand, waivedCommand } from './follow-up';
import { explainCommand, linesCommand, reconcileCommand, tagCommand } from './lines';
import { locationsCommand } from './locations';
import { newCommand } from './new';
import { attachCommand, notesCommand } from './notes';
import { overviewCommand } from './overview';
import { quarantineCommand } from './quarantine';
import { reportCommand } from './report';
import { riskWindowCommand, rulesCommand, tierCommand } from './rules';
import { checklistCommand, lockCommand, verifyCommand } from './sign-off';

export const COMMANDS: readonly Command[] = [
  newCommand,
  identityCommand,
  profilesCommand,
  countSheetCommand,
  importCommand,
  importsCommand,
  undoCommand,
  evidenceCommand,
  quarantineCommand,
  aliasesCommand,
  locationsCommand,
  rulesCommand,
  riskWindowCommand,
  tierCommand,
  reconcileCommand,
  overviewCommand,
  linesCommand,
  explainCommand,
  tagCommand,
  bulkCommand,
  notesCommand,
  attachCommand,
  casesCommand,
  waivedCommand,
  reportCommand,
  checklistCommand,
  journalCommand,
  lockCommand,
  compareCommand,
  verifyCommand,
  demoCommand,
];
