/**
 * What an editor in a cell is given beside its value, and how it ends: the text goes the way every change goes, and the keyboard
 * goes on as in a spreadsheet.
 */
import type { EditableColumn } from '../model/edits';

/** Where the keyboard goes after an edit; `range` puts the text into every chosen cell and stays. */
export type After = 'down' | 'up' | 'right' | 'left' | 'stay' | 'range';

export interface EditorHost {
  /** Takes the text and ends the edit. */
  readonly put: (text: string, after: After) => void;
  readonly cancel: () => void;
}

export interface EditorSetting<Row> {
  readonly host: EditorHost;
  readonly editable: EditableColumn<Row>;
}

/** A key that types something opens the editor with it. */
export const typedText = (eventKey: string | null): string => (eventKey !== null && eventKey.length === 1 ? eventKey : '');

/** Where Enter and Tab lead from an editor. */
export function afterKey({ key, shiftKey, ctrlKey, metaKey }: { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }): After | undefined {
  if (key === 'Enter') return ctrlKey || metaKey ? 'range' : shiftKey ? 'up' : 'down';
  if (key === 'Tab') return shiftKey ? 'left' : 'right';
  return undefined;
}
