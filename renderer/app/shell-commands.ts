/**
 * Commands that the main process carries out: files, theme, guide. A refused one says so in the notification strip.
 */
import type { ShellChannel } from '@shared/contract/shell';
import { type ShellInputOf, type ShellOutcomeOf, shellCall } from '../api';
import type { CommandHandlers } from './command-registry';
import { notify } from './notifications';

/** Calls the main process and shows a refusal, unless the person changed their mind in a dialog. */
export async function shellAction<Channel extends ShellChannel>(channel: Channel, input: ShellInputOf<Channel>): Promise<ShellOutcomeOf<Channel>> {
  const outcome = await shellCall(channel, input);
  if (!outcome.ok && outcome.failure !== 'dialog_cancelled' && outcome.failure !== 'cancelled') {
    notify({ tone: 'error', title: outcome.message });
  }
  return outcome;
}

async function copyAction(channel: 'shell:saveCopy' | 'shell:backUp', what: string): Promise<void> {
  const outcome = await shellAction(channel, {});
  if (outcome.ok) notify({ tone: 'done', title: `${what}, checked and complete`, text: outcome.value.path });
}

/** @param workbookOpen some have a meaning only then */
export const shellCommands = (workbookOpen: boolean): CommandHandlers => ({
  'file.open': { run: () => void shellAction('shell:openWorkbook', {}) },
  'file.openSample': { run: () => void shellAction('shell:openSample', {}) },
  'file.saveCopy': { enabled: workbookOpen, run: () => void copyAction('shell:saveCopy', 'Copy saved') },
  'file.backUp': { enabled: workbookOpen, run: () => void copyAction('shell:backUp', 'Backed up') },
  'file.close': { enabled: workbookOpen, run: () => void shellAction('shell:closeWorkbook', {}) },
  'view.themeSystem': { run: () => void shellAction('shell:setTheme', { theme: 'system' }) },
  'view.themeLight': { run: () => void shellAction('shell:setTheme', { theme: 'light' }) },
  'view.themeDark': { run: () => void shellAction('shell:setTheme', { theme: 'dark' }) },
  'help.guide': { run: () => void shellAction('shell:openGuide', {}) },
});
