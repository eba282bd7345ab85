/**
 * Undo and redo of what people change, on whatever screen: the stack of this window, and its commands.
 *
 * On it are changes of lines, one or a hundred thousand, and saved views. What is taken back with a reason, as an import or a
 * mapping, has a place of its own on its screen and is not on the stack: the reason is for a person to give.
 */
import { useRef, useState } from 'react';
import type { ViewDefinition } from '@shared/domain/saved-view';
import { useConnection } from '../api';
import { countWords } from '../ui';
import { useCommands } from './commands';
import { notify } from './notifications';
import { KEPT, UndoStack } from './undo-stack';
import type { ScreenId } from './screens';

/** How a change is taken back: events of single tags as `tags:undo` takes them, the event of a bulk change, or a view as it was before. */
export type Change = readonly number[] | { readonly bulk: number } | { readonly view: string; readonly before: ViewDefinition | null; readonly after: ViewDefinition | null };

/** Where a change was made. */
export interface Place {
  readonly screen: ScreenId;
  readonly periodId: number;
}

interface PlacedChange {
  readonly change: Change;
  readonly place: Place;
}

export interface Undo {
  /** Makes a change undoable, whatever screen it was made on. @returns undoes it, if it still is the last */
  readonly record: (label: string, change: Change) => () => void;
  /** Carries a save out that records its change at its end: Undo and Redo asked meanwhile wait for it. */
  readonly saving: <T>(save: () => Promise<T>) => Promise<T>;
}

export interface UndoSetting {
  readonly announce: (text: string) => void;
  /** Where the person is now; undefined where no period is shown. */
  readonly place: Place | undefined;
  /** Whether anything in that period may be changed. */
  readonly canEdit: (periodId: number) => boolean;
  /** `Explain, October 2026` */
  readonly nameOf: (place: Place) => string;
  readonly goTo: (place: Place) => void;
}

/** Holds the stack and serves Undo and Redo; once per open workbook. */
export function useUndoStack(setting: UndoSetting): Undo {
  const connection = useConnection();
  const stack = useRef(new UndoStack<PlacedChange>());
  const now = useRef(setting);
  now.current = setting;
  const [, setRound] = useState(0);

  const refuse = ({ failure, message }: { readonly failure: string; readonly message: string }): undefined | typeof KEPT => {
    notify({ tone: failure === 'cancelled' ? 'info' : 'error', title: message });
    return failure === 'cancelled' ? KEPT : undefined;
  };

  /** What was left as it is by the last undo of many lines, to be said after it. */
  const left = useRef('');

  const takeBackBulk = async (bulk: number): Promise<Change | undefined | typeof KEPT> => {
    const stop = new AbortController();
    const startedInstant = Date.now();
    const outcome = await connection.call('tags:undoBulk', { sequence: bulk }, {
      signal: stop.signal,
      onProgress: (progress) => notify({ tone: 'info', title: 'Taking the change back', running: { ...progress, startedInstant, onCancel: () => stop.abort() } }),
    });
    if (!outcome.ok) return refuse(outcome);
    const { left: lines, leftFirst, sequence } = outcome.value;
    notify(undefined);
    if (lines > 0) {
      const names = leftFirst.map(({ sku, location, detail }) => `${sku} at ${location} is ${detail}`).join('; ');
      left.current = `${countWords(lines, 'line')} ${lines === 1 ? 'stays as it is' : 'stay as they are'}: ${names}${lines > leftFirst.length ? '; and more' : ''}.`;
    }
    return { bulk: sequence };
  };

  const takeBackView = async ({ view, before, after }: Extract<Change, { readonly view: string }>): Promise<Change | undefined | typeof KEPT> => {
    const listed = await connection.call('views:list', {});
    if (!listed.ok) return refuse(listed);
    const saved = listed.value.find(({ name }) => name === view);
    if (JSON.stringify(saved?.definition ?? null) !== JSON.stringify(after)) return refuse({ failure: 'changed_since', message: `The view ${view} was changed again since. Save it as you want it.` });
    const outcome = before === null ? await connection.call('views:remove', { savedViewId: saved!.savedViewId }) : await connection.call('views:save', { name: view, definition: before });
    return outcome.ok ? { view, before: after, after: before } : refuse(outcome);
  };

  const takeBackTags = async (sequences: readonly number[]): Promise<Change | undefined | typeof KEPT> => {
    const outcome = await connection.call('tags:undo', { sequences: [...sequences] });
    return outcome.ok ? outcome.value.sequences : refuse(outcome);
  };

  const takeBack = async ({ change, place }: PlacedChange): Promise<PlacedChange | undefined | typeof KEPT> => {
    left.current = '';
    const back = 'bulk' in change ? await takeBackBulk(change.bulk) : 'view' in change ? await takeBackView(change) : await takeBackTags(change);
    return back === undefined || back === KEPT ? back : { change: back, place };
  };

  /** Says what was done; on another screen than where the change was made also where that is. */
  const tell = (words: string, { place }: PlacedChange) => {
    const { announce, place: here, nameOf, goTo } = now.current;
    announce(words);
    const isElsewhere = here === undefined || here.screen !== place.screen || here.periodId !== place.periodId;
    if (!isElsewhere && left.current === '') return;
    const where = isElsewhere ? `It was made on ${nameOf(place)}.` : '';
    notify({
      tone: left.current === '' ? 'info' : 'warning', title: words, text: [left.current, where].filter(Boolean).join(' '),
      ...(isElsewhere && { action: { label: 'Go there', run: () => goTo(place) } }),
    });
  };

  const move = async (way: 'undo' | 'redo') => {
    notify(undefined);
    const entry = await stack.current[way](takeBack);
    setRound((round) => round + 1);
    if (entry) tell(way === 'undo' ? `Undone: ${entry.label}` : `Made again: ${entry.label}`, entry.token);
  };
  const isOpen = (entry: { readonly token: PlacedChange } | undefined) => entry !== undefined && setting.canEdit(entry.token.place.periodId);
  useCommands({
    'edit.undo': { run: () => void move('undo'), enabled: stack.current.isSaving || isOpen(stack.current.lastDone) },
    'edit.redo': { run: () => void move('redo'), enabled: isOpen(stack.current.lastUndone) },
  });
  const moveNow = useRef(move);
  moveNow.current = move;
  const [undo] = useState<Undo>(() => ({
    record: (label, change) => {
      const { place } = now.current;
      if (!place) return () => undefined;
      const token = { change, place };
      stack.current.record({ label, token });
      setRound((round) => round + 1);
      return () => {
        if (stack.current.lastDone?.token === token && !stack.current.isSaving) void moveNow.current('undo');
      };
    },
    saving: async (save) => {
      const saved = stack.current.saving(save);
      setRound((round) => round + 1);
      try {
        return await saved;
      } finally {
        setRound((round) => round + 1);
      }
    },
  }));
  return undo;
}
