/**
 * Attaching to the line that the pane shows: what was dropped, pasted or chosen is saved at once, all of it or nothing.
 */
import { useEffect, useRef } from 'react';
import type { GivenFile } from '@shared/domain/notes';
import { useCall } from '../../../api';
import { useCommands } from '../../../app/commands';
import { notify } from '../../../app/notifications';
import { shellAction } from '../../../app/shell-commands';
import { useWorkspace } from '../../../app/workspace';
import { countWords } from '../../../ui';
import { lineName } from '../line-row';
import { givenFiles, pastedFiles, pastedName } from './given-files';

interface AttachableLine {
  readonly periodId: number;
  readonly stockKeyId: number;
  readonly sku: string;
  readonly location: string;
}

export interface Attaching {
  readonly attach: (files: readonly File[]) => Promise<void>;
  /** Asks the person which. */
  readonly choose: () => Promise<void>;
  readonly running: boolean;
  /** What is said while files hang over the pane. */
  readonly invitation: string;
}

/** @param line undefined: no line is shown, so nothing is taken */
export function useAttach(line: AttachableLine | undefined): Attaching {
  const { canEdit, whyNot, timeZone, announce } = useWorkspace();
  const adding = useCall('attachments:add');
  const takes = line !== undefined && canEdit && !adding.running;

  const save = async (files: readonly GivenFile[]) => {
    if (!line || files.length === 0) return;
    const { periodId, stockKeyId } = line;
    const outcome = await adding.run({ periodId, stockKeyId, files: [...files], said: '' });
    if (outcome.ok) announce(`${countWords(files.length, 'file')} attached to ${lineName(line)}`);
    else if (outcome.failure !== 'cancelled') notify({ tone: 'error', title: outcome.message });
  };
  const attach = async (files: readonly File[]) => {
    if (!canEdit) return notify({ tone: 'locked', title: 'Nothing was attached.', text: whyNot });
    if (takes) await save(await givenFiles(files));
  };
  const choose = async () => {
    const chosen = await shellAction('shell:chooseAttachments', {});
    if (chosen.ok) await save(chosen.value.paths.map((path) => ({ path })));
  };
  useCommands({ 'explain.attach': { run: () => void choose(), enabled: takes } });

  const paste = useRef<(event: ClipboardEvent) => void>(() => undefined);
  paste.current = (event) => {
    const files = line ? pastedFiles(event.clipboardData) : [];
    const isFieldElsewhere = event.target instanceof Element && event.target.matches('input, textarea') && event.target.closest('[data-testid="detail-pane"]') === null;
    if (files.length === 0 || isFieldElsewhere) return;
    event.preventDefault();
    event.stopPropagation();
    if (!canEdit) notify({ tone: 'locked', title: 'Nothing was attached.', text: whyNot });
    else if (takes) void givenFiles(files, (file) => pastedName(file, Date.now(), timeZone)).then(save);
  };
  useEffect(() => {
    // Before the grid, which takes words only, and wherever the keyboard is: nothing else on this screen takes files from the clipboard.
    const onPaste = (event: ClipboardEvent) => paste.current(event);
    window.addEventListener('paste', onPaste, { capture: true });
    return () => window.removeEventListener('paste', onPaste, { capture: true });
  }, []);
  const invitation = !canEdit ? `Nothing can be attached. ${whyNot}` : line ? `Drop files to attach them to ${lineName(line)}` : '';
  return { attach, choose, running: adding.running, invitation };
}
