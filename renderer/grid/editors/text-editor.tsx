/**
 * The editor of text, days and figures: a field in the cell. What is typed is checked with every key, and what is wrong is said
 * beneath the cell; Enter takes nothing that the column does not take.
 *
 * Opened by typing, arrows take the text and go on, as in a spreadsheet; opened by F2, they move inside it.
 */
import type { ICellEditorParams } from 'ag-grid-community';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { EditableColumn } from '../model/edits';
import { type After, afterKey, type EditorSetting, typedText } from './editor-host';
import styles from './text-editor.module.css';

export interface TextEditorProps<Row> extends ICellEditorParams<Row, unknown>, EditorSetting<Row> {}

const ARROWS: Readonly<Record<string, After>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

function standing<Row>(editable: EditableColumn<Row>, data: Row): string {
  const value = editable.value(data) ?? '';
  return editable.written?.(value) ?? value;
}

export function TextEditor<Row>({ data, eventKey, host, editable }: TextEditorProps<Row>) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const startsAnew = typedText(eventKey) !== '' || eventKey === 'Backspace';
  // F2 changes between the two while the text is there.
  const byTyping = useRef(startsAnew);
  const [text, setText] = useState(startsAnew ? typedText(eventKey) : standing(editable, data));
  const settled = useRef(false);
  const taken = editable.take(text, data);
  const said = taken.ok ? editable.result?.(text) : taken.why;

  useEffect(() => {
    const field = input.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);
  useLayoutEffect(() => {
    if (said === undefined || !note.current || !input.current) return;
    if (!note.current.matches(':popover-open')) note.current.showPopover();
    const field = input.current.getBoundingClientRect();
    note.current.style.left = `${Math.max(8, Math.min(field.left, window.innerWidth - 340))}px`;
    note.current.style.top = `${field.bottom + 3}px`;
  });

  const put = (after: After) => {
    if (!taken.ok || settled.current) return;
    settled.current = true;
    host.put(text, after);
  };
  /** Once: a second time would end the editor that was opened since. */
  const leave = () => {
    if (settled.current) return;
    settled.current = true;
    host.cancel();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'F2') {
      byTyping.current = !byTyping.current;
      event.preventDefault();
      return;
    }
    const after = afterKey(event) ?? (byTyping.current && !event.shiftKey && !event.ctrlKey && !event.metaKey ? ARROWS[event.key] : undefined);
    if (event.key !== 'Escape' && !after) return;
    event.preventDefault();
    event.stopPropagation();
    if (after) put(after);
    else leave();
  };
  return (
    <span className={styles['editor']}>
      <input
        ref={input}
        type="text"
        aria-label={editable.title}
        aria-invalid={!taken.ok}
        aria-describedby={said === undefined ? undefined : `${id}-why`}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        // A click elsewhere takes what is right and leaves what is not.
        onBlur={() => (taken.ok ? put('stay') : leave())}
      />
      {said === undefined ? null : (
        <span ref={note} id={`${id}-why`} role={taken.ok ? 'status' : 'alert'} popover="manual" className={taken.ok ? styles['result'] : styles['why']}>{said}</span>
      )}
    </span>
  );
}
