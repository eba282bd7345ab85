/**
 * Commands that the main process carries out: files, theme, guide. A refused one says so in the notification strip.
 */
import type { Preferences } from '@shared/contract/preferences';
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

async function zoom(change: 'in' | 'out' | 'reset'): Promise<void> {
  const outcome = await shellAction('shell:zoom', { change });
  if (outcome.ok) notify(outcome.value.percent === 100 ? undefined : { tone: 'info', title: `Size ${outcome.value.percent} %`, passes: true });
}

/**
 * @param workbookOpen some have a meaning only then
 * @param theme the one that is chosen
 */
export const shellCommands = (workbookOpen: boolean, theme: Preferences['theme']): CommandHandlers => ({
  'file.open': { run: () => void shellAction('shell:openWorkbook', {}) },
  'file.openBeside': { run: () => void shellAction('shell:openWorkbook', { beside: true }) },
  'file.openReadOnly': { run: () => void shellAction('shell:openWorkbook', { readOnly: true }) },
  'window.new': { run: () => void shellAction('shell:newWindow', {}) },
  'window.next': { run: () => void shellAction('shell:nextWindow', {}) },
  'window.close': { run: () => void shellAction('shell:closeWindow', {}) },
  'view.zoomIn': { run: () => void zoom('in') },
  'view.zoomOut': { run: () => void zoom('out') },
  'view.zoomReset': { run: () => void zoom('reset') },
  'view.fullScreen': { run: () => void shellAction('shell:toggleFullScreen', {}) },
  'file.openSample': { run: () => void shellAction('shell:openSample', {}) },
  'file.saveCopy': { enabled: workbookOpen, run: () => void copyAction('shell:saveCopy', 'Copy saved') },
  'file.backUp': { enabled: workbookOpen, run: () => void copyAction('shell:backUp', 'Backed up') },
  'file.close': { enabled: workbookOpen, run: () => void shellAction('shell:closeWorkbook', {}) },
  'view.themeSystem': { checked: theme === 'system', run: () => void shellAction('shell:setTheme', { theme: 'system' }) },
  'view.themeLight': { checked: theme === 'light', run: () => void shellAction('shell:setTheme', { theme: 'light' }) },
  'view.themeDark': { checked: theme === 'dark', run: () => void shellAction('shell:setTheme', { theme: 'dark' }) },
  'help.guide': { run: () => void shellAction('shell:openGuide', {}) },
});
