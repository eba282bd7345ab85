/** Every command, in the order of the close. */
import type { Command } from '../command';
import { countSheetCommand } from './count-sheet';
import { demoCommand } from './demo';
import { identityCommand } from './identity';
import { compareCommand, evidenceCommand, importsCommand, undoCommand } from './import-life';
import { aliasesCommand } from './aliases';
import { importCommand, profilesCommand } from './imports';
import { journalCommand } from './journal';
import { explainCommand, linesCommand, reconcileCommand, tagCommand } from './lines';
import { newCommand } from './new';
import { quarantineCommand } from './quarantine';
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
  rulesCommand,
  riskWindowCommand,
  tierCommand,
  reconcileCommand,
  linesCommand,
  explainCommand,
  tagCommand,
  checklistCommand,
  journalCommand,
  lockCommand,
  compareCommand,
  verifyCommand,
  demoCommand,
];
