/**
 * The editor of a choice column: a search field in the cell, opened by F2, a double click, or by typing.
 */
import type { ICellEditorParams } from 'ag-grid-community';
import { useEffect, useRef } from 'react';
import { Combobox } from '../../ui';
import type { ChoiceColumn } from '../columns';
import { type After, afterKey, type EditorSetting, typedText } from './editor-host';

export interface ChoiceEditorProps<Row> extends ICellEditorParams<Row, string | null>, EditorSetting<Row> {
  readonly choice: ChoiceColumn<Row>;
}

export function ChoiceEditor<Row>({ choice, data, value, eventKey, host }: ChoiceEditorProps<Row>) {
  const input = useRef<HTMLInputElement>(null);
  const after = useRef<After>('stay');
  useEffect(() => input.current?.focus(), []);
  return (
    // The field says what was chosen; which key it was decides where the keyboard goes.
    <span onKeyDownCapture={(event) => (after.current = afterKey(event) ?? 'stay')}>
      <Combobox
        ref={input}
        bare
        openAtOnce
        label={choice.title}
        entries={choice.entries(data)}
        value={value ?? ''}
        initialText={typedText(eventKey)}
        onChoose={(key, by) => host.put(key, by === 'pointer' ? 'stay' : after.current)}
        onCancel={() => host.cancel()}
      />
    </span>
  );
}
