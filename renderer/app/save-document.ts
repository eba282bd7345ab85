/** Saves what a screen made of its figures, as the table or the picture of a chart, where the person says. */
import type { ShellInputOf } from '../api';
import { notify } from './notifications';
import { shellAction } from './shell-commands';

export async function saveDocument(document: ShellInputOf<'shell:saveDocument'>): Promise<void> {
  const outcome = await shellAction('shell:saveDocument', document);
  if (outcome.ok) notify({ tone: 'done', title: 'Saved', text: outcome.value.path });
}
