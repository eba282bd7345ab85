/**
 * Undo and redo of changes to lines: the stack of this window, and its commands.
 */
import { useRef, useState } from 'react';
import { useConnection } from '../api';
import { useCommands } from './commands';
import { notify } from './notifications';
import { UndoStack } from './undo-stack';

/** The audit events of a change, as `tags:undo` takes them. */
export type ChangeSequences = readonly number[];

export interface Undo {
  readonly record: (label: string, sequences: ChangeSequences) => void;
}

/**
 * Holds the stack and serves Undo and Redo; once per open workbook.
 *
 * @param canEdit false where the period that is shown cannot be changed: there is then nothing to take back
 */
export function useUndoStack(announce: (text: string) => void, canEdit: boolean): Undo {
  const connection = useConnection();
  const stack = useRef(new UndoStack<ChangeSequences>());
  const [, setRound] = useState(0);

  const takeBack = async (sequences: ChangeSequences): Promise<ChangeSequences | undefined> => {
    const outcome = await connection.call('tags:undo', { sequences: [...sequences] });
    if (outcome.ok) return outcome.value.sequences;
    notify({ tone: 'error', title: outcome.message });
    return undefined;
  };
  const move = async (way: 'undo' | 'redo') => {
    const entry = await stack.current[way](takeBack);
    setRound((round) => round + 1);
    if (entry) announce(way === 'undo' ? `Undone: ${entry.label}` : `Made again: ${entry.label}`);
  };
  useCommands({
    'edit.undo': { run: () => void move('undo'), enabled: canEdit && stack.current.undoLabel !== undefined },
    'edit.redo': { run: () => void move('redo'), enabled: canEdit && stack.current.redoLabel !== undefined },
  });
  const [undo] = useState<Undo>(() => ({
    record: (label, sequences) => {
      stack.current.record({ label, token: sequences });
      setRound((round) => round + 1);
    },
  }));
  return undo;
}
