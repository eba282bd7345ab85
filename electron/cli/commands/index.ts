/** Every command, in the order of the close. */
import type { Command } from '../command';
import { demoCommand } from './demo';
import { identityCommand } from './identity';
import { aliasesCommand } from './aliases';
import { importCommand, profilesCommand } from './imports';
import { journalCommand } from './journal';
import { explainCommand, linesCommand, reconcileCommand, tagCommand } from './lines';
import { newCommand } from './new';
import { quarantineCommand } from './quarantine';
import { checklistCommand, lockCommand, verifyCommand } from './sign-off';

export const COMMANDS: readonly Command[] = [
  newCommand,
  identityCommand,
  profilesCommand,
  importCommand,
  quarantineCommand,
  aliasesCommand,
  reconcileCommand,
  linesCommand,
  explainCommand,
  tagCommand,
  checklistCommand,
  journalCommand,
  lockCommand,
  verifyCommand,
  demoCommand,
];
